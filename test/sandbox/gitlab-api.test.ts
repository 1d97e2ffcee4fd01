import { gitLabJudge } from '../oracles/gitlab-judge';
import { tokens } from '../support/gitlab-world';
import { openSimulatedGitLab, type SimulatedGitLab } from '../support/simulated-gitlab';

const web = 'projects/acme%2Fweb';
const judge = gitLabJudge();
const message = (text: unknown) => ({ message: text });

let gitlab: SimulatedGitLab;
beforeAll(async () => {
  gitlab = await openSimulatedGitLab();
});
afterAll(() => gitlab.close());
afterEach(() => gitlab.clearFaults());

function listOf(body: unknown): unknown[] {
  if (!Array.isArray(body)) throw new Error(`No list: ${JSON.stringify(body)}`);
  return body as unknown[];
}

describe('What the simulated GitLab answers is what GitLab’s own schemas describe', () => {
  it('for branches: one, all, and one just made', async () => {
    const all = await gitlab.api('GET', `${web}/repository/branches`);
    expect(listOf(all.body).flatMap((branch) => judge('branch', branch))).toEqual([]);
    const one = await gitlab.api('GET', `${web}/repository/branches/feature%2FDEMO-1-login`);
    expect([one.status, judge('branch', one.body)]).toEqual([200, []]);
    const body = { branch: 'judged', ref: 'develop' };
    const made = await gitlab.api('POST', `${web}/repository/branches`, { body });
    expect([made.status, judge('branch', made.body)]).toEqual([201, []]);
    expect(made.body).toMatchObject({
      name: 'judged',
      commit: { id: await gitlab.git('acme/web', 'rev-parse', 'refs/heads/judged') },
      can_push: true,
      default: false,
    });
  });

  it('for projects, when the short form is requested', async () => {
    const { body } = await gitlab.api('GET', 'projects?membership=true&simple=true');
    expect(listOf(body).length).toBeGreaterThan(5);
    expect(listOf(body).flatMap((project) => judge('project', project))).toEqual([]);
  });

  it('for merge requests: one just made, one read, all', async () => {
    const body = { title: 'Judge me', source_branch: 'develop', target_branch: 'main', description: 'x' };
    const made = await gitlab.api('POST', `${web}/merge_requests`, { body });
    expect([made.status, judge('merge_request', made.body)]).toEqual([201, []]);
    const { iid } = made.body as { iid: number };
    const read = await gitlab.api('GET', `${web}/merge_requests/${iid}`);
    expect([read.status, judge('merge_request', read.body)]).toEqual([200, []]);
    for (const path of [`${web}/merge_requests`, 'merge_requests?scope=all']) {
      const list = listOf((await gitlab.api('GET', path)).body);
      expect([list.length > 0, list.flatMap((request) => judge('merge_request', request))]).toEqual([true, []]);
    }
  });

  it('for members of a project, and reviewers', async () => {
    const { body } = await gitlab.api('GET', `${web}/members/all?query=may`);
    expect(listOf(body).flatMap((member) => judge('user/basic', member))).toEqual([]);
    expect(body).toMatchObject([{ username: 'maya', access_level: 40, state: 'active' }]);
    const [maya] = listOf(body) as { id: number }[];
    const wanted = {
      title: 'Ask',
      source_branch: 'develop',
      target_branch: 'release/1.0',
      reviewer_ids: [maya?.id, 1],
    };
    const made = await gitlab.api('POST', `${web}/merge_requests`, { body: wanted });
    expect([made.status, judge('merge_request', made.body)]).toEqual([201, []]);
    expect(made.body).toMatchObject({ reviewers: [{ username: 'maya' }] });
  });

  it('for oneself', async () => {
    const { body } = await gitlab.api('GET', 'user');
    expect(judge('user/public', body)).toEqual([]);
    expect(judge('user/basic', body)).toEqual([]);
  });

  it('and the judge can refuse', () => {
    expect(judge('branch', { name: 3 })).not.toEqual([]);
    expect(judge('project', { id: 'x', more: 1 })).not.toEqual([]);
    expect(judge('merge_request', {})).not.toEqual([]);
    expect(judge('user/public', { email: 'nobody' })).not.toEqual([]);
  });
});

