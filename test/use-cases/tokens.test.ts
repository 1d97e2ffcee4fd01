import { tokens } from '../../rig/github-tokens';
import type { Tap } from 'local-forge';
import { openOffice, people, serviceAnswers, site, token, type Office } from './office';

let office: Office;

beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

const tokenKey = (id: string) => `token:${people.alice}:${id}`;
const secrets = () => office.app.entries.secretKeys(site);
const save = (integrationId: string, value: string, more: object = {}) =>
  office.inSettings('save-token', { integrationId, credential: token(value), ...more });

describe('A token that is saved', () => {
  it('is the person’s from then on, on the issue and in the settings', async () => {
    const id = await office.connect({ requireUserPat: true });
    const answer = await office.onIssue('save-token', { integrationId: id, credential: token(tokens.alice) });
    const view = {
      login: 'alice',
      expiresAt: '2099-03-12T10:00:00.000Z',
      savedAt: expect.any(String),
      missingScopes: [],
      scopes: ['repo', 'workflow'],
      health: 'good',
    };
    expect(answer.value).toEqual({
      token: view,
      attribution: { state: 'person', required: true, integrationAccount: 'acme-bot', token: view },
    });
    const { integrations } = (await office.inSettings('load-user-settings')).value;
    expect(integrations.find((one: any) => one.id === id).attribution).toEqual(answer.value.attribution);
    expect((await office.noted({ integrationId: id }))[0]).toMatchObject({
      action: 'save-token',
      outcome: 'done',
      person: { accountId: people.alice },
      actor: 'person',
      login: 'alice',
    });
  });

  it('replaces another one, and is recorded as such', async () => {
    const id = await office.connect({ saved: true });
    expect((await save(id, tokens.alice)).value.token.expiresAt).toBe('2099-03-12T10:00:00.000Z');
    expect((await office.noted({ integrationId: id }))[0].action).toBe('replace-token');
    expect(secrets().filter((key) => key === tokenKey(id))).toHaveLength(1);
  });

  it('for public repositories only is saved with the missing scopes', async () => {
    const id = await office.connect();
    expect((await save(id, tokens.alicePublic)).value.token).toMatchObject({
      scopes: ['public_repo'],
      missingScopes: ['repo'],
    });
  });

  it('without scopes of the classic kind has none', async () => {
    const id = await office.connect();
    expect((await save(id, tokens.aliceFine)).value.token).not.toHaveProperty('scopes');
  });

  it('expires when the service says so, whatever its person says', async () => {
    const id = await office.connect();
    const { value } = await save(id, tokens.alice, { endsOn: '2030-01-31' });
    expect(value.token.expiresAt).toBe('2099-03-12T10:00:00.000Z');
  });
});

