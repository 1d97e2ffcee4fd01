import { invoke } from '@forge/bridge';
import type { AnswerOf, Answers, CallOf, PayloadOf, Surface } from '../../src/contract/answers';
import type { PageError } from '../../src/contract/errors';

const internal: PageError = { code: 'INTERNAL', params: {} };

/** Answers that were asked for before a component wanted them; the first that does gets them. */
const ahead = new Map<string, Promise<unknown>>();

/** Asks while the page is still on its way, for a `call` to come with the same words. */
export function callAhead<S extends Surface, C extends CallOf<S>>(
  _surface: S,
  name: C,
  payload: PayloadOf<S, C>,
): void {
  const asked = ask(name, payload);
  // Whoever calls hears of it.
  asked.catch(() => undefined);
  ahead.set(keyOf(name, payload), asked);
}

function ask(name: string, payload: unknown): Promise<unknown> {
  return invoke(name, payload as Record<string, unknown>);
}

function keyOf(name: string, payload: unknown): string {
  return JSON.stringify([name, payload]);
}

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
    const key = keyOf(name, payload);
    const asked = ahead.get(key);
    ahead.delete(key);
    const answer = await (asked ?? ask(name, payload));
    return isAnswer<C>(answer) ? answer : { ok: false, error: internal };
  } catch (cause) {
    return { ok: false, error: /timed? ?out/i.test(String(cause)) ? { code: 'TIMEOUT', params: {} } : internal };
  }
}

function isAnswer<C extends keyof Answers>(answer: unknown): answer is AnswerOf<C> {
  return typeof answer === 'object' && answer !== null && 'ok' in answer;
}
