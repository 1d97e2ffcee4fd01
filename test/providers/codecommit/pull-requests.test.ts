import { codecommit } from '../../../src/providers/codecommit';
import { codeCommitService } from '../../../sandbox/world/codecommit';
import { codeCommitDefinition, keys } from '../../support/codecommit-world';
import { openCodeCommitStage, type CodeCommitStage } from '../../support/codecommit-stage';

let stage: CodeCommitStage;

beforeAll(async () => {
  stage = await openCodeCommitStage(codeCommitService.parse({ ...codeCommitDefinition, openPullRequests: 13 }));
});
afterAll(() => stage.close());
beforeEach(() => stage.again());
afterEach(() => {
  stage.rest();
  expect(stage.complaints()).toEqual([]);
});

const request = {
  repository: 'web',
  source: 'feature/DEMO-1-login',
  target: 'main',
  title: 'DEMO-1: Merge it',
  description: 'Why',
  draft: false,
};

const open = (change: Partial<typeof request> = {}, key: { id: string; secret: string } = keys.alice) =>
  codecommit.createPullRequest(stage.connection(key), { ...request, ...change });

const sent = () => stage.calls.filter(({ operation }) => operation === 'CreatePullRequest');

/** Ends a pull request on the page of the simulated console. */
async function end(id: number, how: 'close' | 'merge'): Promise<void> {
  const url = `https://us-east-1.console.aws.amazon.com/codesuite/codecommit/repositories/web/pull-requests/${id}/details`;
  const response = await stage.service.handle(
    new Request(url, { method: 'POST', body: new URLSearchParams({ do: how }) }),
  );
  expect(response.status).toBe(200);
}

