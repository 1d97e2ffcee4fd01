import { tokens } from '../../rig/github-tokens';
import type { Tap } from 'local-forge';
import { everythingOn, openOffice, people, site, token, type Office } from './office';

const DAY_MS = 86_400_000;
let office: Office;
let now: number;

beforeEach(async () => {
  now = Date.now();
  office = await openOffice(() => new Date(now));
});
afterEach(() => office.close());

const app = () => office.app;
const keys = (prefix: string) =>
  app()
    .entries.list(site, prefix, undefined, 10_000)
    .map(({ key }) => key);
const secrets = () =>
  app()
    .entries.secretKeys(site)
    .filter((key) => key !== 'ticket-key');
const repository = 'acme/web';

/** People with a token each, as `writeToken` leaves them. */
function crowd(integrationId: string, count: number): string[] {
  return Array.from({ length: count }, (_, n) => {
    const accountId = `712020:${String(n).padStart(8, '0')}-0000-4000-8000-00000000abcd`;
    office.put(`token-trail:${accountId}:${integrationId}`, { id: 'x' });
    office.put(`token-holder:${integrationId}:${accountId}`, {});
    office.put(`account:${accountId}`, { askedAt: new Date().toISOString() });
    app().entries.set(site, 'secret', `token:${accountId}:${integrationId}`, '{}', undefined);
    return accountId;
  });
}
const askedDaysAgo = (days: number) => ({ askedAt: new Date(Date.now() - days * DAY_MS).toISOString() });

describe('Disconnecting an integration', () => {
  const disconnect = (id: string) => office.asAdmin('disconnect-integration', { id });

  it('takes it out of use at once, erases nothing for half a minute, and then everything', async () => {
    const id = await office.connect({ saved: true });
    expect(await disconnect(id)).toEqual({ ok: true, value: { id } });
    expect(office.stored(`integration:${id}:disconnecting`)).toBe(true);
    expect((await office.noted({ integrationId: id }))[0].action).toBe('disconnect-integration');
    now += 29_000;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(secrets()).toContain(`token:${people.alice}:${id}`);
    now += 2_000;
    await app().settle();
    expect(keys('integration:')).toEqual([]);
    expect(secrets()).toEqual([]);
    expect((await office.noted({ action: 'erase-token' }))[0]).toMatchObject({
      integration: { id },
      person: { accountId: people.alice },
    });
  });

  it('erases three hundred people’s tokens at a time, with a minute between', async () => {
    const id = await office.connect();
    crowd(id, 301);
    await disconnect(id);
    now += 31_000;
    while (keys('token-holder:').length > 1) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(keys(`integration:${id}`)).not.toEqual([]);
    now += 59_000;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(keys('token-holder:')).toHaveLength(1);
    now += 2_000;
    await app().settle();
    expect(keys(`integration:${id}`)).toEqual([]);
    expect(secrets()).toEqual([]);
  });

  it('is tried twenty times more while storage refuses, and then left to the daily trigger', async () => {
    const id = await office.connect({ saved: true });
    let refusals = 0;
    app().tapQueues(({ to, what }) => {
      if (to !== 'storage' || !what.startsWith('/api/v1/secret/delete')) return undefined;
      refusals += 1;
      return { kind: 'answer', status: 429 };
    });
    await disconnect(id);
    await app().settle({ hurry: true });
    expect(refusals).toBeGreaterThanOrEqual(21);
    expect(secrets()).toContain(`token:${people.alice}:${id}`);
    app().tapQueues(undefined);
    await app().run('daily-trigger');
    now += 31_000;
    await app().settle();
    expect(secrets()).toEqual([]);
  });

  it('is delivered again when storage and the queue refuse everything for a while', async () => {
    const id = await office.connect({ saved: true });
    let refusals = 0;
    app().tapQueues(({ to }) => (to !== 'jira' && refusals++ < 3 ? { kind: 'answer', status: 429 } : undefined));
    await disconnect(id);
    await app().settle({ hurry: true });
    app().tapQueues(undefined);
    expect(secrets()).toEqual([]);
    expect(keys('integration:')).toEqual([]);
  });

  it('changes nothing for an unknown one, and for all connected ones', async () => {
    expect((await disconnect('unknown')).error.code).toBe('INTEGRATION_NOT_FOUND');
    const id = await office.connect({ saved: true });
    await app().run('daily-trigger');
    await app().settle({ hurry: true });
    expect(secrets()).toContain(`token:${people.alice}:${id}`);
    expect(keys('integration:')).toContain(`integration:${id}`);
  });
});

describe('A queue whose storage is busy', () => {
  /** Refuses a few writes. */
  const busy = (times: number): void => {
    let refused = 0;
    app().tapQueues(({ to, writes }) =>
      to === 'storage' && writes && refused++ < times ? { kind: 'answer', status: 429 } : undefined,
    );
  };

  it('deletes the entries of a removed token later', async () => {
    const id = await office.connect({ saved: true });
    busy(2);
    await office.inSettings('remove-token', { integrationId: id });
    await app().settle({ hurry: true });
    expect([...keys('token-holder:'), ...keys('token-trail:')]).toEqual([]);
  });

  it('puts the copies of credentials in order later', async () => {
    const id = await office.connect();
    await office.asAdmin('save-site-settings', { ...everythingOn, requireUserPat: true });
    await office.asAdmin('save-site-settings', everythingOn);
    busy(1);
    await app().settle({ hurry: true });
    expect(secrets()).toContain(`ready-credential:${id}`);
  });
});

