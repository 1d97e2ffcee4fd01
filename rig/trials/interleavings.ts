import { randomUUID } from 'node:crypto';
import type { InProcessForge, Tap } from 'local-forge';
import { tokens } from '../github-tokens';
import { siteNamed } from '../site';
import { smallGitHub, type SmallGitHub } from '../small-git-hub';
import { actsOfAdmins, actsOfPeople, basesOf, type Act, type Base, type Shown } from './acts';
import { contradictions, readyWhileRequired } from './consistency';
import { everyOrder, heldAt, isFree, type Actor, type Choose, type Event, type Waiting } from './orders';

/** The findings of one pair on one base. */
export type Pair = { acts: string; base: string; orders: number; all: boolean; wrong: string[] };

type Trial = { app: InProcessForge; gitHub: SmallGitHub; bases: Map<Base, Left> };
type Left = { id: string; entries: { kind: 'value' | 'secret'; key: string; json: string }[] };

const site = 'acme';
const credential = { kind: 'token', token: tokens.bot };
/** Turns of the event loop in which nothing new waits, until nothing new will. */
const QUIET = 6;

const admin = (app: InProcessForge, call: string, payload: object) =>
  app.invoke({ site, as: 'ada', module: 'manage-repositories', call, payload });

/** The app over a small GitHub; each base is made once, by the app, and copied for each run. */
export async function openTrial(load: () => Promise<Record<string, unknown>>): Promise<Trial> {
  const { openInProcess } = await import('local-forge');
  const gitHub = smallGitHub();
  const app = await openInProcess({ app: process.cwd(), load, sites: [siteNamed(site)], services: [gitHub] });
  const trial: Trial = { app, gitHub, bases: new Map() };
  for (const base of ['open', 'required', 'site', 'disabled'] as const) trial.bases.set(base, await made(trial, base));
  return trial;
}

async function made({ app }: Trial, base: Base): Promise<Left> {
  app.entries.clear(site);
  const options = { name: 'one', owners: ['acme'], requireUserPat: base === 'required', projects: 'all' };
  const added = await admin(app, 'add-integration', { edition: 'github.com', credential, ...options });
  const { id } = added.value.integration as { id: string };
  const own = { integrationId: id, credential: { kind: 'token', token: tokens.aliceEndless } };
  await app.invoke({ site, as: 'alice', module: 'user-settings', call: 'save-token', payload: own });
  if (base === 'site') await admin(app, 'save-site-settings', { requireUserPat: true });
  if (base === 'disabled') await admin(app, 'switch-integration', { id, enabled: false });
  await app.settle({ hurry: true });
  const stored = [
    ...app.entries.list(site, '', undefined, 10_000).map(({ key }) => ({ kind: 'value' as const, key })),
    ...app.entries.secretKeys(site).map((key) => ({ kind: 'secret' as const, key })),
  ].filter(({ key }) => !/^activity/.test(key));
  return {
    id,
    entries: stored.map((entry) => ({ ...entry, json: app.entries.get(site, entry.kind, entry.key)?.json ?? '' })),
  };
}

/** An act, and which of the two it is. */
type Called = { act: Act; call: number };
type Run = { end: string; answers: string[]; log: Event[]; broken: string[]; seen: boolean };

let runs = 0;

