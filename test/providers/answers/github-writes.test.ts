import type { Provider } from '../../../src/providers/provider';
import { openScriptedService, type Reply, type ScriptedService } from '../../support/scripted-service';
import { connection, failure, hosts, repository } from './github';

let service: ScriptedService;
let github: Provider;

beforeAll(async () => {
  ({ github } = await import('../../../src/providers/github'));
  service = await openScriptedService(hosts);
});
afterAll(() => service.close());

const commit = 'a'.repeat(40);
const other = 'b'.repeat(40);
const at = (sha: string): Reply => ({ body: { ref: 'refs/heads/x', object: { sha } } });
const says = (status: number, message: string): Reply => ({ status, body: { message } });
const made: Reply = { status: 201, body: { ref: 'refs/heads/new', object: { sha: commit } } };
const missing: Reply = says(404, 'Not Found');
const seen: Reply = { body: { id: 1 } };

const REPO = 'GET /repos/acme/web';
const REFS = 'POST /repos/acme/web/git/refs';
const head = (name: string) => `GET /repos/acme/web/git/ref/heads/${name}`;
const asked = () => service.asked.map(({ method, path }) => `${method} ${path}`);

describe('Creating a branch at GitHub', () => {
  const create = (more: object = {}) =>
    github.createBranch(connection(), { repository, name: 'new', source: 'main', ...more });

  it('reads the head of its source and makes it there', async () => {
    service.play({ [head('main')]: at(commit), [REFS]: made });
    expect(await create()).toEqual({ ok: true, value: { name: 'new', commit } });
    expect(service.asked[1]?.body).toEqual({ ref: 'refs/heads/new', sha: commit });
    expect(asked()).toEqual([head('main'), REFS]);
  });

  it('makes it at the given commit, without another read', async () => {
    service.play({ [REFS]: made });
    expect(await create({ commit })).toEqual({ ok: true, value: { name: 'new', commit } });
    expect(asked()).toEqual([REFS]);
  });

  it('reads the source when the given commit is gone', async () => {
    service.play({ [head('main')]: at(other), [REFS]: [says(422, 'Object does not exist'), made] });
    expect(await create({ commit })).toEqual({ ok: true, value: { name: 'new', commit: other } });
    service.play({ [head('main')]: at(other), [REFS]: says(422, 'Object does not exist') });
    expect(await create()).toEqual(failure('SOURCE_BRANCH_MISSING'));
    expect(asked()).toHaveLength(2);
  });

  it('says whether the source or the whole repository cannot be seen', async () => {
    service.play({ [head('main')]: missing, [REPO]: seen });
    expect(await create()).toEqual(failure('SOURCE_BRANCH_MISSING'));
    service.play({ [head('main')]: missing, [REPO]: missing });
    expect(await create()).toEqual(failure('REPOSITORY_NOT_FOUND'));
    service.play({ [head('main')]: says(409, 'Git Repository is empty.') });
    expect(await create()).toEqual(failure('REPOSITORY_EMPTY'));
    expect(asked()).toHaveLength(1);
  });

  it('says that one may only read where the repository can be seen', async () => {
    service.play({ [head('main')]: at(commit), [REFS]: missing, [REPO]: seen });
    expect(await create()).toEqual(failure('PERMISSION_DENIED'));
    service.play({ [head('main')]: at(commit), [REFS]: missing, [REPO]: missing });
    expect(await create()).toEqual(failure('REPOSITORY_NOT_FOUND'));
    service.play({ [head('main')]: at(commit), [REFS]: says(422, 'Reference already exists') });
    expect(await create()).toEqual(failure('BRANCH_EXISTS'));
    expect(asked()).toHaveLength(2);
  });

  it('tells a rule from a branch that is in the way', async () => {
    const matching = 'GET /repos/acme/web/git/matching-refs/heads/fix';
    const refs = (...names: string[]) => names.map((ref) => ({ ref, object: { sha: commit } }));
    const refused = says(422, 'Reference update failed');
    const make = () => create({ name: 'fix/login', commit });
    service.play({ [REFS]: refused, [matching]: { body: refs('refs/heads/fixes', 'refs/heads/fix/login/form') } });
    expect(await make()).toEqual(failure('BRANCH_NAME_CONFLICT', { conflict: 'fix/login/form' }));
    service.play({ [REFS]: refused, [matching]: { body: refs('refs/heads/fixes') } });
    expect(await make()).toEqual(failure('BRANCH_PROTECTED'));
    service.play({ [REFS]: refused, [matching]: { status: 500, body: {} } });
    expect(await make()).toEqual(failure('BRANCH_PROTECTED'));
  });

  it.each<[string, Reply, object]>([
    ['connection', 'lost', { code: 'UNREACHABLE' }],
    ['answer', { status: 201, body: '<html>' }, { code: 'NOT_AN_API_ANSWER' }],
    ['server', { status: 502, body: {} }, { code: 'SERVICE_UNAVAILABLE', status: 502 }],
  ])('after a broken %s looks whether it was made, and makes it only once', async (_, broken, error) => {
    service.play({ [head('main')]: at(commit), [REFS]: broken, [head('new')]: at(commit) });
    expect(await create()).toEqual({ ok: true, value: { name: 'new', commit } });
    expect(asked().filter((one) => one === REFS)).toHaveLength(1);
    service.play({ [head('main')]: at(commit), [REFS]: broken, [head('new')]: at(other) });
    expect(await create()).toEqual({ ok: false, error });
    service.play({ [head('main')]: at(commit), [REFS]: broken, [head('new')]: missing });
    expect(await create()).toEqual({ ok: false, error });
  });

  it.each<[string, Reply]>([
    ['nothing', { status: 200 }],
    ['something else', { status: 201, body: { done: true } }],
  ])('answered with %s is read back before it counts as made', async (_, odd) => {
    service.play({ [REFS]: odd, [head('new')]: at(commit) });
    expect(await create({ commit })).toEqual({ ok: true, value: { name: 'new', commit } });
    service.play({ [REFS]: odd, [head('new')]: missing });
    expect(await create({ commit })).toEqual(failure('NOT_AN_API_ANSWER'));
  });

  it('does not look after an answer that was not lost', async () => {
    service.play({ [REFS]: { status: 418, body: {} } });
    expect(await create({ commit })).toEqual(failure('REQUEST_REFUSED', { status: 418 }));
    expect(asked()).toEqual([REFS]);
  });
});

