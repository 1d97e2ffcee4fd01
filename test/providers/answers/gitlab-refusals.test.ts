import { gitlab } from '../../../src/providers/gitlab';
import { problemOf } from '../../../src/providers/gitlab/errors';
import type { Reply, ScriptedService } from '../../support/scripted-service';
import { branches, connection, failure, openGitLab, repository, says } from './gitlab';

let service: ScriptedService;
beforeAll(async () => {
  service = await openGitLab();
});
afterAll(() => service.close());

/** The outcome of a call: a read, because no request follows it. */
async function after(reply: Reply) {
  service.play({ [`GET ${branches}`]: reply });
  return gitlab.listBranches(connection(), { repository, search: '' });
}
const SCOPE = 'The request requires higher privileges than provided by the access token.';
const scopes = (...missing: string[]) => ({ code: 'SCOPE_MISSING', missing });
const granular = (error_description?: string) => ({ error: 'insufficient_granular_scope', error_description });
const conflict = (name: string) => ({ code: 'BRANCH_NAME_CONFLICT', conflict: name });

describe('What GitLab refuses', () => {
  it.each<[number, unknown, string]>([
    [401, { message: '401 Unauthorized' }, 'AUTH_INVALID'],
    [401, { error: 'invalid_token', error_description: 'Bad Access Token.' }, 'AUTH_INVALID'],
    [401, { error: 'invalid_token', error_description: 'Token is expired. You can either do …' }, 'AUTH_EXPIRED'],
    [401, { error: 'invalid_token', error_description: 'Token was revoked. You have to …' }, 'AUTH_INVALID'],
    [401, { error: 'dpop_error', error_description: 'DPoP header is missing' }, 'TOKEN_KIND_REFUSED'],
    [403, { message: '403 Forbidden' }, 'PERMISSION_DENIED'],
    [404, { message: '404 Project Not Found' }, 'REPOSITORY_NOT_FOUND'],
    [404, { message: '404 Repository Not Found' }, 'REPOSITORY_NOT_FOUND'],
    [404, { error: '404 Not Found' }, 'REPOSITORY_NOT_FOUND'],
    [404, { message: '404 Branch Not Found' }, 'BRANCH_MISSING'],
    [404, { message: 'No such branch' }, 'BRANCH_MISSING'],
    [405, { message: 'You dont have push access to repo' }, 'PERMISSION_DENIED'],
    [405, { message: 'Protected branch cant be removed' }, 'BRANCH_PROTECTED'],
    [405, { message: 'Cannot remove HEAD branch' }, 'BRANCH_PROTECTED'],
    [408, { message: '408 Request Timeout' }, 'TIMEOUT'],
    [400, { message: 'Branch already exists' }, 'BRANCH_EXISTS'],
    [400, { message: ['Branch already exists'] }, 'BRANCH_EXISTS'],
    [400, { message: { base: ['Branch already exists'] } }, 'BRANCH_EXISTS'],
    [400, { message: { base: 'Branch already exists' } }, 'BRANCH_EXISTS'],
    [422, { message: [3, null, 'Branch already exists'] }, 'BRANCH_EXISTS'],
    [400, { message: 'Branch name is invalid' }, 'BRANCH_NAME_REFUSED'],
    [400, { message: 'The branch refname is invalid' }, 'BRANCH_NAME_REFUSED'],
    [
      400,
      { message: 'You cannot create a branch with a 40-character hexadecimal branch name.' },
      'BRANCH_NAME_REFUSED',
    ],
    [400, { message: "Failed to create branch 'x': invalid reference name 'y'" }, 'SOURCE_BRANCH_MISSING'],
    [400, { message: 'Invalid reference name: x' }, 'SOURCE_BRANCH_MISSING'],
    [400, { message: 'Ref is missing' }, 'SOURCE_BRANCH_MISSING'],
    [409, { message: { source_branch: ['does not exist'] } }, 'SOURCE_BRANCH_MISSING'],
    [422, { message: ['Source branch "x" does not exist'] }, 'SOURCE_BRANCH_MISSING'],
    [422, { message: ['Target branch "main" does not exist'] }, 'TARGET_BRANCH_MISSING'],
    [400, { message: 'You are not allowed to create protected branches on this project.' }, 'BRANCH_PROTECTED'],
    [400, { message: 'You can only delete protected branches using the web interface.' }, 'BRANCH_PROTECTED'],
    [400, { message: 'The default branch of a project cannot be deleted.' }, 'BRANCH_PROTECTED'],
  ])('%i %j is %s', async (status, body, code) => {
    expect(await after({ status, body })).toEqual(failure(code));
  });

  it.each([
    'Your account has been blocked.',
    'Your account has been deactivated by your administrator.',
    'Your primary email address is not confirmed.',
    'Your account is pending approval from your GitLab administrator.',
    'You must accept the Terms of Service in order to perform this action.',
    'Your password expired. Please access GitLab from a web browser to update your password.',
    'Your account is locked.',
  ])('is solved in a browser: “%s”', async (reason) => {
    const said = `403 Forbidden - ${reason}`;
    expect(await after(says(403, said))).toEqual(failure('ACCOUNT_BLOCKED', { said }));
  });

  it.each([
    [{ error: 'insufficient_scope', error_description: SCOPE, scope: 'api' }, scopes('api')],
    [granular('Access denied: … permissions: [Branch: Create, Code: Read].'), scopes('Branch: Create', 'Code: Read')],
    [granular('Access denied: … permissions: [ Branch: Create,, ].'), scopes('Branch: Create')],
    [granular('Access denied: … permissions: [].'), scopes()],
    [granular(), scopes()],
  ])('%j names what a token may not', async (body, error) => {
    expect(await after({ status: 403, body })).toEqual({ ok: false, error });
  });

  it.each([
    ["Failed to create branch 'fix/a': Branch name conflicts with existing branch hierarchy.", conflict('')],
    ['reference conflict', conflict('')],
    [
      "13:cannot lock ref 'refs/heads/fix/a': 'refs/heads/fix' exists; cannot create 'refs/heads/fix/a'",
      conflict('fix'),
    ],
    ["cannot lock ref 'refs/heads/f': 'refs/heads/f/a-b' exists; cannot create 'refs/heads/f'", conflict('f/a-b')],
  ])('“%s” is a conflict with a branch', async (message, error) => {
    expect(await after(says(400, message))).toEqual({ ok: false, error });
  });

  it.each<[number, unknown, string]>([
    [418, null, ''],
    [413, { message: 'Branch already exists' }, 'Branch already exists'],
    [400, {}, ''],
    [400, { error: 'branch is missing' }, 'branch is missing'],
    [403, { message: '403 Forbidden - Computer says no' }, '403 Forbidden - Computer says no'],
    [409, { message: 3 }, ''],
    [422, { message: [3, null], error: null }, ''],
    [422, { message: { base: 3 } }, ''],
    [422, 'null', ''],
    [422, '"Branch already exists"', ''],
  ])('%i %j is a refusal that GitLab explains itself', async (status, body, said) => {
    const own = said === '' ? {} : { said };
    expect(await after({ status, body })).toEqual(failure('REQUEST_REFUSED', { status, ...own }));
  });

  it('is no refusal when the server crashed', async () => {
    const broken = says(500, '500 Internal Server Error');
    const said = '500 Internal Server Error';
    expect(await after(broken)).toEqual(failure('UNEXPECTED_ANSWER', { status: 500, reading: true, said }));
  });

  it.each([401, 403, 404, 405])('%i without a word is not GitLab’s', async (status) => {
    expect(await after({ status, body: '<html>Sign in</html>' })).toEqual(
      failure('NOT_AN_API_ANSWER', { status, said: 'Sign in' }),
    );
    expect(await after({ status, body: { message: '', error: '' } })).toEqual(failure('NOT_AN_API_ANSWER', { status }));
  });

  it('may be nested too deep', async () => {
    const body = `{"message":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    expect(await after({ status: 422, body })).toEqual(failure('REQUEST_REFUSED', { status: 422 }));
  });

  it('differs from a mistake of ours, which is thrown on', () => {
    const mistake = new RangeError('a mistake of ours');
    expect(() => problemOf(mistake)).toThrow(mistake);
  });
});

describe('When a request to GitLab may be repeated', () => {
  const seconds = (from: number) => String(Math.floor(Date.now() / 1000) + from);
  const MINUTE = 60_000;

  it.each<[string, Record<string, string>, number]>([
    ['as many seconds as it says', { 'retry-after': '30' }, 30_000],
    ['those seconds, whatever else it says', { 'retry-after': '30', 'ratelimit-reset': seconds(300) }, 30_000],
    ['a minute where it does not say', {}, MINUTE],
    ['a minute where it says no time', { 'retry-after': 'later', 'ratelimit-reset': 'soon' }, MINUTE],
    ['a minute where the time has passed', { 'retry-after': '0', 'ratelimit-reset': seconds(-300) }, MINUTE],
    ['a day at most', { 'retry-after': '9'.repeat(40) }, 24 * 60 * MINUTE],
    ['a minute where it says no number', { 'retry-after': '9'.repeat(400) }, MINUTE],
    ['a day at most, too', { 'ratelimit-reset': '9'.repeat(20) }, 24 * 60 * MINUTE],
  ])('is after %s', async (_, headers, ms) => {
    const answer: any = await after({ status: 429, headers, body: 'Retry later' });
    expect(answer).toMatchObject(failure('RATE_LIMITED'));
    expect(Math.abs(Date.parse(answer.error.retryAt) - Date.now() - ms)).toBeLessThan(5_000);
  });

  it('is at GitLab’s next window', async () => {
    const reset = seconds(1_000);
    const retryAt = new Date(Number(reset) * 1000).toISOString();
    expect(await after(says(429, 'Retry later', { 'ratelimit-reset': reset }))).toEqual(
      failure('RATE_LIMITED', { retryAt }),
    );
  });
});
