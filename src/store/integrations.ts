import { kvs } from '@forge/kvs';
import { z } from 'zod';
import { sealed, type Credential } from '../domain/credential';
import { editionIds } from '../domain/editions';
import { seenWithoutTokenChoices, type Integration } from '../domain/integration';
import type { TokenRulesInForce } from '../domain/token-rules';
import { credentialRecord, recordOf } from './credential-record';
import { keys } from './keys';
import { entriesWithPrefix, removeEntries } from './query';
import { readSecret, readValue, readValues } from './read';
import { tokenRulesSchema } from './token-rules-schema';

/**
 * An integration is stored in parts, and each call writes only the parts that it changes: a rename never
 * takes back that tokens are required, and nothing takes back that it was disconnected.
 */
const parts = [
  'name',
  'owners',
  'projects',
  'seenWithoutToken',
  'rules',
  'required',
  'disabled',
  'disconnecting',
] as const;
type Part = (typeof parts)[number];
/** By part; the connection itself under the empty name. */
type Stored = Partial<Record<Part | '', unknown>>;

const connectionSchema = z.object({
  id: z.string(),
  edition: z.enum(editionIds),
  address: z.string(),
  version: z.string().exactOptional(),
  account: z.string(),
  expiresAt: z.string().exactOptional(),
  credentialId: z.string(),
  /** It is still being connected. */
  draft: z.literal(true).exactOptional(),
});
const optionsSchema = z.object({
  name: z.string(),
  owners: z.union([z.literal('all'), z.array(z.string())]),
  projects: z.union([z.literal('all'), z.array(z.string())]),
  seenWithoutToken: z.enum(seenWithoutTokenChoices).exactOptional(),
});
type Options = Pick<Integration, keyof z.output<typeof optionsSchema>>;

const credentialSchema = z.object({
  /** The connection this credential belongs to, so that a connection that is not its own can be put right. */
  connection: connectionSchema,
  credential: credentialRecord,
});

function assembled(stored: Stored): Integration | undefined {
  if (stored[''] === undefined || stored.name === undefined) return undefined;
  const { draft, ...connection } = connectionSchema.parse(stored['']);
  const { seenWithoutToken, ...options } = stored;
  return {
    ...connection,
    ...optionsSchema.parse({ ...options, ...(seenWithoutToken === undefined ? {} : { seenWithoutToken }) }),
    requireUserPat: stored.required !== undefined,
    ...(stored.rules === undefined ? {} : { tokenRules: tokenRulesSchema.parse(stored.rules) }),
    ...(stored.disabled === undefined ? {} : { disabled: true }),
    ...(stored.disconnecting === undefined && draft === undefined ? {} : { disconnecting: true }),
  };
}

/** The keys of an integration, without its credential. */
export function keysOf(id: string): string[] {
  return [keys.integration(id), ...parts.map((part) => keys.integrationPart(id, part))];
}

/** The integration, from the values of `keysOf` in that order. */
export function integrationOf([connection, ...values]: readonly unknown[]): Integration | undefined {
  return assembled({ '': connection, ...Object.fromEntries(parts.map((part, index) => [part, values[index]])) });
}

/** One integration, disconnecting ones too; nothing when there is none of that id. */
export async function readIntegration(id: string): Promise<Integration | undefined> {
  return integrationOf(await readValues(keysOf(id)));
}

async function storedIntegrations(): Promise<Map<string, Stored>> {
  const found = new Map<string, Stored>();
  for (const { key, value } of await entriesWithPrefix(keys.integrations)) {
    const [id = '', part = ''] = key.slice(keys.integrations.length).split(':');
    found.set(id, { ...found.get(id), [part]: value });
  }
  return found;
}

/** All integrations of the site, by name. */
export async function listIntegrations(): Promise<Integration[]> {
  const stored = await storedIntegrations();
  return [...stored.values()].flatMap((one) => assembled(one) ?? []).sort((a, b) => a.name.localeCompare(b.name));
}

/** Ids of those that were disconnected or never completely connected: all of it is to be erased. */
export async function integrationsToErase(): Promise<string[]> {
  const stored = await storedIntegrations();
  return [...stored].filter(([, one]) => isToErase(one)).map(([id]) => id);
}

function isToErase(stored: Stored): boolean {
  return stored.disconnecting !== undefined || assembled(stored)?.disconnecting === true;
}

/**
 * Writes an integration that is still being connected. It counts as disconnected, so that no secret is ever without an entry that
 * leads to it: it is written before the credential is, while the service answers, and the daily trigger erases what a crash leaves.
 */
export async function writeDraft({
  name,
  owners,
  projects,
  requireUserPat,
  seenWithoutToken,
  ...connection
}: Omit<Integration, 'account'>): Promise<void> {
  const { id } = connection;
  const transaction = kvs
    .transact()
    .set(keys.integration(id), connectionSchema.parse({ ...connection, account: '', draft: true }))
    .set(keys.integrationPart(id, 'name'), name)
    .set(keys.integrationPart(id, 'owners'), owners)
    .set(keys.integrationPart(id, 'projects'), projects);
  if (seenWithoutToken !== undefined) transaction.set(keys.integrationPart(id, 'seenWithoutToken'), seenWithoutToken);
  if (requireUserPat) transaction.set(keys.integrationPart(id, 'required'), true);
  await transaction.execute();
}

