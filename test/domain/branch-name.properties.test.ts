import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { branchNameProblem, fixBranchName } from '../../src/domain/branch-name';
import { anyText } from '../../rig/any-text';
import { firstRefusedByGit } from '../../rig/git-names';
import { whole } from '../support/whole';

const limits = { bytes: 244 };

/** The names that git itself refuses: `check-ref-format` checks only one at a time. */
function refusedByGit(names: readonly string[]): string[] {
  const script = 'while IFS= read -r name; do git check-ref-format "refs/heads/$name" || printf "%s\\n" "$name"; done';
  return execFileSync('sh', ['-c', script], { input: `${names.join('\n')}\n`, encoding: 'utf8' })
    .split('\n')
    .slice(0, -1);
}

describe('Any typed branch name', () => {
  it('is valid where git says so', () => {
    const unit = fc.constantFrom(...'ab./-@{~^:?*[\\ ', '.lock', 'HEAD', 'é', '\u007f');
    const names = fc.sample(fc.string({ unit, minLength: 1, maxLength: 8 }), { numRuns: whole ? 2000 : 500, seed: 11 });
    const valid = names.filter((name) => branchNameProblem(name, limits) === undefined);
    expect(firstRefusedByGit(valid)).toBeUndefined();
    const strictest = new Set(refusedByGit(names));
    // Stricter than git only where services or its command line are: a leading dash, `@` and HEAD.
    const stricter = names.filter((name) => !strictest.has(name) && !valid.includes(name));
    expect(stricter.filter((name) => !/^-|^@$|^HEAD$/.test(name))).toEqual([]);
  });

  it('has a valid one near to it', () => {
    fc.assert(
      fc.property(anyText, (typed) => {
        expect(branchNameProblem(fixBranchName(typed, limits), limits)).toBeUndefined();
      }),
      { numRuns: 3000 },
    );
  });
});
