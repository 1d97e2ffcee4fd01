import { invoke } from '@forge/bridge';
import type { AnswerOf, Answers, CallOf, PayloadOf, Surface } from '../../src/contract/answers';
import type { PageError } from '../../src/contract/errors';

const internal: PageError = { code: 'INTERNAL', params: {} };

/**
 * Asks the backend. Never throws: a platform failure (the function ran out of time, the network broke, the answer is not ours)
 * is an error like any other.
 *
 * `surface` only chooses the types; the platform sends the call to the resolver of the module the page stands in.
 */
export async function call<S extends Surface, C extends CallOf<S>>(
  _surface: S,
  name: C,
  payload: PayloadOf<S, C>,
): Promise<AnswerOf<C>> {
  try {
    const answer: unknown = await invoke(name, payload as Record<string, unknown>);
    return isAnswer<C>(answer) ? answer : { ok: false, error: internal };
  } catch (cause) {
    return { ok: false, error: /timed? ?out/i.test(String(cause)) ? { code: 'TIMEOUT', params: {} } : internal };
  }
}

function isAnswer<C extends keyof Answers>(answer: unknown): answer is AnswerOf<C> {
  return typeof answer === 'object' && answer !== null && 'ok' in answer;
}
