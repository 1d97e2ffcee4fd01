/**
 * An address out of an answer, as a browser reads it, where it leads to the same place as `webUrl`; nothing for any other. `blob:` has the
 * origin of what is in it, and the part before an `@` is there to be mistaken for the host.
 */
export function ownAddress(given: string | undefined, webUrl: string): string | undefined {
  if (given === undefined || !URL.canParse(given)) return undefined;
  const { href, protocol, origin, username, password } = new URL(given);
  const own = new URL(webUrl);
  const isOwn = protocol === own.protocol && origin === own.origin && username === '' && password === '';
  return isOwn ? href : undefined;
}
