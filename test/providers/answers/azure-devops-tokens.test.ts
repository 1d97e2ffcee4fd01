import type { PastedCredential } from '../../../src/domain/credential';
import type { EditionId } from '../../../src/domain/editions';
import type { Provider } from '../../../src/providers/provider';
import type { Reply, ScriptedService } from '../../support/scripted-service';
import {
  CHANGE,
  changed,
  connection,
  failure,
  heads,
  list,
  nameOf,
  openAzureDevOps,
  repository,
  says,
} from './azure-devops';

let service: ScriptedService;
let azureDevOps: Provider;

beforeAll(async () => {
  ({ azureDevOps } = await import('../../../src/providers/azure-devops'));
  service = await openAzureDevOps();
});
afterAll(() => service.close());

const WHO = 'GET /_apis/connectionData';
const REPOSITORIES = 'GET /_apis/git/repositories';
const PROBE = 'POST /Shop/_apis/git/repositories/id of web/refs';
const asked = () => service.asked.map(nameOf);
const one = (name: string, project = 'Shop', more: object = {}) => ({
  ...{ id: `id of ${name}`, name, project: { name: project } },
  ...more,
});
const user = (more: object = {}): Reply => ({
  body: { authenticatedUser: { id: 'id of alice', providerDisplayName: 'Alice Example', ...more } },
});
const mayNot = says(403, "TF400813: The user 'Alice' is not authorized to access this resource.");
const password: PastedCredential = { kind: 'password', user: 'bob', password: 'pä:ss' };

describe('A token of Azure DevOps', () => {
  const check = (credential?: PastedCredential, edition?: EditionId) =>
    azureDevOps.checkToken(connection(edition, credential));
  const known = (more: object = {}) => ({
    ok: true,
    value: {
      login: 'Alice Example',
      accountId: 'id of alice',
      expiresAt: 'unknown',
      missingScopes: [],
      bot: false,
      ...more,
    },
  });

  it('names its account, and is tried without a change', async () => {
    service.play({ [WHO]: user(), [REPOSITORIES]: list(one('web'), one('api')), [PROBE]: list() });
    expect(await check()).toEqual(known());
    expect(asked()).toEqual([WHO, REPOSITORIES, PROBE]);
    expect(service.asked[2]?.body).toEqual([]);
  });

  it.each<[string, Reply, Reply]>([
    ['read', mayNot, list()],
    ['write', list(one('web')), mayNot],
    ['read, without a word,', { status: 401, body: '' }, list()],
    ['write, without a word,', list(one('web')), { status: 401, body: '' }],
  ])('that may not %s code lacks what it needs', async (_, listed, tried) => {
    service.play({ [WHO]: user(), [REPOSITORIES]: listed, [PROBE]: tried });
    expect(await check()).toEqual(known({ missingScopes: ['Code (Read & write)'] }));
  });

  it('that is refused without a word is not refused where the service still names its account', async () => {
    const silent: Reply = {
      status: 401,
      headers: { 'www-authenticate': 'Basic realm="https://dev.azure.com/"' },
      body: '',
    };
    const request = { repository, name: 'DEMO-1', source: 'main', commit: 'a'.repeat(40) };
    service.play({ [CHANGE]: silent, [WHO]: user() });
    const lacks = failure('SCOPE_MISSING', { missing: ['Code (Read & write)'] });
    expect(await azureDevOps.createBranch(connection(), request)).toEqual(lacks);
    expect(asked()).toEqual([CHANGE, WHO]);
    service.play({ [heads()]: silent, [WHO]: user() });
    expect(await azureDevOps.listBranches(connection(), { repository, search: '' })).toEqual(lacks);
    const refused = failure('AUTH_INVALID', { organization: 'acme' });
    for (const who of [silent, user({ id: 'aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa' })]) {
      service.play({ [CHANGE]: silent, [WHO]: who });
      expect(await azureDevOps.createBranch(connection(), request)).toEqual(refused);
    }
    // A service that is down says nothing about the token.
    service.play({ [CHANGE]: silent, [WHO]: says(503, '') });
    expect(await azureDevOps.createBranch(connection(), request)).toEqual(failure('REQUEST_REFUSED', { status: 401 }));
    // A password has no scopes.
    service.play({ [CHANGE]: silent, [WHO]: user() });
    expect(await azureDevOps.createBranch(connection('tfs-2015', password), request)).toEqual(failure('AUTH_INVALID'));
    expect(asked()).toEqual([CHANGE]);
  });

  it.each<[string, Reply, Reply]>([
    ['repositories are not listed', says(500, ''), mayNot],
    ['there is no repository', list(), mayNot],
    ['the one repository is disabled', list(one('web', 'Shop', { isDisabled: true })), mayNot],
    ['the request is refused for what it is', list(one('web')), says(400, 'Nothing to change')],
    ['the account may not write there', list(one('web')), says(403, 'TF401027')],
  ])('lacks nothing known where %s', async (_, listed, tried) => {
    service.play({ [WHO]: user(), [REPOSITORIES]: listed, [PROBE]: tried });
    expect(await check()).toEqual(known());
  });

  it.each<[string, object, string]>([
    ['', { Account: { $value: 'alice@acme.example' } }, 'alice@acme.example'],
    ['Alice', { Account: { $value: 'alice@acme.example' } }, 'Alice'],
    ['Alice', { Account: 'of another shape' }, 'Alice'],
  ])('of “%s” with %j belongs to %s', async (providerDisplayName, properties, login) => {
    service.play({ [WHO]: user({ providerDisplayName, properties }), [REPOSITORIES]: list() });
    expect(await check()).toEqual(known({ login }));
  });

  it('of an account with one name only is known by it', async () => {
    const properties = { Account: { $value: 'alice@acme.example' } };
    service.play({ [WHO]: user({ providerDisplayName: undefined, properties }), [REPOSITORIES]: list() });
    expect(await check()).toEqual(known({ login: 'alice@acme.example' }));
  });

  it.each<[string, Reply, object]>([
    ['unknown', says(401, ''), failure('AUTH_INVALID', { organization: 'acme' })],
    ['expired', says(401, 'The Personal Access Token used has expired.'), failure('AUTH_EXPIRED')],
    ['of another organization', mayNot, failure('AUTH_INVALID', { organization: 'acme' })],
    [
      'nobody’s',
      user({ id: 'aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa' }),
      failure('AUTH_INVALID', { organization: 'acme' }),
    ],
    ['nameless', user({ providerDisplayName: '' }), failure('AUTH_INVALID', { organization: 'acme' })],
    ['without names', user({ providerDisplayName: undefined }), failure('AUTH_INVALID', { organization: 'acme' })],
    ['answered by something else', { body: { hello: 'world' } }, failure('NOT_AN_API_ANSWER')],
    ['checked while the service fails', says(500, ''), failure('UNEXPECTED_ANSWER', { status: 500, reading: true })],
  ])('that is %s is refused, and nothing else is requested', async (_, reply, refused) => {
    service.play({ [WHO]: reply, [REPOSITORIES]: list() });
    expect(await check()).toEqual(refused);
    expect(asked()).toEqual([WHO]);
  });

  it('can’t be an access key, which goes nowhere', async () => {
    service.play({ [WHO]: user(), [REPOSITORIES]: list() });
    expect(await check({ kind: 'access-key', id: 'AKIA', secret: 's' })).toEqual(failure('AUTH_INVALID'));
    expect(asked()).toEqual([]);
  });

  it('has no scopes if it is a password', async () => {
    service.play({ [WHO]: user(), [REPOSITORIES]: list(one('web')), [PROBE]: mayNot });
    expect(await check(password, 'tfs-2015')).toEqual(known());
    expect(asked()).toEqual([WHO]);
  });
});

