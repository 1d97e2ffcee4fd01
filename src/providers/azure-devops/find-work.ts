import { PullRequestStatus } from 'azure-devops-node-api/interfaces/GitInterfaces';
import { z } from 'zod';
import { isOutOfReach, type ProviderError } from '../../domain/errors';
import { byLastChange } from '../../domain/order';
import { fail, ok, type Result } from '../../domain/result';
import {
  unseenOf,
  type Branch,
  type Connection,
  type Provider,
  type PullRequest,
  type Work,
  type WorkScope,
} from '../provider';
import { longestOf, namingIssue, type Wanted, withWords } from '../wanted-work';
import { REPOSITORIES_OF_AN_ISSUE } from './affordable';
import { answered, client, projectAndRepository, type CallOptions } from './client';
import { pullRequestOf, pullRequestsFrom } from './pull-requests';
import { readBranches } from './refs';
import { hasBareCriteria, searchesBranches, TITLE_SEARCH } from './versions';

/** Branches whose pull requests are asked for one by one. */
const BRANCHES_ASKED_FOR = 10;
/** Pull requests that are looked through where the service cannot search them: the newest. */
const PULL_REQUESTS_LOOKED_AT = 100;

/**
 * One request for the pull requests and one for each repository's branches, all at once. The hosted service finds pull
 * requests by title; of the others the newest 100 are looked through, by title and source. Each branch that has none among
 * those costs one request more, ten at most.
 */
export const findWork: Provider['findWork'] = (connection, { issueKey, ...scope }) =>
  lookFor(connection, namingIssue(issueKey), scope);

/** The same for words; without owners, in the first repository alone. */
export const searchWork: NonNullable<Provider['searchWork']> = (connection, { search, ...scope }) =>
  lookFor(connection, withWords(search), scope);

async function lookFor(
  connection: Connection,
  wanted: Wanted,
  { owners, repositories, requests = Infinity }: WorkScope & { requests?: number | undefined },
): Promise<Result<Work, ProviderError>> {
  const asked = repositories.slice(0, REPOSITORIES_OF_AN_ISSUE);
  const [pulls, ...branches] = await Promise.all([
    pullRequestsOf(
      connection,
      wanted,
      owners.length === 0 && asked[0] !== undefined ? { repository: asked[0] } : { owners },
    ),
    ...asked.map(async (repository) => ({ repository, found: await branchesOf(connection, repository, wanted) })),
  ]);
  const isHidden = owners.length === 0 && !pulls.ok && isOutOfReach(pulls.error);
  if (!pulls.ok && !isHidden) return pulls;
  const listed = pulls.ok ? pulls.value : [];
  const broken = branches.map(({ found }) => found).find((found) => !found.ok && !isOutOfReach(found.error));
  if (broken !== undefined && !broken.ok) return fail(broken.error);
  const named = branches.flatMap(({ repository, found }) =>
    found.ok ? found.value.map((branch) => ({ ...branch, repository })) : [],
  );
  const alone = named
    .filter(({ repository, name }) => !listed.some((one) => one.repository === repository && one.source === name))
    .slice(0, Math.max(0, Math.min(BRANCHES_ASKED_FOR, requests - 1 - asked.length)));
  const sought = await Promise.all(
    alone.map(({ repository, name }) => pullRequestsFrom(connection, { repository, source: name, status: 'all' })),
  );
  const lost = sought.find((answer) => !answer.ok && !isOutOfReach(answer.error));
  if (lost !== undefined && !lost.ok) return fail(lost.error);
  const all = [...listed, ...sought.flatMap((answer) => (answer.ok ? answer.value : []))];
  return ok({
    branches: named,
    pullRequests: [...new Map(all.map((pull) => [pull.url, pull])).values()].sort(byLastChange),
    ...unseenOf(branches.flatMap(({ repository, found }) => (found.ok ? [] : [repository]))),
  });
}

async function branchesOf(
  connection: Connection,
  repository: string,
  wanted: Wanted,
): Promise<Result<Branch[], ProviderError>> {
  const word = longestOf(wanted);
  const contains = searchesBranches(connection.service.edition.id) && word !== '' ? { contains: word } : {};
  const found = await readBranches(connection, repository, { startsWith: '', ...contains });
  return found.ok ? ok(found.value.branches.filter(({ name }) => wanted.fits(name))) : found;
}

async function pullRequestsOf(
  connection: Connection,
  wanted: Wanted,
  where: Where,
): Promise<Result<PullRequest[], ProviderError>> {
  const { service } = connection;
  const { id } = service.edition;
  const word = longestOf(wanted);
  const options: CallOptions =
    id === 'azure-devops' && word !== ''
      ? { version: TITLE_SEARCH, query: { 'searchCriteria.title': word } }
      : { query: hasBareCriteria(id) ? { status: 'all' } : {} };
  return answered(async () => {
    const found = await newestPullRequests(client(connection, options).git, where);
    return z
      .array(z.unknown())
      .parse(found)
      .map((pull) => pullRequestOf(service, pull))
      .filter((pull) => isIn(pull, where))
      .filter((pull) => wanted.fits(pull.title, pull.source));
  });
}

type Where = { repository: string } | { owners: readonly string[] };

function newestPullRequests(git: ReturnType<typeof client>['git'], where: Where): Promise<unknown> {
  const criteria = { status: PullRequestStatus.All };
  if ('repository' in where) {
    const { project, repositoryId } = projectAndRepository(where.repository);
    return git.getPullRequests(repositoryId, criteria, project, undefined, 0, PULL_REQUESTS_LOOKED_AT);
  }
  // The SDK's type wants a project; without one the list is of all projects.
  const project = where.owners.length === 1 ? where.owners[0] : undefined;
  return git.getPullRequestsByProject(project ?? '', criteria, undefined, 0, PULL_REQUESTS_LOOKED_AT);
}

function isIn({ repository }: PullRequest, where: Where): boolean {
  if ('repository' in where) return true;
  const [project = ''] = repository.toLowerCase().split('/');
  return where.owners.some((owner) => owner.toLowerCase() === project);
}
