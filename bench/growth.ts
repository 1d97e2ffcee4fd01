import { crowded, crowdedWorld, sizes, type Size } from './crowd.ts';
import { measureErasure } from './erasure.ts';
import type { Figure } from './figures.ts';
import { places, type Place } from './places.ts';
import { openStage, type Payload, type Stage } from './stage.ts';
import { fill, isStorage, SITE, sum } from './storage.ts';

function* people(integrationId: string, count: number): Generator<readonly [string, unknown]> {
  for (let index = 0; index < count; index++) {
    const accountId = `712020:grown-${index}`;
    yield [`token-holder:${integrationId}:${accountId}`, {}];
    yield [`token-trail:${accountId}:${integrationId}`, { id: `${index}` }];
  }
}

function* cards(integrationId: string, count: number): Generator<readonly [string, unknown]> {
  for (let index = 0; index < count; index++) {
    const branch = `DEMO-1-${index}`;
    const where = { integrationId, repository: 'acme/web', url: 'https://github.com/' };
    const key = `work:10100:${String(index).padStart(32, '0')}`;
    yield [key, { kind: 'branch', ...where, title: branch, branch }];
  }
}

/** Others like the one that was connected, until there are `count`. */
function* integrations(stage: Stage, id: string, count: number): Generator<readonly [string, unknown]> {
  const stored = (key: string): object => {
    const record = stage.sandbox.platform.entries.get(SITE, 'value', key);
    if (record === undefined) throw new Error('Nothing is connected');
    return JSON.parse(record.json) as object;
  };
  const connection = stored(`integration:${id}`);
  const [owners, projects] = [stored(`integration:${id}:owners`), stored(`integration:${id}:projects`)];
  for (let index = 1; index < count; index++) {
    const other = `grown-${index}`;
    yield [`integration:${other}`, { ...connection, id: other }];
    yield [`integration:${other}:name`, other];
    yield [`integration:${other}:owners`, owners];
    yield [`integration:${other}:projects`, projects];
  }
}

type Spent = { storage: number; service: number; bytes: number; ms: number };

async function spend(stage: Stage, as: string, module: string, call: string, payload: Payload): Promise<Spent> {
  const { calls, ms } = await stage.watch(as, module, call, payload);
  const storage = calls.filter(isStorage);
  const service = calls.filter(({ to }) => to === 'service').length;
  return { storage: storage.length, service, bytes: sum(storage, ({ receivedBytes }) => receivedBytes), ms };
}

/** What each action costs, the second time it is done. */
async function spendOnAll(stage: Stage, { repository, source }: Place, id: string): Promise<Record<string, Spent>> {
  const on = { issueKey: 'DEMO-1', integrationId: id };
  const onIssue = (call: string, payload: Payload) => () => spend(stage, 'alice', 'issue-context', call, payload);
  const branch = { ...on, repository, sourceBranch: source };
  let made = Date.now();
  const actions: Readonly<Record<string, () => Promise<Spent>>> = {
    'load-issue': onIssue('load-issue', { issueKey: 'DEMO-1' }),
    'list-cards': onIssue('list-cards', on),
    'list-repositories': onIssue('list-repositories', { ...on, search: '' }),
    'search-repositories': onIssue('list-repositories', { ...on, search: repository.split('/')[1] ?? '' }),
    'list-branches': onIssue('list-branches', { ...on, repository, search: '' }),
    'search-branches': onIssue('list-branches', { ...on, repository, search: 'develop' }),
    'create-branch': () => onIssue('create-branch', { ...branch, name: `DEMO-1-grown-${made++}` })(),
    'load-user-settings': () => spend(stage, 'alice', 'user-settings', 'load-user-settings', {}),
    'load-site': () => spend(stage, 'ada', 'manage-repositories', 'load-site', {}),
  };
  const spent: Record<string, Spent> = {};
  for (const [name, act] of Object.entries(actions)) {
    await act();
    spent[name] = await act();
  }
  return spent;
}

/** People with a token for each of several integrations, as `writeToken` leaves them. */
function* rows(integrationIds: readonly string[], count: number): Generator<readonly [string, unknown]> {
  const day = (index: number) => new Date(Date.UTC(2027, 0, 1 + (index % 365))).toISOString();
  for (const integrationId of integrationIds)
    for (let index = 0; index < count; index++) {
      const accountId = `712020:grown-${index}`;
      const login = `grown-${index}`;
      const saved = { id: `${index}`, accountId, integrationId, login, loginKey: login, savedAt: day(index) };
      const expiresAt = day(index);
      yield [`~saved-token/${accountId}:${integrationId}`, { ...saved, expiresAt, due: expiresAt, missingScopes: [] }];
      yield [`token-trail:${accountId}:${integrationId}`, { id: `${index}`, lastUsedAt: day(index) }];
      if (index % 2 === 0) yield [`acted-without:${integrationId}:${accountId}`, { at: day(index) }];
    }
}

const UNIT_BYTES = 10 * 1024;

