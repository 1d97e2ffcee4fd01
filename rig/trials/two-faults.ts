import type { Stage } from '../stage';
import { contradictions, readyWhileRequired } from './consistency';
import type { Prepared } from './use-cases';
import { inTurns, isBackground, outcomeOf, striking, type Plan } from './faults';

export type PairCase = {
  /** `create-branch, reset at storage writing` of each. */
  acts: readonly [string, string];
  outcomes: readonly [string, string];
  struck: readonly [boolean, boolean];
  /** The problem in words. */
  wrong: readonly string[];
};

/** The result on the shared site counts for the use case that it belongs to. */
const ofItself = /^(create-branch|delete-branch|create-pull-request)/;
const ends = /^(disconnect|uninstalling|erase-tokens|reporting|remove-token)/;

const named = ({ useCase, fault, kind, nth }: Plan): string => `${useCase.name}, ${fault} at ${kind} (${nth})`;

/** Two use cases at the same time on one site, each spoilt at one step in one way; then both once more, unspoilt. */
async function spoilTwo(plans: readonly [Plan, Plan], site: string, n: () => number): Promise<PairCase | undefined> {
  const [{ stage }] = plans;
  const both: { plan: Plan; prepared: Prepared; background: boolean; strike: ReturnType<typeof striking> }[] = [];
  for (const plan of plans) {
    const prepared = await plan.useCase.prepare(stage, site, n());
    if (prepared === undefined) return undefined;
    both.push({ plan, prepared, background: isBackground(plan.useCase.name), strike: striking(plan) });
  }
  const run = (spoilt: boolean): Promise<string[]> =>
    Promise.all(
      both.map(({ prepared, background, strike }) =>
        outcomeOf(prepared.run(spoilt ? strike.tap : () => undefined), background),
      ),
    );
  const outcomes = await run(true);
  const wrong = contradictions(stage, site);
  const again = await run(false);
  wrong.push(...contradictions(stage, site));
  const isRequired = plans.some(({ useCase }) =>
    /ready-credentials|site-settings|update-integration/.test(useCase.name),
  );
  // A copy can exist until its queue has run, if somebody requires tokens meanwhile.
  if (!isRequired) wrong.push(...readyWhileRequired(stage, site));
  for (const [index, { plan, prepared, strike }] of both.entries()) {
    const [first, second] = [outcomes[index] ?? '', again[index] ?? ''];
    if (strike.writes() > 1) wrong.push(`${plan.useCase.name}: ${strike.writes()} writes`);
    if ([first, second].includes('untyped')) wrong.push(`${plan.useCase.name}: an untyped answer`);
    if (first === 'timed out') wrong.push(`${plan.useCase.name}: no answer in time`);
    const other = both[1 - index]?.plan.useCase.name ?? '';
    if (!ofItself.test(plan.useCase.name) || ends.test(other) || isRequired) continue;
    const lost = await prepared.wrongAfter(first === 'ok').catch(() => undefined);
    if (lost !== undefined && second !== 'TIMEOUT')
      wrong.push(`${plan.useCase.name}: ${lost}, ${first} then ${second}`);
  }
  stage.app.entries.clear(site);
  for (const { prepared } of both) if (prepared.branch !== undefined) await stage.forget(prepared.branch);
  const [one, other] = plans;
  return {
    acts: [named(one), named(other)],
    outcomes: [outcomes[0] ?? '', outcomes[1] ?? ''],
    struck: [both[0]?.strike.struck() ?? false, both[1]?.strike.struck() ?? false],
    wrong: [...new Set(wrong)],
  };
}

/** Pairs of plans, so many of each two use cases, chosen by `random`. Plans that wait for a deadline are left out. */
export async function spoilPairs(
  stage: Stage,
  plans: readonly Plan[],
  options: { each: number; random: () => number; onProgress?: (done: number, all: number) => void },
): Promise<PairCase[]> {
  const usable = plans.filter(({ stage: at, fault }) => at.name === stage.name && !/hang|slow/.test(fault));
  const byName = Map.groupBy(usable, ({ useCase }) => useCase.name);
  const names = [...byName.keys()];
  const pick = (name: string): Plan | undefined => {
    const some = byName.get(name) ?? [];
    return some[Math.floor(options.random() * some.length)];
  };
  const pairs = names.flatMap((one, index) =>
    names
      .slice(index)
      .flatMap((other) =>
        Array.from({ length: options.each }, () => [pick(one), pick(other)] as const).flatMap(([a, b]) =>
          a === undefined || b === undefined ? [] : [[a, b] as const],
        ),
      ),
  );
  let count = 1_000_000;
  const done: PairCase[] = [];
  await inTurns(
    stage.sites.slice(0, 6).map(({ id }) => id),
    pairs,
    async (pair, site) => {
      const result = await spoilTwo(pair, site, () => count++);
      if (result !== undefined) done.push(result);
      options.onProgress?.(done.length, pairs.length);
    },
  );
  return done;
}
