import { readFileSync } from 'node:fs';

/** The promises of docs/provider-contract.md, by their numbers, in order. */
export function readSentences(root: string): ReadonlyMap<number, string> {
  const text = readFileSync(`${root}/docs/provider-contract.md`, 'utf8');
  return new Map([...text.matchAll(/^(\d+)\. (.+)$/gm)].map(([, number, promise = '']) => [Number(number), promise]));
}

export type Finding = { outcome: 'held' | 'broken' | 'not tried'; reason?: string };

const failing = 'needs a service that fails when it is told to; npm test tries it with the simulated ones';
const rule = 'needs a rule of the repository, which this tool does not make';

/** Sentences that one credential in one scratch repository can't try, with the reason. */
const OUT_OF_REACH: Readonly<Record<number, string>> = {
  ...Object.fromEntries([1, 3, 5, 6, 7, 8, 9, 63].map((number) => [number, failing])),
  12: 'needs the credential of somebody who may only read',
  14: 'needs an archived repository',
  27: 'needs a repository without commits',
  30: 'needs more than a hundred branches',
  39: rule,
  41: 'needs a repository without commits',
  47: rule,
  66: 'would send a message to somebody',
};

export type Findings = {
  held(number: number): void;
  broken(number: number, reason: string): void;
  /** Counts only without another finding. */
  untried(number: number, reason: string): void;
  /** Every sentence, in order. */
  all(): (Finding & { number: number; sentence: string })[];
};

/** The findings about every sentence: one break is enough. */
export function openFindings(sentences: ReadonlyMap<number, string>): Findings {
  const found = new Map<number, Finding>();
  const isBroken = (number: number) => found.get(number)?.outcome === 'broken';
  return {
    held: (number) => void (isBroken(number) || found.set(number, { outcome: 'held' })),
    broken: (number, reason) => void (isBroken(number) || found.set(number, { outcome: 'broken', reason })),
    untried: (number, reason) => void (found.has(number) || found.set(number, { outcome: 'not tried', reason })),
    all: () =>
      [...sentences].map(([number, sentence]) => ({
        number,
        sentence,
        ...(found.get(number) ?? { outcome: 'not tried', reason: OUT_OF_REACH[number] ?? 'the run ended before' }),
      })),
  };
}
