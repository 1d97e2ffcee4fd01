import { execFileSync } from 'node:child_process';
import { createHash, createHmac } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCodeCommit } from '../../sandbox/services/codecommit/open-codecommit';
import type { Service } from '../../sandbox/services/service';
import { codeCommitService } from '../../sandbox/world/codecommit';
import { smithyJudge } from '../oracles/smithy-judge';
import { codeCommitDefinition, keys } from '../support/codecommit-world';

type Answer = { status: number; body: Record<string, unknown>; headers: Headers; text: string };

/** 20 January 2026, noon: the service's clock stands still. */
const NOON = new Date('2026-01-20T12:00:00Z');
const judge = smithyJudge('codecommit/codecommit-2015-04-13.json');
const stsJudge = smithyJudge('codecommit/sts-2011-06-15.json');
const definition = codeCommitService.parse({ ...codeCommitDefinition, openPullRequests: 3, pageSize: 3 });

let directory: string;
let service: Service;
let now = NOON;
/** Something was written since the world was new; making the repositories anew takes longest. */
let written = false;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'undersigned-codecommit-service-'));
  service = await openCodeCommit(definition, { directory, now: () => now });
});
afterAll(async () => {
  await service.close();
  await rm(directory, { recursive: true });
});
beforeEach(async () => {
  now = NOON;
  if (written) await service.reset();
  written = false;
});

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

type Signing = {
  key?: { id: string; secret: string };
  at?: Date;
  region?: string;
  name?: string;
  host?: string;
  headers?: Record<string, string>;
};

/** Signature Version 4 written a second time, from its description, so that the service's own is not its judge. */
const signed = (body: string, headers: Record<string, string>, signing: Signing = {}): Request => {
  const { key = keys.alice, at = NOON, region = 'us-east-1', name = 'codecommit' } = signing;
  const host = signing.host ?? `${name}.us-east-1.amazonaws.com`;
  const time = at.toISOString().replace(/[-:]/g, '').replace(/\.\d+/, '');
  const all: Record<string, string> = { ...headers, host, 'x-amz-date': time, ...signing.headers };
  const names = Object.keys(all).sort();
  const canonical = `POST\n/\n\n${names.map((one) => `${one}:${all[one]}\n`).join('')}\n${names.join(';')}\n${sha256(body)}`;
  const scope = `${time.slice(0, 8)}/${region}/${name}/aws4_request`;
  const dateKey = hmac(`AWS4${key.secret}`, time.slice(0, 8));
  const signingKey = hmac(hmac(hmac(dateKey, region), name), 'aws4_request');
  const signature = hmac(signingKey, `AWS4-HMAC-SHA256\n${time}\n${scope}\n${sha256(canonical)}`).toString('hex');
  const { host: _host, ...sent } = all;
  const authorization = `AWS4-HMAC-SHA256 Credential=${key.id}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  return new Request(`https://${host}/`, { method: 'POST', body, headers: { ...sent, authorization } });
};

const answerOf = async (response: Response): Promise<Answer> => {
  const text = await response.text();
  const body = text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {};
  return { status: response.status, body, headers: response.headers, text };
};

/** One call of the API; each answer is judged by the vendor's model. */
const call = async (operation: string, input: object, signing: Signing = {}): Promise<Answer> => {
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': `CodeCommit_20150413.${operation}`,
  };
  const answer = await answerOf(await service.handle(signed(JSON.stringify(input), headers, signing)));
  if (answer.status === 200) {
    written ||= /^(Create|Delete)/.test(operation);
    expect(judge.answer(operation, answer.text === '' ? undefined : answer.body)).toEqual([]);
  } else {
    const type = String(answer.body['__type']);
    const isCommon = /^(AccessDenied|Throttling|UnrecognizedClient|InvalidSignature)Exception$/.test(type);
    expect([type, isCommon || judge.mayRefuse(operation, type)]).toEqual([type, true]);
  }
  return answer;
};

const whoAmI = async (signing: Signing = {}): Promise<Answer> =>
  answerOf(
    await service.handle(
      signed(
        'Action=GetCallerIdentity&Version=2011-06-15',
        { 'content-type': 'application/x-www-form-urlencoded' },
        { name: 'sts', ...signing },
      ),
    ),
  );

