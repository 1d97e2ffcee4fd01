import type { CheckedPayloadOf } from '../contract/answers';
import type { PageError } from '../contract/errors';
import type { TokenSaved } from '../contract/views';
import type { ProviderError } from '../domain/errors';
import { rulesFor } from '../domain/integration';
import { fail, ok, type Result } from '../domain/result';
import { isLostAnswer } from '../providers/after-write';
import { beginRenewal, dropRenewal, readToken, writeRenewed, type NewToken, type SavedToken } from '../store/tokens';
import { connectWith, explain } from './connect';
import { record } from './record';
import { openForIssue, openIntegration, type OpenIntegration, type Person } from './open';
import { namesOf, refuse } from './page-error';
import { attributionView, isRenewable, tokenView } from './views';

/** From the issue: for an integration that is open to its project. */
export async function renewTokenFromIssue(
  person: Person,
  { issueKey, integrationId }: CheckedPayloadOf<'issue', 'renew-token'>,
): Promise<Result<TokenSaved, PageError>> {
  const opened = await openForIssue(person, issueKey, integrationId, 'change');
  return opened.ok ? renew(person, opened.value) : opened;
}

/** From the user settings. */
export async function renewOwnToken(
  person: Person,
  { integrationId }: CheckedPayloadOf<'user-settings', 'renew-token'>,
): Promise<Result<TokenSaved, PageError>> {
  const opened = await openIntegration(person, integrationId, 'act');
  return opened.ok ? renew(person, opened.value) : opened;
}

/**
 * Has the service replace the person's token, when they press for it and never otherwise. That it begins is stored first, by one of those who
 * press at the same time; then the token is read again, so that nobody rotates one that has been rotated. Whatever stops it from there on
 * leaves that entry: the renewal is not repeated, and the pages lead to a new token.
 */
async function renew(person: Person, opened: OpenIntegration): Promise<Result<TokenSaved, PageError>> {
  const { integration, service, token } = opened;
  const { accountId } = person;
  const names = namesOf(integration, service);
  if (integration.disabled) return refuse('INTEGRATION_DISABLED', { integration: integration.name });
  if (token === undefined) return refuse('TOKEN_REQUIRED', names);
  const unfinished = refuse('TOKEN_RENEWAL_UNFINISHED', { ...names, login: token.login });
  if (token.renewingSince !== undefined) return unfinished;
  if (!isRenewable(token, service)) return refuse('TOKEN_NOT_RENEWABLE', { ...names, login: token.login });
  if (!(await beginRenewal(accountId, integration.id, token.id))) return unfinished;
  const { token: current } = await readToken(accountId, integration.id);
  if (current?.id !== token.id) {
    await dropRenewal(accountId, integration.id);
    return refuse('TOKEN_REPLACED', names);
  }
  const made = await rotate(opened, current);
  if (!made.ok && isLostAnswer(made.error)) return unfinished;
  if (!made.ok) {
    await dropRenewal(accountId, integration.id);
    const { provider, connection } = await connectWith(service, current.credential);
    const { mayContinueAsIntegration: _, ...error } = await explain(
      made.error,
      { ...opened, token: current },
      { provider, connection, actor: 'person', login: current.login },
      person,
    );
    return fail(error as PageError);
  }
  try {
    await writeRenewed(accountId, integration.id, made.value);
  } catch (thrown) {
    // The old token is dead, and the new one is nowhere: to try again would not help.
    console.error(`a renewed token was lost: ${thrown instanceof Error ? thrown.name : typeof thrown}`);
    return unfinished;
  }
  await record(person, 'renew-token', integration, { login: current.login });
  const renewed = { ...opened, token: made.value, removed: undefined };
  return ok({ token: tokenView(made.value, service), attribution: attributionView(renewed), renewed: true });
}

async function rotate(
  { integration, settings, service }: OpenIntegration,
  current: SavedToken,
): Promise<Result<NewToken, ProviderError>> {
  const { provider, connection } = await connectWith(service, current.credential);
  const { maxDays } = rulesFor(settings, integration) ?? {};
  const rotated = await provider.rotateToken?.(connection, { maxDays });
  if (rotated === undefined) throw new Error('A service that renews tokens has nothing to do it with');
  if (!rotated.ok) return rotated;
  const { lastUsedAt: _, rejectedAt: __, listed: ___, renewingSince: ____, ...same } = current;
  const savedAt = new Date().toISOString();
  return ok({ ...same, id: crypto.randomUUID(), savedAt, ...rotated.value });
}
