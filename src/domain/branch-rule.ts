/**
 * Rules about the beginning of a name, as services write most of them: `^(feature|bugfix)/.*`, `feature/*`, `^DEMO-.+$`. Anything else
 * only a person can satisfy. A pattern of a service is never run: one that goes back and forth would hold up the page.
 */
const BEGINNING =
  /^\^?(?:\((?:\?:)?(?<several>[\w-]{1,50}(?:\|[\w-]{1,50}){0,20})\)|(?<one>[\w-]{1,50}?))(?<end>\\?[/_-])?(?:\.\*|\.\+|\*{1,2}(?:\/\*)?|\\[wS][+*])?\$?$/;

/** A name that follows the rule and has the last part of the given name; nothing where we cannot read the rule. */
export function nameForRule(name: string, pattern: string): string | undefined {
  const { several, one = '', end = '' } = BEGINNING.exec(pattern.trim())?.groups ?? {};
  const beginnings = (several?.split('|') ?? [one]).map((beginning) => `${beginning}${end.replace('\\', '')}`);
  const [first = ''] = beginnings;
  // Without an open end the rule is about a whole name.
  const isOpen = /[*+]\$?$/.test(pattern.trim()) || (pattern.trim().startsWith('^') && !pattern.trim().endsWith('$'));
  if (first === '' || !isOpen || beginnings.some((beginning) => name.startsWith(beginning))) return undefined;
  return `${first}${name.slice(name.indexOf('/') + 1)}`;
}
