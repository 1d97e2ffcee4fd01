import type { Activity } from '../../src/domain/activity';
import type * as ActivityStore from '../../src/store/activity';
import { openInProcessStore, type InProcessStore } from '../support/in-process-store';

const DAY = 86_400_000;
const alice = '712020:a11ce000-0000-4000-8000-000000000002';
const bob = '712020:b0b00000-0000-4000-8000-000000000003';

let store: InProcessStore;
let activity: typeof ActivityStore;

beforeAll(async () => {
  store = openInProcessStore(() => new Date());
  activity = await import('../../src/store/activity');
});

afterAll(() => store.close());

beforeEach(() => {
  store.entries.clear();
  store.instead = undefined;
});

function something(accountId: string, daysAgo: number, more: Partial<Activity> = {}): Activity & { accountId: string } {
  const at = new Date(Date.now() - daysAgo * DAY).toISOString();
  return { at, action: 'create-branch', outcome: 'done', ...more, accountId };
}

const everything = () => JSON.stringify(store.entries.list('', '', undefined, 10_000));

/** All pages, as a person pressing *See more* would get them. */
async function all(range: { accountId?: string; from?: string; to?: string } = {}, limit = 100) {
  const found = [];
  let cursor: string | undefined;
  do {
    const page = await activity.pageOfActivity(range, cursor, limit);
    found.push(...page.entries);
    cursor = page.next;
  } while (cursor !== undefined);
  return found;
}

describe('The activity', () => {
  it('takes one request to write and one to read, newest first', async () => {
    store.requests.length = 0;
    await activity.addActivity(something(alice, 0, { branch: 'now' }));
    expect(store.requests).toEqual(['/api/v1/transaction']);
    await activity.addActivity(something(bob, 2, { branch: 'older' }));
    await activity.addActivity(something(alice, 1, { branch: 'yesterday' }));
    store.requests.length = 0;
    const page = await activity.pageOfActivity({}, undefined, 50);
    expect(store.requests).toEqual(['/api/v1/query']);
    expect(page.entries.map(({ branch }) => branch)).toEqual(['now', 'yesterday', 'older']);
    expect(page.next).toBeUndefined();
  });

  it('is found under its person with one request, others not among it', async () => {
    for (let day = 0; day < 10; day += 1) await activity.addActivity(something(day % 2 ? alice : bob, day));
    store.requests.length = 0;
    const page = await activity.pageOfActivity({ accountId: alice }, undefined, 50);
    expect(store.requests).toHaveLength(1);
    expect(page.entries.map(({ accountId }) => accountId)).toEqual([alice, alice, alice, alice, alice]);
  });

  it('comes page by page, each entry once', async () => {
    for (let day = 0; day < 23; day += 1) await activity.addActivity(something(alice, day, { branch: `b${day}` }));
    const found = await all({}, 5);
    expect(found.map(({ branch }) => branch)).toEqual(Array.from({ length: 23 }, (_, day) => `b${day}`));
  });

  it('has a key with nothing but its time', async () => {
    await activity.addActivity(something(alice, 0));
    const [entry] = (await activity.pageOfActivity({}, undefined, 50)).entries;
    expect(entry?.id).toMatch(/^\d{13}:[0-9a-f]{8}$/);
    expect((await activity.pageOfActivity({ accountId: alice }, undefined, 50)).entries[0]?.id).toBe(entry?.id);
  });

  it('is newest first in a page, in whatever order the store gives it', async () => {
    const of = (key: string, branch: string) => ({ key: `activity:${key}`, value: { ...something(alice, 1), branch } });
    store.instead = () => Response.json({ data: [of('2:a', 'older'), of('1:b', 'newer'), of('1:a', 'newest')] });
    const { entries } = await activity.pageOfActivity({}, undefined, 50);
    expect(entries.map(({ branch }) => branch)).toEqual(['newest', 'newer', 'older']);
  });

  it('refuses an unknown cursor, and has nothing after the last stretch', async () => {
    await activity.addActivity(something(alice, 0));
    for (const cursor of ['', 'x', 'x0:', '12345:'])
      await expect(activity.pageOfActivity({}, cursor, 50)).rejects.toMatchObject({ name: 'ForeignCursor' });
    expect((await activity.pageOfActivity({}, '0:', 50)).entries).toHaveLength(1);
    expect(await activity.pageOfActivity({}, '7:', 50)).toEqual({ entries: [], next: undefined });
  });

  it('of a stretch of time is found without reading what is newer', async () => {
    for (let day = 0; day < 300; day += 1) await activity.addActivity(something(alice, day, { branch: `b${day}` }));
    const from = new Date(Date.now() - 203.5 * DAY).toISOString();
    const to = new Date(Date.now() - 200 * DAY).toISOString();
    store.requests.length = 0;
    const found = (await all({ from, to })).map(({ branch }) => branch);
    expect(found).toEqual(expect.arrayContaining(['b200', 'b201', 'b202', 'b203']));
    expect(found.length).toBeLessThanOrEqual(8);
    expect(store.requests.length).toBeLessThanOrEqual(6);
  });

  it('since some day is read no further back than that day', async () => {
    for (let day = 0; day < 30; day += 1) await activity.addActivity(something(alice, day, { branch: `b${day}` }));
    const from = new Date(Date.now() - 2.5 * DAY).toISOString();
    store.requests.length = 0;
    expect((await all({ from }, 5)).map(({ branch }) => branch)).toEqual(['b0', 'b1', 'b2']);
    expect(store.requests).toHaveLength(1);
  });

  it('until some day has what is older, to the last', async () => {
    for (let day = 0; day < 30; day += 1) await activity.addActivity(something(alice, day * 12, { branch: `b${day}` }));
    const to = new Date(Date.now() - 100 * DAY).toISOString();
    const found = (await all({ to }, 5)).map(({ branch }) => branch);
    expect(found).toEqual(Array.from({ length: 21 }, (_, index) => `b${index + 9}`));
  });

  it('is stored for a year: the platform erases it, and an expired record is not shown', async () => {
    await activity.addActivity(something(alice, 0));
    const kept = store.entries.list('', 'activity', undefined, 10).map(({ expiresAt = 0 }) => expiresAt - Date.now());
    expect(kept).toHaveLength(3);
    for (const left of kept) expect(Math.abs(left - 365 * DAY)).toBeLessThan(60_000);
    await activity.addActivity(something(alice, 366, { branch: 'too old' }));
    expect(await all()).toHaveLength(1);
  });

  it('lists the people with stored data', async () => {
    await activity.addActivity(something(alice, 3));
    await activity.addActivity(something(bob, 1));
    const people = await activity.peopleInActivity();
    expect(people.map(({ accountId }) => accountId).sort()).toEqual([alice, bob].sort());
    const daysAgo = people.map(({ at }) => Math.round((Date.now() - Date.parse(at)) / DAY));
    expect(daysAgo.sort()).toEqual([1, 3]);
  });
});

