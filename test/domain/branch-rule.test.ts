// cspell:ignore ftr
import { nameForRule } from '../../src/domain/branch-rule';

describe('A name for a rule about names', () => {
  it.each([
    ['^(feature|bugfix)/.*', 'DEMO-1-x', 'feature/DEMO-1-x'],
    ['^(?:feature|bugfix)\\/.+$', 'fix/DEMO-1-x', 'feature/DEMO-1-x'],
    ['^(ftr|enh|fix)-\\w+', 'DEMO-1', 'ftr-DEMO-1'],
    ['feature/*', 'DEMO-1-x', 'feature/DEMO-1-x'],
    ['feature/**', 'a/b/c', 'feature/b/c'],
    ['^feature/', 'DEMO-1', 'feature/DEMO-1'],
    ['^release_.*', 'DEMO-1', 'release_DEMO-1'],
  ])('%s makes of %s %s', (pattern, name, fitting) => {
    expect(nameForRule(name, pattern)).toBe(fitting);
  });

  it.each([
    ['^(feature|bugfix)/.*', 'bugfix/DEMO-1'],
    ['feature/*', 'feature/DEMO-1'],
    // About a whole name, about its end or its middle, or more than anybody reads at a glance.
    ['^main$', 'DEMO-1'],
    ['main', 'DEMO-1'],
    ['*-x', 'DEMO-1'],
    ['*DEMO*', 'demo'],
    ['^(issue-\\d+)|(master)$', 'DEMO-1'],
    ['^(?!tmp).*', 'tmp'],
    ['[A-Z]+-\\d+', 'x'],
    ['', 'DEMO-1'],
    ['.*', 'DEMO-1'],
    ['^v[0-9]+', 'DEMO-1'],
  ])('%s finds no name for %s', (pattern, name) => {
    expect(nameForRule(name, pattern)).toBeUndefined();
  });
});