describe('A token that is not saved', () => {
  const forbids = (message: string) => ({
    data: { search: { pageInfo: { hasNextPage: false, endCursor: null }, nodes: [null] } },
    errors: [{ type: 'FORBIDDEN', path: ['search', 'nodes', 0], message }],
  });
  const lifetime =
    "The 'acme' organization forbids access via a fine-grained personal access tokens if the token's lifetime is greater than 90 days.";

  it.each([
    [
      'reaches no owner',
      { data: { search: { pageInfo: { hasNextPage: false, endCursor: null }, nodes: [] } } },
      'TOKEN_REACHES_NO_OWNER',
    ],
    ['is valid for too long', forbids(lifetime), 'TOKEN_LIFETIME_TOO_LONG'],
    [
      'waits for approval',
      forbids("The 'acme' organization requires approval of fine-grained personal access tokens."),
      'TOKEN_WAITS_FOR_APPROVAL',
    ],
  ])('is a fine-grained one that %s', async (_, body, code) => {
    const id = await office.connect();
    const answersList: Tap = (step) =>
      step.to === 'service' && step.what.includes('/graphql')
        ? { kind: 'answer', status: 200, body: JSON.stringify(body) }
        : undefined;
    const { error } = await office.inSettings(
      'save-token',
      { integrationId: id, credential: token(tokens.aliceFine) },
      { tap: answersList },
    );
    expect(error).toMatchObject({ code, url: 'https://github.com/settings/personal-access-tokens' });
    expect(secrets()).not.toContain(tokenKey(id));
  });

  it('is not one that the service could not check, and not a classic one', async () => {
    const id = await office.connect();
    const fails: Tap = (step) =>
      step.to === 'service' && step.what.includes('/graphql') ? { kind: 'answer', status: 500 } : undefined;
    for (const value of [tokens.aliceFine, tokens.alice])
      expect(
        await office.inSettings('save-token', { integrationId: id, credential: token(value) }, { tap: fails }),
      ).toMatchObject({ ok: true });
  });

  it.each([
    [tokens.aliceRevoked, 'AUTH_INVALID'],
    [tokens.aliceExpired, 'AUTH_INVALID'],
  ])('is one the service refuses: %s', async (value, code) => {
    const id = await office.connect({ saved: true });
    const { error } = await save(id, value);
    expect(error).toMatchObject({ code, params: { service: 'GitHub', host: 'github.com' } });
    expect(error.params.integration).toMatch(/^one /);
    const { integrations } = (await office.inSettings('load-user-settings')).value;
    expect(integrations.find((one: any) => one.id === id).attribution.token.expiresAt).toBe('never');
  });

  it('reaches no repository', async () => {
    const id = await office.connect();
    const { error } = await save(id, tokens.aliceNoScope);
    expect(error).toMatchObject({ code: 'SCOPE_MISSING', params: { missing: ['repo'], login: 'alice' } });
    expect(secrets()).not.toContain(tokenKey(id));
  });

  it('belongs to a service without tokens', async () => {
    const id = await office.pretend('tfs-2015', 'https://tfs.acme.example/tfs/Web');
    expect((await save(id, 'x')).error).toMatchObject({ code: 'TOKENS_UNSUPPORTED', params: { service: 'TFS 2015' } });
  });

  it('is nobody’s who may not', async () => {
    const id = await office.connect({ projects: ['DEMO'] });
    const credential = token(tokens.alice);
    const asked = { integrationId: id, credential };
    expect((await office.onIssue('save-token', { ...asked, issueKey: 'OPS-1' })).error.code).toBe(
      'NOT_OPEN_TO_PROJECT',
    );
    expect((await office.inSettings('save-token', asked, { as: 'erin' })).error.code).toBe('NO_JIRA_PERMISSION');
    expect((await save('unknown', tokens.alice)).error.code).toBe('INTEGRATION_NOT_FOUND');
    expect(secrets()).not.toContain(tokenKey(id));
  });
});

describe('The expiry of a token', () => {
  const azure = async () => office.pretend('azure-devops', 'https://dev.azure.com/acme');
  /** The answer of Azure DevOps to a token, without an expiry. */
  const identity = JSON.stringify({
    authenticatedUser: {
      id: '7',
      providerDisplayName: 'Alice',
      properties: { Account: { $value: 'alice@acme.example' } },
    },
  });

  it('is the person’s date if the service reports none, to the last second of that day', async () => {
    const id = await azure();
    const answered = { tap: serviceAnswers(200, identity) };
    const asked = { integrationId: id, credential: token('x'.repeat(52)) };
    const told = await office.inSettings('save-token', { ...asked, endsOn: '2099-01-31' }, answered);
    expect(told.value.token.expiresAt).toBe('2099-01-31T23:59:59.000Z');
    const untold = await office.inSettings('save-token', asked, answered);
    expect(untold.value.token.expiresAt).toBe('unknown');
  });

  it('can’t be in the past: the service has just accepted it', async () => {
    const id = await azure();
    const asked = { integrationId: id, credential: token('x'.repeat(52)), endsOn: '2020-01-31' };
    expect((await office.inSettings('save-token', asked, { tap: serviceAnswers(200, identity) })).error).toEqual({
      code: 'INVALID_INPUT',
      params: { field: 'endsOn' },
    });
    expect(secrets()).not.toContain(tokenKey(id));
  });
});

describe('A token of a machine', () => {
  it('is no person’s', async () => {
    const id = await office.pretend('gitlab.com', 'https://gitlab.com');
    const bot = JSON.stringify({
      id: 7,
      username: 'project_1_bot',
      bot: true,
      name: 'bot',
      scopes: ['api'],
      active: true,
      user_id: 7,
      expires_at: null,
    });
    const asked = { integrationId: id, credential: token('glpat-x') };
    expect((await office.inSettings('save-token', asked, { tap: serviceAnswers(200, bot) })).error).toEqual({
      code: 'BOT_TOKEN',
      params: { integration: id, service: 'GitLab', host: 'gitlab.com', login: 'project_1_bot' },
    });
    expect(secrets()).not.toContain(tokenKey(id));
  });
});

