import { html, type Html } from 'local-forge/html';
import { branchesOf, branchName, branchOf } from '../branches.ts';
import type { Repository } from '../branches.ts';
import type { Activity, ActivityType, PullRequest } from '../store.ts';
import { link, notFound, row, show, table } from './site.ts';
import type { PageRoute, Visit } from './site.ts';

/** A service's words for the things on these pages, and their addresses. */
export type Dialect<R extends Repository> = {
  words: {
    /** `Merge requests`. */
    requests: string;
    /** The sign before the number of a pull request. */
    sign: string;
    states: Readonly<Record<PullRequest['state'] | 'draft', string>>;
    did: Readonly<Record<ActivityType, string>>;
  };
  address: {
    repository: (repository: R) => string;
    branch: (repository: R, name: string) => string;
    /** The branch that an address of the repository's page asks for. */
    branchIn?: (url: URL) => string | undefined;
    pull: (repository: R, pull: PullRequest) => string;
    /** Without a page of its own, the activity is shown on the repository's page. */
    activity?: (repository: R) => string;
    compare?: (repository: R, name: string) => string;
  };
  /** The number that people see. */
  numberOf: (pull: PullRequest) => number;
  /** Columns that only this service's list of repositories has. */
  about?: (repository: R) => string | false;
  /** Facts that explain a refusal. */
  states: (repository: R) => string[];
  /** Marks of a branch besides that of the default one. */
  mark: (repository: R, branch: string) => string | false | undefined;
  pulls: (repository: R) => Promise<readonly PullRequest[]> | readonly PullRequest[];
  /** Newest first; undefined where the service has no such list. */
  activity?: (repository: R) => readonly Activity[];
};

/** Words that most services use. */
export const WORDS: Dialect<Repository>['words'] = {
  requests: 'Pull requests',
  sign: '',
  states: { open: 'Open', draft: 'Draft', closed: 'Closed', merged: 'Merged' },
  did: {
    branch_creation: 'created',
    branch_deletion: 'deleted',
    push: 'pushed to',
    force_push: 'force-pushed to',
    opened: 'opened',
  },
};

const stateOf = <R extends Repository>({ words }: Dialect<R>, { state, draft }: PullRequest): string =>
  words.states[state === 'open' && draft ? 'draft' : state];

const titleOf = <R extends Repository>(dialect: Dialect<R>, pull: PullRequest): string =>
  `${dialect.words.sign}${dialect.numberOf(pull)} ${pull.title}`;

const tabs = <R extends Repository>(visit: Visit, { address, words }: Dialect<R>, repository: R): Html =>
  html`<p>
    ${link(visit, address.repository(repository), `Branches and ${words.requests.toLowerCase()}`)}
    ${address.activity && html` · ${link(visit, address.activity(repository), 'Activity')}`}
  </p>`;

const activityTable = <R extends Repository>({ words, activity }: Dialect<R>, repository: R): Html =>
  table(
    (activity?.(repository) ?? []).map(({ actor, type, ref, at }) =>
      row(
        html`<strong>${actor}</strong>`,
        html`${words.did[type]} <code>${type === 'opened' ? ref : branchName(ref)}</code>`,
        at,
      ),
    ),
    'Nothing has happened yet.',
  );

const commitTable = async ({ git }: Repository, head: string, base?: string): Promise<Html> =>
  table(
    (await git.commits(head, base, 20)).map(({ sha, subject, author, date }) =>
      row(html`<code>${sha.slice(0, 8)}</code>`, subject, author, date),
    ),
    'There are no commits.',
  );

/** Everybody can see these pages: they are for the person who runs the sandbox, and show no token. */
export function homePage<R extends Repository>(
  visit: Visit,
  { address, about }: Dialect<R>,
  { title, repositories, more }: { title: string; repositories: readonly R[]; more?: Html },
): Response {
  const rows = repositories.map((one) => {
    const { description, private: isPrivate, archived } = one.definition;
    const seen = isPrivate !== undefined && `${isPrivate ? 'Private' : 'Public'}${archived ? ', archived' : ''}`;
    return row(link(visit, address.repository(one), one.fullName), description, seen, about?.(one));
  });
  return show(visit, title, html`${table(rows, 'There are none.')} ${more}`);
}

/** Branches with who made them, and pull requests. */
async function repositoryPage<R extends Repository>(
  visit: Visit,
  dialect: Dialect<R>,
  repository: R,
): Promise<Response> {
  const { address, words } = dialect;
  const asked = address.branchIn?.(visit.url);
  if (asked !== undefined) return branchPage(visit, dialect, repository, asked);
  const { description = '' } = repository.definition;
  const made = (dialect.activity?.(repository) ?? []).filter(({ type }) => type === 'branch_creation');
  const creators = new Map(made.toReversed().map(({ ref, actor }) => [ref, actor]));
  const branches = (await branchesOf(repository)).map(({ name: ref, sha }) => {
    const name = branchName(ref);
    const creator = creators.get(ref);
    const marks = [name === repository.definition.defaultBranch && 'Default', dialect.mark(repository, name)];
    return row(
      link(visit, address.branch(repository, name), name),
      html`<code>${sha.slice(0, 8)}</code>`,
      marks.filter(Boolean).join(' '),
      creator !== undefined && `created by ${creator}`,
    );
  });
  const pulls = (await dialect.pulls(repository)).map((pull) =>
    row(
      link(visit, address.pull(repository, pull), titleOf(dialect, pull)),
      stateOf(dialect, pull),
      html`<code>${pull.source}</code> into <code>${pull.target}</code>`,
      `by ${pull.author}`,
    ),
  );
  const log = html`<h2>Activity</h2>
    ${activityTable(dialect, repository)}`;
  return show(
    visit,
    repository.fullName,
    html`${tabs(visit, dialect, repository)} ${description !== '' && html`<p>${description}</p>`}
      ${dialect.states(repository).map((state) => html`<p class="note">${state}</p>`)}
      <h2>Branches</h2>
      ${table(branches, 'This repository is empty.')}
      <h2>${words.requests}</h2>
      ${table(pulls, `There are no ${words.requests.toLowerCase()}.`)}
      ${dialect.activity && address.activity === undefined && log}`,
  );
}

