import { openOffice, people, site, token, type Office } from './office';
import { tokens } from '../../rig/github-tokens';
import { story } from '../support/story';

let office: Office;
let one: string;
let two: string;

/** Each block has an office of its own: tokens come and go, and accounts are closed. */
async function open(): Promise<void> {
  office = await openOffice();
  one = await office.connect({ saved: true });
  two = await office.connect();
  const branch = { integrationId: two, repository: 'acme/web', sourceBranch: 'main', name: 'DEMO-1-by-bot' };
  expect(await office.onIssue('create-branch', branch, { as: 'bob' })).toMatchObject({ ok: true });
}

const list = async (asked: object = {}) => (await office.asAdmin('list-tokens', asked)).value.items as any[];
const shown = (rows: any[]) =>
  rows.map(({ person, integrationId, token: own }) =>
    [person.name, integrationId === one ? 'one' : 'two', own?.login ?? 'none'].join(' '),
  );

describe('People and tokens', () => {
  beforeAll(open);
  afterAll(() => office.close());

  it('shows the people with a token, their accounts, and people who acted without one', async () => {
    const rows = await list();
    expect(shown(rows)).toEqual(['Alice Developer one alice', 'Bob Developer two none']);
    expect(rows[0]).toMatchObject({ token: { health: 'good', kind: 'classic', expiresAt: 'never' }, blocked: false });
    expect(rows[1]).toMatchObject({ blocked: true, actedWithoutAt: expect.any(String) });
    expect(JSON.stringify(rows)).not.toContain(tokens.aliceEndless);
  });

  it.each([
    [{ integrationId: 'two' }, ['Bob Developer two none']],
    [{ state: 'good' }, ['Alice Developer one alice']],
    [{ state: 'rejected' }, []],
    [{ state: 'ending-soon' }, []],
    [{ state: 'none' }, ['Bob Developer two none']],
    [{ state: 'blocked' }, ['Bob Developer two none']],
    [{ state: 'affected' }, ['Bob Developer two none']],
    [{ search: 'b', state: 'affected' }, ['Bob Developer two none']],
    [{ search: 'ali' }, ['Alice Developer one alice']],
    [{ search: 'AL' }, ['Alice Developer one alice']],
    [{ search: 'bob' }, ['Bob Developer two none']],
    [{ search: 'bob', state: 'good' }, []],
    [{ search: 'nobody' }, []],
    [{ sort: 'login' }, ['Alice Developer one alice', 'Bob Developer two none']],
    [{ forExport: true }, ['Alice Developer one alice', 'Bob Developer two none']],
  ])('finds by %j', async (asked: object, expected: string[]) => {
    const payload = 'integrationId' in asked ? { integrationId: two } : asked;
    expect(shown(await list(payload))).toEqual(expected);
  });

  it('is for admins', async () => {
    expect(await office.asAdmin('list-tokens', {}, { as: 'alice' })).toMatchObject({ error: { code: 'NOT_ADMIN' } });
  });
});

describe('Requiring tokens', () => {
  beforeAll(open);
  afterAll(() => office.close());

  it('counts the people who are ready for tokens to be required, and the others', async () => {
    const expired = '2020-01-01T00:00:00.000Z';
    const rows = { carol: 'never', dave: expired, erin: expired };
    for (const [login, expiresAt] of Object.entries(rows)) {
      const of = { accountId: `712020:${login}`, integrationId: 'three' };
      const row = {
        ...of,
        id: login,
        login,
        loginKey: login,
        expiresAt,
        due: expiresAt,
        missingScopes: [],
        savedAt: expired,
      };
      office.app.entries.set(site, 'value', `~saved-token/${of.accountId}:three`, JSON.stringify(row), undefined);
    }
    for (const login of ['carol', 'dave', 'frank']) office.put(`acted-without:three:712020:${login}`, { at: expired });
    const affected = await list({ state: 'affected', integrationId: 'three', forExport: true });
    expect(
      affected.map(({ person, token: own, blocked, actedWithoutAt }) =>
        [
          person.accountId.slice(7),
          own ? 'token' : 'none',
          blocked ? 'blocked' : 'ready',
          actedWithoutAt ? 'acted' : 'idle',
        ].join(' '),
      ),
    ).toEqual([
      'dave token blocked acted',
      'erin token blocked idle',
      'carol token ready acted',
      'frank none blocked acted',
    ]);
  });
});

