import { kvs } from '@forge/kvs';
import { z } from 'zod';
import { keys } from './keys';
import { readSecret } from './read';

const schema = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

/** The key that signs tickets, 32 bytes; nothing until it is made. */
export async function readTicketKey(): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const stored = await readSecret(keys.ticketKey);
  return stored === undefined ? undefined : new Uint8Array(Buffer.from(schema.parse(stored), 'base64url'));
}

/** Makes the key where there is none. Of several that try at once one succeeds, and its key is the one that counts. */
export async function makeTicketKey(): Promise<void> {
  if ((await readSecret(keys.ticketKey)) !== undefined) return;
  const key = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url');
  try {
    await kvs.setSecret(keys.ticketKey, key, { keyPolicy: 'FAIL_IF_EXISTS' });
  } catch (thrown) {
    // `KEY_CONFLICT`: somebody else made it meanwhile (docs page "Key-Value Store").
    if ((thrown as { code?: unknown }).code !== 'KEY_CONFLICT') throw thrown;
  }
}

/** Erases it: tickets that were given out admit nothing any more. */
export async function removeTicketKey(): Promise<void> {
  await kvs.deleteSecret(keys.ticketKey);
}
