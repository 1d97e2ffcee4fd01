import { kvs } from '@forge/kvs';
import { z } from 'zod';
import { sealed, type Credential } from '../domain/credential';
import { credentialRecord, recordOf } from './credential-record';
import { tokenKinds } from '../domain/token';
import { keys } from './keys';
import { eachOf, entriesWithPrefix, pageWithPrefix, removeEntries } from './query';
import { readSecret, readTogether, readValue, type Part } from './read';
import { setOnce } from './set-once';
import { removeRow, rowEntry, storedRow, type TokenOf, type TokenRow } from './token-rows';

/** A saved token, and what the service said of it then. Both are stored together, so they never disagree. */
const savedSchema = z.object({
  id: z.string(),
  credential: credentialRecord,
  login: z.string(),
  serviceAccountId: z.string(),
  kind: z.enum(tokenKinds).exactOptional(),
  expiresAt: z.string(),
  scopes: z.array(z.string()).exactOptional(),
  missingScopes: z.array(z.string()),
  savedAt: z.string(),
});

/** The use of the token since then. It is stored beside the secret and is not secret. It counts only while `id` is that of the stored token. */
const trailSchema = z.object({
  id: z.string(),
  lastUsedAt: z.string().exactOptional(),
  rejectedAt: z.string().exactOptional(),
  /** It has a row of its own (`token-rows.ts`). Tokens saved by older versions get theirs when they are used next. */
  listed: z.literal(true).exactOptional(),
});

/** A renewal began: of which token, and when. While this entry exists, nobody knows how the renewal ended. */
const renewalSchema = z.object({ id: z.string(), at: z.string() });

type Trail = z.output<typeof trailSchema>;
type Fate = Pick<Trail, 'lastUsedAt' | 'rejectedAt'>;
export type NewToken = Omit<z.output<typeof savedSchema>, 'credential'> & { credential: Credential };
/** `renewingSince`: its renewal began then, and nobody knows how it ended. */
export type SavedToken = NewToken & Omit<Trail, 'id'> & { renewingSince?: string };

const noticeSchema = z.object({ at: z.string(), reason: z.string() });
/** That an admin removed the token: when (an ISO instant) and why. */
export type TokenNotice = z.output<typeof noticeSchema>;

/** A person's token for one integration; where there is none, whether an admin has removed it. */
export type FoundToken = { token?: SavedToken; removed?: TokenNotice };

/** A person's token for one integration. */
export async function readToken(accountId: string, integrationId: string): Promise<FoundToken> {
  const [stored, [of]] = await Promise.all([
    readTokenSecret(accountId, integrationId),
    readTogether(besideToken(accountId, integrationId)),
  ]);
  return of(stored);
}

/** The secret alone. It counts only with the entries beside it. */
export function readTokenSecret(accountId: string, integrationId: string): Promise<unknown> {
  return readSecret(keys.token(accountId, integrationId));
}

/** The entries beside a token: they make it of the secret. */
export function besideToken(accountId: string, integrationId: string): Part<(secret: unknown) => FoundToken> {
  return {
    keys: [
      keys.tokenTrail(accountId, integrationId),
      keys.tokenNotice(accountId, integrationId),
      keys.tokenRenewal(accountId, integrationId),
    ],
    of:
      ([beside, notice, renewal]) =>
      (secret) => {
        if (secret !== undefined) return { token: savedToken(secret, beside, renewal) };
        return notice === undefined ? {} : { removed: noticeSchema.parse(notice) };
      },
  };
}

function savedToken(stored: unknown, beside: unknown, renewal?: unknown): SavedToken {
  const saved = savedSchema.parse(stored);
  const trail = beside === undefined ? { id: '' } : trailSchema.parse(beside);
  const { id: _, ...fate } = trail.id === saved.id ? trail : { id: '' };
  const renewing = renewal === undefined ? undefined : renewalSchema.parse(renewal);
  return {
    ...saved,
    ...fate,
    credential: sealed(saved.credential),
    ...(renewing?.id === saved.id && { renewingSince: renewing.at }),
  };
}

function rowOf(accountId: string, integrationId: string, token: NewToken & Fate): TokenRow {
  const { id, login, kind, expiresAt, scopes, missingScopes, savedAt, rejectedAt } = token;
  return {
    ...{ id, accountId, integrationId, login, expiresAt, missingScopes, savedAt },
    ...(kind === undefined ? {} : { kind }),
    ...(scopes === undefined ? {} : { scopes }),
    ...(rejectedAt === undefined ? {} : { rejectedAt }),
  };
}

/**
 * An entry that leads to a token. `announced`: the token is not stored yet, and may never be. `savingSince`: a save began then, and has
 * not recorded its end.
 */
const holderSchema = z.object({ announced: z.literal(true).exactOptional(), savingSince: z.string().exactOptional() });

