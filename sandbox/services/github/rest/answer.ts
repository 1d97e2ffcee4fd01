/** What a REST call answers; `body` becomes JSON, none is an empty body. */
export type Answer = { status: number; body?: unknown; headers?: Record<string, string> };

/** A refusal on its way to the caller: thrown by whoever notices, turned into GitHub's JSON in one place. */
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

/** What the real service knows and this one does not: said aloud, so that nobody builds on silence. */
export const notModelled = (what: string): Refusal => new Refusal(501, `Not modelled by the simulated GitHub: ${what}`);

/** A 422 with GitHub's list of what is wrong. */
export const validationFailed = (errors: readonly object[]): Refusal =>
  new Refusal(422, 'Validation Failed', { more: { errors } });
