import { tokens } from '../../rig/github-tokens';
import { everythingOn, openOffice, serviceAnswers, site, token, type Office } from './office';

let office: Office;

beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());
afterEach(() => office.usualSettings());

const secrets = () => office.app.entries.secretKeys(site);
const credential = token(tokens.bot);
const options = (name: string, more: object = {}) => ({
  ...{ name, owners: ['acme'], requireUserPat: false, projects: 'all' },
  ...more,
});
const add = (name: string, more: object = {}, tap?: ReturnType<typeof serviceAnswers>) =>
  office.asAdmin('add-integration', { edition: 'github.com', credential, ...options(name), ...more }, tap && { tap });
const actions = async (integrationId: string) =>
  (await office.noted({ integrationId })).map(({ action }: any) => action);

describe('A connection that is tested', () => {
  it('shows its edition, the credential’s account and the owners; nothing is stored', async () => {
    const before = secrets();
    const { value } = await office.asAdmin('test-connection', { edition: 'github.com', credential });
    expect(value).toEqual({
      edition: 'github.com',
      serviceName: 'GitHub',
      capabilities: expect.objectContaining({ userTokens: true }),
      account: 'acme-bot',
      owners: expect.arrayContaining(['acme']),
      expiresAt: 'never',
      missingScopes: [],
    });
    expect(secrets()).toEqual(before);
  });

  it('shows the version if the service reports it', async () => {
    const { value } = await office.asAdmin(
      'test-connection',
      { edition: 'gitlab-self-managed', address: 'https://git.acme.example', credential: token('glpat-x') },
      { tap: ({ what }) => gitLab(what) },
    );
    expect(value).toMatchObject({ edition: 'gitlab-self-managed', version: '18.5.0', account: 'bot', owners: [] });
    expect(value.warning).toEqual({ code: 'NO_REPOSITORIES', params: { login: 'bot', service: 'GitLab' } });
  });

  it.each([
    [
      'an address that is none',
      { edition: 'ghes', address: 'http://git.acme.example' },
      undefined,
      { code: 'INVALID_ADDRESS', params: { reason: 'not-https' } },
    ],
    [
      'a credential the service refuses',
      { credential: token(tokens.aliceRevoked) },
      undefined,
      { code: 'AUTH_INVALID' },
    ],
    [
      'a service that is down',
      {},
      serviceAnswers(500),
      { code: 'UNEXPECTED_ANSWER', params: { service: 'GitHub', host: 'github.com', status: 500 } },
    ],
  ])('says what is wrong with %s', async (_, more, tap, error) => {
    const answer = await office.asAdmin(
      'test-connection',
      { edition: 'github.com', credential, ...more },
      tap && { tap },
    );
    expect(answer).toMatchObject({ ok: false, error });
  });

  it('says so, too, when only the owners could not be read', async () => {
    const { error } = await office.asAdmin(
      'test-connection',
      { edition: 'github.com', credential },
      {
        tap: ({ what }) => (what.includes('/user/repos') ? { kind: 'answer', status: 403 } : undefined),
      },
    );
    expect(error.params).toMatchObject({ login: 'acme-bot', service: 'GitHub' });
  });
});

/** The part of GitLab that a test of a connection requests. */
function gitLab(what: string): { kind: 'answer'; status: number; body: string } | undefined {
  if (!what.includes('git.acme.example')) return undefined;
  const answer = (body: unknown) => ({ kind: 'answer' as const, status: 200, body: JSON.stringify(body) });
  if (what.endsWith('/version') || what.endsWith('/metadata'))
    return answer({ version: '18.5.0', revision: 'x', enterprise: true });
  if (what.endsWith('/personal_access_tokens/self'))
    return answer({ id: 1, active: true, scopes: ['api'], user_id: 7, expires_at: null });
  if (what.endsWith('/user')) return answer({ id: 7, username: 'bot', bot: false });
  return answer([]);
}

