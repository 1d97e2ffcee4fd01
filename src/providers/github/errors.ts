import { z, ZodError } from 'zod';
import type { ProviderError } from '../../domain/errors';
import { ProviderFailure } from '../transport';

/** The parts of an answer that say what is wrong: `RequestError` of Octokit, or one error of a GraphQL answer. */
type Refusal = {
  status: number;
  reading?: boolean;
  headers: Record<string, string | undefined>;
  text: string;
  fields: readonly string[];
};

const requestError = z.object({
  status: z.number(),
  request: z.object({ method: z.string(), url: z.string() }).catch({ method: '', url: '' }),
  response: z.object({ headers: z.record(z.string(), z.unknown()), data: z.unknown() }).optional(),
  cause: z.unknown().optional(),
});

const errorBody = z.object({
  message: z.string().catch(''),
  errors: z
    .array(z.union([z.string(), z.object({ message: z.string().optional(), field: z.string().optional() })]))
    .catch([]),
});

const graphqlError = z.object({
  headers: z.record(z.string(), z.unknown()),
  errors: z.array(z.object({ type: z.string().catch(''), message: z.string().catch('') })).min(1),
});

/** Reads what Octokit threw. Anything we do not know is `UNEXPECTED_ANSWER`, or thrown on when it is no answer at all. */
export function problemOf(thrown: unknown): ProviderError {
  if (thrown instanceof ProviderFailure) return thrown.problem;
  if (thrown instanceof ZodError) return { code: 'NOT_AN_API_ANSWER' };
  const graphql = graphqlError.safeParse(thrown);
  if (graphql.success) return problemOfGraphql(graphql.data.errors, headersOf(graphql.data.headers));
  const rest = requestError.safeParse(thrown);
  if (!rest.success) throw thrown;
  if (rest.data.cause instanceof ProviderFailure) return rest.data.cause.problem;
  if (rest.data.response === undefined) throw thrown;
  const body = errorBody.catch({ message: '', errors: [] }).parse(rest.data.response.data);
  const details = body.errors.map((error) => (typeof error === 'string' ? { message: error } : error));
  const { method, url } = rest.data.request;
  return problemOfRefusal({
    status: rest.data.status,
    // Everything that is asked in GraphQL is a read.
    reading: method === 'GET' || url.endsWith('/graphql'),
    headers: headersOf(rest.data.response.headers),
    text: [body.message, ...details.map((error) => error.message ?? '')].join('\n'),
    fields: details.flatMap((error) => ('field' in error && error.field !== undefined ? [error.field] : [])),
  });
}

/** Statuses and messages: docs "Troubleshooting the REST API" and "Rate limits"; those marked in `refusals` were seen in public reports only. */
function problemOfRefusal(refusal: Refusal): ProviderError {
  const { status, text } = refusal;
  if (status === 401) return { code: 'AUTH_INVALID' };
  if (status === 429 || isRateLimit(refusal)) return rateLimit(refusal.headers);
  if (status === 403) return forbidden(refusal);
  if (status === 404) return notFound(refusal);
  if (status === 409 && /empty/i.test(text)) return { code: 'REPOSITORY_EMPTY' };
  if (status === 409 || status === 422) return unprocessable(refusal);
  if ([502, 503, 504].includes(status)) return { code: 'SERVICE_UNAVAILABLE', status };
  return { code: 'UNEXPECTED_ANSWER', status, ...(refusal.reading ? { reading: true } : {}) };
}

function isRateLimit({ status, headers, text }: Refusal): boolean {
  return status === 403 && (headers['x-ratelimit-remaining'] === '0' || /rate limit/i.test(text));
}

const DAY_MS = 86_400_000;

/** A day at most: a header may say anything, also what is beyond all dates. */
function rateLimit(headers: Refusal['headers']): ProviderError {
  const after = Number(headers['retry-after']);
  const reset = Number(headers['x-ratelimit-reset']);
  // Docs "Rate limits": `retry-after` first, else the reset time when nothing remains, else at least one minute.
  const at =
    after > 0
      ? Date.now() + after * 1000
      : headers['x-ratelimit-remaining'] === '0' && reset > 0
        ? reset * 1000
        : Date.now() + 60_000;
  return { code: 'RATE_LIMITED', retryAt: new Date(Math.min(at, Date.now() + DAY_MS)).toISOString() };
}

