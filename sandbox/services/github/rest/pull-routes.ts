import { accessTo, roleOf } from '../access.ts';
import type { Repository } from '../context.ts';
import { peopleOf } from '../../git-host/branches.ts';
import { settlePullRequests } from '../../git-host/pull-requests.ts';
import type { PullRequest } from '../../git-host/store.ts';
import { openPullRequest } from '../pull-requests.ts';
import { refuse, notFound, notModelled, validationFailed } from './answer.ts';
import { fullPullShape, labelShape, pullShape } from './pull-shapes.ts';
import { requiredStrings } from './ref-routes.ts';
import { callerOf, choice, get, page, post, repositoryFor } from './route.ts';
import type { RestCall, Route } from './route.ts';
import { activityShape } from './shapes.ts';

const READ = { area: 'pull_requests', right: 'read' } as const;
const WRITE = { area: 'pull_requests', right: 'write' } as const;

async function pullOf(call: RestCall, repository: Repository): Promise<PullRequest> {
  const number = call.params['number'];
  const pull = (await settlePullRequests(call.github, repository)).find((one) => String(one.number) === number);
  if (pull === undefined) throw notFound();
  return pull;
}

/**
 * Opening a pull request requires the right to push only after its branches were found (422 then). So the account's
 * missing right is not checked here; everything else is.
 */
function repositoryForNewPull(call: RestCall): Repository {
  const repository = call.github.catalogue.repository(call.params['owner'] ?? '', call.params['repo'] ?? '');
  const access = repository && accessTo(repository, call.caller, WRITE);
  if (repository && access?.kind === 'not-allowed' && !access.byToken) return repository;
  return repositoryFor(call, WRITE);
}

function optional<T>(body: Record<string, unknown>, name: string, type: 'string' | 'boolean'): T | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== type) {
    throw refuse(422, `Invalid request.\n\nFor 'properties/${name}', ${JSON.stringify(value)} is not a ${type}.`);
  }
  return value as T;
}

/** The list of texts that a body has. */
function textsIn(body: Record<string, unknown>, name: string): string[] {
  const given = body[name];
  if (Array.isArray(given) && given.every((one) => typeof one === 'string')) return given;
  throw refuse(422, `Invalid request.\n\nFor 'properties/${name}', the value is not an array of strings.`);
}

/** The logins of those who have a right in the repository. */
const collaborators = ({ github }: RestCall, repository: Repository, logins: readonly string[]): string[] =>
  peopleOf(github, logins).flatMap((account) => (roleOf(repository, account) === 'none' ? [] : account.login));

/** The wording of real answers (googleapis/repo-automation-bots#1895, renovatebot/renovate#2032). */
function refuseLong(field: string, text: string, max: number): void {
  if ([...text].length <= max) return;
  const message = `${field} is too long (maximum is ${max} characters)`;
  throw validationFailed([{ resource: 'Issue', code: 'custom', field, message }]);
}

