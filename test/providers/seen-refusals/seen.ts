import type { Refused } from '../../../src/providers/refusals';

/** Texts seen from services, beside the text of each row: the public place that quotes it, or its name in the service's own code. */
export type Seen = [source: string, status: number, text: string, meaning: object, more?: Partial<Refused>];

export const said: unknown = expect.any(String);
/** A definite no that is shown in the service's own words. */
export const refused = (status: number) => ({ code: 'REQUEST_REFUSED', status, said });
