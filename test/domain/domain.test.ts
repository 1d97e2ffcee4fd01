import { inspect } from 'node:util';
import { sealed } from '../../src/domain/credential';
import { rejectsCredential } from '../../src/domain/errors';
import { isOpenTo, ownersOf, ownsRepository, requiresToken, serviceOf } from '../../src/domain/integration';
import { formerKeysOf, isIssueKey, mentionsIssue } from '../../src/domain/issue-key';
import { secret } from '../../src/domain/secret';
import { tokenHealth } from '../../src/domain/token';

describe('The keys an issue had', () => {
  it('are at most three, the latest, each once, and no key that it has', () => {
    const told = ['BUG-2', 'OPS-1', 'no key', 'BUG-2', 'DEMO-1', 'WEB-3', 'APP-4'];
    expect(formerKeysOf('DEMO-1', told)).toEqual(['BUG-2', 'OPS-1', 'WEB-3']);
  });
});

describe('An issue key', () => {
  it.each(['DEMO-1', 'A1_B-42'])('is %s', (text) => expect(isIssueKey(text)).toBe(true));
  it.each(['demo-1', 'DEMO-0', 'DEMO', 'DEMO-1/../x', '1DEMO-1', 'DEMO-1\n'])('is not %p', (text) =>
    expect(isIssueKey(text)).toBe(false),
  );

  it.each(['DEMO-1', 'DEMO-1-login', 'feature/DEMO-1', 'fix_demo-1_x', '[DEMO-1] title', 'DEMO-1.2'])(
    'is named by %s',
    (text) => expect(mentionsIssue(text, 'DEMO-1')).toBe(true),
  );
  it.each(['DEMO-12', 'XDEMO-1', '2DEMO-1', 'ÄDEMO-1', 'DEMO1', ''])('is not named by %s', (text) =>
    expect(mentionsIssue(text, 'DEMO-1')).toBe(false),
  );
});

describe('A secret', () => {
  it('shows nothing of itself, however it is printed', () => {
    const token = secret('canary-value');
    const shown = [
      String(token),
      `${token as unknown as string}`,
      JSON.stringify({ token }),
      inspect(token),
      inspect({ a: [token] }, { depth: 9, showHidden: true }),
      Object.values(token).join(),
    ];
    expect(shown.join('\n')).not.toContain('canary-value');
    expect(shown.slice(0, 4)).toEqual(['[secret]', '[secret]', '{"token":"[secret]"}', '[secret]']);
  });

  it('gives its value only to code that requests it by name', () => {
    expect(secret('canary-value').reveal()).toBe('canary-value');
  });

  it('is every part of a credential, of each kind', () => {
    const kinds = [
      { kind: 'token', token: 'canary-value' },
      { kind: 'access-key', id: 'canary-id', secret: 'canary-value' },
      { kind: 'password', user: 'canary-user', password: 'canary-value' },
    ] as const;
    for (const pasted of kinds) {
      const credential = sealed(pasted);
      expect(inspect(credential)).not.toContain('canary');
      const parts = Object.entries(credential).map(([name, part]) => [
        name,
        typeof part === 'string' ? part : part.reveal(),
      ]);
      expect(Object.fromEntries(parts)).toEqual(pasted);
    }
  });
});

describe('The health of a token', () => {
  const now = Date.parse('2026-11-20T12:00:00Z');

  it.each([
    ['never', false, 'good'],
    ['unknown', false, 'good'],
    ['2027-03-12T00:00:00Z', false, 'good'],
    ['2026-12-20T12:00:01Z', false, 'good'],
    ['2026-12-20T12:00:00Z', false, 'ending-soon'],
    ['2026-11-20T12:00:01Z', false, 'ending-soon'],
    ['2026-11-20T12:00:00Z', false, 'ended'],
    ['2020-01-01T00:00:00Z', true, 'rejected'],
    ['never', true, 'rejected'],
  ] as const)('that expires %s and was refused %s is %s', (expiresAt, rejected, health) => {
    expect(tokenHealth({ expiresAt, rejected }, now)).toBe(health);
  });
});

describe('An integration', () => {
  it('requires a token by its own switch or the site’s', () => {
    const settings = { requireUserPat: false, branchActions: true, pullRequestActions: true };
    expect(requiresToken(settings, { requireUserPat: false })).toBe(false);
    expect(requiresToken(settings, { requireUserPat: true })).toBe(true);
    expect(requiresToken({ ...settings, requireUserPat: true }, { requireUserPat: false })).toBe(true);
  });

  it('is open to all projects, or to those chosen', () => {
    expect(isOpenTo({ projects: 'all' }, 'DEMO')).toBe(true);
    expect(isOpenTo({ projects: ['DEMO'] }, 'DEMO')).toBe(true);
    expect(isOpenTo({ projects: ['DEMO'] }, 'OPS')).toBe(false);
  });

  it('owns the repositories of its owners, whatever the case', () => {
    expect(ownsRepository({ owners: ['Acme'] }, 'acme/web')).toBe(true);
    for (const other of ['acme-evil/web', 'evil/acme', '', '/web', 'acme2/web'])
      expect([other, ownsRepository({ owners: ['Acme'] }, other)]).toEqual([other, false]);
  });

  it('owns what any of its owners has, below it too, and everything where the service knows no owners', () => {
    expect(ownsRepository({ owners: ['first', 'grp/sub'] }, 'grp/sub/deep/web')).toBe(true);
    expect(ownsRepository({ owners: ['first', 'grp/sub'] }, 'grp/web')).toBe(false);
    expect(ownsRepository({ owners: 'all' }, 'web')).toBe(true);
    expect(ownersOf({ owners: ['first', 'grp/sub'] })).toEqual(['first', 'grp/sub']);
    expect(ownersOf({ owners: 'all' })).toEqual([]);
  });

  it('is a service of its edition, at its address', () => {
    const service = serviceOf({ edition: 'ghes', address: 'https://git.acme.example', version: '3.19' });
    expect(service).toMatchObject({ apiUrl: 'https://git.acme.example/api/v3', version: '3.19' });
  });
});

describe('An error', () => {
  it('rejects a credential only when the service said so', () => {
    expect(rejectsCredential({ code: 'AUTH_INVALID' })).toBe(true);
    expect(rejectsCredential({ code: 'AUTH_EXPIRED' })).toBe(true);
    expect(rejectsCredential({ code: 'ACCESS_KEY_SECRET_WRONG' })).toBe(true);
    for (const code of ['TIMEOUT', 'UNREACHABLE', 'PERMISSION_DENIED', 'NOT_AN_API_ANSWER'] as const)
      expect(rejectsCredential({ code })).toBe(false);
    expect(rejectsCredential({ code: 'UNEXPECTED_ANSWER', status: 500 })).toBe(false);
  });
});
