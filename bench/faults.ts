import { parseArgs } from 'node:util';
import {
  type Case,
  openStage,
  type Plan,
  randomFrom,
  serviceNames,
  spoilEverything,
  spoilPairs,
  useCases,
} from '../rig/index.ts';
import { appBundle, endAfter } from './app-bundle.ts';
import { report } from './figures.ts';

endAfter(40);
const args = process.argv.slice(2);
const text = { type: 'string' } as const;
const { values } = parseArgs({ args, options: { only: text, 'use-cases': text, pairs: text }, strict: false });
/** `--only gitlab,codecommit` for these services, `--use-cases token,default` for those with one of these in their name. */
const list = (value: unknown): string[] | undefined => (typeof value === 'string' ? value.split(',') : undefined);
const services = serviceNames.filter((name) => list(values.only)?.includes(name) ?? true);
const chosen = useCases.filter(({ name }) => list(values['use-cases'])?.some((part) => name.includes(part)) ?? true);
if (services.length === 0 || chosen.length === 0)
  throw new Error(`Nothing to do. Services: ${serviceNames.join(', ')}`);

/** `--pairs N`: so many of each two use cases are spoilt at the same time. */
const eachPair = args.includes('--pairs') ? Number(values['pairs']) : 3;

const started = performance.now();
const sites = Array.from({ length: 48 }, (_, index) => `site-${index}`);
const stage = await openStage({ load: appBundle, sites, services, faulty: true });
const minutes = (): string => ((performance.now() - started) / 60_000).toFixed(1);
const plans: Plan[] = [];
const cases = await spoilEverything(
  services.map((name) => stage.at(name)),
  chosen,
  undefined,
  (done, all) => {
    if (done % 200 === 0 || done === all) process.stderr.write(`${done} of ${all} after ${minutes()} minutes\n`);
  },
  (chosenPlans) => plans.push(...chosenPlans),
);
const [firstService = 'github'] = services;
const pairs = await spoilPairs(stage.at(firstService), plans, {
  each: eachPair,
  random: randomFrom(20261130),
  onProgress: (done, all) => {
    if (done % 200 === 0 || done === all) process.stderr.write(`${done} of ${all} pairs after ${minutes()} minutes\n`);
  },
});
for (const { acts, outcomes, wrong } of pairs.filter(({ wrong: some }) => some.length > 0))
  process.stderr.write(`${acts.join(' and ')}: ${outcomes.join(', ')}; ${wrong.join('; ')}\n`);
await stage.close();

const count = (isSo: (one: Case) => boolean, some: readonly Case[] = cases): number => some.filter(isSo).length;
const isWrong = ({ orphans, writes, untyped, lost, timedOut, unjudged }: Case): boolean =>
  orphans.length > 0 || writes > 1 || [untyped, lost, unjudged].some((one) => one !== undefined) || timedOut;
for (const { service, useCase, step, fault, outcome, orphans, writes, untyped, lost, unjudged } of cases.filter(
  isWrong,
)) {
  const what = [...orphans, `${writes} writes`, untyped, lost, unjudged].filter(Boolean).join('; ');
  process.stderr.write(`${service}, ${useCase}, ${fault} at ${step}: ${outcome}; ${what}\n`);
}
const summary = (some: readonly Case[]) => ({
  combinations: some.length,
  killed: count(({ outcome }) => outcome === 'killed', some),
  ok: count(({ outcome }) => outcome === 'ok', some),
  'wrong or not judged': count(isWrong, some),
  'tried again': count(({ repeated }) => repeated, some),
});
if (!args.includes('--json')) {
  for (const [service, itsOwn] of Map.groupBy(cases, (one) => one.service)) {
    console.log(service);
    const rows = [...Map.groupBy(itsOwn, ({ useCase }) => useCase)].map(([name, some]) => [name, summary(some)]);
    console.table(Object.fromEntries([...rows, ['all of it', summary(itsOwn)]]));
  }
  console.log(
    `${pairs.length} pairs of spoilt actions at the same time, ${pairs.filter(({ struck }) => struck.every(Boolean)).length} of them struck twice`,
  );
  console.log(`${cases.length} combinations of service, use case, step and fault in ${minutes()} minutes`);
}
report(
  [
    { name: 'faults/orphans', value: count(({ orphans }) => orphans.length > 0), unit: 'combinations' },
    { name: 'faults/duplicate-writes', value: count(({ writes }) => writes > 1), unit: 'combinations' },
    { name: 'faults/untyped-answers', value: count(({ untyped }) => untyped !== undefined), unit: 'combinations' },
    { name: 'faults/lost-or-doubled', value: count(({ lost }) => lost !== undefined), unit: 'combinations' },
    { name: 'faults/deadlines-missed', value: count(({ timedOut }) => timedOut), unit: 'combinations' },
    { name: 'faults/pairs-wrong', value: pairs.filter(({ wrong }) => wrong.length > 0).length, unit: 'pairs' },
    { name: 'faults/not-judged', value: count(({ unjudged }) => unjudged !== undefined), unit: 'combinations' },
  ],
  args,
);
process.exit();
