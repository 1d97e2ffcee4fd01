import { z } from 'zod';
import { fail, ok } from '../../domain/result';
import type { Page, Provider } from '../provider';
import { answered, ownerAndRepo } from './client';
import { problemOf } from './errors';
import { ownLink } from '../own-link';
import { ask, present } from './graphql';
import { repository as repositoryPage, tokens } from './links';

/** Where a list of GraphQL's goes on. */
export const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() });
const target = z.object({ oid: z.string() });

/** The cursor of the next page, where there is one. */
export function nextOf(info: z.output<typeof pageInfo>): { next?: string } {
  return info.hasNextPage && info.endCursor !== null ? { next: info.endCursor } : {};
}

const REPOSITORIES = `query repositories($text: String!, $after: String) {
  search(type: REPOSITORY, query: $text, first: 50, after: $after) {
    pageInfo { hasNextPage endCursor }
    nodes { ... on Repository { nameWithOwner url isArchived viewerPermission defaultBranchRef { name } } }
  }
}`;

const repositoriesAnswer = z.object({
  search: z.object({
    pageInfo,
    nodes: present(
      z.object({
        nameWithOwner: z.string(),
        url: z.string().optional(),
        isArchived: z.boolean(),
        viewerPermission: z.string().nullable(),
        defaultBranchRef: z.object({ name: z.string() }).nullable(),
      }),
    ),
  }),
});

const WRITERS: readonly (string | null)[] = ['WRITE', 'MAINTAIN', 'ADMIN'];

/**
 * GitHub's repository search: one request for any number of repositories, most recently updated first, and private ones
 * the token may see are in it. It matches words of the name and their beginnings (docs "Searching for repositories").
 */
export const listRepositories: Provider['listRepositories'] = async (connection, { owners, search, cursor }) => {
  const variables = { text: repositoryQuery(search, owners), after: cursor ?? null };
  const asked = await answered(
    connection,
    async () => {
      const { value, sso, refused, withheld } = await ask(connection, repositoriesAnswer, REPOSITORIES, variables);
      // Nothing came, and not for want of an approval: the reason says more than an empty list.
      if (value.search.nodes.length === 0 && refused !== undefined && !sso) throw refused;
      return { ...value.search, sso, withheld };
    },
    'owners',
  );
  if (!asked.ok) return asked;
  const items = asked.value.nodes
    .filter((node) => !node.isArchived && WRITERS.includes(node.viewerPermission))
    .map((node) => ({
      name: node.nameWithOwner,
      url: ownLink(connection.service, node.url, repositoryPage(connection.service, node.nameWithOwner)),
      ...(node.defaultBranchRef === null ? {} : { defaultBranch: node.defaultBranchRef.name }),
    }));
  return ok<Page<(typeof items)[number]>>({
    items,
    ...nextOf(asked.value.pageInfo),
    ...(asked.value.sso ? { approveUrl: tokens(connection.service) } : {}),
    ...(asked.value.withheld && { withheld: problemOf(asked.value.withheld, connection.service) }),
  });
};

/** Without owners, one's own repositories: never all of GitHub. */
export function ownersOf(owners: readonly string[]): readonly string[] {
  return owners.length === 0 ? ['@me'] : owners;
}

/** `acme/we` looks for `we` among the owners that start with `acme`. What is no letter, digit, `-`, `_` or `.` is no part of a name. */
function repositoryQuery(typed: string, among: readonly string[]): string {
  const owners = ownersOf(among);
  const [owner = '', ...rest] = typed.split('/');
  const text = (rest.length > 0 ? rest.join(' ') : owner).replace(/[^\p{L}\p{N}._-]+/gu, ' ').trim();
  const meant =
    rest.length > 0 ? owners.filter((known) => known.toLowerCase().startsWith(owner.toLowerCase())) : owners;
  const users = (meant.length > 0 ? meant : owners).map((known) => `user:${known}`);
  return [...(text === '' ? [] : [text, 'in:name']), ...users, 'fork:true', 'archived:false', 'sort:updated-desc'].join(
    ' ',
  );
}

const BRANCHES = `query branches($owner: String!, $repo: String!, $text: String, $after: String) {
  repository(owner: $owner, name: $repo) {
    refs(refPrefix: "refs/heads/", query: $text, first: 50, after: $after) {
      pageInfo { hasNextPage endCursor }
      nodes { name target { oid } }
    }
  }
}`;

/** A ref may be without its object (`Ref.target` of the schema can be null): that one is left out, not the list. */
export const branchNodes = present(z.object({ name: z.string(), target: target.nullable() })).transform((refs) =>
  refs.flatMap(({ name, target }) => (target === null ? [] : [{ name, target }])),
);
const branchesAnswer = z.object({ repository: z.object({ refs: z.object({ pageInfo, nodes: branchNodes }) }) });

export const listBranches: Provider['listBranches'] = async (connection, { repository, search, cursor }) => {
  const variables = { ...ownerAndRepo(repository), text: search === '' ? null : search, after: cursor ?? null };
  const asked = await answered(connection, async () => {
    const { value, refused } = await ask(connection, branchesAnswer, BRANCHES, variables);
    const { refs } = value.repository;
    if (refs.nodes.length === 0 && refused !== undefined) throw refused;
    return refs;
  });
  if (!asked.ok) return asked;
  return ok({ items: asked.value.nodes.map(branchOf), ...nextOf(asked.value.pageInfo) });
};

/** A ref of GitHub's in the words of the port. */
export function branchOf(node: z.output<typeof branchNodes>[number]): { name: string; commit: string } {
  return { name: node.name, commit: node.target.oid };
}

const HEAD = `query head($owner: String!, $repo: String!, $ref: String!) {
  repository(owner: $owner, name: $repo, followRenames: false) {
    ref(qualifiedName: $ref) { target { oid ... on Commit { messageHeadline authoredDate author { name } } } }
  }
}`;

const headAnswer = z.object({
  repository: z.object({
    ref: z
      .object({
        target: z.object({
          oid: z.string(),
          messageHeadline: z.string().catch(''),
          authoredDate: z.iso.datetime({ offset: true }),
          author: z.object({ name: z.string().nullable() }).nullable(),
        }),
      })
      .nullable(),
  }),
});

export const readHeadCommit: NonNullable<Provider['readHeadCommit']> = async (connection, { repository, name }) => {
  const variables = { ...ownerAndRepo(repository), ref: `refs/heads/${name}` };
  const asked = await answered(connection, async () => (await ask(connection, headAnswer, HEAD, variables)).value);
  if (!asked.ok) return asked;
  const target = asked.value.repository.ref?.target;
  if (target === undefined) return fail({ code: 'BRANCH_MISSING' });
  const { oid: id, messageHeadline: message, authoredDate, author } = target;
  return ok({ id, message, author: author?.name ?? '', at: new Date(authoredDate).toISOString() });
};
