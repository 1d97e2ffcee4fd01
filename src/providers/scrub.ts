/** The text of an answer without the credential that was sent: a service, or a proxy before it, may repeat what it was given. */
export function withoutCredential(text: string, headers: RequestInit['headers']): string {
  const written = secretsOf(new Headers(headers)).flatMap((secret) => [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
  ]);
  // The longest first: a part of another one would leave the rest of it.
  const longestFirst = [...new Set(written)].sort((a, b) => b.length - a.length);
  return longestFirst.reduce((left, secret) => left.replaceAll(secret, '…'), text);
}

/** What the headers hold in confidence: a token, the two parts of a Basic credential, the parts of an AWS signature. */
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
