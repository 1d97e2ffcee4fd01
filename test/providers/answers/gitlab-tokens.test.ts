import { gitlab } from '../../../src/providers/gitlab';
import type { Reply, ScriptedService } from '../../support/scripted-service';
import { connection, failure, installation, namesOf, openGitLab, says, success } from './gitlab';

let service: ScriptedService;
beforeAll(async () => {
  service = await openGitLab();
});
afterAll(() => service.close());

const USER = 'GET user';
const SELF = 'GET personal_access_tokens/self';
const alice = { id: 4, username: 'alice', bot: false };
const token = { scopes: ['api', 'read_user'], expires_at: '2099-03-12', granular: false };
const unasked = says(403, 'insufficient_granular_scope [User: Read]');
const check = (version?: string) => gitlab.checkToken(connection(undefined, installation(version)));
const identity = {
  ...{ login: 'alice', accountId: '4', expiresAt: '2099-03-12T00:00:00.000Z' },
  ...{ missingScopes: [], bot: false, scopes: ['api', 'read_user'], kind: 'classic' },
};
const { scopes: _, kind: _kind, ...unscoped } = identity;
const untold = { ...unscoped, expiresAt: 'unknown' };

describe('A version of GitLab', () => {
  const detect = () => gitlab.detect(connection());

  it('takes one request', async () => {
    service.play({ 'GET version': { body: { version: '16.8.1-ee' } } });
    expect(await detect()).toEqual(success({ edition: 'gitlab.com', version: '16.8.1-ee' }));
    expect(namesOf(service)).toEqual(['GET version']);
  });

  it('is unknown where a fine-grained token may not request it', async () => {
    service.play({ 'GET version': unasked });
    expect(await detect()).toEqual(success({ edition: 'gitlab.com' }));
  });

  it.each<[Reply, string]>([
    [says(401, '401 Unauthorized'), 'AUTH_INVALID'],
    [says(404, 'Not Found'), 'NOT_THIS_SERVICE'],
    [{ status: 404, body: '<html>' }, 'NOT_AN_API_ANSWER'],
    [{ body: { version: '' } }, 'NOT_AN_API_ANSWER'],
    [{ body: { hello: 1 } }, 'NOT_AN_API_ANSWER'],
    ['lost', 'UNREACHABLE'],
  ])('is not taken from %j', async (reply, code) => {
    service.play({ 'GET version': reply });
    expect(await detect()).toMatchObject(failure(code));
  });
});

