import type { Provider } from '../../../src/providers/provider';
import type { Asked, Reply, ScriptedService } from '../../support/scripted-service';
import { connection, failure, openAws, operationOf, refused } from './codecommit';

let service: ScriptedService;
let codecommit: Provider;

beforeAll(async () => {
  ({ codecommit } = await import('../../../src/providers/codecommit'));
  service = await openAws();
});
afterAll(() => service.close());

const repository = 'web';
const operations = () => service.asked.map(operationOf);
const bodies = (operation: string) =>
  service.asked.filter((one) => operationOf(one) === operation).map(({ body }) => body);
const head = (commitId: string): Reply => ({ body: { branch: { branchName: 'x', commitId } } });
const branches = (names: string[], nextToken?: string): Reply => ({ body: { branches: names, nextToken } });
const missing = refused('BranchDoesNotExistException');

const pullUrl = (number: number) =>
  `https://us-east-1.console.aws.amazon.com/codesuite/codecommit/repositories/web/pull-requests/${number}/details?region=us-east-1`;
const pull = (id: string, more: object = {}, target: object = {}): Reply => ({
  body: {
    pullRequest: {
      pullRequestId: id,
      title: 'DEMO-1',
      pullRequestStatus: 'OPEN',
      authorArn: 'arn:aws:iam::111122223333:user/team/alice',
      lastActivityDate: 1_795_000_000,
      pullRequestTargets: [
        {
          repositoryName: repository,
          sourceReference: 'refs/heads/fix',
          destinationReference: 'refs/heads/main',
          ...target,
        },
      ],
      ...more,
    },
  },
});
const opened = (number: number, more: object = {}) => ({
  repository,
  number,
  title: 'DEMO-1',
  url: pullUrl(number),
  state: 'open',
  source: 'fix',
  target: 'main',
  author: 'alice',
  updatedAt: new Date(1_795_000_000_000).toISOString(),
  ...more,
});
const ids = (...pullRequestIds: string[]): Reply => ({ body: { pullRequestIds } });
const byId = (pulls: Record<string, Reply>) => (asked: Asked) => pulls[asked.body.pullRequestId] ?? missing;

