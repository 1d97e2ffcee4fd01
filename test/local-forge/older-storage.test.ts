import { GlobalStorage, getStorageInstanceWithQuery, startsWith } from '@forge/storage';
import { join } from 'node:path';
import { demoSites, openInProcess, type InProcessForge } from 'local-forge';

type ForgeFetch = (args: object, path: string, init: object) => Promise<Response>;

/** `storage` as older versions of `@forge/api` make it. */
const storage = getStorageInstanceWithQuery(
  new GlobalStorage(
    (path: string, init: object) =>
      (globalThis as unknown as { __forge_fetch__: ForgeFetch }).__forge_fetch__(
        { type: 'fpp', provider: 'app', remote: 'stargate' },
        path,
        init,
      ),
    () => undefined,
  ),
);

let forge: InProcessForge;
let work: () => Promise<unknown>;
beforeAll(async () => {
  forge = await openInProcess({
    app: join(process.cwd(), 'test/fixtures/forge-apps/project-notes'),
    load: async () => ({ handler: () => work() }),
    sites: demoSites,
  });
});
afterAll(() => forge.close());

function run(doing: () => Promise<unknown>): Promise<unknown> {
  work = doing;
  return forge.run('notes');
}

describe('the storage of older versions of @forge/api', () => {
  it('reads and writes the same store', async () => {
    const read = await run(async () => {
      await storage.set('a', { n: 1 });
      await storage.setSecret('s', 'hidden');
      const all = [await storage.get('a'), await storage.getSecret('s'), await storage.get('nothing')];
      await storage.delete('nothing');
      return all.map((one) => one ?? 'none');
    });
    expect(read).toEqual([{ n: 1 }, 'hidden', 'none']);
    expect(forge.entries.get('acme', 'value', 'a')?.json).toBe('{"n":1}');
    expect(forge.entries.secretKeys('acme')).toEqual(['s']);
    await run(() => storage.deleteSecret('s'));
    expect(forge.entries.secretKeys('acme')).toEqual([]);
  });

  it('goes through pages of keys', async () => {
    const keys = await run(async () => {
      for (const n of [1, 2, 3]) await storage.set(`row-${n}`, n);
      const first = await storage.query().where('key', startsWith('row-')).limit(2).getMany();
      const second = await storage
        .query()
        .where('key', startsWith('row-'))
        .limit(2)
        .cursor(first.nextCursor ?? '')
        .getMany();
      return [...first.results, ...second.results].map(({ key }) => key);
    });
    expect(keys).toEqual(['row-1', 'row-2', 'row-3']);
  });

  it('keeps rows of custom entities', async () => {
    const row = { project: 'DEMO', weight: 2, text: 'two' };
    expect(
      await run(async () => {
        await storage.entity('note').set('two', row);
        return storage.entity('note').get('two');
      }),
    ).toEqual(row);
  });

  it('is refused by name where it is not modelled', async () => {
    const query = () =>
      storage
        .entity('note')
        .query()
        .index('by-weight', { partition: ['DEMO'] })
        .getMany();
    await expect(run(query)).rejects.toThrow('not modelled for AppStorageCustomEntityQueries: use @forge/kvs');
    expect(forge.logs.lines().map(({ text }) => text)).toContainEqual(expect.stringContaining('use @forge/kvs'));
  });
});
