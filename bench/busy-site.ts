import { readFileSync } from 'node:fs';
import { contradictions, crowdOf, openStage, randomFrom, tracesBesideActivity } from '../rig/index.ts';
import type { Developer, Stage } from '../rig/index.ts';
import { buildWhatIsStale } from '../sandbox/build.ts';
import { forgeRates, readManifest } from 'local-forge';
import { appBundle } from './app-bundle.ts';
import type { Figure } from './figures.ts';
import { handDriven, timeGoesOn, type Clock } from './hand-driven.ts';
import { median } from './stage.ts';

const SITE = 'acme';
const services = ['github', 'gitlab'] as const;
/** Of the demo's project. */
const issues = ['DEMO-1', 'DEMO-2', 'DEMO-12'];
/** The people who act for all, because each person costs the same reads and writes. */
const crowd = crowdOf(50);
/** Some 1,300 people fit below the limits of storage in their busiest minute (`platform-limits/first`): half of them, and twice as many. */
const PEOPLE = { calm: 650, crowded: 2_600 };
/** How many times the writes of a day of work, so that enough can be lost. */
const MORE_WRITES = 5;
/**
 * Every action reads more than it writes, so Forge's limit of reads comes first. Then the fate of notes for a busy storage
 * would never be seen. So here only half as many units can be written.
 */
const RATES = { ...forgeRates, writeUnits: forgeRates.writeUnits / 2 };
/** Branches created in one minute. */
const BRANCHES = 560;
/** Tokens for an integration that is disconnected in that minute. */
const ERASED = 700;
/** Requests that GitHub refuses in the same minute, and for how long (s). */
const SLOWED = { times: 25, retryAfter: 30 };
/** The error code of a limit: of Forge's storage, of the service. */
const REFUSED = ['STORAGE_BUSY', 'RATE_LIMITED'];
/** A deadline passed, so the result is unknown. Deadlines use the machine's clock, so a busy machine has more. */
const CANNOT_TELL = 'TIMEOUT';
const MINUTE_MS = 60_000;
/** How long an action takes at a real site, with its waits. So only as many run at once as a minute of actions makes. */
const ACTION_MS = 1_000;
/** Calls of one person that Forge accepts in a minute (docs page "limits-invocation"), as many at once as a browser sends. */
const FULL_SPEED = { calls: 1_200, atOnce: 6 };
/** People who work in the same minute. */
const AT_WORK = 100;
/** By then the queues should have been quiet for a long time. */
const LONGEST_MINUTES = 120;

type Call =
  'load-issue' | 'list-cards' | 'list-repositories' | 'list-branches' | 'create-branch' | 'create-pull-request';
type Action = { call: Call; person: Developer; at: Stage; issueKey: string; branch: string };
type Answered = Action & { outcome: string; ms: number };

/** The calls of a number of people in their busiest minute: `bench/workday.json`, with more writes. */
function busiestMinute(people: number): Call[] {
  const { actions, shareOfBusiestMinute } = JSON.parse(readFileSync('bench/workday.json', 'utf8')) as {
    actions: Record<string, number>;
    shareOfBusiestMinute: number;
  };
  return Object.entries(actions).flatMap(([action, count]) => {
    const [call = ''] = action.split('/');
    if (call === 'load-user-settings') return [];
    const share = count * (call.startsWith('create-') ? MORE_WRITES : 1) * shareOfBusiestMinute;
    return Array.from({ length: Math.round(people * share) }, () => call as Call);
  });
}

function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  return items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

/**
 * One person who calls as fast as Forge allows while others work. A site with half the people that Forge's limits of storage hold, in its busiest minute; with twice as many; and a minute
 * in which all create branches while an integration with many tokens is disconnected and GitHub demands a pause. It finds who is refused and
 * how, the work of the queues afterwards, and whether people's answers were true. Everything runs in this process; time is a clock that is
 * moved on, so a minute of people is a minute of the limits too.
 */
export async function measureBusySite(root: string): Promise<Figure[]> {
  await buildWhatIsStale(root, readManifest(root), (text) => process.stderr.write(`${text}\n`));
  const clock = handDriven();
  const stage = await openStage({
    load: appBundle,
    sites: [SITE],
    crowd,
    services,
    now: clock.now,
    rates: RATES,
  });
  try {
    return await simulate(stage, clock);
  } finally {
    await stage.close();
  }
}