describe('Opening a pull request at CodeCommit', () => {
  const open = (more: object = {}) =>
    codecommit.createPullRequest(connection(), {
      ...{ repository, source: 'fix', target: 'main', title: 'DEMO-1', description: 'Why', draft: false },
      ...more,
    });

  it('opens it when its branches have none', async () => {
    const others = byId({
      '2': pull('2', {}, { sourceReference: 'refs/heads/other' }),
      '3': pull('3', {}, { destinationReference: 'refs/heads/other' }),
      '4': pull('4', { pullRequestStatus: 'CLOSED' }),
    });
    service.play({ ListPullRequests: ids('1', '2', '3', '4'), GetPullRequest: others, CreatePullRequest: pull('9') });
    expect(await open()).toEqual({ ok: true, value: opened(9) });
    expect(bodies('ListPullRequests')).toEqual([{ repositoryName: repository, pullRequestStatus: 'OPEN' }]);
    const [body] = bodies('CreatePullRequest');
    expect(body).toEqual({
      title: 'DEMO-1',
      description: 'Why',
      targets: [{ repositoryName: repository, sourceReference: 'fix', destinationReference: 'main' }],
      clientRequestToken: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it('names the one that exists', async () => {
    service.play({
      ListPullRequests: ids('7'),
      GetPullRequest: byId({ '7': pull('7') }),
      CreatePullRequest: pull('9'),
    });
    expect(await open()).toEqual(failure('PULL_REQUEST_EXISTS', { url: pullUrl(7) }));
    expect(operations()).not.toContain('CreatePullRequest');
  });

  it('looks at the ten newest open ones', async () => {
    const listed = Array.from({ length: 12 }, (_, n) => String(n + 1));
    service.play({ ListPullRequests: ids(...listed), GetPullRequest: missing, CreatePullRequest: pull('13') });
    await open();
    const read = bodies('GetPullRequest').map((body) => Number(body.pullRequestId));
    expect(read.sort((a, b) => b - a)).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3]);
  });

  it.each(['codecommit:ListPullRequests', 'codecommit:Other'])(
    'opens it for people who may not do %s',
    async (what) => {
      const denied = refused('AccessDeniedException', `is not authorized to perform: ${what} because no policy`);
      service.play({ ListPullRequests: denied, CreatePullRequest: pull('9') });
      expect(await open()).toEqual({ ok: true, value: opened(9) });
    },
  );

  it('does not try in vain', async () => {
    service.play({ ListPullRequests: refused('RepositoryDoesNotExistException'), CreatePullRequest: pull('9') });
    expect(await open()).toEqual(failure('REPOSITORY_NOT_FOUND'));
    expect(operations()).toEqual(['ListPullRequests']);
  });

  it('is one request to the service for the same content, and another for any other', async () => {
    service.play({ ListPullRequests: ids(), CreatePullRequest: pull('9') });
    for (const more of [
      {},
      {},
      { title: 'x' },
      { description: 'x' },
      { source: 'x' },
      { target: 'x' },
      { repository: 'x' },
    ])
      await open(more);
    const tokens = bodies('CreatePullRequest').map((body) => body.clientRequestToken);
    expect(new Set(tokens).size).toBe(6);
    expect(tokens[0]).toBe(tokens[1]);
  });

  it('sends a new request when the same content belonged to one that was closed since', async () => {
    const closed = pull('8', { pullRequestStatus: 'CLOSED' });
    service.play({ ListPullRequests: ids(), CreatePullRequest: [closed, pull('9')] });
    expect(await open()).toEqual({ ok: true, value: opened(9) });
    const [one, other] = bodies('CreatePullRequest').map((body) => body.clientRequestToken);
    expect(one).not.toBe(other);
    service.play({ ListPullRequests: ids(), CreatePullRequest: closed });
    expect(await open()).toEqual({ ok: true, value: opened(8, { state: 'closed' }) });
    expect(bodies('CreatePullRequest')).toHaveLength(6);
  });

  it('says which branch is missing', async () => {
    const gone = refused('ReferenceDoesNotExistException');
    service.play({ ListPullRequests: ids(), CreatePullRequest: gone, GetBranch: head('a') });
    expect(await open()).toEqual(failure('SOURCE_BRANCH_MISSING'));
    expect(bodies('GetBranch')).toEqual([{ repositoryName: repository, branchName: 'main' }]);
    service.play({ ListPullRequests: ids(), CreatePullRequest: gone, GetBranch: missing });
    expect(await open()).toEqual(failure('TARGET_BRANCH_MISSING'));
  });

  it.each([
    ['SourceAndDestinationAreSameException', 'PULL_REQUEST_WITHOUT_COMMITS'],
    ['MaximumOpenPullRequestsExceededException', 'PULL_REQUEST_LIMIT'],
    ['InvalidTitleException', 'PULL_REQUEST_TEXT_TOO_LONG'],
  ])('is refused: %s is %s', async (type, code) => {
    service.play({ ListPullRequests: ids(), CreatePullRequest: refused(type) });
    expect(await open()).toMatchObject(failure(code));
  });

  it.each([
    ['InvalidTitleException', { field: 'title', limit: 150 }],
    ['InvalidDescriptionException', { field: 'description', limit: 10_240 }],
  ])('is refused with the limit: %s', async (type, limit) => {
    service.play({ ListPullRequests: ids(), CreatePullRequest: refused(type) });
    expect(await open()).toEqual(failure('PULL_REQUEST_TEXT_TOO_LONG', limit));
  });

  it('looks after a lost answer', async () => {
    const lists = [ids(), ids('9')];
    service.play({ ListPullRequests: lists, CreatePullRequest: 'lost', GetPullRequest: byId({ '9': pull('9') }) });
    expect(await open()).toEqual({ ok: true, value: opened(9) });
    service.play({ ListPullRequests: ids(), CreatePullRequest: 'lost' });
    expect(await open()).toEqual(failure('UNREACHABLE'));
    service.play({ ListPullRequests: [ids(), missing], CreatePullRequest: 'lost' });
    expect(await open()).toEqual(failure('UNREACHABLE'));
    expect(bodies('CreatePullRequest')).toHaveLength(1);
  });
});

describe('CodeCommit’s work of an issue', () => {
  const find = (repositories: string[], requests?: number) =>
    codecommit.findWork(connection(), { issueKey: 'DEMO-1', owners: [], repositories, ...(requests && { requests }) });

  it('is its branches and the newest pull requests that name it', async () => {
    service.play({
      ListBranches: branches(['DEMO-1-x', 'DEMO-12', 'main']),
      ListPullRequests: ids('1', '2', '3', '10'),
      GetPullRequest: byId({
        '1': pull('1', { title: 'Other' }, { sourceReference: 'refs/heads/demo-1' }),
        '2': pull('2', { title: 'DEMO-12' }),
        '3': pull('3', { pullRequestStatus: 'CLOSED' }, { mergeMetadata: { isMerged: true } }),
        '10': pull('10', { pullRequestStatus: 'CLOSED', authorArn: undefined, lastActivityDate: undefined }),
      }),
    });
    const { author: _, updatedAt: __, ...bare } = opened(10, { state: 'closed' });
    expect(await find(['web'])).toEqual({
      ok: true,
      value: {
        branches: [{ name: 'DEMO-1-x', repository: 'web' }],
        pullRequests: [bare, opened(3, { state: 'merged' }), opened(1, { title: 'Other', source: 'demo-1' })],
      },
    });
  });

  it.each([
    [undefined, 1, 13],
    [100, 1, 13],
    [6, 2, 2],
    [3, 2, 0],
  ])('costs %s requests in %i repositories: %i pull requests are read', async (requests, count, read) => {
    const listed = Array.from({ length: 20 }, (_, n) => String(n));
    service.play({ ListBranches: branches([]), ListPullRequests: ids(...listed), GetPullRequest: missing });
    await find(
      Array.from({ length: count }, (_, n) => `r${n}`),
      requests,
    );
    expect(bodies('GetPullRequest')).toHaveLength(read);
  });

  it('is searched in five repositories', async () => {
    service.play({ ListBranches: branches([]), ListPullRequests: ids() });
    await find(['a', 'b', 'c', 'd', 'e', 'f']);
    expect(
      bodies('ListBranches')
        .map((body) => body.repositoryName)
        .sort(),
    ).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it.each([
    ['RepositoryDoesNotExistException', ''],
    ['AccessDeniedException', ''],
    ['AccessDeniedException', 'is not authorized to perform: codecommit:ListBranches because no policy'],
    ['EncryptionKeyDisabledException', ''],
  ])('leaves out hidden repositories: %s %s', async (type, message) => {
    const hidden = refused(type, message);
    service.play({
      ListBranches: ({ body }) => (body.repositoryName === 'gone' ? hidden : branches(['DEMO-1'])),
      ListPullRequests: ({ body }) => (body.repositoryName === 'gone' ? hidden : ids()),
    });
    expect(await find(['gone', 'web'])).toEqual({
      ok: true,
      value: { branches: [{ name: 'DEMO-1', repository: 'web' }], pullRequests: [], unseen: ['gone'] },
    });
    expect(bodies('GetPullRequest')).toEqual([]);
  });

  it('is the newest first, wherever it is', async () => {
    const ofEach: Record<string, Reply> = { a: ids('1', '3'), b: ids('2', '10') };
    service.play({
      ListBranches: branches([]),
      ListPullRequests: ({ body }) => ofEach[body.repositoryName] ?? ids(),
      GetPullRequest: ({ body }) => pull(body.pullRequestId),
    });
    const found: any = await find(['a', 'b']);
    expect(found.value.pullRequests.map((one: { number: number }) => one.number)).toEqual([10, 3, 2, 1]);
  });

  it('is missing where the service fails', async () => {
    service.play({ ListBranches: branches([]), ListPullRequests: refused('UnrecognizedClientException') });
    expect(await find(['web'])).toEqual(failure('AUTH_INVALID'));
    service.play({ ListBranches: refused('UnrecognizedClientException'), ListPullRequests: ids() });
    expect(await find(['web'])).toEqual(failure('AUTH_INVALID'));
  });
});
