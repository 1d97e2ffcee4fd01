import { Branches, MergeRequests, Projects } from '@gitbeaker/rest';
import { z } from 'zod';
import { isOutOfReach, type ProviderError } from '../../domain/errors';
import { ownsRepository } from '../../domain/integration';
import { mentionsIssue } from '../../domain/issue-key';
import { byLastChange } from '../../domain/order';
import { fail, ok, type Result } from '../../domain/result';
import { unseenOf, type Branch, type Connection, type Provider } from '../provider';
import { ownLink } from '../own-link';
import { answered, resource } from './client';
import { repository as projectPage } from './links';
import { branchOf, branchSchema, mergeRequestOf, mergeRequestSchema, projectOf, type MergeRequest } from './shapes';

const PAGE = 50;

/** Gitbeaker's reading of the paging headers; GitLab sends `X-Next-Page` with every list that is paged by number. */
const pageInfo = z.object({ next: z.number().nullable() });

function pageOf(cursor: string | undefined): number {
  return /^[1-9]\d{0,6}$/.test(cursor ?? '') ? Number(cursor) : 1;
}

function nextOf(info: z.output<typeof pageInfo>): { next?: string } {
  return info.next === null ? {} : { next: String(info.next) };
}

const projectsAnswer = z.object({
  data: z.array(
    z.object({
      path_with_namespace: z.string(),
      name_with_namespace: z.string(),
      web_url: z.string().optional(),
      default_branch: z.string().nullish(),
    }),
  ),
  paginationInfo: pageInfo,
});

/**
 * Projects the person may push to (Developer and above), most recently active first. GitLab cannot list by several
 * owners at once, so it is asked for all and what is not of the owners is left out: a page may be short, or empty.
 */
export const listRepositories: Provider['listRepositories'] = async (connection, { owners, search, cursor }) =>
  answered(async () => {
    const found = await new Projects(resource(connection, 'read')).all<true, 'offset'>({
      membership: true,
      minAccessLevel: 30,
      simple: true,
      archived: false,
      orderBy: 'last_activity_at',
      ...searchOf(owners, search),
      perPage: PAGE,
      page: pageOf(cursor),
      showExpanded: true,
    });
    const { data, paginationInfo } = projectsAnswer.parse(found);
    const items = data
      .filter((project) => ownsRepository({ owners }, project.path_with_namespace))
      .filter((project) => isNamed(`${project.path_with_namespace} ${project.name_with_namespace}`, search))
      .map((project) => ({
        name: project.path_with_namespace,
        url: ownLink(connection.service, project.web_url, projectPage(connection.service, project.path_with_namespace)),
        ...(project.default_branch == null ? {} : { defaultBranch: project.default_branch }),
      }));
    return { items, ...nextOf(paginationInfo) };
  });

/**
 * GitLab looks for words of three letters and more (`Gitlab::SQL::Pattern`), with `search_namespaces` in the whole path;
 * shorter ones find exact names only, so they are left to us. Without words, a single owner narrows the list.
 */
function searchOf(owners: readonly string[], typed: string): { search?: string; searchNamespaces?: true } {
  const words = wordsOf(typed)
    .filter((word) => [...word].length >= 3)
    .join(' ');
  const search = words === '' && owners.length === 1 ? `${owners[0]}/` : words;
  return search === '' ? {} : { search, searchNamespaces: true };
}

