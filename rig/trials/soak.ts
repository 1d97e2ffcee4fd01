import type { Card } from '../../src/contract/views';
import { faultHeader, wireFaults } from '../faulty-service';
import type { Tap, Twist } from 'local-forge';
import type { Developer, Stage } from '../stage';
import type { ServiceName } from '../staged-services';
import { contradictions } from './consistency';
import { adminsOf } from './soak-admins';

const FAULTY_SHARE = 0.05;
/** The others think meanwhile: the simulated service and its git are one machine’s. */
const AT_ONCE = 10;

const twists: readonly Twist[] = [
  { kind: 'kill-before' },
  { kind: 'kill-after' },
  { kind: 'reset' },
  { kind: 'slow', ms: 50 },
  { kind: 'answer', status: 429 },
  { kind: 'answer', status: 500 },
  ...wireFaults.map((value): Twist => ({ kind: 'header', name: faultHeader, value })),
];

/** What people do, and how often out of 100. */
const habits = {
  'load-issue': 28,
  'create-branch': 26,
  'list-branches': 8,
  'list-cards': 6,
  'list-repositories': 6,
  'delete-branch': 8,
  'save-token': 6,
  'load-user-settings': 4,
  'check-branch-name': 4,
  'list-reviewers': 2,
  'save-default': 2,
} as const;
type Habit = keyof typeof habits;

export type Soaked = {
  actions: number;
  faults: number;
  /** Branches whose creation was answered with ok. */
  acknowledged: number;
  /** Calls of admins that were answered with ok. */
  decisions: number;
  outcomes: Readonly<Record<string, number>>;
  /** Actions, and branches whose creation was answered with ok, by service. */
  services: Readonly<Record<string, { actions: number; acknowledged: number }>>;
  problems: readonly string[];
};

type Made = {
  service: ServiceName;
  site: string;
  login: string;
  acknowledged: boolean;
  deletion: 'none' | 'tried' | 'done';
};

/**
 * People who all work at once, half of them on each site, each action in its turn and at any of the services; one in twenty is
 * spoilt at some step. Every fifth person has no token and acts as the integration account. A machine that is busy may make an action time out: it counts as
 * not acknowledged. Meanwhile two admins of each site rename, switch, require and disconnect. Then everything is compared with
 * their answers.
 */