async function branchPage<R extends Repository>(
  visit: Visit,
  dialect: Dialect<R>,
  repository: R,
  name: string,
): Promise<Response> {
  const branch = await branchOf(repository, name);
  if (branch === undefined) return notFound(visit);
  const main = repository.definition.defaultBranch;
  const compare = name === main ? undefined : dialect.address.compare?.(repository, name);
  return show(
    visit,
    `${repository.fullName}: ${name}`,
    html`${tabs(visit, dialect, repository)}
      ${compare !== undefined && html`<p>${link(visit, compare, `Compare with ${main}`)}</p>`}
      <h2>Commits</h2>
      ${await commitTable(repository, branch.sha)}`,
  );
}

const named = (what: string, names: readonly string[] = []): Html | false =>
  names.length > 0 && html`<p>${what} ${names.join(', ')}</p>`;

/** `more`: the actions on that page. */
export async function pullPage<R extends Repository>(
  visit: Visit,
  dialect: Dialect<R>,
  repository: R,
  number: number,
  more?: Html,
): Promise<Response> {
  const pull = (await dialect.pulls(repository)).find((one) => dialect.numberOf(one) === number);
  if (pull === undefined) return notFound(visit);
  const branch = (name: string): Html => link(visit, dialect.address.branch(repository, name), name);
  return show(
    visit,
    titleOf(dialect, pull),
    html`${tabs(visit, dialect, repository)} ${more}
      <p>
        <strong>${stateOf(dialect, pull)}</strong> · opened by <strong>${pull.author}</strong> on
        ${pull.createdAt.slice(0, 10)}
      </p>
      <p>From ${branch(pull.source)} into ${branch(pull.target)}</p>
      ${named('Review requested from', pull.reviewers)} ${named('Assigned to', pull.assignees)}
      ${named('Labels:', pull.labels)}
      ${(pull.body ?? '').split(/\n{2,}/).map((paragraph) => html`<p>${paragraph}</p>`)}
      <h2>Commits</h2>
      ${await commitTable(repository, pull.sourceSha, pull.targetSha)}`,
  );
}

async function comparePage<R extends Repository>(
  visit: Visit,
  dialect: Dialect<R>,
  repository: R,
  [base = '', head = '']: readonly string[],
): Promise<Response> {
  const [from, to] = [await branchOf(repository, base), await branchOf(repository, head)];
  if (from === undefined || to === undefined) return notFound(visit);
  const commits = (await repository.git.countCommits(from.sha, to.sha)) > 0;
  const none = html`<p class="note">There isn’t anything to compare: no commits between ${base} and ${head}.</p>`;
  return show(
    visit,
    `Comparing ${base} with ${head}`,
    html`${tabs(visit, dialect, repository)} ${commits ? await commitTable(repository, to.sha, from.sha) : none}`,
  );
}

const activityPage = <R extends Repository>(visit: Visit, dialect: Dialect<R>, repository: R): Response =>
  show(
    visit,
    `Activity in ${repository.fullName}`,
    html`${tabs(visit, dialect, repository)} ${activityTable(dialect, repository)}`,
  );

type Params = Readonly<Record<string, string>>;
type Show<R extends Repository> = (
  visit: Visit,
  dialect: Dialect<R>,
  repository: R,
  params: Params,
) => Response | Promise<Response>;

/** The pages of a repository, each at the address that its pattern says: `:branch`, `:number` and `:range` are known here. */
export function repositoryRoutes<Service, R extends Repository>(
  dialectOf: (service: Service) => Dialect<R>,
  find: (service: Service, params: Params) => R | undefined,
  paths: Partial<Record<'repository' | 'branch' | 'pull' | 'activity' | 'compare', string>>,
): PageRoute<Service>[] {
  const route = (path: string | undefined, page: Show<R>): PageRoute<Service>[] => {
    if (path === undefined) return [];
    const answer: PageRoute<Service>['show'] = (service, visit, params) => {
      const repository = find(service, params);
      return repository && page(visit, dialectOf(service), repository, params);
    };
    return [{ method: 'GET', path, show: answer }];
  };
  return [
    ...route(paths.branch, (visit, dialect, one, { branch = '' }) => branchPage(visit, dialect, one, branch)),
    ...route(paths.pull, (visit, dialect, one, { number }) => pullPage(visit, dialect, one, Number(number))),
    ...route(paths.compare, (visit, dialect, one, { range = '' }) =>
      comparePage(visit, dialect, one, range.split('...')),
    ),
    ...route(paths.activity, activityPage),
    ...route(paths.repository, repositoryPage),
  ];
}
