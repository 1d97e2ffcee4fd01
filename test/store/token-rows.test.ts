import { sealed } from '../../src/domain/credential';
import type * as TokenStore from '../../src/store/tokens';
import type * as RowStore from '../../src/store/token-rows';
import { openInProcessStore, type InProcessStore } from '../support/in-process-store';

let store: InProcessStore;
let tokens: typeof TokenStore;
let rows: typeof RowStore;

beforeAll(async () => {
  store = openInProcessStore(() => new Date());
  tokens = await import('../../src/store/tokens');
  rows = await import('../../src/store/token-rows');
});
afterAll(() => store.close());
beforeEach(() => {
  store.entries.clear();
  store.requests.length = 0;
});

const person = (n: number) => `712020:person-${n}`;
const aToken = (login: string, expiresAt = 'never'): TokenStore.NewToken => ({
  id: `id of ${login}`,
  credential: sealed({ kind: 'token', token: `value of ${login}` }),
  login,
  serviceAccountId: '7',
  expiresAt,
  missingScopes: [],
  savedAt: '2026-11-20T12:00:00.000Z',
});
const save = (n: number, integration: string, login: string, expiresAt?: string) =>
  tokens.writeToken(person(n), integration, aToken(login, expiresAt));
const savedAs = (login: string): TokenStore.SavedToken => ({ ...aToken(login), listed: true });

async function logins(asked: Parameters<typeof RowStore.pageOfRows>[0], limit = 100): Promise<string[]> {
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await rows.pageOfRows(asked, cursor, limit);
    found.push(...page.rows.map(({ login }) => login));
    cursor = page.next;
  } while (cursor !== undefined);
  return found;
}

describe('The rows of tokens', () => {
  beforeEach(async () => {
    await save(3, 'one', 'Anna', '2027-03-01T00:00:00.000Z');
    await save(1, 'one', 'bert', 'never');
    await save(2, 'two', 'anton', '2026-12-24T00:00:00.000Z');
    await save(1, 'two', 'carl', 'unknown');
    await tokens.storeFate(person(1), 'two', savedAs('carl'), { rejectedAt: '2026-11-21T12:00:00.000Z' });
    store.requests.length = 0;
  });

  it.each([
    ['person', undefined, ['bert', 'carl', 'anton', 'Anna']],
    ['login', undefined, ['Anna', 'anton', 'bert', 'carl']],
    ['due', undefined, ['carl', 'anton', 'Anna', 'bert']],
    ['person', 'one', ['bert', 'Anna']],
    ['login', 'two', ['anton', 'carl']],
    ['due', 'two', ['carl', 'anton']],
  ] as const)('come by %s, of %s, also page by page', async (order, integrationId, expected) => {
    expect(await logins({ order, integrationId })).toEqual(expected);
    expect(await logins({ order, integrationId }, 1)).toEqual(expected);
  });

  it('are found by how a login begins, and by the days they expire', async () => {
    expect(await logins({ order: 'login', range: { begins: 'an' } })).toEqual(['Anna', 'anton']);
    const { refused, firstDay } = rows.due;
    expect(await logins({ order: 'due', range: { from: refused, to: refused } })).toEqual(['carl']);
    const untilNewYear = { from: firstDay, to: '2027-01-01T00:00:00.000Z' };
    expect(await logins({ order: 'due', range: untilNewYear })).toEqual(['anton']);
  });

  it('are one request a page, and hold no token', async () => {
    await logins({ order: 'due' });
    expect(store.requests).toEqual(['/api/v1/entity/query']);
    const everything = store.entries.list('', '~', undefined, 100);
    expect(everything).toHaveLength(4);
    expect(JSON.stringify(everything)).not.toContain('value of');
  });

  it('go with the secret, before what finds the token', async () => {
    await tokens.removeSecretOfToken(person(1), 'two');
    expect(await logins({ order: 'login' })).toEqual(['Anna', 'anton', 'bert']);
    expect(await tokens.integrationsWithTokenOf(person(1))).toEqual(['one', 'two']);
    expect(store.entries.secretKeys('')).not.toContain(`token:${person(1)}:two`);
  });
});

describe('A row that does not belong to the stored token', () => {
  it('is corrected at the next use of the token', async () => {
    await save(1, 'one', 'old');
    await save(1, 'one', 'new');
    // A page with the old one got a refusal after the new one was saved.
    await tokens.storeFate(person(1), 'one', savedAs('old'), { rejectedAt: '2026-11-21T12:00:00.000Z' });
    expect(await logins({ order: 'login' })).toEqual(['old']);
    const { token } = await tokens.readToken(person(1), 'one');
    if (token === undefined) throw new Error('No token');
    await tokens.storeFate(person(1), 'one', token, { lastUsedAt: '2026-11-22T12:00:00.000Z' });
    expect(await logins({ order: 'login' })).toEqual(['new']);
  });

  it('costs a token that is used as before one entry, and no row', async () => {
    await save(1, 'one', 'alice');
    const { token } = await tokens.readToken(person(1), 'one');
    if (token === undefined) throw new Error('No token');
    store.requests.length = 0;
    await tokens.storeFate(person(1), 'one', token, { lastUsedAt: '2026-11-22T12:00:00.000Z' });
    expect(store.requests).toEqual(['/api/v1/set']);
  });

  it('returns when another token was saved during a removal', async () => {
    await save(1, 'one', 'old');
    await save(1, 'one', 'new');
    await rows.removeRow({ accountId: person(1), integrationId: 'one' });
    await tokens.removeEntriesWithoutToken(person(1), 'one', { tokenId: 'id of old' });
    expect(await logins({ order: 'login' })).toEqual(['new']);
  });
});

describe('That an admin removed a token', () => {
  const notice = { at: '2026-11-21T12:00:00.000Z', reason: 'left the team' };

  it('is shown without a token, and no longer with a new one', async () => {
    await tokens.writeNotice({ accountId: person(1), integrationId: 'one' }, notice);
    expect(await tokens.readToken(person(1), 'one')).toEqual({ removed: notice });
    await save(1, 'one', 'alice');
    expect(await tokens.readToken(person(1), 'one')).not.toHaveProperty('removed');
    await tokens.removeToken(person(1), 'one');
    expect(await tokens.readToken(person(1), 'one')).toEqual({});
  });
});
