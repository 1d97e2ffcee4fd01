import type { Provider } from '../../../src/providers/provider';
import type { Reply, ScriptedService } from '../../support/scripted-service';
import { connection, failure, heads, nameOf, OPEN, openAzureDevOps, repository, says } from './azure-devops';

let service: ScriptedService;
let azureDevOps: Provider;

beforeAll(async () => {
  ({ azureDevOps } = await import('../../../src/providers/azure-devops'));
  service = await openAzureDevOps();
});
afterAll(() => service.close());

/** The outcome of a write, which is sent once for any answer. */
async function afterWrite(reply: Reply) {
  service.play({ [OPEN]: reply });
  const request = { repository, source: 'fix', target: 'main', title: 'DEMO-1', description: '', draft: false };
  return azureDevOps.createPullRequest(connection(), request);
}
async function afterRead(reply: Reply) {
  service.play({ [heads()]: reply });
  return azureDevOps.listBranches(connection(), { repository, search: '' });
}
const mayNot = (name: string) => `TF400813: The user '${name}' is not authorized to access this resource.`;
const lacksScope = failure('SCOPE_MISSING', { missing: ['Code (Read & write)'] });
const expired = 'Access Denied: The Personal Access Token used has expired.';
const conditional = 'VS403463: The conditional access policy defined by your administrator has failed.';
const byPolicy = (said: string) => failure('IP_BLOCKED', { policy: 'conditional-access', organization: 'acme', said });

describe('What Azure DevOps refuses', () => {
  it.each<[number, string, string, object]>([
    [401, '', '', failure('AUTH_INVALID', { organization: 'acme' })],
    [401, expired, 'AccessCheckException', failure('AUTH_EXPIRED')],
    [401, expired.toUpperCase(), '', failure('AUTH_EXPIRED')],
    [401, conditional, '', byPolicy(conditional)],
    [401, mayNot('Alice'), 'UnauthorizedRequestException', lacksScope],
    [401, "VS30063: 'Alice' is not authorized to access https://dev.azure.com", '', lacksScope],
    [
      401,
      'VS30063: You are not authorized to access https://dev.azure.com',
      '',
      failure('AUTH_INVALID', { organization: 'acme' }),
    ],
    [401, mayNot(''), '', failure('AUTH_INVALID', { organization: 'acme' })],
    [401, mayNot('aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa'), '', failure('AUTH_INVALID', { organization: 'acme' })],
    [401, mayNot('a-team'), '', lacksScope],
    [401, mayNot('from aaaaaaaa-aaaa'), '', lacksScope],
    [401, mayNot('ANONYMOUS'), '', failure('AUTH_INVALID', { organization: 'acme' })],
    [401, "Unknown user 'Alice'", '', failure('AUTH_INVALID', { organization: 'acme' })],
    [403, '', '', failure('REQUEST_REFUSED', { status: 403 })],
    [403, conditional, '', byPolicy(conditional)],
    [403, 'Blocked by Conditional Access', '', byPolicy('Blocked by Conditional Access')],
    [403, 'Your ip address may not', '', failure('IP_BLOCKED', { organization: 'acme' })],
    [403, mayNot('Alice'), '', lacksScope],
    [403, 'VS30063: You are not authorized', '', lacksScope],
    [403, '', 'GitRepositoryDisabledException', failure('REPOSITORY_DISABLED')],
    [403, 'The repository web is disabled.', '', failure('REPOSITORY_DISABLED')],
    [404, 'TF401019', 'GitRepositoryNotFoundException', failure('REPOSITORY_NOT_FOUND')],
    [404, '', 'GitRepositoryDisabledException', failure('REPOSITORY_DISABLED')],
    [400, 'The repository web is disabled.', '', failure('REPOSITORY_DISABLED')],
    [400, '', 'VssVersionOutOfRangeException', failure('SERVICE_TOO_OLD')],
    [400, '', 'VssInvalidPreviewVersionException', failure('SERVICE_TOO_OLD')],
    [400, '', 'VssVersionNotSpecifiedException', failure('SERVICE_TOO_OLD')],
    [400, 'TF401027: You need a permission', '', failure('PERMISSION_DENIED')],
    [409, 'TF401179', '', failure('PULL_REQUEST_EXISTS')],
    [400, 'what?', 'SomethingElse', failure('REQUEST_REFUSED', { status: 400, said: 'what?' })],
    [500, 'oops', '', failure('UNEXPECTED_ANSWER', { status: 500, said: 'oops' })],
  ])('%i “%s” %s is %j', async (status, message, typeKey, refused) => {
    expect(await afterWrite(says(status, message, typeKey))).toEqual(refused);
  });

  it.each<[string, unknown]>([
    ['text', '"TF401179"'],
    ['nothing', undefined],
    ['null', 'null'],
    ['another shape', { message: ['TF401179'], typeKey: 7 }],
  ])('with %s is read as what its status says', async (_, body) => {
    expect(await afterWrite({ status: 409, body })).toEqual(failure('REQUEST_REFUSED', { status: 409 }));
    expect(await afterWrite({ status: 404, body })).toEqual(failure('REPOSITORY_NOT_FOUND'));
  });

  it('is understood though half of it has another shape', async () => {
    expect(await afterWrite({ status: 409, body: { message: 'TF401179', typeKey: 7 } })).toEqual(
      failure('PULL_REQUEST_EXISTS'),
    );
  });

  it.each<[string, Reply, object]>([
    ['203', { status: 203, body: '<html>' }, failure('AUTH_INVALID', { organization: 'acme' })],
    [
      'a redirect',
      { status: 302, headers: { location: 'https://elsewhere.example/_signin' } },
      failure('AUTH_INVALID', { organization: 'acme' }),
    ],
    [
      'a redirect to where people sign in',
      { status: 302, headers: { location: 'https://login.microsoftonline.com/common/oauth2' } },
      failure('AUTH_INVALID', { organization: 'acme' }),
    ],
    [
      'a redirect to another page',
      { status: 302, headers: { location: 'https://elsewhere.example/login.microsoftonline.com/' } },
      failure('NOT_AN_API_ANSWER'),
    ],
    ['a redirect to nowhere', { status: 300, body: '<html>' }, failure('NOT_AN_API_ANSWER')],
    ['200', { status: 200, body: '<html>' }, failure('NOT_AN_API_ANSWER')],
    ['202', { status: 202, body: '<html>' }, failure('NOT_AN_API_ANSWER')],
    ['401', { status: 401, body: '<html>' }, failure('AUTH_INVALID', { organization: 'acme' })],
  ])('by a page with %s goes nowhere else', async (_, reply, refused) => {
    expect(await afterRead(reply)).toEqual(refused);
    expect(service.asked).toHaveLength(1);
  });

  it('is repeated once for a read, and never for a write', async () => {
    const busy = says(503, '');
    service.play({ [heads()]: [busy, { body: { value: [] } }] });
    expect(await azureDevOps.listBranches(connection(), { repository, search: '' })).toMatchObject({ ok: true });
    expect(service.asked.map(nameOf)).toEqual([heads(), heads()]);
    await afterWrite(busy);
    expect(service.asked.map(nameOf).filter((name) => name === OPEN)).toHaveLength(1);
  });
});