describe('Somebody whose account was closed', () => {
  it('is nowhere in it any more, while the acts remain and others do not change', async () => {
    for (let day = 0; day < 40; day += 1)
      await activity.addActivity(something(alice, day, { actor: 'person', login: 'alice-at-git', branch: `b${day}` }));
    await activity.addActivity(something(alice, 41, { actor: 'integration', login: 'acme-bot' }));
    await activity.addActivity(something(bob, 5, { actor: 'person', login: 'bob' }));
    expect(await activity.forgetInActivity(alice, Date.now() + 60_000)).toBe(true);

    expect(everything()).not.toContain(alice);
    expect(everything()).not.toContain('alice-at-git');
    const found = await all();
    expect(found).toHaveLength(42);
    expect(found.filter(({ branch }) => branch !== undefined)).toHaveLength(40);
    expect(found.filter(({ accountId }) => accountId === bob)).toMatchObject([{ login: 'bob' }]);
    expect(found.find(({ actor }) => actor === 'integration')).toMatchObject({ login: 'acme-bot' });
    expect(await all({ accountId: alice })).toEqual([]);
  });

  it('is erased no later than before: a record never lives longer than a year from its act', async () => {
    await activity.addActivity(something(alice, 100));
    await activity.forgetInActivity(alice, Date.now() + 60_000);
    const [left] = store.entries.list('', 'activity:', undefined, 10);
    expect(Math.abs((left?.expiresAt ?? 0) - Date.now() - 265 * DAY)).toBeLessThan(60_000);
  });

  it('leaves no record that is older than a year', async () => {
    await activity.addActivity(something(alice, 366));
    expect(await activity.forgetInActivity(alice, Date.now() + 60_000)).toBe(true);
    expect(store.entries.list('', '', undefined, 10).map(({ key }) => key.split(':')[0])).toEqual(['activity']);
  });

  it('is erased in the next run from the place where a run had to stop', async () => {
    for (let day = 0; day < 30; day += 1) await activity.addActivity(something(alice, day));
    expect(await activity.forgetInActivity(alice, Date.now() - 1)).toBe(false);
    expect(await activity.peopleInActivity()).toHaveLength(1);
    expect(await activity.forgetInActivity(alice, Date.now() + 60_000)).toBe(true);
    expect(everything()).not.toContain(alice);
    expect(await all()).toHaveLength(30);
  });
});
