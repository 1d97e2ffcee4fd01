/** The answer to a REST request. `body` becomes JSON; without it, the answer has no body. */
export type Answer = { status: number; body?: unknown; headers?: Record<string, string> };

/** A refusal: any code can throw it, and one place turns it into GitHub's JSON. */
export class Refusal extends Error {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly more: Record<string, unknown>;
  constructor(
    status: number,
    message: string,
    options: { headers?: Record<string, string>; more?: Record<string, unknown> } = {},
  ) {
    super(message);
    this.status = status;
    this.headers = options.headers ?? {};
    this.more = options.more ?? {};
  }
}

export const notFound = (): Refusal => new Refusal(404, 'Not Found');

/** The refusal of a request that only the real service knows. It names what is missing, so that nobody takes silence for an answer. */
export const notModelled = (what: string): Refusal => new Refusal(501, `Not modelled by the simulated GitHub: ${what}`);

/** A 422 with GitHub's list of errors. */
export const validationFailed = (errors: readonly object[]): Refusal =>
  new Refusal(422, 'Validation Failed', { more: { errors } });