describe('Deleting a branch at GitHub', () => {
  const REF = 'DELETE /repos/acme/web/git/refs/heads/old';
  const remove = () => github.deleteBranch(connection(), { repository, name: 'old' });

  it('answered with anything but 204 is read back before it counts as deleted', async () => {
    service.play({ [REF]: { status: 200 }, [head('old')]: at(commit) });
    expect(await remove()).toEqual(failure('NOT_AN_API_ANSWER'));
    service.play({ [REF]: { status: 200 }, [head('old')]: missing });
    expect(await remove()).toEqual({ ok: true, value: undefined });
  });

  it('deletes it', async () => {
    service.play({ [REF]: { status: 204 } });
    expect(await remove()).toEqual({ ok: true, value: undefined });
    expect(asked()).toEqual([REF]);
  });

  it('says what is wrong', async () => {
    service.play({ [REF]: says(422, 'Reference does not exist') });
    expect(await remove()).toEqual(failure('BRANCH_MISSING'));
    service.play({ [REF]: says(422, 'Cannot delete protected branch') });
    expect(await remove()).toEqual(failure('BRANCH_PROTECTED'));
    service.play({ [REF]: missing, [REPO]: seen });
    expect(await remove()).toEqual(failure('PERMISSION_DENIED'));
    service.play({ [REF]: missing, [REPO]: missing });
    expect(await remove()).toEqual(failure('REPOSITORY_NOT_FOUND'));
  });

  it('looks whether it is gone after a lost answer', async () => {
    service.play({ [REF]: 'lost', [head('old')]: missing });
    expect(await remove()).toEqual({ ok: true, value: undefined });
    service.play({ [REF]: 'lost', [head('old')]: at(commit) });
    expect(await remove()).toEqual(failure('UNREACHABLE'));
    service.play({ [REF]: 'lost', [head('old')]: says(401, 'Bad credentials') });
    expect(await remove()).toEqual(failure('UNREACHABLE'));
    expect(asked().filter((one) => one === REF)).toHaveLength(1);
  });
});