/** One run on an empty site: both calls at once in the order that is chosen, or one after the other when nothing is. */
async function run(trial: Trial, base: Base, calls: readonly Called[], choose?: Choose): Promise<Run> {
  const { app, gitHub } = trial;
  const left = trial.bases.get(base) as Left;
  app.entries.clear(site);
  for (const { kind, key, json } of left.entries) app.entries.set(site, kind, key, json, undefined);
  // Nothing else has such a word in it.
  const n = `run${(runs += 1)}end`;
  for (const branch of [`DEMO-1-old-${n}`, `DEMO-1-source-${n}`]) gitHub.makeBranch(branch);

  const plain = (text: string): string =>
    text
      .replaceAll(left.id, 'INTEGRATION')
      .replaceAll(n, 'N')
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z|(?<="at":)\d+/g, 'T')
      .replaceAll(/(?<!712020:)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'UUID')
      // In the keys of the activity, where the minute of a refusal is one.
      .replaceAll(/\b\d{13}\b/g, 'WHEN')
      // What is behind it, of a refusal: a part of the hash of its minute.
      .replaceAll(/(?<=WHEN:)[0-9a-f]{8}\b/g, 'HASH')
      .replaceAll(/\b[0-9a-f]{32,40}\b/g, 'HASH')
      .replaceAll(/"number":\d+|pull\/\d+/g, 'NUMBER');

  const log: Event[] = [];
  const waiting: Waiting[] = [];
  const alive = new Set<number>();
  let events = 0;
  // The actor at a service: reported right before its step.
  let as: Actor = 'person';
  app.watch(({ authorization }) => (as = authorization.includes(tokens.bot) ? 'integration' : 'person'));
  // Deliveries of queues come when all calls are over: they are delayed for longer than a call can take, or may run at any time.
  let open = (): void => undefined;
  const over = new Promise<void>((resolve) => (open = resolve));
  app.tapQueues(() => ({ kind: 'wait', until: over }));

  const shownNow = async (): Promise<Shown> => {
    const found = (await admin(app, 'load-site', {})).value.integrations.find((one: any) => one.id === left.id);
    return found ?? { id: left.id, ...gone };
  };
  const start = async ({ act, call }: Called, shown: Shown): Promise<void> => {
    const times = new Map<string, number>();
    const tap: Tap = (step) => {
      events += 1;
      // No request of ours is between the last read and a write at the service.
      if (choose === undefined || isFree(step)) {
        log.push({ call, step: step.to === 'service' ? { ...step, as } : step });
        return undefined;
      }
      const what = plain(step.what);
      const time = (times.get(what) ?? 0) + 1;
      times.set(what, time);
      let letGo = (): void => undefined;
      const until = new Promise<void>((resolve) => (letGo = resolve));
      const go = (): void => {
        log.push({ call, step });
        letGo();
      };
      waiting.push({ call, step, id: `${call}: ${what} (${time})`, go });
      return { kind: 'wait', until };
    };
    alive.add(call);
    const answer = await app
      .invoke({ site, ...act.of({ n, call, shown }), tap })
      .catch((error: unknown) => ({ ok: false, error: { code: `thrown: ${String(error)}` } }));
    alive.delete(call);
    events += 1;
    log.push({ call, ended: { ok: answer.ok, ...(answer.ok ? {} : { code: answer.error.code }) } });
  };

  const quiet = async (): Promise<void> => {
    for (let turns = 0, seen = events; turns < QUIET || [...alive].some(isBusy); turns += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      if (seen !== events) [turns, seen] = [0, events];
    }
  };
  const isBusy = (call: number): boolean => !waiting.some((one) => one.call === call);

  let isNew = true;
  if (choose === undefined) for (const called of calls) await start(called, await shownNow());
  else {
    // Both look at the same page before either of them does anything.
    const shown = await shownNow();
    const ends = calls.map((called) => start(called, shown));
    for (;;) {
      await quiet();
      const [first] = waiting;
      if (first === undefined) break;
      const chosen = isNew ? choose(waiting, [...alive]) : first;
      if (chosen === undefined) isNew = false;
      const next = chosen ?? first;
      waiting.splice(waiting.indexOf(next), 1);
      next.go();
    }
    await Promise.all(ends);
  }
  open();
  app.tapQueues(undefined);
  await app.settle({ hurry: true });

  const entries = [
    ...app.entries.list(site, '', undefined, 10_000).map(({ key, json }) => `${key} = ${json}`),
    ...app.entries.secretKeys(site).map((key) => `${key} = ${app.entries.get(site, 'secret', key)?.json}`),
  ].filter((entry) => !/^(activity|account:|pace:)/.test(entry));
  const branches = ['new', 'old'].map((name) => `${name} by ${gitHub.creatorOf(`DEMO-1-${name}-${n}`)}`);
  return {
    end: [...entries.map(plain).sort(), ...branches].join('\n'),
    answers: [0, 1].map((call) => answerOf(log, call)),
    log,
    broken: [...contradictions({ app }, site), ...readyWhileRequired({ app }, site)],
    seen: !isNew,
  };
}

const gone = { name: 'one', owners: ['acme'], requireUserPat: false, projects: 'all' as const, revision: randomUUID() };

const answerOf = (log: readonly Event[], call: number): string =>
  log.flatMap((event) => ('ended' in event && event.call === call ? [event.ended.code ?? 'ok'] : [])).join();

/** When something happened, by its place in the order; never: behind everything. */
function placeOf(log: readonly Event[], isIt: (event: Event) => boolean): number {
  const place = log.findIndex(isIt);
  return place < 0 ? log.length : place;
}

