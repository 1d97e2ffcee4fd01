import type { Card } from '../../src/contract/views';
import type * as Notes from '../../src/store/notes';
import type * as Read from '../../src/store/read';
import type * as Refusal from '../../src/store/refusal';
import { openInProcessStore, type InProcessStore } from '../support/in-process-store';

const alice = '712020:a11ce000-0000-4000-8000-000000000002';
const card: Card = {
  ...{ kind: 'branch', integrationId: 'one', repository: 'acme/web', url: 'https://github.com/acme/web/tree/DEMO-1-a' },
  ...{ title: 'DEMO-1-a', branch: 'DEMO-1-a' },
};

let store: InProcessStore;
let notes: typeof Notes;
let read: typeof Read;
let refusal: typeof Refusal;

beforeAll(async () => {
  store = openInProcessStore(() => new Date());
  notes = await import('../../src/store/notes');
  read = await import('../../src/store/read');
  refusal = await import('../../src/store/refusal');
});
afterAll(() => store.close());
beforeEach(() => {
  store.entries.clear();
  store.requests.length = 0;
  store.pushed.length = 0;
  store.instead = undefined;
});

/** The first so many requests to storage are answered with a status. */
function refuse(times: number, status: number): void {
  let refused = 0;
  store.instead = (path) =>
    !path.startsWith('/webhook/') && refused++ < times
      ? Response.json({ code: 'RATE_LIMIT_EXCEEDED', message: 'no' }, { status })
      : undefined;
}

const storedKeys = () => store.entries.list('', '', undefined, 1_000).map(({ key }) => key);
const thrownBy = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
const named = (name: string, more: object = {}) => Object.assign(new Error('x'), { name }, more);

describe('A read that storage is too busy for', () => {
  it('is tried once more, after half a second to one and a half', async () => {
    refuse(1, 429);
    const start = performance.now();
    expect(await read.readValue('nothing')).toBeUndefined();
    const ms = performance.now() - start;
    expect(store.requests).toHaveLength(2);
    expect(ms).toBeGreaterThan(490);
    expect(ms).toBeLessThan(5_000);
  });

  it('is refused as busy when it is so again', async () => {
    refuse(2, 429);
    expect(refusal.storageRefusal(await thrownBy(read.readSecret('nothing')))).toBe('busy');
    expect(store.requests).toHaveLength(2);
  });

  it('is not tried again where storage is down', async () => {
    refuse(1, 500);
    expect(refusal.storageRefusal(await thrownBy(read.readValue('nothing')))).toBe('unavailable');
    expect(store.requests).toHaveLength(1);
  });
});

describe('A thrown error', () => {
  it.each([
    ['ForgeKvsAPIError', { responseDetails: { status: 429 } }, 'busy'],
    ['ForgeKvsAPIError', { responseDetails: { status: 500 } }, 'unavailable'],
    ['ForgeKvsError', {}, 'unavailable'],
    ['QueueRefused', { busy: true }, 'busy'],
    ['QueueRefused', { busy: false }, 'unavailable'],
    ['FUNCTION_FETCH_ERR', {}, 'unavailable'],
    ['PROXY_ERR', {}, 'unavailable'],
    ['AbortError', {}, 'unavailable'],
    ['TimeoutError', {}, 'unavailable'],
    ['Error', { responseDetails: { status: 429 } }, undefined],
    ['MyForgeKvsError', {}, undefined],
    ['TimeoutErrors', {}, undefined],
    ['MyTimeoutError', {}, undefined],
  ])('as %s with %j says of storage: %s', (name, more, expected) => {
    expect(refusal.storageRefusal(named(name, more))).toBe(expected);
  });

  it('says nothing of storage when it is no error, or a mistake of ours', () => {
    expect(refusal.storageRefusal('ForgeKvsError')).toBeUndefined();
    expect(refusal.storageRefusal(undefined)).toBeUndefined();
    expect(refusal.storageRefusal(new TypeError('x is not a function'))).toBeUndefined();
    expect(refusal.storageRefusal(new TypeError('fetch failed: no'))).toBeUndefined();
    expect(refusal.storageRefusal(new TypeError('it was terminated'))).toBeUndefined();
    expect(refusal.storageRefusal(new TypeError('fetch failed'))).toBe('unavailable');
    expect(refusal.storageRefusal(new TypeError('terminated'))).toBe('unavailable');
  });
});

