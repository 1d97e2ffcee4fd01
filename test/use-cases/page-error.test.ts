import { isPersonal, type ProviderError } from '../../src/domain/errors';
import { serviceAt } from '../../src/domain/service';
import { refuse, serviceError } from '../../src/use-cases/page-error';

const at = serviceAt('ghes', 'https://git.acme.example/git');

describe('A service’s message on a page', () => {
  it('has the names its sentence needs, and nothing unknown', () => {
    const error: ProviderError = { code: 'SCOPE_MISSING', missing: ['repo', 'workflow'] };
    const told = serviceError(error, at, { login: 'alice' });
    expect(Object.entries(told.params)).toEqual([
      ['service', 'GitHub Enterprise Server'],
      ['host', 'git.acme.example/git'],
      ['login', 'alice'],
      ['missing', ['repo', 'workflow']],
    ]);
    expect(Object.keys(told)).toEqual(['code', 'params']);
    expect(Object.keys(refuse('NOT_ADMIN').error.params)).toEqual([]);
  });

  it('has lists and figures unchanged, and the line of the service separately', () => {
    const rule: ProviderError = { code: 'TOKEN_LIFETIME_TOO_LONG', days: 366, said: 'At most 366 days' };
    expect(serviceError(rule, at)).toMatchObject({ params: { days: 366 }, said: 'At most 366 days' });
    expect(serviceError({ code: 'UNEXPECTED_ANSWER', status: 500, reading: true }, at).params).toMatchObject({
      status: 500,
      reading: true,
    });
  });

  it('knows of a server of the customer’s own that it may be closed to us', () => {
    expect(serviceError({ code: 'UNREACHABLE' }, at).params).toMatchObject({ ownServer: true });
    const cloud = serviceAt('github.com', '');
    expect(serviceError({ code: 'UNREACHABLE' }, cloud).params).not.toHaveProperty('ownServer');
    expect(serviceError({ code: 'TIMEOUT' }, at).params).not.toHaveProperty('ownServer');
  });

  it('leads to a page of the service itself, and nowhere else', () => {
    const exists = (url: string) => serviceError({ code: 'PULL_REQUEST_EXISTS', url }, at);
    expect(exists('https://git.acme.example/acme/web/pull/7').url).toBe('https://git.acme.example/acme/web/pull/7');
    for (const url of ['https://evil.example/x', 'http://git.acme.example/x', 'https://git.acme.example:8443/x', 'x'])
      expect(Object.keys(exists(url))).toEqual(['code', 'params']);
  });
});

describe('Whether another actor might fare better', () => {
  it.each([
    ...['AUTH_INVALID', 'AUTH_EXPIRED', 'SSO_REQUIRED', 'TOKEN_KIND_REFUSED', 'ACCOUNT_BLOCKED', 'IP_BLOCKED'],
    ...['PERMISSION_DENIED', 'REPOSITORY_NOT_FOUND', 'SCOPE_MISSING', 'TOKEN_LIFETIME_TOO_LONG', 'SIGN_IN_FIRST'],
    ...['TOKEN_WAITS_FOR_APPROVAL', 'TOKEN_REACHES_NO_OWNER', 'ACCOUNT_POLICY_DENIED'],
  ])('it might after %s', (code) => {
    expect(isPersonal({ code } as ProviderError)).toBe(true);
  });

  it('it might after an unexplained 403, and would not after another refusal', () => {
    expect(isPersonal({ code: 'REQUEST_REFUSED', status: 403 })).toBe(true);
    expect(isPersonal({ code: 'REQUEST_REFUSED', status: 422 })).toBe(false);
  });

  it.each(['TIMEOUT', 'BRANCH_EXISTS', 'RATE_LIMITED'])('it would not after %s', (code) => {
    expect(isPersonal({ code } as ProviderError)).toBe(false);
  });
});
