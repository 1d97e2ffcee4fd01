import { sealed, type PastedCredential } from '../../src/domain/credential';
import { defaultSiteSettings, type Integration } from '../../src/domain/integration';
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

const keysKept = () => store.entries.list('', '', undefined, 1_000).map(({ key }) => key);
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

describe('An integration', () => {
  it('is read as it was written, with everything it may have', async () => {
    const whole = {
      ...one,
      version: '3.19',
      owners: 'all' as const,
      projects: ['DEMO'],
      disabled: true,
      disconnecting: true,
    };
    await integrations.writeIntegration(whole);
    expect(await integrations.readIntegration('one')).toEqual(whole);
    await integrations.writeIntegration(one);
    expect(await integrations.readIntegration('one')).toEqual(one);
    expect(await integrations.readIntegration('two')).toBeUndefined();
  });

  it('is listed by name', async () => {
    for (const name of ['b', 'a', 'C']) await integrations.writeIntegration({ ...one, id: name, name });
    expect((await integrations.listIntegrations()).map(({ name }) => name)).toEqual(['a', 'b', 'C']);
  });

  it('counts as being disconnected until it is complete, and leaves nothing when it never is', async () => {
    const { account: _, ...draft } = one;
    await integrations.writeDraft(draft);
    expect(await integrations.readIntegration('one')).toEqual({ ...one, account: '', disconnecting: true });
    await integrations.removeDraft('one');
    expect(keysKept()).toEqual([]);
  });

  it('goes with its credential and the copy of it', async () => {
    await integrations.writeIntegrationWithCredential(one, sealed(usual), { ready: true });
    await integrations.writeIntegrationWithCredential({ ...one, id: 'two' }, sealed(usual), { ready: true });
    await integrations.removeIntegration('one');
    expect(keysKept()).toEqual(['integration:two']);
    expect(secrets()).toEqual(['integration-credential:two', 'ready-credential:two']);
    await integrations.removeIntegrationCredential('two');
    expect(keysKept()).toEqual(['integration:two']);
    expect(secrets()).toEqual([]);
  });
});

describe('The credential of an integration', () => {
  it.each(kinds)('of the kind $kind is read as it was written, and hides itself', async (pasted) => {
    await integrations.writeIntegrationWithCredential(one, sealed(pasted), { ready: true });
    const credential = await integrations.readIntegrationCredential(one);
    expect(revealed(credential)).toEqual(pasted);
    expect(JSON.stringify(credential)).not.toContain('the ');
    expect(revealed((await integrations.readReadyCredential('one'))(one))).toEqual(pasted);
  });

  it('is kept as a secret alone', async () => {
    await integrations.writeIntegrationWithCredential(one, sealed(usual), { ready: false });
    expect(JSON.stringify(store.entries.list('', '', undefined, 100))).not.toContain('the token');
    expect(secrets()).toEqual(['integration-credential:one']);
  });

  it('counts as missing when it belongs to another state of the record, and where there is none', async () => {
    await integrations.writeIntegrationWithCredential(one, sealed(usual), { ready: true });
    const newer = { ...one, credentialId: 'c2' };
    expect(await integrations.readIntegrationCredential(newer)).toBeUndefined();
    expect((await integrations.readReadyCredential('one'))(newer)).toBeUndefined();
    expect(await integrations.readIntegrationCredential({ ...one, id: 'two' })).toBeUndefined();
    expect((await integrations.readReadyCredential('two'))(one)).toBeUndefined();
  });

  it('has a copy only while writes may find one', async () => {
    await integrations.writeIntegrationWithCredential(one, sealed(usual), { ready: true });
    expect(secrets()).toEqual(['integration-credential:one', 'ready-credential:one']);
    await integrations.writeIntegrationWithCredential(one, sealed(usual), { ready: false });
    expect(secrets()).toEqual(['integration-credential:one']);
    await integrations.writeReadyCredential(one, sealed(usual));
    expect(revealed((await integrations.readReadyCredential('one'))(one))).toEqual(usual);
    await integrations.removeReadyCredential('one');
    expect(secrets()).toEqual(['integration-credential:one']);
  });
});

describe('The settings of a site', () => {
  it('are the usual ones until somebody changes one', async () => {
    expect(await settings.readSettings()).toEqual(defaultSiteSettings);
    const changed = {
      requireUserPat: true,
      branchActions: false,
      pullRequestActions: false,
      branchName: { template: '${issuekey}', separator: '_' as const, maxBytes: 60 },
    };
    await settings.writeSettings(changed);
    expect(await settings.readSettings()).toEqual(changed);
    expect(keysKept()).toEqual(['settings']);
  });

  it('from before branches had a rule have the usual one', async () => {
    const older = { requireUserPat: true, branchActions: true, pullRequestActions: false };
    store.entries.set('', 'value', 'settings', JSON.stringify(older), undefined);
    expect(await settings.readSettings()).toEqual({ ...older, branchName: defaultSiteSettings.branchName });
  });
});