export const pullRoutes: readonly Route[] = [
  {
    ...get('/repos/:owner/:repo/pulls', 'pulls/pulls#list-pull-requests', 'pull_requests=read'),
    query: ['state', 'head', 'base', 'per_page', 'page'],
    async handle(call) {
      const repository = repositoryFor(call, READ);
      const state = choice(call, 'state', ['open', 'closed', 'all'], 'open', 'PullRequest');
      const head = call.query.get('head');
      const base = call.query.get('base');
      const pulls = (await settlePullRequests(call.github, repository))
        .filter((pull) => state === 'all' || (pull.state === 'open') === (state === 'open'))
        // Without an owner before the colon GitHub ignores the filter (docs: "user:ref-name").
        .filter((pull) => head === null || !head.includes(':') || head === `${repository.owner.login}:${pull.source}`)
        .filter((pull) => base === null || pull.target === base);
      const { items, headers } = page(call, pulls);
      const body = items.map((pull) => pullShape(call.github, repository, pull, call.caller?.account));
      return { status: 200, body, headers };
    },
  },
  {
    ...post('/repos/:owner/:repo/pulls', 'pulls/pulls#create-a-pull-request', 'pull_requests=write'),
    async handle(call) {
      const repository = repositoryForNewPull(call);
      const caller = callerOf(call);
      const body = await call.body();
      for (const name of ['issue', 'head_repo']) {
        if (body[name] !== undefined) throw notModelled(`'${name}' of a new pull request`);
      }
      requiredStrings(body, ['head', 'base']);
      const title = optional<string>(body, 'title', 'string') ?? '';
      optional(body, 'maintainer_can_modify', 'boolean');
      const wanted = {
        title,
        head: String(body['head']),
        base: String(body['base']),
        body: optional<string>(body, 'body', 'string'),
        draft: optional<boolean>(body, 'draft', 'boolean') ?? false,
      };
      // SWE-agent/SWE-agent#179.
      if (wanted.draft && !repository.definition.drafts)
        throw refuse(422, 'Draft pull requests are not supported in this repository.');
      if (title.trim() === '') {
        throw validationFailed([{ resource: 'Issue', code: 'missing_field', field: 'title' }]);
      }
      refuseLong('title', title, 256);
      refuseLong('body', wanted.body ?? '', 65_536);
      const opened = await openPullRequest(call.github, repository, caller.account, wanted);
      if (!opened.ok) throw validationFailed(opened.errors);
      const shape = await fullPullShape(call.github, repository, opened.pull, caller.account);
      return { status: 201, body: shape, headers: { location: shape.url } };
    },
  },
  {
    ...get('/repos/:owner/:repo/pulls/:number', 'pulls/pulls#get-a-pull-request', 'pull_requests=read'),
    async handle(call) {
      const repository = repositoryFor(call, READ);
      const pull = await pullOf(call, repository);
      return { status: 200, body: await fullPullShape(call.github, repository, pull, call.caller?.account) };
    },
  },
  {
    ...post(
      '/repos/:owner/:repo/pulls/:number/requested_reviewers',
      'pulls/review-requests#request-reviewers-for-a-pull-request',
      'pull_requests=write',
    ),
    async handle(call) {
      const repository = repositoryFor(call, WRITE);
      const pull = await pullOf(call, repository);
      const body = await call.body();
      const teams = body['team_reviewers'];
      if (Array.isArray(teams) && teams.length > 0) throw notModelled('team reviewers');
      const given = textsIn({ reviewers: [], ...body }, 'reviewers');
      const accounts = collaborators(call, repository, given);
      if (accounts.includes(pull.author)) throw refuse(422, 'Review cannot be requested from pull request author.');
      if (accounts.length < given.length) {
        const said =
          'Reviews may only be requested from collaborators. One or more of the users or teams you specified is';
        throw refuse(422, `${said} not a collaborator of the ${repository.fullName} repository.`);
      }
      const next = call.github.store.changePullRequest(pull, (now) => ({
        reviewers: [...new Set([...now.reviewers, ...accounts])],
        updatedAt: call.github.now().toISOString(),
      }));
      return { status: 201, body: pullShape(call.github, repository, next, call.caller?.account) };
    },
  },
  {
    // A pull request is an issue, too. People who can't be assigned are left out silently (docs "Add assignees to an issue").
    ...post(
      '/repos/:owner/:repo/issues/:number/assignees',
      'issues/assignees#add-assignees-to-an-issue',
      'issues=write; pull_requests=write',
    ),
    async handle(call) {
      const repository = repositoryFor(call, WRITE);
      const pull = await pullOf(call, repository);
      const able = collaborators(call, repository, textsIn(await call.body(), 'assignees'));
      const next = call.github.store.changePullRequest(pull, ({ assignees = [] }) => ({
        assignees: [...new Set([...assignees, ...able])],
      }));
      return { status: 201, body: pullShape(call.github, repository, next, call.caller?.account) };
    },
  },
  {
    // A label that the repository lacks is made (docs "Add labels to an issue").
    ...post(
      '/repos/:owner/:repo/issues/:number/labels',
      'issues/labels#add-labels-to-an-issue',
      'issues=write; pull_requests=write',
    ),
    async handle(call) {
      const repository = repositoryFor(call, WRITE);
      const pull = await pullOf(call, repository);
      const named = textsIn(await call.body(), 'labels');
      const next = call.github.store.changePullRequest(pull, ({ labels = [] }) => ({
        labels: [...new Set([...labels, ...named])],
      }));
      return { status: 200, body: (next.labels ?? []).map((name) => labelShape(call.github, repository, name)) };
    },
  },
  {
    ...get('/repos/:owner/:repo/activity', 'repos/repos#list-repository-activities', 'contents=read'),
    query: ['per_page'],
    async handle(call) {
      const repository = repositoryFor(call, { area: 'contents', right: 'read' });
      const { items } = page(call, call.github.store.activity(repository.fullName));
      return { status: 200, body: items.map((entry) => activityShape(call.github, entry)) };
    },
  },
];
