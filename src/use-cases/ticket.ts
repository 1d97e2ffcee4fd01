import { z } from 'zod';
import type { Ticket } from '../domain/ticket';

/** Of the form, not of the app: a ticket of another one admits nothing. */
const VERSION = '1';

const schema = z.strictObject({
  accountId: z.string(),
  site: z.string(),
  issueKey: z.string(),
  issueId: z.string(),
  projectKey: z.string(),
  formerKeys: z.array(z.string()).optional(),
  allowedAt: z.number(),
  namedAt: z.number(),
});

/** The claims of a ticket, ours or forged; nothing where it is none of ours. Counts only when `isGenuine` says so. */
export function claimsOf(text: string | undefined): Ticket | undefined {
  const [version, claims = ''] = (text ?? '').split('.');
  if (version !== VERSION) return undefined;
  try {
    return schema.safeParse(JSON.parse(Buffer.from(claims, 'base64url').toString('utf8'))).data;
  } catch {
    return undefined;
  }
}

/** Signs a ticket, for a page to show again. It is readable: what it says is no secret to the person it was given to. */
export async function sealTicket(ticket: Ticket, key: Uint8Array<ArrayBuffer>): Promise<string> {
  const signed = `${VERSION}.${Buffer.from(JSON.stringify(ticket)).toString('base64url')}`;
  const mac = await crypto.subtle.sign('HMAC', await hmac(key), bytes(signed));
  return `${signed}.${Buffer.from(mac).toString('base64url')}`;
}

/** Whether the app has signed it, with the key that is stored now. */
export async function isGenuine(text: string, key: Uint8Array<ArrayBuffer> | undefined): Promise<boolean> {
  const cut = text.lastIndexOf('.');
  if (key === undefined || cut < 0) return false;
  const mac = new Uint8Array(Buffer.from(text.slice(cut + 1), 'base64url'));
  return crypto.subtle.verify('HMAC', await hmac(key), mac, bytes(text.slice(0, cut)));
}

function hmac(key: Uint8Array<ArrayBuffer>) {
  return crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']);
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
