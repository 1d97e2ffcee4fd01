// cspell:ignore soat ffct
/** Shorter ones are passwords of servers, and may be words that are in a list of branches too. */
const UNMISTAKABLE = 16;

/** A text of a service without the credential that was sent: a service, or a proxy before it, may repeat what it was given. */
export function withoutCredential(text: string, headers: RequestInit['headers']): string {
  const written = secretsOf(new Headers(headers)).flatMap(formsOf);
  // The longest first: a part of another one would leave the rest of it.
  const longestFirst = [...new Set(written)].sort((a, b) => b.length - a.length);
  return longestFirst.reduce((left, secret) => left.replaceAll(secret, '…'), text);
}

/** Whether a text holds the credential that was sent, in any form in which it could be read. */
export function holdsCredential(text: string, headers: RequestInit['headers']): boolean {
  const secrets = secretsOf(new Headers(headers)).filter(isUnmistakable);
  return secrets.flatMap(formsOf).some((form) => text.includes(form));
}

/** A shorter one with three kinds of characters, as Windows demands of a password ("Password must meet complexity requirements"), is no word either. */
function isUnmistakable(secret: string): boolean {
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^a-z\d]/i].filter((kind) => kind.test(secret)).length;
  return secret.length >= UNMISTAKABLE || (secret.length >= 8 && kinds >= 3);
}

/** As GitHub's, GitLab's (docs "Token prefixes") and AWS's begin, and every JSON Web Token. */
const TOKEN =
  /\b(?:(?:gh[a-z]_|github_pat_|gl(?:pat|oas|dt|rtr?|cbt|ptt|ft|imt|agent|wt|soat|ffct)-|eyJ)[\w.-]{10,}|A[KS]IA[A-Z0-9]{10,})/g;
/** As policies are called: `AWSCompromisedKeyQuarantineV3`. */
const NAME_IN_WORDS = /^(?:[A-Z]{1,4}[a-z]{2,40}){2,10}[A-Z]{0,2}\d{1,3}$/;
const ENCODED = /[\w+/-]{24,}={0,2}/g;

/** A text without what looks like anybody's token: a word that begins like one, or is long and mixed like one that was encoded. */
export function withoutTokens(text: string): string {
  return text.replace(TOKEN, '…').replace(ENCODED, (word) => (looksEncoded(word) ? '…' : word));
}

/** Branches, paths and addresses are long and mixed as well, but in short parts: `refs/heads/DEMO-1-login-fails`. */
function looksEncoded(word: string): boolean {
  return word
    .split(/[-_+/]/)
    .some(
      (part) =>
        part.length >= 12 && /[a-z]/.test(part) && /[A-Z]/.test(part) && /\d/.test(part) && !NAME_IN_WORDS.test(part),
    );
}

/** As it is, in an address, in JSON, in hex, and in base64 of both alphabets with 0, 1 or 2 bytes before it. */
function formsOf(secret: string): string[] {
  const base64 = [0, 1, 2].map((offset) => {
    const text = Buffer.from(`${'x'.repeat(offset)}${secret}`)
      .toString('base64')
      .replace(/(?<!=)=+$/, '');
    // The ends depend on the text beside it.
    return text.slice(offset === 0 ? 0 : 4, -2);
  });
  const inUrls = base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'));
  const hex = Buffer.from(secret).toString('hex');
  const inHex = [hex, hex.toUpperCase()];
  const encoded = !isUnmistakable(secret) ? [] : [...base64, ...inUrls, ...inHex];
  return [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), ...encoded];
}

/** The secrets of the headers: a token, the two parts of a Basic credential, the parts of an AWS signature. */
function secretsOf(headers: Headers): string[] {
  const secrets = [headers.get('private-token') ?? '', headers.get('x-amz-security-token') ?? ''];
  const [, scheme = '', value = ''] = /^(\S+)\s+(.+)$/s.exec(headers.get('authorization') ?? '') ?? [];
  if (/^basic$/i.test(scheme)) secrets.push(value, ...basicParts(value));
  else if (scheme.startsWith('AWS4'))
    secrets.push(...[...value.matchAll(/(?:Credential|Signature)=([^/,\s]+)/g)].map(([, part = '']) => part));
  else secrets.push(value);
  return secrets.filter((secret) => secret !== '');
}

/** The password only: the name of an account is no secret, and a reason may need it. */
function basicParts(value: string): string[] {
  const pair = Buffer.from(value, 'base64').toString('utf8');
  return [pair, pair.slice(pair.indexOf(':') + 1)];
}
