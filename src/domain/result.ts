/** The outcome of everything that can fail: an error is data, it is never thrown across a wall. */
export type Result<Value, Problem> = { ok: true; value: Value } | { ok: false; error: Problem };

export function ok<Value>(value: Value): { ok: true; value: Value } {
  return { ok: true, value };
}

export function fail<Problem>(error: Problem): { ok: false; error: Problem } {
  return { ok: false, error };
}
