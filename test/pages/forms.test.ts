import type { IssueView } from '../../src/contract/views';
import en from '../../locales/en-US.json';
import { editions } from '../../src/domain/editions';
import { compareUrl, isWebAddress } from '../../static/shared/addresses';
import { draftOf } from '../../static/shared/draft';
import { nextName } from '../../static/shared/free-name';
import { doubtAbout } from '../../static/shared/paste-check';
import { createText } from '../../static/shared/text';
import { lacksFacts, requestTitle } from '../../static/shared/request-title';

function tabStorage() {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
}

describe('a draft', () => {
  it('restores the input until the act is done', () => {
    const storage = tabStorage();
    const draft = () => draftOf<{ name: string }>('create-branch', 'DEMO-1', 'alice', () => storage);
    draft().write({ name: 'DEMO-1-typed' });
    expect(draft().read()).toEqual({ name: 'DEMO-1-typed' });
    draft().clear();
    expect(draft().read()).toEqual({});
  });

  it('belongs to one issue and one person', () => {
    const storage = tabStorage();
    draftOf('create-branch', 'DEMO-1', 'alice', () => storage).write({ name: 'x' });
    expect(draftOf('create-branch', 'DEMO-2', 'alice', () => storage).read()).toEqual({});
    expect(draftOf('create-branch', 'DEMO-1', 'bob', () => storage).read()).toEqual({});
  });

  it.each(['not json', 'null', '7', '"text"'])('that cannot be read (%s) is no draft', (stored) => {
    const storage = tabStorage();
    const draft = draftOf('create-branch', 'DEMO-1', 'alice', () => storage);
    draft.write({});
    for (const key of storage.kept.keys()) storage.kept.set(key, stored);
    expect(draft.read()).toEqual({});
  });

  it('is not stored where the browser forbids storage', () => {
    const draft = draftOf('create-branch', 'DEMO-1', 'alice', () => {
      throw new Error('SecurityError');
    });
    draft.write({ name: 'x' });
    draft.clear();
    expect(draft.read()).toEqual({});
  });
});

describe('the title of a pull request', () => {
  const { t } = createText(en, { locale: 'en-US', timeZone: 'UTC' });
  const issueOf = (view: Partial<IssueView>) => ({ key: 'DEMO-1', ...view }) as IssueView;
  const parts = { issue: issueOf({}), source: 'feature', target: 'main' };

  const gitHub = editions['github.com'].capabilities;
  const gitLab = editions['gitlab.com'].capabilities;

  it('follows the branches until somebody edits it', () => {
    expect(requestTitle({}, parts, undefined, t)).toBe('DEMO-1: Merge feature to main');
    expect(requestTitle({}, { ...parts, target: 'develop' }, gitHub, t)).toBe('DEMO-1: Merge feature to develop');
    expect(requestTitle({ title: 'Mine' }, { ...parts, target: 'develop' }, gitHub, t)).toBe('Mine');
  });

  it('remains empty when it was emptied, and while a branch is missing', () => {
    expect(requestTitle({ title: '' }, parts, gitHub, t)).toBe('');
    expect(requestTitle({}, { ...parts, source: '' }, gitHub, t)).toBe('');
  });

  it('follows the site’s pattern, once the values of the issue are known', () => {
    const pattern = '${summary} (${issuekey})';
    const withFacts = (summary: string) => ({
      ...parts,
      issue: issueOf({ requestTitle: { pattern, issue: { key: 'DEMO-1', summary } } }),
    });
    expect(requestTitle({}, withFacts('Login fails'), gitHub, t)).toBe('Login fails (DEMO-1)');
    const cut = requestTitle({}, withFacts('wort '.repeat(100)), gitHub, t);
    expect(cut).toMatch(/^wort wort .*… \(DEMO-1\)$/);
    expect(cut.length).toBeLessThanOrEqual(256);
    const unknown = issueOf({ requestTitle: { pattern } });
    expect([lacksFacts(unknown), lacksFacts(withFacts('x').issue), lacksFacts(issueOf({}))]).toEqual([
      true,
      false,
      false,
    ]);
    expect(requestTitle({}, { ...parts, issue: unknown }, gitHub, t)).toBe('DEMO-1: Merge feature to main');
    const known = issueOf({ requestTitle: { pattern: '${issuekey} to ${targetbranch}' } });
    expect([requestTitle({}, { ...parts, issue: known }, gitHub, t), lacksFacts(known)]).toEqual([
      'DEMO-1 to main',
      false,
    ]);
  });

  it('follows the pattern of the integration where it has one of its own', () => {
    const own = { 'gitlab-1': '${summary} [${issuekey}]' };
    const at = (integrationId: string, pattern?: string) => ({
      ...parts,
      integrationId,
      issue: issueOf({ requestTitle: { pattern, own, issue: { key: 'DEMO-1', summary: 'Login fails' } } }),
    });
    expect(requestTitle({}, at('gitlab-1'), gitLab, t)).toBe('Login fails [DEMO-1]');
    expect(requestTitle({}, at('github-1'), gitHub, t)).toBe('DEMO-1: Merge feature to main');
    expect(requestTitle({}, at('github-1', '${issuekey}'), gitHub, t)).toBe('DEMO-1');
    expect(requestTitle({}, at('constructor', '${issuekey}'), gitHub, t)).toBe('DEMO-1');
    expect(lacksFacts(issueOf({ requestTitle: { own } }))).toBe(true);
  });

  it('is cut to the limit of the service, with its draft prefix', () => {
    const long = { ...parts, source: `DEMO-1-${'😀'.repeat(200)}` };
    const made = requestTitle({}, long, gitHub, t);
    expect(made).toMatch(/^DEMO-1: Merge DEMO-1-(😀)+…$/u);
    expect(made.length).toBeGreaterThan(250);
    expect(made.length).toBeLessThanOrEqual(256);
    expect(requestTitle({ draft: true }, long, gitLab, t).length).toBeLessThanOrEqual(248);
    expect(requestTitle({ title: 'x'.repeat(300) }, long, gitHub, t)).toHaveLength(300);
  });
});

