import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { branchNameProblem, byteLength, slug } from '../../src/domain/branch-name';
import {
  branchNameFor,
  defaultBranchNameRule,
  templateProblem,
  type BranchNameRule,
} from '../../src/domain/branch-template';
import { mentionsIssue } from '../../src/domain/issue-key';
import { anyText } from '../support/any-text';
import { firstRefusedByGit } from '../support/git-names';
import { summaries } from '../support/summaries';

const limits = { bytes: 244 };
const rule = (template: string, more: Partial<BranchNameRule> = {}): BranchNameRule => ({
  ...defaultBranchNameRule,
  template,
  ...more,
});

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

describe('A template for branch names', () => {
  const issue = {
    key: 'DEMO-1',
    summary: 'Login fails: 2 ways',
    type: 'New Feature',
    displayName: 'Alice Ågren',
    sourceBranch: 'release/2.1',
  };

  it.each([
    ['${issuekey}-${summary}', 'DEMO-1-login-fails-2-ways'],
    ['${summary}/${issuekey}', 'login-fails-2-ways/DEMO-1'],
    ['users/${displayname}/${issuekey}', 'users/alice-agren/DEMO-1'],
    ['${projectkey}/${issuekey}', 'DEMO/DEMO-1'],
    ['${sourcebranch}/${issuekey}-${summary}', 'release-2-1/DEMO-1-login-fails-2-ways'],
    ['${issuekey}-from-${SourceBranch}', 'DEMO-1-from-release-2-1'],
    ['${issuetype}/${issuekey}', 'newfeature/DEMO-1'],
    ['${issuetype:New Feature,feature,Bug Fix,bug}/${issuekey}', 'feature/DEMO-1'],
    ['${issuetype:Old Issue,old,Bug Fix,bug,branch}/${issuekey}', 'branch/DEMO-1'],
    ['${issuetype:Old Issue,old,Bug Fix,bug}/${issuekey}', 'newfeature/DEMO-1'],
    ['${issuetype: new feature , feat/new }/${issuekey}', 'feat/new/DEMO-1'],
    ['${ISSUEKEY}_${ Summary }', 'DEMO-1_login-fails-2-ways'],
    ['Team A#1/${issuekey}'.replace(' ', '-'), 'Team-A#1/DEMO-1'],
  ])('%s gives %s', (template, name) => {
    expect(templateProblem(rule(template))).toBeUndefined();
    expect(branchNameFor(issue, limits, rule(template))).toBe(name);
  });

  it('puts its separator between the words', () => {
    expect(branchNameFor(issue, limits, rule('${issuekey}_${summary}', { separator: '_' }))).toBe(
      'DEMO-1_login_fails_2_ways',
    );
    expect(
      branchNameFor({ ...issue, summary: 'a file.lock' }, limits, rule('${issuekey}.${summary}', { separator: '.' })),
    ).toBe('DEMO-1.a.file');
  });

  it('leaves nothing behind for a variable that is empty', () => {
    const empty = { key: 'DEMO-1', summary: '🎉', type: '🎉', displayName: '' };
    expect(branchNameFor(empty, limits, rule('${issuetype}/${displayname}.${summary}-${issuekey}'))).toBe('DEMO-1');
    expect(branchNameFor(empty, limits, rule('${issuekey}/${summary}'))).toBe('DEMO-1');
    expect(branchNameFor(empty, limits, rule('${sourcebranch}/${issuekey}'))).toBe('DEMO-1');
  });

  it('never touches the key, whatever it looks like', () => {
    expect(
      branchNameFor({ key: 'A__B-1', summary: 'x y' }, limits, rule('${issuekey}_${summary}', { separator: '_' })),
    ).toBe('A__B-1_x_y');
  });

  it('keeps names within its own length, and the key in them however short that is', () => {
    const long = { ...issue, summary: 'wort '.repeat(60), displayName: 'name '.repeat(60) };
    const name = branchNameFor(long, limits, rule('${displayname}/${issuekey}-${summary}', { maxBytes: 40 }));
    expect(byteLength(name)).toBeLessThanOrEqual(40);
    expect(name).toContain('DEMO-1');
    const deep = { ...issue, sourceBranch: 'wort/'.repeat(60) };
    const from = branchNameFor(deep, limits, rule('${sourcebranch}/${issuekey}-${summary}', { maxBytes: 40 }));
    expect(byteLength(from)).toBeLessThanOrEqual(40);
    expect(from).toMatch(/^wort-.*\/DEMO-1$/);
    const key = `${'K'.repeat(60)}-1`;
    expect(branchNameFor({ key, summary: 'x' }, limits, rule('${issuekey}-${summary}', { maxBytes: 40 }))).toBe(key);
  });

  it.each([
    ['', 'empty'],
    ['${issuekey', 'unclosed'],
    ['${issuekey}-${username}', 'variable'],
    ['${summary:a,b}-${issuekey}', 'variable'],
    ['${issuetype:}/${issuekey}', 'mapping'],
    ['${issuetype:Bug,,x}/${issuekey}', 'mapping'],
    ['${summary}', 'key'],
    ['x${issuekey}', 'neighbour'],
    ['${issuekey}7', 'neighbour'],
    ['${issuekey}${summary}', 'neighbour'],
    ['${summary}${issuekey}', 'neighbour'],
    ['a b/${issuekey}', 'space'],
    ['a\ue000b/${issuekey}', 'control'],
    ['a~b/${issuekey}', 'character'],
    ['a..b/${issuekey}', 'dots'],
    ['.a/${issuekey}', 'dots'],
    ['/${issuekey}', 'slash'],
    ['a//${issuekey}', 'slash'],
    ['${issuekey}.lock', 'lock'],
    ['-${issuekey}', 'dash'],
    ['${issuetype:Bug,a b}/${issuekey}', 'space'],
    ['${issuetype:Bug,-x}/${issuekey}', 'dash'],
    [`${'x'.repeat(250)}/\${issuekey}`, 'long'],
  ])('%s is refused: %s', (template, problem) => {
    expect(templateProblem(rule(template))).toBe(problem);
  });

  const pieces = fc.constantFrom(
    '${issuekey}', '${summary}', '${issuetype}', '${issuetype:Bug,fix,Story,feat/x}', '${displayname}', '${projectkey}', '${sourcebranch}',
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

  it('that is accepted is followed for every issue: what it says besides its variables is in each name', () => {
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

describe('What the tests ask git', () => {
  it.each(['a..b', 'a b', 'a.lock', '/a', 'a~b', ''])('“%s” is refused, as check-ref-format does', (name) => {
    expect(firstRefusedByGit(['fine', name, 'fine too'])).toBe(name);
    expect(() => execFileSync('git', ['check-ref-format', `refs/heads/${name}`], { stdio: 'ignore' })).toThrow();
  });

  it('many good names at once', () => {
    expect(firstRefusedByGit(['a', 'a/b', '日本語', "it's", 'a"b'])).toBeUndefined();
  });
});
