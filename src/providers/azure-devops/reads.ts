import { PullRequestStatus } from 'azure-devops-node-api/interfaces/GitInterfaces';
import { z } from 'zod';
import { isOutOfReach, type ProviderError } from '../../domain/errors';
import { mentionsIssue } from '../../domain/issue-key';
import { fail, ok, type Result } from '../../domain/result';
import {
  unseenOf,
  type Branch,
  type Connection,
  type Page,
  type Provider,
  type PullRequest,
  type Repository,
} from '../provider';
import { REPOSITORIES_OF_AN_ISSUE } from './affordable';
import { answered, client, type CallOptions } from './client';
import * as links from './links';
import { pullRequestOf, pullRequestsFrom } from './pull-requests';
import { readBranches } from './refs';
import { hasBareCriteria, searchesBranches, TITLE_SEARCH } from './versions';

const PAGE = 50;
/** Branches whose pull requests are asked for one by one. */
const BRANCHES_ASKED_FOR = 10;
/** Pull requests that are looked through where the service cannot search them: the newest. */
const PULL_REQUESTS_LOOKED_AT = 100;

const repositories = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    project: z.object({ name: z.string() }),
    defaultBranch: z.string().optional(),
    isDisabled: z.boolean().catch(false),
  }),
);

export type FoundRepository = z.output<typeof repositories>[number];

/** Every repository of a project, or of all, that is not disabled. One request: the service does not page this list. */
export async function readRepositories(
  connection: Connection,
  project: string | undefined,
  options: CallOptions = {},
): Promise<Result<FoundRepository[], ProviderError>> {
  return answered(async () => {
    const found = await client(connection, options).git.getRepositories(project);
    return repositories.parse(found).filter((repository) => !repository.isDisabled);
  });
}

/**
 * The service neither searches nor pages repositories nor tells what one may write to: all that the token sees, filtered
 * and ordered by name here. One request, of one project where there is only one.
 */
export const listRepositories: Provider['listRepositories'] = async (connection, { owners, search, cursor }) => {
  const listed = await readRepositories(connection, owners.length === 1 ? owners[0] : undefined);
  if (!listed.ok) return listed;
  const known = owners.map((owner) => owner.toLowerCase());
  const wanted = search.trim().toLowerCase();
  const items = listed.value
    .map((repository) => ({ ...repository, fullName: `${repository.project.name}/${repository.name}` }))
    .filter(({ project }) => known.includes(project.name.toLowerCase()))
    .filter(({ name, fullName }) => (wanted.includes('/') ? fullName : name).toLowerCase().includes(wanted))
    .map(({ fullName, defaultBranch }): Repository => ({
      name: fullName,
      url: links.repository(connection.service, fullName),
      ...(defaultBranch === undefined ? {} : { defaultBranch: defaultBranch.replace('refs/heads/', '') }),
    }))
    .sort((one, other) => one.name.localeCompare(other.name, 'en'));
  return ok(pageOf(items, cursor));
};

/** A page of a list that is whole already; the cursor is where it goes on. */
function pageOf<Item>(items: Item[], cursor: string | undefined): Page<Item> {
  const start = /^\d{1,9}$/.test(cursor ?? '') ? Number(cursor) : 0;
  const end = start + PAGE;
  return { items: items.slice(start, end), ...(end < items.length ? { next: String(end) } : {}) };
}

/** From API 5.0 on the service searches and pages; older servers send every branch, which is then done here. One request. */
export const listBranches: Provider['listBranches'] = async (connection, { repository, search, cursor }) => {
  if (!searchesBranches(connection.service.edition.id)) {
    const all = await readBranches(connection, repository, { startsWith: '' });
    if (!all.ok) return all;
    return ok(pageOf(containing(all.value.branches, search), cursor));
  }
  const page = { $top: PAGE, ...(cursor === undefined ? {} : { continuationToken: cursor }) };
  const contains = search === '' ? {} : { contains: search };
  const found = await readBranches(connection, repository, { startsWith: '', ...contains, page });
  if (!found.ok) return found;
  const { branches, next } = found.value;
  return ok({ items: branches, ...(next === undefined || next === '' ? {} : { next }) });
};

