import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sentences } from './sentences';

/** The numbers of the sentences that the tests in this folder prove, in order. */
function named(): number[] {
  return readdirSync(__dirname)
    .filter((file) => !file.startsWith('sentences.'))
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => [...readFileSync(join(__dirname, file), 'utf8').matchAll(/\bsentence\((\d+)\)/g)])
    .map(([, number]) => Number(number))
    .sort((one, other) => one - other);
}

describe('The contract of the providers', () => {
  it('is numbered from one on', () => {
    expect([...sentences.keys()]).toEqual(Array.from(sentences, (_, index) => index + 1));
    expect(sentences.size).toBeGreaterThan(50);
  });

  it('says in each sentence how binding it is', () => {
    expect([...sentences.values()].filter((promise) => !/\b(MUST|SHOULD)\b/.test(promise))).toEqual([]);
  });

  it('has one test for each sentence, and no test for any other', () => {
    expect(named()).toEqual([...sentences.keys()]);
  });
});