describe('Opening a pull request at GitHub', () => {
  const PULLS = 'POST /repos/acme/web/pulls';
  const LIST = 'GET /repos/acme/web/pulls';
  const pull = (more: object = {}) => ({
    number: 7,
    title: 'DEMO-1',
    html_url: 'https://github.com/acme/web/pull/7',
    state: 'open',
    draft: false,
    updated_at: '2026-11-20T12:00:00Z',
    head: { ref: 'fix' },
    base: { ref: 'main' },
    user: { login: 'alice' },
    ...more,
  });
  const opened = {
    repository,
    number: 7,
    title: 'DEMO-1',
    url: 'https://github.com/acme/web/pull/7',
    state: 'open',
    source: 'fix',
    target: 'main',
    updatedAt: '2026-11-20T12:00:00Z',
    author: 'alice',
  };
  const open = (draft = false) =>
    github.createPullRequest(connection(), {
      ...{ repository, source: 'fix', target: 'main', title: 'DEMO-1', description: 'Why', draft },
    });

  it('opens it as requested', async () => {
    service.play({ [PULLS]: { status: 201, body: pull() } });
    expect(await open()).toEqual({ ok: true, value: opened });
    expect(service.asked[0]?.body).toEqual({ head: 'fix', base: 'main', title: 'DEMO-1', body: 'Why', draft: false });
  });

  it('shows a draft, and leaves out a missing author', async () => {
    const { draft: _, ...older } = pull({ user: null });
    const { author: __, ...withoutAuthor } = opened;
    service.play({ [PULLS]: { status: 201, body: pull({ draft: true }) } });
    expect(await open(true)).toEqual({ ok: true, value: { ...opened, state: 'draft' } });
    service.play({ [PULLS]: { status: 201, body: older } });
    expect(await open()).toEqual({ ok: true, value: withoutAuthor });
  });

  it('names the one that exists', async () => {
    const exists: Reply = {
      status: 422,
      body: { message: 'Validation Failed', errors: [{ message: 'A pull request already exists for acme:fix.' }] },
    };
    service.play({ [PULLS]: exists, [LIST]: { body: [pull()] } });
    expect(await open()).toEqual(failure('PULL_REQUEST_EXISTS', { url: 'https://github.com/acme/web/pull/7' }));
    expect(service.asked[1]?.query).toEqual({ head: 'acme:fix', base: 'main', state: 'open' });
    service.play({ [PULLS]: exists, [LIST]: { body: [] } });
    expect(await open()).toEqual(failure('PULL_REQUEST_EXISTS'));
    service.play({ [PULLS]: exists, [LIST]: { status: 500, body: {} } });
    expect(await open()).toEqual(failure('PULL_REQUEST_EXISTS'));
  });

  it('looks whether it was opened after a lost answer', async () => {
    service.play({ [PULLS]: 'lost', [LIST]: { body: [pull()] } });
    expect(await open()).toEqual({ ok: true, value: opened });
    service.play({ [PULLS]: 'lost', [LIST]: { body: [pull({ title: 'of somebody else' })] } });
    expect(await open()).toEqual(failure('UNREACHABLE'));
    service.play({ [PULLS]: 'lost', [LIST]: { body: [] } });
    expect(await open()).toEqual(failure('UNREACHABLE'));
    expect(asked()).toEqual([PULLS, LIST]);
  });

  it.each([
    [{ field: 'base' }, 'TARGET_BRANCH_MISSING'],
    [{ field: 'head' }, 'SOURCE_BRANCH_MISSING'],
    [{ message: 'No commits between main and fix' }, 'PULL_REQUEST_WITHOUT_COMMITS'],
    ['must be a collaborator', 'PERMISSION_DENIED'],
  ])('is refused for %j: %s', async (error, code) => {
    service.play({ [PULLS]: { status: 422, body: { message: 'Validation Failed', errors: [error] } } });
    expect(await open()).toEqual(failure(code));
  });
});

describe('Reviewers at GitHub', () => {
  const found = (nodes: object[]): Reply => ({ body: { data: { repository: { assignableUsers: { nodes } } } } });
  const ASK = 'POST /repos/acme/web/pulls/7/requested_reviewers';
  /** The people who are left out, and why. */
  const unasked = (code: string, more: object = {}) => ({ reviewers: ['bob', 'carol'], error: { code, ...more } });
  const request = () => github.requestReviewers?.(connection(), { repository, number: 7, reviewers: ['bob', 'carol'] });

  it('are found by the typed text, with their names', async () => {
    service.play({
      'POST /graphql': found([
        { login: 'bob', name: 'Bob' },
        { login: 'carol', name: '' },
        { login: 'dan', name: null },
      ]),
    });
    expect(await github.findReviewers?.(connection(), { repository, search: 'o' })).toEqual({
      ok: true,
      value: [
        { id: 'bob', login: 'bob', name: 'Bob' },
        { id: 'carol', login: 'carol' },
        { id: 'dan', login: 'dan' },
      ],
    });
    expect(service.asked[0]?.body.variables).toEqual({ owner: 'acme', repo: 'web', text: 'o' });
    await github.findReviewers?.(connection(), { repository, search: '' });
    expect(service.asked[1]?.body.variables.text).toBeNull();
    service.play({ 'POST /graphql': says(401, 'Bad credentials') });
    expect(await github.findReviewers?.(connection(), { repository, search: '' })).toEqual(failure('AUTH_INVALID'));
  });

  it('are requested together', async () => {
    service.play({ [ASK]: { status: 201, body: {} } });
    expect(await request()).toBeUndefined();
    expect(service.asked[0]?.body).toEqual({ reviewers: ['bob', 'carol'] });
  });

  it('are refused together', async () => {
    service.play({ [ASK]: says(422, 'Reviews may only be requested from collaborators.') });
    expect(await request()).toEqual(unasked('REVIEWERS_REFUSED'));
    service.play({ [ASK]: { status: 418, body: {} } });
    expect(await request()).toEqual(unasked('REQUEST_REFUSED', { status: 418 }));
    service.play({ [ASK]: says(403, 'Must have admin rights') });
    expect(await request()).toEqual(unasked('PERMISSION_DENIED'));
  });
});
