import { gitlab as provider } from '../../../src/providers/gitlab';
import { problemOf, ServiceRefusal, textOf } from '../../../src/providers/gitlab/errors';
import { tokens } from '../../support/gitlab-world';
import { kinds, useInstallation } from './connected';

const problem = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  problemOf(new ServiceRefusal(status, headers, body));

const SCOPE = 'The request requires higher privileges than provided by the access token.';

describe('GitLab: a refusal', () => {
  it.each([
    [401, { message: '401 Unauthorized' }, { code: 'AUTH_INVALID' }],
    [401, { error: 'invalid_token', error_description: 'Bad Access Token.' }, { code: 'AUTH_INVALID' }],
    [
      401,
      {
        error: 'invalid_token',
        error_description: 'Token is expired. You can either do re-authorization or token refresh.',
      },
      { code: 'AUTH_EXPIRED' },
    ],
    [
      401,
      { error: 'invalid_token', error_description: 'Token was revoked. You have to re-authorize from the user.' },
      { code: 'AUTH_INVALID' },
    ],
    [401, { error: 'dpop_error', error_description: 'DPoP header is missing' }, { code: 'TOKEN_KIND_REFUSED' }],
    [401, {}, { code: 'NOT_AN_API_ANSWER' }],
    [
      403,
      { error: 'insufficient_scope', error_description: SCOPE, scope: 'api' },
      { code: 'SCOPE_MISSING', missing: ['api'] },
    ],
    [
      403,
      {
        error: 'insufficient_granular_scope',
        error_description: 'Access denied: … lacks: [Branch: Create, Code: Read].',
      },
      { code: 'SCOPE_MISSING', missing: ['Branch: Create', 'Code: Read'] },
    ],
    [403, { error: 'insufficient_granular_scope' }, { code: 'SCOPE_MISSING', missing: [] }],
    [403, { message: '403 Forbidden' }, { code: 'PERMISSION_DENIED' }],
    [403, { message: '403 Forbidden - Your account has been blocked.' }, { code: 'ACCOUNT_BLOCKED' }],
    [403, {}, { code: 'NOT_AN_API_ANSWER' }],
    [404, {}, { code: 'NOT_AN_API_ANSWER' }],
    [404, { message: '404 Project Not Found' }, { code: 'REPOSITORY_NOT_FOUND' }],
    [404, { message: '404 Repository Not Found' }, { code: 'REPOSITORY_NOT_FOUND' }],
    [404, { message: '404 Branch Not Found' }, { code: 'BRANCH_MISSING' }],
    [404, { message: 'No such branch' }, { code: 'BRANCH_MISSING' }],
    [404, { error: '404 Not Found' }, { code: 'REPOSITORY_NOT_FOUND' }],
    [405, { message: 'You dont have push access to repo' }, { code: 'PERMISSION_DENIED' }],
    [408, { message: '408 Request Timeout' }, { code: 'TIMEOUT' }],
    [500, { message: '500 Internal Server Error' }, { code: 'UNEXPECTED_ANSWER', status: 500 }],
    [418, null, { code: 'UNEXPECTED_ANSWER', status: 418 }],
    [400, { message: 'Branch already exists' }, { code: 'BRANCH_EXISTS' }],
    [400, { message: ['Branch already exists'] }, { code: 'BRANCH_EXISTS' }],
    [400, { message: { base: ['Branch already exists'] } }, { code: 'BRANCH_EXISTS' }],
    [400, { message: 'Branch name is invalid' }, { code: 'BRANCH_NAME_REFUSED' }],
    [400, { message: 'The branch refname is invalid' }, { code: 'BRANCH_NAME_REFUSED' }],
    [
      400,
      { message: 'You cannot create a branch with a 40-character hexadecimal branch name.' },
      { code: 'BRANCH_NAME_REFUSED' },
    ],
    [400, { message: "Branch name does not follow the pattern '^DEMO-'" }, { code: 'BRANCH_NAME_REFUSED' }],
    [400, { message: "Failed to create branch 'x': invalid reference name 'y'" }, { code: 'SOURCE_BRANCH_MISSING' }],
    [400, { message: 'Invalid reference name: x' }, { code: 'SOURCE_BRANCH_MISSING' }],
    [400, { message: 'Ref is missing' }, { code: 'SOURCE_BRANCH_MISSING' }],
    [
      400,
      { message: "Failed to create branch 'fix/a': Branch name conflicts with existing branch hierarchy." },
      { code: 'BRANCH_NAME_CONFLICT', conflict: '' },
    ],
    [
      400,
      {
        message: "13:cannot lock ref 'refs/heads/fix/a': 'refs/heads/fix' exists; cannot create 'refs/heads/fix/a'",
      },
      { code: 'BRANCH_NAME_CONFLICT', conflict: 'fix' },
    ],
    [
      400,
      { message: 'You are not allowed to create protected branches on this project.' },
      { code: 'BRANCH_PROTECTED' },
    ],
    [400, { message: 'You can only delete protected branches using the web interface.' }, { code: 'BRANCH_PROTECTED' }],
    [400, { message: 'The default branch of a project cannot be deleted.' }, { code: 'BRANCH_PROTECTED' }],
    [400, { error: 'branch is missing' }, { code: 'UNEXPECTED_ANSWER', status: 400 }],
  ])('%i %j has its own reason', (status, body, error) => {
    expect(problem(status, body)).toEqual(error);
  });

  it('says when to try again, with or without headers and JSON', () => {
    const in30 = Date.now() + 30_000;
    const at = (headers: Record<string, string>) => {
      const error = problem(429, {}, headers);
      return error.code === 'RATE_LIMITED' ? Date.parse(error.retryAt ?? '') - Date.now() : 0;
    };
    expect(at({ 'retry-after': '30' })).toBeGreaterThan(29_000);
    expect(at({ 'ratelimit-reset': String(Math.ceil(in30 / 1000)) })).toBeGreaterThan(29_000);
    expect(at({ 'ratelimit-reset': '1' })).toBeGreaterThan(59_000);
    expect(at({ 'retry-after': 'later' })).toBeGreaterThan(59_000);
    expect(at({})).toBeGreaterThan(59_000);
  });

  it('is read in all shapes GitLab has for it', () => {
    expect(textOf({ message: 'a' })).toBe('a');
    expect(textOf({ message: ['a', 'b'] })).toBe('a\nb');
    expect(textOf({ message: { source_branch: ['does not exist'], title: 'x' } })).toBe(
      'source_branch does not exist\ntitle x',
    );
    expect(textOf({ error: 'a', error_description: 'b' })).toBe('a\nb');
    expect(['', 'a', 3, null, undefined, [], { message: 3 }].map(textOf)).toEqual(['', '', '', '', '', '', '']);
  });

  it('is no answer at all when something else was thrown', () => {
    expect(() => problemOf(new RangeError('a mistake of ours'))).toThrow('a mistake of ours');
  });
});

