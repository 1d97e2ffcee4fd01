import { kvs } from '@forge/kvs';
import { z } from 'zod';
import { sealed, type Credential } from '../domain/credential';
import { editionIds } from '../domain/editions';
import type { Integration } from '../domain/integration';
import { credentialRecord, recordOf } from './credential-record';
import { keys } from './keys';
import { entriesWithPrefix } from './query';

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
  disconnecting: z.boolean().exactOptional(),
});

const credentialSchema = z.object({ id: z.string(), credential: credentialRecord });

/** One integration, disconnecting ones too; nothing when there is none of that id. */
export async function readIntegration(id: string): Promise<Integration | undefined> {
  const stored = await kvs.get(keys.integration(id));
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

/** Record first, credential after: a crash between them leaves a record that says so (`readIntegrationCredential`), no secret that nobody finds. */
export async function writeIntegrationWithCredential(integration: Integration, credential: Credential): Promise<void> {
  await writeIntegration(integration);
  await kvs.setSecret(keys.integrationCredential(integration.id), {
    id: integration.credentialId,
    credential: recordOf(credential),
  });
}

/** The integration account's credential; nothing when it is missing or belongs to an older state of the record. */
export async function readIntegrationCredential(integration: Integration): Promise<Credential | undefined> {
  const stored = await kvs.getSecret(keys.integrationCredential(integration.id));
  if (stored === undefined) return undefined;
  const { id, credential } = credentialSchema.parse(stored);
  return id === integration.credentialId ? sealed(credential) : undefined;
}

/** Credential first: what is left after a crash is a record that can be removed again. */
export async function removeIntegration(id: string): Promise<void> {
  await kvs.deleteSecret(keys.integrationCredential(id));
  await kvs.delete(keys.integration(id));
}