describe('When a request to Azure DevOps may be repeated', () => {
  const limited = (headers: Record<string, string> = {}) => afterWrite(says(429, '', '', headers));
  const inMs = (answer: any) => Date.parse(answer.error.retryAt) - Date.now();

  it('is after the seconds that it names, first of all', async () => {
    const answer = await limited({ 'retry-after': '90', 'x-ratelimit-reset': '4102444800' });
    expect(answer).toMatchObject(failure('RATE_LIMITED'));
    expect(Math.abs(inMs(answer) - 90_000)).toBeLessThan(5_000);
  });

  it('is at the instant that it names', async () => {
    const at = new Date(Math.floor(Date.now() / 1000) * 1000 + 600_000);
    const told = failure('RATE_LIMITED', { retryAt: at.toISOString() });
    expect(await limited({ 'retry-after': at.toUTCString() })).toEqual(told);
    expect(await limited({ 'x-ratelimit-reset': String(at.getTime() / 1000) })).toEqual(told);
  });

  it.each([
    { 'retry-after': 'Fri, 01 Jan 2100 00:00:00 GMT' },
    { 'retry-after': '1e20' },
    { 'x-ratelimit-reset': '99999999999999999999' },
  ])('is within a day: %j', async (headers) => {
    const answer = await limited(headers);
    expect(Math.abs(inMs(answer) - 86_400_000)).toBeLessThan(5_000);
  });

  it.each([
    {},
    { 'retry-after': 'soon' },
    { 'x-ratelimit-reset': 'soon' },
    { 'x-ratelimit-reset': '0' },
    { 'x-ratelimit-reset': '-5' },
  ])('is not known from %j', async (headers) => {
    expect(await limited(headers as Record<string, string>)).toEqual(failure('RATE_LIMITED'));
  });

  it('is given as a number, too', async () => {
    expect(await afterWrite(says(503, 'TF400733: Request was blocked'))).toEqual(failure('RATE_LIMITED'));
    expect(await afterWrite(says(401, 'TF400733: Request was blocked'))).toEqual(failure('RATE_LIMITED'));
  });
});

describe('A thrown error that is no answer', () => {
  it('is thrown on', async () => {
    const { problemOf } = await import('../../../src/providers/azure-devops/errors');
    const bug = new TypeError('undefined is not a function');
    expect(() => problemOf(bug)).toThrow(bug);
    expect(() => problemOf({ status: 500 })).toThrow();
  });

  it('is a resource of the SDK’s that has no route, rather than a wrong address', async () => {
    const { client } = await import('../../../src/providers/azure-devops/client');
    service.play({});
    await expect(client(connection()).git.getRefFavorites('Shop', repository)).rejects.toThrow('No route');
    expect(service.asked).toEqual([]);
  });
});
