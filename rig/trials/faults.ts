import { faultHeader, wireFaults } from '../faulty-service';
import type { Step, Tap, Twist } from 'local-forge';
import type { Stage } from '../stage';
import { contradictions, readyWhileRequired } from './consistency';
import { useCases, type Prepared, type UseCase } from './use-cases';

const kills: Record<string, Twist> = { 'kill-before': { kind: 'kill-before' }, 'kill-after': { kind: 'kill-after' } };
/** The faults of Forge and Jira. A missing answer is a kill, because the platform ends the invocation. */
const platformTwists: Record<string, Twist> = {
  ...kills,
  slow: { kind: 'slow', ms: 50 },
  reset: { kind: 'reset' },
  'status-429': { kind: 'answer', status: 429 },
  'status-500': { kind: 'answer', status: 500 },
};
const serviceTwists: Record<string, Twist> = {
  ...kills,
  ...Object.fromEntries(
    wireFaults.map((value): [string, Twist] => [value, { kind: 'header', name: faultHeader, value }]),
  ),
};

const twistsAt = (step: Step): Record<string, Twist> => (step.to === 'service' ? serviceTwists : platformTwists);

export type Case = {
  service: string;
  useCase: string;
  step: string;
  fault: string;
  /** `ok`, an error's code, or `killed`. */
  outcome: string;
  /** How often the same change was requested at the service. */
  writes: number;
  /** The problems, by kind. */
  orphans: readonly string[];
  untyped?: string;
  lost?: string;
  timedOut: boolean;
  /** Why the case has no result: the fault never struck, or an unspoilt part took too long. */
  unjudged?: string;
  /** It was repeated alone. */
  repeated: boolean;
};

export const isBackground = (name: string): boolean =>
  /the queue’s function|the daily trigger|^uninstalling$/.test(name);

export async function outcomeOf(run: Promise<any>, background: boolean): Promise<string> {
  try {
    const answer = await run;
    if (background || answer?.ok === true) return 'ok';
    return /^[A-Z][A-Z_]+$/.test(answer?.error?.code) ? (answer.error.code as string) : 'untyped';
  } catch (thrown) {
    const { code } = thrown as { code?: string };
    if (code === 'PLATFORM_CRASHED') return 'killed';
    if (code === 'PLATFORM_TIMEOUT') return 'timed out';
    // A background function has no caller: it throws, and runs again.
    return background && code === 'PLATFORM_APP_ERROR' ? 'threw' : 'untyped';
  }
}

function next(counts: Map<string, number>, key: string): number {
  const count = (counts.get(key) ?? 0) + 1;
  counts.set(key, count);
  return count;
}

/** A step's kind. Requests at the same time come in any order, so a plan names the second `GET`, not the fifth step. */
const kindOf = ({ to, what, writes }: Step): string => `${to} ${what.split(' ')[0]}${writes ? ', writing' : ''}`;

export type Plan = { stage: Stage; useCase: UseCase; kind: string; nth: number; fault: string; twist: Twist };

const hangs = ({ fault }: { fault: string }): boolean => fault === 'hang-after';

/** Answers to unspoilt calls that only a busy machine explains. */
const tooSlow = (outcome: string): boolean =>
  ['timed out', 'TIMEOUT', 'JIRA_UNAVAILABLE', 'STORAGE_UNAVAILABLE'].includes(outcome);

/** The tap of a plan: it strikes once, and counts requested changes at a service. */
export function striking(plan: Plan) {
  const changes = new Map<string, number>();
  const seen = new Map<string, number>();
  let struck = false;
  const tap: Tap = (now) => {
    if (now.to === 'service' && now.writes) next(changes, now.what);
    const kind = kindOf(now);
    const nth = next(seen, kind);
    if (struck || kind !== plan.kind || nth !== plan.nth) return undefined;
    struck = true;
    return plan.twist;
  };
  return { tap, struck: () => struck, writes: () => Math.max(0, ...changes.values()) };
}

/** One use case, spoilt at one step in one way, on a site that is empty before and after. */
async function spoil(plan: Plan, site: string, n: number): Promise<Case> {
  const { stage, useCase, fault } = plan;
  const prepared = await useCase.prepare(stage, site, n);
  if (prepared === undefined) throw new Error(`${stage.name} has no ${useCase.name}`);
  const background = isBackground(useCase.name);
  const { tap, struck, writes } = striking(plan);
  const outcome = await outcomeOf(prepared.run(tap), background);
  const orphans = contradictions(stage, site);
  const missing = outcome === 'ok' ? await prepared.missing?.() : undefined;
  const again = await outcomeOf(
    prepared.run(() => undefined),
    background,
  );
  const after = await afterAll(prepared, outcome === 'ok');
  const lost = missing ?? after.wrong;
  orphans.push(...contradictions(stage, site), ...readyWhileRequired(stage, site));
  stage.app.entries.clear(site);
  if (prepared.branch !== undefined) await stage.forget(prepared.branch);
  const untyped = [outcome, again].find((one) => one === 'untyped');
  const unjudged = !struck()
    ? 'the fault never struck'
    : tooSlow(again)
      ? `then ${again}`
      : outcome === 'TIMEOUT' && !hangs(plan)
        ? 'too slow'
        : after.unknown;
  return {
    service: stage.name,
    useCase: useCase.name,
    step: plan.kind,
    fault,
    outcome,
    writes: writes(),
    orphans,
    timedOut: outcome === 'timed out',
    ...(untyped === undefined ? {} : { untyped: `${outcome}, then ${again}` }),
    ...(lost === undefined ? {} : { lost }),
    ...(unjudged === undefined ? {} : { unjudged }),
    repeated: false,
  };
}

