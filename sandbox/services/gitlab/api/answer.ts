/** What an API call answers; `body` becomes JSON, none is an empty body. */
export type Answer = { status: number; body?: unknown; headers?: Record<string, string> };

/** A refusal on its way to the caller: thrown by whoever notices, written out in one place. `body` is all of the JSON. */
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

/** A parameter is missing or wrong: the key is `error` then. */
export const badParameter = (error: string): Refusal => new Refusal(400, { error });

/** What the real service knows and this one does not: said aloud, so that nobody builds on silence. */
export const notModelled = (what: string): Refusal => refuse(501, `Not modelled by the simulated GitLab: ${what}`);
