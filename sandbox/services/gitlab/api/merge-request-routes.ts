import { refuseUnknown } from '../../git-host/api.ts';
import { canReadCode, isVisible } from '../context.ts';
import type { Project } from '../context.ts';
import { settlePullRequests } from '../../git-host/pull-requests.ts';
import type { PullRequest } from '../../git-host/store.ts';
import { isDraft, openMergeRequest } from '../merge-requests.ts';
import { badParameter, notModelled, refuse } from './answer.ts';
import {
  accountOf,
  choice,
  fuzzyMatch,
  get,
  page,
  post,
  put,
  readableProject,
  requiredTexts,
  writableProject,
} from './route.ts';
import type { ApiCall, Route } from './route.ts';
import { mergeRequestShape } from './shapes.ts';

type Found = { project: Project; request: PullRequest };

const FILTERS = ['scope', 'state', 'search', 'in', 'source_branch', 'target_branch', 'order_by', 'sort'] as const;

function isWanted(call: ApiCall, request: PullRequest): boolean {
  const { query } = call;
  const state = choice(call, 'state', ['opened', 'closed', 'locked', 'merged', 'all'], 'all');
  const fields = (query.get('in') ?? 'title,description').split(',');
  if (fields.some((field) => field !== 'title' && field !== 'description')) throw notModelled(`'in=${fields.join()}'`);
  const search = query.get('search') ?? '';
  const texts = [
    ...(fields.includes('title') ? [request.title] : []),
    ...(fields.includes('description') ? [request.body ?? ''] : []),
  ];
  return (
    (state === 'all' || request.state === (state === 'opened' ? 'open' : state)) &&
    (search === '' || fuzzyMatch(search, texts)) &&
    [request.source, undefined, ''].includes(query.get('source_branch') ?? undefined) &&
    [request.target, undefined, ''].includes(query.get('target_branch') ?? undefined)
  );
}

async function listed(call: ApiCall, projects: readonly Project[], author?: string) {
  const order = choice(call, 'order_by', ['created_at', 'updated_at'], 'created_at');
  const sort = choice(call, 'sort', ['asc', 'desc'], 'desc');
  const key = order === 'created_at' ? 'createdAt' : 'updatedAt';
  const found: Found[] = [];
  for (const project of projects) {
    const all = (await settlePullRequests(call.gitlab, project)).filter((request) => isWanted(call, request));
    found.push(...all.map((request) => ({ project, request })));
  }
  const mine = found.filter(({ request }) => author === undefined || request.author === author);
  mine.sort((a, b) => a.request[key].localeCompare(b.request[key]) || a.request.id - b.request.id);
  const { items, headers } = page(call, sort === 'asc' ? mine : mine.reverse());
  const body = items.map(({ project, request }) => mergeRequestShape(call.gitlab, project, request));
  return { status: 200, body, headers };
}

function optionalText(body: Record<string, unknown>, name: string): string | undefined {
  const value = body[name];
  if (value !== undefined && value !== null && typeof value !== 'string') throw badParameter(`${name} is invalid`);
  return value ?? undefined;
}

/**
 * The logins of those who can read the request. The others are left out silently (`app/services/issuable_base_service.rb`, `filter_assignees`;
 * `app/services/merge_requests/base_service.rb`, `filter_reviewer`).
 */
const readersIn = ({ gitlab }: ApiCall, project: Project, ids: readonly unknown[]): string[] =>
  ids.flatMap((id) => {
    const account = gitlab.catalogue.accounts.find((one) => one.id === id);
    return account !== undefined && canReadCode(gitlab, project, account) ? [account.login] : [];
  });

/** The reviewers among `reviewer_ids`: without Premium only the first. */
function reviewersIn(call: ApiCall, project: Project, given: unknown = []): string[] {
  if (!Array.isArray(given) || !given.every(Number.isInteger)) throw badParameter('reviewer_ids is invalid');
  return readersIn(call, project, call.gitlab.premium ? given : given.slice(0, 1));
}

/** `app/models/concerns/issuable.rb`. */
function refuseLong(field: string, text: string, max: number): void {
  if ([...text].length > max) throw refuse(400, { [field]: [`is too long (maximum is ${max} characters)`] });
}