/** The broken promises in an order of steps. */
function misdeeds(log: readonly Event[], acts: readonly Act[]): string[] {
  return acts.flatMap((_, call) => {
    const other = 1 - call;
    const forbidden = acts[other]?.forbids;
    const answered = placeOf(log, (event) => event.call === other && 'ended' in event && event.ended.ok);
    const steps = log.flatMap((event, place) =>
      event.call === call && 'step' in event ? [{ step: event.step, place }] : [],
    );
    const late = steps.find(({ step, place }) => step.to === 'service' && step.writes && place > answered);
    if (late === undefined || forbidden === undefined) return [];
    if (late.step.as === 'integration') return [`it acted as the integration account after ${acts[other]?.name}`];
    // An act in a person's own name is in progress once it has read its permission.
    const began = steps.find(({ step }) => step.keys.some((key) => key.startsWith('integration:')))?.place ?? 0;
    return forbidden === 'everybody' && began > answered ? [`it acted after ${acts[other]?.name}`] : [];
  });
}

/** All ends that some order of the acts gives, also where one of them was refused for what the other did. */
async function rightEnds(trial: Trial, base: Base, acts: readonly [Act, Act]): Promise<Set<string>> {
  const [first, second] = acts.map((act, call) => ({ act, call })) as [Called, Called];
  // Alone it counts for those runs in which the other was refused.
  const orders = [
    ['both', first, second],
    ['both', second, first],
    ['first', first],
    ['second', second],
  ] as const;
  const ends = new Set<string>();
  for (const [kind, ...calls] of orders) ends.add(`${kind}\n${(await run(trial, base, calls)).end}`);
  return ends;
}

function judged({ end, answers, log, broken }: Run, acts: readonly [Act, Act], right: Set<string>): string[] {
  const [first, second] = answers.map((answer) => answer === 'ok');
  const kinds = ['both', ...(first === second ? [] : [first ? 'first' : 'second'])];
  const isRight = kinds.some((kind) => right.has(`${kind}\n${end}`));
  return [
    ...(isRight ? [] : [`an end that no order gives (${answers.join(', ')}):\n${end}`]),
    ...broken,
    ...misdeeds(log, acts),
  ];
}

/** Tries one pair: each held at each of its steps while the other runs, and then, up to `limit`, all orders that differ. */
async function tryPair(trial: Trial, base: Base, acts: readonly [Act, Act], limit: number): Promise<Pair> {
  const right = await rightEnds(trial, base, acts);
  const both = acts.map((act, call) => ({ act, call }));
  const wrong: string[] = [];
  let [orders, all] = [0, false];
  const attempt = async (choose: Choose): Promise<Run> => {
    const done = await run(trial, base, both, choose);
    if (done.seen) return done;
    orders += 1;
    for (const what of judged(done, acts, right))
      if (!wrong.includes(what)) wrong.push(`${what}\nin the order ${orderOf(done.log)}`);
    return done;
  };
  if (limit > 0) {
    const every = everyOrder();
    do {
      await attempt(every.choose);
      all = !every.next();
    } while (!all && orders < limit);
  }
  if (!all)
    for (const held of [0, 1])
      for (let at = 0, isOver = false; !isOver; at += 1) {
        const { log } = await attempt(heldAt(held, at, at % 2 === 1));
        const steps = log.filter((event) => 'step' in event && event.call === held && !isFree(event.step)).length;
        isOver = at >= steps;
      }
  return { acts: acts.map(({ name }) => name).join(' / '), base, orders, all, wrong };
}

const orderOf = (log: readonly Event[]): string =>
  log.map((event) => `${event.call}${'step' in event ? ` ${event.step.what}` : ' ended'}`).join('\n  ');

/** Every act of an admin with every other and itself, and with every act of a person. */
export function pairs(
  admins: readonly Act[] = actsOfAdmins,
  people: readonly Act[] = actsOfPeople,
): { base: Base; acts: readonly [Act, Act] }[] {
  const both = [
    ...admins.flatMap((one, index) => admins.slice(index).map((other) => [one, other] as const)),
    ...admins.flatMap((one) => people.map((other) => [one, other] as const)),
  ];
  return both.flatMap((acts) => basesOf(acts).map((base) => ({ base, acts })));
}

/** Tries pairs of acts in up to `limit` orders each; with a limit of 0 each act is held at each of its steps, and no more. */
export async function interleave(
  trial: Trial,
  chosen: readonly { base: Base; acts: readonly [Act, Act] }[],
  limit: number,
  onPair: (pair: Pair) => void = () => undefined,
): Promise<Pair[]> {
  const tried: Pair[] = [];
  for (const { base, acts } of chosen) {
    const pair = await tryPair(trial, base, acts, limit);
    onPair(pair);
    tried.push(pair);
  }
  return tried;
}
