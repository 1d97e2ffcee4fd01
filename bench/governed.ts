import type { DoorCall } from 'local-forge';
import { demoWorld } from '../sandbox/world/demo.ts';
import { listPartPauseMs } from '../src/domain/token.ts';
import { deliveriesOf, mostInAMinute, wholeMinutes } from './deliveries.ts';
import type { Figure } from './figures.ts';
import { places } from './places.ts';
import { waitedFor } from './rounds.ts';
import { openStage, type Payload, type Stage } from './stage.ts';
import { fill, integrations, isStorage, isWrite, SITE, sum } from './storage.ts';

/** With a token for each of four integrations. Half of them have acted without one. */
const PEOPLE = 10_000;
/** Three of ten have left. All of them were marked long enough ago, on the same day. */
const LEAVERS = 3_000;
const hasLeft = (index: number): boolean => index % 10 < 3;
const DAY_MS = 86_400_000;
const UNIT_BYTES = 10 * 1024;

const accountOf = (index: number): string => `712020:90000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
const everybody = Array.from({ length: PEOPLE }, (_, index) => ({ index, accountId: accountOf(index) }));

/** `endsIn`: days until a token expires. */
function* tokensOf(ids: readonly string[], endsIn: (index: number) => number): Generator<readonly [string, unknown]> {
  const at = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString();
  for (const integrationId of ids)
    for (const { index, accountId } of everybody) {
      const login = `grown-${index}`;
      const saved = { id: `${index}`, accountId, integrationId, login, loginKey: login, savedAt: at(-300) };
      const expiresAt = at(endsIn(index));
      yield [`~saved-token/${accountId}:${integrationId}`, { ...saved, expiresAt, due: expiresAt, missingScopes: [] }];
      yield [`token-trail:${accountId}:${integrationId}`, { id: `${index}`, lastUsedAt: at(-1), listed: true }];
      yield [`token-holder:${integrationId}:${accountId}`, {}];
      if (index % 2 === 0) yield [`acted-without:${integrationId}:${accountId}`, { at: at(-3) }];
    }
}

async function openSite(root: string, options: Parameters<typeof openStage>[1], endsIn: (index: number) => number) {
  const [github] = places;
  if (github === undefined) throw new Error('No place');
  const stage = await openStage(root, options);
  const id = await stage.connect(github);
  fill(stage, integrations(stage, id, 4));
  const ids = [id, 'grown-1', 'grown-2', 'grown-3'];
  fill(stage, tokensOf(ids, endsIn));
  return { stage, ids };
}

const unitsOf = (calls: readonly DoorCall[]): number =>
  sum(calls, ({ receivedBytes }) => Math.max(1, Math.ceil(receivedBytes / UNIT_BYTES)));
const readsOf = (calls: readonly DoorCall[]): number => unitsOf(calls.filter((one) => isStorage(one) && !isWrite(one)));
const writesOf = (calls: readonly DoorCall[]): number =>
  sum(calls.filter(isWrite), ({ sentBytes }) => Math.max(1, Math.ceil(sentBytes / UNIT_BYTES)));

/** Slow enough that requests which go out together are seen together (ms). */
const PLATFORM_LATENCY = 35;

/** The cost of an admin's list of people and tokens: each request once, and a whole CSV. */
async function measureList(root: string): Promise<Figure[]> {
  const { stage, ids } = await openSite(root, { platformLatency: PLATFORM_LATENCY }, (index) => 31 + (index % 365));
  try {
    const [first = ''] = ids;
    const asked: Readonly<Record<string, Payload>> = {
      'first-page': {},
      sorted: { sort: 'due', integrationId: first },
      state: { state: 'good' },
      'against-rule': { state: 'against-rule', rules: { maxDays: 300, untoldEnd: 'ask', graceDays: 9 } },
      search: { search: 'ali' },
      'search-login': { search: 'grown-99' },
      coverage: { state: 'affected', integrationId: first, forExport: true },
      export: { forExport: true },
    };
    const figures: Figure[] = [];
    const measure = async (name: string, payload: Payload): Promise<string | undefined> => {
      const { calls, value } = await askList(stage, payload);
      const rounds = waitedFor(calls).filter(({ to }) => to === 'platform').length;
      figures.push(
        { name: `growth/list/${name}/storage-units`, value: readsOf(calls), unit: 'units' },
        {
          name: `growth/list/${name}/round-trips`,
          value: rounds,
          unit: 'round trips to the platform, one after another',
        },
      );
      return value.next;
    };
    for (const [name, payload] of Object.entries(asked)) {
      const cursor = await measure(name, payload);
      if (name === 'first-page' && cursor !== undefined) await measure('next-page', { cursor });
    }
    return [...figures, ...(await exportAll(stage))];
  } finally {
    await stage.close();
  }
}

type ListPage = { items: unknown[]; next?: string };

const askList = (stage: Stage, payload: Payload) =>
  stage.watch<ListPage>('ada', 'manage-repositories', 'list-tokens', payload);

/** All parts of a CSV of the whole list, as the page requests them. */
async function exportAll(stage: Stage): Promise<Figure[]> {
  const parts: { units: number; rows: number }[] = [];
  let cursor: string | undefined;
  do {
    const { calls, value } = await askList(stage, { forExport: true, ...(cursor && { cursor }) });
    parts.push({ units: readsOf(calls), rows: value.items.length });
    cursor = value.next;
  } while (cursor !== undefined);
  const perMinute = Math.ceil(60_000 / listPartPauseMs) * Math.max(...parts.map(({ units }) => units));
  return [
    { name: 'growth/csv/rows', value: sum(parts, ({ rows }) => rows), unit: `rows of ${PEOPLE} people` },
    { name: 'growth/csv/parts', value: parts.length, unit: 'calls' },
    { name: 'growth/csv/read-units-per-minute', value: perMinute, unit: 'units, one part after the other' },
  ];
}

/** The work of a day on which everybody gets a message about four tokens and many people are found to have left. */
async function measureDays(root: string): Promise<Figure[]> {
  const { stage, ids } = await openSite(root, { world: crowdedSite() }, () => 6.5);
  try {
    fill(stage, daily());
    const leavers = everybody.filter(({ index }) => hasLeft(index));
    fill(
      stage,
      ids.flatMap((id) => leavers.map(({ accountId }) => [`token:${accountId}:${id}`, {}] as const)),
      'secret',
    );
    const site = stage.sandbox.jira.site(SITE);
    if (site === undefined) throw new Error('No site');
    const calls = await stage.during(async () => {
      await stage.sandbox.platform.runTrigger(site, 'daily');
      await stage.idle();
    });
    const sent = stage.sandbox.jira.notifications(SITE).map(({ accountId }) => accountId);
    const told = new Set(sent).size;
    const { entries } = stage.sandbox.platform;
    const secrets = entries.secretKeys(SITE).filter((key) => key.startsWith('token:')).length;
    return [
      ...figuresOf('leavers', calls),
      { name: 'growth/leavers/left', value: secrets, unit: `tokens of ${LEAVERS} people who left` },
      ...figuresOf('reminders', calls),
      { name: 'growth/reminders/untold', value: PEOPLE - LEAVERS - told, unit: `of ${PEOPLE - LEAVERS} people` },
      { name: 'growth/reminders/told-twice', value: sent.length - told, unit: 'messages' },
    ];
  } finally {
    await stage.close();
  }
}

/** Everybody except the leavers reaches a project. */
function crowdedSite(): typeof demoWorld {
  const people = everybody.map(({ index, accountId }) => ({
    ...{
      id: `grown-${index}`,
      accountId,
      displayName: `Grown ${index}`,
      jiraAdmin: false,
      locale: 'en_US',
      timeZone: 'UTC',
    },
  }));
  const there = people.filter((_, index) => !hasLeft(index)).map(({ id }) => id);
  return {
    ...demoWorld,
    sites: demoWorld.sites.map((site) =>
      site.id === SITE
        ? {
            ...site,
            people: [...site.people, ...people],
            projects: site.projects.map((project) => ({
              ...project,
              permissions: { ...project.permissions, BROWSE_PROJECTS: ['ada', 'alice', 'bob', ...there] },
            })),
          }
        : site,
    ),
  };
}

function* daily(): Generator<readonly [string, unknown]> {
  const at = new Date().toISOString();
  const since = new Date(Date.now() - 8 * DAY_MS).toISOString();
  for (const { index, accountId } of everybody) {
    yield [`account:${accountId}`, { askedAt: at }];
    const noted = { at, action: 'create-branch', outcome: 'done', accountId, issueKey: 'DEMO-1' };
    yield [`activity-of:${accountId}:0000000000000:noted`, noted];
    if (hasLeft(index)) yield [`leaver:${accountId}`, { since, why: 'no-project' }];
  }
}

function figuresOf(queue: string, calls: readonly DoorCall[]): Figure[] {
  const deliveries = deliveriesOf(calls, queue);
  const events = (asked: readonly DoorCall[]) => asked.filter(({ what }) => what.startsWith('queue ')).length;
  const points = (asked: readonly DoorCall[]) => sum(asked, (one) => one.points);
  const most = (name: string, amount: typeof events, unit: string): Figure => ({
    ...{ name: `growth/${queue}/${name}-per-minute`, value: Math.round(mostInAMinute(deliveries, amount)), unit },
  });
  return [
    { name: `growth/${queue}/deliveries`, value: deliveries.length, unit: `deliveries for ${PEOPLE} people` },
    most('events', events, 'events handed to queues'),
    most('read-units', readsOf, 'units'),
    most('write-units', writesOf, 'units'),
    most('jira-points', points, 'points'),
    { name: `growth/${queue}/whole`, value: Math.round(wholeMinutes(deliveries)), unit: 'min, as delayed' },
  ];
}

/** A site with 10,000 people who have tokens for four integrations: the pages of admins, and the work of each day. */
export async function measureGoverned(root: string): Promise<Figure[]> {
  return [...(await measureList(root)), ...(await measureDays(root))];
}
