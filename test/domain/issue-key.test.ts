import { namesIssue } from '../../src/domain/issue-key';

describe('The issue’s key in the name of a branch', () => {
  it.each([
    ...['DEMO-1', 'demo-1', 'fix/DEMO-1', 'fix-DEMO-1-x', 'DEMO-1_x', 'x/demo-1/y', 'fix_DEMO-1', 'Fix_demo-1_x'],
    ...['_DEMO-1', '2026_demo-1', 'DEMO-12/DEMO-1'],
  ])('is a word of its own: %s', (branch) => expect(namesIssue(branch, 'DEMO-1')).toBe(true));

  it.each([
    ...['DEMO-12', 'XDEMO-1', 'demo-1.9', 'x.DEMO-1', 'DEMO-1x', 'DEMO-1é', 'éDEMO-1', 'DEMO‐1', 'DEMO-１'],
    // The issues of other projects.
    ...['OTHER_DEMO-1', 'other_demo-1-x', 'fix/other_demo-1', 'a_b_demo-1', '9_other_demo-1'],
  ])('is none of its own: %s', (branch) => expect(namesIssue(branch, 'DEMO-1')).toBe(false));
});