/** What an admin's list of people and tokens takes on a site with 10,000 people and four integrations. */
async function growList(stage: Stage, integrationIds: readonly string[]): Promise<Figure[]> {
  fill(stage, rows(integrationIds, 10_000));
  const [first = ''] = integrationIds;
  const asked: Readonly<Record<string, Payload>> = {
    'first-page': {},
    sorted: { sort: 'due', integrationId: first },
    state: { state: 'good' },
    'against-rule': { state: 'against-rule', rules: { maxDays: 100, untoldEnd: 'ask', graceDays: 9 } },
    coverage: { state: 'affected', integrationId: first, forExport: true },
    search: { search: 'ali' },
    'search-login': { search: 'grown-99' },
    export: { forExport: true },
  };
  const figures: Figure[] = [];
  const measure = async (name: string, payload: Payload): Promise<string | undefined> => {
    const { calls, value, ms } = await stage.watch<{ next?: string }>(
      'ada',
      'manage-repositories',
      'list-tokens',
      payload,
    );
    const storage = calls.filter(isStorage);
    const units = sum(storage, ({ receivedBytes }) => Math.max(1, Math.ceil(receivedBytes / UNIT_BYTES)));
    figures.push(
      { name: `growth/list/${name}/storage-units`, value: units, unit: `units, of ${storage.length} calls` },
      { name: `growth/list/${name}/time`, value: Math.round(ms), unit: 'ms, of which the sandbox sorts most' },
    );
    return value.next;
  };
  for (const [name, payload] of Object.entries(asked)) {
    const cursor = await measure(name, payload);
    if (name === 'first-page' && cursor !== undefined) await measure('next-page', { cursor });
  }
  return figures;
}

/** What the same actions cost more when there is much more of something. */
function compare(by: string, few: Record<string, Spent>, many: Record<string, Spent>): Figure[] {
  return Object.entries(many).flatMap(([name, { storage, service, bytes }]) => [
    {
      name: `growth/${by}/${name}/more-storage-calls`,
      value: storage - (few[name]?.storage ?? NaN),
      unit: `calls, of ${storage}`,
    },
    {
      name: `growth/${by}/${name}/more-service-calls`,
      value: service - (few[name]?.service ?? NaN),
      unit: `calls, of ${service}`,
    },
    { name: `growth/${by}/${name}/bytes-read`, value: bytes, unit: 'bytes' },
  ]);
}

/** What each action costs when a site has few and many of something; and how fast tokens are erased. */
export async function measureGrowth(root: string): Promise<Figure[]> {
  const services: Figure[] = [];
  for (const place of places) services.push(...(await growService(root, place)));
  return [...(await growSite(root)), ...services, ...(await measureErasure(root))];
}

/** People with a token, integrations, cards of an issue: what the app stores. */
async function growSite(root: string): Promise<Figure[]> {
  const [github] = places;
  if (github === undefined) throw new Error('No place');
  const stage = await openStage(root);
  try {
    const id = await stage.connect(github);
    await stage.saveToken(github, 'alice', id);
    fill(stage, people(id, 10));
    const few = await spendOnAll(stage, github, id);
    fill(stage, people(id, 10_000));
    const crowded = await spendOnAll(stage, github, id);
    fill(stage, cards(id, 1_000));
    const busy = await spendOnAll(stage, github, id);
    fill(stage, integrations(stage, id, 4));
    const list = await growList(stage, [id, 'grown-1', 'grown-2', 'grown-3']);
    fill(stage, integrations(stage, id, 20));
    const wide = await spendOnAll(stage, github, id);
    return [
      ...compare('people', few, crowded),
      ...compare('cards', crowded, busy),
      { name: 'growth/cards/load-issue/time', value: Math.round(busy['load-issue']?.ms ?? NaN), unit: 'ms' },
      ...compare('integrations', busy, wide),
      ...list,
    ];
  } finally {
    await stage.close();
  }
}

/** Repositories of an owner, and branches of a repository: what a service has. */
async function growService(root: string, plain: Place): Promise<Figure[]> {
  const place = crowded(plain);
  const { few, many } = sizes(place);
  const spendAt = async (size: Size): Promise<Record<string, Spent>> => {
    const stage = await openStage(root, { world: crowdedWorld(place, size) });
    try {
      const id = await stage.connect(place);
      await stage.saveToken(place, 'alice', id);
      return await spendOnAll(stage, place, id);
    } finally {
      await stage.close();
    }
  };
  const [small, big] = [await spendAt(few), await spendAt(many)];
  const by = `repositories-and-branches/${place.name}`;
  const pickers = ['list-repositories', 'search-repositories', 'list-branches', 'search-branches'];
  return [
    ...compare(by, small, big).filter(({ name }) => !/\/load-(site|user)/.test(name)),
    ...pickers.map((name) => ({
      name: `growth/${by}/${name}/service-calls`,
      value: big[name]?.service ?? NaN,
      unit: `requests, ${many.repositories} repositories, ${many.branches} branches`,
    })),
  ];
}