describe('The notes of an act', () => {
  const activity = {
    at: '2026-11-28T10:00:00.000Z',
    action: 'create-branch',
    outcome: 'done',
    accountId: alice,
  } as const;
  const made = { kind: 'work', issueId: '10100', card } as const;
  const report = {
    integrationId: 'one',
    issue: { id: '10100', key: 'DEMO-1', projectKey: 'DEMO' },
    ...{ at: 0, isBackfill: false, branches: [{ repository: 'acme/web', name: 'DEMO-1-a' }], pullRequests: [] },
  };
  const kept = (beginning: string) => storedKeys().filter((key) => key.startsWith(beginning));
  const queues = () => store.pushed.map(({ queue }) => queue);
  /** The notes of an event, as its delivery brings them. */
  const broughtBy = (index: number): Notes.TimedNote[] =>
    (store.pushed[index]?.payload as [{ body: { notes: Notes.TimedNote[] } }])[0].body.notes;
  /** A later act is a millisecond later at least. */
  const soon = async (began = Date.now()): Promise<void> => {
    while (Date.now() === began) await Promise.resolve();
  };
  /** Storage refuses so many writes, queues so many events; both with 429. */
  const busy = (writes: number, events: number): void => {
    const left = { writes, events };
    store.instead = (path) => {
      const of = path.startsWith('/webhook/') ? 'events' : 'writes';
      return left[of]-- > 0 ? Response.json({ message: 'no' }, { status: 429 }) : undefined;
    };
  };

  it('are written with one request, and twice is once', async () => {
    const record = notes.noteOf(activity);
    await notes.storeNotes([record, made]);
    expect(store.requests).toEqual(['/api/v1/transaction']);
    await notes.storeNotes([record, made]);
    expect(kept('activity:')).toHaveLength(1);
    expect(kept('work:')).toHaveLength(1);
    await notes.storeNotes([notes.noteOf(activity), { ...made, kind: 'no-work' }]);
    expect(kept('work:')).toEqual([]);
    expect(kept('activity:')).toHaveLength(2);
    expect(store.pushed).toEqual([]);
  });

  it('go to a queue in one event when storage is busy, one to three minutes later', async () => {
    busy(1, 0);
    const both = [notes.noteOf(activity), made];
    await notes.storeNotes(both);
    expect(storedKeys()).toEqual([]);
    expect(store.pushed).toMatchObject([{ queue: 'notes', payload: [{ body: { notes: both } }] }]);
    expect(broughtBy(0)).toMatchObject([{}, { at: expect.any(String) }]);
    const [{ delayInSeconds }] = store.pushed[0]?.payload as [{ delayInSeconds: number }];
    expect(delayInSeconds).toBeGreaterThanOrEqual(60);
    expect(delayInSeconds).toBeLessThanOrEqual(180);
  });

  it('share one event with the report to Jira, whether storage is busy or not', async () => {
    const both = [notes.noteOf(activity), made];
    await notes.storeNotes(both, { report });
    expect(kept('work:')).toHaveLength(1);
    busy(1, 0);
    await notes.storeNotes(both, { report });
    expect(store.pushed).toMatchObject([
      { queue: 'development', payload: [{ body: { report, notes: both } }] },
      { queue: 'development', payload: [{ body: { report, notes: both } }] },
    ]);
  });

  it('are written even when the queue refuses the report', async () => {
    busy(0, 1);
    await notes.storeNotes([notes.noteOf(activity), made], { report });
    expect([kept('activity:').length, kept('work:').length, store.pushed.length]).toEqual([1, 1, 0]);
  });

  it('are tried again while storage and queue are busy: the first of them that has room takes them', async () => {
    busy(2, 2);
    const deadline = Date.now() + 600_000;
    await notes.storeNotes([notes.noteOf(activity), made], { report, deadline });
    // By the queue: the report and the first attempt were refused.
    expect([storedKeys(), queues()]).toEqual([[], ['notes']]);
    store.pushed.length = 0;
    busy(1, 3);
    await notes.storeNotes([notes.noteOf(activity), made], { report, deadline });
    expect([kept('activity:').length, queues()]).toEqual([1, []]);
  });

  it('are refused when both are busy until the deadline', async () => {
    busy(100, 100);
    const thrown = await thrownBy(notes.storeNotes([notes.noteOf(activity), made], { deadline: Date.now() }));
    expect(thrown).toMatchObject({ name: 'QueueRefused', busy: true });
  });

  it('go to no queue of their own when storage is down', async () => {
    refuse(1, 500);
    expect(await thrownBy(notes.storeNotes([notes.noteOf(activity)]))).toBeInstanceOf(Error);
    expect(store.pushed).toEqual([]);
    refuse(1, 500);
    await notes.storeNotes([notes.noteOf(activity)], { report });
    expect(queues()).toEqual(['development']);
  });

  it.each([undefined, report])(
    'hand a removal to the queue that storage alone refused, with the report %j',
    async (told) => {
      await notes.storeNotes([made]);
      const both = [notes.noteOf(activity), { ...made, kind: 'no-work' as const }];
      store.instead = (path) =>
        path.endsWith('/delete') ? Response.json({ message: 'no' }, { status: 429 }) : undefined;
      await notes.storeNotes(both, { report: told });
      store.instead = undefined;
      expect([kept('activity:').length, kept('work:').length]).toEqual([1, 1]);
      for (const [index] of store.pushed.entries()) await notes.takeNotes({ notes: broughtBy(index) });
      expect([kept('activity:').length, kept('work:').length]).toEqual([1, 0]);
    },
  );

  it('that were written bring no card back that was removed meanwhile', async () => {
    const both = [{ kind: 'activity', activity, id: '1' } as const, { ...made, at: activity.at }];
    await notes.takeNotes({ notes: both });
    expect(kept('work:')).toHaveLength(1);
    await notes.storeNotes([{ ...made, kind: 'no-work' }]);
    await notes.takeNotes({ notes: both });
    expect(kept('work:')).toEqual([]);
    expect(kept('activity:')).toHaveLength(1);
  });

  it('that arrive behind those of a later act leave its card alone, and are recorded', async () => {
    busy(1, 0);
    await notes.storeNotes([notes.noteOf(activity), made]);
    await soon();
    await notes.storeNotes([notes.noteOf(activity), { ...made, kind: 'no-work' }]);
    await notes.takeNotes({ notes: broughtBy(0) });
    expect([kept('activity:').length, kept('work:').length]).toEqual([2, 0]);

    store.instead = (path) =>
      path.endsWith('/delete') ? Response.json({ message: 'no' }, { status: 429 }) : undefined;
    await notes.storeNotes([notes.noteOf(activity), { ...made, kind: 'no-work' }]);
    busy(1, 0);
    await notes.storeNotes([notes.noteOf(activity), { ...made, kind: 'no-work' }]);
    store.instead = undefined;
    await soon();
    await notes.storeNotes([notes.noteOf(activity), made]);
    for (const index of [1, 2, 2]) await notes.takeNotes({ notes: broughtBy(index) });
    expect([kept('activity:').length, kept('work:').length]).toEqual([5, 1]);
  });
});
