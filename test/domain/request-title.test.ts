import { needsIssue, titleOf, titleProblem } from '../../src/domain/request-title';

const facts = {
  ...{ key: 'DEMO-1', summary: 'Login fails: 2 ways', type: 'Bug', component: 'Sign-in', fixVersion: '2.1' },
  ...{ parentKey: 'DEMO-7', sourceBranch: 'DEMO-1-x', targetBranch: 'main' },
};
const bare = { key: 'DEMO-1', summary: '', sourceBranch: 'DEMO-1-x', targetBranch: 'main' };

describe('A title of a pull request', () => {
  it.each([
    ['${issuekey}: ${summary}', 'DEMO-1: Login fails: 2 ways', 'DEMO-1'],
    [
      '${IssueType}(${component}): ${ summary } [${issuekey}]',
      'Bug(Sign-in): Login fails: 2 ways [DEMO-1]',
      '[DEMO-1]',
    ],
    [
      '[${fixversion}] ${issuekey} ${sourcebranch} -> ${targetbranch}',
      '[2.1] DEMO-1 DEMO-1-x -> main',
      'DEMO-1 DEMO-1-x -> main',
    ],
    ['${parentkey} / ${issuekey}', 'DEMO-7 / DEMO-1', 'DEMO-1'],
    ['$ {${issuekey}} $1 $& ${projectkey}', '$ {DEMO-1} $1 $& DEMO', '$ {DEMO-1} $1 $& DEMO'],
  ])('by %s', (pattern, title, withoutFacts) => {
    expect(titleProblem(pattern)).toBeUndefined();
    expect(titleOf(pattern, facts)).toBe(title);
    expect(titleOf(pattern, bare)).toBe(withoutFacts);
  });

  it('uses its text unchanged, except for line breaks', () => {
    const summary = '${issuekey} $& <b>\n  () 日本';
    expect(titleOf('${issuekey}: ${summary}', { ...bare, summary })).toBe('DEMO-1: ${issuekey} $& <b> 日本');
  });

  it.each([
    ['${summary}', 'key'],
    ['x${issuekey}', 'key'],
    ['${issuekey}7', 'key'],
    ['${summary}${issuekey}', 'key'],
    ['${issuekey}${summary}', 'key'],
    ['${issuekey', 'unclosed'],
    ['${issuekey} ${user}', 'title-variable'],
    ['${issuekey} ${__proto__}', 'title-variable'],
    ['${issuekey} \u202e', 'control'],
  ])('cannot be made by %s: %s', (pattern, problem) => {
    expect(titleProblem(pattern)).toBe(problem);
  });

  it.each([
    ['${issuekey} ${sourcebranch} ${TargetBranch} ${projectkey}', false],
    ['${issuekey} ${ Summary }', true],
    ['${issuekey} ${component}', true],
  ])('needs Jira for %s: %s', (pattern, needs) => {
    expect(needsIssue(pattern)).toBe(needs);
  });
});
