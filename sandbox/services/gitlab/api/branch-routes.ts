import { refuseUnknown } from '../../git-host/api.ts';
import { isValidRefName } from '../../git/bare-repository.ts';
import type { GitRef } from '../../git/bare-repository.ts';
import { branchesOf, branchName, branchOf, HEADS } from '../../git-host/branches.ts';
import { createBranch, deleteBranch } from '../branches.ts';
import { accessLevel, DEVELOPER } from '../context.ts';
import type { Project } from '../context.ts';
import { forbidden, notModelled, refuse } from './answer.ts';
import {
  accountOf,
  choice,
  get,
  page,
  post,
  projectOf,
  readableProject,
  remove,
  requiredTexts,
  writableProject,
} from './route.ts';
import type { ApiCall, Route } from './route.ts';
import { branchShapes, commitsOf } from './shapes.ts';

/** docs "List repository branches": a text matches anywhere, after `^` at the beginning, before `$` at the end. */
function isFound(name: string, search: string): boolean {
  if (search.includes('*')) throw notModelled("'*' in a search for branches");
  const text = search.replace(/^\^|\$$/g, '').toUpperCase();
  const upper = name.toUpperCase();
  if (search.startsWith('^') && search.endsWith('$')) return upper === text;
  if (search.startsWith('^')) return upper.startsWith(text);
  return search.endsWith('$') ? upper.endsWith(text) : upper.includes(text);
}

async function namedBranch(call: ApiCall, project: Project): Promise<GitRef> {
  const name = call.params['branch'] ?? '';
  if (!(await isValidRefName(`${HEADS}${name}`))) throw refuse(400, 'The branch refname is invalid');
  const ref = await branchOf(project, name);
  if (ref === undefined) throw refuse(404, '404 Branch Not Found');
  return ref;
}

/** Reads the texts of a query or of a body: GitLab takes both. */
const sent = async (call: ApiCall): Promise<Record<string, unknown>> => ({
  ...Object.fromEntries(call.query),
  ...(await call.body()),
});

export const branchRoutes: readonly Route[] = [
  {
    ...get('/projects/:id/repository/branches', 'Branch: Read'),
    open: true,
    query: ['search', 'sort', 'page', 'per_page'],
    async handle(call) {
      const project = readableProject(call);
      choice(call, 'sort', ['name_asc'], 'name_asc');
      const search = call.query.get('search') ?? '';
      const refs = (await branchesOf(project)).filter(({ name }) => isFound(branchName(name), search));
      const { items, headers } = page(call, refs);
      return { status: 200, body: await branchShapes(call.gitlab, project, items, call.caller?.account), headers };
    },
  },
  {
    ...get('/projects/:id/repository/branches/:branch', 'Branch: Read'),
    open: true,
    async handle(call) {
      const project = readableProject(call);
      const ref = await namedBranch(call, project);
      const [body] = await branchShapes(call.gitlab, project, [ref], call.caller?.account);
      return { status: 200, body };
    },
  },
  {
    ...get('/projects/:id/repository/tags/:tag', 'Tag: Read'),
    open: true,
    async handle(call) {
      const project = readableProject(call);
      const name = call.params['tag'] ?? '';
      const ref = await project.git.ref(`refs/tags/${name}`);
      const commit = ref && (await project.git.commit(ref.name));
      if (ref === undefined || commit === undefined) throw refuse(404, '404 Tag Not Found');
      const commits = await commitsOf(call.gitlab, project, [commit]);
      const body = {
        name,
        message: null,
        target: ref.sha,
        commit: commits.get(commit),
        release: null,
        protected: false,
      };
      return { status: 200, body };
    },
  },
  {
    ...get('/projects/:id/repository/commits/:sha', 'Commit: Read'),
    open: true,
    async handle(call) {
      const { git } = readableProject(call);
      const name = call.params['sha'] ?? '';
      // `lib/api/commits.rb`: "a commit hash, or name of a branch or tag".
      const meant = [`${HEADS}${name}`, `refs/tags/${name}`, name];
      const sha = (await Promise.all(meant.map((one) => git.commit(one)))).find((one) => one !== undefined);
      if (sha === undefined) throw refuse(404, '404 Commit Not Found');
      return { status: 200, body: (await commitsOf(call.gitlab, readableProject(call), [sha])).get(sha) };
    },
  },
  {
    ...post('/projects/:id/repository/branches', 'Branch: Create'),
    query: ['branch', 'ref'],
    async handle(call) {
      const project = writableProject(call);
      const body = await sent(call);
      refuseUnknown(Object.keys(body), ['branch', 'ref'], notModelled);
      const { branch, ref } = requiredTexts(body, ['branch', 'ref']);
      const done = await createBranch(call.gitlab, project, accountOf(call), branch, ref);
      if (!done.ok) throw refuse(400, done.message);
      const [shape] = await branchShapes(call.gitlab, project, [done.ref], call.caller?.account);
      return { status: 201, body: shape };
    },
  },
  {
    ...remove('/projects/:id/repository/branches/:branch', 'Branch: Delete'),
    async handle(call) {
      const project = projectOf(call);
      const account = accountOf(call);
      if (accessLevel(call.gitlab, project, account) < DEVELOPER) {
        // `delete_service.rb`: "dont" is how GitLab spells it.
        throw refuse(405, 'You dont have push access to repo');
      }
      if (project.definition.archived) throw forbidden();
      const ref = await namedBranch(call, project);
      const refused = await deleteBranch(call.gitlab, project, account, ref);
      if (refused !== undefined) throw refuse(400, refused);
      return { status: 204 };
    },
  },
];