function forbidden({ headers, text }: Refusal): ProviderError {
  const sso = ssoOf(headers);
  if (sso !== undefined) return sso;
  const organization = /(?:the )?[`'"]([\w-]+)[`'"] (?:organization|forbids)/i.exec(text)?.[1];
  const named = organization === undefined ? {} : { organization };
  if (/archived/i.test(text)) return { code: 'REPOSITORY_ARCHIVED' };
  if (/IP allow list/i.test(text)) return { code: 'IP_BLOCKED', ...named };
  if (/SAML/i.test(text)) return { code: 'SSO_REQUIRED', ...named };
  if (/personal access tokens? \(classic\)|forbids access via a/i.test(text))
    return { code: 'TOKEN_KIND_REFUSED', ...named };
  if (/suspended/i.test(text)) return { code: 'ACCOUNT_BLOCKED' };
  if (/not accessible by personal access token/i.test(text))
    return { code: 'SCOPE_MISSING', missing: acceptedPermissions(headers) };
  return missingScope(headers) ?? { code: 'PERMISSION_DENIED' };
}

/** GitHub hides what a token may not see, so a 404 means both "not there" and "not for you". */
function notFound({ headers }: Refusal): ProviderError {
  return ssoOf(headers) ?? missingScope(headers) ?? { code: 'REPOSITORY_NOT_FOUND' };
}

const refusals: readonly (readonly [RegExp, ProviderError])[] = [
  [/Reference already exists/i, { code: 'BRANCH_EXISTS' }],
  [/Reference does not exist/i, { code: 'BRANCH_MISSING' }],
  [/Object does not exist/i, { code: 'SOURCE_BRANCH_MISSING' }],
  [/not a valid ref name|valid reference/i, { code: 'BRANCH_NAME_REFUSED' }],
  [/must be a collaborator/i, { code: 'PERMISSION_DENIED' }],
  [/pull request already exists/i, { code: 'PULL_REQUEST_EXISTS' }],
  [/No commits between/i, { code: 'PULL_REQUEST_WITHOUT_COMMITS' }],
  // One vague message of GitHub's for rules and for conflicts of names: the adapter tells them apart.
  [/Reference update failed|rule violations|protected|default branch/i, { code: 'BRANCH_PROTECTED' }],
];

function unprocessable({ status, text, fields }: Refusal): ProviderError {
  const known = refusals.find(([pattern]) => pattern.test(text));
  if (known !== undefined) return known[1];
  if (fields.includes('base')) return { code: 'TARGET_BRANCH_MISSING' };
  if (fields.includes('head')) return { code: 'SOURCE_BRANCH_MISSING' };
  return { code: 'UNEXPECTED_ANSWER', status };
}

/** `X-GitHub-SSO: required; url=https://github.com/orgs/ORG/sso?authorization_request=…` (docs "Authenticating to the REST API"). */
function ssoOf(headers: Refusal['headers']): ProviderError | undefined {
  const header = headers['x-github-sso'];
  if (header === undefined || !header.startsWith('required')) return undefined;
  const url = /url=(https:\/\/[^\s;]+)/.exec(header)?.[1];
  if (url === undefined) return { code: 'SSO_REQUIRED' };
  const organization = /\/orgs\/([^/]+)\//.exec(url)?.[1];
  return { code: 'SSO_REQUIRED', url, ...(organization === undefined ? {} : { organization }) };
}

/** A classic token lists its scopes; without any that reaches repositories, that is the reason for a refusal. */
function missingScope(headers: Refusal['headers']): ProviderError | undefined {
  const missing = missingScopes(scopesOf(headers['x-oauth-scopes']));
  return missing.length > 0 ? { code: 'SCOPE_MISSING', missing } : undefined;
}

/** The scopes of a classic token; nothing for a fine-grained one, which GitHub does not list. */
export function scopesOf(header: string | undefined): readonly string[] | undefined {
  return header
    ?.split(',')
    .map((scope) => scope.trim())
    .filter((scope) => scope !== '');
}

/** What a classic token lacks for private repositories: `repo` covers all we do. Nothing is known of a fine-grained one. */
export function missingScopes(scopes: readonly string[] | undefined): readonly string[] {
  return scopes === undefined || scopes.includes('repo') ? [] : ['repo'];
}

/** `X-Accepted-GitHub-Permissions: contents=write,pull_requests=write; …` as `contents: write`. */
function acceptedPermissions(headers: Refusal['headers']): string[] {
  return [...(headers['x-accepted-github-permissions'] ?? '').matchAll(/(\w+)=(\w+)/g)].map(
    ([, name = '', level = '']) => `${name}: ${level}`,
  );
}

/** GraphQL says in the body, with status 200, what REST says with a status. */
function problemOfGraphql(
  errors: readonly { type: string; message: string }[],
  headers: Refusal['headers'],
): ProviderError {
  const error = errors[0] ?? { type: '', message: '' };
  if (error.type === 'RATE_LIMITED' || error.type === 'RATE_LIMIT') return rateLimit(headers);
  if (error.type === 'FORBIDDEN') return forbidden({ status: 403, headers, text: error.message, fields: [] });
  if (error.type === 'NOT_FOUND') return notFound({ status: 404, headers, text: error.message, fields: [] });
  if (error.type === 'INSUFFICIENT_SCOPES') return { code: 'SCOPE_MISSING', missing: ['repo'] };
  return { code: 'UNEXPECTED_ANSWER', status: 200 };
}

function headersOf(headers: Record<string, unknown>): Refusal['headers'] {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), typeof value === 'string' ? value : undefined]),
  );
}