const git = (repository: string, ...args: string[]): string =>
  execFileSync('git', args, { cwd: join(directory, 'repositories', `${repository}.git`), encoding: 'utf8' }).trim();

const web = { repositoryName: 'web' };

describe('a simulated CodeCommit: signatures', () => {
  it('lets in a request signed with a key it knows', async () => {
    expect(await call('GetRepository', web)).toMatchObject({ status: 200 });
  });

  const minutes = (count: number) => new Date(NOON.getTime() + count * 60_000);

  it.each<[string, Signing, string, RegExp]>([
    [
      'nobody knows',
      { key: { id: 'AKIAQQQQQQQQQQQQQQQQ', secret: 'x' } },
      'UnrecognizedClientException',
      /token.*invalid/,
    ],
    ['was switched off', { key: keys.aliceOff }, 'UnrecognizedClientException', /token.*invalid/],
    [
      'has another secret',
      { key: { ...keys.alice, secret: keys.bob.secret } },
      'InvalidSignatureException',
      /does not match/,
    ],
    ['is for another region', { region: 'eu-west-1' }, 'InvalidSignatureException', /scoped to a valid region/],
    ['is too late', { at: minutes(-6) }, 'InvalidSignatureException', /Signature expired: 20260120T115400Z/],
    ['is too early', { at: minutes(6) }, 'InvalidSignatureException', /Signature not yet current/],
    [
      'lies about its body',
      { headers: { 'x-amz-content-sha256': sha256('other') } },
      'InvalidSignatureException',
      /does not match/,
    ],
  ])('refuses one whose key or time %s', async (_, signing, type, message) => {
    const answer = await call('GetRepository', web, signing);
    expect(answer).toMatchObject({
      status: 400,
      body: { __type: type, message: expect.stringMatching(message) as string },
    });
  });

  it.each([4, -4])('lets in one that is %i minutes off', async (off) => {
    expect(await call('GetRepository', web, { at: minutes(off) })).toMatchObject({ status: 200 });
  });

  it('refuses one whose body, header or target was changed on the way', async () => {
    const target = 'CodeCommit_20150413.GetRepository';
    const request = signed(JSON.stringify(web), { 'x-amz-target': target });
    const changed = [
      new Request(request.clone(), { body: JSON.stringify({ repositoryName: 'api' }), method: 'POST' }),
      new Request(request.clone(), {
        headers: { ...Object.fromEntries(request.headers), 'x-amz-target': 'CodeCommit_20150413.DeleteBranch' },
      }),
    ];
    for (const one of changed)
      expect((await answerOf(await service.handle(one))).body['__type']).toBe('InvalidSignatureException');
    expect(await service.handle(request)).toMatchObject({ status: 200 });
  });

  it.each([
    ['no signature', undefined, 'MissingAuthenticationTokenException'],
    ['a signature in pieces', 'AWS4-HMAC-SHA256 Credential=x', 'IncompleteSignatureException'],
    ['a bearer token', 'Bearer x', 'IncompleteSignatureException'],
  ])('refuses %s', async (_, authorization, type) => {
    const headers = {
      'x-amz-target': 'CodeCommit_20150413.GetRepository',
      ...(authorization ? { authorization } : {}),
    };
    const request = new Request('https://codecommit.us-east-1.amazonaws.com/', { method: 'POST', body: '{}', headers });
    expect((await answerOf(await service.handle(request))).body['__type']).toBe(type);
  });

  it('names who signed, for the log, and nobody else', async () => {
    const request = signed('{}', { 'x-amz-target': 'CodeCommit_20150413.ListRepositories' });
    expect(await service.accountOf(request)).toBe('alice');
    expect(await service.accountOf(new Request('https://codecommit.us-east-1.amazonaws.com/'))).toBeUndefined();
  });

  it('says the time, so that a wrong clock can be set right', async () => {
    expect((await call('GetRepository', web)).headers.get('date')).toBe('Tue, 20 Jan 2026 12:00:00 GMT');
  });
});