async function afterAll(prepared: Prepared, acknowledged: boolean): Promise<{ wrong?: string; unknown?: string }> {
  try {
    const wrong = await prepared.wrongAfter(acknowledged);
    return wrong === undefined ? {} : { wrong };
  } catch (thrown) {
    return { unknown: (thrown as Error).message };
  }
}

/**
 * A busy machine is no fault of the app, and must hide none: a case that took too long is repeated alone.
 * Problems that do not depend on time (a secret that nothing leads to, a second write) count in any case.
 */
async function repeat(first: Case, plan: Plan, site: string, n: () => number): Promise<Case> {
  let last = first;
  for (let tries = 0; tries < 2 && (last.unjudged !== undefined || last.timedOut); tries++) {
    const { orphans, writes, untyped } = last;
    const now = await spoil(plan, site, n());
    last = {
      ...(untyped !== undefined && { untyped }),
      ...now,
      orphans: [...orphans, ...now.orphans],
      writes: Math.max(writes, now.writes),
      repeated: true,
    };
  }
  return last;
}

/**
 * Every step of a use case without a fault, each with everything that can happen there. GitHub represents all services for steps to Forge
 * and Jira: that code knows the services only by their port. At the others each step to the service is spoilt, and
 * at the only service that has something, every step.
 */
async function planFor(stage: Stage, site: string, useCase: UseCase, n: number, tries = 5): Promise<Plan[]> {
  const prepared = await useCase.prepare(stage, site, n);
  if (prepared === undefined) return [];
  const steps: Step[] = [];
  const outcome = await outcomeOf(
    prepared.run((step) => void steps.push(step)),
    isBackground(useCase.name),
  );
  stage.app.entries.clear(site);
  if (prepared.branch !== undefined) await stage.forget(prepared.branch);
  if (outcome !== 'ok' && tries > 1) return planFor(stage, site, useCase, n, tries - 1);
  if (outcome !== 'ok') throw new Error(`${stage.name}: ${useCase.name} does not even go well by itself: ${outcome}`);
  const seen = new Map<string, number>();
  return steps.flatMap((step) => {
    const kind = kindOf(step);
    const nth = next(seen, kind);
    if (stage.name !== (useCase.only ?? 'github') && step.to !== 'service') return [];
    return Object.entries(twistsAt(step)).map(([fault, twist]) => ({ stage, useCase, kind, nth, fault, twist }));
  });
}

/** The number of cases that keep two cores busy; more would only be slower. */
const AT_ONCE = 6;

export async function inTurns<Item>(
  sites: readonly string[],
  items: readonly Item[],
  work: (item: Item, site: string) => Promise<void>,
): Promise<void> {
  const left = [...items];
  const take = async (site: string): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item, site);
  };
  await Promise.all(sites.map(take));
}

/**
 * Spoils the use cases at each step in each way. Cases that wait for a deadline have sites of their own, many at a time, and
 * cost the others nothing. All stages are one, each at another service.
 */
export async function spoilEverything(
  stages: readonly Stage[],
  chosen: readonly UseCase[] = useCases,
  isWanted: (fault: string, service: string) => boolean = () => true,
  onProgress: (done: number, all: number) => void = () => undefined,
  onPlans: (plans: readonly Plan[]) => void = () => undefined,
  onlyPlans = false,
): Promise<Case[]> {
  const sites = stages[0]?.sites.map(({ id }) => id) ?? [];
  const working = sites.slice(0, AT_ONCE);
  const waiting = sites.length > AT_ONCE ? sites.slice(AT_ONCE) : working;
  let count = 0;
  const n = (): number => count++;
  const plans: Plan[] = [];
  const pairs = stages.flatMap((stage) => chosen.map((useCase) => ({ stage, useCase })));
  await inTurns(working, pairs, async ({ stage, useCase }, site) => {
    plans.push(...(await planFor(stage, site, useCase, n())));
  });
  const todo = plans.filter(({ fault, stage }) => isWanted(fault, stage.name));
  onPlans(todo);
  if (onlyPlans) return [];
  const done: { plan: Plan; result: Case }[] = [];
  const work = async (plan: Plan, site: string): Promise<void> => {
    done.push({ plan, result: await spoil(plan, site, n()) });
    onProgress(done.length, todo.length);
  };
  await Promise.all([
    inTurns(waiting, todo.filter(hangs), work),
    inTurns(
      working,
      todo.filter((plan) => !hangs(plan)),
      work,
    ),
  ]);
  const cases: Case[] = [];
  for (const { plan, result } of done) cases.push(await repeat(result, plan, sites[0] ?? '', n));
  return cases;
}