async function simulate(stage: Stage, clock: Clock): Promise<Figure[]> {
  const random = randomFrom(20261128);
  const site = await furnish(stage, clock);
  const plan = (calls: readonly Call[], prefix: string): Action[] =>
    shuffled(calls, random).map((call, index) => {
      const person = crowd[index % crowd.length] as Developer;
      const at = stage.at(services[Math.floor(random() * services.length)] ?? 'github');
      const issueKey = issues[Math.floor(random() * issues.length)] ?? 'DEMO-1';
      return { call, person, at, issueKey, branch: `${issueKey}-${prefix}-${index}` };
    });

  // The setup of the site is no part of anybody's minute.
  clock.reach(clock.ms() + MINUTE_MS);
  const noisy = await site.besideOnePerson(plan(busiestMinute(AT_WORK), 'beside'));
  const unheard = noisy.others
    .map(({ outcome }) => outcome)
    .filter((outcome) => outcome !== 'ok' && outcome !== CANNOT_TELL);
  if (unheard.length > 0) process.stderr.write(`beside one person: ${unheard.join(', ')}\n`);
  clock.reach(clock.ms() + MINUTE_MS);

  const calm = await site.minute(plan(busiestMinute(PEOPLE.calm), 'calm'));
  clock.reach(clock.ms() + MINUTE_MS);

  const crowded = await site.minute(plan(busiestMinute(PEOPLE.crowded), 'crowded'));
  clock.reach(clock.ms() + MINUTE_MS);

  const creating = plan(Array<Call>(BRANCHES).fill('create-branch'), 'creating');
  const created = await site.minute(creating, {
    1: () => site.disconnectOld(),
    [BRANCHES / 10]: () => slowDown(stage.at('github')),
  });
  const began = clock.ms();
  const quietMs = (await untilQuiet(stage, clock)) - began;

  // Refused people come back, as many a minute as there is room for.
  const refused = [...crowded, ...created].filter(({ outcome }) => REFUSED.includes(outcome));
  const again: Answered[] = [];
  for (let from = 0; from < refused.length; from += calm.length / 2) {
    clock.reach(clock.ms() + MINUTE_MS);
    again.push(...(await site.minute(refused.slice(from, from + calm.length / 2))));
  }
  await untilQuiet(stage, clock);
  if (![...crowded, ...created].some(({ outcome }) => outcome === 'STORAGE_BUSY') || site.putOff() === 0)
    throw new Error('The limits were not met: nothing was simulated');

  const everything = [...calm, ...crowded, ...created, ...again];
  const lost = everything.flatMap((one) => judge(stage, one, everything));
  for (const problem of new Set(lost)) process.stderr.write(`${problem}\n`);
  const figure = (what: string, value: number, unit: string): Figure => ({ name: `busy-site/${what}`, value, unit });
  const limited = noisy.person.filter((outcome) => outcome === 'PERSON_LIMITED').length;
  return [
    figure('one-person/calls-let-through', noisy.person.length - limited, `of ${noisy.person.length} calls`),
    figure('one-person/others-refused', unheard.length, `of ${noisy.others.length} actions of ${AT_WORK} people`),
    ...tally('calm', calm),
    ...tally('crowded', crowded),
    ...tally('creating', created),
    ...tally('again', again),
    figure('refused-after', Math.round(median(refused.map(({ ms }) => ms))), 'ms'),
    figure('notes/put-off', site.putOff(), 'acts whose records a queue wrote'),
    figure('queues/put-off', said(stage, / is put off: /), 'deliveries'),
    figure('queues/given-up', said(stage, / was given up /), 'deliveries'),
    figure('queues/quiet-after', Math.round(quietMs / MINUTE_MS), 'min'),
    figure('lost-or-doubled', new Set(lost).size, 'branches, pull requests, cards and notes'),
    figure('contradictions', contradictions(stage, SITE).length, 'entries'),
    figure('erased/left', tracesBesideActivity(stage, SITE, site.old).length, `entries of ${ERASED} tokens`),
  ];
}

function tally(minute: string, answers: readonly Answered[]): Figure[] {
  const count = (is: (outcome: string) => boolean) => answers.filter(({ outcome }) => is(outcome)).length;
  const expected = ['ok', CANNOT_TELL, ...REFUSED];
  const others = new Set(answers.map(({ outcome }) => outcome).filter((one) => !expected.includes(one)));
  const late = Map.groupBy(
    answers.filter(({ outcome }) => outcome === CANNOT_TELL),
    ({ call, at }) => `${call} at ${at.name}`,
  );
  for (const [what, some] of late)
    process.stderr.write(
      `${minute}: ${some.length} times ${CANNOT_TELL}, ${what}, ${median(some.map(({ ms }) => ms))} ms\n`,
    );
  for (const other of others) process.stderr.write(`${minute}: ${count((one) => one === other)} times ${other}\n`);
  const figure = (what: string, value: number): Figure => ({
    name: `busy-site/${minute}/${what}`,
    value,
    unit: `of ${answers.length} actions`,
  });
  const told = (wanted: string) => count((outcome) => outcome === wanted);
  return [
    figure('done', told('ok')),
    figure('storage-busy', told('STORAGE_BUSY')),
    figure('rate-limited', told('RATE_LIMITED')),
    figure('cannot-tell', told(CANNOT_TELL)),
    figure(
      'other-answers',
      count((outcome) => others.has(outcome)),
    ),
  ];
}

