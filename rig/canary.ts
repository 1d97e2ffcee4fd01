/** Every form that a secret can have: plain, in base64 of both alphabets (alone, and as Basic credentials at any offset), in a URL, in hex. */
export function traces(secret: string): string[] {
  const base64 = (text: string) => Buffer.from(text).toString('base64').replace(/=+$/, '');
  // Base64 of a text with 0, 1 or 2 bytes before it; the ends that depend on the neighbours are cut off.
  const shifted = [0, 1, 2].map((offset) => base64(`${'x'.repeat(offset)}${secret}`).slice(offset === 0 ? 0 : 4, -2));
  const forUrls = shifted.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'));
  const hex = Buffer.from(secret).toString('hex');
  return [...new Set([secret, encodeURIComponent(secret), hex, ...shifted, ...forUrls])];
}

/** The numbers of the secrets in a text. */
export function leaks(text: string, secrets: readonly string[]): number[] {
  return secrets.flatMap((secret, index) => (traces(secret).some((trace) => text.includes(trace)) ? [index] : []));
}
