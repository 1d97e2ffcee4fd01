import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { branchNameProblem, fixBranchName } from '../../src/domain/branch-name';
import { anyText } from '../support/any-text';

const limits = { bytes: 244 };

/** The names git itself refuses: `check-ref-format` takes a single one. */
function refusedByGit(names: readonly string[]): string[] {
  const script = 'while IFS= read -r name; do git check-ref-format "refs/heads/$name" || printf "%s\\n" "$name"; done';
  return execFileSync('sh', ['-c', script], { input: `${names.join('\n')}\n`, encoding: 'utf8' })
    .split('\n')
    .slice(0, -1);
}

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
      fc.property(anyText, (typed) => {
        expect(branchNameProblem(fixBranchName(typed, limits), limits)).toBeUndefined();
      }),
      { numRuns: 3000 },
    );
  });

  it('leaves what was typed alone where it may stay', () => {
    expect(fixBranchName('Feature/Déjà Vu?.lock', limits)).toBe('Feature/Déjà-Vu');
  });
});
