import { sealed, type PastedCredential } from '../../src/domain/credential';
import { defaultDailySettings, defaultSiteSettings, type Integration } from '../../src/domain/integration';
import type * as IntegrationStore from '../../src/store/integrations';
import type * as SettingsStore from '../../src/store/settings';
import { openInProcessStore, type InProcessStore } from '../support/in-process-store';

let store: InProcessStore;
let integrations: typeof IntegrationStore;
let settings: typeof SettingsStore;

beforeAll(async () => {
  store = openInProcessStore(() => new Date());
  integrations = await import('../../src/store/integrations');
  settings = await import('../../src/store/settings');
});
afterAll(() => store.close());
beforeEach(() => store.entries.clear());

const storedKeys = () => store.entries.list('', '', undefined, 1_000).map(({ key }) => key);
const secrets = () => store.entries.secretKeys('');

const one: Integration = {
  id: 'one',
  edition: 'github.com',
  address: 'https://github.com',
  name: 'acme-github',
  owners: ['acme'],
  requireUserPat: false,
  projects: 'all',
  account: 'acme-bot',
  credentialId: 'c1',
};
const kinds: PastedCredential[] = [
  { kind: 'token', token: 'the token' },
  { kind: 'access-key', id: 'AKIA', secret: 'the secret' },
  { kind: 'password', user: 'svc', password: 'the password' },
];
const [usual] = kinds as [PastedCredential];
const revealed = (credential: object | undefined) =>
  Object.fromEntries(
    Object.entries(credential ?? {}).map(([part, value]) => [
      part,
      value?.reveal === undefined ? value : value.reveal(),
    ]),
  );

/** An integration right after it was connected. */
async function connect(integration: Integration, pasted: PastedCredential = usual): Promise<void> {
  const { account: _, ...draft } = integration;
  await integrations.writeDraft(draft);
  await integrations.writeConnection(integration, sealed(pasted));
}

describe('An integration', () => {
  it('is read as it was written, with everything it may have', async () => {
    const whole = { ...one, version: '3.19', owners: 'all' as const, projects: ['DEMO'], requireUserPat: true };
    await connect(whole);
    expect(await integrations.readIntegration('one')).toEqual(whole);
    await integrations.writeFlag('one', 'required', false);
    await integrations.writeFlag('one', 'disabled', true);
    expect(await integrations.readIntegration('one')).toEqual({ ...whole, requireUserPat: false, disabled: true });
    await integrations.writeFlag('one', 'disabled', false);
    await integrations.writeOptions('one', { name: 'new', owners: ['acme'], projects: 'all' });
    const renamed = { ...whole, name: 'new', owners: ['acme'], projects: 'all', requireUserPat: false };
    expect(await integrations.readIntegration('one')).toEqual(renamed);
    expect(await integrations.readIntegration('two')).toBeUndefined();
  });

  it('is listed by name', async () => {
    for (const name of ['b', 'a', 'C']) await connect({ ...one, id: name, name });
    expect((await integrations.listIntegrations()).map(({ name }) => name)).toEqual(['a', 'b', 'C']);
  });

  it('counts as being disconnected until it is complete, and leaves nothing when it never is', async () => {
    const { account: _, ...draft } = one;
    await integrations.writeDraft({ ...draft, requireUserPat: true });
    const begun = { ...one, requireUserPat: true, account: '', disconnecting: true };
    expect(await integrations.readIntegration('one')).toEqual(begun);
    expect(await integrations.integrationsToErase()).toEqual(['one']);
    await integrations.removeDraft('one');
    expect(storedKeys()).toEqual([]);
  });

  it('remains disconnected after any later write', async () => {
    await connect(one);
    await integrations.markDisconnecting('one');
    await integrations.writeConnection({ ...one, credentialId: 'c2' }, sealed(usual));
    await integrations.writeOptions('one', { name: 'back', owners: ['acme'], projects: 'all' });
    await integrations.writeFlag('one', 'disabled', false);
    expect(await integrations.readIntegration('one')).toMatchObject({ name: 'back', disconnecting: true });
    expect(await integrations.integrationsToErase()).toEqual(['one']);
    await integrations.removeIntegration('one');
    expect(storedKeys()).toEqual([]);
    expect(secrets()).toEqual([]);
  });

  it('with nothing left but its mark is found, to be erased', async () => {
    await integrations.markDisconnecting('one');
    expect(await integrations.listIntegrations()).toEqual([]);
    expect(await integrations.isDisconnecting('one')).toBe(true);
    expect(await integrations.isDisconnecting('two')).toBe(false);
    expect(await integrations.integrationsToErase()).toEqual(['one']);
  });

  it('goes with its credential and the copy of it', async () => {
    for (const id of ['one', 'two']) {
      await connect({ ...one, id });
      await integrations.writeReadyCredential({ ...one, id }, sealed(usual));
    }
    await integrations.removeIntegration('one');
    expect(storedKeys().every((key) => key.startsWith('integration:two'))).toBe(true);
    expect(secrets()).toEqual(['integration-credential:two', 'ready-credential:two']);
    await integrations.removeIntegrationCredential('two');
    expect(secrets()).toEqual([]);
  });
});

