import type { ErrorNames, PageError } from '../contract/errors';
import { chooseActor, type ActorChoice } from '../domain/attribution';
import { isPersonal, rejectsCredential, type ProviderError } from '../domain/errors';
import type { Credential } from '../domain/credential';
import type { Integration } from '../domain/integration';
import { fail, ok, type Result } from '../domain/result';
import type { Service } from '../domain/service';
import { tokenHealth } from '../domain/token';
import type { Connection, Provider } from '../providers/provider';
import { loadProvider } from '../providers/registry';
import { readIntegrationCredential } from '../store/integrations';
import { writeCredentialRefused } from '../store/reminders';
import { storeFate } from '../store/tokens';
import { afterwards } from './afterwards';
import { record } from './record';
import { questionOf, type OpenIntegration, type Person } from './open';
import { namesOf, refuse, serviceError } from './page-error';
import { refusalByRules } from './token-rules';

/** The rest of an invocation's 25 s, without the share of storage. */
const SERVICE_BUDGET_MS = 20_000;

/** A service, opened with one credential that belongs to exactly one actor. */
export type Connected = {
  provider: Provider;
  connection: Connection;
  actor: 'person' | 'integration';
  login: string;
};

/**
 * The only way to a credential for a write. While a token is required there is no path from here to the integration's
 * credential: it is not even read, for `ready` finds a copy only while none is required (`store/integrations.ts`). Where the
 * copy is missing although it should be there, the credential itself is read.
 */
export async function connectForWrite(
  opened: OpenIntegration,
  choice: ActorChoice | undefined,
  ready: (integration: Integration) => Credential | undefined,
): Promise<Result<Connected, PageError>> {
  if (chooseActor(questionOf(opened), choice) === 'integration')
    return connectAsIntegration(opened, ready(opened.integration));
  return connectAsPerson(opened);
}

/**
 * Reads use the person's token when there is one, so that they see what the service shows them; otherwise the integration account,
 * where an admin lets people without a token see what it sees.
 */
export async function connectForRead(opened: OpenIntegration): Promise<Result<Connected, PageError>> {
  const { token, seen } = opened;
  return token === undefined && seen === 'account' ? connectAsIntegration(opened) : connectAsPerson(opened);
}

/** The rules are judged each time: they, the token and the integration were read in one phase. */
async function connectAsPerson(opened: OpenIntegration): Promise<Result<Connected, PageError>> {
  const { integration, service, token } = opened;
  if (!service.edition.capabilities.userTokens) return refuse('TOKENS_UNSUPPORTED', namesOf(integration, service));
  if (token === undefined) return refuse('TOKEN_REQUIRED', namesOf(integration, service));
  const refusal = refusalByRules(opened, token);
  if (refusal !== undefined) return fail(refusal);
  return ok({
    provider: await loadProvider(service.edition.provider),
    connection: connectionTo(service, token.credential),
    actor: 'person',
    login: token.login,
  });
}

/** The app's own reads, for nobody, go out as the integration account. It never writes this way. */
export function connectAsItself(
  opened: Pick<OpenIntegration, 'integration' | 'service'>,
): Promise<Result<Connected, PageError>> {
  return connectAsIntegration(opened);
}

async function connectAsIntegration(
  opened: Pick<OpenIntegration, 'integration' | 'service'>,
  ready?: Credential,
): Promise<Result<Connected, PageError>> {
  const { integration, service } = opened;
  const [credential, provider] = await Promise.all([
    ready ?? readIntegrationCredential(integration),
    loadProvider(service.edition.provider),
  ]);
  if (credential === undefined) return refuse('INTEGRATION_WITHOUT_CREDENTIAL', namesOf(integration, service));
  return ok({
    provider,
    connection: connectionTo(opened.service, credential),
    actor: 'integration',
    login: integration.account,
  });
}

function connectionTo(service: Service, credential: Credential): Connection {
  return { service, credential, deadline: Date.now() + SERVICE_BUDGET_MS };
}

/** Pages and messages show admins that their service refuses it. */
function recordRefusedCredential({ id, credentialId }: Integration): Promise<void> {
  return writeCredentialRefused(id, { credentialId, at: new Date().toISOString() });
}

/** A connection with a credential that is not saved yet, to find out whether it should be. */
export async function connectWith(
  service: Service,
  credential: Credential,
): Promise<{ provider: Provider; connection: Connection }> {
  return { provider: await loadProvider(service.edition.provider), connection: connectionTo(service, credential) };
}

/**
 * What a service's "no" means for the page, and for the token: a definite refusal of a person's token is remembered, a
 * timeout or an outage never is.
 */
export async function explain(
  error: ProviderError,
  opened: OpenIntegration,
  connected: Connected,
  person: Person,
  params: ErrorNames = {},
): Promise<PageError> {
  const { integration, service, required, token } = opened;
  const names = { ...namesOf(integration, service), login: connected.login, ...params };
  if (!rejectsCredential(error)) {
    const personal = connected.actor === 'person' && isPersonal(error);
    return {
      ...serviceError(error, service, names),
      ...(personal && !required ? { mayContinueAsIntegration: true } : {}),
    };
  }
  if (connected.actor === 'integration' || token === undefined) {
    if (connected.actor === 'integration') await afterwards(recordRefusedCredential(integration));
    return refuse('INTEGRATION_CREDENTIAL_REJECTED', names).error;
  }
  const now = Date.now();
  const at = new Date(now).toISOString();
  await afterwards(
    storeFate(person.accountId, integration.id, token, {
      ...(token.lastUsedAt === undefined ? {} : { lastUsedAt: token.lastUsedAt }),
      rejectedAt: at,
    }),
    // A token is found dead once, however often it is tried.
    ...(token.rejectedAt === undefined
      ? [
          record(person, 'reject-token', integration, {
            login: token.login,
            error: error.code,
            ...(error.said !== undefined && { said: error.said }),
          }),
        ]
      : []),
  );
  const ended = tokenHealth({ expiresAt: token.expiresAt, rejected: false }, now) === 'ended';
  const precise: ProviderError = ended ? { code: 'AUTH_EXPIRED', expiredAt: token.expiresAt } : error;
  return {
    ...serviceError(precise, service, names),
    ...(required ? {} : { mayContinueAsIntegration: true }),
  };
}
