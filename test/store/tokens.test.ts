import { sealed } from '../../src/domain/credential';
import type * as AccountStore from '../../src/store/accounts';
import type * as TokenStore from '../../src/store/tokens';
import { openInProcessStore, type InProcessStore } from '../support/in-process-store';

const alice = '712020:a11ce000-0000-4000-8000-000000000002';
const bob = '712020:b0b00000-0000-4000-8000-000000000003';

let store: InProcessStore;
let tokens: typeof TokenStore;
let people: typeof AccountStore;

beforeAll(async () => {
  store = openInProcessStore(() => new Date());
  tokens = await import('../../src/store/tokens');
  people = await import('../../src/store/accounts');
});
afterAll(() => store.close());
beforeEach(() => {
  store.entries.clear();
  store.requests.length = 0;
});

const storedKeys = () => store.entries.list('', '', undefined, 10_000).map(({ key }) => key);
const secrets = () => store.entries.secretKeys('');

const aToken = (id: string): TokenStore.NewToken => ({
  id,
  credential: sealed({ kind: 'token', token: `value of ${id}` }),
  login: 'alice',
  serviceAccountId: '7',
  expiresAt: 'never',
  missingScopes: [],
  savedAt: '2026-11-20T12:00:00.000Z',
});
/** A token without a recorded use or refusal. */
const savedAs = (id: string): TokenStore.SavedToken => ({ ...aToken(id), listed: true });
const valueOf = (token: TokenStore.SavedToken | undefined) =>
  token?.credential.kind === 'token' ? token.credential.token.reveal() : undefined;

describe('A token', () => {
  it('is read as it was saved, and is nobody else’s', async () => {
    await tokens.writeToken(alice, 'one', { ...aToken('t1'), scopes: ['repo'], missingScopes: ['workflow'] });
    const saved = (await tokens.readToken(alice, 'one')).token;
    const { credential: _, ...rest } = aToken('t1');
    expect(saved).toMatchObject({ ...rest, scopes: ['repo'], missingScopes: ['workflow'] });
    expect(valueOf(saved)).toBe('value of t1');
    expect((await tokens.readToken(alice, 'two')).token).toBeUndefined();
    expect((await tokens.readToken(bob, 'one')).token).toBeUndefined();
  });

  it('is a secret, and its entries are none', async () => {
    await tokens.writeToken(alice, 'one', aToken('t1'));
    expect(secrets()).toEqual([`token:${alice}:one`]);
    expect(storedKeys()).toEqual([
      `account:${alice}`,
      `token-holder:one:${alice}`,
      `token-trail:${alice}:one`,
      `~saved-token/${alice}:one`,
    ]);
    expect(JSON.stringify(store.entries.list('', '', undefined, 100))).not.toContain('value of t1');
  });

  it('has the times of its last use and its refusal', async () => {
    await tokens.writeToken(alice, 'one', aToken('t1'));
    await tokens.storeFate(alice, 'one', savedAs('t1'), { lastUsedAt: '2026-11-20T13:00:00.000Z' });
    expect((await tokens.readToken(alice, 'one')).token).toMatchObject({ lastUsedAt: '2026-11-20T13:00:00.000Z' });
    await tokens.storeFate(alice, 'one', savedAs('t1'), { rejectedAt: '2026-11-20T14:00:00.000Z' });
    expect((await tokens.readToken(alice, 'one')).token).toMatchObject({ rejectedAt: '2026-11-20T14:00:00.000Z' });
  });

  it('is independent of the token before it', async () => {
    await tokens.writeToken(alice, 'one', aToken('t2'));
    await tokens.storeFate(alice, 'one', savedAs('t1'), { rejectedAt: '2026-11-20T14:00:00.000Z' });
    const saved = (await tokens.readToken(alice, 'one')).token;
    expect(saved).toMatchObject({ id: 't2' });
    expect(saved).not.toHaveProperty('rejectedAt');
  });

  it('exists even without its entries', async () => {
    await tokens.writeToken(alice, 'one', aToken('t1'));
    store.entries.delete('acme', 'value', `token-trail:${alice}:one`);
    expect((await tokens.readToken(alice, 'one')).token).toMatchObject({ id: 't1', login: 'alice' });
  });

  it('is gone with all its entries when it is removed, and a second removal is no error', async () => {
    await tokens.writeToken(alice, 'one', aToken('t1'));
    await tokens.writeToken(alice, 'two', aToken('t2'));
    await tokens.removeToken(alice, 'one');
    await tokens.removeToken(alice, 'one');
    expect(secrets()).toEqual([`token:${alice}:two`]);
    expect(storedKeys()).toEqual([
      `account:${alice}`,
      `token-holder:two:${alice}`,
      `token-trail:${alice}:two`,
      `~saved-token/${alice}:two`,
    ]);
  });
});