/** Writes some of what an admin edits, together or not at all. */
export async function writeOptions(id: string, changed: Partial<Options>): Promise<void> {
  const transaction = kvs.transact();
  for (const [part, value] of Object.entries(optionsSchema.partial().parse(changed)))
    transaction.set(keys.integrationPart(id, part), value);
  await transaction.execute();
}

/** Rules for the tokens of people there; none: those of the site. */
export async function writeRules(id: string, rules: TokenRulesInForce | undefined): Promise<void> {
  const key = keys.integrationPart(id, 'rules');
  await (rules === undefined ? kvs.delete(key) : kvs.set(key, tokenRulesSchema.parse(rules)));
}

/** Requires tokens or takes it out of use, or no longer. */
export async function writeFlag(id: string, part: 'required' | 'disabled', on: boolean): Promise<void> {
  const key = keys.integrationPart(id, part);
  await (on ? kvs.set(key, true) : kvs.delete(key));
}

/** From here on it is gone for everybody, whatever else is still written of it. */
export async function markDisconnecting(id: string): Promise<void> {
  await kvs.set(keys.integrationPart(id, 'disconnecting'), true);
}

/** Whether it was disconnected, also when nothing but that is left of it. */
export async function isDisconnecting(id: string): Promise<boolean> {
  return (await readValue(keys.integrationPart(id, 'disconnecting'))) !== undefined;
}

/**
 * Writes the credential, and the connection it belongs to. A crash between the two, or two admins at once, leave a connection that is
 * not the credential's: it counts as one without credential until `alignConnection` has put it right.
 */
export async function writeConnection(integration: Integration, credential: Credential): Promise<void> {
  const connection = connectionOf(integration);
  await Promise.all([
    kvs.set(keys.integration(integration.id), connection),
    kvs.setSecret(keys.integrationCredential(integration.id), { connection, credential: recordOf(credential) }),
  ]);
}

function connectionOf({ id, edition, address, version, account, expiresAt, credentialId }: Integration) {
  return connectionSchema.parse({
    ...{ id, edition, address, account, credentialId },
    ...(version === undefined ? {} : { version }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  });
}

/** Makes the connection the one of the credential that is stored. Reads both, so that it may run at any time and twice. */
export async function alignConnection(id: string): Promise<Integration | undefined> {
  const [integration, stored] = await Promise.all([readIntegration(id), readSecret(keys.integrationCredential(id))]);
  if (integration === undefined || integration.disconnecting || stored === undefined) return integration;
  const { connection } = credentialSchema.parse(stored);
  if (connection.credentialId === integration.credentialId) return integration;
  await kvs.set(keys.integration(id), connection);
  return readIntegration(id);
}

/** The integration account's credential; nothing when it is missing or belongs to another connection. */
export async function readIntegrationCredential(integration: Integration): Promise<Credential | undefined> {
  return credentialFor(integration, await readSecret(keys.integrationCredential(integration.id)));
}

/** A credential read before its integration is known. */
export type StoredCredential = (integration: Integration) => Credential | undefined;

/**
 * The ready credential: a copy for writes that exists while no token is required, so that it can be read before anybody knows whether it
 * will be used. While a token is required it does not exist.
 */
export async function readReadyCredential(id: string): Promise<StoredCredential> {
  const stored = await readSecret(keys.readyCredential(id));
  return (integration) => credentialFor(integration, stored);
}

/** Only for an integration where no token is required. */
export async function writeReadyCredential(integration: Integration, credential: Credential): Promise<void> {
  const record = { connection: connectionOf(integration), credential: recordOf(credential) };
  await kvs.setSecret(keys.readyCredential(integration.id), record);
}

/** Writes read the credential itself from then on, where they may. */
export async function removeReadyCredential(id: string): Promise<void> {
  await kvs.deleteSecret(keys.readyCredential(id));
}

function credentialFor(integration: Integration, stored: unknown): Credential | undefined {
  if (stored === undefined) return undefined;
  const { connection, credential } = credentialSchema.parse(stored);
  return connection.credentialId === integration.credentialId ? sealed(credential) : undefined;
}

/** Credentials first, and last of all that it was disconnected: until then the daily trigger finds what a crash has left. */
export async function removeIntegration(id: string): Promise<void> {
  await removeIntegrationCredential(id);
  await removeDraft(id);
  await kvs.delete(keys.integrationPart(id, 'disconnecting'));
}

/** Leaves nothing of an integration whose credential was not written. */
export async function removeDraft(id: string): Promise<void> {
  await removeEntries(keysOf(id).filter((key) => key !== keys.integrationPart(id, 'disconnecting')));
}

/** The credential, its copy for writes, and what was said of it. */
export async function removeIntegrationCredential(id: string): Promise<void> {
  await Promise.all([removeReadyCredential(id), kvs.deleteSecret(keys.integrationCredential(id))]);
  await removeEntries([keys.credentialReminder(id), keys.credentialRefused(id)]);
}
