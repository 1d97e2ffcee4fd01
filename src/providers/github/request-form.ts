import { z } from 'zod';
import { ok } from '../../domain/result';
import type { Provider } from '../provider';
import { usableTemplates } from '../request-template';
import { answered, ownerAndRepo } from './client';
import { ask } from './graphql';

const FORM = `query form($owner: String!, $repo: String!) {
  repository(owner: $owner, name: $repo, followRenames: false) { pullRequestTemplates { filename body } }
}`;

const formAnswer = z.object({
  repository: z.object({
    pullRequestTemplates: z
      .array(z.object({ filename: z.string().nullable(), body: z.string().nullable() }))
      .nullable()
      .transform((templates) => templates ?? []),
  }),
});

/**
 * One request. GitHub knows the places of its templates itself: the root, `docs` and `.github`, in any case, and the owner's repository
 * `.github` for who has none. Its form begins with the one that is not in a folder of several.
 */
export const readRequestForm: Required<Provider>['readRequestForm'] = async (connection, { repository }) => {
  const asked = await answered(
    connection,
    async () => (await ask(connection, formAnswer, FORM, ownerAndRepo(repository))).value.repository,
  );
  if (!asked.ok) return asked;
  const templates = asked.value.pullRequestTemplates.map(({ filename, body }) => {
    const name = (filename ?? '').replace(/^.*\//, '');
    const isDefault = /^pull_request_template\.(md|txt)$/i.test(name);
    return { name: name.replace(/\.(md|txt)$/i, ''), text: body ?? '', ...(isDefault && { isDefault: true as const }) };
  });
  return ok({ templates: usableTemplates(templates) });
};
