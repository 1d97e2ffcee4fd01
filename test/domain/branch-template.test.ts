import { byteLength } from '../../src/domain/branch-name';
import { defaultBranchNameRule, type BranchNameRule } from '../../src/domain/branch-name-rule';
import { branchNameFor, needsDisplayName, templateProblem } from '../../src/domain/branch-template';

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
});

describe('A template for branch names', () => {
  const issue = {
    key: 'DEMO-1',
    summary: 'Login fails: 2 ways',
    type: 'New Feature',
    displayName: 'Alice Ågren',
    sourceBranch: 'release/2.1',
    login: 'Alice.Dev_1@acme.example',
    component: 'User Interface',
    fixVersion: '2.1.0-RC 1',
    parentKey: 'A__B-7',
  };

  it.each([
    ['${issuekey}-${summary}', 'DEMO-1-login-fails-2-ways'],
    ['${summary}/${issuekey}', 'login-fails-2-ways/DEMO-1'],
    ['users/${displayname}/${issuekey}', 'users/alice-agren/DEMO-1'],
    ['${projectkey}/${issuekey}', 'DEMO/DEMO-1'],
    ['${sourcebranch}/${issuekey}-${summary}', 'release-2-1/DEMO-1-login-fails-2-ways'],
    ['${issuekey}-from-${SourceBranch}', 'DEMO-1-from-release-2-1'],
    ['users/${login}/${issuekey}', 'users/alice.dev_1/DEMO-1'],
    ['${component}/${issuekey}', 'user-interface/DEMO-1'],
    ['release/${fixversion}/${issuekey}', 'release/2.1.0-rc-1/DEMO-1'],
    ['${parentkey}/${issuekey}', 'A__B-7/DEMO-1'],
    ['${parentkey:lower}/${issuekey:lower}-${summary}', 'a__b-7/demo-1-login-fails-2-ways'],
    ['${issuetype}/${issuekey}', 'newfeature/DEMO-1'],
    ['${issuetype:New Feature,feature,Bug Fix,bug}/${issuekey}', 'feature/DEMO-1'],
    ['${issuetype:Old Issue,old,Bug Fix,bug,branch}/${issuekey}', 'branch/DEMO-1'],
    ['${issuetype:Old Issue,old,Bug Fix,bug}/${issuekey}', 'newfeature/DEMO-1'],
    ['${issuetype: new feature , feat/new }/${issuekey}', 'feat/new/DEMO-1'],
    ['${issuetype:Old Issue,old,New Feature,feature}/${issuekey}', 'feature/DEMO-1'],
    [' ${ISSUEKEY}_${ Summary } ', 'DEMO-1_login-fails-2-ways'],
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
    expect(
      branchNameFor({ ...issue, summary: 'a.lock.lock' }, limits, rule('${issuekey}.${summary}', { separator: '.' })),
    ).toBe('DEMO-1.a');
    expect(branchNameFor(issue, limits, rule('${displayname}/${issuekey}', { separator: '_' }))).toBe(
      'alice_agren/DEMO-1',
    );
  });

  it('leaves no separator for an empty variable', () => {
    const empty = { key: 'DEMO-1', summary: '🎉', type: '🎉', displayName: '' };
    expect(branchNameFor(empty, limits, rule('${issuetype}/${displayname}.${summary}-${issuekey}'))).toBe('DEMO-1');
    expect(branchNameFor(empty, limits, rule('${issuekey}/${summary}'))).toBe('DEMO-1');
    expect(branchNameFor(empty, limits, rule('x/${displayname}/${issuekey}'))).toBe('x/DEMO-1');
    expect(branchNameFor(empty, limits, rule('x-${displayname}-${issuekey}'))).toBe('x-DEMO-1');
    expect(branchNameFor({ key: 'DEMO-1', summary: '' }, limits, rule('${displayname}-${issuekey}'))).toBe('DEMO-1');
    expect(branchNameFor(empty, limits, rule('${sourcebranch}/${issuekey}'))).toBe('DEMO-1');
  });

  it.each(['login', 'component', 'fixversion', 'parentkey', 'parentkey:lower'])(
    'leaves nothing behind for an issue without ${%s}',
    (variable) => {
      for (const about of [
        { key: 'DEMO-1', summary: '' },
        { key: 'DEMO-1', summary: '', login: '@', component: '🎉', fixVersion: '._-' },
      ]) {
        expect(branchNameFor(about, limits, rule(`x/\${${variable}}/\${issuekey}`))).toBe('x/DEMO-1');
        expect(branchNameFor(about, limits, rule(`\${${variable}}-\${issuekey}_\${${variable}}`))).toBe('DEMO-1');
        expect(branchNameFor(about, limits, rule(`x-\${${variable}}.\${issuekey}`))).toBe('x-DEMO-1');
      }
    },
  );

  it('never touches the key, whatever it looks like', () => {
    expect(
      branchNameFor({ key: 'A__B-1', summary: 'x y' }, limits, rule('${issuekey}_${summary}', { separator: '_' })),
    ).toBe('A__B-1_x_y');
  });

  it.each([
    ['${issuekey:lower}-${summary}', 'demo-1-login-fails-2-ways'],
    ['${ IssueKey : LOWER }', 'demo-1'],
    ['${projectkey:lower}/${issuekey:lower}/x', 'demo/demo-1/x'],
    ['${issuekey:lower}/${issuekey}', 'demo-1/DEMO-1'],
  ])('writes a key in lower case where it demands that: %s', (template, name) => {
    expect(templateProblem(rule(template))).toBeUndefined();
    expect(branchNameFor(issue, limits, rule(template))).toBe(name);
  });

  it.each(['${issuekey:upper}', '${issuekey:}', '${issuekey}-${summary:lower}', '${issuekey:lower:lower}'])(
    'writes nothing else in another way: %s',
    (template) => expect(templateProblem(rule(template))).toBe('variable'),
  );

  it('takes the project from the key, and the type without blanks around it', () => {
    const about = { key: 'DEMO-12', summary: 'x', type: ' New Feature ' };
    expect(branchNameFor(about, limits, rule('${projectkey}/${issuekey}'))).toBe('DEMO/DEMO-12');
    expect(branchNameFor(about, limits, rule('${issuetype:New Feature,feature}/${issuekey}'))).toBe('feature/DEMO-12');
  });

  it.each([
    ['${issuekey', {}],
    ['${summary}', {}],
    ['a b/${issuekey}', {}],
    [`${'x'.repeat(60)}/\${issuekey}`, { maxBytes: 40 }],
  ])('that gives no name is not followed: %s', (template, more) => {
    expect(branchNameFor(issue, limits, rule(template, more))).toBe('DEMO-1-login-fails-2-ways');
  });

  it('cuts each part of a name to what a file of git may be', () => {
    const long = { ...issue, summary: 'wort '.repeat(60) };
    const name = branchNameFor(long, { bytes: 1000 }, rule('${summary}/${issuekey}', { maxBytes: 1000 }));
    const [first = '', ...rest] = name.split('/');
    expect(rest).toEqual(['DEMO-1']);
    expect(first.length).toBeGreaterThan(240);
    expect(byteLength(first)).toBeLessThanOrEqual(250);
  });

  it.each([
    ['${displayname}/${issuekey}', true],
    ['x-${ DisplayName }-${issuekey}', true],
    ['displayname/${issuekey}-${summary}', false],
  ])('needs the name of a person only where it says so: %s', (template, needs) => {
    expect(needsDisplayName(rule(template))).toBe(needs);
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
    ['  ', 'empty'],
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
    ['${summary}_${issuekey:lower}', 'prefix'],
    ['${parentkey}/fix_${issuekey:lower}', 'prefix'],
    ['${projectkey}_${issuekey}', 'prefix'],
    ['${issuetype:Bug,FIX,feature}_${issuekey}-${summary}', 'prefix'],
    ['a b/${issuekey}', 'space'],
    ['a\ue000b/${issuekey}', 'control'],
    ['a~b/${issuekey}', 'character'],
    ['${issuekey}@${issuetype}{', 'character'],
    ['a..b/${issuekey}', 'dots'],
    ['.a/${issuekey}', 'dots'],
    ['/${issuekey}', 'slash'],
    ['a//${issuekey}', 'slash'],
    ['${issuekey}.lock', 'lock'],
    ['-${issuekey}', 'dash'],
    ['${issuetype:Bug,a b}/${issuekey}', 'space'],
    ['${issuetype:Bug,-x}/${issuekey}', 'dash'],
    ['${issuetype:Bug,fix:x}/${issuekey}', 'character'],
    [`${'x'.repeat(250)}/\${issuekey}`, 'long'],
    [`${'x'.repeat(251)}/\${issuekey}`, 'long'],
  ])('%s is refused: %s', (template, problem) => {
    expect(templateProblem(rule(template))).toBe(problem);
  });
});
