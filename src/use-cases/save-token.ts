import type { CheckedPayloadOf } from '../contract/answers';
import type { PageError } from '../contract/errors';
import type { TokenSaved } from '../contract/views';
import { sealed, type Credential } from '../domain/credential';
import type { ProviderError, ProviderErrorCode } from '../domain/errors';
import { ownersOf, rulesFor } from '../domain/integration';
import { fail, ok, type Result } from '../domain/result';
import type { TokenExpiry } from '../domain/token';
import { refusalOf, type RuledEdition } from '../domain/token-rules';
import { isSameCredential } from '../store/credential-record';
import { announceToken, writeToken, type NewToken, type SavedToken } from '../store/tokens';
import { seesOneOf } from '../jira/issues';
import type { Connection, Identity, Provider } from '../providers/provider';
import { connectWith } from './connect';
import { record } from './record';
import { openForIssue, openIntegration, type OpenIntegration, type Person } from './open';
import { namesOf, refuse, refuseOf, serviceError } from './page-error';
import { ruledEdition, ruleError } from './token-rules';
import { attributionView, tokenView } from './views';

type Pasted = Pick<CheckedPayloadOf<'issue', 'save-token'>, 'credential' | 'endsOn'>;

/** From the issue: for an integration that is open to its project. */
export async function saveTokenFromIssue(
  person: Person,
  request: CheckedPayloadOf<'issue', 'save-token'>,
): Promise<Result<TokenSaved, PageError>> {
  const opened = await openForIssue(person, request.issueKey, request.integrationId, 'change');
  return opened.ok ? saveToken(person, opened.value, request) : opened;
}

/** From the user settings: for an integration that is open to a project the person can see. */
export async function saveTokenFromSettings(
  person: Person,
  request: CheckedPayloadOf<'user-settings', 'save-token'>,
): Promise<Result<TokenSaved, PageError>> {
  const opened = await openIntegration(person, request.integrationId, 'act');
  if (!opened.ok) return opened;
  const { projects } = opened.value.integration;
  const theirs = projects === 'all' || opened.value.token !== undefined ? ok(true) : await seesOneOf(projects);
  if (!theirs.ok) return refuseOf(theirs.error);
  return theirs.value ? saveToken(person, opened.value, request) : refuse('INTEGRATION_NOT_FOUND');
}

/**
 * Requests the token's account of the service, and stores the token when the answer is good. A token that the service refuses, or that
 * reaches no repository at all, is not saved; an older token remains.
 */
async function saveToken(
  person: Person,
  opened: OpenIntegration,
  { credential: pasted, endsOn }: Pasted,
): Promise<Result<TokenSaved, PageError>> {
  const { integration, service } = opened;
  if (integration.disabled) return refuse('INTEGRATION_DISABLED', { integration: integration.name });
  if (!service.edition.capabilities.userTokens) return refuse('TOKENS_UNSUPPORTED', namesOf(integration, service));
  // Passwords are for integration accounts of servers that know no tokens: a service would take a person's token as one, unchecked.
  if (pasted.kind === 'password') return refuse('INVALID_INPUT', { field: 'credential' });
  const credential = sealed(pasted);
  const { provider, connection } = await connectWith(service, credential);
  const [checked] = await Promise.all([
    provider.checkToken(connection),
    announceToken(person.accountId, integration.id, opened.token),
  ]);
  if (!checked.ok) return fail(serviceError(checked.error, service, namesOf(integration, service)));
  const { login, accountId, scopes, missingScopes, bot } = checked.value;
  const kind = credential.kind === 'access-key' ? credential.kind : checked.value.kind;
  // People who used it would appear as the machine that owns it.
  if (bot) return fail(serviceError({ code: 'BOT_TOKEN' }, service, { ...namesOf(integration, service), login }));
  const expiresAt = endOf(checked.value.expiresAt, endsOn);
  // The service has just accepted it, so a day in the past cannot be its end.
  if (Date.parse(expiresAt) <= Date.now()) return refuse('INVALID_INPUT', { field: 'endsOn' });
  if (missingScopes.length > 0 && !scopes?.some((scope) => scope === 'public_repo')) {
    return fail(
      serviceError({ code: 'SCOPE_MISSING', missing: missingScopes }, service, {
        ...namesOf(integration, service),
        login,
      }),
    );
  }
  const edition = ruledEdition(service);
  const savedAt = savedSince(opened.token, credential, edition);
  const rules = rulesFor(opened.settings, integration);
  const broken = refusalOf({ expiresAt, savedAt, kind, scopes }, rules, edition, Date.now());
  if (broken !== undefined) {
    const { mayContinueAsIntegration: _, ...error } = ruleError(opened, broken, { login, scopes });
    return fail(error);
  }
  const outOfReach = await unreachable(checked.value, { provider, connection }, ownersOf(integration));
  if (outOfReach !== undefined)
    return fail(serviceError(outOfReach, service, { ...namesOf(integration, service), login }));
  const saved: NewToken = {
    id: crypto.randomUUID(),
    credential,
    login,
    serviceAccountId: accountId,
    expiresAt,
    missingScopes: [...missingScopes],
    savedAt,
    ...(scopes === undefined ? {} : { scopes: [...scopes] }),
    ...(kind === undefined ? {} : { kind }),
  };
  // An admin may disconnect the integration meanwhile: its tokens are erased only when no invocation can still be saving one.
  await Promise.all([
    writeToken(person.accountId, integration.id, saved),
    record(person, opened.token === undefined ? 'save-token' : 'replace-token', integration, { login }),
  ]);
  return ok({
    token: tokenView(saved, service),
    attribution: attributionView({ ...opened, token: saved, removed: undefined }),
  });
}

/** Since when it is stored here: where nothing expires, the same key is as old as it was when it is pasted again. */
function savedSince(stored: SavedToken | undefined, pasted: Credential, { neverEnds }: RuledEdition): string {
  const isKnown = neverEnds && stored !== undefined && isSameCredential(stored.credential, pasted);
  return isKnown ? stored.savedAt : new Date().toISOString();
}

/** Definite words of an owner about a token; anything else may be over in a moment. */
const REFUSED_BY_OWNER: readonly ProviderErrorCode[] = [
  'TOKEN_LIFETIME_TOO_LONG',
  'TOKEN_KIND_REFUSED',
  'TOKEN_WAITS_FOR_APPROVAL',
];

/**
 * Whether a token that may be good for one owner only is good for none of these: one question more, for such tokens alone. A list that
 * fails or goes on says nothing.
 */
async function unreachable(
  { ownerPage }: Identity,
  { provider, connection }: { provider: Provider; connection: Connection },
  owners: readonly string[],
): Promise<ProviderError | undefined> {
  if (ownerPage === undefined) return undefined;
  const found = await provider.listRepositories(connection, { owners, search: '' });
  const problem = found.ok ? found.value.withheld : found.error;
  const reaches = found.ok && (found.value.items.length > 0 || found.value.next !== undefined);
  if (!reaches && problem !== undefined && REFUSED_BY_OWNER.includes(problem.code))
    return { url: ownerPage, ...problem } as ProviderError;
  return found.ok && !reaches && found.value.approveUrl === undefined
    ? { code: 'TOKEN_REACHES_NO_OWNER', owners, url: ownerPage }
    : undefined;
}

/** The service's date wins. A day that the person enters counts to its last second in UTC. */
function endOf(told: TokenExpiry, endsOn: string | undefined): TokenExpiry {
  return told === 'unknown' && endsOn !== undefined ? `${endsOn}T23:59:59.000Z` : told;
}
