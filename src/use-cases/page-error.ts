import type { ErrorNames, PageError, PageErrorOf } from '../contract/errors';
import type { OwnErrorCode, ProviderError } from '../domain/errors';
import type { Integration } from '../domain/integration';
import type { JiraProblem } from '../jira/ask';
import { ownAddress } from '../domain/own-address';
import { fail } from '../domain/result';
import type { Service } from '../domain/service';

type Refusal<Code extends OwnErrorCode> = { ok: false; error: PageErrorOf<Code> };
type ParamsOf<Code extends OwnErrorCode> = PageErrorOf<Code>['params'];
type CodeAlone = { [Code in OwnErrorCode]: ErrorNames extends ParamsOf<Code> ? Code : never }[OwnErrorCode];

/** A refusal of our own, as a page gets it, with the parameters of its row in `domain/errors.ts`. */
export function refuse<Code extends CodeAlone>(code: Code, params?: ParamsOf<Code>): Refusal<Code>;
/** The same for a code that needs parameters. */
export function refuse<Code extends OwnErrorCode>(code: Code, params: ParamsOf<Code>): Refusal<Code>;
/** Both of them. */
export function refuse(code: OwnErrorCode, params: object = {}) {
  return fail({ code, params });
}

/** Why Jira gave no answer, as a page gets it. */
export function refuseOf({ code, ...details }: JiraProblem, names: ErrorNames = {}): { ok: false; error: PageError } {
  // Code and details are of one error, which the compiler forgets when they are taken apart.
  return fail({ code, params: { ...names, ...details } } as PageError);
}

/** An error of a service, as a page gets it: with the names for its sentence, and the service's own line apart. */
export function serviceError(error: ProviderError, at: Service, names: ErrorNames = {}): PageError {
  const { code, said, url, ...details } = { url: undefined, ...error };
  // An address out of an answer is shown only when it is the service's own.
  const own = ownAddress(url, at.webUrl);
  const isOwnServer = code === 'UNREACHABLE' && at.edition.address.kind === 'url';
  const told = {
    code,
    params: {
      ...{ service: at.edition.name, host: at.place, ...names, ...details },
      ...(isOwnServer && { ownServer: true }),
    },
    ...(said === undefined ? {} : { said }),
    ...(own === undefined ? {} : { url: own }),
  };
  // Code and details are of one error, which the compiler forgets when they are taken apart.
  return told as PageError;
}

/** The names an error's sentence may mention: integration, service, host. */
export function namesOf(integration: Integration, at: Service): ErrorNames {
  return { integration: integration.name, service: at.edition.name, host: at.place };
}
