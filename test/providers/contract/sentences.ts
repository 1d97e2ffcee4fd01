import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const text = readFileSync(join(__dirname, '../../../docs/provider-contract.md'), 'utf8');

/** The promises of `docs/provider-contract.md` by their numbers, in order. */
export const sentences: ReadonlyMap<number, string> = new Map(
  [...text.matchAll(/^(\d+)\. (.+)$/gm)].map(([, number, promise]) => [Number(number), promise ?? '']),
);

/** The title of the test of one promise: the promise itself. */
export function sentence(number: number): string {
  const promise = sentences.get(number);
  if (promise === undefined) throw new Error(`docs/provider-contract.md has no sentence ${number}`);
  return `${number}. ${promise}`;
}