describe('A token that is announced', () => {
  it('is found, counts for nobody, and does not exist yet', async () => {
    await tokens.announceToken(alice, 'one', undefined);
    expect((await tokens.readToken(alice, 'one')).token).toBeUndefined();
    expect(await tokens.someTokenHolders('one')).toEqual([alice]);
    expect(await tokens.integrationsWithTokenOf(alice)).toEqual(['one']);
    expect(await tokens.countTokens('one')).toEqual({ people: 0, more: false });
  });

  it('in place of another does not change that one, and it counts', async () => {
    await tokens.writeToken(alice, 'one', aToken('t1'));
    const trail = { lastUsedAt: '2026-11-20T13:00:00.000Z', rejectedAt: '2026-11-20T14:00:00.000Z' };
    await tokens.storeFate(alice, 'one', savedAs('t1'), { ...trail });
    const before = (await tokens.readToken(alice, 'one')).token;
    await tokens.announceToken(alice, 'one', before);
    const after = (await tokens.readToken(alice, 'one')).token;
    expect({ ...after, credential: undefined }).toEqual({ ...before, credential: undefined });
    expect(after).toMatchObject(trail);
    expect(await tokens.countTokens('one')).toEqual({ people: 1, more: false });
  });

  it('that was never used is announced without a time', async () => {
    await tokens.writeToken(alice, 'one', aToken('t1'));
    await tokens.announceToken(alice, 'one', (await tokens.readToken(alice, 'one')).token);
    const [trail] = store.entries.list('', `token-trail:${alice}:one`, undefined, 1);
    expect(JSON.parse(trail?.json ?? '')).toEqual({ id: 't1', listed: true });
  });
});

describe('An entry whose secret is gone', () => {
  it('is cleared away', async () => {
    await tokens.writeToken(alice, 'one', aToken('t1'));
    await tokens.removeSecretOfToken(alice, 'one');
    expect((await tokens.readToken(alice, 'one')).token).toBeUndefined();
    expect(storedKeys()).toHaveLength(3);
    expect(await tokens.removeEntriesWithoutToken(alice, 'one', { tokenId: 't1' })).toBeUndefined();
    expect(storedKeys()).toEqual([`account:${alice}`]);
  });

  it('remains when the person has saved another one meanwhile', async () => {
    await tokens.writeToken(alice, 'one', aToken('t1'));
    expect(await tokens.removeEntriesWithoutToken(alice, 'one', { tokenId: 't0' })).toBeUndefined();
    expect(await tokens.integrationsWithTokenOf(alice)).toEqual(['one']);
  });
});

describe('The entries of a token that is being saved in another tab', () => {
  it('remain while its end is unknown, and go when it failed', async () => {
    await tokens.announceToken(alice, 'one', undefined);
    const left = await tokens.removeEntriesWithoutToken(alice, 'one', { tokenId: 't1' });
    expect(left).toEqual({ tokenId: '', savingSince: expect.any(String) });
    expect(storedKeys()).toHaveLength(3);
    expect(await tokens.removeEntriesWithoutToken(alice, 'one', left!)).toBeUndefined();
    expect(storedKeys()).toEqual([`account:${alice}`]);
  });

  it('remain as well when somebody began to save another one after that', async () => {
    await tokens.announceToken(alice, 'one', undefined);
    const left = await tokens.removeEntriesWithoutToken(alice, 'one', { tokenId: '' });
    await new Promise((resolve) => setTimeout(resolve, 5));
    await tokens.announceToken(alice, 'one', undefined);
    const newer = await tokens.removeEntriesWithoutToken(alice, 'one', left!);
    expect(newer?.savingSince).not.toBe(left?.savingSince);
    expect(newer).toEqual({ tokenId: '', savingSince: expect.any(String) });
    expect(storedKeys()).toHaveLength(3);
  });

  it('remain when the newer one has an id but no secret yet', async () => {
    await tokens.writeToken(alice, 'one', aToken('t2'));
    await tokens.removeSecretOfToken(alice, 'one');
    const left = await tokens.removeEntriesWithoutToken(alice, 'one', { tokenId: 't1' });
    expect(left).toEqual({ tokenId: 't2', savingSince: undefined });
    expect(storedKeys()).toHaveLength(3);
    expect(await tokens.removeEntriesWithoutToken(alice, 'one', left!)).toBeUndefined();
    expect(storedKeys()).toEqual([`account:${alice}`]);
  });
});