describe('Uninstalling', () => {
  const uninstall = (tap?: Tap) =>
    app().run(app().manifest.preUninstall[0]?.function ?? '', tap === undefined ? {} : { tap });

  it('erases every credential of the site', async () => {
    const [one, two] = [await office.connect({ saved: true }), await office.connect({ saved: true })];
    crowd(one, 150);
    await uninstall();
    expect(secrets()).toEqual([]);
    expect(keys('integration:')).toEqual(expect.arrayContaining([`integration:${one}`, `integration:${two}`]));
  });

  it('goes on after a pause when storage is busy', async () => {
    const id = await office.connect({ saved: true });
    crowd(id, 3);
    let refused = 0;
    await uninstall(({ writes, keys: [key = ''] }) =>
      writes && key.startsWith('token:') && refused++ < 1 ? { kind: 'answer', status: 429 } : undefined,
    );
    expect(refused).toBeGreaterThan(1);
    expect(secrets()).toEqual([]);
  });
});

describe('The report of people to Atlassian', () => {
  const reports = async () => {
    let made = 0;
    await app().run('daily-trigger', { tap: ({ to }) => void (made += to === 'privacy' ? 1 : 0) });
    return made;
  };

  it('names the people who were not named for six days', async () => {
    const id = await office.connect();
    await reports();
    const [first = ''] = crowd(id, 2);
    office.put(`account:${first}`, askedDaysAgo(5.9));
    expect(await reports()).toBe(0);
    office.put(`account:${first}`, askedDaysAgo(6));
    expect(await reports()).toBe(1);
    expect(Date.now() - Date.parse(office.stored(`account:${first}`).askedAt)).toBeLessThan(60_000);
    expect(await reports()).toBe(0);
  });

  it('names ninety at once', async () => {
    const id = await office.connect();
    await reports();
    for (const accountId of crowd(id, 91)) office.put(`account:${accountId}`, askedDaysAgo(7));
    expect(await reports()).toBe(2);
  });

  it('of an account that was closed leaves nothing of it, and everything of others', async () => {
    const id = await office.connect({ saved: true });
    await office.onIssue('save-default', { integrationId: id, repository });
    await office.onIssue('save-default', { integrationId: id, repository }, { as: 'bob' });
    for (const accountId of [people.alice, people.bob]) office.put(`account:${accountId}`, askedDaysAgo(7));
    app().closedAccounts.close(people.alice);
    expect(await reports()).toBe(1);
    const everything = JSON.stringify([app().entries.list(site, '', undefined, 10_000), secrets()]);
    expect(everything).not.toContain(people.alice);
    expect(keys('defaults:')).toEqual([`defaults:${people.bob}:DEMO`]);
    expect(keys('account:')).toContain(`account:${people.bob}`);
  });

  it('drops people without stored data', async () => {
    office.put(`account:${people.bob}`, askedDaysAgo(7));
    expect(await reports()).toBe(1);
    expect(keys('account:')).toEqual([]);
  });

  it.each([
    [
      'a token',
      async (id: string) =>
        office.inSettings('save-token', { integrationId: id, credential: token(tokens.bob) }, { as: 'bob' }),
    ],
    [
      'a default',
      async (id: string) => office.onIssue('save-default', { integrationId: id, repository }, { as: 'bob' }),
    ],
  ])('continues to name people who have %s', async (_, make) => {
    const id = await office.connect();
    await make(id);
    for (const key of [...keys('activity-of:'), ...keys('activity-person:')]) app().entries.delete(site, 'value', key);
    office.put(`account:${people.bob}`, askedDaysAgo(7));
    await reports();
    expect(keys('account:')).toEqual([`account:${people.bob}`]);
  });

  it('continues to name a person who saves something while they are dropped', async () => {
    const id = await office.connect();
    for (const { key } of app().entries.list(site, 'activity', undefined, 100))
      app().entries.delete(site, 'value', key);
    office.put(`account:${people.bob}`, askedDaysAgo(7));
    await app().run('daily-trigger', {
      tap: ({ to, writes, keys: [key] }) => {
        if (to === 'storage' && writes && key === `account:${people.bob}`)
          office.put(`token-trail:${people.bob}:${id}`, { id: 'x' });
        return undefined;
      },
    });
    expect(keys('account:')).toEqual([`account:${people.bob}`]);
  });

  it('that is refused is logged without its content, and costs nobody anything', async () => {
    const id = await office.connect({ saved: true });
    office.put(`account:${people.alice}`, askedDaysAgo(7));
    const tap = ({ to }: { to: string }) => (to === 'privacy' ? ({ kind: 'answer', status: 429 } as const) : undefined);
    await expect(app().run('daily-trigger', { tap })).rejects.toMatchObject({ code: 'PLATFORM_APP_ERROR' });
    expect(JSON.stringify(app().logs.lines())).toContain('The report was refused: 429');
    expect(secrets()).toContain(`token:${people.alice}:${id}`);
  });
});

describe('The copies of credentials', () => {
  it('follow the settings at the time of the queue’s run', async () => {
    const id = await office.connect();
    await office.asAdmin('save-site-settings', { ...everythingOn, requireUserPat: true });
    await office.asAdmin('save-site-settings', everythingOn);
    await app().settle({ hurry: true });
    expect(secrets()).toEqual([`integration-credential:${id}`, `ready-credential:${id}`]);
  });
});
