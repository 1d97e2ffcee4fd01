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
/** The outcome of a REST call: it makes a branch at a known commit, so it is the only request. */
async function afterRest(reply: Reply) {
  service.play({ [REF]: reply, 'GET /repos/acme/web': reply });
  return github.createBranch(connection(), { repository, name: 'new', source: 'main', commit: 'a'.repeat(40) });
}
/** The outcome of a GraphQL query. */
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
    [418, 'teapot'],
    [422, 'Validation Failed'],
    [409, 'Conflict'],
    [400, 'rate limit'],
    [403, 'Computer says no'],
  ])('%i “%s” is a definite no, in its own words', async (status, message) => {
    expect(await afterRest(says(status, message))).toEqual(failure('REQUEST_REFUSED', { status, said: message }));
  });

  it('500 “oops” leaves the outcome unknown', async () => {
    expect(await afterRest(says(500, 'oops'))).toEqual(failure('UNEXPECTED_ANSWER', { status: 500, said: 'oops' }));
  });

  it('says in its own words what an account has to do first', async () => {
    const said = 'Sorry. Your account was suspended.';
    expect(await afterRest(says(403, said))).toEqual(failure('ACCOUNT_BLOCKED', { said }));
  });

  it.each([
    [
      'Although you appear to have the correct authorization credentials, the `acme-fort` organization has an IP allow list enabled',
      'IP_BLOCKED',
      'acme-fort',
    ],
    ['The "acme" organization has enabled or enforced SAML SSO.', 'SSO_REQUIRED', 'acme'],
    ['An IP allow list is enabled', 'IP_BLOCKED', undefined],
  ])('“%s” names the organization where it does', async (message, code, organization) => {
    expect(await afterRest(says(403, message))).toEqual(
      failure(code, organization === undefined ? {} : { organization }),
    );
  });

  // Texts: NixOS/org#247, git-town/git-town#4609.
  it.each([
    [
      "The 'acme' organization forbids access via a fine-grained personal access tokens if the token's lifetime is greater than 366 days. Please adjust your token's lifetime at the following URL: https://github.com/settings/personal-access-tokens/4711",
      failure('TOKEN_LIFETIME_TOO_LONG', {
        ...{ days: 366, organization: 'acme', url: 'https://github.com/settings/personal-access-tokens/4711' },
      }),
    ],
    [
      "The 'big-corp' enterprise forbids access via a personal access token (classic) if the token's lifetime is greater than 30 days.",
      failure('TOKEN_LIFETIME_TOO_LONG', { days: 30, organization: 'big-corp' }),
    ],
    [
      '`acme` forbids access via a personal access token (classic). Please use a GitHub App, OAuth App, or a personal access token with fine-grained permissions.',
      failure('TOKEN_KIND_REFUSED', { refused: 'classic', organization: 'acme' }),
    ],
    [
      "'acme' forbids access via a fine-grained personal access token",
      failure('TOKEN_KIND_REFUSED', { refused: 'fine-grained', organization: 'acme' }),
    ],
    [
      '`acme` forbids access via a personal access token with fine-grained permissions. Please use a GitHub App, or an OAuth App.',
      failure('TOKEN_KIND_REFUSED', { refused: 'all', organization: 'acme' }),
    ],
    ['personal access token (classic) not allowed', failure('TOKEN_KIND_REFUSED', { refused: 'classic' })],
  ])('“%s” is a policy about tokens', async (message, refused) => {
    expect(await afterRest(says(403, message))).toEqual(refused);
  });

  // Texts: github/github-mcp-server#3081, SWE-agent/SWE-agent#179, github/gh-gei#597.
  it.each([
    [
      422,
      'Repository rule violations found\n\nBranch name must match a given regex pattern: ^(feature|bugfix)/.*',
      { code: 'BRANCH_NAME_RULE', pattern: '^(feature|bugfix)/.*' },
    ],
    [422, 'Branch name must match pattern feature/*', { code: 'BRANCH_NAME_RULE', pattern: 'feature/*' }],
    [422, 'Branch name must start with a matching pattern: team-', { code: 'BRANCH_NAME_RULE', pattern: 'team-*' }],
    [
      422,
      'Branch name must not contain a matching pattern: wip',
      { code: 'BRANCH_NAME_RULE', said: 'Branch name must not contain a matching pattern: wip' },
    ],
    [422, 'Repository rule violations found\n\nCommits must have verified signatures.\n\n', { code: 'SIGNATURE_RULE' }],
    [422, 'Draft pull requests are not supported in this repository.', { code: 'DRAFTS_UNAVAILABLE' }],
    [403, 'Repository has been locked for migration.', { code: 'REPOSITORY_LOCKED' }],
    [403, 'Repository is disabled', { code: 'REPOSITORY_DISABLED', said: 'Repository is disabled' }],
    [451, 'Repository access blocked', { code: 'REPOSITORY_DISABLED', said: 'Repository access blocked' }],
    [
      422,
      'refusing to allow a Personal Access Token to create or update workflow `.github/workflows/ci.yml` without `workflow` scope',
      { code: 'SCOPE_MISSING', missing: ['workflow'] },
    ],
    [
      422,
      'Repository rule violations found\n\nChanges must be made through a pull request.',
      {
        code: 'BRANCH_PROTECTED',
        said: 'Repository rule violations found Changes must be made through a pull request.',
      },
    ],
  ])('%i “%s” is what it says', async (status, message, error) => {
    expect(await afterRest(says(status, message))).toEqual({ ok: false, error });
  });

  it('a rule in the details of a validation is read as well', async () => {
    const body = { message: 'Validation Failed', errors: [{ message: 'Branch name must match pattern feature/*' }] };
    expect(await afterRest({ status: 422, body })).toEqual(failure('BRANCH_NAME_RULE', { pattern: 'feature/*' }));
  });

  it('a token of an app belongs to a machine in the check of its owner, and lacks a right elsewhere', async () => {
    const refused = says(403, 'Resource not accessible by integration');
    service.play({ 'GET /user': refused });
    expect(await github.checkToken(connection())).toEqual(failure('BOT_TOKEN'));
    expect(await afterRest(refused)).toEqual(failure('SCOPE_MISSING', { missing: [] }));
  });

  it('a 404 to somebody who may push is a missing scope for workflows where the classic token lacks it', async () => {
    const headers = { 'x-oauth-scopes': 'repo' };
    const seen = (push: boolean, scopes: string): Reply => ({
      ...{ headers: { 'x-oauth-scopes': scopes }, body: { full_name: 'acme/web', permissions: { push } } },
    });
    const create = (repositoryAnswer: Reply) => {
      service.play({ [REF]: says(404, 'Not Found', headers), 'GET /repos/acme/web': repositoryAnswer });
      return github.createBranch(connection(), { repository, name: 'new', source: 'main', commit: 'a'.repeat(40) });
    };
    expect(await create(seen(true, 'repo'))).toEqual(failure('SCOPE_MISSING', { missing: ['workflow'] }));
    expect(await create(seen(true, 'repo, workflow'))).toEqual(failure('PERMISSION_DENIED'));
    expect(await create(seen(false, 'repo'))).toEqual(failure('PERMISSION_DENIED'));
    // Deleting needs no such scope.
    const gone = 'DELETE /repos/acme/web/git/refs/heads/old';
    service.play({ [gone]: says(404, 'Not Found', headers), 'GET /repos/acme/web': seen(true, 'repo') });
    const deleted = await github.deleteBranch(connection(), { repository, name: 'old' });
    expect(deleted).toEqual(failure('PERMISSION_DENIED'));
  });

  it.each([
    [404, 'Not Found', 'REPOSITORY_NOT_FOUND'],
    [403, 'Must have push access to repository', 'PERMISSION_DENIED'],
    [410, 'Gone', 'REQUEST_REFUSED'],
    [422, 'Validation Failed', 'REQUEST_REFUSED'],
  ])('%i “%s” to a pull request says whether they are turned off there', async (status, message, otherwise) => {
    const request = { repository, source: 'new', target: 'main', title: 'T', description: '', draft: false };
    const open = (has_pull_requests: unknown) => {
      const body = { full_name: 'acme/web', has_pull_requests };
      service.play({ 'POST /repos/acme/web/pulls': says(status, message), 'GET /repos/acme/web': { body } });
      return github.createPullRequest(connection(), request);
    };
    expect(await open(false)).toEqual(failure('PULL_REQUESTS_DISABLED'));
    for (const has of [true, undefined, null])
      expect(await open(has)).toMatchObject({ ok: false, error: { code: otherwise } });
  });

  it.each([301, 307, 308])('%i to the number of a repository says under which name it is now', async (status) => {
    const moved: Reply = {
      status,
      headers: { location: 'https://api.github.com/repositories/515436299/git/refs' },
      body: {},
    };
    const toNumber: Reply = {
      status: 301,
      headers: { location: 'https://api.github.com/repositories/515436299' },
      body: {},
    };
    const known = {
      'GET /repos/acme/web': toNumber,
      'GET /repositories/515436299': { body: { full_name: 'acme/site' } },
    };
    const renamed = failure('REPOSITORY_MOVED', { newName: 'acme/site' });
    service.play({ [REF]: moved, ...known });
    expect(
      await github.createBranch(connection(), { repository, name: 'new', source: 'main', commit: 'a'.repeat(40) }),
    ).toEqual(renamed);
    service.play({ 'DELETE /repos/acme/web/git/refs/heads/old': moved, ...known });
    expect(await github.deleteBranch(connection(), { repository, name: 'old' })).toEqual(renamed);
    service.play({ 'POST /repos/acme/web/pulls': moved, ...known });
    const request = { repository, source: 'new', target: 'main', title: 'T', description: '', draft: false };
    expect(await github.createPullRequest(connection(), request)).toEqual(renamed);
    expect(service.asked.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  it('names what a token may not', async () => {
    const message = 'Resource not accessible by personal access token';
    const headers = { 'x-accepted-github-permissions': 'contents=write,pull_requests=read; administration=write' };
    expect(await afterRest(says(403, message, headers))).toEqual(
      failure('SCOPE_MISSING', { missing: ['contents: write', 'pull_requests: read'] }),
    );
    const workflow = { 'x-accepted-github-permissions': 'contents=write; contents=write,workflows=write' };
    expect(await afterRest(says(403, message, workflow))).toEqual(
      failure('SCOPE_MISSING', { missing: ['workflows: write'] }),
    );
    expect(await afterRest(says(403, message))).toEqual(failure('SCOPE_MISSING', { missing: [] }));
    for (const status of [403, 404]) {
      const lacks = await afterRest(says(status, 'No', { 'x-oauth-scopes': 'read:user' }));
      expect(lacks).toEqual(failure('SCOPE_MISSING', { missing: ['repo'] }));
    }
    expect(await afterRest(says(403, 'No', { 'x-oauth-scopes': 'gist, repo' }))).toEqual(
      failure('REQUEST_REFUSED', { status: 403, said: 'No' }),
    );
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
    expect(partial).toMatchObject(failure(status === 403 ? 'REQUEST_REFUSED' : 'REPOSITORY_NOT_FOUND'));
  });
});

describe('When a request to GitHub may be repeated', () => {
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

  it('is at the end of the window, where nothing remains', async () => {
    const reset = Math.floor(Date.now() / 1000) + 1_000;
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(reset) };
    const answer = await afterRest(says(403, 'API limit', headers));
    expect(answer).toEqual(failure('RATE_LIMITED', { retryAt: new Date(reset * 1000).toISOString() }));
  });

  it('is given in words, too', async () => {
    expect(await afterRest(says(403, 'You have exceeded a secondary rate limit'))).toMatchObject(
      failure('RATE_LIMITED'),
    );
  });
});

