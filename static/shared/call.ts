import { invoke } from '@forge/bridge';
import type { AnswerOf, Answers, CallOf, PayloadOf, Surface } from '../../src/contract/answers';
import { keepPause, pauseOf } from './pauses';
import { internal, platformError } from './platform-error';
import { keepTicket, ticketFor } from './tickets';

/** Answers that were requested before a component wanted them; the first that does gets them. */
const ahead = new Map<string, Promise<unknown>>();

/** Asks while the page is still on its way, for a `call` to come with the same words. */
export function callAhead<S extends Surface, C extends CallOf<S>>(
  _surface: S,
  name: C,
  payload: PayloadOf<S, C>,
): void {
  const asked = ask(name, payload);
  // The caller gets the rejection.
  asked.catch(() => undefined);
  ahead.set(keyOf(name, payload), asked);
}

/** An issue's ticket goes with each call about it; of a surface that knows no issue no payload has one. */
function ask(name: string, payload: unknown): Promise<unknown> {
  const issueKey = issueKeyOf(payload);
  const ticket = issueKey === undefined ? undefined : ticketFor(issueKey);
  return invoke(name, { ...(payload as Record<string, unknown>), ...(ticket !== undefined && { ticket }) });
}

function keyOf(name: string, payload: unknown): string {
  return JSON.stringify([name, payload]);
}

/**
 * Asks the backend. Never throws: a platform failure (the function ran out of time, the network broke, the answer is not ours)
 * is an error like any other. A call that has to wait is not sent again before its time.
 *
 * `surface` only chooses the types; the platform sends the call to the resolver of the page's module.
 */
export async function call<S extends Surface, C extends CallOf<S>>(
  _surface: S,
  name: C,
  payload: PayloadOf<S, C>,
): Promise<AnswerOf<C>> {
  const paused = pauseOf(name);
  if (paused !== undefined) return { ok: false, error: paused };
  const answer = await answerTo<C>(name, payload);
  if (!answer.ok) keepPause(name, answer.error);
  return answer;
}

async function answerTo<C extends keyof Answers>(name: C, payload: unknown): Promise<AnswerOf<C>> {
  try {
    const key = keyOf(name, payload);
    const asked = ahead.get(key);
    ahead.delete(key);
    const answer = await (asked ?? ask(name, payload));
    if (!isAnswer<C>(answer)) return { ok: false, error: internal };
    const issueKey = issueKeyOf(payload);
    const { ticket } = (answer.ok ? answer.value : {}) as { ticket?: string };
    if (issueKey !== undefined && ticket !== undefined) keepTicket(issueKey, ticket);
    return answer;
  } catch (cause) {
    return { ok: false, error: platformError(String(cause)) };
  }
}

function issueKeyOf(payload: unknown): string | undefined {
  const { issueKey } = payload as { issueKey?: unknown };
  return typeof issueKey === 'string' ? issueKey : undefined;
}

function isAnswer<C extends keyof Answers>(answer: unknown): answer is AnswerOf<C> {
  return typeof answer === 'object' && answer !== null && 'ok' in answer;
}
