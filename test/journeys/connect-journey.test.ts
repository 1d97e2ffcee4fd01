import { runSandbox, type Answer, type RunningSandbox } from '../support/run-sandbox';

const issueKey = 'DEMO-1';

let sandbox: RunningSandbox;
let bot: string;
let integrationId: string;

beforeAll(async () => {
  sandbox = await runSandbox();
  bot = await sandbox.newToken('acme-bot');
  const added = await admin('add-integration', {
    ...place('github.com', ''),
    name: 'acme-github',
    owners: ['acme'],
    requireUserPat: true,
    projects: 'all',
  });
  integrationId = String(added.value.integration.id);
});

afterAll(() => sandbox.stop());

function admin(call: string, payload: Record<string, unknown>): Promise<Answer> {
  return sandbox.invoke('ada', 'manage-repositories', call, payload);
}

function place(edition: string, address: string): Record<string, unknown> {
  return { edition, address, credential: { kind: 'token', token: bot } };
}

describe('An address that is sent without the page', () => {
  it.each([
    ['ghes', 'http://git.acme.example', 'not-https'],
    ['ghes', 'https://169.254.169.254/', 'ip-address'],
    ['ghes', 'https://metadata.google.internal', 'private-name'],
    ['ghes', 'https://user:x@git.acme.example', 'user-info'],
    ['ghes', 'https://git.acme.example:22', 'port'],
    ['ghes', '', 'empty'],
    ['ghes', 'https://github.com', 'other-service'],
    ['ghe.com', 'https://acme.ghe.com.evil.example', 'subdomain'],
  ])('of %s, %s, is refused before anything is sent', async (edition, address, reason) => {
    const before = (await sandbox.requests()).length;
    for (const [call, more] of [
      ['test-connection', {}],
      ['add-integration', { name: 'x', owners: ['acme'], requireUserPat: false, projects: 'all' }],
    ] as const) {
      expect(await admin(call, { ...place(edition, address), ...more })).toMatchObject({
        ok: false,
        error: { code: 'INVALID_ADDRESS', params: { reason } },
      });
    }
    expect(await sandbox.requests()).toHaveLength(before);
  });

  it('that no admin has allowed is not called, and the error says so', async () => {
    expect(await admin('test-connection', place('ghes', 'https://git.acme.example'))).toMatchObject({
      ok: false,
      error: { code: 'EGRESS_REFUSED', params: { host: 'git.acme.example' } },
    });
  });

  it('is ignored for an edition with a fixed one', async () => {
    expect(await admin('test-connection', place('github.com', 'https://evil.example'))).toMatchObject({
      ok: true,
      value: { edition: 'github.com', serviceName: 'GitHub', account: 'acme-bot' },
    });
  });
});

describe('A person’s token', () => {
  /** The service gives another answer about the token than the real one. */
  async function told(headers: Record<string, string>, body: Record<string, unknown> = {}): Promise<void> {
    const user = { login: 'alice', id: 7, type: 'User', ...body };
    const path = '/user';
    await sandbox.arm({
      host: 'api.github.com',
      path,
      status: 200,
      body: user,
      headers: { 'x-oauth-scopes': 'repo', ...headers },
    });
  }

  async function save(more: Record<string, unknown> = {}): Promise<Answer> {
    const credential = { kind: 'token', token: await sandbox.newToken('alice') };
    return sandbox.invoke('alice', 'issue-context', 'save-token', { issueKey, integrationId, credential, ...more });
  }

  it('that belongs to a machine is not saved', async () => {
    await told({}, { login: 'ci-app[bot]', type: 'Bot' });
    expect(await save()).toMatchObject({ ok: false, error: { code: 'BOT_TOKEN', params: { login: 'ci-app[bot]' } } });
    const { secrets } = await sandbox.get<{ secrets: { key: string }[] }>('/sandbox/storage');
    expect(secrets.filter(({ key }) => key.startsWith('token:'))).toEqual([]);
  });

  it('expires when its person says, where the service does not report it', async () => {
    await told({ 'github-authentication-token-expiration': 'some day' });
    expect(await save({ endsOn: '2098-01-31' })).toMatchObject({
      ok: true,
      value: { token: { expiresAt: '2098-01-31T23:59:59.000Z' } },
    });
  });

  it('expires when the service says, whatever its person says', async () => {
    const saved = await save({ endsOn: '2098-01-31' });
    expect(saved).toMatchObject({ ok: true });
    expect(saved.value.token.expiresAt).not.toContain('2098');
  });

  it.each(['2020-01-31', '2098-02-30', '31.1.2098', 'soon'])('does not expire on %s', async (endsOn) => {
    await told({ 'github-authentication-token-expiration': 'some day' });
    expect(await save({ endsOn })).toMatchObject({
      ok: false,
      error: { code: 'INVALID_INPUT', params: { field: 'endsOn' } },
    });
    await fetch(`${sandbox.services}/github.com/sandbox/faults`, { method: 'DELETE' });
  });
});