describe('A token that is removed', () => {
  it.each(['onIssue', 'inSettings'] as const)('is gone at once, and a queue deletes the rest: %s', async (where) => {
    const id = await office.connect({ saved: true, requireUserPat: true });
    const { value } = await office[where]('remove-token', { integrationId: id });
    expect(value.integration).toMatchObject({ id, attribution: { state: 'setup-required' } });
    expect(value.integration.attribution).not.toHaveProperty('token');
    expect(secrets()).not.toContain(tokenKey(id));
    await office.app.settle();
    expect(office.stored(`token-trail:${people.alice}:${id}`)).toBeNull();
    expect((await office.noted({ integrationId: id }))[0]).toMatchObject({ action: 'remove-token', login: 'alice' });
  });

  it('can be missing, which changes nothing', async () => {
    const id = await office.connect();
    expect((await office.inSettings('remove-token', { integrationId: id })).ok).toBe(true);
    expect((await office.noted({ integrationId: id }))[0].action).toBe('add-integration');
  });

  it('remains for people without the permission', async () => {
    const id = await office.connect({ saved: true });
    expect((await office.inSettings('remove-token', { integrationId: 'x' })).error.code).toBe('INTEGRATION_NOT_FOUND');
    expect((await office.onIssue('remove-token', { integrationId: 'x' })).error.code).toBe('INTEGRATION_NOT_FOUND');
    expect((await office.inSettings('remove-token', { integrationId: id }, { as: 'erin' })).error.code).toBe(
      'NO_JIRA_PERMISSION',
    );
    expect(secrets()).toContain(tokenKey(id));
  });
});

describe('The user settings', () => {
  it('have every integration of the site, the projects, and the choices in them', async () => {
    const id = await office.connect({ projects: ['OPS'] });
    const gone = await office.pretend('github.com', 'https://github.com', { disconnecting: true });
    const at = (integrationId: string, name: string) => ({ integrationId, repository: name });
    const branches = [
      { ...at(gone, 'acme/web'), branch: 'x' },
      { ...at(id, 'acme/web'), branch: 'develop' },
    ];
    office.put(`defaults:${people.alice}:DEMO`, { repository: at(gone, 'acme/web'), branches });
    office.put(`defaults:${people.alice}:OPS`, { repository: at(id, 'acme/api'), branches: [] });
    const { value } = await office.inSettings('load-user-settings');
    const ids = value.integrations.map((one: any) => one.id);
    expect(ids).toContain(id);
    expect(ids).not.toContain(gone);
    expect(value.projects.map(({ key }: any) => key)).toEqual(['DEMO', 'OPS']);
    expect(value.defaults).toEqual([
      { projectKey: 'DEMO', branches: [{ ...at(id, 'acme/web'), branch: 'develop' }] },
      { projectKey: 'OPS', repository: at(id, 'acme/api'), branches: [] },
    ]);
  });

  it('are there without projects while Jira does not list any', async () => {
    const { value } = await office.inSettings(
      'load-user-settings',
      {},
      {
        tap: ({ what }) => (what.includes('/project/search') ? { kind: 'answer', status: 503 } : undefined),
      },
    );
    expect(value.projects).toEqual([]);
  });
});

describe('A default', () => {
  const repository = 'acme/web';
  it.each([
    ['onIssue', {}],
    ['inSettings', { projectKey: 'DEMO' }],
  ] as const)('is saved and undone: %s', async (where, more) => {
    const id = await office.connect();
    const at = { integrationId: id, repository };
    for (const chosen of [at, { ...at, branch: 'develop' }])
      expect((await office[where]('save-default', { ...more, ...chosen })).ok).toBe(true);
    const saved = office.stored(`defaults:${people.alice}:DEMO`);
    expect(saved.repository).toEqual(at);
    expect(saved.branches[0]).toEqual({ ...at, branch: 'develop' });
    const cleared = await office[where]('clear-default', { ...more, cleared: { of: 'project' } });
    expect(cleared.value.defaults).not.toHaveProperty('repository');
    const { value } = await office[where]('clear-default', { ...more, cleared: { of: 'repository', ...at } });
    expect(value.defaults.branches).not.toContainEqual({ ...at, branch: 'develop' });
  });

  it.each([
    ['onIssue', {}],
    ['inSettings', { projectKey: 'DEMO' }],
  ] as const)('is refused where it leads nowhere: %s', async (where, more) => {
    const id = await office.connect();
    const other = { integrationId: id, repository: 'alice/dotfiles' };
    expect((await office[where]('save-default', { ...more, ...other })).error).toEqual({
      code: 'REPOSITORY_NOT_OF_INTEGRATION',
      params: { repository: 'alice/dotfiles', integration: expect.stringMatching(/^one /) },
    });
    expect((await office[where]('save-default', { ...more, ...other, integrationId: 'x' })).error.code).toBe(
      'INTEGRATION_NOT_FOUND',
    );
    const cleared = { of: 'project' };
    expect((await office[where]('clear-default', { ...more, cleared }, { as: 'erin' })).ok).toBe(false);
  });
});
