import { z, ZodError } from 'zod';
import type { ProviderError } from '../../domain/errors';
import { meaningOf } from '../refusals';
import { ProviderFailure } from '../transport';
import { refusals } from './refusals';

const answer = z.object({
  statusCode: z.number(),
  headers: z.record(z.string(), z.string()).catch({}),
});

/** What the SDK throws for an answer of the service: the error's type is its name. */
const refusal = z.object({
  name: z.string(),
  message: z.string().catch(''),
  $metadata: z.object({ httpStatusCode: z.number() }),
  $response: answer.optional().catch(undefined),
});

/** What the SDK throws for an answer it could not take apart. */
const unreadable = z.object({ $response: answer });

/** Reads what the SDK threw; what is no answer at all is thrown on. */
export function problemOf(thrown: unknown, kind: 'read' | 'write'): ProviderError {
  if (thrown instanceof ProviderFailure) return thrown.problem;
  if (thrown instanceof ZodError) return { code: 'NOT_AN_API_ANSWER' };
  const refused = refusal.safeParse(thrown);
  const odd = unreadable.safeParse(thrown);
  if (!refused.success && !odd.success) throw thrown;
  const headers = new Headers(odd.data?.$response.headers);
  const status = refused.data?.$metadata.httpStatusCode ?? odd.data?.$response.statusCode ?? 0;
  // A refusal is no success: this is the SDK's own complaint about what it could not read.
  if (status < 400) return { code: 'NOT_AN_API_ANSWER' };
  const { name = '', message = '' } = refused.data ?? {};
  // The SDK's own words where the service has none.
  const text = ['Unknown', 'UnknownError'].includes(message) ? '' : message;
  return meaningOf(refusals, { status, text, headers, type: name.split('#').at(-1) ?? name, reading: kind === 'read' });
}