type Site = {
  /** The integration with many tokens. */
  old: string;
  disconnectOld(): Promise<unknown>;
  /** All of it in a minute; `between`: other events, by the action that they come before. */
  minute(actions: readonly Action[], between?: Record<number, () => Promise<unknown>>): Promise<Answered[]>;
  /** All of it in a minute in which one person also calls at full speed. Returns that person's answers by code. */
  besideOnePerson(actions: readonly Action[]): Promise<{ person: string[]; others: Answered[] }>;
  /** How many acts had their records written by a queue. */
  putOff(): number;
};

async function furnish(stage: Stage, clock: Clock): Promise<Site> {
  const ids = await connectAll(stage, clock);
  const old = await connectOld(stage);
  const putOff = writtenByQueues(stage);
  const minute: Site['minute'] = async (actions, between = {}) => {
    for (const { call, at, branch } of actions) if (call === 'create-pull-request') await at.makeBranch(branch);
    const began = clock.ms();
    const answers: Answered[] = [];
    let next = 0;
    const work = async (): Promise<void> => {
      for (let index = next++; index < actions.length; index = next++) {
        clock.reach(began + (index / actions.length) * MINUTE_MS);
        await between[index]?.();
        const action = actions[index] as Action;
        answers.push(await act(action, ids.get(action.at.name) ?? ''));
      }
    };
    const atOnce = Math.min(crowd.length, Math.ceil((actions.length / MINUTE_MS) * ACTION_MS));
    const working = Promise.all(Array.from({ length: atOnce }, work));
    await timeGoesOn(clock, working, () => next >= actions.length);
    return answers;
  };
  return {
    old,
    minute,
    besideOnePerson: async (actions) => {
      await atBeginningOfMinute();
      const person: string[] = [];
      const on = { issueKey: 'DEMO-1', integrationId: ids.get('github') ?? '', repository: stage.repository };
      // A name that is refused at once, and a list: neither waits for much.
      const calls = [
        { call: 'create-branch', payload: { ...on, sourceBranch: 'main', name: '~' } },
        { call: 'list-branches', payload: { ...on, search: '' } },
      ];
      let next = 0;
      // Each takes the next call. Otherwise a fast one would leave all calls of the others for one second.
      const loop = async (): Promise<void> => {
        for (let made = next++; made < FULL_SPEED.calls; made = next++) {
          // The app counts by the machine's clock: on a slow machine the site's minute is no shorter.
          clock.reach(began + Math.max((made / FULL_SPEED.calls) * MINUTE_MS, performance.now() - started));
          const asked = { site: SITE, as: 'alice', module: 'issue-context', ...calls[made % calls.length] };
          const answer = (await stage.app.invoke(asked as Parameters<typeof stage.app.invoke>[0])) as {
            error?: { code: string };
          };
          person.push(answer.error?.code ?? 'ok');
        }
      };
      const began = clock.ms();
      const started = performance.now();
      const loops = Array.from({ length: FULL_SPEED.atOnce }, loop);
      const others = await spread(actions, person, (action) => act(action, ids.get(action.at.name) ?? ''));
      await Promise.all(loops);
      return { person, others };
    },
    disconnectOld: () => {
      const call = { site: SITE, as: 'ada', module: 'manage-repositories', call: 'disconnect-integration' };
      return stage.app.invoke({ ...call, payload: { id: old } });
    },
    putOff: () => putOff.size,
  };
}

/** People act one after the other while somebody else calls; the calls are spread evenly among the acts. */
async function spread(
  actions: readonly Action[],
  calls: readonly unknown[],
  one: (action: Action) => Promise<Answered>,
): Promise<Answered[]> {
  const answers: Answered[] = [];
  for (const [index, action] of actions.entries()) {
    const turn = (index / actions.length) * FULL_SPEED.calls * 0.95;
    while (calls.length < turn) await new Promise((resolve) => setTimeout(resolve, 1));
    if (action.call === 'create-pull-request') await action.at.makeBranch(action.branch);
    answers.push(await one(action));
  }
  return answers;
}

/** The app counts calls by the machine's clock, and all of them have to come in one of its minutes. */
async function atBeginningOfMinute(): Promise<void> {
  const gone = Date.now() % MINUTE_MS;
  if (gone > MINUTE_MS / 4) await new Promise((resolve) => setTimeout(resolve, MINUTE_MS - gone));
}

/** The records that queues write from now on. */
function writtenByQueues({ app }: Stage): ReadonlySet<string> {
  const written = new Set<string>();
  app.tapQueues(({ to, writes, keys }) => {
    if (to === 'storage' && writes) for (const key of keys) if (key.startsWith('activity:')) written.add(key);
    return undefined;
  });
  return written;
}

