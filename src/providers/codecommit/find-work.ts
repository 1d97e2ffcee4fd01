import type { ProviderError } from '../../domain/errors';
import { ok, type Result } from '../../domain/result';
import { unseenOf, type Connection, type Provider, type PullRequest, type Work, type WorkScope } from '../provider';
import { namingIssue, type Wanted, withWords } from '../wanted-work';
import { answered, codeCommit } from './client';
import { branchNames } from './lists';
import { openPullRequestIds, readById } from './pull-requests';

/** Requests one look at an issue may cost at most; repositories beyond what they buy are left out. */
const REQUESTS = 15;
const REPOSITORIES = 5;

/** Two requests look into a repository, and one at least reads what is there. */
export const affordable: NonNullable<Provider['affordable']> = (requests, { owners, repositories }) => ({
  owners,
  repositories: repositories.slice(0, Math.min(Math.floor(requests / 3), REPOSITORIES)),
});

/**
 * Two requests a repository (one page of branches, one of open pull requests) and one for each of the newest pull
 * requests, as many as are left: the service tells a pull request's title to nobody who does not ask for that one.
 */
export const findWork: Provider['findWork'] = (connection, { issueKey, ...scope }) =>
  lookFor(connection, namingIssue(issueKey), scope);

/** The same for words. */
export const searchWork: NonNullable<Provider['searchWork']> = (connection, { search, ...scope }) =>
  lookFor(connection, withWords(search), scope);

async function lookFor(
  connection: Connection,
  wanted: Wanted,
  { repositories, requests }: WorkScope & { requests?: number | undefined },
): Promise<Result<Work, ProviderError>> {
  const client = codeCommit(connection);
  const asked = await Promise.all(
    repositories.slice(0, REPOSITORIES).map(async (repository) => {
      const [branches, pullRequests] = await Promise.all([
        answered(() => branchNames(client, repository, undefined)),
        answered(() => openPullRequestIds(client, repository)),
      ]);
      return { repository, branches, pullRequests };
    }),
  );
  const failed = asked
    .flatMap(({ branches, pullRequests }) => [branches, pullRequests])
    .find((answer) => !answer.ok && !isHidden(answer.error));
  if (failed !== undefined && !failed.ok) return failed;

  const branches = asked.flatMap(({ repository, branches: listed }) =>
    listed.ok ? listed.value.names.filter((name) => wanted.fits(name)).map((name) => ({ name, repository })) : [],
  );
  const ids = newestFirst(asked.map(({ pullRequests }) => (pullRequests.ok ? pullRequests.value : [])));
  const read = await Promise.all(
    ids
      .slice(0, Math.max(0, Math.min(requests ?? REQUESTS, REQUESTS) - 2 * asked.length))
      .map((id) => readById(client, connection.service, id)),
  );
  const pullRequests = read
    .flatMap((answer): PullRequest[] => (answer.ok ? [answer.value] : []))
    .filter((pull) => wanted.fits(pull.title, pull.source));
  const unseen = asked.flatMap(({ repository, branches: listed }) => (listed.ok ? [] : [repository]));
  return ok({ branches, pullRequests, ...unseenOf(unseen) });
}

/** A repository that is gone or closed to the key hides no other. */
function isHidden({ code }: ProviderError): boolean {
  return [
    'REPOSITORY_NOT_FOUND',
    'SCOPE_MISSING',
    'PERMISSION_DENIED',
    'ACCOUNT_POLICY_DENIED',
    'ENCRYPTION_KEY_UNAVAILABLE',
  ].includes(code);
}

/** Ids count up in an AWS account's region, over all repositories (assumption), so the highest is the newest. */
function newestFirst(lists: readonly (readonly string[])[]): string[] {
  return lists.flat().sort((a, b) => Number(b) - Number(a));
}