describe('The credential of an integration', () => {
  it.each(kinds)('of the kind $kind is read as it was written, and hides itself', async (pasted) => {
    await connect(one, pasted);
    await integrations.writeReadyCredential(one, sealed(pasted));
    const credential = await integrations.readIntegrationCredential(one);
    expect(revealed(credential)).toEqual(pasted);
    expect(JSON.stringify(credential)).not.toContain('the ');
    expect(revealed((await integrations.readReadyCredential('one'))(one))).toEqual(pasted);
  });

  it('is stored as a secret only', async () => {
    await connect(one);
    expect(JSON.stringify(store.entries.list('', '', undefined, 100))).not.toContain('the token');
    expect(secrets()).toEqual(['integration-credential:one']);
  });

  it('counts as missing when it belongs to another connection, and where there is none', async () => {
    await connect(one);
    await integrations.writeReadyCredential(one, sealed(usual));
    const newer = { ...one, credentialId: 'c2' };
    expect(await integrations.readIntegrationCredential(newer)).toBeUndefined();
    expect((await integrations.readReadyCredential('one'))(newer)).toBeUndefined();
    expect(await integrations.readIntegrationCredential({ ...one, id: 'two' })).toBeUndefined();
    expect((await integrations.readReadyCredential('two'))(one)).toBeUndefined();
  });

  it('decides which connection counts when two were written at once', async () => {
    await connect(one);
    const other = { ...one, account: 'other-bot', credentialId: 'c2' };
    await integrations.writeConnection(other, sealed(usual));
    const { requireUserPat: _, name: __, owners: ___, projects: ____, ...connection } = one;
    store.entries.set('', 'value', 'integration:one', JSON.stringify(connection), undefined);
    expect(await integrations.readIntegrationCredential(one)).toBeUndefined();
    expect(await integrations.alignConnection('one')).toEqual(other);
    expect(revealed(await integrations.readIntegrationCredential(other))).toEqual(usual);
    expect(await integrations.alignConnection('one')).toEqual(other);
    expect(await integrations.alignConnection('two')).toBeUndefined();
  });
});

describe('The settings of a site', () => {
  it('are the defaults until somebody changes one', async () => {
    expect(await settings.readSettings()).toEqual(defaultSiteSettings);
    const changed = {
      requireUserPat: true,
      branchActions: false,
      pullRequestActions: false,
      developmentInfo: false,
      developmentTransitions: true,
      branchName: { template: '${issuekey}', separator: '_' as const, maxBytes: 60 },
    };
    await settings.writeSettings({ ...changed, leaverDays: 30 });
    expect(await settings.readSettings()).toEqual(changed);
    expect(await settings.readAllSettings()).toEqual([changed, { ...defaultDailySettings, leaverDays: 30 }]);
  });

  it('are stored one by one: writing one never takes another back', async () => {
    await settings.writeSettings({ requireUserPat: true });
    await settings.writeSettings({ branchActions: false });
    expect(storedKeys()).toEqual(['setting:branchActions', 'setting:requireUserPat']);
    expect(await settings.readSettings()).toEqual({
      ...defaultSiteSettings,
      requireUserPat: true,
      branchActions: false,
    });
  });
});
