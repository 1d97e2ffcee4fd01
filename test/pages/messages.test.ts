import en from '../../locales/en-US.json';
import type { PageError } from '../../src/contract/errors';
import { errors, type ErrorCode } from '../../src/domain/errors';
import { typedSituation } from '../../static/shared/credential';
import { errorText } from '../../static/shared/error-text';
import { inForm } from '../../static/shared/message-format';
import { createText } from '../../static/shared/text';
import { languages } from '../support/languages';

const keys = Object.keys(en) as (keyof typeof en)[];
const codes = Object.keys(errors) as ErrorCode[];
const text = createText(en, { locale: 'en-US', timeZone: 'Europe/Berlin' });
const situations = ['own-token', 'new-token', 'server-token', 'password', 'integration-account'] as const;

/** More than its row demands: a page also gets errors of a backend of another version. */
function error(code: ErrorCode, more: object = {}): PageError {
  return { code, params: {}, ...more } as PageError;
}

describe('the words for errors', () => {
  it('are different for every code, so that each says what really happened', () => {
    expect(codes.length).toBeGreaterThan(40);
    const sentences = codes.map((code) => `${en[`error.${code}.title`]} ${en[`error.${code}.why`]}`);
    expect(new Set(sentences).size).toBe(codes.length);
  });

  it.each(codes)('of %s have a title, a reason and a next step without a hole, whatever is known', (code) => {
    for (const { text: language } of languages) {
      for (const situation of situations) {
        const { title, why, next } = errorText(error(code), language, { situation });
        for (const sentence of [title, why, next]) {
          expect(sentence).not.toMatch(/[{}]|undefined|something went wrong/i);
          expect(sentence.length).toBeGreaterThan(5);
        }
      }
    }
  });

  it('have a detail where the service gave it, and a whole sentence where it did not', () => {
    const of = (code: ErrorCode, params: object) => errorText(error(code, { params }), text);
    expect(of('TOKEN_LIFETIME_TOO_LONG', { days: 366 }).why).toContain('in days: 366');
    expect(of('TOKEN_LIFETIME_TOO_LONG', {}).why).toMatch(/limits how long/);
    expect(of('TOKEN_KIND_REFUSED', { refused: 'classic' }).next).toMatch(/fine-grained/);
    expect(of('TOKEN_KIND_REFUSED', { refused: 'all' }).action).toBe('none');
    expect(of('TOKEN_KIND_REFUSED', {}).why).toMatch(/only certain kinds/);
    expect(of('UNEXPECTED_ANSWER', { status: 500, reading: true }).why).toMatch(/nothing was changed/);
    expect(of('UNEXPECTED_ANSWER', { status: 500 }).why).toMatch(/can't tell/);
    expect(of('SCOPE_MISSING', { missing: ['repo', 'workflow'] }).why).toContain('missing: repo, workflow.');
    for (const missing of [undefined, []])
      expect(of('SCOPE_MISSING', { missing }).why).toContain(en['fallback.missing']);
  });

  it('are whole with every detail they could have, in every language', () => {
    const details = keys.flatMap((key) => {
      const [, code, ending] = /^error\.([A-Z_]+)\.(?:[a-z-]+\.)?(?:title|why|next)\.(\w+(?:-.+)?)$/.exec(key) ?? [];
      if (code === undefined || ending === undefined) return [];
      const [, name = '', value = '42'] = /^(\w+?)(?:-(.+))?$/.exec(ending) ?? [];
      return [
        { key, code: code as ErrorCode, params: { [name]: name === 'retryAt' ? '2027-01-01T00:00:00Z' : value } },
      ];
    });
    expect(details.length).toBeGreaterThan(25);
    for (const { key, code, params } of details) {
      for (const { text: language, messages: sentences } of languages) {
        const told = situations.map((situation) => errorText(error(code, { params }), language, { situation }));
        for (const { title, why, next } of told) expect([title, why, next].join()).not.toMatch(/[{}]|undefined/);
        const form = inForm(sentences[key], language.words('github'), () => new Intl.PluralRules('en-US'));
        const beginning = form.split('{')[0] ?? '';
        const shown = told.flatMap(({ title, why, next }) => [title, why, next]);
        expect(shown.some((sentence) => sentence.startsWith(beginning))).toBe(true);
      }
    }
  });

  it('quote the words of the service, and nothing where it said nothing', () => {
    const said = errorText(
      error('REQUEST_REFUSED', { said: 'No {service} today', params: { service: 'GitLab' } }),
      text,
    );
    expect(said.said).toBe('GitLab says: “No {service} today”');
    expect(errorText(error('REQUEST_REFUSED'), text)).not.toHaveProperty('said');
  });

  it('say about a new token that nothing was saved', () => {
    for (const code of ['AUTH_INVALID', 'AUTH_EXPIRED', 'SCOPE_MISSING', 'TIMEOUT', 'UNREACHABLE'] as const) {
      for (const situation of ['new-token', 'server-token', 'password'] as const)
        expect(errorText(error(code), text, { situation }).why).toMatch(/nothing was saved/i);
    }
  });

  it('name a server’s IIS where it can refuse a valid token or accept a password', () => {
    const next = (edition: 'tfs-2017' | 'azure-devops', kind: 'token' | 'password') => {
      const situation = typedSituation({ edition }, kind);
      return errorText(error('AUTH_INVALID'), text, { situation }).next;
    };
    expect(next('tfs-2017', 'token')).toMatch(/Basic Authentication.*rejects all tokens/);
    expect(next('tfs-2017', 'password')).toMatch(/only where Basic Authentication is turned on/);
    expect(next('azure-devops', 'token')).not.toMatch(/IIS/);
  });

  it('do not send a person to replace their own token when the integration’s failed', () => {
    expect(errorText(error('SCOPE_MISSING'), text).action).toBe('replace-token');
    expect(errorText(error('SCOPE_MISSING'), text, { situation: 'integration-account' }).action).toBe(
      'manage-repositories',
    );
  });

  it.each(codes)(
    'offer nothing that only the owner of a token can do where %s is the integration account’s',
    (code) => {
      const own = ['open-url', 'replace-token'];
      for (const url of [undefined, 'https://github.com/settings/tokens']) {
        const { action } = errorText(error(code, { url }), text, { situation: 'integration-account' });
        expect(own).not.toContain(action);
        // Another try does not help when somebody has to replace a token.
        if (own.includes(errors[code].action ?? '')) expect(action).toBe('manage-repositories');
      }
    },
  );

  it('offer to open an address only when there is one', () => {
    expect(errorText(error('SSO_REQUIRED', { url: 'https://github.com/orgs/acme/sso' }), text).action).toBe('open-url');
    expect(errorText(error('SSO_REQUIRED'), text).action).toBe('try-again');
  });

  it('use values of the backend and of the page, and write instants as dates', () => {
    const integration = { name: 'acme-github', serviceName: 'GitHub', host: 'github.com', provider: 'github' } as const;
    const expired = error('AUTH_EXPIRED', { params: { expiredAt: '2027-03-12T23:30:00Z' } });
    expect(errorText(expired, text, { integration })).toMatchObject({
      title: 'Your GitHub token has expired',
      why: 'It expired March 13, 2027.',
    });
  });

  it('explain in words why a branch name cannot be used', () => {
    const of = (code: ErrorCode, reason: string) => errorText(error(code, { params: { reason } }), text).why;
    expect(of('BRANCH_NAME_INVALID', 'space')).toBe(en['name.space']);
    expect(of('BRANCH_NAME_INVALID', 'of another version')).toBe('of another version');
  });

  it('name the field that cannot be used, and no field it does not know', () => {
    const of = (field: string) => errorText(error('INVALID_INPUT', { params: { field } }), text).why;
    expect(of('owners.0')).toContain(en['options.owners']);
    expect(of('')).not.toContain('undefined');
    expect(of('constructor')).toContain(en['fallback.field']);
  });
});
