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

/** What a service said, as a page gets it: with the names that belong into the sentence, without a word of the service's own. */
export function serviceError(error: ProviderError, at: Service, params: Params = {}): PageError {
  const { code, ...details } = error;
  const { url, missing, status, ...texts } = { url: undefined, missing: undefined, status: undefined, ...details };
  const own = sameSite(url, at);
  return {
    code,
    params: known({
      service: at.edition.name,
      host: at.place,
      ...params,
      ...texts,
      missing: missing?.join(', '),
      status: status?.toString(),
    }),
    ...(own === undefined ? {} : { url: own }),
  };
}

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
  'ACCOUNT_BLOCKED',
  'IP_BLOCKED',
  'PERMISSION_DENIED',
  'REPOSITORY_NOT_FOUND',
];

/** Whether an error is about the person's own token or rights, so that another actor might fare better. */
export function isPersonal(error: ProviderError): boolean {
  return PERSONAL.includes(error.code);
}
