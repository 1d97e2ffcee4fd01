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

const REF = 'POST /repos/acme/web/git/refs';
/** What a REST call gets: the one that makes a branch at a commit that is known, so nothing else is asked. */
async function afterRest(reply: Reply) {
  service.play({ [REF]: reply, 'GET /repos/acme/web': reply });
  return github.createBranch(connection(), { repository, name: 'new', source: 'main', commit: 'a'.repeat(40) });
}
/** What a question in GraphQL gets. */
async function afterGraphql(error: object, headers: Record<string, string> = {}) {
  service.play({ 'POST /graphql': { headers, body: { data: null, errors: [error] } } });
  return github.listBranches(connection(), { repository, search: '' });
}
const says = (status: number, message: string, headers: Record<string, string> = {}): Reply => ({
  status,
  headers,
  body: { message },
});
const inMs = (answer: any) => Date.parse(answer.error.retryAt) - Date.now();

describe('What GitHub refuses', () => {
  it.each([
    [401, 'Bad credentials', 'AUTH_INVALID'],
    [403, 'Repository was archived so is read-only.', 'REPOSITORY_ARCHIVED'],
    [403, 'Sorry. Your account was suspended.', 'ACCOUNT_BLOCKED'],
    [403, 'Resource protected by organization SAML enforcement.', 'SSO_REQUIRED'],
    [403, 'Must have admin rights to Repository.', 'PERMISSION_DENIED'],
    [404, 'Not Found', 'REPOSITORY_NOT_FOUND'],
    [409, 'Git Repository is EMPTY.', 'REPOSITORY_EMPTY'],
    [422, 'Reference already exists', 'BRANCH_EXISTS'],
    [422, 'Reference does not exist', 'BRANCH_MISSING'],
    [409, 'Reference already exists', 'BRANCH_EXISTS'],
    [422, 'refs/heads/a..b is not a valid ref name.', 'BRANCH_NAME_REFUSED'],
    [422, 'Reference name is not a valid reference', 'BRANCH_NAME_REFUSED'],
    [422, 'You must be a collaborator', 'PERMISSION_DENIED'],
    [422, 'No commits between main and new', 'PULL_REQUEST_WITHOUT_COMMITS'],
  ])('%i “%s” is %s', async (status, message, code) => {
    expect(await afterRest(says(status, message))).toEqual(failure(code));
  });

  it.each([
    [422, 'Reference update failed'],
    [422, 'Repository rule violations found'],
    [422, 'Cannot update this protected ref.'],
    [422, 'Cannot delete the default branch'],
  ])('%i “%s” is a rule', async (status, message) => {
    expect(await afterRest(says(status, message))).toEqual(failure('BRANCH_PROTECTED'));
  });

  it.each([
    [500, 'oops'],
    [418, 'teapot'],
    [422, 'Validation Failed'],
    [409, 'Conflict'],
    [400, 'rate limit'],
  ])('%i “%s” is nothing we know', async (status, message) => {
    expect(await afterRest(says(status, message))).toEqual(failure('UNEXPECTED_ANSWER', { status }));
  });

  it.each([
    [
      'Although you appear to have the correct authorization credentials, the `acme-fort` organization has an IP allow list enabled',
      'IP_BLOCKED',
      'acme-fort',
    ],
    ["'acme' forbids access via a fine-grained personal access token", 'TOKEN_KIND_REFUSED', 'acme'],
    ['`acme` forbids access via a personal access token (classic).', 'TOKEN_KIND_REFUSED', 'acme'],
    ['The "acme" organization has enabled or enforced SAML SSO.', 'SSO_REQUIRED', 'acme'],
    ['An IP allow list is enabled', 'IP_BLOCKED', undefined],
    ['personal access token (classic) not allowed', 'TOKEN_KIND_REFUSED', undefined],
  ])('“%s” names the organization where it does', async (message, code, organization) => {
    expect(await afterRest(says(403, message))).toEqual(
      failure(code, organization === undefined ? {} : { organization }),
    );
  });

  it('names what a token may not', async () => {
    const message = 'Resource not accessible by personal access token';
    const headers = { 'x-accepted-github-permissions': 'contents=write,pull_requests=read; administration=write' };
    expect(await afterRest(says(403, message, headers))).toEqual(
      failure('SCOPE_MISSING', { missing: ['contents: write', 'pull_requests: read', 'administration: write'] }),
    );
    expect(await afterRest(says(403, message))).toEqual(failure('SCOPE_MISSING', { missing: [] }));
    for (const status of [403, 404]) {
      const lacks = await afterRest(says(status, 'No', { 'x-oauth-scopes': 'read:user' }));
      expect(lacks).toEqual(failure('SCOPE_MISSING', { missing: ['repo'] }));
    }
    expect(await afterRest(says(403, 'No', { 'x-oauth-scopes': 'gist, repo' }))).toEqual(failure('PERMISSION_DENIED'));
  });

  it.each([403, 404])('leads to where a token is approved for single sign-on: %i', async (status) => {
    const url = 'https://github.com/orgs/acme-secure/sso?authorization_request=x';
    const headers = { 'x-github-sso': `required; url=${url}` };
    expect(await afterRest(says(status, 'No', headers))).toEqual(
      failure('SSO_REQUIRED', { url, organization: 'acme-secure' }),
    );
    expect(await afterRest(says(status, 'No', { 'x-github-sso': 'required; url=https://github.com/sso' }))).toEqual(
      failure('SSO_REQUIRED', { url: 'https://github.com/sso' }),
    );
    expect(await afterRest(says(status, 'No', { 'x-github-sso': 'required' }))).toEqual(failure('SSO_REQUIRED'));
    const partial = await afterRest(says(status, 'No', { 'x-github-sso': `partial-results; url=${url}` }));
    expect(partial).toEqual(failure(status === 403 ? 'PERMISSION_DENIED' : 'REPOSITORY_NOT_FOUND'));
  });
});