describe('A request to Azure DevOps', () => {
  const headers = async (credential?: PastedCredential) => {
    service.play({ [heads()]: list() });
    await azureDevOps.listBranches(connection('azure-devops', credential), { repository, search: '' });
    return service.asked[0]?.headers;
  };
  const decoded = (authorization = '') => Buffer.from(authorization.replace(/^Basic /, ''), 'base64').toString();

  it.each<[string, PastedCredential | undefined, string]>([
    ['a token as a password', undefined, 'PAT:pat-of-alice'],
    ['a person’s own password', password, 'bob:pä:ss'],
  ])('carries %s, and wants no sign-in page', async (_, credential, signed) => {
    const sent = await headers(credential);
    expect(sent?.['authorization']).toMatch(/^Basic /);
    expect(decoded(sent?.['authorization'])).toBe(signed);
    expect(sent?.['x-tfs-fedauthredirect']).toBe('Suppress');
    expect(sent?.['user-agent']).toBe('undersigned-for-jira');
  });

  it('names the type of its body, if it has one', async () => {
    expect(await headers()).not.toHaveProperty('content-type');
    service.play({ [heads('old')]: list({ name: 'refs/heads/old', objectId: 'a'.repeat(40) }), [PROBE]: changed() });
    await azureDevOps.deleteBranch(connection(), { repository, name: 'old' });
    expect(service.asked[1]?.headers['content-type']).toBe('application/json; charset=utf-8');
  });
});

describe('Owners at Azure DevOps', () => {
  const owners = (edition?: EditionId) => azureDevOps.findOwners(connection(edition));

  it('are the projects of visible repositories, once each, by name', async () => {
    const seen = [one('web'), one('api'), one('x', 'Über'), one('x', 'Back Office'), one('x', 'zoo')];
    service.play({ [REPOSITORIES]: list(...seen, one('x', 'Attic', { isDisabled: true })) });
    expect(await owners()).toEqual({ ok: true, value: ['Back Office', 'Shop', 'Über', 'zoo'] });
    expect(asked()).toEqual([REPOSITORIES]);
  });

  it('are requested in the version that every server knows', async () => {
    service.play({ [REPOSITORIES]: list() });
    expect(await owners('azure-devops-server-2022')).toEqual({ ok: true, value: [] });
    expect(service.asked[0]?.headers['accept']).toBe('application/json;api-version=1.0');
  });

  it('are a hundred at most', async () => {
    const names = Array.from({ length: 101 }, (_, at) => `p${1000 + at}`);
    service.play({ [REPOSITORIES]: list(...names.map((name) => one('x', name))) });
    expect(await owners()).toEqual({ ok: true, value: names.slice(0, 100) });
  });

  it('are unknown where nothing can be listed', async () => {
    service.play({ [REPOSITORIES]: says(401, ''), [WHO]: says(401, '') });
    expect(await owners()).toEqual(failure('AUTH_INVALID', { organization: 'acme' }));
  });
});