function containing(branches: Branch[], text: string): Branch[] {
  return branches.filter(({ name }) => name.toLowerCase().includes(text.toLowerCase()));
}

/**
 * One request for the pull requests and one for each repository's branches, all at once. The hosted service finds pull
 * requests by title; of the others the newest 100 are looked through, by title and source. Each branch that has none among
 * those costs one request more, ten at most.
 */
export const findWork: Provider['findWork'] = async (connection, query) => {
  const { issueKey, owners, requests = Infinity } = query;
  const asked = query.repositories.slice(0, REPOSITORIES_OF_AN_ISSUE);
  const [pulls, ...branches] = await Promise.all([
    pullRequestsOf(connection, issueKey, owners),
    ...asked.map(async (repository) => ({ repository, found: await branchesOf(connection, repository, issueKey) })),
  ]);
  if (!pulls.ok) return pulls;
  const broken = branches.map(({ found }) => found).find((found) => !found.ok && !isOutOfReach(found.error));
  if (broken !== undefined && !broken.ok) return fail(broken.error);
  const named = branches.flatMap(({ repository, found }) =>
    found.ok ? found.value.map((branch) => ({ ...branch, repository })) : [],
  );
  const alone = named
    .filter(({ repository, name }) => !pulls.value.some((one) => one.repository === repository && one.source === name))
    .slice(0, Math.max(0, Math.min(BRANCHES_ASKED_FOR, requests - 1 - asked.length)));
  const sought = await Promise.all(
    alone.map(({ repository, name }) => pullRequestsFrom(connection, { repository, source: name, status: 'all' })),
  );
  const lost = sought.find((answer) => !answer.ok && !isOutOfReach(answer.error));
  if (lost !== undefined && !lost.ok) return fail(lost.error);
  const all = [...pulls.value, ...sought.flatMap((answer) => (answer.ok ? answer.value : []))];
  return ok({
    branches: named,
    pullRequests: [...new Map(all.map((pull) => [pull.url, pull])).values()],
    ...unseenOf(branches.flatMap(({ repository, found }) => (found.ok ? [] : [repository]))),
  });
};

async function branchesOf(
  connection: Connection,
  repository: string,
  issueKey: string,
): Promise<Result<Branch[], ProviderError>> {
  const contains = searchesBranches(connection.service.edition.id) ? { contains: issueKey } : {};
  const found = await readBranches(connection, repository, { startsWith: '', ...contains });
  return found.ok ? ok(found.value.branches.filter(({ name }) => mentionsIssue(name, issueKey))) : found;
}

async function pullRequestsOf(
  connection: Connection,
  issueKey: string,
  owners: readonly string[],
): Promise<Result<PullRequest[], ProviderError>> {
  const { service } = connection;
  const { id } = service.edition;
  const options: CallOptions =
    id === 'azure-devops'
      ? { version: TITLE_SEARCH, query: { 'searchCriteria.title': issueKey } }
      : { query: hasBareCriteria(id) ? { status: 'all' } : {} };
  const project = owners.length === 1 ? owners[0] : undefined;
  const known = owners.map((owner) => owner.toLowerCase());
  return answered(async () => {
    const criteria = { status: PullRequestStatus.All };
    const { git } = client(connection, options);
    // The SDK's type wants a project; without one the list is of all projects.
    const found = await git.getPullRequestsByProject(project ?? '', criteria, undefined, 0, PULL_REQUESTS_LOOKED_AT);
    return z
      .array(z.unknown())
      .parse(found)
      .map((pull) => pullRequestOf(service, pull))
      .filter((pull) => known.includes((pull.repository.split('/')[0] ?? '').toLowerCase()))
      .filter((pull) => mentionsIssue(`${pull.title} ${pull.source}`, issueKey));
  });
}
