import type { Credential } from '../../src/domain/credential.ts';
import { withoutTokens } from '../../src/providers/scrub.ts';
import type { Exchange } from './gate.ts';
import { PREFIX } from './manners.ts';

/** Texts to replace everywhere, and their replacements. */
export type Names = readonly (readonly [known: string, instead: string])[];

export function secretsOf(credential: Credential): string[] {
  switch (credential.kind) {
    case 'token':
      return [credential.token.reveal()];
    case 'access-key':
      return [credential.id.reveal(), credential.secret.reveal()];
    case 'password':
      return [credential.user.reveal(), credential.password.reveal()];
  }
}

const PERSONAL =
  /^(login|username|userName|user_name|displayName|uniqueName|providerDisplayName|customDisplayName|publicAlias|fullName|email|.*_email|mailAddress|descriptor|subjectDescriptor|\$value|Account|author_?name|authorArn|userId|UserId|Arn)$/;
const PEOPLE = new Set(['login', 'username', 'uniqueName', 'displayName', 'email', 'avatar_url']);

/** Everybody in an answer: values that belong to people by their key, and the `name` beside such a value. */
export function peopleIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(peopleIn);
  if (typeof value !== 'object' || value === null) return [];
  const isPerson = Object.keys(value).some((key) => PEOPLE.has(key));
  return Object.entries(value).flatMap(([key, inner]) => {
    if (typeof inner !== 'string') return peopleIn(inner);
    return PERSONAL.test(key) || (key === 'name' && isPerson) ? [inner] : [];
  });
}

/** Names of branches often contain people (`alice/fix`): all except ours and the usual ones. */
export function branchesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(branchesIn);
  if (typeof value === 'string' && value.startsWith('refs/heads/')) return named(value);
  if (typeof value !== 'object' || value === null) return [];
  const isBranch = 'commit' in value || 'target' in value || 'objectId' in value;
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === 'branches' && Array.isArray(inner))
      return inner.flatMap((one) => (typeof one === 'string' ? named(one) : branchesIn(one)));
    return typeof inner === 'string' && (key === 'branchName' || (key === 'name' && isBranch))
      ? named(inner)
      : branchesIn(inner);
  });
}

function named(branch: string): string[] {
  const name = branch.replace(/^refs\/heads\//, '');
  return name.startsWith(PREFIX) || ['main', 'master', 'develop'].includes(name) ? [] : [name];
}

export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The longest first, because a part of a longer one would leave its rest. A single letter is no name. */
export function sorted(names: Names): Names {
  return names.filter(([known]) => known.trim().length > 1).sort(([one], [other]) => other.length - one.length);
}

/** Free text without secrets, people and places: without known names, and without texts that have such a form. */
export function scrubbedText(text: string, names: Names): string {
  const known = names.reduce((left, [name, instead]) => left.replace(wordOf(name), instead), text);
  return withoutTokens(known)
    .replace(/\bA[KS]IA[A-Z0-9]{8,}/g, '…')
    .replace(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, 'person@example.com')
    .replace(/\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/gi, '00000000-0000-0000-0000-000000000000')
    .replace(/\b[0-9a-f]{40}\b/gi, 'a'.repeat(40))
    .replace(/\barn:(aws[\w-]*):(iam|sts)::\d{12}:[\w+=,.@/-]+/g, 'arn:$1:$2::111122223333:user/person')
    .replace(/\b(?:\d{1,3}\.){3}\d{1,3}\b/g, '192.0.2.1')
    .replace(/(^|[\s(])@[\w-]+/g, '$1@person')
    .replace(/\b\d{6,}\b/g, '1');
}

/** Only whole words, plain and as in an address: the name `an` is a part of many words. */
function wordOf(name: string): RegExp {
  const forms = [...new Set([name, encodeURIComponent(name)])].map((form) =>
    form.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'),
  );
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${forms.join('|')})(?![\\p{L}\\p{N}])`, 'giu');
}

const WORDS =
  /^(state|status|merge_status|detailed_merge_status|pullRequestStatus|mergeStatus|updateStatus|__type|type|code|typeKey|errorCode|visibility|supportsIterations)$/;
const SAID = /^(message|error|error_description|customMessage|documentation_url|reason)$/;

/**
 * An answer by its shape. In a success each text and number is replaced by one of its kind, except our names and words of the
 * service. Sentences of the service remain, scrubbed.
 */
function scrubbedValue(value: unknown, names: Names, refusal: boolean, key = ''): unknown {
  if (Array.isArray(value)) return value.slice(0, 3).map((inner) => scrubbedValue(inner, names, refusal, key));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [
        scrubbedText(name, names),
        scrubbedValue(inner, names, refusal || name === 'errors', name),
      ]),
    );
  if (typeof value === 'number') return WORDS.test(key) || value < 10 ? value : 1;
  if (typeof value !== 'string') return value;
  if (refusal || SAID.test(key) || WORDS.test(key)) return scrubbedText(value, names);
  if (value.replace(/^refs\/heads\//, '').startsWith(PREFIX)) return scrubbedText(value, names);
  if (/^[0-9a-f]{40}$/.test(value)) return 'a'.repeat(40);
  if (/^\d{4}-\d\d-\d\dT/.test(value)) return '2026-01-01T00:00:00Z';
  return /^https?:/.test(value) ? 'https://example.com/' : '…';
}

const HEADERS =
  /^(content-type|location|retry-after|ratelimit-\w+|x-ratelimit-(limit|remaining|resource)|x-oauth-scopes|x-accepted-oauth-scopes|x-accepted-github-permissions|x-github-sso|x-tfs-serviceerror|www-authenticate|deprecation|sunset|link)$/;

/** One exchange as a line of the report: no header of the request, and only meaningful ones of the answer. */
export function scrubbedExchange(exchange: Exchange, names: Names): object {
  const { sentences, method, url, sent, status, headers, received } = exchange;
  const { pathname, search } = new URL(url);
  const body = parsed(received);
  const asked = parsed(sent);
  const kept = Object.entries(headers).filter(([name]) => HEADERS.test(name));
  return {
    ...(sentences.length === 0 ? {} : { sentences }),
    request: scrubbedText(`${method} ${decoded(pathname + search)}`, names),
    ...(asked === undefined ? {} : { sent: scrubbedValue(asked, names, true) }),
    status,
    headers: Object.fromEntries(kept.map(([name, value]) => [name, scrubbedText(decoded(value), names)])),
    ...(body === undefined ? { text: textOnly(received, names) } : { body: scrubbedValue(body, names, status >= 400) }),
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** An answer that is no JSON, by its tags only: AWS's XML, or a page. */
function textOnly(text: string, names: Names): string {
  return scrubbedText(text.slice(0, 2_000).replace(/>[^<>]+</g, '>…<'), names).slice(0, 1_000);
}
