import { openInProcessStore, type InProcessStore } from '../support/in-process-store';

let store: InProcessStore;
let entity: any;
let kvs: any;
let where: any;

beforeAll(async () => {
  store = openInProcessStore(() => new Date());
  const package_ = await import('@forge/kvs');
  kvs = package_.kvs;
  where = package_.WhereConditions;
  entity = kvs.entity('saved-token');
});
afterAll(() => store.close());
beforeEach(() => store.entries.clear());

const row = (login: string, integrationId = 'one') => ({ loginKey: login, integrationId, accountId: `of ${login}` });
const failure = async (asked: Promise<unknown>) =>
  asked.then(
    () => 'no failure',
    ({ responseDetails, code }: { responseDetails: { status: number }; code: string }) =>
      `${responseDetails.status} ${code}`,
  );
const found = async (query: any): Promise<string[]> =>
  (await query.getMany()).results.map(({ value }: { value: { loginKey: string } }) => value.loginKey);

describe('A row of a custom entity', () => {
  it('is set, read and deleted, alone, in a batch and in a transaction, and is no value', async () => {
    await entity.set('a', row('anna'));
    await kvs.set('a', 'a value');
    expect(await entity.get('a')).toEqual(row('anna'));
    expect(await kvs.get('a')).toBe('a value');
    expect((await kvs.query().limit(100).getMany()).results).toEqual([{ key: 'a', value: 'a value' }]);
    const batch = await kvs.batchGet([{ key: 'a', entityName: 'saved-token' }, { key: 'a' }]);
    expect(batch.successfulKeys.map(({ value }: { value: unknown }) => value)).toEqual([row('anna'), 'a value']);
    await kvs
      .transact()
      .delete('a', { entityName: 'saved-token' })
      .set('b', row('bert'), { entityName: 'saved-token' })
      .execute();
    expect(await entity.get('a')).toBeUndefined();
    expect(await entity.get('b')).toEqual(row('bert'));
    await entity.delete('b');
    expect(await entity.get('b')).toBeUndefined();
  });

  it.each([
    ['an attribute the manifest does not name', { colour: 'red' }, '400 INVALID_ATTRIBUTE'],
    ['a value of another type', { login: 7 }, '400 INVALID_ATTRIBUTE'],
    ['no object', 'text', '400 INVALID_ATTRIBUTE'],
  ])('is refused with %s', async (_, value, refusal) => {
    expect(await failure(entity.set('a', value))).toBe(refusal);
    expect(await failure(kvs.transact().set('a', value, { entityName: 'saved-token' }).execute())).toBe(refusal);
  });

  it('is found by an index of the manifest alone', async () => {
    expect(await failure(kvs.entity('unknown').get('a'))).toBe('404 SCHEMA_NOT_FOUND');
    expect(await failure(entity.query().index('by-colour').getMany())).toBe('400 INVALID_INDEX');
    expect(await failure(entity.query().index('by-login-in').getMany())).toBe('400 INVALID_PARTITION');
    expect(await failure(entity.query().index('by-login').cursor('made up').getMany())).toBe('400 INVALID_CURSOR');
  });

  it('comes in the order of the range, within its partition, both ways and page by page', async () => {
    for (const [key, login, integration] of [
      ['1', 'carl', 'one'],
      ['2', 'anna', 'one'],
      ['3', 'bert', 'two'],
    ] as const)
      await entity.set(key, row(login, integration));
    await entity.set('4', { integrationId: 'one' });
    const index = () => entity.query().index('by-login');
    expect(await found(index())).toEqual(['anna', 'bert', 'carl']);
    expect(await found(index().sort('DESC'))).toEqual(['carl', 'bert', 'anna']);
    expect(await found(entity.query().index('by-login-in', { partition: ['one'] }))).toEqual(['anna', 'carl']);
    expect(await found(index().where(where.beginsWith('b')))).toEqual(['bert']);
    expect(await found(index().where(where.between('anna', 'bert')))).toEqual(['anna', 'bert']);
    expect(await found(index().where(where.greaterThan('anna')).limit(1))).toEqual(['bert']);
    const { nextCursor } = await index().limit(2).getMany();
    expect(await found(index().limit(2).cursor(nextCursor))).toEqual(['carl']);
  });
});
