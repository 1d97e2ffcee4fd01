import { gitlab as provider } from '../../../src/providers/gitlab';
import { shutOut, tokens } from '../../support/gitlab-world';
import { kinds, useInstallation } from './connected';

const web = 'acme/web';
const mergeRequests = 'projects/acme%2Fweb/merge_requests';

const request = {
  repository: web,
  source: 'develop',
  target: 'main',
  title: 'DEMO-1: Merge it',
  description: 'Why, with “quotes” & <tags>',
  draft: false,
};

describe.each(kinds)('%s: opening a merge request', (_, kind) => {
  const at = useInstallation(kind);

  it('takes one request and is in the name of the token’s account', async () => {
    const created = await provider.createPullRequest(at.as(tokens.alice), request);

    expect(created).toMatchObject({
      ok: true,
      value: {
        repository: web,
        title: request.title,
        state: 'open',
        source: 'develop',
        target: 'main',
        author: 'alice',
        updatedAt: expect.stringMatching(/Z$/) as string,
      },
    });
    const number = created.ok ? created.value.number : 0;
    expect(created.ok && created.value.url).toBe(`${at.gitlab.webUrl}/acme/web/-/merge_requests/${number}`);
    expect(at.door.requests.map(({ method, url }) => [method, url])).toEqual([
      ['POST', `${at.gitlab.webUrl}/api/v4/${mergeRequests}`],
    ]);
    const { body } = await at.gitlab.api('GET', `${mergeRequests}/${number}`);
    expect(body).toMatchObject({ description: request.description, author: { username: 'alice' } });
    expect(await at.gitlab.git(web, 'rev-parse', `refs/merge-requests/${number}/head`)).toBe(
      await at.gitlab.git(web, 'rev-parse', 'develop'),
    );
  });

  it.each([
    ['Fix it', 'Draft: Fix it'],
    ['Draft: fix that', 'Draft: fix that'],
    ['[Draft] fix all', '[Draft] fix all'],
    ['Drafty thing', 'Draft: Drafty thing'],
  ])('can be a draft, which its title says once: %s', async (title, becomes) => {
    const target = `target/${title.replaceAll(/[^a-zA-Z]/g, '-')}`;
    await provider.createBranch(at.as(tokens.alice), { repository: web, name: target, source: 'main' });
    const draft = { ...request, target, title, draft: true };
    expect(await provider.createPullRequest(at.as(tokens.alice), draft)).toMatchObject({
      ok: true,
      value: { state: 'draft', title: becomes },
    });
  });

  it('needs no commits', async () => {
    const fresh = { repository: web, name: 'DEMO-1-nothing-yet', source: 'main' };
    await provider.createBranch(at.as(tokens.alice), fresh);
    const empty = { ...request, source: fresh.name };
    expect(await provider.createPullRequest(at.as(tokens.alice), empty)).toMatchObject({
      ok: true,
      value: { state: 'open', source: fresh.name },
    });
  });

  it('takes branches of any name', async () => {
    const odd = { ...request, source: 'odd/100%-#1+ü' };
    expect(await provider.createPullRequest(at.as(tokens.alice), odd)).toMatchObject({
      ok: true,
      value: { source: 'odd/100%-#1+ü' },
    });
  });

  it('works with a fine-grained token', async () => {
    const fine = { ...request, source: 'demo-1-lower-case' };
    expect(await provider.createPullRequest(at.as(tokens.aliceFine), fine)).toMatchObject({ ok: true });
  });

  it('that exists already is refused with the address of the one that does', async () => {
    const twice = { ...request, source: 'release/1.0' };
    const first = await provider.createPullRequest(at.as(tokens.alice), twice);
    at.door.requests.length = 0;
    expect(await provider.createPullRequest(at.as(tokens.alice), twice)).toEqual({
      ok: false,
      error: { code: 'PULL_REQUEST_EXISTS', url: first.ok ? first.value.url : 'none' },
    });
    expect(at.door.requests).toHaveLength(1);
  });

  it.each([
    ['has one branch on both sides', { target: 'develop' }, { code: 'PULL_REQUEST_WITHOUT_COMMITS' }],
    ['has a target that is gone', { target: 'gone' }, { code: 'TARGET_BRANCH_MISSING' }],
    ['has a source that is gone', { source: 'gone' }, { code: 'SOURCE_BRANCH_MISSING' }],
    ['is in an archived project', { repository: 'acme/attic' }, { code: 'REPOSITORY_ARCHIVED' }],
    ['is in a project that is gone', { repository: 'acme/gone' }, { code: 'REPOSITORY_NOT_FOUND' }],
    ['is where proof of possession is due', { repository: 'guarded/vault' }, { code: 'TOKEN_KIND_REFUSED' }],
  ])('that %s is refused with the reason', async (__, change, error) => {
    const refused = await provider.createPullRequest(at.as(tokens.alice), { ...request, ...change });
    expect(refused).toMatchObject({ ok: false, error });
  });

  it.each([
    ['may only read the code', tokens.bob, { code: 'PERMISSION_DENIED' }],
    ['is a guest', tokens.gina, { code: 'PERMISSION_DENIED' }],
    ['cannot see the project', tokens.carol, { code: 'REPOSITORY_NOT_FOUND' }],
    ['has a token that may only read', tokens.aliceRead, { code: 'SCOPE_MISSING', missing: ['api'] }],
    [
      'has a fine-grained token without the permission',
      tokens.aliceFineRead,
      { code: 'SCOPE_MISSING', missing: ['Merge Request: Create'] },
    ],
    ['has an expired token', tokens.aliceExpired, { code: 'AUTH_EXPIRED' }],
    ['has a revoked token', tokens.aliceRevoked, { code: 'AUTH_INVALID' }],
    ['is shut out', tokens.shutOut[shutOut[0]], { code: 'ACCOUNT_BLOCKED' }],
  ])('by somebody who %s is refused with the reason', async (__, token, error) => {
    expect(await provider.createPullRequest(at.as(token), request)).toMatchObject({ ok: false, error });
  });

  it('whose answer was lost is read back, and sent once', async () => {
    const lossy = globalThis.fetch;
    globalThis.fetch = async (input, init) => {
      const response = await lossy(input, init);
      if (init?.method !== 'POST') return response;
      await response.arrayBuffer();
      throw new TypeError('fetch failed');
    };
    const lost = { ...request, source: 'DEMO-12-other', title: 'Lost on the way', draft: true };
    expect(await provider.createPullRequest(at.as(tokens.alice), lost)).toMatchObject({
      ok: true,
      value: { title: 'Draft: Lost on the way', state: 'draft' },
    });
    expect(at.door.requests.map(({ method }) => method)).toEqual(['POST', 'GET']);
  });

  it('that never arrived is an error', async () => {
    await at.gitlab.fault({ method: 'POST', path: mergeRequests, reset: true });
    const lost = { ...request, title: 'Never arrived' };
    expect(await provider.createPullRequest(at.as(tokens.alice), lost)).toEqual({
      ok: false,
      error: { code: 'UNREACHABLE' },
    });
    expect(at.door.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });
});

describe.each(kinds)('%s: what an issue has', (_, kind) => {
  const at = useInstallation(kind);

  beforeAll(async () => {
    // Through the service itself: the tests' door is not open yet.
    const send = (project: string, title: string, source_branch: string, token: string = tokens.alice) =>
      at.gitlab.api('POST', `projects/${encodeURIComponent(project)}/merge_requests`, {
        token,
        body: { title, source_branch, target_branch: 'main' },
      });
    const answers = [
      await send(web, 'Draft: Fixes DEMO-1', 'develop'),
      await send(web, 'DEMO-12: another issue', 'DEMO-12-other'),
      await send(web, 'demo-1, by Maya', 'release/1.0', tokens.maya),
      await send('acme/platform/deploy', 'Deploy DEMO-1', 'DEMO-1-deploy'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
  });

  it('is found by the key as a whole word, with one request, one for each repository and one for each branch alone', async () => {
    const work = await provider.findWork(at.as(tokens.alice), {
      issueKey: 'DEMO-1',
      owners: ['acme'],
      repositories: [web, 'acme/platform/deploy'],
    });

    expect(work.ok && work.value.branches.map(({ repository, name }) => `${repository}:${name}`).sort()).toEqual([
      'acme/platform/deploy:DEMO-1-deploy',
      'acme/web:demo-1-lower-case',
      'acme/web:feature/DEMO-1-login',
    ]);
    expect(
      work.ok &&
        work.value.pullRequests.map(({ title, state, author, repository }) => [title, state, author, repository]),
    ).toEqual([
      ['Deploy DEMO-1', 'open', 'alice', 'acme/platform/deploy'],
      ['demo-1, by Maya', 'open', 'maya', web],
      ['Draft: Fixes DEMO-1', 'draft', 'alice', web],
    ]);
    expect(at.door.requests.length).toBeGreaterThanOrEqual(3);
    expect(at.door.requests.length).toBeLessThanOrEqual(3 + 3);
  });

  it('is limited to the owners', async () => {
    const work = await provider.findWork(at.as(tokens.alice), {
      issueKey: 'DEMO-1',
      owners: ['acme/platform'],
      repositories: [],
    });
    expect(work.ok && work.value.pullRequests.map(({ repository }) => repository)).toEqual(['acme/platform/deploy']);
    expect(at.door.requests).toHaveLength(1);
  });

  it('is searched among the owners, once in owners that are inside each other', async () => {
    const owners = ['acme', 'acme/platform', 'gone'];
    const work = await provider.findWork(at.as(tokens.alice), { issueKey: 'DEMO-1', owners, repositories: [] });
    expect(work.ok && work.value.pullRequests).toHaveLength(3);
    expect(at.door.requests.map(({ url }) => new URL(url).pathname.split('/api/v4/')[1])).toEqual([
      'groups/acme/merge_requests',
      'groups/acme%2Fplatform/merge_requests',
      'groups/gone/merge_requests',
    ]);
  });

  it('is searched in the projects of an owner who is a person', async () => {
    const own = 'alice/dotfiles';
    const body = { title: 'DEMO-9 at home', source_branch: 'DEMO-9', target_branch: 'main' };
    const branch = { branch: 'DEMO-9', ref: 'main' };
    await at.gitlab.api('POST', 'projects/alice%2Fdotfiles/repository/branches', { body: branch });
    await at.gitlab.api('POST', 'projects/alice%2Fdotfiles/merge_requests', { body });
    const query = { issueKey: 'DEMO-9', owners: ['alice'], repositories: [own] };
    const work = await provider.findWork(at.as(tokens.alice), query);
    expect(work.ok && work.value.pullRequests.map(({ title }) => title)).toEqual(['DEMO-9 at home']);
    expect(work.ok && work.value.branches.map(({ name }) => name)).toEqual(['DEMO-9']);
    expect(at.door.requests).toHaveLength(3);
  });

  it('is searched everywhere at once for more owners than that', async () => {
    const owners = ['acme', ...Array.from({ length: 10 }, (__, n) => `gone-${n}`)];
    const work = await provider.findWork(at.as(tokens.alice), { issueKey: 'DEMO-1', owners, repositories: [] });
    expect(work.ok && work.value.pullRequests).toHaveLength(3);
    expect(at.door.requests).toHaveLength(1);
  });

  it('is found although some of the repositories are hidden, gone or closed to the person', async () => {
    const work = await provider.findWork(at.as(tokens.alice), {
      issueKey: 'DEMO-1',
      owners: ['acme'],
      repositories: ['acme/gone', web, 'acme2/nothing'],
    });
    expect(work.ok && work.value.branches).toHaveLength(2);
    const guest = await provider.findWork(at.as(tokens.gina), {
      issueKey: 'DEMO-1',
      owners: ['acme'],
      repositories: [web],
    });
    expect(guest).toEqual({ ok: true, value: { branches: [], pullRequests: [], unseen: [web] } });
  });

  it('is requested in at most ten repositories at a time', async () => {
    let now = 0;
    let most = 0;
    const inner = globalThis.fetch;
    globalThis.fetch = async (input, init) => {
      const counted = new URL(input instanceof Request ? input.url : input).pathname.endsWith('/branches') ? 1 : 0;
      now += counted;
      most = Math.max(most, now);
      return inner(input, init).finally(() => (now -= counted));
    };
    const work = await provider.findWork(at.as(tokens.alice), {
      issueKey: 'DEMO-1',
      owners: ['acme'],
      repositories: [...Array.from({ length: 22 }, (__, n) => `acme/gone-${n}`), web],
    });
    expect(work.ok && work.value.branches).toHaveLength(2);
    expect(most).toBe(10);
  });
});

describe.each(kinds)('%s: a merge request', (_, kind) => {
  const at = useInstallation(kind);

  it('follows a merge: what was merged with git is merged here', async () => {
    const merged = { ...request, source: 'demo-1-lower-case', title: 'Merged DEMO-77' };
    expect(await provider.createPullRequest(at.as(tokens.alice), merged)).toMatchObject({ ok: true });
    const head = await at.gitlab.git(web, 'rev-parse', 'demo-1-lower-case');
    await at.gitlab.git(web, 'update-ref', 'refs/heads/main', head);
    const query = { issueKey: 'DEMO-77', owners: ['acme'], repositories: [] };
    const work = await provider.findWork(at.as(tokens.alice), query);
    expect(work.ok && work.value.pullRequests.map(({ state }) => state)).toEqual(['merged']);
  });
});
