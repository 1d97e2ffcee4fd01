import { MergeRequests } from '@gitbeaker/rest';
import { z } from 'zod';
import { isOutOfReach, type ProviderError } from '../../domain/errors';
import { ownsRepository } from '../../domain/integration';
import { byLastChange } from '../../domain/order';
import { fail, ok, type Result } from '../../domain/result';
import { unseenOf, type Branch, type Connection, type Provider, type Work, type WorkScope } from '../provider';
import { longestOf, namingIssue, type Wanted, withWords } from '../wanted-work';
import { answered, resource } from './client';
import { branchPage, searchable } from './reads';
import { branchOf, mergeRequestOf, mergeRequestSchema, projectOf, type MergeRequest } from './shapes';

/** Requests to the service at a time: as many as a browser would have open, and far from any limit of GitLab's. */
const AT_ONCE = 10;

/** An owner is one search. A repository is one for its branches, and one more where its owner turns out to be a person. */
export const affordable: NonNullable<Provider['affordable']> = (requests, { owners, repositories }) => {
  const searched = owners.slice(0, requests);
  return { owners: searched, repositories: repositories.slice(0, Math.floor((requests - searched.length) / 2)) };
};

/**
 * A search for merge requests in each group, and one question for branches a repository, all at once. GitLab searches titles only, so
 * each branch without a merge request among those costs one question more, ten at most.
 */
export const findWork: Provider['findWork'] = (connection, { issueKey, ...scope }) =>
  lookFor(connection, namingIssue(issueKey), scope);

/** The same for words; without owners, in the repositories alone. */
export const searchWork: NonNullable<Provider['searchWork']> = (connection, { search, ...scope }) =>
  lookFor(connection, withWords(search), scope);

async function lookFor(
  connection: Connection,
  wanted: Wanted,
  { owners, repositories, requests }: WorkScope & { requests?: number | undefined },
): Promise<Result<Work, ProviderError>> {
  const known = owners.length === 0 ? 'all' : owners;
  const searching =
    known === 'all'
      ? Promise.all(repositories.map((projectId) => searchMergeRequests(connection, wanted, known, { projectId })))
      : searchOwners(connection, wanted, known, repositories);
  const [searched, branches] = await Promise.all([searching, findBranches(connection, wanted, repositories)]);
  const found = together(searched);
  if (!found.ok) return found;
  if (!branches.ok) return branches;
  const withheld = found.withheld ?? branches.withheld;
  const spent = owners.length + searched.length + repositories.length;
  const alone = branches.value
    .filter(({ repository, name }) => !found.value.some((one) => one.repository === repository && one.source === name))
    .slice(0, Math.max(0, Math.min(AT_ONCE, (requests ?? Infinity) - spent)));
  const byBranch = await Promise.all(
    alone.map(({ repository, name }) =>
      listMergeRequests(connection, wanted, known, { projectId: repository, sourceBranch: name }),
    ),
  );
  const all = together([found, ...byBranch]);
  if (!all.ok) return all;
  const work = { branches: branches.value, pullRequests: all.value, ...(withheld && { withheld }) };
  return ok({ ...work, ...unseenOf(branches.unseen ?? []) });
}

/** What came, and why some of it did not. */
type Partly<Value> = Result<Value, ProviderError> & { withheld?: ProviderError | undefined };

/** What came, the last changed first and each once, for owners may be inside each other. */
function together(answers: readonly Result<MergeRequest[], ProviderError>[]): Partly<MergeRequest[]> {
  const came = whatCame(answers);
  if (!came.ok) return came;
  const all = came.value.flat();
  return { ...came, value: [...new Map(all.map((request) => [request.url, request])).values()].sort(byLastChange) };
}

/** One group's policy hides nothing of another group's; where nothing else came, it is the reason. */
function whatCame<Value>(answers: readonly Result<Value, ProviderError>[]): Partly<Value[]> {
  const failed = answers.flatMap((answer) => (answer.ok ? [] : [answer.error]));
  const values = answers.flatMap((answer) => (answer.ok ? [answer.value] : []));
  const withheld = failed.find(isWithheld);
  const fatal = failed.find((error) => !isOutOfReach(error) && !isWithheld(error));
  if (fatal !== undefined) return fail(fatal);
  if (withheld !== undefined && values.length === 0) return fail(withheld);
  return { ...ok(values), withheld };
}