export const mergeRequestRoutes: readonly Route[] = [
  {
    ...get('/merge_requests', 'Merge Request: Read'),
    query: [...FILTERS, 'page', 'per_page'],
    async handle(call) {
      const account = accountOf(call);
      const scope = choice(call, 'scope', ['created_by_me', 'all'], 'created_by_me');
      const { gitlab } = call;
      const readable = gitlab.catalogue.projects.filter((project) => canReadCode(gitlab, project, account));
      return listed(call, readable, scope === 'all' ? undefined : account.login);
    },
  },
  {
    ...get('/groups/:id/merge_requests', 'Merge Request: Read'),
    query: [...FILTERS.filter((name) => name !== 'scope'), 'page', 'per_page'],
    async handle(call) {
      const account = accountOf(call);
      const { gitlab } = call;
      const path = (call.params['id'] ?? '').toLowerCase();
      const group = gitlab.catalogue.groups.find((one) => one.path.toLowerCase() === path || String(one.id) === path);
      const inside = gitlab.catalogue.projects.filter((one) => group && one.fullName.startsWith(`${group.path}/`));
      // Groups are private here: only people who can see something in a group know it.
      if (!inside.some((one) => isVisible(gitlab, one, account))) throw refuse(404, '404 Group Not Found');
      return listed(
        call,
        inside.filter((one) => canReadCode(gitlab, one, account)),
      );
    },
  },
  {
    ...get('/projects/:id/merge_requests', 'Merge Request: Read'),
    open: true,
    query: [...FILTERS.filter((name) => name !== 'scope'), 'page', 'per_page'],
    handle: async (call) => listed(call, [readableProject(call)]),
  },
  {
    ...get('/projects/:id/merge_requests/:iid', 'Merge Request: Read'),
    open: true,
    async handle(call) {
      const project = readableProject(call);
      const all = await settlePullRequests(call.gitlab, project);
      const request = all.find(({ number }) => String(number) === call.params['iid']);
      if (request === undefined) throw refuse(404, '404 Not found');
      return { status: 200, body: mergeRequestShape(call.gitlab, project, request) };
    },
  },
  {
    // Only closing an open one is modelled.
    ...put('/projects/:id/merge_requests/:iid', 'Merge Request: Update'),
    async handle(call) {
      const project = writableProject(call);
      const body = await call.body();
      refuseUnknown(Object.keys(body), ['state_event'], notModelled);
      const all = await settlePullRequests(call.gitlab, project);
      const request = all.find(({ number }) => String(number) === call.params['iid']);
      if (request === undefined) throw refuse(404, '404 Not found');
      if (body['state_event'] !== 'close' || request.state !== 'open') throw notModelled('this change');
      const closed = { ...request, state: 'closed' as const, updatedAt: call.gitlab.now().toISOString() };
      call.gitlab.store.savePullRequest(closed);
      return { status: 200, body: mergeRequestShape(call.gitlab, project, closed) };
    },
  },
  {
    ...post('/projects/:id/merge_requests', 'Merge Request: Create'),
    async handle(call) {
      const project = writableProject(call);
      const body = await call.body();
      refuseUnknown(
        Object.keys(body),
        [
          ...['title', 'source_branch', 'target_branch', 'description', 'remove_source_branch', 'reviewer_ids'],
          ...['assignee_id', 'labels'],
        ],
        notModelled,
      );
      const { title, source_branch, target_branch } = requiredTexts(body, ['title', 'source_branch', 'target_branch']);
      if (isDraft({ title }) && title.replace(/^\s*[[(]?draft[\]):]+/i, '').trim() === '') {
        throw refuse(400, { title: ["can't be blank"] });
      }
      refuseLong('title', title, 255);
      refuseLong('description', optionalText(body, 'description') ?? '', 1_048_576);
      const opened = await openMergeRequest(call.gitlab, project, accountOf(call), {
        title,
        source: source_branch,
        target: target_branch,
        body: optionalText(body, 'description'),
        removeSource: body['remove_source_branch'] === true,
        reviewers: reviewersIn(call, project, body['reviewer_ids']),
        assignees: readersIn(call, project, [body['assignee_id']]),
        labels: (optionalText(body, 'labels') ?? '').split(',').filter((label) => label !== ''),
      });
      if (!opened.ok) throw refuse(opened.status, opened.message);
      const shape = { ...mergeRequestShape(call.gitlab, project, opened.request), changes_count: null };
      return { status: 201, body: shape };
    },
  },
];