/** Both services, with a token of everyone at each. */
async function connectAll(stage: Stage, clock: Clock): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  for (const name of services) {
    const at = stage.at(name);
    const integrationId = await at.connect(SITE);
    ids.set(name, integrationId);
    for (const { id } of crowd) {
      // Slow enough for the limits.
      clock.reach(clock.ms() + 2_000);
      await at.saveToken(SITE, id, integrationId);
    }
  }
  return ids;
}

/** An integration that many have a token for. */
async function connectOld(stage: Stage): Promise<string> {
  const old = await stage.at('gitlab').connect(SITE, { name: 'old' });
  const { entries } = stage.app;
  for (let index = 0; index < ERASED; index++) {
    const accountId = `712020:left-${index}`;
    const put = (kind: 'value' | 'secret', key: string, value: object) =>
      entries.set(SITE, kind, key, JSON.stringify(value), undefined);
    put('value', `token-holder:${old}:${accountId}`, {});
    put('value', `token-trail:${accountId}:${old}`, { id: accountId });
    put('value', `account:${accountId}`, {});
    put('secret', `token:${accountId}:${old}`, {});
  }
  return old;
}

async function act(action: Action, integrationId: string): Promise<Answered> {
  const { call, person, at, issueKey, branch } = action;
  const on = { issueKey, integrationId, repository: at.repository };
  const payloads: Record<Call, object> = {
    'load-issue': on,
    'list-cards': on,
    'list-repositories': { ...on, search: '' },
    'list-branches': { ...on, search: '' },
    'create-branch': { ...on, sourceBranch: 'main', name: branch },
    'create-pull-request': { ...on, sourceBranch: branch, targetBranch: 'main', title: branch },
  };
  const asked = { site: SITE, as: person.id, module: 'issue-context', call, payload: payloads[call] };
  const start = performance.now();
  const outcome = await at.app.invoke(asked).then(
    (answer: { ok: boolean; error?: { code: string } }) => (answer.ok ? 'ok' : (answer.error?.code ?? 'no answer')),
    (thrown: { code?: string }) => thrown.code ?? 'thrown',
  );
  return { ...action, outcome, ms: performance.now() - start };
}

async function slowDown({ service }: Stage): Promise<void> {
  const fault = { host: 'api.github.com', path: '/*', rateLimit: 'secondary', ...SLOWED };
  const request = { method: 'POST', body: JSON.stringify(fault) };
  await service.handle(new Request('https://github.com/sandbox/faults', request));
}

/** Moves the clock on until the queues are empty. Returns the time of that, in ms. */
async function untilQuiet(stage: Stage, clock: Clock): Promise<number> {
  const end = clock.ms() + LONGEST_MINUTES * MINUTE_MS;
  while (!(await isQuiet(stage))) {
    if (clock.ms() > end) throw new Error(`The queues are not quiet after ${LONGEST_MINUTES} minutes`);
    clock.reach(clock.ms() + MINUTE_MS / 2);
  }
  return clock.ms();
}

/** The queues look at the clock once a second. */
function isQuiet({ app }: Stage): Promise<boolean> {
  const settled = app.settle().then(() => true);
  return Promise.race([settled, new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 1_200))]);
}

function said({ app }: Stage, what: RegExp): number {
  return app.logs.lines().filter(({ text }) => what.test(text)).length;
}

/** Contradictions between a person's answer and the facts. */
function judge(stage: Stage, one: Answered, everything: readonly Answered[]): string[] {
  const { call, at, branch, outcome, person } = one;
  if (!call.startsWith('create-')) return [];
  const answered = (told: string) =>
    everything.filter((other) => other.branch === branch && other.outcome === told).length;
  const acknowledged = answered('ok');
  const made =
    call === 'create-branch' ? at.creatorsOf(branch) : Array<string>(at.pullRequestsFrom(branch)).fill(person.id);
  const problems: string[] = [];
  if (made.length < acknowledged || made.length > acknowledged + answered(CANNOT_TELL))
    problems.push(`${branch}: made ${made.length} times, told ${acknowledged} times, ${outcome}`);
  if (call === 'create-branch' && made.some((login) => login !== person.id)) problems.push(`${branch}: of another`);
  if (outcome !== 'ok') return problems;
  const { entries } = stage.app;
  const keptIn = (prefix: string) =>
    entries.list(SITE, prefix, undefined, 1_000_000).filter(({ json }) => json.includes(`"${branch}"`)).length;
  if (keptIn('work:') !== 1) problems.push(`${branch}: ${keptIn('work:')} cards`);
  if (keptIn('activity:') < 1) problems.push(`${branch}: not noted`);
  return problems;
}