async function writeEntries(
  accountId: string,
  integrationId: string,
  { trail, holder, row }: { trail: Trail; holder: z.output<typeof holderSchema>; row?: TokenRow },
): Promise<void> {
  const transaction = kvs
    .transact()
    .set(keys.tokenTrail(accountId, integrationId), trail)
    .set(keys.tokenHolder(integrationId, accountId), holder)
    .set(keys.account(accountId), { askedAt: new Date().toISOString() });
  if (row !== undefined) {
    const { key, entityName } = rowEntry(row);
    transaction
      .set(key, storedRow(row), { entityName })
      .delete(keys.tokenNotice(accountId, integrationId))
      .delete(keys.tokenRenewal(accountId, integrationId));
  }
  await transaction.execute();
}

/**
 * Writes the entries of a token while the service still checks it. After a crash there is an entry without a token,
 * which counts as none and is erased like any other, never a token that nothing points to. `saved`: the one to be replaced.
 */
export async function announceToken(
  accountId: string,
  integrationId: string,
  saved: SavedToken | undefined,
): Promise<void> {
  const { id = '', lastUsedAt, rejectedAt, listed } = saved ?? {};
  const trail = trailSchema.parse({
    id,
    ...(listed && { listed }),
    ...(lastUsedAt === undefined ? {} : { lastUsedAt }),
    ...(rejectedAt === undefined ? {} : { rejectedAt }),
  });
  const savingSince = new Date().toISOString();
  const holder = saved === undefined ? { announced: true as const, savingSince } : { savingSince };
  await writeEntries(accountId, integrationId, { trail, holder });
}

/** Saves or replaces a token that was announced. It erases the notice that an admin removed an older one. */
export async function writeToken(accountId: string, integrationId: string, token: NewToken): Promise<void> {
  const row = rowOf(accountId, integrationId, token);
  await Promise.all([
    writeEntries(accountId, integrationId, { trail: { id: token.id, listed: true }, holder: {}, row }),
    writeSecret(accountId, integrationId, token),
  ]);
}

function writeSecret(accountId: string, integrationId: string, token: NewToken): Promise<void> {
  return kvs.setSecret(
    keys.token(accountId, integrationId),
    savedSchema.parse({ ...token, credential: recordOf(token.credential) }),
  );
}

/**
 * Whether the renewal of a token may begin: of several that try at once one may, and none while it is not known how an earlier one ended.
 * A renewal is never repeated.
 */
export async function beginRenewal(accountId: string, integrationId: string, id: string): Promise<boolean> {
  const renewal = { id, at: new Date().toISOString() };
  return setOnce(keys.tokenRenewal(accountId, integrationId), renewal);
}

/** The service has changed nothing. */
export async function dropRenewal(accountId: string, integrationId: string): Promise<void> {
  await kvs.delete(keys.tokenRenewal(accountId, integrationId));
}

/**
 * Saves the token that a service made in the place of another one. The secret is written first. Until then the entry of the renewal
 * says that the old token may be dead. The entries beside the secret follow, or the next use of the token writes them.
 */
export async function writeRenewed(accountId: string, integrationId: string, token: NewToken): Promise<void> {
  const row = rowOf(accountId, integrationId, token);
  await writeSecret(accountId, integrationId, token);
  await writeEntries(accountId, integrationId, { trail: { id: token.id, listed: true }, holder: {}, row });
}

/**
 * Records that a token was used, or that the service refused it. A newer token does not change. The row is written too where it
 * changes, or where it belongs to another token: two tabs at once may have left it so.
 */
export async function storeFate(
  accountId: string,
  integrationId: string,
  token: SavedToken,
  fate: Fate,
): Promise<void> {
  const key = keys.tokenTrail(accountId, integrationId);
  const trail = trailSchema.parse({ id: token.id, listed: true, ...fate });
  const { rejectedAt: _, ...before } = token;
  const row = rowOf(accountId, integrationId, { ...before, ...fate });
  if (token.listed && token.rejectedAt === undefined && fate.rejectedAt === undefined) return kvs.set(key, trail);
  const { key: rowKey, entityName } = rowEntry(row);
  await kvs.transact().set(key, trail).set(rowKey, storedRow(row), { entityName }).execute();
}

/** An admin removes somebody's token: the notice that the person sees at their next visit, for a year at most. */
export async function writeNotice({ accountId, integrationId }: TokenOf, notice: TokenNotice): Promise<void> {
  await kvs.set(keys.tokenNotice(accountId, integrationId), noticeSchema.parse(notice), {
    ttl: { value: 365, unit: 'DAYS' },
  });
}

/** The secret goes first. Removing what is not there is no error. */
export async function removeToken(accountId: string, integrationId: string): Promise<void> {
  await removeSecretOfToken(accountId, integrationId);
  await removeEntriesOfToken(accountId, integrationId);
}

