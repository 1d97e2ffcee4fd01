import { execFileSync } from 'node:child_process';
import { codecommit } from '../../../src/providers/codecommit';
import { codeCommitDefinition, keys } from '../../support/codecommit-world';
import { openCodeCommitStage, type CodeCommitStage } from '../../support/codecommit-stage';

let stage: CodeCommitStage;

beforeAll(async () => {
  stage = await openCodeCommitStage(codeCommitDefinition);
});
afterAll(() => stage.close());
beforeEach(() => stage.again());
afterEach(() => {
  stage.rest();
  expect(stage.complaints()).toEqual([]);
});

/** The commit of a branch in git itself; undefined without the branch. */
function commitOf(branch: string, repository = 'web'): string {
  const path = stage.pathOf(repository);
  return execFileSync('git', ['for-each-ref', '--format=%(objectname)', `refs/heads/${branch}`], {
    cwd: path,
    encoding: 'utf8',
  }).trim();
}

const branch = { repository: 'web', name: 'DEMO-1-new', source: 'develop' };
const writes = () => stage.operations().filter((operation) => /^(Create|Delete)/.test(operation));

describe('AWS CodeCommit: creating a branch', () => {
  it('takes two requests and puts it at the head of its source', async () => {
    const commit = commitOf('develop');
    expect(await codecommit.createBranch(stage.connection(keys.alice), branch)).toEqual({
      ok: true,
      value: { name: 'DEMO-1-new', commit },
    });
    expect(stage.operations()).toEqual(['GetBranch', 'CreateBranch']);
    expect(commitOf('DEMO-1-new')).toBe(commit);
  });

  it.each([
    'odd/100%-#1+ü',
    'DEMO-1-日本語',
    'a&b=c',
    'quo"te\'s',
    'emoji-🚀',
    '<script>',
    '%2e%2e%2f',
    '+plus+',
    'x'.repeat(200),
    '@',
  ])('takes a name like %s, and deletes it again', async (name) => {
    const connection = stage.connection(keys.alice);
    const created = await codecommit.createBranch(connection, {
      ...branch,
      source: 'odd/100%-#1+ü',
      name: `x/${name}`,
    });
    expect(created).toMatchObject({ ok: true, value: { name: `x/${name}` } });
    expect(commitOf(`x/${name}`)).toBe(commitOf('odd/100%-#1+ü'));
    const deleted = await codecommit.deleteBranch(connection, { repository: 'web', name: `x/${name}` });
    expect(deleted).toEqual({ ok: true, value: undefined });
    expect(commitOf(`x/${name}`)).toBe('');
  });

  it('works where the default branch has another name', async () => {
    const request = { repository: 'web.site-2_old', name: 'DEMO-1', source: 'trunk' };
    expect(await codecommit.createBranch(stage.connection(keys.alice), request)).toMatchObject({ ok: true });
  });

  it('works with a key that may do nothing else', async () => {
    expect(await codecommit.createBranch(stage.connection(keys.dave), branch)).toMatchObject({ ok: true });
  });

  it.each([
    ['exists already at its source', { name: 'develop' }, { code: 'BRANCH_EXISTS' }],
    ['has a source that cannot be', { source: 'a..b' }, { code: 'SOURCE_BRANCH_MISSING' }],
    ['is in a repository that cannot be', { repository: 'acme/web' }, { code: 'REPOSITORY_NOT_FOUND' }],
    ['is behind a key one may not use', { repository: 'locked-denied' }, { code: 'ENCRYPTION_KEY_UNAVAILABLE' }],
    ['is behind a key that is off', { repository: 'locked-disabled' }, { code: 'ENCRYPTION_KEY_UNAVAILABLE' }],
    ['is behind a key that is gone', { repository: 'locked-gone' }, { code: 'ENCRYPTION_KEY_UNAVAILABLE' }],
    ['is behind a key out of reach', { repository: 'locked-away' }, { code: 'ENCRYPTION_KEY_UNAVAILABLE' }],
  ])('that %s is refused with the reason', async (_, change, error) => {
    const request = { ...branch, ...change };
    expect(await codecommit.createBranch(stage.connection(keys.alice), request)).toMatchObject({ ok: false, error });
  });

  it.each([
    ['may only read', keys.bob, { code: 'SCOPE_MISSING', missing: ['codecommit:CreateBranch'] }],
    ['may do nothing', keys.carol, { code: 'SCOPE_MISSING', missing: ['codecommit:GetBranch'] }],
    ['has a key that is switched off', keys.aliceOff, { code: 'AUTH_INVALID' }],
    ['has a key nobody knows', { ...keys.alice, id: 'AKIAQQQQQQQQQQQQQQQQ' }, { code: 'AUTH_INVALID' }],
    ['has a wrong secret', { ...keys.alice, secret: keys.bob.secret }, { code: 'ACCESS_KEY_SECRET_WRONG' }],
  ])('by somebody who %s is refused with the reason', async (_, key, error) => {
    expect(await codecommit.createBranch(stage.connection(key), branch)).toMatchObject({ ok: false, error });
    expect(commitOf('DEMO-1-new')).toBe('');
  });

  it('outside what a policy opens is refused with the action that is missing', async () => {
    const request = { ...branch, repository: 'web.site-2_old', source: 'trunk' };
    expect(await codecommit.createBranch(stage.connection(keys.dave), request)).toEqual({
      ok: false,
      error: { code: 'SCOPE_MISSING', missing: ['codecommit:GetBranch'] },
    });
  });

  const typed = (type: string, message = 'Said by the service') => ({ status: 400, body: { __type: type, message } });

  it.each([
    ['the commit is gone meanwhile', typed('CommitDoesNotExistException'), { code: 'SOURCE_BRANCH_MISSING' }],
    [
      'a type comes with its namespace',
      typed('com.amazonaws.codecommit#BranchNameExistsException'),
      { code: 'BRANCH_EXISTS' },
    ],
    [
      'checks of the encryption fail',
      typed('EncryptionIntegrityChecksFailedException'),
      { code: 'ENCRYPTION_KEY_UNAVAILABLE' },
    ],
    ['the session has ended', typed('ExpiredTokenException'), { code: 'AUTH_EXPIRED' }],
    ['the key is not of this place', typed('OptInRequired'), { code: 'ACCESS_KEY_ELSEWHERE' }],
    ['the request came too late', typed('RequestExpired'), { code: 'CLOCK_SKEW' }],
    [
      'access is denied without a word why',
      typed('AccessDeniedException', 'No'),
      { code: 'PERMISSION_DENIED', said: 'No' },
    ],
    [
      'an action is denied that nobody asked for',
      typed('AccessDeniedException', 'User: x is not authorized to perform: codecommit:EvilText on resource: y'),
      { code: 'PERMISSION_DENIED', said: expect.stringMatching(/^User: x is not/) as string },
    ],
    [
      'there is a type nobody knows',
      typed('BrandNewException'),
      { code: 'REQUEST_REFUSED', status: 400, said: 'Said by the service' },
    ],
    ['there is no type at all', { status: 400, body: {} }, { code: 'REQUEST_REFUSED', status: 400 }],
    ['the service fails', { status: 500 }, { code: 'UNEXPECTED_ANSWER', status: 500 }],
    [
      'the service fails with a type',
      { status: 500, body: { __type: 'InternalFailure' } },
      { code: 'UNEXPECTED_ANSWER', status: 500 },
    ],
    ['a proxy answers with HTML', { html: true, status: 502 }, { code: 'SERVICE_UNAVAILABLE', status: 502 }],
    ['a sign-in page answers', { html: true, status: 200 }, { code: 'NOT_AN_API_ANSWER' }],
    [
      'a redirect answers',
      { status: 307, headers: { location: 'https://evil.example/' } },
      { code: 'NOT_AN_API_ANSWER' },
    ],
    ['the connection breaks', { reset: true }, { code: 'UNREACHABLE' }],
    [
      'the service asks to slow down',
      { rateLimit: 'primary' },
      { code: 'RATE_LIMITED', retryAt: expect.stringMatching(/^\d{4}-/) as string },
    ],
  ])('when %s is one write and an error that says so', async (_, fault, error) => {
    await stage.arm('CreateBranch', { ...fault, times: 'always' });
    expect(await codecommit.createBranch(stage.connection(keys.alice), branch)).toMatchObject({ ok: false, error });
    expect(writes()).toEqual(['CreateBranch']);
  });

  it.each([
    ['another shape', { status: 200, body: { hello: 'world' } }],
    ['no commit', { status: 200, body: { branch: { branchName: 'develop' } } }],
    ['text where an object belongs', { status: 200, body: { branch: 'develop' } }],
    ['nothing', { status: 200 }],
  ])('does not write when the source’s answer has %s', async (_, fault) => {
    await stage.arm('GetBranch', { ...fault, times: 'always' });
    expect(await codecommit.createBranch(stage.connection(keys.alice), branch)).toEqual({
      ok: false,
      error: { code: 'NOT_AN_API_ANSWER' },
    });
    expect(writes()).toEqual([]);
  });

  it('reads the source again when that fails for a moment', async () => {
    await stage.arm('GetBranch', { status: 503 });
    expect(await codecommit.createBranch(stage.connection(keys.alice), branch)).toMatchObject({ ok: true });
    expect(stage.operations()).toEqual(['GetBranch', 'GetBranch', 'CreateBranch']);
  });

  it('when the service hangs ends with the deadline', async () => {
    await stage.arm('CreateBranch', { hang: true });
    expect(await codecommit.createBranch(stage.connection(keys.alice, 1_500), branch)).toEqual({
      ok: false,
      error: { code: 'TIMEOUT' },
    });
  });

  it('after the deadline sends nothing', async () => {
    expect(await codecommit.createBranch(stage.connection(keys.alice, -1), branch)).toEqual({
      ok: false,
      error: { code: 'TIMEOUT' },
    });
    expect(stage.calls).toEqual([]);
  });

  it('whose answer was lost is read back: the branch is there, so it was created', async () => {
    stage.loseAnswersOf('CreateBranch');
    const commit = commitOf('develop');
    expect(await codecommit.createBranch(stage.connection(keys.alice), branch)).toEqual({
      ok: true,
      value: { name: branch.name, commit },
    });
    expect(stage.operations()).toEqual(['GetBranch', 'CreateBranch', 'GetBranch']);
  });

  it('that somebody else made elsewhere meanwhile is not taken for ours', async () => {
    const connection = stage.connection(keys.alice);
    await codecommit.createBranch(connection, { ...branch, source: 'main' });
    await stage.arm('CreateBranch', { reset: true });
    expect(await codecommit.createBranch(connection, branch)).toEqual({ ok: false, error: { code: 'UNREACHABLE' } });
  });
});

