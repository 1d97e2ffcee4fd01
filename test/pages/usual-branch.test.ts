import { usualBranch } from '../../static/shared/usual-branch';

describe('The branch to start from where the service names no default', () => {
  it.each([
    [['develop', 'main', 'master'], true, 'main'],
    [['develop', 'master'], false, 'master'],
    [['trunk'], true, 'trunk'],
    [['trunk'], false, undefined],
    [['trunk', 'develop'], true, undefined],
    [['Main', 'feature/main'], true, undefined],
    [[], true, undefined],
  ])('of %j (all of them: %s) is %s', (names, isWhole, expected) => {
    expect(usualBranch(names, isWhole)).toBe(expected);
  });
});
