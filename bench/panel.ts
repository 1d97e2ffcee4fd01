import type { Service } from '../sandbox/services/service.ts';
import type { Figure } from './figures.ts';
import { places } from './places.ts';
import { median, openStage, type Stage } from './stage.ts';

/**
 * Added to each request to a service, in ms: 25 is a near one. In the sandbox four invocations, storage and Jira share one machine;
 * 1000 makes their share small, as on Forge, where each invocation has a process of its own.
 */
const NEAR_MS = 25;
const FAR_MS = 1000;

const issueKey = 'DEMO-1';

/**
 * An issue with an integration of each service. Stored data is shown without any service. Then the page requests all integrations
 * at once, which must take hardly longer than the slowest of them alone (medians, by turns).
 */
export async function measurePanel(root: string, rounds: number): Promise<Figure[]> {
  const near = await measureAt(root, NEAR_MS, rounds * 3);
  const far = await measureAt(root, FAR_MS, rounds);
  return [
    { name: 'panel/first-cards/service-calls', value: near.requests, unit: `requests for ${near.cards} cards` },
    { name: 'panel/more-calls-at-once', value: near.moreCalls, unit: 'calls' },
    ...[...near.alone].map(([name, ms]) => ({ name: `panel/${name}/alone`, value: Math.round(ms), unit: 'ms' })),
    { name: 'panel/whole', value: Math.round(near.whole), unit: 'ms' },
    { name: 'panel/whole-over-slowest-near', value: overSlowest(near), unit: `times, ${NEAR_MS} ms a request` },
    { name: 'panel/whole-over-slowest', value: overSlowest(far), unit: `times, ${FAR_MS} ms a request` },
  ];
}

type Times = { alone: Map<string, number>; whole: number };

function overSlowest({ alone, whole }: Times): number {
  return Math.round((whole / Math.max(...alone.values())) * 100) / 100;
}

async function measureAt(root: string, latency: number, rounds: number) {
  const stage = await openStage(root, { latency });
  try {
    const ids = new Map<string, string>();
    for (const place of places) {
      const integrationId = await stage.connect(place);
      const { repository, source: sourceBranch, name } = place;
      const branch = { issueKey, integrationId, repository, sourceBranch, name: `${issueKey}-${name}` };
      await stage.invoke('alice', 'issue-context', 'create-branch', branch);
      ids.set(name, integrationId);
    }
    const first = await stage.watch<{ cards: unknown[] }>('alice', 'issue-context', 'load-issue', { issueKey });
    const requests = first.calls.filter(({ to }) => to === 'service').length;
    stage.sandbox.services.forEach(remember);
    const ask: Ask = (integrationId) =>
      stage.invoke('alice', 'issue-context', 'list-cards', { issueKey, integrationId, among: ids.size });
    const moreCalls = await moreAtOnce(stage, ids, ask);
    return { requests, cards: first.value.cards.length, moreCalls, ...(await time(ids, ask, rounds)) };
  } finally {
    await stage.close();
  }
}

/**
 * A repeated request gets the stored answer: services are other people's machines, and the simulation of four of them at once must
 * not be timed here.
 */
function remember(service: Service): void {
  const answers = new Map<string, { body: ArrayBuffer; head: ResponseInit }>();
  const ask = service.handle.bind(service);
  service.handle = async (request) => {
    const { method, url, headers } = request;
    const asked = [method, url, headers.get('x-amz-target'), await request.clone().text()].join('\n');
    let answer = answers.get(asked);
    if (answer === undefined) {
      const response = await ask(request);
      const { status, statusText } = response;
      const head = { status, statusText, headers: [...response.headers] as [string, string][] };
      answer = { body: await response.arrayBuffer(), head };
      answers.set(asked, answer);
    }
    return new Response(answer.body, answer.head);
  };
}

type Ask = (integrationId: string) => Promise<unknown>;

/** The additional requests of invocations that run at once: work that one run alone would have shared. */
async function moreAtOnce(stage: Stage, ids: ReadonlyMap<string, string>, ask: Ask): Promise<number> {
  let alone = 0;
  for (const id of ids.values()) alone += (await stage.during(() => ask(id))).length;
  return (await stage.during(() => Promise.all([...ids.values()].map(ask)))).length - alone;
}

async function time(ids: ReadonlyMap<string, string>, ask: Ask, rounds: number): Promise<Times> {
  const took = async (work: () => Promise<unknown>) => {
    const start = performance.now();
    await work();
    return performance.now() - start;
  };
  const alone = new Map([...ids.keys()].map((name): [string, number[]] => [name, []]));
  const whole: number[] = [];
  for (let round = -1; round < rounds; round++) {
    // The first round is for the answers to remember.
    if (round >= 0) for (const [name, id] of ids) alone.get(name)?.push(await took(() => ask(id)));
    const ms = await took(() => Promise.all([...ids.values()].map(ask)));
    if (round >= 0) whole.push(ms);
  }
  return { alone: new Map([...alone].map(([name, times]) => [name, median(times)])), whole: median(whole) };
}
