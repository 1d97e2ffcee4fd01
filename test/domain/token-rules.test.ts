import {
  asksTheSame,
  breaksOf,
  isOver,
  standingOf,
  type JudgedToken,
  type TokenRules,
} from '../../src/domain/token-rules';

const savedAt = '2026-11-30T12:00:00.000Z';
const token = (more: Partial<JudgedToken> = {}): JudgedToken => ({ expiresAt: 'never', savedAt, ...more });
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
    expect(breaksOf(token(one), rules(asked), true)).toEqual(expected);
  });

  it('wants no fine-grained token where there are none', () => {
    expect(breaksOf(token({ kind: 'classic' }), rules({ fineGrainedOnly: true }), false)).toEqual([]);
  });

  it('admits a saved token until its grace is over', () => {
    const inForce = { ...rules({ mustEnd: true, graceDays: 10 }), since: '2026-12-01T00:00:00.000Z' };
    const found = standingOf(token(), inForce, true);
    expect(found).toEqual({ breaks: ['no-end'], until: '2026-12-11T00:00:00.000Z' });
    expect(isOver(found, Date.parse('2026-12-10T23:59:59.999Z'))).toBe(false);
    expect(isOver(found, Date.parse('2026-12-11T00:00:00.000Z'))).toBe(true);
    expect(isOver(undefined, Date.now())).toBe(false);
    expect(standingOf(token({ expiresAt: '2027-01-01T00:00:00.000Z' }), inForce, true)).toBeUndefined();
    expect(standingOf(token(), undefined, true)).toBeUndefined();
  });

  it('is the same rule with another grace', () => {
    expect(asksTheSame(rules({ mustEnd: true }), rules({ mustEnd: true, graceDays: 1 }))).toBe(true);
    expect(asksTheSame(rules({ mustEnd: false }), rules({}))).toBe(true);
    expect(asksTheSame(rules({ maxDays: 9 }), rules({ maxDays: 8 }))).toBe(false);
    expect(asksTheSame(rules({ scopesAtLeast: ['a'] }), rules({ scopesAtMost: ['a'] }))).toBe(false);
  });
});
