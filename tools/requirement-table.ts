import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stateOf, testNames, type TestName } from './test-names.ts';

/** A row of `docs/requirements.md`. */
export type Requirement = {
  id: string;
  asks: string;
  /** `FILE › describe › test`. */
  proofs: readonly string[];
  /** Why a proof is missing, whole or in part. */
  reason?: { kind: 'not done' | 'does not apply'; text: string };
};

export type State = 'proved' | 'in part' | 'not done' | 'does not apply';

/** All ids that need a row. References that are context only are left out. */
export const requirementIds: readonly string[] = [
  ...range('REQ', 96, []),
  ...range('REF', 100, [29, 56, 71, 73, 74, 86, 87, 90, 91, 93, 96, 97, 98]),
];

function range(prefix: string, last: number, without: readonly number[]): string[] {
  return Array.from({ length: last }, (_, at) => at + 1)
    .filter((number) => !without.includes(number))
    .map((number) => `${prefix}-${number}`);
}

/** The rows of all tables of the document whose first cell is an id. */
export function readRequirements(markdown: string): Requirement[] {
  return [...markdown.matchAll(/^\| *(RE[QF]-\d+) *\|(.*)\|(.*)\| *$/gm)].map(([, id = '', asks = '', answer = '']) => {
    const reason = /\*(not done|does not apply):\*\s*(.*)$/.exec(answer);
    return {
      id,
      asks: asks.trim(),
      proofs: [...answer.matchAll(/`(test\/[^`]+)`/g)].map(([, proof = '']) => proof),
      ...(reason && { reason: { kind: reason[1] as 'not done' | 'does not apply', text: (reason[2] ?? '').trim() } }),
    };
  });
}

/** The row's own claim; `problems` checks it. */
export function stateOfRow({ proofs, reason }: Requirement): State {
  if (!reason) return 'proved';
  return proofs.length > 0 ? 'in part' : reason.kind;
}

/**
 * The problems of the list, a sentence each: an id without a row, with two rows or unknown; a row with neither proof nor reason; a
 * proof that names no test of `root`, or one that is skipped.
 */
export function problems(rows: readonly Requirement[], ids: readonly string[], root: string): string[] {
  const files = new Map<string, readonly TestName[]>();
  const namesOf = (file: string) => {
    const path = join(root, file);
    const known = files.get(file) ?? (existsSync(path) ? testNames(path) : []);
    files.set(file, known);
    return known;
  };
  const ofProof = (proof: string): string[] => {
    const [file = '', ...path] = proof.split(' › ');
    if (path.length === 0) return [`${proof} names no test`];
    if (!existsSync(join(root, file))) return [`there is no ${file}`];
    const state = stateOf(path, namesOf(file));
    return state === 'runs' ? [] : [`${proof} is ${state}`];
  };
  const counted = new Map<string, number>();
  for (const { id } of rows) counted.set(id, (counted.get(id) ?? 0) + 1);
  return [
    ...ids.filter((id) => !counted.has(id)).map((id) => `${id}: has no row`),
    ...[...counted].filter(([, times]) => times > 1).map(([id]) => `${id}: has several rows`),
    ...rows.flatMap(({ id, asks, proofs, reason }) => [
      ...(ids.includes(id) ? [] : [`${id}: is not in the list of requirements`]),
      ...(asks === '' ? [`${id}: does not say what it asks`] : []),
      ...(proofs.length === 0 && !reason?.text ? [`${id}: has neither proof nor reason`] : []),
      ...proofs.flatMap(ofProof).map((problem) => `${id}: ${problem}`),
    ]),
  ];
}

/** The document's rows. */
export function requirementsOf(root: string): Requirement[] {
  return readRequirements(readFileSync(join(root, 'docs/requirements.md'), 'utf8'));
}
