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

/** Signs a ticket, which a page shows again. The ticket is readable, because nothing in it is secret to its person. */
export function sealTicket(ticket: Ticket, key: SigningKey): Promise<string> {
  return signed(`${VERSION}.${Buffer.from(JSON.stringify(ticket)).toString('base64url')}`, key);
}

/** Whether the app has signed it, with the key that is stored now. */
export async function isGenuine(text: string, key: SigningKey | undefined): Promise<boolean> {
  const cut = text.lastIndexOf('.');
  if (key === undefined || cut < 0) return false;
  const mac = new Uint8Array(Buffer.from(text.slice(cut + 1), 'base64url'));
  return crypto.subtle.verify('HMAC', await hmac(key), mac, bytes(text.slice(0, cut)));
}

/** One person's look at an issue: whose, and at what. */
export type Looked = { accountId: string; site: string; integrationId: string; issueId: string };

/** ms; a page sends the news back at once. */
const NEWS_FOR = 5 * 60_000;

/** Signs the digest of what a look has found, for the person's page to pass on. Nobody can make one up, or show another's. */
export async function sealNews(digest: string, looked: Looked, key: SigningKey): Promise<string> {
  const shown = `${digest}.${Date.now()}`;
  return `${shown}.${macOf(await signed(statementOf(shown, looked), key))}`;
}

/** The digest, where the app has signed it for this look a moment ago. */
export async function digestIn(news: string, looked: Looked, key: SigningKey | undefined): Promise<string | undefined> {
  const [digest = '', at = '', mac = ''] = news.split('.');
  const age = Date.now() - Number(at);
  if (!(age >= 0 && age < NEWS_FOR)) return undefined;
  return (await isGenuine(`${statementOf(`${digest}.${at}`, looked)}.${mac}`, key)) ? digest : undefined;
}

/** No ticket begins so: neither can be shown as the other. */
function statementOf(shown: string, { accountId, site, integrationId, issueId }: Looked): string {
  return `news.${JSON.stringify([accountId, site, integrationId, issueId])}.${shown}`;
}

type SigningKey = Uint8Array<ArrayBuffer>;

async function signed(text: string, key: SigningKey): Promise<string> {
  const mac = await crypto.subtle.sign('HMAC', await hmac(key), bytes(text));
  return `${text}.${Buffer.from(mac).toString('base64url')}`;
}

function macOf(text: string): string {
  return text.slice(text.lastIndexOf('.') + 1);
}

function hmac(key: SigningKey) {
  return crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']);
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