describe('a simulated CodeCommit: the token service', () => {
  const parse = (text: string): Record<string, string> =>
    Object.fromEntries(
      [...text.matchAll(/<(Arn|UserId|Account)>([^<]+)</g)].map(([, name = '', value = '']) => [name, value]),
    );

  it.each([
    ['a user', keys.alice, 'arn:aws:iam::111122223333:user/developers/alice'],
    ['the root user', keys.root, 'arn:aws:iam::111122223333:root'],
    ['somebody no policy allows anything', keys.carol, 'arn:aws:iam::111122223333:user/carol'],
  ])('tells %s who they are', async (_, key, arn) => {
    const answer = await whoAmI({ key });
    expect(answer.status).toBe(200);
    expect(parse(answer.text)).toMatchObject({ Arn: arn, Account: '111122223333' });
    expect(stsJudge.answer('GetCallerIdentity', parse(answer.text))).toEqual([]);
  });

  it.each<[string, Signing, string]>([
    ['an unknown key', { key: { id: 'AKIAQQQQQQQQQQQQQQQQ', secret: 'x' } }, 'InvalidClientTokenId'],
    ['a wrong secret', { key: { ...keys.alice, secret: 'x' } }, 'SignatureDoesNotMatch'],
  ])('refuses %s in XML', async (_, signing, code) => {
    const answer = await whoAmI(signing);
    expect(answer).toMatchObject({ status: 403, text: expect.stringContaining(`<Code>${code}</Code>`) as string });
  });

  it('does nothing else', async () => {
    const request = signed('Action=GetSessionToken&Version=2011-06-15', {}, { name: 'sts' });
    expect(await service.handle(request)).toMatchObject({ status: 501 });
  });
});

