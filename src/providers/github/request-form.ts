import { z } from 'zod';
import { ok } from '../../domain/result';
import type { Provider } from '../provider';
import { codeOwners } from '../code-owners';
import { usableTemplates } from '../request-template';
import { answered, ownerAndRepo } from './client';
import { ask, present } from './graphql';

const FORM = `query form($owner: String!, $repo: String!, $first: String!, $second: String!, $third: String!) {
  repository(owner: $owner, name: $repo, followRenames: false) {
    pullRequestTemplates { filename body }
    labels(first: 100, orderBy: { field: NAME, direction: ASC }) { nodes { name } }
    first: object(expression: $first) { ... on Blob { text } }
    second: object(expression: $second) { ... on Blob { text } }
    third: object(expression: $third) { ... on Blob { text } }
  }
}`;

/** Where GitHub looks for code owners on the target branch, in this order (docs "About code owners"). */
const OWNERS = ['.github/', '', 'docs/'] as const;
const ownersFile = z.object({ text: z.string().nullish() }).nullish().catch(undefined);

const formAnswer = z.object({
  repository: z.object({
    pullRequestTemplates: z
      .array(z.object({ filename: z.string().nullable(), body: z.string().nullable() }))
      .nullable()
      .transform((templates) => templates ?? []),
    labels: z
      .object({ nodes: present(z.object({ name: z.string() })) })
      .nullish()
      .catch(undefined),
    first: ownersFile,
    second: ownersFile,
    third: ownersFile,
  }),
});

/**
 * One request. GitHub knows the places of its templates itself: the root, `docs` and `.github`, in any case, and the owner's repository
 * `.github` for who has none. Its form begins with the one that is not in a folder of several. Labels and code owners come along.
 */
export const readRequestForm: Required<Provider>['readRequestForm'] = async (connection, { repository, target }) => {
  const [first, second, third] = OWNERS.map((folder) => `refs/heads/${target}:${folder}CODEOWNERS`);
  const variables = { ...ownerAndRepo(repository), first, second, third };
  const asked = await answered(
    connection,
    async () => (await ask(connection, formAnswer, FORM, variables)).value.repository,
  );
  if (!asked.ok) return asked;
  const templates = asked.value.pullRequestTemplates.map(({ filename, body }) => {
    const name = (filename ?? '').replace(/^.*\//, '');
    const isDefault = /^pull_request_template\.(md|txt)$/i.test(name);
    return { name: name.replace(/\.(md|txt)$/i, ''), text: body ?? '', ...(isDefault && { isDefault: true as const }) };
  });
  const { labels, ...files } = asked.value;
  const owners = [files.first, files.second, files.third].find((file) => file?.text != null)?.text;
  return ok({
    templates: usableTemplates(templates),
    labels: labels?.nodes.map(({ name }) => name) ?? [],
    rules: codeOwners(owners ?? ''),
  });
};