export async function soak(
  stages: readonly Stage[],
  crowd: readonly Developer[],
  options: { actions: number; random: () => number; onProgress?: (done: number) => void },
): Promise<Soaked> {
  const { random } = options;
  const [first] = stages;
  if (first === undefined) throw new Error('There is no stage.');
  const { app, sites } = first;
  const integrations = new Map<string, string>();
  for (const { id } of sites)
    for (const stage of stages) integrations.set(`${id} ${stage.name}`, await stage.connect(id));
  const actions: Record<string, number> = {};
  const outcomes: Record<string, number> = {};
  const problems: string[] = [];
  const made = new Map<string, Made>();
  let started = 0;
  let done = 0;
  let faults = 0;

  const pick = (): Habit => {
    let at = random() * 100;
    for (const [habit, share] of Object.entries(habits)) if ((at -= share) < 0) return habit as Habit;
    return 'load-issue';
  };

  const siteOf = (index: number): string => sites[index % sites.length]?.id ?? '';
  /** Steps of the last of each kind that went well. */
  const lengths = new Map<string, number>();
  const waiting: (() => void)[] = [];
  let busy = 0;
  const free = async (): Promise<void> => {
    if (busy >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
    busy++;
  };
  const leave = (): void => {
    busy--;
    waiting.shift()?.();
  };

  const act = async (person: Developer, index: number, site: string, all: Map<string, string[]>): Promise<void> => {
    const stage = stages[Math.floor(random() * stages.length)] ?? first;
    const own = all.get(stage.name) ?? [];
    all.set(stage.name, own);
    const integrationId = integrations.get(`${site} ${stage.name}`) ?? '';
    const hasToken = index % 5 !== 0;
    const login = hasToken ? person.id : stage.bot;
    const habit = pick();
    if (habit === 'save-token' && !hasToken) return act(person, index, site, all);
    const name = habit === 'delete-branch' ? own.shift() : `DEMO-1-${person.id}-${started}`;
    if (name === undefined) return act(person, index, site, all);
    const spoiltAt = random() < FAULTY_SHARE ? Math.floor(random() * (lengths.get(`${stage.name} ${habit}`) ?? 1)) : -1;
    const twist = twists[Math.floor(random() * twists.length)];
    let spoilt = false;
    let steps = 0;
    const tap: Tap = (_, step) => {
      steps = step + 1;
      if (step !== spoiltAt) return undefined;
      spoilt = true;
      return twist;
    };
    const entry: Made = made.get(name) ?? {
      ...{ service: stage.name, site, login },
      ...{ acknowledged: false, deletion: 'none' },
    };
    if (habit === 'create-branch') made.set(name, entry);
    if (habit === 'delete-branch') entry.deletion = 'tried';
    const payload = {
      issueKey: 'DEMO-1',
      integrationId,
      repository: stage.repository,
      ...{ search: '', sourceBranch: 'main', name, branch: name },
      credential: stage.credentialOf(person.id),
    };
    const module = habit === 'load-user-settings' ? 'user-settings' : 'issue-context';
    await free();
    const outcome: string = await app.invoke({ site, as: person.id, module, call: habit, payload, tap }).then(
      (answer) => (answer.ok === true ? 'ok' : String(answer.error?.code)),
      (thrown: { code?: string }) => String(thrown.code),
    );
    leave();
    actions[stage.name] = (actions[stage.name] ?? 0) + 1;
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    if (!spoilt) lengths.set(`${stage.name} ${habit}`, steps);
    if (spoilt) faults++;
    else if (!mayHappen.includes(outcome) && !(habit === 'delete-branch' && outcome === 'BRANCH_MISSING'))
      problems.push(`${habit} by ${person.id} at ${stage.name} was not spoilt, but answered ${outcome}`);
    if (habit === 'create-branch' && outcome === 'ok') {
      entry.acknowledged = true;
      own.push(name);
    }
    if (habit === 'delete-branch' && outcome === 'ok') entry.deletion = 'done';
    if (spoilt && outcome === 'AUTH_INVALID')
      problems.push(`${habit} by ${person.id}: a fault was taken for a bad token`);
  };

  const work = async (person: Developer, index: number): Promise<void> => {
    const site = siteOf(index);
    const own = new Map<string, string[]>();
    while (started < options.actions) {
      started++;
      await act(person, index, site, own);
      done++;
      if (done % Math.ceil(options.actions / 10) === 0) options.onProgress?.(done);
    }
  };
  for (const [index, person] of crowd.entries()) {
    const site = siteOf(index);
    if (index % 5 === 0) continue;
    for (const stage of stages) await stage.saveToken(site, person.id, integrations.get(`${site} ${stage.name}`) ?? '');
  }
  const admins = sites.map(({ id }) =>
    adminsOf(
      id,
      stages.map((stage) => ({ stage, id: integrations.get(`${id} ${stage.name}`) ?? '', name: `acme-${stage.name}` })),
      { random, spoil: () => spoilOne(random) },
    ),
  );
  let isOver = false;
  await Promise.all([
    ...admins.map((one) => one.run(() => isOver)),
    Promise.all(crowd.map(work)).finally(() => (isOver = true)),
  ]);
  // A disconnected integration is erased once no invocation can know it any more.
  await app.settle({ hurry: true });
  for (const one of admins) problems.push(...(await one.judge()));

  const services: Record<string, { actions: number; acknowledged: number }> = {};
  const there = new Set<string>();
  for (const stage of stages) {
    const its = [...made].filter(([, { service }]) => service === stage.name);
    for (const branch of await stage.branches()) there.add(`${stage.name} ${branch}`);
    for (const [name, entry] of its) problems.push(...judge(stage, name, entry, there));
    const acknowledged = its.filter(([, one]) => one.acknowledged).length;
    services[stage.name] = { actions: actions[stage.name] ?? 0, acknowledged };
  }
  for (const { id } of sites) {
    problems.push(...contradictions(first, id));
    problems.push(...cardsWithoutBranch(first, id, made, there));
  }
  const acknowledged = [...made.values()].filter((one) => one.acknowledged).length;
  const decisions = admins.reduce((sum, one) => sum + one.done(), 0);
  return { actions: done, faults, acknowledged, decisions, outcomes, services, problems };
}

/** Possible answers to unspoilt calls: a busy machine can be too slow, and an admin can have decided otherwise for the moment. */
const mayHappen = ['ok', 'TIMEOUT', 'INTEGRATION_DISABLED', 'TOKEN_REQUIRED'];

/** A fault at one of the first steps of a call, one time in twenty. */
function spoilOne(random: () => number): Tap {
  const at = random() < FAULTY_SHARE ? Math.floor(random() * 8) : -1;
  const twist = twists[Math.floor(random() * twists.length)];
  return (_, step) => (step === at ? twist : undefined);
}

function judge(stage: Stage, name: string, entry: Made, all: ReadonlySet<string>): string[] {
  const creators = stage.creatorsOf(name);
  const there = all.has(`${stage.name} ${name}`);
  const problems: string[] = [];
  if (creators.some((login) => login !== entry.login))
    problems.push(`${name} was made by ${creators.join()}, not ${entry.login}`);
  if (creators.length > 1) problems.push(`${name} was made ${creators.length} times`);
  if (entry.acknowledged && creators.length === 0) problems.push(`${name} was acknowledged, and never made`);
  if (entry.acknowledged && entry.deletion === 'none' && !there) problems.push(`${name} is gone`);
  if (entry.deletion === 'done' && there) problems.push(`${name} was deleted, and is there`);
  if (creators.length === 0 && there) problems.push(`${name} is there, and nobody made it`);
  return problems;
}

/** Everything on an issue must exist, unless somebody tried to delete it. */
function cardsWithoutBranch(
  stage: Stage,
  site: string,
  made: ReadonlyMap<string, Made>,
  there: ReadonlySet<string>,
): string[] {
  return stage.app.entries.list(site, 'work:', undefined, 1_000_000).flatMap(({ json }) => {
    const { branch } = JSON.parse(json) as Card;
    const entry = made.get(branch);
    if (entry === undefined) return [`a card for ${branch}, which nobody asked for`];
    if (entry.site !== site) return [`a card for ${branch} on the wrong site`];
    return there.has(`${entry.service} ${branch}`) || entry.deletion !== 'none'
      ? []
      : [`a card for ${branch}, which is not there`];
  });
}
