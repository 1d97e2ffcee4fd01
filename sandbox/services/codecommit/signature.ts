import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** What is wrong with a signature, in the words of the services. */
export type SignatureProblem = 'missing' | 'incomplete' | 'unknown-key' | 'wrong-scope' | 'wrong-time' | 'no-match';
export type SignatureAnswer = { ok: true; keyId: string } | { ok: false; problem: SignatureProblem; message: string };

/** How far a request's time may differ. Source: AWS general reference, "Signature Version 4", which says five minutes. */
const TOLERANCE_MS = 5 * 60_000;

const sha256 = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Uint8Array, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** `Credential=AKIA…/20260120/us-east-1/codecommit/aws4_request, SignedHeaders=a;b, Signature=…` */
const HEADER =
  /^AWS4-HMAC-SHA256 Credential=([^/,\s]+)\/(\d{8})\/([\w-]+)\/([\w-]+)\/aws4_request,\s*SignedHeaders=([\w;-]+),\s*Signature=([0-9a-f]{64})$/;

/** The id of the access key a request is signed with; undefined without a signature. */
export const keyIdOf = (request: Request): string | undefined =>
  HEADER.exec(request.headers.get('authorization') ?? '')?.[1];

/** `20260120T120000Z` as milliseconds since 1970; NaN when it is none. */
const parseTime = (text: string): number =>
  Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));

const stamp = (at: number): string => new Date(at).toISOString().replace(/[-:]|\.\d{3}/g, '');

/**
 * Computes the signature of a request again with the stored secret, and compares. Source: IAM user guide,
 * "Create a signed AWS API request" (Signature Version 4). Messages are those the services answer with.
 */
export function checkSignature(
  request: Request,
  body: Uint8Array,
  expected: { region: string; service: string; now: Date; secretOf(keyId: string): string | undefined },
): SignatureAnswer {
  const no = (problem: SignatureProblem, message: string): SignatureAnswer => ({ ok: false, problem, message });
  const header = request.headers.get('authorization');
  if (header === null) return no('missing', 'Missing Authentication Token');
  const [, keyId, date, region, service, signed, signature] = HEADER.exec(header) ?? [];
  const time = request.headers.get('x-amz-date') ?? '';
  if (keyId === undefined || date === undefined || signed === undefined || signature === undefined) {
    return no('incomplete', "Authorization header requires 'Credential', 'Signature' and 'SignedHeaders' parameters.");
  }
  const names = signed.split(';');
  if (Number.isNaN(parseTime(time)) || !names.includes('host') || !names.includes('x-amz-date')) {
    return no('incomplete', "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
  }
  const secret = expected.secretOf(keyId);
  if (secret === undefined) return no('unknown-key', 'The security token included in the request is invalid.');
  if (region !== expected.region || service !== expected.service || date !== time.slice(0, 8)) {
    return no('wrong-scope', 'Credential should be scoped to a valid region, service and date.');
  }

  const url = new URL(request.url);
  const values = names.map((name) => [name, name === 'host' ? url.host : request.headers.get(name)] as const);
  const canonical = [
    request.method,
    url.pathname,
    [...url.searchParams]
      .map((pair) => pair.map(encodeURIComponent).join('='))
      .sort()
      .join('&'),
    ...values.map(([name, value]) => `${name}:${(value ?? '').trim().replace(/ +/g, ' ')}`),
    '',
    signed,
    sha256(body),
  ].join('\n');
  const scope = `${date}/${region}/${service}/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n');
  const signingKey = [date, region, service, 'aws4_request'].reduce<string | Uint8Array>(hmac, `AWS4${secret}`);
  const right = hmac(signingKey, text);
  const stated = request.headers.get('x-amz-content-sha256');
  if (!timingSafeEqual(right, Buffer.from(signature, 'hex')) || (stated !== null && stated !== sha256(body))) {
    return no(
      'no-match',
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    );
  }
  const now = expected.now.getTime();
  const off = parseTime(time) - now;
  if (off < -TOLERANCE_MS) {
    const limit = stamp(now - TOLERANCE_MS);
    return no('wrong-time', `Signature expired: ${time} is now earlier than ${limit} (${stamp(now)} - 5 min.)`);
  }
  if (off > TOLERANCE_MS) {
    const limit = stamp(now + TOLERANCE_MS);
    return no('wrong-time', `Signature not yet current: ${time} is still later than ${limit} (${stamp(now)} + 5 min.)`);
  }
  return { ok: true, keyId };
}
