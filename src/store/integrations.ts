import { kvs } from '@forge/kvs';
import { z } from 'zod';
import { sealed, type Credential } from '../domain/credential';
import { editionIds } from '../domain/editions';
import type { Integration } from '../domain/integration';
import { credentialRecord, recordOf } from './credential-record';
import { keys } from './keys';
import { entriesWithPrefix } from './query';
import { readSecret, readValue } from './read';

const schema = z.object({
  id: z.string(),
  edition: z.enum(editionIds),
  address: z.string(),
  version: z.string().exactOptional(),
  name: z.string(),
  owners: z.union([z.literal('all'), z.array(z.string())]),
  requireUserPat: z.boolean(),
  projects: z.union([z.literal('all'), z.array(z.string())]),
  account: z.string(),
  credentialId: z.string(),
  disabled: z.boolean().exactOptional(),
  disconnecting: z.boolean().exactOptional(),
});

const credentialSchema = z.object({ id: z.string(), credential: credentialRecord });

/** One integration, disconnecting ones too; nothing when there is none of that id. */
export async function readIntegration(id: string): Promise<Integration | undefined> {
  const stored = await readValue(keys.integration(id));
  return stored === undefined ? undefined : schema.parse(stored);
}

/** All integrations of the site, by name. */
export async function listIntegrations(): Promise<Integration[]> {
  const entries = await entriesWithPrefix(keys.integrations);
  return entries.map(({ value }) => schema.parse(value)).sort((a, b) => a.name.localeCompare(b.name));
}

/** Writes the record over what was there; its credential stays as it is. */
export async function writeIntegration(integration: Integration): Promise<void> {
  await kvs.set(keys.integration(integration.id), schema.parse(integration));
}

/**
 * A record that counts as being disconnected, so that no secret is ever without a record: it is written before the
 * credential is, while the service is asked, and a crash leaves something that the daily trigger erases.
 */
export async function writeDraft(integration: Omit<Integration, 'account'>): Promise<void> {
  await writeIntegration({ ...integration, account: '', disconnecting: true });
}

/**
 * Record and credential of an integration that has a record (or a draft) already. They name each other by `credentialId`: a
 * crash that keeps one of them shows as no credential. `ready`: no token is required, so writes may find a copy.
 */
export async function writeIntegrationWithCredential(
  integration: Integration,
  credential: Credential,
  { ready }: { ready: boolean },
): Promise<void> {
  await Promise.all([
    writeIntegration(integration),
    kvs.setSecret(keys.integrationCredential(integration.id), recordFor(integration, credential)),
    ready ? writeReadyCredential(integration, credential) : removeReadyCredential(integration.id),
  ]);
}

function recordFor({ credentialId: id }: Integration, credential: Credential) {
  return { id, credential: recordOf(credential) };
}

/** Leaves nothing of an integration whose credential was not written. */
export async function removeDraft(id: string): Promise<void> {
  await kvs.delete(keys.integration(id));
}

/** The integration account's credential; nothing when it is missing or belongs to an older state of the record. */
export async function readIntegrationCredential(integration: Integration): Promise<Credential | undefined> {
  return credentialFor(integration, await readSecret(keys.integrationCredential(integration.id)));
}

/** A credential read before its record is known. */
export type KeptCredential = (integration: Integration) => Credential | undefined;

/**
 * The copy that lies ready for writes while no token is required, so that it can be read before anybody knows whether it
 * will be used. While a token is required it does not exist.
 */
export async function readReadyCredential(id: string): Promise<KeptCredential> {
  const stored = await readSecret(keys.readyCredential(id));
  return (integration) => credentialFor(integration, stored);
}

/** Only for an integration where no token is required. */
export async function writeReadyCredential(integration: Integration, credential: Credential): Promise<void> {
  await kvs.setSecret(keys.readyCredential(integration.id), recordFor(integration, credential));
}

/** Writes read the credential itself from then on, where they may. */
export async function removeReadyCredential(id: string): Promise<void> {
  await kvs.deleteSecret(keys.readyCredential(id));
}

function credentialFor(integration: Integration, stored: unknown): Credential | undefined {
  if (stored === undefined) return undefined;
  const { id, credential } = credentialSchema.parse(stored);
  return id === integration.credentialId ? sealed(credential) : undefined;
}

/** Credentials first: what is left after a crash is a record that can be removed again. */
export async function removeIntegration(id: string): Promise<void> {
  await removeIntegrationCredential(id);
  await kvs.delete(keys.integration(id));
}

/** The credential and its copy for writes. */
export async function removeIntegrationCredential(id: string): Promise<void> {
  await Promise.all([removeReadyCredential(id), kvs.deleteSecret(keys.integrationCredential(id))]);
}
