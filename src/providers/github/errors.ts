import { z, ZodError } from 'zod';
import type { ProviderError } from '../../domain/errors';
import { meaningOf, type Refused } from '../refusals';
import { ProviderFailure } from '../transport';
import { refusals } from './refusals';

/** Where the answer came from, for a link in it is passed on only when it leads there; and what was requested. */
type Asked = Pick<Refused, 'at'> & { webUrl: string };

const requestError = z.object({
  status: z.number(),
  request: z.object({ method: z.string(), url: z.string() }).catch({ method: '', url: '' }),
  response: z.object({ headers: z.record(z.string(), z.unknown()), data: z.unknown() }).optional(),
  cause: z.unknown().optional(),
});

const word = z.string().catch('');
const errorBody = z.object({
  message: word,
  errors: z.array(z.union([z.string(), z.object({ message: word, field: word, code: word })])).catch([]),
});

const graphqlError = z.object({
  headers: z.record(z.string(), z.unknown()),
  errors: z.array(z.object({ type: word, message: word })).min(1),
});

/** GraphQL says in the body, with status 200, what REST says with a status. */
const statusOf: Readonly<Record<string, number>> = {
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  INVALID_CURSOR_ARGUMENTS: 400,
  RATE_LIMITED: 429,
  RATE_LIMIT: 429,
};

/** Reads what Octokit threw; what is no answer at all is thrown on. */
export function problemOf(thrown: unknown, { webUrl, at }: Asked): ProviderError {
  if (thrown instanceof ProviderFailure) return movedOr(thrown);
  if (thrown instanceof ZodError) return { code: 'NOT_AN_API_ANSWER' };
  const graphql = graphqlError.safeParse(thrown);
  if (graphql.success) {
    const { errors, headers } = graphql.data;
    // One of several repositories is gone: whatever else there is says more.
    const { type = '', message = '' } = errors.find((error) => error.type !== 'NOT_FOUND') ?? errors[0] ?? {};
    // Everything that is requested in GraphQL is a read. It is GitHub that answers, so `at` says nothing of another server.
    return meaningOf(refusals, {
      status: (Object.hasOwn(statusOf, type) ? statusOf[type] : undefined) ?? 200,
      type,
      text: message,
      headers: headersOf(headers),
      reading: true,
      webUrl,
    });
  }
  const rest = requestError.safeParse(thrown);
  if (!rest.success) throw thrown;
  const { status, request, response, cause } = rest.data;
  if (cause instanceof ProviderFailure) return movedOr(cause);
  if (response === undefined) throw thrown;
  return meaningOf(refusals, {
    status,
    text: textOf(response.data),
    headers: headersOf(response.headers),
    reading: request.method === 'GET' || request.url.endsWith('/graphql'),
    webUrl,
    ...(at && { at }),
  });
}

/** A lasting redirect is how GitHub answers for a repository that was renamed or transferred (docs "Best practices for using the REST API"). */
function movedOr(failure: ProviderFailure): ProviderError {
  const isRepository = /\/repositories\/\d+(?:\/|$)/.test(failure.location);
  return [301, 307, 308].includes(failure.status ?? 0) && isRepository ? { code: 'REPOSITORY_MOVED' } : failure.problem;
}

/** `message`, then of each error its message, and its field with its code. */
function textOf(data: unknown): string {
  const { message, errors } = errorBody.catch({ message: '', errors: [] }).parse(data);
  const lines = errors.flatMap((error) =>
    typeof error === 'string' ? [error] : [error.message, `${error.field} ${error.code}`.trim()],
  );
  return [message, ...lines].filter((line) => line !== '').join('\n');
}

function headersOf(headers: Record<string, unknown>): Headers {
  const texts = Object.entries(headers).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return new Headers(texts);
}