/** The entries of a token that is gone for good. */
export async function removeEntriesOfToken(accountId: string, integrationId: string): Promise<void> {
  await removeEntries(entriesOf(accountId, integrationId));
}

/** The secret and the row; the entries that lead to it remain until `removeEntriesWithoutToken`. */
export async function removeSecretOfToken(accountId: string, integrationId: string): Promise<void> {
  await Promise.all([kvs.deleteSecret(keys.token(accountId, integrationId)), removeRow({ accountId, integrationId })]);
}

function entriesOf(accountId: string, integrationId: string): string[] {
  return [
    keys.tokenTrail(accountId, integrationId),
    keys.tokenHolder(integrationId, accountId),
    keys.tokenReminder(accountId, integrationId),
    keys.tokenRenewal(accountId, integrationId),
  ];
}

/** The entries of a token whose secret is gone: its id (empty: there was none), and since when another one is being saved. */
export type TokenLeft = { tokenId: string; savingSince?: string | undefined };

/**
 * Erases the entries of a removed token, unless the person has saved another one meanwhile. A save in another tab writes first that it
 * began, then its own id. The entries of a save remain while it may be under way: then this function returns them. Call it again with
 * them as `known` after `SETTLED_SECONDS`. By then the save is over, and entries without a token can be erased.
 */
export async function removeEntriesWithoutToken(
  accountId: string,
  integrationId: string,
  known: TokenLeft,
): Promise<TokenLeft | undefined> {
  // The holder first: where a save has ended between the two reads, the second one finds its id.
  const { savingSince } = holderSchema.parse((await readValue(keys.tokenHolder(integrationId, accountId))) ?? {});
  const [stored, beside] = await Promise.all([
    readSecret(keys.token(accountId, integrationId)),
    readValue(keys.tokenTrail(accountId, integrationId)),
  ]);
  if (stored !== undefined) {
    // Saved while another one was removed: what admins see of it may have been taken along.
    const { listed: _, lastUsedAt, rejectedAt, ...token } = savedToken(stored, beside);
    await storeFate(accountId, integrationId, token, {
      ...(lastUsedAt === undefined ? {} : { lastUsedAt }),
      ...(rejectedAt === undefined ? {} : { rejectedAt }),
    });
    return undefined;
  }
  const tokenId = beside === undefined ? known.tokenId : trailSchema.parse(beside).id;
  const isKnown = tokenId === known.tokenId && (savingSince === undefined || savingSince === known.savingSince);
  if (!isKnown) return { tokenId, savingSince };
  // Storage may have refused to erase the row beside the secret. Nothing finds the row without these entries.
  await removeRow({ accountId, integrationId });
  await removeEntries(entriesOf(accountId, integrationId));
  return undefined;
}

/** How many people have a token for an integration, counted up to 100: one page, however many there are. */
export async function countTokens(integrationId: string): Promise<{ people: number; more: boolean }> {
  const { entries, next } = await pageWithPrefix(keys.tokenHolders(integrationId));
  const held = entries.filter(({ value }) => !holderSchema.parse(value).announced);
  return { people: held.length, more: next !== undefined };
}

/**
 * Erases people's tokens for an integration, at most 100 people at once. Secrets go first, so that whatever stops this
 * leaves entries that find the rest. May run twice.
 */
export async function removeTokens(accountIds: readonly string[], integrationId: string): Promise<void> {
  await eachOf(accountIds, (accountId) => removeSecretOfToken(accountId, integrationId));
  await removeEntries(accountIds.flatMap((accountId) => entriesOf(accountId, integrationId)));
}

/** Ids of the integrations a person has a token for. */
export async function integrationsWithTokenOf(accountId: string): Promise<string[]> {
  const prefix = keys.tokenTrailsOf(accountId);
  return (await entriesWithPrefix(prefix)).map(({ key }) => key.slice(prefix.length));
}

/** At most 100 tokens of the site, of all people and integrations. */
export async function someTokens(): Promise<{ accountId: string; integrationId: string }[]> {
  const { entries } = await pageWithPrefix(keys.tokenTrails);
  return entries.map(({ key }) => {
    const cut = key.lastIndexOf(':');
    return { accountId: key.slice(keys.tokenTrails.length, cut), integrationId: key.slice(cut + 1) };
  });
}

/** Account ids of at most 100 people with a token for an integration. */
export async function someTokenHolders(integrationId: string): Promise<string[]> {
  const prefix = keys.tokenHolders(integrationId);
  const { entries } = await pageWithPrefix(prefix);
  return entries.map(({ key }) => key.slice(prefix.length));
}

/** When the token of that id was last used, out of what `readMany` found under its trail. */
export function lastUsedIn(beside: unknown, tokenId: string): string | undefined {
  if (beside === undefined) return undefined;
  const { id, lastUsedAt } = trailSchema.parse(beside);
  return id === tokenId ? lastUsedAt : undefined;
}
