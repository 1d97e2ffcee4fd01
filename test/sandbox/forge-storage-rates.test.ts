import { forgeRates, openRates, type KvsRates, type Rates } from '../../packages/local-forge/src/forge/storage/rates';
import { startFixture, type Fixture } from '../fixtures/forge-app/run';

let time = Date.parse('2026-03-01T12:00:00Z');
const small: KvsRates = { ...forgeRates, readUnits: 10, writeUnits: 10, requests: 100 };

/** The outcomes of so many requests. */
function refusedOf(rates: Rates, path: string, body: unknown, times: number, site = 'acme'): number {
  let refused = 0;
  for (let i = 0; i < times; i += 1)
    try {
      rates.ask(site, path, body);
    } catch {
      refused += 1;
    }
  return refused;
}

describe('The limits of storage for a site', () => {
  it('are 4,000 units to read, 4,000 to write and 1,000 requests a second', () => {
    expect(forgeRates).toMatchObject({ readUnits: 4_000, writeUnits: 4_000, requests: 1_000, queueEvents: 500 });
  });

  const set = '/api/v1/set';
  it.each([
    ['a small value', set, { key: 'a', value: 1 }, 1],
    ['a value of 10 KB and a little', set, { key: 'a', value: 'x'.repeat(10 * 1024) }, 2],
    ['a secret', '/api/v1/secret/set', { key: 'a', value: { token: 'x' } }, 1],
    ['what is erased', '/api/v1/delete', { key: 'a' }, 1],
    ['a batch of three', '/api/v1/batch/delete', [{ key: 'a' }, { key: 'b' }, { key: 'c' }], 1],
    ['a transaction of two and one', '/api/v1/transaction', { set: [{ value: 1 }, { value: 2 }], delete: [{}] }, 1],
    ['a transaction of 25 KB', '/api/v1/transaction', { set: [{ value: 'x'.repeat(25 * 1024) }, { value: 2 }] }, 3],
  ])('count %s as one request, and each 10 KB of it', (_, path, body, units) => {
    const rates = openRates({ ...small, writeUnits: 6 }, () => new Date(time));
    expect(refusedOf(rates, path, body, 10)).toBe(10 - Math.floor(6 / units));
    expect(refusedOf(rates, '/api/v1/get', { key: 'a' }, 10)).toBe(0);
  });

  it('count a read by its answer, afterwards', () => {
    const rates = openRates(small, () => new Date(time));
    const ask = (bytes: number) => {
      rates.ask('acme', '/api/v1/query', {});
      rates.answered('acme', '/api/v1/query', bytes);
    };
    ask(95 * 1024);
    expect(() => ask(1)).toThrow('10 readUnits');
    expect(refusedOf(rates, '/api/v1/set', { value: 1 }, 10)).toBe(0);
  });

  it('cover the last 60 seconds, and refused requests do not count', () => {
    const rates = openRates(small, () => new Date(time));
    expect(refusedOf(rates, set, { value: 1 }, 5)).toBe(0);
    time += 30_000;
    expect(refusedOf(rates, set, { value: 1 }, 9)).toBe(4);
    time += 30_000;
    expect(refusedOf(rates, set, { value: 1 }, 9)).toBe(4);
    time += 60_000;
    expect(refusedOf(rates, set, { value: 1 }, 10)).toBe(0);
  });

  it('include the number of requests in a second', () => {
    const rates = openRates({ ...small, requests: 3 }, () => new Date(time));
    expect(refusedOf(rates, set, { value: 1 }, 5)).toBe(2);
    time += 999;
    expect(refusedOf(rates, set, { value: 1 }, 1)).toBe(1);
    time += 1;
    expect(refusedOf(rates, set, { value: 1 }, 1)).toBe(0);
  });

  it('are separate for each site', () => {
    const rates = openRates(small, () => new Date(time));
    expect(refusedOf(rates, set, { value: 1 }, 12)).toBe(2);
    expect(refusedOf(rates, set, { value: 1 }, 10, 'globex')).toBe(0);
  });
});

describe('An app that requests more', () => {
  let app: Fixture;
  const start = async (rates: KvsRates): Promise<void> => {
    app = await startFixture({ rates, now: () => new Date(time) });
    await app.post('/sandbox/reset', {});
    time += 60_000;
  };
  afterEach(() => app.stop());
  const kvs = (op: string, ...args: unknown[]) => app.call('kvs', { op, args });

  it('gets 429 with its own code, nothing is done, and a minute later requests succeed', async () => {
    await start({ ...small, writeUnits: 2, readUnits: 2 });
    for (const key of ['a', 'b']) expect(await kvs('set', key, 1)).toEqual({});
    expect(await kvs('set', 'c', 1)).toMatchObject({ error: { status: 429, code: 'RATE_LIMIT_EXCEEDED' } });
    expect(app.platform.entries.get('acme', 'value', 'c')).toBeUndefined();
    for (const key of ['a', 'b']) expect(await kvs('get', key)).toEqual({ value: 1 });
    expect(await kvs('getSecret', 'a')).toMatchObject({ error: { status: 429, code: 'RATE_LIMIT_EXCEEDED' } });
    const logs = await app.get<{ text: string }[]>('/sandbox/logs');
    expect(logs.map(({ text }) => text)).toContain('Storage of acme refused /api/v1/set: 429.');
    time += 60_000;
    expect(await kvs('set', 'c', 1)).toEqual({});
    expect(await kvs('get', 'c')).toEqual({ value: 1 });
  });

  it('gets another code for too many requests in a second', async () => {
    await start({ ...small, requests: 1 });
    expect(await kvs('set', 'a', 1)).toEqual({});
    expect(await kvs('get', 'a')).toMatchObject({ error: { status: 429, code: 'TOO_MANY_REQUESTS' } });
    time += 1_000;
    expect(await kvs('get', 'a')).toEqual({ value: 1 });
  });
});
