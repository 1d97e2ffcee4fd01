import { branchInTheWay, branchNameProblem, fixBranchName, shorten, slug } from '../../src/domain/branch-name';

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
    ['refs/heads/DEMO-1-x', 'prefix'],
    ['refs/tags/v1', 'prefix'],
    ['refs/x', 'prefix'],
    ['A1'.repeat(20), 'hash'],
    ['a'.repeat(64), 'hash'],
    ['x'.repeat(251), 'segment-long'],
    [`short/${'x'.repeat(251)}`, 'segment-long'],
    ['x'.repeat(245), 'long'],
    ['x/'.repeat(130) + 'x', 'long'],
  ])('names the reason why “%s” is refused: %s', (name, problem) => {
    expect(branchNameProblem(name, limits)).toBe(problem);
  });

  it.each([
    ...['نام\u200Cها', '👩\u200D💻', '❤\uFE0F', 'क्\u200Dष', 'ᠠ\u180B', 'prefs/x', 'fix/refs/heads'],
    ...['main', 'feature/DEMO-1', 'a.b', '日本語', 'fix#1', 'a%2Fb', 'user@host'],
    // As long as a commit's id, or longer, and no id.
    ...[`${'a'.repeat(40)}-x`, `x-${'a'.repeat(40)}`, 'a'.repeat(41), `${'a'.repeat(40)}${'g'.repeat(24)}`],
    'x'.repeat(244),
  ])('accepts %s', (name) => {
    expect(branchNameProblem(name, limits)).toBeUndefined();
  });

  it.each([
    '\u202E',
    '\u202A',
    '\u2066',
    '\u2069',
    '\u200E',
    '\u200F',
    '\u061C',
    '\u200B',
    '\u2060',
    '\uFEFF',
    '\u00AD',
    '\u200D',
    '\u200C\u200D',
    '\u202E\u200D',
    '\u115F',
    '\u3164',
    '\uFFA0',
    '\u034F',
    '\u2800',
    '\u{E0041}',
    '\u{E0100}',
  ])('refuses an invisible mark: %j', (mark) => {
    expect(branchNameProblem(`a${mark}b`, limits)).toBe('direction');
    expect(fixBranchName(`a${mark}b`, limits)).toBe('ab');
  });

  it('accepts a part as long as a file name of git', () => {
    expect(branchNameProblem(`a/${'x'.repeat(250)}`, { bytes: 1000 })).toBeUndefined();
  });
});

describe('The nearest name to one that is not allowed', () => {
  it.each([
    ['Feature/Déjà Vu?.lock', 'Feature/Déjà-Vu'],
    ['a?*b', 'a-b'],
    ['a@{b', 'a-b'],
    ['refs/heads/DEMO-1-x', 'DEMO-1-x'],
    ['/refs//heads/refs/tags/v1', 'v1'],
    ['refs/remotes/origin/fix/x', 'fix/x'],
    ['refs/heads/', 'heads'],
    ['a\u202Eb\u2069c', 'abc'],
    ['re\u200Bfs/heads/x', 'x'],
    ['a--b', 'a-b'],
    ['a...b', 'a.b'],
    ['/a//b/', 'a/b'],
    ['-.a/b.lock.lock/c.-', 'a/b/c'],
    ['', 'branch'],
    ['@', 'branch'],
    ['HEAD', 'branch-HEAD'],
    ['a'.repeat(40), `branch-${'a'.repeat(40)}`],
    [`${'/'.repeat(300)}abc`, 'abc'],
    [`${'x'.repeat(300)}/y`, 'x'.repeat(244)],
  ])('of “%s” is %s', (typed, name) => {
    expect(fixBranchName(typed, limits)).toBe(name);
  });

  it('does not end where a folder begins', () => {
    expect(fixBranchName('aaa/bbb', { bytes: 4 })).toBe('aaa');
  });
});

describe('A text as a part of a name', () => {
  it.each([
    ['Ệ x', 'e-x'],
    ['co\u00adop', 'coop'],
    ['say:  "hi"', 'say-hi'],
    ['\u0902\u0902b', 'b'],
    ['a \u0902b', 'a-b'],
    ['a \u0902 b', 'a-b'],
    ['(a)', 'a'],
  ])('%j is %s', (text, name) => {
    expect(slug(text)).toBe(name);
  });

  it.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'abc'],
    ['aaa-b-cc', 5, 'aaa-b'],
    ['aaa-bbbb', 6, 'aaa'],
    ['ab-cd', 4, 'ab'],
    ['a-bbbbbb', 6, 'a-bbbb'],
    ['ü', 1, ''],
    ['a👩‍👩‍👧', 10, 'a'],
  ])('%s is cut to %i bytes at a word, where that keeps half: %s', (text, bytes, cut) => {
    expect(shorten(text, bytes)).toBe(cut);
  });
});

describe('A branch in the way of another', () => {
  it.each([
    ['fix/login', ['main', 'fix'], 'fix'],
    ['fix', ['fixes/x', 'fix/login'], 'fix/login'],
    ['fix', ['fix', 'prefix', 'fix-2'], undefined],
  ])('of %s among %j is %s', (name, others, inTheWay) => {
    expect(branchInTheWay(name, others)).toBe(inTheWay);
  });
});
