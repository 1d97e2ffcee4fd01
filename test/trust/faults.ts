import { faultHeader, wireFaults } from '../support/faulty-service';
import type { Step, Tap, Twist } from '../support/in-process';
import type { Stage } from '../support/stage';
import { contradictions, readyWhileRequired } from './consistency';
import { useCases, type Prepared, type UseCase } from './use-cases';

const kills: Record<string, Twist> = { 'kill-before': { kind: 'kill-before' }, 'kill-after': { kind: 'kill-after' } };
/** What Forge and Jira can do to a request; that they never answer is a kill, for the platform ends the invocation. */
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
  useCase: string;
  step: string;
  fault: string;
  /** `ok`, an error's code, or `killed`. */
  outcome: string;
  writes: number;
  /** What is wrong, by kind. */
  orphans: readonly string[];
  untyped?: string;
  lost?: string;
  timedOut: boolean;
};

const isBackground = (name: string): boolean => name.includes('the queue’s function') || name === 'uninstalling';

async function outcomeOf(run: Promise<any>, background: boolean): Promise<string> {
  try {
    const answer = await run;
    if (background || answer?.ok === true) return 'ok';
    return /^[A-Z][A-Z_]+$/.test(answer?.error?.code) ? (answer.error.code as string) : 'untyped';
  } catch (thrown) {
    const { code } = thrown as { code?: string };
    if (code === 'PLATFORM_CRASHED') return 'killed';
    if (code === 'PLATFORM_TIMEOUT') return 'timed out';
    // A function in the background has nobody to answer to: it throws, and is run again.
    return background && code === 'PLATFORM_APP_ERROR' ? 'threw' : 'untyped';
  }
}

/** Sets the stage, on an empty site. A machine that is busy may make it time out before anything is spoilt: then once more. */
async function prepare(stage: Stage, site: string, useCase: UseCase, n: number, tries = 3): Promise<Prepared> {
  try {
    return await useCase.prepare(stage, site, n);
  } catch (thrown) {
    if (tries <= 1) throw thrown;
    stage.app.entries.clear(site);
    return prepare(stage, site, useCase, n, tries - 1);
  }
}

/** One use case, spoilt at one step in one way, on a site that is empty before and after. */
async function spoil(
  stage: Stage,
  site: string,
  useCase: UseCase,
  at: number,
  fault: string,
  twist: Twist,
  n: number,
): Promise<Case> {
  const prepared = await prepare(stage, site, useCase, n);
  const background = isBackground(useCase.name);
  let writes = 0;
  let step = '';
  const tap: Tap = (now, index) => {
    if (now.to === 'service' && now.writes) writes++;
    if (index !== at) return undefined;
    step = `${now.to} ${now.what.split(' ')[0]}`;
    return twist;
  };
  const outcome = await outcomeOf(prepared.run(tap), background);
  const orphans = contradictions(stage, site);
  const missing = outcome === 'ok' ? await prepared.missing?.() : undefined;
  const again = await outcomeOf(
    prepared.run(() => undefined),
    background,
  );
  const lost = missing ?? (await prepared.wrongAfter(outcome === 'ok'));
  orphans.push(...contradictions(stage, site), ...readyWhileRequired(stage, site));
  stage.app.entries.clear(site);
  const untyped = [outcome, again].find((one) => one === 'untyped');
  return {
    useCase: useCase.name,
    step,
    fault,
    outcome,
    writes,
    orphans,
    timedOut: outcome === 'timed out',
    ...(untyped === undefined ? {} : { untyped: `${outcome}, then ${again}` }),
    ...(lost === undefined ? {} : { lost }),
  };
}

type Plan = { useCase: UseCase; at: number; fault: string; twist: Twist };

/** Every step of a use case that goes well, each with everything that can happen there. */
async function planFor(stage: Stage, site: string, useCase: UseCase, n: number): Promise<Plan[]> {
  const prepared = await prepare(stage, site, useCase, n);
  const steps: Step[] = [];
  await prepared.run((step) => void steps.push(step));
  await stage.app.settle();
  stage.app.entries.clear(site);
  return steps.flatMap((step, at) =>
    Object.entries(twistsAt(step)).map(([fault, twist]) => ({ useCase, at, fault, twist })),
  );
}

/** Spoils the use cases at each step in each way, as many at a time as the stage has sites. */
export async function spoilEverything(
  stage: Stage,
  chosen: readonly UseCase[] = useCases,
  isWanted: (fault: string) => boolean = () => true,
): Promise<Case[]> {
  const sites = stage.sites.map(({ id }) => id);
  let n = 0;
  const plans: Plan[] = [];
  for (const useCase of chosen) plans.push(...(await planFor(stage, sites[0] ?? '', useCase, n++)));
  const todo = plans.filter(({ fault }) => isWanted(fault));
  // What waits for a deadline goes first, so that it waits beside the others.
  todo.sort((a, b) => Number(a.fault !== 'hang-after') - Number(b.fault !== 'hang-after'));
  const cases: Case[] = [];
  const work = async (site: string): Promise<void> => {
    for (let plan = todo.shift(); plan !== undefined; plan = todo.shift())
      cases.push(await spoil(stage, site, plan.useCase, plan.at, plan.fault, plan.twist, n++));
  };
  await Promise.all(sites.map(work));
  return cases;
}
