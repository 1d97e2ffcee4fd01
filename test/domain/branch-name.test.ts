import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { branchNameFor, branchNameProblem, byteLength, fixBranchName, slug } from '../../src/domain/branch-name';
import { mentionsIssue } from '../../src/domain/issue-key';

const limits = { bytes: 244 };

/** Summaries in every script, with everything that has broken branch names before. */
const summaries = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.string({ unit: 'binary', maxLength: 100 }),
  fc.string({
    unit: fc.constantFrom(
      '.',
      '/',
      '-',
      'a',
      ' ',
      '~',
      '@',
      '{',
      '.lock',
      '\u0301',
      'ß',
      '日',
      'ि',
      '\u200d',
      '\ud800',
    ),
    maxLength: 60,
  }),
);

/** The names git itself refuses, one process for all: `check-ref-format` takes a single name, `update-ref --stdin` many. */
function refusedByGit(names: readonly string[]): string[] {
  const script = 'while IFS= read -r name; do git check-ref-format "refs/heads/$name" || printf "%s\\n" "$name"; done';
  return execFileSync('sh', ['-c', script], { input: `${names.join('\n')}\n`, encoding: 'utf8' })
    .split('\n')
    .slice(0, -1);
}

describe('A branch name for an issue', () => {
  it('is the key and the summary in lower case with dashes', () => {
    expect(branchNameFor({ key: 'DEMO-1', summary: 'Login fails after password reset' }, limits)).toBe(
      'DEMO-1-login-fails-after-password-reset',
    );
  });

  it.each([
    ['Ünïcödé crash', 'DEMO-1-unicode-crash'],
    ['Straße, Łódź, Ærø', 'DEMO-1-strasse-lodz-aero'],
    ['日本語のタイトル', 'DEMO-1-日本語のタイトル'],
    ['тест: ещё один', 'DEMO-1-тест-ещё-один'],
    ['हिन्दी में शीर्षक', 'DEMO-1-हिन्दी-में-शीर्षक'],
    ['한국어 제목', 'DEMO-1-한국어-제목'],
    ['feature/a..b~c', 'DEMO-1-feature-a-b-c'],
    ['fix foo.lock', 'DEMO-1-fix-foo-lock'],
    ['say "hi"!!', 'DEMO-1-say-hi'],
    ['🎉🎉', 'DEMO-1'],
    ['', 'DEMO-1'],
  ])('of “%s” is %s', (summary, name) => {
    expect(branchNameFor({ key: 'DEMO-1', summary }, limits)).toBe(name);
  });

  it('is cut at a word and never longer than a segment may be', () => {
    const name = branchNameFor({ key: 'DEMO-1', summary: 'wort '.repeat(100) }, { bytes: 1000 });
    expect(byteLength(name)).toBeLessThanOrEqual(250);
    expect(name).toMatch(/^DEMO-1(-wort)+$/);
  });

  it('keeps the key when the summary alone would fill it, whatever the script', () => {
    const name = branchNameFor({ key: 'DEMO-1', summary: '日'.repeat(300) }, limits);
    expect(name).toMatch(/^DEMO-1-日+$/);
    expect(byteLength(name)).toBeGreaterThan(240);
    expect(byteLength(name)).toBeLessThanOrEqual(244);
  });

  it('is valid, has the key and does not change when made from itself, for any summary', () => {
    fc.assert(
      fc.property(summaries, (summary) => {
        const name = branchNameFor({ key: 'DEMO-1', summary }, limits);
        expect(branchNameProblem(name, limits)).toBeUndefined();
        expect(mentionsIssue(name, 'DEMO-1')).toBe(true);
        expect(slug(slug(summary))).toBe(slug(summary));
      }),
      { numRuns: 3000 },
    );
  });

  it('is accepted by git itself, for any summary', () => {
    const names = fc
      .sample(summaries, { numRuns: 1500, seed: 7 })
      .map((summary) => branchNameFor({ key: 'DEMO-1', summary }, limits));
    expect(refusedByGit(names)).toEqual([]);
  });
});

describe('The check of a typed branch name', () => {
  it.each([
    ['', 'empty'],
    ['a b', 'space'],
    ['a\u0007b', 'control'],
    ['a~b', 'character'],
    ['a@{b', 'character'],
    ['a..b', 'dots'],
    ['.a', 'dots'],
    ['a/.b', 'dots'],
    ['a.', 'dots'],
    ['/a', 'slash'],
    ['a//b', 'slash'],
    ['a/', 'slash'],
    ['a.lock', 'lock'],
    ['a.lock/b', 'lock'],
    ['-a', 'dash'],
    ['@', 'at'],
    ['HEAD', 'head'],
    ['a'.repeat(40), 'hash'],
    ['x'.repeat(251), 'segment-long'],
    ['x/'.repeat(130) + 'x', 'long'],
  ])('says why “%s” is refused: %s', (name, problem) => {
    expect(branchNameProblem(name, limits)).toBe(problem);
  });

  it.each(['main', 'feature/DEMO-1', 'a.b', '日本語', 'fix#1', 'a%2Fb', 'user@host'])('accepts %s', (name) => {
    expect(branchNameProblem(name, limits)).toBeUndefined();
  });

  it('agrees with git on what is valid', () => {
    const unit = fc.constantFrom(...'ab./-@{~^:?*[\\ ', '.lock', 'HEAD', 'é', '\u007f');
    const names = fc.sample(fc.string({ unit, minLength: 1, maxLength: 8 }), { numRuns: 2000, seed: 11 });
    const valid = names.filter((name) => branchNameProblem(name, limits) === undefined);
    expect(refusedByGit(valid)).toEqual([]);
    const strictest = new Set(refusedByGit(names));
    // Stricter than git only where services or its command line are: a leading dash, `@` and HEAD.
    const stricter = names.filter((name) => !strictest.has(name) && !valid.includes(name));
    expect(stricter.filter((name) => !/^-|^@$|^HEAD$/.test(name))).toEqual([]);
  });

  it('suggests a valid name for anything typed', () => {
    fc.assert(
      fc.property(summaries, (typed) => {
        expect(branchNameProblem(fixBranchName(typed, limits), limits)).toBeUndefined();
      }),
      { numRuns: 3000 },
    );
  });

  it('leaves what was typed alone where it may stay', () => {
    expect(fixBranchName('Feature/Déjà Vu?.lock', limits)).toBe('Feature/Déjà-Vu');
  });
});