describe('The tokens of an integration', () => {
  it('are counted up to a hundred, with a mark for more', async () => {
    for (let n = 0; n < 100; n += 1)
      store.entries.set('', 'value', `token-holder:one:712020:person-${n}`, '{}', undefined);
    expect(await tokens.countTokens('one')).toEqual({ people: 100, more: false });
    store.entries.set('', 'value', 'token-holder:one:712020:person-100', '{}', undefined);
    expect(await tokens.countTokens('one')).toEqual({ people: 100, more: true });
    expect(await tokens.someTokenHolders('one')).toHaveLength(100);
    expect(await tokens.countTokens('two')).toEqual({ people: 0, more: false });
  });

  it('are erased for those people and no others, again without an error', async () => {
    for (const accountId of [alice, bob]) await tokens.writeToken(accountId, 'one', aToken('t1'));
    await tokens.writeToken(alice, 'two', aToken('t2'));
    await tokens.removeTokens([alice], 'one');
    await tokens.removeTokens([alice], 'one');
    expect(secrets()).toEqual([`token:${alice}:two`, `token:${bob}:one`]);
    expect(await tokens.someTokenHolders('one')).toEqual([bob]);
    expect(await tokens.integrationsWithTokenOf(alice)).toEqual(['two']);
  });

  it('are identified by person and integration', async () => {
    await tokens.writeToken(alice, 'one', aToken('t1'));
    await tokens.writeToken(bob, 'two', aToken('t2'));
    expect(await tokens.someTokens()).toEqual([
      { accountId: alice, integrationId: 'one' },
      { accountId: bob, integrationId: 'two' },
    ]);
  });
});

describe('A person with stored data', () => {
  it('is reported from the time of the first data, and then from the last report', async () => {
    const before = Date.now();
    await tokens.writeToken(alice, 'one', aToken('t1'));
    const [first] = (await people.someAccounts()).accounts;
    expect(first?.accountId).toBe(alice);
    expect(Date.parse(first?.askedAt ?? '')).toBeGreaterThanOrEqual(before);
    await people.storeAskedAt([alice, bob], '2026-11-21T00:00:00.000Z');
    expect(await people.someAccounts()).toEqual({
      accounts: [alice, bob].map((accountId) => ({ accountId, askedAt: '2026-11-21T00:00:00.000Z' })),
      next: undefined,
    });
  });

  it('is unknown once deleted', async () => {
    await people.storeAskedAt([alice, bob], '2026-11-21T00:00:00.000Z');
    await people.forgetAccount(alice);
    await people.forgetAccount(alice);
    expect((await people.someAccounts()).accounts.map(({ accountId }) => accountId)).toEqual([bob]);
  });

  it('comes a hundred at a time', async () => {
    const crowd = Array.from({ length: 130 }, (_, n) => `712020:person-${String(n).padStart(3, '0')}`);
    await people.storeAskedAt(crowd, '2026-11-21T00:00:00.000Z');
    const first = await people.someAccounts();
    const second = await people.someAccounts(first.next);
    expect([...first.accounts, ...second.accounts].map(({ accountId }) => accountId)).toEqual(crowd);
    expect(first.accounts).toHaveLength(100);
    expect(second.next).toBeUndefined();
  });

  it.each(['unidentified', '', 'x:y', 'a/../b', `712020:${'x'.repeat(130)}`])('is never “%s”', async (accountId) => {
    await expect(tokens.readToken(accountId, 'one')).rejects.toThrow('Nobody to keep anything for');
    await expect(people.storeAskedAt([accountId], '2026-11-21T00:00:00.000Z')).rejects.toThrow();
    expect(storedKeys()).toEqual([]);
  });
});
