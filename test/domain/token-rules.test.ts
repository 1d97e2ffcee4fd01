import {
  asksTheSame,
  breaksOf,
  hasBegun,
  isOver,
  refusalOf,
  standingOf,
  type JudgedToken,
  type TokenRules,
} from '../../src/domain/token-rules';

const savedAt = '2026-11-30T12:00:00.000Z';
const token = (more: Partial<JudgedToken> = {}): JudgedToken => ({ expiresAt: 'never', savedAt, ...more });
const both = { hasFineGrained: true, neverEnds: false };
const keys = { hasFineGrained: false, neverEnds: true };
const rules = (more: Partial<TokenRules>): TokenRules => ({ untoldEnd: 'ask', graceDays: 14, ...more });

describe('A rule about tokens', () => {
  it.each<[string, Partial<JudgedToken>, Partial<TokenRules>, string[]]>([
    ['asks nothing', {}, {}, []],
    ['wants an end', {}, { mustEnd: true }, ['no-end']],
    ['wants an end by wanting a longest life', {}, { maxDays: 90 }, ['no-end']],
    ['counts whole days', { expiresAt: '2027-03-01T11:59:00.000Z' }, { maxDays: 90 }, []],
    ['lets the last day pass', { expiresAt: '2027-03-01T11:59:59.000Z' }, { maxDays: 90 }, []],
    ['lets a day pass that its person typed', { expiresAt: '2027-02-28T23:59:59.000Z' }, { maxDays: 90 }, []],
    ['stops at the day after', { expiresAt: '2027-03-01T12:00:00.000Z' }, { maxDays: 90 }, ['too-long']],
    ['asks a person for the end', { expiresAt: 'unknown' }, { mustEnd: true }, ['end-missing']],
    ['believes nobody', { expiresAt: 'unknown' }, { mustEnd: true, untoldEnd: 'refuse' }, ['end-untold']],
    [
      'believes no person either',
      { expiresAt: '2027-01-31T23:59:59.000Z' },
      { maxDays: 300, untoldEnd: 'refuse' },
      ['end-untold'],
    ],
    ['needs no end', { expiresAt: 'unknown' }, { untoldEnd: 'refuse' }, []],
    ['wants no classic token', { kind: 'classic' }, { fineGrainedOnly: true }, ['classic']],
    ['takes a fine-grained one', { kind: 'fine-grained' }, { fineGrainedOnly: true }, []],
    ['wants scopes', { scopes: ['api'] }, { scopesAtLeast: ['api', 'sudo'] }, ['scopes-lacking']],
    ['wants no more', { scopes: ['api', 'sudo'] }, { scopesAtMost: ['api'] }, ['scopes-beyond']],
    ['judges no scopes it is not told', {}, { scopesAtLeast: ['api'], scopesAtMost: ['api'] }, []],
    [
      'names all that is wrong',
      { kind: 'classic', scopes: ['sudo'] },
      { mustEnd: true, fineGrainedOnly: true, scopesAtLeast: ['api'], scopesAtMost: ['api'] },
      ['classic', 'no-end', 'scopes-lacking', 'scopes-beyond'],
    ],
  ])('%s', (_, one, asked, expected) => {
    expect(breaksOf(token(one), rules(asked), both)).toEqual(expected);
  });

  it('wants no fine-grained token where there are none', () => {
    expect(breaksOf(token({ kind: 'classic' }), rules({ fineGrainedOnly: true }), keys)).toEqual([]);
  });

  it('admits a saved token until its grace is over', () => {
    const inForce = { ...rules({ mustEnd: true, graceDays: 10 }), since: '2026-12-01T00:00:00.000Z' };
    const found = standingOf(token(), inForce, both);
    expect(found).toEqual({
      breaks: ['no-end'],
      from: inForce.since,
      until: '2026-12-11T00:00:00.000Z',
    });
    expect(isOver(found, Date.parse('2026-12-10T23:59:59.999Z'))).toBe(false);
    expect(isOver(found, Date.parse('2026-12-11T00:00:00.000Z'))).toBe(true);
    expect(isOver(undefined, Date.now())).toBe(false);
    expect(standingOf(token({ expiresAt: '2027-01-01T00:00:00.000Z' }), inForce, both)).toBeUndefined();
    expect(standingOf(token(), undefined, both)).toBeUndefined();
  });

  it('is the same rule with another grace', () => {
    expect(asksTheSame(rules({ mustEnd: true }), rules({ mustEnd: true, graceDays: 1 }))).toBe(true);
    expect(asksTheSame(rules({ mustEnd: false }), rules({}))).toBe(true);
    expect(asksTheSame(rules({ maxDays: 9 }), rules({ maxDays: 8 }))).toBe(false);
    expect(asksTheSame(rules({ scopesAtLeast: ['a'] }), rules({ scopesAtMost: ['a'] }))).toBe(false);
  });
});

describe('Where nothing ever expires, a rule', () => {
  const day = (date: string) => Date.parse(`${date}T12:00:00.000Z`);
  const inForce = (more: Partial<TokenRules>, since = '2026-12-01T12:00:00.000Z') => ({ ...rules(more), since });

  it('about an expiration date can’t be followed, and one with an age as well can', () => {
    expect(breaksOf(token(), rules({ mustEnd: true }), keys)).toEqual(['never-ends']);
    expect(breaksOf(token(), rules({ mustEnd: true, maxDays: 90 }), keys)).toEqual([]);
    expect(refusalOf(token(), inForce({ mustEnd: true }), keys, day('2026-12-02'))).toBe('never-ends');
  });

  it('about a lifetime lets a key be used for so many days from when it was saved', () => {
    const found = standingOf(token({ savedAt: '2026-12-05T12:00:00.000Z' }), inForce({ maxDays: 30 }), keys);
    const end = '2027-01-04T12:00:00.000Z';
    expect(found).toEqual({ breaks: ['too-old'], from: end, until: end });
    expect([hasBegun(found, day('2027-01-03')), hasBegun(found, day('2027-01-04'))]).toEqual([false, true]);
    expect([isOver(found, day('2027-01-03')), isOver(found, day('2027-01-04'))]).toEqual([false, true]);
  });

  it('gives older keys their grace, and younger ones never less than their days', () => {
    const old = standingOf(token({ savedAt: '2026-01-01T12:00:00.000Z' }), inForce({ maxDays: 30 }), keys);
    expect(old).toEqual({ breaks: ['too-old'], from: '2026-01-31T12:00:00.000Z', until: '2026-12-15T12:00:00.000Z' });
    const young = standingOf(token(), inForce({ maxDays: 300, graceDays: 0 }), keys);
    expect(young?.until).toBe('2027-09-26T12:00:00.000Z');
  });

  it('gives no grace to a key that is saved later, and refuses one that is too old', () => {
    const short = inForce({ maxDays: 5, graceDays: 60 });
    const fresh = token({ savedAt: '2026-12-02T12:00:00.000Z' });
    expect(standingOf(fresh, short, keys)?.until).toBe('2026-12-07T12:00:00.000Z');
    expect(refusalOf(fresh, short, keys, day('2026-12-06'))).toBeUndefined();
    expect(refusalOf(fresh, short, keys, day('2026-12-07'))).toBe('too-old');
  });

  it('that demands neither is followed', () => {
    expect(standingOf(token(), inForce({ scopesAtMost: ['a'] }), keys)).toBeUndefined();
  });
});
