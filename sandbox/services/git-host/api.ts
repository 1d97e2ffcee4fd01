/** The answer to a request of an API. `body` becomes JSON; without it, the answer has no body. */
export type Answer = { status: number; body?: unknown; headers?: Record<string, string> };

/** A refusal in the service's own shape: any code can throw it, and `answered` gives it out. */
export class Refusal extends Error {
  readonly answer: Answer & { body?: object };
  constructor(answer: Answer & { body?: object }) {
    super(JSON.stringify(answer.body) ?? '');
    this.answer = answer;
  }
}

/** The answer that a handler gives, or the refusal that it throws; `complete` adds to a refusal what only the caller knows. */
export async function answered(
  handle: () => Answer | Promise<Answer>,
  complete = (body: object): object => body,
): Promise<Answer> {
  try {
    return await handle();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { body } = error.answer;
    return { ...error.answer, ...(body && { body: complete(body) }) };
  }
}

/** An answer with the headers that all answers have. */
export function send({ status, body, headers }: Answer, type: string, always: Record<string, string>): Response {
  const content = body === undefined ? undefined : { 'content-type': type };
  const all = { ...always, ...content, ...headers };
  return new Response(body === undefined ? null : JSON.stringify(body), { status, headers: all });
}

/** The JSON object that a text is; undefined for every other text. */
export function objectIn(text: string): Record<string, unknown> | undefined {
  const value: unknown = isJson(text) ? JSON.parse(text) : undefined;
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Refuses parameters that are not modelled. The real service knows more of them. */
export function refuseUnknown(given: Iterable<string>, known: readonly string[], no: (what: string) => Refusal): void {
  for (const name of given) if (!known.includes(name)) throw no(`the parameter '${name}' of this call`);
}