describe('a simulated CodeCommit: reading', () => {
  it('lists repositories by name, in pages', async () => {
    const first = await call('ListRepositories', {});
    const names = (answer: Answer) =>
      (answer.body['repositories'] as { repositoryName: string }[]).map(({ repositoryName }) => repositoryName);
    expect(names(first)).toEqual(['api', 'fresh', 'locked-away']);
    const second = await call('ListRepositories', { nextToken: first.body['nextToken'] });
    expect(names(second)).toEqual(['locked-denied', 'locked-disabled', 'locked-gone']);
    const third = await call('ListRepositories', { nextToken: second.body['nextToken'] });
    expect([names(third), third.body['nextToken']]).toEqual([['web', 'web.site-2_old'], undefined]);
  });

  it('lists what changed last first, when asked', async () => {
    now = new Date('2026-01-20T12:01:00Z');
    await call('DeleteBranch', { ...web, branchName: 'develop' });
    const answer = await call('ListRepositories', { sortBy: 'lastModifiedDate', order: 'descending' });
    expect(answer.body['repositories']).toMatchObject([{ repositoryName: 'web' }, {}, {}]);
  });

  it.each([
    ['a place nobody gave out', { nextToken: 'x' }, 'InvalidContinuationTokenException'],
    ['an order there is not', { order: 'up' }, 'InvalidOrderException'],
    ['a sorting there is not', { sortBy: 'size' }, 'InvalidSortByException'],
  ])('refuses a list with %s', async (_, input, type) => {
    expect((await call('ListRepositories', input)).body['__type']).toBe(type);
  });

  it('gives details of some and names those that are not there', async () => {
    const answer = await call('BatchGetRepositories', { repositoryNames: ['web', 'fresh', 'gone'] });
    expect(answer.body).toMatchObject({
      repositories: [{ repositoryName: 'web', defaultBranch: 'main' }, { repositoryName: 'fresh' }],
      repositoriesNotFound: ['gone'],
    });
    expect((answer.body['repositories'] as object[])[1]).not.toHaveProperty('defaultBranch');
  });

  it.each([
    ['of none', [], 'RepositoryNamesRequiredException'],
    ['of too many', Array<string>(101).fill('web'), 'MaximumRepositoryNamesExceededException'],
    ['of one that cannot be', ['a/b'], 'InvalidRepositoryNameException'],
    ['of a locked one', ['web', 'locked-disabled'], 'EncryptionKeyDisabledException'],
  ])('refuses details %s', async (_, repositoryNames, type) => {
    expect((await call('BatchGetRepositories', { repositoryNames })).body['__type']).toBe(type);
  });

  it('says of branches what git says', async () => {
    const branches: unknown[] = [];
    let nextToken: unknown;
    do {
      const page = await call('ListBranches', { ...web, ...(nextToken === undefined ? {} : { nextToken }) });
      branches.push(...(page.body['branches'] as string[]));
      nextToken = page.body['nextToken'];
    } while (nextToken !== undefined);
    expect(branches).toEqual(git('web', 'for-each-ref', '--format=%(refname:lstrip=2)', 'refs/heads').split('\n'));
    const commitId = git('web', 'rev-parse', 'refs/heads/develop');
    expect((await call('GetBranch', { ...web, branchName: 'develop' })).body).toEqual({
      branch: { branchName: 'develop', commitId },
    });
  });

  it.each([
    ['GetBranch', { ...web }, 'BranchNameRequiredException'],
    ['GetBranch', { branchName: 'main' }, 'RepositoryNameRequiredException'],
    ['GetBranch', { ...web, branchName: 'gone' }, 'BranchDoesNotExistException'],
    ['GetBranch', { ...web, branchName: 'a..b' }, 'InvalidBranchNameException'],
    ['GetBranch', { ...web, branchName: 'x'.repeat(257) }, 'InvalidBranchNameException'],
    ['GetBranch', { repositoryName: 'gone', branchName: 'main' }, 'RepositoryDoesNotExistException'],
    ['ListBranches', { repositoryName: 'a b' }, 'InvalidRepositoryNameException'],
    ['ListBranches', { repositoryName: 'locked-denied' }, 'EncryptionKeyAccessDeniedException'],
    ['ListBranches', { repositoryName: 'locked-gone' }, 'EncryptionKeyNotFoundException'],
    ['GetRepository', { repositoryName: 'locked-away' }, 'EncryptionKeyUnavailableException'],
    ['GetPullRequest', {}, 'PullRequestIdRequiredException'],
    ['GetPullRequest', { pullRequestId: 'x' }, 'InvalidPullRequestIdException'],
    ['GetPullRequest', { pullRequestId: '99' }, 'PullRequestDoesNotExistException'],
    ['ListPullRequests', { ...web, pullRequestStatus: 'MERGED' }, 'InvalidPullRequestStatusException'],
    ['ListPullRequests', { ...web, maxResults: 0 }, 'InvalidMaxResultsException'],
  ])('refuses %s with %j as the API does', async (operation, input, type) => {
    expect(await call(operation, input)).toMatchObject({ status: 400, body: { __type: type } });
  });

  it('refuses loudly what it does not model', async () => {
    const request = signed('{}', { 'x-amz-target': 'CodeCommit_20150413.MergePullRequestByFastForward' });
    const response = await service.handle(request);
    expect([response.status, await response.text()]).toEqual([
      501,
      expect.stringContaining('MergePullRequestByFastForward'),
    ]);
    for (const url of [
      'https://git-codecommit.us-east-1.amazonaws.com/v1/repos/web/info/refs',
      'https://codecommit.us-east-1.amazonaws.com/',
    ])
      expect((await service.handle(new Request(url))).status).toBe(501);
  });
});

describe('a simulated CodeCommit: policies', () => {
  it.each([
    [
      'nothing allows it',
      keys.carol,
      'GetRepository',
      web,
      'because no identity-based policy allows the codecommit:GetRepository action',
    ],
    [
      'it is another repository',
      keys.dave,
      'GetBranch',
      { repositoryName: 'fresh', branchName: 'main' },
      'because no identity-based policy',
    ],
    [
      'it is only read',
      keys.bob,
      'DeleteBranch',
      { ...web, branchName: 'develop' },
      'because no identity-based policy',
    ],
    [
      'the branch is kept',
      keys.alice,
      'DeleteBranch',
      { ...web, branchName: 'release/1.0' },
      'with an explicit deny in an identity-based policy',
    ],
    [
      'it is denied after all',
      keys.eve,
      'CreatePullRequest',
      { title: 'x', targets: [{ ...web, sourceReference: 'develop' }] },
      'with an explicit deny',
    ],
  ])('refuse when %s', async (_, key, operation, input, why) => {
    const answer = await call(operation, input, { key });
    expect(answer).toMatchObject({
      status: 400,
      body: { __type: 'AccessDeniedException', Message: expect.stringContaining(why) as string },
    });
  });

  it('let the root user do everything', async () => {
    expect(await call('DeleteBranch', { ...web, branchName: 'release/1.0' }, { key: keys.root })).toMatchObject({
      status: 200,
    });
  });
});

