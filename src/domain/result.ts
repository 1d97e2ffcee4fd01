/** The outcome of everything that can fail: an error is data, it is never thrown across a wall. */
export type Result<Value, Problem> = { ok: true; value: Value } | { ok: false; error: Problem };

/** The outcome of what went well. */
export function ok<Value>(value: Value): { ok: true; value: Value } {
  return { ok: true, value };
}

/** The outcome of what did not; `error` is data, never an exception. */
export function fail<Problem>(error: Problem): { ok: false; error: Problem } {
  return { ok: false, error };
}