describe('AWS CodeCommit: opening a pull request', () => {
  it('takes two requests where none is open, and is in the name of the key’s user', async () => {
    expect(await open()).toEqual({
      ok: true,
      value: {
        repository: 'web',
        number: 1,
        title: 'DEMO-1: Merge it',
        state: 'open',
        source: request.source,
        target: 'main',
        author: 'alice',
        updatedAt: expect.stringMatching(/^\d{4}-.*Z$/) as string,
        url: 'https://us-east-1.console.aws.amazon.com/codesuite/codecommit/repositories/web/pull-requests/1/details?region=us-east-1',
      },
    });
    expect(stage.operations()).toEqual(['ListPullRequests', 'CreatePullRequest']);
  });

  it.each([
    ['Unicode', 'DEMO-1: Größe 日本語 🚀', 'Grüße\n\nZeile 3 🚀'],
    ['markup and quotes', '<b>"DEMO-1"</b> & \'more\'', '{"a": "b\\n"}'],
    ['no description', 'DEMO-1', ''],
  ])('keeps %s as typed', async (_, title, description) => {
    expect(await open({ title, description })).toMatchObject({ ok: true, value: { title } });
    expect(JSON.parse(sent()[0]?.body ?? '')).toMatchObject({ title, description });
  });

  it('takes branches with odd names', async () => {
    expect(await open({ source: 'odd/100%-#1+ü', target: 'develop' })).toMatchObject({
      ok: true,
      value: { source: 'odd/100%-#1+ü', target: 'develop' },
    });
  });

  it('that is open already is refused with the address of the one that is, and not sent', async () => {
    await open();
    stage.calls.length = 0;
    expect(await open({ title: 'Another title' }, keys.dave)).toMatchObject({ ok: true });
    stage.calls.length = 0;
    expect(await open({ title: 'A third title' })).toEqual({
      ok: false,
      error: { code: 'PULL_REQUEST_EXISTS', url: expect.stringContaining('/pull-requests/') as string },
    });
    expect(sent()).toEqual([]);
  });

  it('for other branches is another one', async () => {
    await open();
    expect(await open({ target: 'develop' })).toMatchObject({ ok: true, value: { number: 2 } });
    expect(await open({ source: 'develop' })).toMatchObject({ ok: true, value: { number: 3 } });
  });

  it.each(['close', 'merge'] as const)('can be opened again after a %s, word for word too', async (how) => {
    await open();
    await end(1, how);
    expect(await open({ title: 'DEMO-1: Once more' })).toMatchObject({ ok: true, value: { number: 2, state: 'open' } });
    await end(2, 'close');
    expect(await open()).toMatchObject({ ok: true, value: { number: 3, state: 'open' } });
    await end(3, 'close');
    expect(await open()).toMatchObject({ ok: true, value: { number: 4, state: 'open' } });
  });

  it('reads ten open ones at most before it opens one', async () => {
    for (let number = 1; number <= 12; number += 1) {
      await codecommit.createBranch(stage.connection(keys.alice), {
        repository: 'web',
        name: `b${number}`,
        source: 'develop',
      });
      await open({ source: `b${number}` }, keys.dave);
    }
    stage.calls.length = 0;
    expect(await open()).toMatchObject({ ok: true, value: { number: 13 } });
    expect(stage.operations().filter((operation) => operation === 'GetPullRequest')).toHaveLength(10);
    expect(await open({ source: 'develop' })).toEqual({ ok: false, error: { code: 'PULL_REQUEST_LIMIT' } });
  });

  it('requested twice at the same time is one', async () => {
    const both = await Promise.all([open(), open()]);
    expect(both.map((answer) => answer.ok && answer.value.number)).toEqual([1, 1]);
    const tokens = sent().map(({ body }) => (JSON.parse(body) as { clientRequestToken: string }).clientRequestToken);
    expect(tokens).toHaveLength(2);
    expect(new Set(tokens).size).toBe(1);
  });

  it('of another person is another one, whatever it says', async () => {
    await open({}, keys.dave);
    await end(1, 'close');
    expect(await open()).toMatchObject({ ok: true, value: { number: 2, author: 'alice' } });
  });

  it('works for somebody who may not list the open ones', async () => {
    expect(await open({}, keys.dave)).toMatchObject({ ok: true, value: { author: 'dave' } });
  });

  const tooLong = (field: string, limit: number) => ({ code: 'PULL_REQUEST_TEXT_TOO_LONG', field, limit });

  it.each([
    ['has a source that is gone', { source: 'gone' }, { code: 'SOURCE_BRANCH_MISSING' }],
    ['has a target that is gone', { target: 'gone' }, { code: 'TARGET_BRANCH_MISSING' }],
    ['merges a branch into itself', { source: 'main' }, { code: 'PULL_REQUEST_WITHOUT_COMMITS' }],
    ['has a long description', { description: 'x'.repeat(10_241) }, tooLong('description', 10_240)],
    ['is in a repository that is gone', { repository: 'gone' }, { code: 'REPOSITORY_NOT_FOUND' }],
    ['is in a repository that cannot be', { repository: 'acme/web' }, { code: 'REPOSITORY_NOT_FOUND' }],
    ['is in a repository without commits', { repository: 'fresh' }, { code: 'TARGET_BRANCH_MISSING' }],
    ['is in a locked repository', { repository: 'locked-disabled' }, { code: 'ENCRYPTION_KEY_UNAVAILABLE' }],
    ['has a long title', { title: 'x'.repeat(151) }, tooLong('title', 150)],
  ])('that %s is refused with the reason', async (_, change, error) => {
    expect(await open(change)).toEqual({ ok: false, error });
  });

  it.each([
    ['may only read', keys.bob, { code: 'SCOPE_MISSING', missing: ['codecommit:CreatePullRequest'] }],
    [
      'is denied it',
      keys.eve,
      { code: 'ACCOUNT_POLICY_DENIED', policy: 'identity', said: expect.any(String) as string },
    ],
    ['may do nothing', keys.carol, { code: 'SCOPE_MISSING', missing: ['codecommit:CreatePullRequest'] }],
    ['has a key that is switched off', keys.aliceOff, { code: 'AUTH_INVALID' }],
    ['has a wrong secret', { ...keys.alice, secret: keys.bob.secret }, { code: 'ACCESS_KEY_SECRET_WRONG' }],
  ])('by somebody who %s is refused with the reason', async (_, key, error) => {
    expect(await open({}, key)).toEqual({ ok: false, error });
  });

  it('whose answer was lost is read back: it is open, so it was opened', async () => {
    stage.loseAnswersOf('CreatePullRequest');
    expect(await open()).toMatchObject({ ok: true, value: { number: 1, title: request.title } });
    expect(sent()).toHaveLength(1);
  });

  it.each([
    ['the connection breaks', { reset: true }, { code: 'UNREACHABLE' }],
    ['the service fails', { status: 500 }, { code: 'UNEXPECTED_ANSWER', status: 500 }],
    ['a web page answers', { html: true, status: 200 }, { code: 'NOT_AN_API_ANSWER' }],
    ['the answer has another shape', { status: 200, body: { pullRequest: {} } }, { code: 'NOT_AN_API_ANSWER' }],
    [
      'the service asks to slow down',
      { rateLimit: 'primary' },
      { code: 'RATE_LIMITED', retryAt: expect.stringMatching(/^\d{4}-/) as string },
    ],
    [
      'the same token was used for something else',
      { status: 400, body: { __type: 'IdempotencyParameterMismatchException' } },
      { code: 'REQUEST_REFUSED', status: 400 },
    ],
  ])('when %s is one write and an error that says so', async (_, fault, error) => {
    await stage.arm('CreatePullRequest', { ...fault, times: 'always' });
    expect(await open()).toEqual({ ok: false, error });
    expect(sent()).toHaveLength(1);
  });

  it('is not opened while it is not known whether one is open', async () => {
    await stage.arm('ListPullRequests', { status: 500, times: 'always' });
    const error = { code: 'UNEXPECTED_ANSWER', status: 500, reading: true };
    expect(await open()).toEqual({ ok: false, error });
    expect(sent()).toEqual([]);
  });
});

