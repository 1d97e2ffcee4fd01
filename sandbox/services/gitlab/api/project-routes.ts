import { accessLevel, isVisible } from '../context.ts';
import type { Project } from '../context.ts';
import { badParameter, forbidden, refuse } from './answer.ts';
import { accountOf, choice, flag, fuzzyMatch, get, page, projectOf, readableProject } from './route.ts';
import type { ApiCall, Route } from './route.ts';
import {
  eventShape,
  lastActivity,
  memberShape,
  nameWithNamespace,
  projectFull,
  projectName,
  projectSimple,
} from './shapes.ts';

function isFound(project: Project, search: string, withNamespaces: boolean): boolean {
  const { fullName: path, definition } = project;
  const texts = withNamespaces
    ? [path, nameWithNamespace(project), definition.description]
    : [path.slice(path.lastIndexOf('/') + 1), projectName(project), definition.description];
  return fuzzyMatch(search, texts);
}

function wantedProjects(call: ApiCall): Project[] {
  const { gitlab, caller, query } = call;
  const membership = flag(call, 'membership') ?? false;
  const archived = flag(call, 'archived');
  const search = query.get('search') ?? '';
  const withNamespaces = flag(call, 'search_namespaces') ?? false;
  const least = Number(query.get('min_access_level') ?? 0);
  if (![0, 10, 15, 20, 30, 40, 50].includes(least)) throw badParameter('min_access_level does not have a valid value');
  return gitlab.catalogue.projects
    .filter((project) => isVisible(gitlab, project, caller?.account))
    .filter((project) => accessLevel(gitlab, project, caller?.account) >= Math.max(least, membership ? 10 : 0))
    .filter(({ definition }) => archived === undefined || definition.archived === archived)
    .filter((project) => search === '' || isFound(project, search, withNamespaces));
}

/** `.gitlab/merge_request_templates/*.md` of the default branch (docs "Description templates"). */
async function templatesOf({ git, definition }: Project): Promise<{ name: string; path: string }[]> {
  const files = await git.files(`refs/heads/${definition.defaultBranch}`, '.gitlab/merge_request_templates');
  return files.flatMap(({ path }) => {
    const name = /\/([^/]+)\.md$/.exec(path)?.[1];
    return name === undefined ? [] : [{ name, path }];
  });
}

export const projectRoutes: readonly Route[] = [
  {
    ...get('/projects', 'Project: Read'),
    open: true,
    query: [
      ...['membership', 'archived', 'search', 'search_namespaces', 'min_access_level', 'simple'],
      ...['order_by', 'sort', 'page', 'per_page'],
    ],
    async handle(call) {
      const { gitlab, caller } = call;
      const order = choice(call, 'order_by', ['created_at', 'id', 'last_activity_at'], 'created_at');
      const sort = choice(call, 'sort', ['asc', 'desc'], 'desc');
      const simple = flag(call, 'simple') ?? false;
      const byOrder = (a: Project, b: Project): number =>
        (order === 'last_activity_at' ? lastActivity(gitlab, a).localeCompare(lastActivity(gitlab, b)) : 0) ||
        a.id - b.id;
      const found = wantedProjects(call).sort(byOrder);
      const { items, headers } = page(call, sort === 'asc' ? found : found.reverse());
      const shape = (project: Project) =>
        simple || caller === undefined ? projectSimple(gitlab, project) : projectFull(gitlab, project, caller.account);
      return { status: 200, body: await Promise.all(items.map(shape)), headers };
    },
  },
  {
    ...get('/projects/:id', 'Project: Read'),
    open: true,
    async handle(call) {
      return { status: 200, body: await projectFull(call.gitlab, projectOf(call), call.caller?.account) };
    },
  },
  {
    // Assumption: its name.
    ...get('/projects/:id/templates/merge_requests', 'Repository: Read'),
    query: ['page', 'per_page'],
    async handle(call) {
      const found = await templatesOf(readableProject(call));
      const { items, headers } = page(call, found);
      return { status: 200, body: items.map(({ name }) => ({ key: name, name })), headers };
    },
  },
  {
    ...get('/projects/:id/templates/merge_requests/:name', 'Repository: Read'),
    async handle(call) {
      const project = readableProject(call);
      const template = (await templatesOf(project)).find(({ name }) => name === call.params['name']);
      if (template === undefined) throw refuse(404, '404 Template Not Found');
      const content = (await project.git.text(`refs/heads/${project.definition.defaultBranch}`, template.path)) ?? '';
      return { status: 200, body: { name: template.name, content } };
    },
  },
  {
    // Assumption: the names of the permissions of these three.
    ...get('/projects/:id/labels', 'Label: Read'),
    open: true,
    query: ['page', 'per_page'],
    async handle(call) {
      const { definition } = readableProject(call);
      const { items, headers } = page(call, definition.labels);
      const body = items.map((name, at) => ({ id: at + 1, name, color: '#0366d6', is_project_label: true }));
      return { status: 200, body, headers };
    },
  },
  {
    // Of paid plans (docs "Merge request approvals API").
    ...get('/projects/:id/approval_rules', 'Approval Rule: Read'),
    async handle(call) {
      const { gitlab } = call;
      const { definition } = readableProject(call);
      if (!gitlab.premium) throw forbidden();
      const body = definition.approvalRules.map(({ name, count, users, branches }, at) => ({
        id: at + 1,
        name,
        rule_type: users.length === 0 ? 'any_approver' : 'regular',
        eligible_approvers: [],
        approvals_required: count,
        users: users.map((username) => ({ username })),
        groups: [],
        contains_hidden_groups: false,
        protected_branches: branches.map((branch, id) => ({ id: id + 1, name: branch })),
        applies_to_all_protected_branches: false,
      }));
      return { status: 200, body };
    },
  },
  {
    ...get('/projects/:id/repository/files/:path', 'Repository: Read'),
    open: true,
    query: ['ref'],
    async handle(call) {
      const { git } = readableProject(call);
      const path = call.params['path'] ?? '';
      const ref = call.query.get('ref') ?? '';
      const found = await git.text(`refs/heads/${ref}`, path);
      if (found === undefined) throw refuse(404, '404 File Not Found');
      const content = Buffer.from(found).toString('base64');
      const name = path.slice(path.lastIndexOf('/') + 1);
      return { status: 200, body: { file_name: name, file_path: path, encoding: 'base64', content, ref } };
    },
  },
  {
    // Assumption: its name.
    ...get('/projects/:id/members/all', 'Member: Read'),
    query: ['query', 'page', 'per_page'],
    async handle(call) {
      accountOf(call);
      const { gitlab, query } = call;
      const project = projectOf(call);
      const typed = query.get('query') ?? '';
      // `User.search`: as everywhere, a part of a word from three letters on.
      const members = gitlab.catalogue.accounts
        .filter((account) => accessLevel(gitlab, project, account) > 0)
        .filter(({ login, name }) => typed === '' || fuzzyMatch(typed, [login, name]));
      const { items, headers } = page(call, members);
      return { status: 200, body: items.map((account) => memberShape(gitlab, project, account)), headers };
    },
  },
  {
    ...get('/projects/:id/events', 'Event: Read'),
    query: ['page', 'per_page'],
    async handle(call) {
      accountOf(call);
      const project = projectOf(call);
      const { items, headers } = page(call, call.gitlab.store.activity(project.fullName));
      return { status: 200, body: items.map((event) => eventShape(project, event)), headers };
    },
  },
];