describe('A token of GitLab', () => {
  it('has its person and GitLab’s facts about it, in two requests', async () => {
    service.play({ [USER]: { body: alice }, [SELF]: { body: token } });
    expect(await check()).toEqual(success(identity));
    expect(namesOf(service).sort()).toEqual([SELF, USER]);
  });

  it.each([
    ['15.5.0', 2],
    ['16.0', 2],
    [undefined, 2],
    ['15.4.6-ee', 1],
    ['9.5.0', 1],
  ])('of version %s costs %i requests: older ones know nothing of tokens', async (version, requests) => {
    service.play({ [USER]: { body: alice }, [SELF]: { body: token } });
    expect(await check(version)).toEqual(success(requests === 2 ? identity : untold));
    expect(service.asked).toHaveLength(requests);
  });

  it.each([
    [{ expires_at: null }, { expiresAt: 'never' }],
    [{ expires_at: 'soon' }, { expiresAt: 'unknown' }],
    [{ expires_at: '2026-13-45' }, { expiresAt: 'unknown' }],
    [{ expires_at: '2026-02-06T10:00:00Z' }, { expiresAt: 'unknown' }],
    [{ scopes: ['read_api'] }, { scopes: ['read_api'], missingScopes: ['api'] }],
    [{ scopes: [] }, { scopes: [], missingScopes: ['api'] }],
    [{ granular: undefined }, {}],
  ])('with %j comes with %j', async (more, told) => {
    service.play({ [USER]: { body: alice }, [SELF]: { body: { ...token, ...more } } });
    expect(await check()).toEqual(success({ ...identity, ...told }));
  });

  it.each([
    { granular: true, scopes: [] },
    { granular: undefined, scopes: ['granular'] },
  ])('that is fine-grained has no scopes that say anything: %j', async (more) => {
    service.play({ [USER]: { body: alice }, [SELF]: { body: { ...token, ...more } } });
    expect(await check()).toEqual(success({ ...unscoped, kind: 'fine-grained' }));
  });

  it.each([
    [{ bot: true }, true],
    [{ username: 'project_12_bot_0a1b' }, true],
    [{ username: 'group_7_bot1' }, true],
    [{ username: 'my_project_12_bot' }, false],
    [{ username: 'group_bot' }, false],
    [{ username: 'alice', bot: undefined }, false],
  ])('of %j belongs to a machine: %s', async (more, bot) => {
    service.play({ [USER]: { body: { ...alice, ...more } }, [SELF]: { body: token } });
    expect(await check()).toMatchObject(success({ bot }));
  });

  it.each<Reply>([
    says(400, '400 Bad request - This endpoint requires token type to be a personal access token'),
    says(404, '404 Not Found'),
  ])('has its person where GitLab says nothing about it: %j', async (reply) => {
    service.play({ [USER]: { body: alice }, [SELF]: reply });
    expect(await check()).toEqual(success(untold));
  });

  it.each<[string, Reply, Reply, object]>([
    ['person', says(401, '401 Unauthorized'), { body: token }, failure('AUTH_INVALID')],
    ['person', says(404, 'Not Found'), { body: token }, failure('NOT_THIS_SERVICE')],
    ['person', { body: { ...alice, username: '' } }, { body: token }, failure('NOT_AN_API_ANSWER')],
    ['person', unasked, says(401, '401 Unauthorized'), failure('SCOPE_MISSING', { missing: ['User: Read'] })],
    ['token', { body: alice }, says(401, '401 Unauthorized'), failure('AUTH_INVALID')],
    ['token', { body: alice }, says(422, 'No'), failure('REQUEST_REFUSED', { status: 422, said: 'No' })],
    ['token', { body: alice }, { body: {} }, failure('NOT_AN_API_ANSWER')],
  ])('is no good answer when that of the %s is none', async (__, person, self, refused) => {
    service.play({ [USER]: person, [SELF]: self });
    expect(await check()).toEqual(refused);
  });

  it.each(['', ' ', 'my token', 'glpat-„x“', 'glpat-x\n'])(
    'can’t be “%s”, and nothing is requested',
    async (pasted) => {
      service.play({});
      expect(await gitlab.checkToken(connection({ kind: 'token', token: pasted }))).toEqual(failure('AUTH_INVALID'));
      expect(service.asked).toEqual([]);
    },
  );

  it('is no credential of another kind', async () => {
    const key = { kind: 'access-key', id: 'AKIA', secret: 'hidden' } as const;
    expect(await gitlab.checkToken(connection(key))).toEqual(failure('AUTH_INVALID'));
  });
});

describe('The owners a token of GitLab reaches', () => {
  const PROJECTS = 'GET projects';
  const below = (...paths: string[]): Reply => ({ body: paths.map((full_path) => ({ namespace: { full_path } })) });

  it('are those of its last active projects, outermost alone, in one request', async () => {
    service.play({ [PROJECTS]: below('b/sub', 'acme', 'acme/platform', 'b/sub', 'acme2', 'b/sub/deep', 'alice') });
    expect(await gitlab.findOwners(connection())).toEqual(success(['b/sub', 'acme', 'acme2', 'alice']));
    expect(service.asked.map(({ query }) => query)).toEqual([
      {
        ...{ membership: 'true', min_access_level: '30', simple: 'true', archived: 'false' },
        ...{ order_by: 'last_activity_at', per_page: '100', page: '1' },
      },
    ]);
  });

  it('are never missing without a reason', async () => {
    service.play({ [PROJECTS]: says(401, '401 Unauthorized') });
    expect(await gitlab.findOwners(connection())).toEqual(failure('AUTH_INVALID'));
    service.play({ [PROJECTS]: below('') });
    expect(await gitlab.findOwners(connection())).toEqual(failure('NOT_AN_API_ANSWER'));
  });
});
