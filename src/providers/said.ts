import { cutTo } from '../domain/cut-text';
import { withoutTokens } from './scrub';

/** Long enough for every reason known, short enough for a line of the activity list. */
const LONGEST = 300;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/**
 * What a service wrote, as one line of plain text: without tags, banners, control characters and invisible or direction characters, at most
 * 300 UTF-16 units, cut at a character a reader sees, and without what looks like anybody's token. Nothing when no text is left.
 */
export function saidLine(text: unknown): string | undefined {
  if (typeof text !== 'string') return undefined;
  // Tags go again after entities: `&lt;b&gt;` was text, and pages show it as text.
  const line = text
    .slice(0, 5_000)
    .toWellFormed()
    .replace(/<(script|style|title)\b[\s\S]*?<\/\1\s*>|<!--[\s\S]*?-->|<\/?[a-z!][^<>]*>/gi, ' ')
    .replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,6});/gi, entity)
    // The prefix that git puts before every line, and the rules of a banner.
    .replace(/^[^\S\n]*remote:/gim, ' ')
    .replace(/[=_*—-]{5,}/g, ' ')
    .replace(/[\p{Cf}\p{Co}\p{Cn}]/gu, '')
    .replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
  return line === '' ? undefined : cutTo(withoutTokens(line), LONGEST);
}

function entity(written: string, name: string): string {
  if (!name.startsWith('#')) return ENTITIES[name.toLowerCase()] ?? written;
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code > 0x10_ff_ff || (code >= 0xd8_00 && code <= 0xdf_ff) ? '' : String.fromCodePoint(code);
}
