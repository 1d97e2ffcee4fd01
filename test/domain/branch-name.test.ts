import { branchNameProblem, fixBranchName } from '../../src/domain/branch-name';

const limits = { bytes: 244 };

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

  it('leaves what was typed alone where it may stay', () => {
    expect(fixBranchName('Feature/Déjà Vu?.lock', limits)).toBe('Feature/Déjà-Vu');
  });
});
