import { ListBranchesCommand, ListRepositoriesCommand } from '@aws-sdk/client-codecommit';
import type { CodeCommitClient } from '@aws-sdk/client-codecommit';
import { z } from 'zod';
import type { ProviderError } from '../../domain/errors';
import { ok, type Result } from '../../domain/result';
import type { Connection, Page, Provider } from '../provider';
import { answered, codeCommit } from './client';
import { repository as repositoryUrl } from './links';

/** Names shown at once. */
const SHOWN = 50;
/** Pages of the service that one search looks through at most; the next one goes on from there. */
const PAGES = 15;
/** ms before the deadline after which no further page is asked for. */
const MARGIN_MS = 4_000;

/** Where to go on: a page of the service, and how many matching names of it were shown already. */
const cursorShape = z.object({ token: z.string().exactOptional(), shown: z.number().int().nonnegative() });

function readCursor(cursor: string | undefined): z.output<typeof cursorShape> {
  if (cursor === undefined) return { shown: 0 };
  try {
    return cursorShape.parse(JSON.parse(cursor));
  } catch {
    return { shown: 0 };
  }
}

type Names = { names: string[]; next: string | undefined };

/**
 * One page of names that contain `search`. The service cannot search, so its pages are asked for until one has a match;
 * without a match within the bounds, the answer is empty and says where to go on.
 */
async function matching(
  connection: Connection,
  ask: (token: string | undefined) => Promise<Names>,
  query: { search: string; cursor?: string | undefined },
): Promise<Result<Page<string>, ProviderError>> {
  const wanted = query.search.toLowerCase();
  let { token, shown } = { token: undefined, ...readCursor(query.cursor) };
  for (let page = 1; ; page += 1) {
    const asked = await answered(() => ask(token));
    if (!asked.ok) return asked;
    const { names, next } = asked.value;
    const matches = names.filter((name) => name.toLowerCase().includes(wanted));
    const items = matches.slice(shown, shown + SHOWN);
    if (matches.length > shown + SHOWN) return ok({ items, next: cursorOf(token, shown + SHOWN) });
    if (next === undefined) return ok({ items });
    const isLast = page === PAGES || Date.now() > connection.deadline - MARGIN_MS;
    if (items.length > 0 || isLast) return ok({ items, next: cursorOf(next, 0) });
    token = next;
    shown = 0;
  }
}

function cursorOf(token: string | undefined, shown: number): string {
  return JSON.stringify({ ...(token === undefined ? {} : { token }), shown });
}

/** Where the next page begins; an empty token is the end of the list. */
const nextToken = z
  .string()
  .optional()
  .transform((token) => (token === '' ? undefined : token));

const repositoryPage = z.object({
  repositories: z.array(z.object({ repositoryName: z.string() })),
  nextToken,
});

/**
 * One request a page of the service (up to 1,000 names, assumption). Its list tells no default branches, and asking for
 * them costs a request before anybody chose one of the repositories, so they are left out.
 */
export const listRepositories: Provider['listRepositories'] = async (connection, query) => {
  const client = codeCommit(connection);
  const found = await matching(
    connection,
    async (token) => {
      const order = { sortBy: 'lastModifiedDate', order: 'descending' } as const;
      const answer = repositoryPage.parse(await client.send(new ListRepositoriesCommand({ ...order, ...at(token) })));
      return { names: answer.repositories.map((item) => item.repositoryName), next: answer.nextToken };
    },
    query,
  );
  if (!found.ok) return found;
  const items = found.value.items.map((name) => ({ name, url: repositoryUrl(connection.service, name) }));
  return ok({ ...found.value, items });
};

const branchPage = z.object({ branches: z.array(z.string()), nextToken });

/** One page of the service's branch names; it gives no commits. Throws what the SDK throws. */
export async function branchNames(
  client: CodeCommitClient,
  repository: string,
  token: string | undefined,
): Promise<Names> {
  const command = new ListBranchesCommand({ repositoryName: repository, ...at(token) });
  const { branches, nextToken } = branchPage.parse(await client.send(command));
  return { names: branches, next: nextToken };
}

export const listBranches: Provider['listBranches'] = async (connection, { repository, ...query }) => {
  const client = codeCommit(connection);
  const found = await matching(connection, (token) => branchNames(client, repository, token), query);
  return found.ok ? ok({ ...found.value, items: found.value.items.map((name) => ({ name })) }) : found;
};

function at(token: string | undefined): { nextToken?: string } {
  return token === undefined ? {} : { nextToken: token };
}
