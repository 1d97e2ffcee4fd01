import { ZodError } from 'zod';
import type { ProviderError } from '../../domain/errors';
import { meaningOf } from '../refusals';
import { ProviderFailure } from '../transport';
import { refusals } from './refusals';

type Answer = {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: unknown;
  reading: boolean;
  webUrl: string;
};

/** An answer of GitLab's that is no success. Holds nothing of the request, so no token either. */
export class ServiceRefusal extends Error {
  override name = 'ServiceRefusal' as const;

  readonly answer: Answer;

  constructor(answer: Answer) {
    super(`GitLab answered ${answer.status}`);
    this.answer = answer;
  }
}

/** Reads what a call threw; what is no answer at all is thrown on. */
export function problemOf(thrown: unknown): ProviderError {
  if (thrown instanceof ProviderFailure) return thrown.problem;
  if (thrown instanceof ZodError) return { code: 'NOT_AN_API_ANSWER' };
  if (!(thrown instanceof ServiceRefusal)) throw thrown;
  const { headers, body, ...rest } = thrown.answer;
  return meaningOf(refusals, { ...rest, headers: new Headers(headers), text: textOf(body) });
}

/** All that GitLab says in `message` (a text, a list, or lists by field), `error` and `error_description`. */
function textOf(body: unknown): string {
  if (typeof body !== 'object' || body === null) return '';
  const { message, error, error_description } = body as Record<string, unknown>;
  return [message, error, error_description].map(said).filter(Boolean).join('\n');
}

function said(part: unknown): string {
  if (typeof part === 'string' || Array.isArray(part)) return listed(part);
  return Object.entries(part ?? {})
    .map(([field, inner]) => [field, listed(inner)])
    .filter(([, words]) => words !== '')
    .map((pair) => pair.join(' '))
    .join('\n');
}

/** Not deeper than GitLab's own lists: what is inside of them may be anything. */
function listed(part: unknown): string {
  return [part]
    .flat()
    .filter((text) => typeof text === 'string')
    .join('\n');
}

/** The number of the merge request that is in the way: `… for this source branch: !7`. */
export function existingNumber(thrown: unknown): number | undefined {
  if (!(thrown instanceof ServiceRefusal) || problemOf(thrown).code !== 'PULL_REQUEST_EXISTS') return undefined;
  const number = /!(\d{1,9})\b/.exec(textOf(thrown.answer.body).slice(0, 2_000))?.[1];
  return number === undefined ? undefined : Number(number);
}
