import { Refusal } from '../../git-host/api.ts';

/** GitHub's shape of a refusal. Its documentation is that of the request, unless `more` names another. */
export const refuse = (
  status: number,
  message: string,
  more: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): Refusal => new Refusal({ status, body: { message, ...more, status: String(status) }, headers });

export const notFound = (): Refusal => refuse(404, 'Not Found');

/** The refusal of a request that only the real service knows. It names what is missing, so that nobody takes silence for an answer. */
export const notModelled = (what: string): Refusal => refuse(501, `Not modelled by the simulated GitHub: ${what}`);

/** A 422 with GitHub's list of errors. */
export const validationFailed = (errors: readonly object[]): Refusal => refuse(422, 'Validation Failed', { errors });