describe('An integration that is added', () => {
  it('is stored with its credential and a copy for writes, and recorded', async () => {
    const { value } = await add('added');
    const { id } = value.integration;
    expect(value.integration).toMatchObject({
      name: 'added',
      edition: 'github.com',
      address: 'https://github.com',
      requireUserPat: false,
      projects: 'all',
      owners: ['acme'],
      account: 'acme-bot',
      status: 'connected',
      peopleWithTokens: 0,
      morePeople: false,
    });
    expect(value.integration).not.toHaveProperty('version');
    expect(office.stored(`integration:${id}`)).not.toHaveProperty('draft');
    await office.app.settle({ hurry: true });
    expect(secrets()).toEqual(expect.arrayContaining([`integration-credential:${id}`, `ready-credential:${id}`]));
    expect(await actions(id)).toEqual(['add-integration']);
    const shown = (await office.asAdmin('load-site')).value.integrations.find((one: any) => one.id === id);
    expect(shown).toEqual(value.integration);
  });

  it('stores the version that it reported', async () => {
    const tap = ({ what }: { what: string }) => gitLab(what);
    const asked = { edition: 'gitlab-self-managed', address: 'git.acme.example/', credential: token('glpat-x') };
    const { value } = await office.asAdmin('add-integration', { ...asked, ...options('with a version') }, { tap });
    expect(value.integration).toMatchObject({ version: '18.5.0', address: 'https://git.acme.example' });
  });

  it.each(['integration', 'site'])('has no copy for writes where the %s requires tokens', async (which) => {
    if (which === 'site') await office.asAdmin('save-site-settings', { ...everythingOn, requireUserPat: true });
    const { value } = await add(`required by the ${which}`, { requireUserPat: which === 'integration' });
    await office.app.settle({ hurry: true });
    expect(secrets()).not.toContain(`ready-credential:${value.integration.id}`);
  });

  it('has a name of its own, whatever its case', async () => {
    await add('Taken');
    expect((await add('tAKEN')).error).toEqual({ code: 'INTEGRATION_NAME_TAKEN', params: { integration: 'tAKEN' } });
  });

  it.each([
    [
      'an address is none',
      { edition: 'ghes', address: 'git' },
      { code: 'INVALID_ADDRESS', params: { reason: 'single-label' } },
    ],
    ['a credential is refused', { credential: token(tokens.aliceRevoked) }, { code: 'AUTH_INVALID' }],
  ])('leaves nothing behind where %s', async (what, more, error) => {
    const before = [
      ...secrets(),
      ...office.app.entries.list(site, 'integration:', undefined, 100).map(({ key }) => key),
    ];
    expect((await add(`none as ${what}`, more)).error).toMatchObject(error);
    const after = [
      ...secrets(),
      ...office.app.entries.list(site, 'integration:', undefined, 100).map(({ key }) => key),
    ];
    expect(after).toEqual(before);
  });

  it('leaves nothing behind where the service is down', async () => {
    const count = () => office.app.entries.list(site, 'integration:', undefined, 100).length;
    const before = count();
    const { error } = await add('down', {}, serviceAnswers(500));
    expect(error).toMatchObject({ code: 'UNEXPECTED_ANSWER', params: { service: 'GitHub' } });
    expect(count()).toBe(before);
  });
});

describe('An integration that is changed', () => {
  const update = (id: string, name: string, more: object = {}) =>
    office.asAdmin('update-integration', { id, ...options(name), ...more });

  it('keeps its credential and people’s tokens', async () => {
    const id = await office.connect({ saved: true });
    const { value } = await update(id, 'renamed', { projects: ['DEMO'], owners: ['acme', 'x'] });
    expect(value.integration).toMatchObject({
      name: 'renamed',
      projects: ['DEMO'],
      owners: ['acme', 'x'],
      account: 'acme-bot',
      status: 'connected',
      peopleWithTokens: 1,
    });
    await office.app.settle({ hurry: true });
    expect(secrets()).toContain(`ready-credential:${id}`);
    expect((await actions(id))[0]).toBe('update-integration');
    expect((await update(id, 'RENAMED')).ok).toBe(true);
  });

  it('loses the copy for writes while it requires tokens', async () => {
    const id = await office.connect();
    await update(id, 'requires', { requireUserPat: true });
    expect(secrets()).not.toContain(`ready-credential:${id}`);
    await update(id, 'requires no more');
    await office.app.settle({ hurry: true });
    expect(secrets()).toContain(`ready-credential:${id}`);
    expect((await actions(id)).slice(0, 2)).toEqual(['stop-requiring-tokens', 'require-tokens']);
    await office.asAdmin('save-site-settings', { ...everythingOn, requireUserPat: true });
    await update(id, 'site requires');
    expect(secrets()).not.toContain(`ready-credential:${id}`);
  });

  it('gets a new credential when one comes with it', async () => {
    const id = await office.connect();
    const { credentialId } = office.stored(`integration:${id}`);
    const { value } = await update(id, 'by alice', { credential: token(tokens.aliceEndless) });
    expect(value.integration).toMatchObject({ name: 'by alice', account: 'alice', status: 'connected' });
    expect(office.stored(`integration:${id}`).credentialId).not.toBe(credentialId);
    const made = await office.onIssue('create-branch', {
      ...{ integrationId: id, repository: 'acme/web', sourceBranch: 'main', name: 'DEMO-1-new-credential' },
    });
    expect(made.value.card).toMatchObject({ author: 'alice', actor: 'integration' });
    await update(id, 'by alice, required', { credential: token(tokens.aliceEndless), requireUserPat: true });
    expect(secrets()).not.toContain(`ready-credential:${id}`);
    expect((await actions(id))[0]).toBe('require-tokens');
  });

  it('does not change when the new credential is refused', async () => {
    const id = await office.connect();
    const { error } = await update(id, 'refused', { credential: token(tokens.aliceRevoked) });
    expect(error).toMatchObject({ code: 'AUTH_INVALID', params: { service: 'GitHub' } });
    expect(office.stored(`integration:${id}:name`)).not.toBe('refused');
  });

  it('exists already, and gets a unique name', async () => {
    const id = await office.connect();
    const gone = await office.pretend('github.com', 'https://github.com', { disconnecting: true });
    for (const none of ['unknown', gone]) expect((await update(none, 'x')).error.code).toBe('INTEGRATION_NOT_FOUND');
    await add('another');
    expect((await update(id, 'Another')).error).toEqual({
      code: 'INTEGRATION_NAME_TAKEN',
      params: { integration: 'Another' },
    });
  });

  it('may have no credential, and then has no copy of one', async () => {
    const id = await office.pretend('github.com', 'https://github.com');
    expect((await update(id, 'without')).value.integration.status).toBe('credential-missing');
    expect(secrets()).not.toContain(`ready-credential:${id}`);
  });
});

