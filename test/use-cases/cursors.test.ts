import { openOffice, serviceAnswers, type Office } from './office';

let office: Office;

beforeAll(async () => (office = await openOffice()));
afterAll(() => office.close());

const storeLike = Buffer.from(JSON.stringify({ after: 'integration:' })).toString('base64url');
const forged = [
  'x',
  '0:',
  '0:x',
  '9999:x',
  'tokens:',
  'tokens:x',
  'without:x',
  '{}',
  '%00',
  '\u{1F600}',
  'a'.repeat(4_000),
  storeLike,
];
const lists = ['list-activity', 'list-tokens'].flatMap((call) =>
  [
    {},
    { forExport: true },
    ...(call === 'list-tokens' ? [{ search: 'ali' }, { sort: 'due' }] : [{ outcome: 'done' }]),
  ].map((more) => [call, more] as const),
);

describe('An invented cursor', () => {
  it.each(lists)('is bad input for an admin: %s %j', async (call, more) => {
    await office.connect({ saved: true });
    for (const cursor of forged) {
      const { ok, error } = await office.asAdmin(call, { ...more, cursor });
      // Some have the shape of one: nothing but a list comes of them.
      if (!ok) expect([cursor, error]).toEqual([cursor, { code: 'INVALID_INPUT', params: { field: 'cursor' } }]);
    }
    const { error } = await office.asAdmin(call, { ...more, cursor: 'x' });
    expect(error.code).toBe('INVALID_INPUT');
  });

  it.each(lists)('reveals nothing to others: %s %j', async (call, more) => {
    for (const cursor of [undefined, ...forged])
      expect((await office.asAdmin(call, { ...more, cursor }, { as: 'alice' })).error.code).toBe('NOT_ADMIN');
  });
});

it('A service without such a place answers with bad input', async () => {
  const id = await office.connect({ saved: true });
  const errors = [
    { type: 'INVALID_CURSOR_ARGUMENTS', message: '`x` does not appear to be a valid cursor for `refs`.' },
  ];
  const tap = serviceAnswers(200, JSON.stringify({ data: null, errors }));
  for (const call of ['list-repositories', 'list-branches']) {
    const asked = { integrationId: id, repository: 'acme/web', search: '', cursor: 'x' };
    expect((await office.onIssue(call, asked, { tap })).error).toEqual({
      code: 'INVALID_INPUT',
      params: { field: 'cursor' },
    });
  }
});

it('Storage that cannot be read is no bad input', async () => {
  const tap = ({ what }: { what: string }) =>
    what.includes('/query') ? ({ kind: 'answer', status: 500 } as const) : undefined;
  for (const call of ['list-activity', 'list-tokens'])
    expect((await office.asAdmin(call, {}, { tap })).error.code).toBe('STORAGE_UNAVAILABLE');
});
