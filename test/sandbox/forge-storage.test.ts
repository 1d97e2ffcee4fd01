import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { anyText, bytesIn, newFolder, removeFolder, startFixture, type Fixture } from '../fixtures/forge-app/run';

describe('the key-value store', () => {
  let app: Fixture;
  let time = new Date('2026-03-01T12:00:00Z');
  beforeAll(async () => {
    app = await startFixture({ now: () => time });
  });
  afterAll(() => app.stop());
  beforeEach(() => app.platform.entries.clear());

  const kvs = (op: string, ...args: unknown[]) => app.call('kvs', { op, args });
  type Page = { results: { key: string; value: unknown }[]; nextCursor?: string };
  const list = async (query: unknown): Promise<Page> => (await app.call('query', query)).value as Page;
  const failure = async (answer: Promise<{ error?: { status?: number; code?: string } }>) => {
    const { error } = await answer;
    return `${error?.status} ${error?.code}`;
  };

  it('stores, finds and deletes a value', async () => {
    await kvs('set', 'a', { deep: [1, 'zwei', null] });
    expect(await kvs('get', 'a')).toEqual({ value: { deep: [1, 'zwei', null] } });
    await kvs('delete', 'a');
    expect(await kvs('get', 'a')).toEqual({});
    expect(await kvs('delete', 'a')).toEqual({});
  });

  it('shows a site nothing of another one, secrets included', async () => {
    await kvs('set', 'shared', 'acme');
    await kvs('setSecret', 'shared', 'acme');
    const there = (op: string) => app.call('kvs', { op, args: ['shared'] }, { site: 'globex' });
    expect(await there('get')).toEqual({});
    expect(await there('getSecret')).toEqual({});
    expect(await app.call('query', { prefix: 'shared' }, { site: 'globex' })).toEqual({ value: { results: [] } });
    await there('delete');
    expect(await kvs('get', 'shared')).toEqual({ value: 'acme' });
  });

  it.each(['', ' ', 'a/b', 'a@b', 'ü', 'x'.repeat(501)])('refuses the key %j', async (key) => {
    expect(await failure(kvs('set', key, 1))).toBe('400 INVALID_KEY');
  });
  it.each(['712020:a11ce000-0000-4000', 'with space', 'a.b_c-d#e', 'x'.repeat(500)])(
    'takes the key %j',
    async (key) => {
      await kvs('set', key, 1);
      expect(await kvs('get', key)).toEqual({ value: 1 });
    },
  );

  it('takes values up to 240 KiB and 31 levels', async () => {
    const nested = (levels: number): unknown => (levels === 0 ? 1 : { a: nested(levels - 1) });
    expect(await kvs('set', 'big', 'x'.repeat(240 * 1024 - 2))).toEqual({});
    expect(await failure(kvs('set', 'big', 'x'.repeat(240 * 1024 - 1)))).toBe('400 VALUE_TOO_LARGE');
    expect(await kvs('set', 'deep', nested(31))).toEqual({});
    expect(await failure(kvs('set', 'deep', nested(32)))).toBe('400 VALUE_TOO_DEEP');
    expect(await failure(kvs('set', 'null', null))).toBe('400 INVALID_VALUE');
  });

  it('sets a key once with FAIL_IF_EXISTS, for values and for secrets', async () => {
    for (const op of ['set', 'setSecret']) {
      expect(await kvs(op, 'once', 1, { keyPolicy: 'FAIL_IF_EXISTS' })).toEqual({});
      expect(await failure(kvs(op, 'once', 2, { keyPolicy: 'FAIL_IF_EXISTS' }))).toBe('409 KEY_CONFLICT');
    }
    expect(await kvs('get', 'once')).toEqual({ value: 1 });
  });

  it('returns the value before or after, on request', async () => {
    await kvs('set', 'a', 1);
    expect(await kvs('set', 'a', 2, { keyPolicy: 'OVERRIDE', returnValue: 'PREVIOUS' })).toEqual({
      value: { key: 'a', value: 1 },
    });
    const latest = await kvs('set', 'a', 3, {
      keyPolicy: 'OVERRIDE',
      returnValue: 'LATEST',
      returnMetadataFields: ['CREATED_AT', 'UPDATED_AT'],
    });
    expect(latest).toEqual({ value: { key: 'a', value: 3, createdAt: time.getTime(), updatedAt: time.getTime() } });
    expect(await kvs('set', 'new', 1, { keyPolicy: 'OVERRIDE', returnValue: 'PREVIOUS' })).toEqual({});
  });

  it('deletes a value when its time is over', async () => {
    await kvs('set', 'short', 1, { ttl: { value: 2, unit: 'MINUTES' } });
    const expireTime = new Date(time.getTime() + 120_000).toISOString();
    expect(await kvs('get', 'short', { metadataFields: ['EXPIRE_TIME'] })).toEqual({
      value: { key: 'short', value: 1, expireTime },
    });
    time = new Date(time.getTime() + 120_000);
    expect(await kvs('get', 'short')).toEqual({});
    expect(await app.call('query', { prefix: 'short' })).toEqual({ value: { results: [] } });
    expect(await kvs('set', 'short', 2, { keyPolicy: 'FAIL_IF_EXISTS' })).toEqual({});
    for (const ttl of [
      { value: 0, unit: 'SECONDS' },
      { value: 1, unit: 'YEARS' },
      { value: 400, unit: 'DAYS' },
      { value: 1.5, unit: 'HOURS' },
    ])
      expect(await failure(kvs('set', 'short', 1, { ttl }))).toBe('400 INVALID_TTL');
  });

  it('lists by prefix, in pages, in the order of the keys', async () => {
    for (const key of ['p:3', 'p:1', 'q:1', 'p:2', 'p_x', 'P:1']) await kvs('set', key, key);
    const first = await list({ prefix: 'p:', limit: 2 });
    expect(first.results.map(({ key }) => key)).toEqual(['p:1', 'p:2']);
    const second = await list({ prefix: 'p:', limit: 2, cursor: first.nextCursor });
    expect(second).toEqual({ results: [{ key: 'p:3', value: 'p:3' }] });
    expect(await failure(app.call('query', { cursor: 'mine' }))).toBe('400 INVALID_CURSOR');
    expect(await failure(app.call('query', { limit: 101 }))).toBe('400 INVALID_LIMIT');
  });

  it('lists ten by default', async () => {
    for (let i = 0; i < 11; i += 1) await kvs('set', `k${i}`, i);
    const page = await list({ prefix: 'k' });
    expect(page.results).toHaveLength(10);
    expect(page.nextCursor).toEqual(anyText);
  });

  it('never lists a secret', async () => {
    await kvs('setSecret', 'pat:1', 'hidden');
    expect(await app.call('query', {})).toEqual({ value: { results: [] } });
    expect(await kvs('get', 'pat:1')).toEqual({});
    expect(await kvs('getSecret', 'pat:1')).toEqual({ value: 'hidden' });
    await kvs('deleteSecret', 'pat:1');
    expect(await kvs('getSecret', 'pat:1')).toEqual({});
  });

  it('executes a transaction whole or not at all', async () => {
    await kvs('set', 'old', 1);
    expect(
      await app.call('transact', {
        operations: [
          ['set', 'new', 2],
          ['delete', 'old'],
        ],
      }),
    ).toEqual({});
    expect(await kvs('get', 'new')).toEqual({ value: 2 });
    expect(await kvs('get', 'old')).toEqual({});
    expect(
      await failure(
        app.call('transact', {
          operations: [
            ['set', 'kept', 1],
            ['set', 'a/b', 2],
          ],
        }),
      ),
    ).toBe('400 INVALID_KEY');
    expect(await kvs('get', 'kept')).toEqual({});
  });

  it('has the limits of transactions and batches', async () => {
    const sets = (count: number) => Array.from({ length: count }, (_, i) => ['set', `t${i}`, i]);
    expect(await app.call('transact', { operations: sets(25) })).toEqual({});
    expect(await failure(app.call('transact', { operations: sets(26) }))).toBe('422 UNPROCESSABLE_ENTITY');
    expect(
      await failure(
        app.call('transact', {
          operations: [
            ['set', 'a', 1],
            ['delete', 'a'],
          ],
        }),
      ),
    ).toBe('400 KEY_DUPLICATION_ERROR');
    expect(await failure(app.call('transact', { operations: [['set', 'a', 1, { entityName: 'things' }]] }))).toBe(
      '404 SCHEMA_NOT_FOUND',
    );
    const items = Array.from({ length: 26 }, (_, i) => ({ key: `b${i}`, value: i }));
    expect(await failure(kvs('batchSet', items))).toBe('400 TOO_MANY_BATCH_ENTITIES');
  });

  it('answers a batch key by key', async () => {
    expect(
      await kvs('batchSet', [
        { key: 'a', value: 1 },
        { key: 'a/b', value: 2 },
      ]),
    ).toEqual({
      value: {
        successfulKeys: [{ key: 'a' }],
        failedKeys: [{ key: 'a/b', error: { code: 'INVALID_KEY', message: anyText } }],
      },
    });
    expect(await kvs('batchGet', [{ key: 'a' }, { key: 'b' }])).toMatchObject({
      value: { successfulKeys: [{ key: 'a', value: 1 }], failedKeys: [{ key: 'b', error: { code: 'KEY_NOT_FOUND' } }] },
    });
    expect(await kvs('batchDelete', [{ key: 'a' }])).toMatchObject({ value: { successfulKeys: [{ key: 'a' }] } });
    expect(await kvs('get', 'a')).toEqual({});
  });

  it('refuses the next requests when a fault is armed', async () => {
    await app.post('/sandbox/faults', { site: 'acme', code: 'TOO_MANY_REQUESTS', status: 429, times: 2 });
    expect(await app.call('kvs', { op: 'set', args: ['a', 1] }, { site: 'globex' })).toEqual({});
    for (let i = 0; i < 2; i += 1) expect(await failure(kvs('set', 'a', 1))).toBe('429 TOO_MANY_REQUESTS');
    expect(await kvs('set', 'a', 1)).toEqual({});
  });

  it('shows tests keys and values, but only the keys of secrets', async () => {
    await kvs('set', 'open', { x: 1 });
    await kvs('setSecret', 'closed', 'nobody-sees-this');
    const storage = await app.get<{ values: unknown[]; secrets: unknown[] }>('/sandbox/storage?site=acme');
    expect(storage.values).toEqual(expect.arrayContaining([expect.objectContaining({ key: 'open', value: { x: 1 } })]));
    expect(storage.secrets).toEqual([{ key: 'closed' }]);
    expect(JSON.stringify(storage)).not.toContain('nobody-sees-this');
  });
});

describe('the disk', () => {
  it('holds no secret in the clear, and keeps secrets over a restart', async () => {
    const data = await newFolder();
    const secret = 'ghp_thisIsASecretThatMustNotBeOnDisk0000';
    let app = await startFixture({ data });
    await app.call('kvs', { op: 'setSecret', args: ['pat', secret] });
    await app.call('kvs', { op: 'set', args: ['plain', 'findable-on-disk'] });
    expect(await bytesIn(data)).not.toContain(secret);
    await app.stop();
    const bytes = await bytesIn(data);
    expect(bytes).toContain('findable-on-disk');
    expect(bytes).not.toContain(secret);
    expect((await stat(join(data, 'secrets.key'))).mode & 0o777).toBe(0o600);

    app = await startFixture({ data });
    expect(await app.call('kvs', { op: 'getSecret', args: ['pat'] })).toEqual({ value: secret });
    await app.stop();

    await rm(join(data, 'secrets.key'));
    await expect(startFixture({ data })).rejects.toThrow('secrets.key is missing');
    expect(await readdir(data)).not.toContain('secrets.key');
    await removeFolder(data);
  });
});