/** A policy of the group, which the person can satisfy or has to live with. */
function isWithheld({ code }: ProviderError): boolean {
  return code === 'SSO_REQUIRED' || code === 'IP_BLOCKED';
}

/**
 * Searches where the owners are. Without a group GitLab searches all that the person may see, on GitLab.com the whole
 * public: there an issue's own requests would drown among other people's. Only for many owners that is what is left.
 */
async function searchOwners(
  connection: Connection,
  wanted: Wanted,
  owners: readonly string[],
  repositories: readonly string[],
): Promise<Result<MergeRequest[], ProviderError>[]> {
  if (owners.length > AT_ONCE) return [await searchMergeRequests(connection, wanted, owners, { scope: 'all' })];
  const found = await Promise.all(
    owners.map(async (owner) => {
      const inGroup = await searchMergeRequests(connection, wanted, [owner], { groupId: owner });
      if (inGroup.ok || !isOutOfReach(inGroup.error)) return [inGroup];
      // A person, not a group: what is known of their projects is searched one by one.
      const theirs = repositories.filter((repository) => ownsRepository({ owners: [owner] }, repository));
      const searched = theirs
        .slice(0, AT_ONCE)
        .map((projectId) => searchMergeRequests(connection, wanted, [owner], { projectId }));
      return Promise.all(searched);
    }),
  );
  return found.flat();
}

type Owners = 'all' | readonly string[];
type Where = { scope: 'all' } | { groupId: string } | { projectId: string; sourceBranch?: string };

async function searchMergeRequests(
  connection: Connection,
  wanted: Wanted,
  owners: Owners,
  where: Where,
): Promise<Result<MergeRequest[], ProviderError>> {
  const search = searchable(wanted.words);
  return listMergeRequests(connection, wanted, owners, { ...where, ...(search !== '' && { search, in: 'title' }) });
}

/** Those that fit, by title and source. One request. */
async function listMergeRequests(
  connection: Connection,
  wanted: Wanted,
  owners: Owners,
  where: Where & { search?: string; in?: 'title' },
): Promise<Result<MergeRequest[], ProviderError>> {
  return answered(async () => {
    const found = await new MergeRequests(resource(connection, 'read')).all({
      ...where,
      orderBy: 'updated_at',
      perPage: 100,
      page: 1,
    });
    return z
      .array(mergeRequestSchema)
      .parse(found)
      .map((request) => mergeRequestOf(connection.service, request))
      .filter((request) => ownsRepository({ owners }, request.repository))
      .filter((request) => wanted.fits(request.title, request.source));
  });
}

type FoundBranch = Branch & { repository: string };

async function findBranches(
  connection: Connection,
  wanted: Wanted,
  repositories: readonly string[],
): Promise<Partly<FoundBranch[]> & { unseen?: string[] }> {
  const answers: Result<FoundBranch[], ProviderError>[] = [];
  for (let at = 0; at < repositories.length; at += AT_ONCE) {
    const some = repositories.slice(at, at + AT_ONCE);
    answers.push(...(await Promise.all(some.map((repository) => branchesIn(connection, wanted, repository)))));
  }
  const came = whatCame(answers);
  if (!came.ok) return came;
  const all = came.value.flat();
  return {
    ...came,
    value: [...new Map(all.map((branch) => [`${branch.repository}:${branch.name}`, branch])).values()],
    unseen: repositories.filter((_, index) => answers[index]?.ok === false),
  };
}

async function branchesIn(
  connection: Connection,
  wanted: Wanted,
  repository: string,
): Promise<Result<FoundBranch[], ProviderError>> {
  const page = await branchPage(connection, repository, longestOf(wanted), 1);
  if (!page.ok) return page;
  const { webUrl } = connection.service;
  // A project that was moved answers under its old name too: its branches are those of the new one, once.
  return ok(
    page.value.data
      .filter((branch) => wanted.fits(branch.name))
      .map((branch) => ({ ...branchOf(branch), repository: projectOf(branch, webUrl) ?? repository })),
  );
}