describe('AWS CodeCommit: deleting a branch', () => {
  const gone = { repository: 'web', name: 'feature/DEMO-1-login' };

  it('takes one request', async () => {
    expect(await codecommit.deleteBranch(stage.connection(keys.alice), gone)).toEqual({ ok: true, value: undefined });
    expect(stage.operations()).toEqual(['DeleteBranch']);
    expect(commitOf(gone.name)).toBe('');
  });

  it.each([
    ['that is not there', { name: 'gone' }, { code: 'BRANCH_MISSING' }],
    ['that is the default branch', { name: 'main' }, { code: 'BRANCH_PROTECTED' }],
    [
      'that a policy keeps',
      { name: 'release/1.0' },
      { code: 'ACCOUNT_POLICY_DENIED', policy: 'identity', said: expect.stringContaining('explicit deny') as string },
    ],
    ['whose name cannot be', { name: 'a..b' }, { code: 'BRANCH_NAME_REFUSED' }],
    ['of a repository that is gone', { repository: 'gone' }, { code: 'REPOSITORY_NOT_FOUND' }],
    ['of a repository that is locked', { repository: 'locked-disabled' }, { code: 'ENCRYPTION_KEY_UNAVAILABLE' }],
  ])('%s is refused with the reason', async (_, change, error) => {
    expect(await codecommit.deleteBranch(stage.connection(keys.alice), { ...gone, ...change })).toEqual({
      ok: false,
      error,
    });
  });

  it.each([
    ['may only read', keys.bob, { code: 'SCOPE_MISSING', missing: ['codecommit:DeleteBranch'] }],
    ['has a key that is switched off', keys.aliceOff, { code: 'AUTH_INVALID' }],
    ['has a wrong secret', { ...keys.alice, secret: keys.bob.secret }, { code: 'ACCESS_KEY_SECRET_WRONG' }],
  ])('by somebody who %s is refused with the reason', async (_, key, error) => {
    expect(await codecommit.deleteBranch(stage.connection(key), gone)).toMatchObject({ ok: false, error });
    expect(commitOf(gone.name)).not.toBe('');
  });

  it('whose answer was lost is read back: the branch is gone, so it was deleted', async () => {
    stage.loseAnswersOf('DeleteBranch');
    expect(await codecommit.deleteBranch(stage.connection(keys.alice), gone)).toEqual({ ok: true, value: undefined });
    expect(stage.operations()).toEqual(['DeleteBranch', 'GetBranch']);
  });

  it.each([
    ['the connection breaks', { reset: true }, { code: 'UNREACHABLE' }],
    ['the service fails', { status: 500 }, { code: 'UNEXPECTED_ANSWER', status: 500 }],
    ['a web page answers', { html: true, status: 200 }, { code: 'NOT_AN_API_ANSWER' }],
  ])('when %s is one write and an error: the branch is still there', async (_, fault, error) => {
    await stage.arm('DeleteBranch', { ...fault, times: 'always' });
    expect(await codecommit.deleteBranch(stage.connection(keys.alice), gone)).toMatchObject({ ok: false, error });
    expect(writes()).toEqual(['DeleteBranch']);
    expect(commitOf(gone.name)).not.toBe('');
  });
});
