import { runSandbox, type RunningSandbox } from '../support/run-sandbox';
import { story } from '../support/story';

const issueKey = 'DEMO-1';
const repository = 'acme/web';
const site = { branchActions: true, pullRequestActions: true };
let sandbox: RunningSandbox;
let integrationId: string;
let options: Record<string, unknown>;

beforeAll(async () => {
  sandbox = await runSandbox();
  options = { name: 'github', owners: ['acme'], requireUserPat: false, projects: 'all' };
  const credential = { kind: 'token', token: await sandbox.newToken('acme-bot') };
  const added = await manage('add-integration', { edition: 'github.com', credential, ...options });
  integrationId = added.integration.id;
});

afterAll(() => sandbox.stop());

async function manage(call: string, payload: Record<string, unknown>) {
  const { value, error } = await sandbox.invoke('ada', 'manage-repositories', call, payload);
  expect(error).toBeUndefined();
  return value;
}

const update = (requireUserPat: boolean) =>
  manage('update-integration', { id: integrationId, ...options, requireUserPat });
const saveSite = (requireUserPat: boolean) => manage('save-site-settings', { ...site, requireUserPat });

/** Without the counts of calls, which begin anew each minute, and the key that signs tickets, which a queue makes at any time. */
async function stored(): Promise<string[]> {
  const { secrets, values } = await sandbox.get<Record<'secrets' | 'values', { key: string }[]>>('/sandbox/storage');
  const keys = [...secrets, ...values].map(({ key }) => key.replace(integrationId, 'ID'));
  return keys.filter((key) => key !== 'ticket-key' && !key.startsWith('pace:'));
}

/** The author of a branch that bob creates without a token, or why he can't. */
async function authorOf(name: string): Promise<string | undefined> {
  const asked = { issueKey, integrationId, repository, sourceBranch: 'main', name };
  const { value, error } = await sandbox.invoke('bob', 'issue-context', 'create-branch', asked);
  return value?.card.author ?? error?.code;
}

story('The copy of the credential that writes use comes and goes with the rules', (step) => {
  step(
    'The copy of the credential that writes use exists a moment after an integration was added, while no token is required',
    async () => {
      await sandbox.get('/sandbox/idle?hurry');
      expect(await stored()).toContain('ready-credential:ID');
      expect(await authorOf('DEMO-1-free')).toBe('acme-bot');
    },
  );

  step(
    'The copy of the credential that writes use goes when the integration requires tokens, and a queue puts it back when it no longer does',
    async () => {
      await update(true);
      expect(await stored()).not.toContain('ready-credential:ID');
      expect(await authorOf('DEMO-1-required')).toBe('TOKEN_REQUIRED');
      await update(false);
      // Before the queue has run, the credential itself is read.
      expect(await authorOf('DEMO-1-free-again')).toBe('acme-bot');
      await sandbox.get('/sandbox/idle?hurry');
      expect(await stored()).toContain('ready-credential:ID');
    },
  );

  step(
    'The copy of the credential that writes use goes when the site requires tokens, and a queue puts it back',
    async () => {
      await saveSite(true);
      expect(await stored()).not.toContain('ready-credential:ID');
      expect(await authorOf('DEMO-1-site')).toBe('TOKEN_REQUIRED');
      await saveSite(false);
      expect(await authorOf('DEMO-1-at-once')).toBe('acme-bot');
      await sandbox.get('/sandbox/idle?hurry');
      expect(await stored()).toContain('ready-credential:ID');
    },
  );

  step(
    'The copy of the credential that writes use does not exist while the integration requires tokens, whatever the site says',
    async () => {
      await update(true);
      await saveSite(false);
      await sandbox.get('/sandbox/idle?hurry');
      expect(await stored()).not.toContain('ready-credential:ID');
      await update(false);
    },
  );

  step('The copy of the credential that writes use is erased with the integration', async () => {
    await manage('disconnect-integration', { id: integrationId });
    await sandbox.get('/sandbox/idle?hurry');
    expect((await stored()).filter((key) => key.includes('ID'))).toEqual([]);
  });

  step('Nothing is left behind when an integration could not be added', async () => {
    const before = await stored();
    const credential = { kind: 'token', token: `ghp_${'0'.repeat(36)}` };
    const asked = { edition: 'github.com', credential, ...options, name: 'refused' };
    const { error } = await sandbox.invoke('ada', 'manage-repositories', 'add-integration', asked);
    expect(error?.code).toBe('AUTH_INVALID');
    expect(await stored()).toEqual(before);
  });

  step(
    'Nothing is left behind of a removed token, and nobody is counted for a token that the service refused',
    async () => {
      const bot = { kind: 'token', token: await sandbox.newToken('acme-bot') };
      const added = await manage('add-integration', {
        edition: 'github.com',
        credential: bot,
        ...options,
        name: 'again',
      });
      integrationId = added.integration.id;
      const people = async () => (await manage('load-site', {})).integrations[0].peopleWithTokens as number;
      const save = async (token: string) =>
        sandbox.invoke('alice', 'user-settings', 'save-token', { integrationId, credential: { kind: 'token', token } });
      expect((await save(`ghp_${'0'.repeat(36)}`)).error?.code).toBe('AUTH_INVALID');
      expect(await people()).toBe(0);
      expect((await save(await sandbox.newToken('alice'))).ok).toBe(true);
      expect(await people()).toBe(1);
      expect((await save(`ghp_${'0'.repeat(36)}`)).error?.code).toBe('AUTH_INVALID');
      expect(await people()).toBe(1);
      await sandbox.invoke('alice', 'user-settings', 'remove-token', { integrationId });
      await sandbox.get('/sandbox/idle?hurry');
      expect((await stored()).filter((key) => /^token/.test(key))).toEqual([]);
      expect(await people()).toBe(0);
    },
  );
});