describe('When an admin removes a token', () => {
  beforeAll(open);
  afterAll(() => office.close());

  story('it', (step) => {
    const reason = 'left the team';
    const remove = (accountIds: string[], as = 'ada') =>
      office.asAdmin('remove-tokens', { integrationId: one, accountIds, reason }, { as });

    step('remains when somebody else requests it, or without a reason', async () => {
      expect(await remove([people.alice], 'bob')).toMatchObject({ error: { code: 'NOT_ADMIN' } });
      const silent = { integrationId: one, accountIds: [people.alice], reason: '  ' };
      expect(await office.asAdmin('remove-tokens', silent)).toMatchObject({ error: { code: 'INVALID_INPUT' } });
      expect(shown(await list({ integrationId: one }))).toEqual(['Alice Developer one alice']);
    });

    step('is erased with all its entries; its owner reads why, and the activity has its owner', async () => {
      expect(await remove([people.alice, people.bob])).toEqual({ ok: true, value: { removed: 1 } });
      expect(await list({ integrationId: one })).toEqual([]);
      expect(office.app.entries.secretKeys(site)).not.toContain(`token:${people.alice}:${one}`);
      await office.app.settle({ hurry: true });
      expect(office.stored(`token-trail:${people.alice}:${one}`)).toBeNull();
      expect(office.stored(`token-holder:${one}:${people.alice}`)).toBeNull();
      const { value } = await office.inSettings('load-user-settings');
      const mine = value.integrations.find(({ id }: { id: string }) => id === one);
      expect(mine.attribution.removed).toMatchObject({ reason });
      const [noted] = await office.noted();
      expect(noted).toMatchObject({
        action: 'remove-person-token',
        person: { name: 'Ada Admin' },
        owner: { name: 'Alice Developer' },
        login: 'alice',
        reason,
      });
      expect(noted).not.toHaveProperty('actor');
      expect(await office.noted({ accountId: people.alice })).toContainEqual(noted);
    });

    step('may be removed again, which changes nothing', async () => {
      expect(await remove([people.alice])).toEqual({ ok: true, value: { removed: 0 } });
    });

    step('can be replaced by its owner, who no longer reads about it', async () => {
      const saved = await office.inSettings('save-token', { integrationId: one, credential: token(tokens.alice) });
      expect(saved.value.attribution).not.toHaveProperty('removed');
      expect(shown(await list({ integrationId: one }))).toEqual(['Alice Developer one alice']);
    });

    step('leaves neither account in the activity once both are closed, and the act remains', async () => {
      const close = async (accountId: string) => {
        office.put(`account:${accountId}`, { askedAt: '2020-01-01T00:00:00.000Z' });
        office.app.closedAccounts.close(accountId);
        await office.app.run('daily-trigger');
      };
      const deed = async () => {
        const entries = office.app.entries
          .list(site, 'activity:', undefined, 1_000)
          .map(({ json }) => JSON.parse(json));
        return entries.find(({ action }) => action === 'remove-person-token');
      };
      expect(await deed()).toMatchObject({ accountId: people.ada, whose: people.alice, login: 'alice', reason });
      await close(people.alice);
      expect(await deed()).toMatchObject({ accountId: people.ada });
      await close(people.ada);
      expect(await deed()).toMatchObject({ outcome: 'done' });
      const everything = JSON.stringify(office.app.entries.list(site, '', undefined, 10_000));
      expect(everything).not.toContain(people.alice);
      expect(everything).not.toContain(people.ada);
      expect(JSON.stringify(await deed())).not.toContain(reason);
    });
  });
});