describe('a simulated CodeCommit: branches', () => {
  const commitId = () => git('web', 'rev-parse', 'refs/heads/develop');

  it('are made where git sees them, with an empty answer, and the trail says by whom', async () => {
    const answer = await call('CreateBranch', { ...web, branchName: 'feature/DEMO-1', commitId: commitId() });
    expect([answer.status, answer.text]).toEqual([200, '']);
    expect(git('web', 'rev-parse', 'refs/heads/feature/DEMO-1')).toBe(commitId());
    const page = await (await service.handle(new Request('https://us-east-1.console.aws.amazon.com/'))).text();
    expect(page.replace(/\s+/g, ' ')).toContain(
      '<td>2026-01-20T12:00:00.000Z</td><td>arn:aws:iam::111122223333:user/developers/alice</td><td>CreateBranch</td><td>web</td><td>refs/heads/feature/DEMO-1</td><td></td>',
    );
  });

  it.each([
    ['exists', 'main', undefined, 'BranchNameExistsException'],
    ['is under another', 'develop/x', undefined, 'InvalidBranchNameException'],
    ['is above another', 'feature', undefined, 'InvalidBranchNameException'],
    ['git does not take', 'a b', undefined, 'InvalidBranchNameException'],
    ['points nowhere', 'x', 'a'.repeat(40), 'CommitDoesNotExistException'],
    ['points at no commit', 'x', 'main', 'InvalidCommitIdException'],
    ['points at nothing', 'x', '', 'CommitIdRequiredException'],
  ])('are refused when the name %s', async (_, branchName, commit, type) => {
    const answer = await call('CreateBranch', { ...web, branchName, commitId: commit ?? commitId() });
    expect(answer).toMatchObject({ status: 400, body: { __type: type } });
  });

  it('are made once when asked for five times at the same time', async () => {
    const input = { ...web, branchName: 'race', commitId: commitId() };
    const answers = await Promise.all(Array.from({ length: 5 }, () => call('CreateBranch', input)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400, 400, 400]);
  });

  it('are deleted once; after that nothing is named', async () => {
    const commit = commitId();
    const input = { ...web, branchName: 'develop' };
    expect((await call('DeleteBranch', input)).body).toEqual({
      deletedBranch: { branchName: 'develop', commitId: commit },
    });
    expect(git('web', 'for-each-ref', 'refs/heads/develop')).toBe('');
    expect(await call('DeleteBranch', input)).toMatchObject({ status: 200, text: '{}' });
  });

  it('are kept when they are the default', async () => {
    expect((await call('DeleteBranch', { ...web, branchName: 'main' })).body['__type']).toBe(
      'DefaultBranchCannotBeDeletedException',
    );
  });
});