describe('a name beside one that is taken', () => {
  it.each([
    ['DEMO-1-login', 'DEMO-1-login-2'],
    ['DEMO-1-login-2', 'DEMO-1-login-3'],
    ['fix/DEMO-1', 'fix/DEMO-1-2'],
    ['DEMO-1-in-2027', 'DEMO-1-in-2027-2'],
  ])('of %s is %s', (taken, free) => {
    expect(nextName(taken, 'DEMO-1')).toBe(free);
  });
});

describe('the look at a pasted token', () => {
  const classic = `ghp_${'a'.repeat(36)}`;

  it.each([classic, `github_pat_${'a'.repeat(82)}`, 'f'.repeat(40), `  ${classic}\n`, ''])(
    'has no doubt about %j',
    (pasted) => {
      expect(doubtAbout(pasted, 'github')).toBeUndefined();
    },
  );

  it.each([
    [`gho_${'a'.repeat(36)}`, 'token.warn.oauth'],
    [`ghs_${'a'.repeat(36)}`, 'token.warn.app'],
    [`glpat-${'a'.repeat(20)}`, 'token.warn.service'],
    ['AKIAIOSFODNN7EXAMPLE', 'token.warn.service'],
    [`${classic} extra`, 'token.warn.space'],
    ['https://github.com/settings/tokens', 'token.warn.url'],
    ['ghp_short', 'token.warn.short'],
  ])('doubts %j', (pasted, key) => {
    expect(doubtAbout(pasted, 'github')?.key).toBe(key);
  });
});

describe('addresses', () => {
  it('lead to the comparison of two branches, whatever their names', () => {
    expect(compareUrl('github', 'https://github.com/acme/web', 'fix/a#b', 'release/1.0')).toBe(
      'https://github.com/acme/web/compare/release/1.0...fix/a%23b',
    );
  });

  it('are links only when a browser opens them as a page', () => {
    expect(isWebAddress('https://github.com/acme')).toBe(true);
    expect(isWebAddress('javascript:alert(1)')).toBe(false);
    expect(isWebAddress('data:text/html,x')).toBe(false);
  });
});
