import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { branchNameProblem, byteLength, slug } from '../../src/domain/branch-name';
import { branchNameFor, templateProblem } from '../../src/domain/branch-template';
import { mentionsIssue } from '../../src/domain/issue-key';
import { anyText } from '../../rig/any-text';
import { firstRefusedByGit } from '../../rig/git-names';
import { summaries } from '../../rig/summaries';

const limits = { bytes: 244 };

describe('A branch name for any issue', () => {
  it('is valid and has the key for any summary, and made from itself it does not change', () => {
    fc.assert(
      fc.property(anyText, (summary) => {
        const name = branchNameFor({ key: 'DEMO-1', summary }, limits);
        expect(branchNameProblem(name, limits)).toBeUndefined();
        expect(mentionsIssue(name, 'DEMO-1')).toBe(true);
        expect(slug(slug(summary))).toBe(slug(summary));
      }),
      { numRuns: 3000 },
    );
  });

  it('is accepted by git itself, for thousands of summaries in every script', () => {
    const names = summaries(5000, 7).map((summary) => branchNameFor({ key: 'DEMO-1', summary }, limits));
    expect(firstRefusedByGit(names)).toBeUndefined();
  });
});

describe('Any template for branch names', () => {
  const pieces = fc.constantFrom(
    '${issuekey}', '${summary}', '${issuetype}', '${issuetype:Bug,fix,Story,feat/x}', '${displayname}', '${projectkey}', '${sourcebranch}',
    '${login}', '${component}', '${fixversion}', '${parentkey}', '${parentkey:lower}',
    '/', '-', '_', '.', '.lock', 'feature', 'é', '日', ' ', '..', '@', '{', '${', '}', '#', 'DEMO-1', '7', '~', '\ue000',
  ); // prettier-ignore
  const rules = fc.record({
    template: fc.array(pieces, { maxLength: 8 }).map((parts) => parts.join('')),
    separator: fc.constantFrom('-' as const, '_' as const, '.' as const),
    maxBytes: fc.integer({ min: 40, max: 250 }),
  });
  const issues = fc.record({
    key: fc.constantFrom('DEMO-1', 'A__B-12', 'X2-999'),
    summary: anyText,
    type: anyText,
    displayName: anyText,
    sourceBranch: anyText,
    login: anyText,
    component: anyText,
    fixVersion: anyText,
    parentKey: fc.constantFrom(undefined, 'DEMO-7', 'A__B-1'),
  });

  it('gives a valid name with the key for any issue, and the same one for what it made of the summary', () => {
    const names: string[] = [];
    fc.assert(
      fc.property(rules, issues, (any, about) => {
        const name = branchNameFor(about, limits, any);
        expect(branchNameProblem(name, limits)).toBeUndefined();
        expect(mentionsIssue(name, about.key)).toBe(true);
        expect(byteLength(name)).toBeLessThanOrEqual(any.maxBytes);
        expect(branchNameFor({ ...about, summary: slug(about.summary) }, limits, any)).toBe(name);
        names.push(name);
      }),
      { numRuns: 3000 },
    );
    expect(firstRefusedByGit(names)).toBeUndefined();
  });

  it('that is accepted is followed for every issue: its own text is in each name', () => {
    const markers = rules.map((any) => ({ ...any, maxBytes: 250, template: `marker/${any.template}` }));
    let followed = 0;
    fc.assert(
      fc.property(markers, issues, (any, about) => {
        if (templateProblem(any) !== undefined) return;
        followed += 1;
        expect(branchNameFor(about, limits, any)).toMatch(/^marker\//);
      }),
      { numRuns: 6000 },
    );
    expect(followed).toBeGreaterThan(50);
  });
});

describe('The tests’ questions to git', () => {
  it.each(['a..b', 'a b', 'a.lock', '/a', 'a~b', ''])('“%s” is refused, as check-ref-format does', (name) => {
    expect(firstRefusedByGit(['fine', name, 'fine too'])).toBe(name);
    expect(() => execFileSync('git', ['check-ref-format', `refs/heads/${name}`], { stdio: 'ignore' })).toThrow();
  });

  it('many good names at once', () => {
    expect(firstRefusedByGit(['a', 'a/b', '日本語', "it's", 'a"b'])).toBeUndefined();
  });
});
