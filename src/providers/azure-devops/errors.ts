import { z, ZodError } from 'zod';
import type { ProviderError } from '../../domain/errors';
import type { Service } from '../../domain/service';
import { explained, meaningOf, type Refused } from '../refusals';
import { ProviderFailure } from '../transport';
import { refusals } from './refusals';

/** What the service answered instead of doing it. Holds nothing of the request, so no credential either. */
export class Refusal extends Error {
  override name = 'Refusal' as const;
  readonly refused: Refused;

  constructor(refused: Refused) {
    super(`The service answered ${refused.status}`);
    this.refused = refused;
  }
}

const errorBody = z
  .object({ message: z.string().catch(''), typeKey: z.string().catch('') })
  .catch({ message: '', typeKey: '' });

/** The key of the error and what a header says; for people its message, or that header where the body is a page (azure-pipelines-agent#1559). */
export function textOf(headers: Headers, body: unknown): { key: string; text: string } {
  const { message, typeKey } = errorBody.parse(body);
  const told = decoded(headers.get('x-tfs-serviceerror') ?? '');
  return { key: `${typeKey} ${told}`.trim(), text: message === '' ? told : message };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.slice(0, 4_000).replaceAll('+', ' '));
  } catch {
    return text;
  }
}

/** Whom a request is for, as far as a refusal has to say it. */
export function placeOf({ webUrl, edition }: Service): Pick<Refused, 'webUrl' | 'organization'> {
  if (edition.id !== 'azure-devops') return { webUrl };
  const organization = decodeURIComponent(new URL(webUrl).pathname.split('/')[1] ?? '');
  return { webUrl, organization };
}

/** Reads what a call threw. What is no answer of a service at all is thrown on. */
export function problemOf(thrown: unknown): ProviderError {
  if (thrown instanceof ProviderFailure) return thrown.problem;
  if (thrown instanceof ZodError) return { code: 'NOT_AN_API_ANSWER' };
  if (thrown instanceof Refusal) return meaningOf(refusals, thrown.refused);
  throw thrown;
}

/** A page in place of an answer, or a redirect: the table knows those that ask people to sign in. Anything else is thrown as it came. */
export function throwPage(thrown: unknown, service: Service): never {
  if (!(thrown instanceof ProviderFailure) || thrown.status === undefined) throw thrown;
  const { problem, status, location } = thrown;
  const refused = { status, text: location, headers: new Headers(), reading: true, ...placeOf(service) };
  throw new ProviderFailure(explained(refusals, refused) ?? problem, status, location);
}