describe('When GitHub may be asked again', () => {
  it.each([
    ['after as many seconds as it says', 429, { 'retry-after': '30' }, 30_000],
    ['a day at most, whatever it says', 429, { 'retry-after': '9'.repeat(20) }, 86_400_000],
    [
      'after as many seconds as it says, whatever else',
      403,
      { 'retry-after': '30', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '9999999999' },
      30_000,
    ],
    ['after a minute where it does not say', 429, {}, 60_000],
    [
      'after a minute while something remains',
      429,
      { 'x-ratelimit-remaining': '5', 'x-ratelimit-reset': '9999999999' },
      60_000,
    ],
    ['after a minute where it names no time', 403, { 'x-ratelimit-remaining': '0' }, 60_000],
  ])('is %s', async (_, status, headers, ms) => {
    const answer = await afterRest(says(status, 'slow down', headers));
    expect(answer).toMatchObject(failure('RATE_LIMITED'));
    expect(Math.abs(inMs(answer) - ms)).toBeLessThan(5_000);
  });

  it('is when nothing counts any more, where nothing remains', async () => {
    const reset = Math.floor(Date.now() / 1000) + 1_000;
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(reset) };
    const answer = await afterRest(says(403, 'API limit', headers));
    expect(answer).toEqual(failure('RATE_LIMITED', { retryAt: new Date(reset * 1000).toISOString() }));
  });

  it('is said in words too', async () => {
    expect(await afterRest(says(403, 'You have exceeded a secondary rate limit'))).toMatchObject(
      failure('RATE_LIMITED'),
    );
  });
});

describe('What GitHub refuses in GraphQL', () => {
  it.each([
    [{ type: 'NOT_FOUND', message: 'Could not resolve' }, failure('REPOSITORY_NOT_FOUND')],
    [{ type: 'FORBIDDEN', message: 'Resource protected by organization SAML enforcement.' }, failure('SSO_REQUIRED')],
    [{ type: 'FORBIDDEN', message: 'No' }, failure('PERMISSION_DENIED')],
    [{ type: 'INSUFFICIENT_SCOPES', message: 'No' }, failure('SCOPE_MISSING', { missing: ['repo'] })],
    [{ type: 'SOMETHING', message: 'else' }, failure('UNEXPECTED_ANSWER', { status: 200 })],
    [{ message: 'untyped' }, failure('UNEXPECTED_ANSWER', { status: 200 })],
  ])('%j is %j', async (error, refused) => {
    expect(await afterGraphql(error)).toEqual(refused);
  });

  it.each(['RATE_LIMITED', 'RATE_LIMIT'])('%s says when to ask again', async (type) => {
    const answer = await afterGraphql({ type, message: '' }, { 'Retry-After': '30' });
    expect(answer).toMatchObject(failure('RATE_LIMITED'));
    expect(Math.abs(inMs(answer) - 30_000)).toBeLessThan(5_000);
  });

  it('takes the scopes of the token into account', async () => {
    const lacks = failure('SCOPE_MISSING', { missing: ['repo'] });
    expect(await afterGraphql({ type: 'NOT_FOUND', message: '' }, { 'x-oauth-scopes': 'gist' })).toEqual(lacks);
  });
});

describe('What is thrown that is no answer', () => {
  it('is thrown on', async () => {
    const { problemOf } = await import('../../../src/providers/github/errors');
    const bug = new TypeError('undefined is not a function');
    expect(() => problemOf(bug)).toThrow(bug);
    expect(() => problemOf({ status: 500 })).toThrow();
  });

  it('is no error of GitHub’s in any shape', async () => {
    expect(await afterRest({ status: 422, body: '"text"' })).toEqual(failure('UNEXPECTED_ANSWER', { status: 422 }));
    expect(await afterRest({ status: 422, body: { message: 7, errors: 'none' } })).toEqual(
      failure('UNEXPECTED_ANSWER', { status: 422 }),
    );
    const errors = [{ message: 'Reference already exists' }, { field: 'ref' }];
    expect(await afterRest({ status: 422, body: { errors } })).toEqual(failure('BRANCH_EXISTS'));
  });
});