describe('a simulated CodeCommit: pull requests', () => {
  const wanted = (change: object = {}, target: object = {}) => ({
    title: 'DEMO-1',
    description: 'Why',
    targets: [{ ...web, sourceReference: 'develop', destinationReference: 'main', ...target }],
    ...change,
  });
  const idOf = (answer: Answer) => (answer.body['pullRequest'] as { pullRequestId: string }).pullRequestId;

  it('are opened with full names of branches, the author and times in seconds', async () => {
    expect((await call('CreatePullRequest', wanted())).body['pullRequest']).toMatchObject({
      pullRequestId: '1',
      pullRequestStatus: 'OPEN',
      authorArn: 'arn:aws:iam::111122223333:user/developers/alice',
      creationDate: NOON.getTime() / 1000,
      pullRequestTargets: [{ sourceReference: 'refs/heads/develop', destinationReference: 'refs/heads/main' }],
    });
  });

  it('go to the default branch when nothing else is said', async () => {
    const answer = await call('CreatePullRequest', wanted({}, { destinationReference: undefined }));
    expect(answer.body['pullRequest']).toMatchObject({
      pullRequestTargets: [{ destinationReference: 'refs/heads/main' }],
    });
  });

  it('may be opened twice for the same branches', async () => {
    expect(idOf(await call('CreatePullRequest', wanted()))).toBe('1');
    expect(idOf(await call('CreatePullRequest', wanted()))).toBe('2');
    expect((await call('ListPullRequests', { ...web, pullRequestStatus: 'OPEN' })).body).toEqual({
      pullRequestIds: ['2', '1'],
    });
  });

  it('are one for the same token, which serves no other request', async () => {
    const input = wanted({ clientRequestToken: 'token' });
    expect(idOf(await call('CreatePullRequest', input))).toBe('1');
    expect(idOf(await call('CreatePullRequest', input))).toBe('1');
    const other = await call('CreatePullRequest', { ...input, title: 'Other' });
    expect(other.body['__type']).toBe('IdempotencyParameterMismatchException');
  });

  it.each([
    ['no title', { title: '' }, {}, 'TitleRequiredException'],
    ['a long title', { title: 'x'.repeat(151) }, {}, 'InvalidTitleException'],
    ['a long description', { description: 'x'.repeat(10_241) }, {}, 'InvalidDescriptionException'],
    ['no target', { targets: [] }, {}, 'TargetsRequiredException'],
    ['two targets', { targets: [web, web] }, {}, 'InvalidTargetsException'],
    ['no source', {}, { sourceReference: '' }, 'ReferenceNameRequiredException'],
    ['a source that is gone', {}, { sourceReference: 'gone' }, 'ReferenceDoesNotExistException'],
    ['one branch twice', {}, { sourceReference: 'refs/heads/main' }, 'SourceAndDestinationAreSameException'],
  ])('are refused with %s', async (_, change, target, type) => {
    expect((await call('CreatePullRequest', wanted(change, target))).body['__type']).toBe(type);
  });

  it('are limited in number', async () => {
    for (let count = 0; count < 3; count += 1) await call('CreatePullRequest', wanted());
    expect((await call('CreatePullRequest', wanted())).body['__type']).toBe('MaximumOpenPullRequestsExceededException');
  });

  it('are merged on the console’s page, by moving the branch', async () => {
    await call('CreatePullRequest', wanted());
    const url =
      'https://us-east-1.console.aws.amazon.com/codesuite/codecommit/repositories/web/pull-requests/1/details';
    const post = () => service.handle(new Request(url, { method: 'POST', body: new URLSearchParams({ do: 'merge' }) }));
    expect((await post()).status).toBe(200);
    expect(git('web', 'rev-parse', 'main')).toBe(git('web', 'rev-parse', 'develop'));
    expect((await call('GetPullRequest', { pullRequestId: '1' })).body['pullRequest']).toMatchObject({
      pullRequestStatus: 'CLOSED',
      pullRequestTargets: [{ mergeMetadata: { isMerged: true } }],
    });
    expect((await post()).status).toBe(422);
  });
});

describe('a simulated CodeCommit: trouble on demand', () => {
  const arm = (fault: object) =>
    service.handle(
      new Request('https://console.aws.amazon.com/sandbox/faults', { method: 'POST', body: JSON.stringify(fault) }),
    );

  it('throttles', async () => {
    await arm({ path: '/GetRepository', rateLimit: 'primary' });
    expect(await call('GetRepository', web)).toMatchObject({ status: 400, body: { __type: 'ThrottlingException' } });
    expect(await call('GetRepository', web)).toMatchObject({ status: 200 });
  });

  it('drops connections', async () => {
    await arm({ path: '/GetCallerIdentity', reset: true });
    await expect(whoAmI()).rejects.toThrow('dropped the connection');
  });
});