// Statuses and messages: what GitLab's own request specs assert (gitlabhq/gitlabhq, spec/requests/api).
describe('The simulated GitLab answers as GitLab’s request specs want', () => {
  const branches = `${web}/repository/branches`;
  const mr = { title: 'x', source_branch: 'develop', target_branch: 'main' };

  it.each([
    [
      'a second branch of the name',
      'POST',
      branches,
      { branch: 'develop', ref: 'main' },
      400,
      message('Branch already exists'),
    ],
    [
      'a name with a space',
      'POST',
      branches,
      { branch: 'new design', ref: 'main' },
      400,
      message('Branch name is invalid'),
    ],
    [
      'a ref that is not there',
      'POST',
      branches,
      { branch: 'new_design3', ref: 'foo' },
      400,
      message("Failed to create branch 'new_design3': invalid reference name 'foo'"),
    ],
    ['a branch that is not there', 'GET', `${branches}/gone`, undefined, 404, message('404 Branch Not Found')],
    ['a part of a name', 'GET', `${branches}/feature`, undefined, 404, message('404 Branch Not Found')],
    ['a raw slash in a name', 'GET', `${branches}/feature/DEMO-1-login`, undefined, 404, { error: '404 Not Found' }],
    ['a name that is none', 'GET', `${branches}/branch*`, undefined, 400, message('The branch refname is invalid')],
    [
      'to delete a name that is none',
      'DELETE',
      `${branches}/branch*`,
      undefined,
      400,
      message('The branch refname is invalid'),
    ],
    ['to delete what is not there', 'DELETE', `${branches}/gone`, undefined, 404, message('404 Branch Not Found')],
    [
      'one branch on both sides',
      'POST',
      `${web}/merge_requests`,
      { ...mr, target_branch: 'develop' },
      422,
      message(["You can't use same project/branch for source and target"]),
    ],
    ['no title', 'POST', `${web}/merge_requests`, { ...mr, title: undefined }, 400, { error: 'title is missing' }],
    [
      'no source',
      'POST',
      `${web}/merge_requests`,
      { ...mr, source_branch: undefined },
      400,
      { error: 'source_branch is missing' },
    ],
    [
      'no target',
      'POST',
      `${web}/merge_requests`,
      { ...mr, target_branch: undefined },
      400,
      { error: 'target_branch is missing' },
    ],
    ['a project that is not there', 'GET', 'projects/acme%2Fgone', undefined, 404, message('404 Project Not Found')],
    [
      'a raw slash in a project',
      'GET',
      'projects/acme/web/repository/branches',
      undefined,
      404,
      { error: '404 Not Found' },
    ],
  ])('to %s', async (_, method, path, body, status, expected) => {
    const answer = await gitlab.api(method, path, { body });
    expect([answer.status, answer.body]).toEqual([status, expected]);
  });

  it('to a second merge request between two branches', async () => {
    await gitlab.api('POST', branches, { body: { branch: 'twice', ref: 'main' } });
    const body = { ...mr, source_branch: 'twice' };
    const first = (await gitlab.api('POST', `${web}/merge_requests`, { body })).body as { iid: number };
    expect(await gitlab.api('POST', `${web}/merge_requests`, { body })).toMatchObject({
      status: 409,
      body: message([`Another open merge request already exists for this source branch: !${first.iid}`]),
    });
  });

  it.each([
    ['a guest’s list of branches', tokens.gina, 'GET', branches, 403],
    ['a guest’s new branch', tokens.gina, 'POST', branches, 403],
    ['a guest’s merge requests', tokens.gina, 'GET', `${web}/merge_requests`, 403],
    ['a guest’s new merge request', tokens.gina, 'POST', `${web}/merge_requests`, 403],
    ['a stranger', tokens.carol, 'GET', branches, 404],
    ['nobody, in a private project', null, 'GET', branches, 404],
    ['nobody, in a public project', null, 'GET', 'projects/alice%2Fdotfiles/repository/branches', 200],
    ['a reporter’s deletion', tokens.bob, 'DELETE', `${branches}/develop`, 405],
    ['an unknown token', 'glpat-none', 'GET', branches, 401],
    ['an expired token', tokens.aliceExpired, 'GET', 'personal_access_tokens/self', 401],
    ['a token of whatever scope, about itself', tokens.aliceGitOnly, 'GET', 'personal_access_tokens/self', 200],
  ])('to %s', async (_, token, method, path, status) => {
    const body = method === 'POST' ? { ...mr, branch: 'x', ref: 'main' } : undefined;
    expect((await gitlab.api(method, path, { token, body })).status).toBe(status);
  });

  it('with pages and their headers, and nothing beyond the last', async () => {
    const many = 'projects/acme%2Fmany/repository/branches?search=many&per_page=25';
    const first = await gitlab.api('GET', many);
    expect(
      Object.fromEntries(
        ['x-page', 'x-next-page', 'x-prev-page', 'x-per-page', 'x-total', 'x-total-pages'].map((name) => [
          name,
          first.headers.get(name),
        ]),
      ),
    ).toEqual({
      'x-page': '1',
      'x-next-page': '2',
      'x-prev-page': '',
      'x-per-page': '25',
      'x-total': '60',
      'x-total-pages': '3',
    });
    expect(first.headers.get('link')).toContain('; rel="next"');
    expect((await gitlab.api('GET', `${many}&page=4`)).body).toEqual([]);
  });

  it.each([
    ['^feature', ['feature/DEMO-1-login']],
    ['LOGIN$', ['feature/DEMO-1-login']],
    ['demo-12', ['DEMO-12-other']],
    ['nothing like it', []],
  ])('to a search for branches by %s', async (search, names) => {
    const { body } = await gitlab.api('GET', `${branches}?search=${encodeURIComponent(search)}`);
    expect(listOf(body).map((branch) => (branch as { name: string }).name)).toEqual(names);
  });

  it('with the token’s own scopes and expiry, and null for none', async () => {
    const self = (token: string) => gitlab.api('GET', 'personal_access_tokens/self', { token });
    expect((await self(tokens.alice)).body).toMatchObject({
      scopes: ['api', 'read_user'],
      expires_at: '2099-03-12',
      active: true,
      revoked: false,
      granular: false,
    });
    expect((await self(tokens.aliceEndless)).body).toMatchObject({ scopes: ['api'], expires_at: null });
    expect((await self(tokens.aliceFine)).body).toMatchObject({ granular: true });
  });

  it('to PRIVATE-TOKEN as to Bearer', async () => {
    const headers = { 'private-token': tokens.alice };
    expect((await gitlab.api('GET', 'user', { token: null, headers })).body).toMatchObject({ username: 'alice' });
  });

  it('with plain text for too many requests', async () => {
    await gitlab.fault({ path: 'user', rateLimit: 'primary', retryAfter: 7 });
    const limited = await gitlab.api('GET', 'user');
    expect([limited.status, limited.text, limited.headers.get('retry-after')]).toEqual([429, 'Retry later\n', '7']);
    await gitlab.fault({ path: 'user', rateLimit: 'secondary' });
    expect((await gitlab.api('GET', 'user')).headers.get('retry-after')).toBeNull();
  });

  it.each([
    ['a parameter of a list', 'GET', 'projects?with_programming_language=go', undefined],
    ['a parameter of a new merge request', 'POST', `${web}/merge_requests`, { ...mr, squash: true }],
    ['a search with a wildcard', 'GET', `${branches}?search=a*b`, undefined],
  ])('with a refusal by name for unknown parameters: %s', async (_, method, path, body) => {
    const answer = await gitlab.api(method, path, { body });
    expect([answer.status, answer.text]).toEqual([501, expect.stringContaining('Not modelled')]);
  });
});

