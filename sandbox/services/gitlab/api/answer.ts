/** The answer to a request. `body` becomes JSON; without it, the answer has no body. */
export type Answer = { status: number; body?: unknown; headers?: Record<string, string> };

/** A refusal: any code can throw it, and one place sends it. `body` is all of the JSON. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly headers: Record<string, string>;
  constructor(status: number, body: Record<string, unknown>, headers: Record<string, string> = {}) {
    super(JSON.stringify(body));
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

/** GitLab's usual shape of a refusal. */
export const refuse = (status: number, message: unknown): Refusal => new Refusal(status, { message });

export const forbidden = (): Refusal => refuse(403, '403 Forbidden');

/** The refusal of a missing or wrong parameter: its key is `error`. */
export const badParameter = (error: string): Refusal => new Refusal(400, { error });

/** The refusal of a request that only the real service knows. It names what is missing, so that nobody takes silence for an answer. */
export const notModelled = (what: string): Refusal => refuse(501, `Not modelled by the simulated GitLab: ${what}`);