describe('What GitHub refuses in GraphQL', () => {
  it.each([
    [{ type: 'NOT_FOUND', message: 'Could not resolve' }, failure('REPOSITORY_NOT_FOUND')],
    [{ type: 'FORBIDDEN', message: 'Resource protected by organization SAML enforcement.' }, failure('SSO_REQUIRED')],
    [{ type: 'FORBIDDEN', message: 'No' }, failure('REQUEST_REFUSED', { status: 403, said: 'No' })],
    [{ type: 'INSUFFICIENT_SCOPES', message: 'No' }, failure('SCOPE_MISSING', { missing: ['repo'] })],
    [
      { type: 'SOMETHING', message: 'else' },
      failure('UNEXPECTED_ANSWER', { status: 200, reading: true, said: 'else' }),
    ],
    [{ message: 'untyped' }, failure('UNEXPECTED_ANSWER', { status: 200, reading: true, said: 'untyped' })],
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

describe('A thrown error that is no answer', () => {
  it('is thrown on', async () => {
    const { problemOf } = await import('../../../src/providers/github/errors');
    const bug = new TypeError('undefined is not a function');
    expect(() => problemOf(bug, { webUrl: 'https://github.com' })).toThrow(bug);
    expect(() => problemOf({ status: 500 }, { webUrl: 'https://github.com' })).toThrow();
  });

  it('is no error of GitHub’s in any shape', async () => {
    expect(await afterRest({ status: 422, body: '"text"' })).toEqual(failure('REQUEST_REFUSED', { status: 422 }));
    expect(await afterRest({ status: 422, body: { message: 7, errors: 'none' } })).toEqual(
      failure('REQUEST_REFUSED', { status: 422 }),
    );
    const errors = [{ message: 'Reference already exists' }, { field: 'ref' }];
    expect(await afterRest({ status: 422, body: { errors } })).toEqual(failure('BRANCH_EXISTS'));
  });
});
