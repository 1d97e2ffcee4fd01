import { Refusal } from '../../git-host/api.ts';

/** GitLab's usual shape of a refusal. */
export const refuse = (status: number, message: unknown): Refusal => new Refusal({ status, body: { message } });

export const forbidden = (): Refusal => refuse(403, '403 Forbidden');

/** The refusal with an OAuth error. */
export const refuseAs = (status: number, error: string, description: string, more: object = {}): Refusal =>
  new Refusal({ status, body: { error, error_description: description, ...more } });

/** The refusal of a missing or wrong parameter: its key is `error`. */
export const badParameter = (error: string): Refusal => new Refusal({ status: 400, body: { error } });

/** The refusal of a request that only the real service knows. It names what is missing, so that nobody takes silence for an answer. */
export const notModelled = (what: string): Refusal => refuse(501, `Not modelled by the simulated GitLab: ${what}`);