describe('GitLab: a server hook that says no in its own words', () => {
  const at = useInstallation(kinds[0]![1]);
  const hook = { status: 400, body: { message: 'GitLab: Computer says no (ticket 4711)' } };

  it('is a rule of the project, for a new branch and for one to delete', async () => {
    await at.gitlab.fault({ path: 'projects/acme%2Fweb/repository/*', times: 2, ...hook });
    const protectedBranch = { ok: false, error: { code: 'BRANCH_PROTECTED' } };
    const branch = { repository: 'acme/web', name: 'x', source: 'main' };
    expect(await provider.createBranch(at.as(tokens.alice), branch)).toEqual(protectedBranch);
    expect(await provider.deleteBranch(at.as(tokens.alice), branch)).toEqual(protectedBranch);
  });

  it('names the folder when GitLab does not say what is in the way, and nor does the list', async () => {
    const body = { message: "Failed to create branch 'fix/a': Branch name conflicts with existing branch hierarchy." };
    await at.gitlab.fault({ method: 'POST', path: 'projects/acme%2Fweb/repository/branches', status: 400, body });
    await at.gitlab.fault({ method: 'GET', path: 'projects/acme%2Fweb/repository/branches', status: 500 });
    const branch = { repository: 'acme/web', name: 'fix/a', source: 'main' };
    expect(await provider.createBranch(at.as(tokens.alice), branch)).toEqual({
      ok: false,
      error: { code: 'BRANCH_NAME_CONFLICT', conflict: 'fix' },
    });
  });

  it('stays a missing right when GitLab does not tell whether the project is archived', async () => {
    await at.gitlab.fault({ method: 'GET', path: 'projects/acme%2Fattic', status: 500 });
    const branch = { repository: 'acme/attic', name: 'x', source: 'main' };
    expect(await provider.createBranch(at.as(tokens.alice), branch)).toEqual({
      ok: false,
      error: { code: 'PERMISSION_DENIED' },
    });
  });
});