describe('Older versions', () => {
  it('of 15.4 know no question about the token itself, and name the branch where its source is missing', async () => {
    const old = await openSimulatedGitLab({ version: '15.4', webHost: 'old.example', path: '/git' });
    expect((await old.api('GET', 'personal_access_tokens/self')).status).toBe(400);
    expect((await old.api('GET', 'version')).body).toMatchObject({ version: '15.4.6-ee' });
    const body = { branch: 'x', ref: 'foo' };
    expect((await old.api('POST', `${web}/repository/branches`, { body })).body).toEqual(
      message('Invalid reference name: x'),
    );
    const below = { branch: 'develop/sub', ref: 'main' };
    expect((await old.api('POST', `${web}/repository/branches`, { body: below })).text).toContain(
      "'refs/heads/develop' exists",
    );
    await old.close();
  });
});

describe('Tokens and time', () => {
  it('expire at midnight UTC as their last day begins', async () => {
    gitlab.clock.now = new Date('2099-03-11T23:59:59Z');
    expect((await gitlab.api('GET', 'user')).status).toBe(200);
    gitlab.clock.now = new Date('2099-03-12T00:00:00Z');
    expect((await gitlab.api('GET', 'user')).body).toMatchObject({ error: 'invalid_token' });
    gitlab.clock.now = new Date();
  });
});
