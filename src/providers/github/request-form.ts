import { z } from 'zod';
import { ok } from '../../domain/result';
import type { Connection, Provider } from '../provider';
import { codeOwners } from '../code-owners';
import { usableTemplates } from '../request-template';
import { answered, ownerAndRepo } from './client';
import { ask, present } from './graphql';
import { nextOf, pageInfo } from './reads';

const FORM = `query form($owner: String!, $repo: String!, $first: String!, $second: String!, $third: String!) {
  repository(owner: $owner, name: $repo, followRenames: false) {
    pullRequestTemplates { filename body }
    labels(first: 100, orderBy: { field: NAME, direction: ASC }) { pageInfo { hasNextPage endCursor } nodes { name } }
    first: object(expression: $first) { ... on Blob { text } }
    second: object(expression: $second) { ... on Blob { text } }
    third: object(expression: $third) { ... on Blob { text } }
  }
}`;

const LABELS = `query labels($owner: String!, $repo: String!, $after: String) {
  repository(owner: $owner, name: $repo, followRenames: false) {
    labels(first: 100, after: $after, orderBy: { field: NAME, direction: ASC }) { pageInfo { hasNextPage endCursor } nodes { name } }
  }
}`;

const labelPage = z.object({ pageInfo: pageInfo.optional(), nodes: present(z.object({ name: z.string() })) });
const labelsAnswer = z.object({ repository: z.object({ labels: labelPage }) });

/** Where GitHub looks for code owners on the target branch, in this order (docs "About code owners"). */
const OWNERS = ['.github/', '', 'docs/'] as const;
const ownersFile = z.object({ text: z.string().nullish() }).nullish().catch(undefined);

const formAnswer = z.object({
  repository: z.object({
    pullRequestTemplates: z
      .array(z.object({ filename: z.string().nullable(), body: z.string().nullable() }))
      .nullable()
      .transform((templates) => templates ?? []),
    labels: labelPage.nullish().catch(undefined),
    first: ownersFile,
    second: ownersFile,
    third: ownersFile,
  }),
});

/**
 * One request. GitHub knows the places of its templates itself: the root, `docs` and `.github`, in any case, and the owner's repository
 * `.github` for who has none. Its form begins with the one that is not in a folder of several. Labels and code owners come
 * along; beyond a hundred labels a request for each hundred more.
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
    labels: labels ? await allLabels(connection, repository, labels) : [],
    rules: codeOwners(owners ?? ''),
  });
};

/** The labels of a page and of all after it; of pages that are not to be had, those before them. */
async function allLabels(
  connection: Connection,
  repository: string,
  first: z.output<typeof labelPage>,
): Promise<string[]> {
  const labels = first.nodes.map(({ name }) => name);
  let after = first.pageInfo && nextOf(first.pageInfo).next;
  while (after !== undefined) {
    const variables = { ...ownerAndRepo(repository), after };
    const asked = await answered(
      connection,
      async () => (await ask(connection, labelsAnswer, LABELS, variables)).value.repository.labels,
    );
    if (!asked.ok) break;
    const next = asked.value.pageInfo && nextOf(asked.value.pageInfo).next;
    labels.push(...asked.value.nodes.map(({ name }) => name));
    // A cursor that leads to itself would lead round for ever.
    after = next === after ? undefined : next;
  }
  return labels;
}
