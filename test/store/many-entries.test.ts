import type * as Queries from '../../src/store/query';
import type * as Queues from '../../src/store/queues';
import { openInProcessStore, type InProcessStore } from '../support/in-process-store';

let store: InProcessStore;
let query: typeof Queries;
let queues: typeof Queues;

beforeAll(async () => {
  store = openInProcessStore(() => new Date());
  query = await import('../../src/store/query');
  queues = await import('../../src/store/queues');
});
afterAll(() => store.close());
beforeEach(() => {
  store.entries.clear();
  store.requests.length = 0;
  store.instead = undefined;
});

function fill(count: number): string[] {
  const names = Array.from({ length: count }, (_, n) => `thing:${String(n).padStart(3, '0')}`);
  for (const name of [...names, 'other:1']) store.entries.set('', 'value', name, `{"of":"${name}"}`, undefined);
  return names;
}

describe('Many entries', () => {
  it('are read to the last, page after page, and no others', async () => {
    const names = fill(230);
    const entries = await query.entriesWithPrefix('thing:');
    expect(entries.map(({ key }) => key)).toEqual(names);
    expect(entries[229]?.value).toEqual({ of: 'thing:229' });
    expect(store.requests).toHaveLength(3);
  });

  it('are read a page at a time, of a hundred or of as many as are wanted', async () => {
    const names = fill(120);
    const whole = await query.pageWithPrefix('thing:');
    expect(whole.entries).toHaveLength(100);
    const rest = await query.pageWithPrefix('thing:', whole.next);
    expect(rest).toMatchObject({ next: undefined });
    expect(rest.entries.map(({ key }) => key)).toEqual(names.slice(100));
    expect((await query.pageWithPrefix('thing:', undefined, 7)).entries).toHaveLength(7);
  });

  it('end with an empty page, though the store names a next one', async () => {
    store.instead = () => Response.json({ data: [], cursor: 'more' });
    expect(await query.pageWithPrefix('thing:')).toEqual({ entries: [], next: undefined });
  });

  it('are removed 25 with a request; one that is not there is no error', async () => {
    const names = fill(60);
    await query.removeEntries([...names, 'thing:never']);
    expect(store.requests).toHaveLength(3);
    expect(store.entries.list('', '', undefined, 100).map(({ key }) => key)).toEqual(['other:1']);
    await query.removeEntries([]);
    expect(store.requests).toHaveLength(3);
  });

  it('do not count as removed when one of them remains', async () => {
    const stays = { key: 'thing:000', error: { code: 'INTERNAL', message: 'Not now' } };
    const gone = { key: 'thing:001', error: { code: 'KEY_NOT_FOUND', message: 'No such key' } };
    store.instead = () => Response.json({ successfulKeys: [], failedKeys: [gone, stays] });
    await expect(query.removeEntries(['thing:000', 'thing:001'])).rejects.toThrow('Some entries were not removed');
  });
});

describe('Work on many things', () => {
  it('is done ten at a time', async () => {
    const done: number[] = [];
    let atOnce = 0;
    let most = 0;
    await query.eachOf(
      Array.from({ length: 23 }, (_, n) => n),
      async (n) => {
        most = Math.max(most, (atOnce += 1));
        await new Promise((resolve) => setImmediate(resolve));
        done.push(n);
        atOnce -= 1;
      },
    );
    expect(done).toEqual(Array.from({ length: 23 }, (_, n) => n));
    expect(most).toBe(10);
  });

  it('stops at a failure, once the others have ended', async () => {
    const ended: number[] = [];
    const work = query.eachOf(
      Array.from({ length: 23 }, (_, n) => n),
      async (n) => {
        await new Promise((resolve) => setTimeout(resolve, n));
        if (n === 2) throw new Error('the third');
        ended.push(n);
      },
    );
    await expect(work).rejects.toThrow('the third');
    expect(ended).toEqual([0, 1, 3, 4, 5, 6, 7, 8, 9]);
  });
});

describe('Work that nobody waits for', () => {
  it('goes to its queue, at once or after a while', async () => {
    await queues.push('ready-credentials', {});
    await queues.push('erase-tokens', { integrationId: 'one' }, { delayInSeconds: 30 });
    expect(store.pushed).toEqual([
      { queue: 'ready-credentials', payload: [{ body: {}, delayInSeconds: 0 }] },
      { queue: 'erase-tokens', payload: [{ body: { integrationId: 'one' }, delayInSeconds: 30 }] },
    ]);
  });
});