function wordsOf(typed: string): string[] {
  // Quotes would hold words together for GitLab; nobody types them on purpose.
  return typed.split(/[\s"]+/).filter((word) => word !== '');
}

function isNamed(name: string, typed: string): boolean {
  return wordsOf(typed).every((word) => name.toLowerCase().includes(word.toLowerCase()));
}

const branchesAnswer = z.object({ data: z.array(branchSchema), paginationInfo: pageInfo });

async function branchPage(
  connection: Connection,
  repository: string,
  search: string,
  page: number,
): Promise<Result<z.output<typeof branchesAnswer>, ProviderError>> {
  // For GitLab `^` means "begins with", `$` "ends with" and `*` "anything"; here they are only characters.
  const text = search.replace(/^\^+|(?<!\$)\$+$|\*/g, '');
  return answered(async () =>
    branchesAnswer.parse(
      await new Branches(resource(connection, 'read')).all(repository, {
        ...(text === '' ? {} : { search: text }),
        perPage: PAGE,
        page,
        showExpanded: true,
      }),
    ),
  );
}

export const listBranches: Provider['listBranches'] = async (connection, { repository, search, cursor }) => {
  const asked = await branchPage(connection, repository, search, pageOf(cursor));
  if (!asked.ok) return asked;
  const { data, paginationInfo } = asked.value;
  const items = data.filter((branch) => branch.name.toLowerCase().includes(search.toLowerCase())).map(branchOf);
  return ok({ items, ...nextOf(paginationInfo) });
};

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
export const findWork: Provider['findWork'] = async (connection, { issueKey, owners, repositories, requests }) => {
  const [searched, branches] = await Promise.all([
    searchOwners(connection, issueKey, owners, repositories),
    findBranches(connection, issueKey, repositories),
  ]);
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
      listMergeRequests(connection, issueKey, owners, { projectId: repository, sourceBranch: name }),
    ),
  );
  const all = together([found, ...byBranch]);
  if (!all.ok) return all;
  const work = { branches: branches.value, pullRequests: all.value, ...(withheld && { withheld }) };
  return ok({ ...work, ...unseenOf(branches.unseen ?? []) });
};

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
  issueKey: string,
  owners: readonly string[],
  repositories: readonly string[],
): Promise<Result<MergeRequest[], ProviderError>[]> {
  if (owners.length > AT_ONCE) return [await searchMergeRequests(connection, issueKey, owners, { scope: 'all' })];
  const found = await Promise.all(
    owners.map(async (owner) => {
      const inGroup = await searchMergeRequests(connection, issueKey, [owner], { groupId: owner });
      if (inGroup.ok || !isOutOfReach(inGroup.error)) return [inGroup];
      // A person, not a group: what is known of their projects is searched one by one.
      const theirs = repositories.filter((repository) => ownsRepository({ owners: [owner] }, repository));
      const searched = theirs
        .slice(0, AT_ONCE)
        .map((projectId) => searchMergeRequests(connection, issueKey, [owner], { projectId }));
      return Promise.all(searched);
    }),
  );
  return found.flat();
}

type Where = { scope: 'all' } | { groupId: string } | { projectId: string; sourceBranch?: string };

async function searchMergeRequests(
  connection: Connection,
  issueKey: string,
  owners: readonly string[],
  where: Where,
): Promise<Result<MergeRequest[], ProviderError>> {
  return listMergeRequests(connection, issueKey, owners, { ...where, search: issueKey, in: 'title' });
}

/** Those that name the issue, in title or source. One request. */
async function listMergeRequests(
  connection: Connection,
  issueKey: string,
  owners: readonly string[],
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
      .filter((request) => mentionsIssue(`${request.title} ${request.source}`, issueKey));
  });
}

type FoundBranch = Branch & { repository: string };

async function findBranches(
  connection: Connection,
  issueKey: string,
  repositories: readonly string[],
): Promise<Partly<FoundBranch[]> & { unseen?: string[] }> {
  const answers: Result<FoundBranch[], ProviderError>[] = [];
  for (let at = 0; at < repositories.length; at += AT_ONCE) {
    const some = repositories.slice(at, at + AT_ONCE);
    answers.push(...(await Promise.all(some.map((repository) => branchesIn(connection, issueKey, repository)))));
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
  issueKey: string,
  repository: string,
): Promise<Result<FoundBranch[], ProviderError>> {
  const page = await branchPage(connection, repository, issueKey, 1);
  if (!page.ok) return page;
  const { webUrl } = connection.service;
  // A project that was moved answers under its old name too: its branches are those of the new one, once.
  return ok(
    page.value.data
      .filter((branch) => mentionsIssue(branch.name, issueKey))
      .map((branch) => ({ ...branchOf(branch), repository: projectOf(branch, webUrl) ?? repository })),
  );
}