describe('An integration that is taken out of use', () => {
  it('is off until it is switched on again', async () => {
    const id = await office.connect({ saved: true });
    const off = await office.asAdmin('switch-integration', { id, enabled: false });
    expect(off.value.integration).toMatchObject({ status: 'disabled', peopleWithTokens: 1 });
    const on = await office.asAdmin('switch-integration', { id, enabled: true });
    expect(on.value.integration.status).toBe('connected');
    expect(office.stored(`integration:${id}:disabled`)).toBeNull();
    expect((await actions(id)).slice(0, 2)).toEqual(['enable-integration', 'disable-integration']);
  });

  it('exists already', async () => {
    const gone = await office.pretend('github.com', 'https://github.com', { disconnecting: true });
    for (const id of ['unknown', gone])
      expect((await office.asAdmin('switch-integration', { id, enabled: true })).error.code).toBe(
        'INTEGRATION_NOT_FOUND',
      );
  });
});

describe('The page of a Jira admin', () => {
  it('has all integrations, with their state', async () => {
    const id = await office.connect();
    const gone = await office.pretend('github.com', 'https://github.com', { disconnecting: true });
    const { value } = await office.asAdmin('load-site');
    const statuses = Object.fromEntries(value.integrations.map((one: any) => [one.id, one.status]));
    expect(statuses).toMatchObject({ [id]: 'connected', [gone]: 'disconnecting' });
    expect(value.settings).toEqual(everythingOn);
    expect(value.branchName).toEqual({ template: '${issuekey}-${summary}', separator: '-', maxBytes: 250 });
    expect(value.projects.map(({ key }: any) => key)).toEqual(['DEMO', 'OPS']);
    expect(value.moreProjects).toBe(false);
  });

  it('is not shown while Jira lists no projects', async () => {
    const { error } = await office.asAdmin(
      'load-site',
      {},
      {
        tap: ({ what }) => (what.includes('/project/search') ? { kind: 'answer', status: 503 } : undefined),
      },
    );
    expect(error.code).toBe('JIRA_UNAVAILABLE');
  });

  it.each([
    ['load-site', {}],
    ['test-connection', { edition: 'github.com', credential }],
    ['add-integration', { edition: 'github.com', credential, ...options('x') }],
    ['update-integration', { id: 'x', ...options('x') }],
    ['switch-integration', { id: 'x', enabled: true }],
    ['disconnect-integration', { id: 'x' }],
    ['save-site-settings', everythingOn],
    ['save-branch-name-rule', { template: '${issuekey}', separator: '-', maxBytes: 100 }],
    ['save-token-rules', { rules: null }],
    ['list-tokens', {}],
    ['remove-tokens', { integrationId: 'x', accountIds: ['712020:x'], reason: 'x' }],
    ['new-token-page', { edition: 'github.com' }],
    ['list-activity', {}],
    ['find-people', { search: 'a' }],
    ['list-projects', { search: 'a' }],
  ])('refuses everybody else: %s', async (call, payload) => {
    expect(await office.asAdmin(call, payload, { as: 'alice' })).toEqual({
      ok: false,
      error: { code: 'NOT_ADMIN', params: {} },
    });
  });

  it('leads to where a token for the integration account is made', async () => {
    const page = async (edition: string, address = '') => office.asAdmin('new-token-page', { edition, address });
    const { value } = await page('github.com');
    expect(value.url).toMatch(/^https:\/\/github\.com\/settings\//);
    expect(value.url).toContain('Undersigned');
    expect(value.otherUrl).toMatch(/^https:\/\/github\.com\/settings\//);
    expect((await page('azure-devops', 'dev.azure.com/acme')).value).not.toHaveProperty('otherUrl');
    expect((await page('ghes', 'http://x')).error).toEqual({
      code: 'INVALID_ADDRESS',
      params: { reason: 'not-https' },
    });
  });
});
