import type { OwnErrorCode, PageError } from '../contract/errors';
import type { ProviderError, ProviderErrorCode } from '../domain/errors';
import type { Integration } from '../domain/integration';
import { fail } from '../domain/result';
import type { Service } from '../domain/service';

type Params = Readonly<Record<string, string | undefined>>;

/** A refusal of our own, as a page gets it. */
export function refuse(code: OwnErrorCode, params: Params = {}): { ok: false; error: PageError } {
  return fail({ code, params: known(params) });
}

/** What a service said, as a page gets it: with the names that belong into the sentence, and the service's own line apart. */
export function serviceError(error: ProviderError, at: Service, params: Params = {}): PageError {
  const { code, said, ...details } = error;
  const { url, ...values } = { url: undefined, ...details };
  const own = sameSite(url, at);
  return {
    code,
    params: known({
      service: at.edition.name,
      host: at.place,
      ...params,
      ...asTexts(values),
    }),
    ...(said === undefined ? {} : { said }),
    ...(own === undefined ? {} : { url: own }),
  };
}

/** Lists and figures as a sentence has them; a list of nothing is absent. */
function asTexts(values: Readonly<Record<string, Value>>): Params {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const text = typeof value === 'object' ? value.join(', ') : String(value ?? '');
      return [name, text === '' ? undefined : text];
    }),
  );
}

type Value = string | number | true | readonly string[] | undefined;

/** An address out of an answer is shown only when it is the service's own. */
function sameSite(url: string | undefined, at: Service): string | undefined {
  return url !== undefined && URL.canParse(url) && new URL(url).origin === new URL(at.webUrl).origin ? url : undefined;
}

/** The names an error's sentence may mention: integration, service, host. */
export function namesOf(integration: Integration, at: Service): Params {
  return { integration: integration.name, service: at.edition.name, host: at.place };
}

function known(params: Params): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

const PERSONAL: readonly ProviderErrorCode[] = [
  'AUTH_INVALID',
  'AUTH_EXPIRED',
  'SCOPE_MISSING',
  'SSO_REQUIRED',
  'TOKEN_KIND_REFUSED',
  'TOKEN_LIFETIME_TOO_LONG',
  'TOKEN_WAITS_FOR_APPROVAL',
  'TOKEN_REACHES_NO_OWNER',
  'SIGN_IN_FIRST',
  'ACCOUNT_POLICY_DENIED',
  'ACCOUNT_BLOCKED',
  'IP_BLOCKED',
  'PERMISSION_DENIED',
  'REPOSITORY_NOT_FOUND',
];

/** Whether an error is about the person's own token or rights, so that another actor might fare better. */
export function isPersonal(error: ProviderError): boolean {
  // Who may do what is what a 403 is about, also where nobody knows why.
  return PERSONAL.includes(error.code) || (error.code === 'REQUEST_REFUSED' && error.status === 403);
}