describe('AWS CodeCommit: the work of an issue', () => {
  const find = (repositories: string[], issueKey = 'DEMO-1', key: { id: string; secret: string } = keys.alice) =>
    codecommit.findWork(stage.connection(key), { issueKey, owners: [], repositories });

  it('is branches and open pull requests that name it', async () => {
    await open();
    await open({ source: 'develop', title: 'Something else' });
    await open({ source: 'DEMO-12-other', title: 'DEMO-12: other' });
    stage.calls.length = 0;

    const found = await find(['web', 'api']);

    expect(found.ok && found.value.branches).toEqual([
      { repository: 'web', name: 'demo-1-lower-case' },
      { repository: 'web', name: 'feature/DEMO-1-login' },
      { repository: 'api', name: 'DEMO-1-api' },
    ]);
    expect(found.ok && found.value.pullRequests).toMatchObject([{ number: 1, title: request.title, state: 'open' }]);
    expect(stage.operations().sort()).toEqual([
      'GetPullRequest',
      'GetPullRequest',
      'GetPullRequest',
      'ListBranches',
      'ListBranches',
      'ListPullRequests',
      'ListPullRequests',
    ]);
  });

  it('costs nothing where no repository was worked in', async () => {
    expect(await find([])).toEqual({ ok: true, value: { branches: [], pullRequests: [] } });
    expect(stage.calls).toEqual([]);
  });

  it('costs fifteen requests at most', async () => {
    for (let number = 1; number <= 9; number += 1) {
      await codecommit.createBranch(stage.connection(keys.alice), {
        repository: 'web',
        name: `b${number}`,
        source: 'develop',
      });
      await open({ source: `b${number}` }, keys.dave);
    }
    stage.calls.length = 0;
    const found = await find(['web', 'api', 'web.site-2_old', 'fresh', 'locked-gone', 'locked-away']);
    expect(found).toMatchObject({ ok: true });
    expect(stage.calls).toHaveLength(15);
  });

  it.each([
    ['gone', ['gone', 'api']],
    ['locked', ['locked-denied', 'api']],
    ['named like none', ['a/b', 'api']],
  ])('leaves out a repository that is %s', async (_, repositories) => {
    const found = await find(repositories);
    expect(found.ok && found.value.branches).toEqual([{ repository: 'api', name: 'DEMO-1-api' }]);
  });

  it('shows the branches to somebody who may not see pull requests', async () => {
    const found = await find(['api'], 'DEMO-1', keys.dave);
    expect(found).toEqual({
      ok: true,
      value: { branches: [{ repository: 'api', name: 'DEMO-1-api' }], pullRequests: [] },
    });
  });

  it.each([
    ['a key that is switched off', keys.aliceOff, { code: 'AUTH_INVALID' }],
    ['a wrong secret', { ...keys.alice, secret: keys.bob.secret }, { code: 'ACCESS_KEY_SECRET_WRONG' }],
  ])('is refused for %s', async (_, key, error) => {
    expect(await find(['web'], 'DEMO-1', key)).toEqual({ ok: false, error });
  });

  it('is missing when the service can’t be reached', async () => {
    await stage.arm('ListBranches', { reset: true, times: 'always' });
    expect(await find(['web'])).toEqual({ ok: false, error: { code: 'UNREACHABLE' } });
  });

  it('comes without a pull request that can’t be read', async () => {
    await open();
    await stage.arm('GetPullRequest', { status: 500, times: 'always' });
    expect(await find(['web'])).toMatchObject({ ok: true, value: { pullRequests: [] } });
  });
});
