import { crowded, crowdedWorld, sizes, type Size } from './crowd.ts';
import { measureErasure } from './erasure.ts';
import type { Figure } from './figures.ts';
import { measureGoverned } from './governed.ts';
import { places, type Place } from './places.ts';
import { openStage, type Payload, type Stage } from './stage.ts';
import { fill, integrations, isStorage, sum } from './storage.ts';

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

type Spent = { storage: number; service: number; bytes: number; ms: number };

async function spend(stage: Stage, as: string, module: string, call: string, payload: Payload): Promise<Spent> {
  const { calls, ms } = await stage.watch(as, module, call, payload);
  const storage = calls.filter(isStorage);
  const service = calls.filter(({ to }) => to === 'service').length;
  return { storage: storage.length, service, bytes: sum(storage, ({ receivedBytes }) => receivedBytes), ms };
}

/** The cost of each action, the second time. */
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

/** The additional cost of the same actions with much more data of one kind. */
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

/** The cost of each action with little and with much data of one kind, and the pace of erasing tokens. */
export async function measureGrowth(root: string): Promise<Figure[]> {
  const services: Figure[] = [];
  for (const place of places) services.push(...(await growService(root, place)));
  return [...(await growSite(root)), ...services, ...(await measureErasure(root)), ...(await measureGoverned(root))];
}

/** The app's stored data: people with a token, integrations, cards of an issue. */
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
    fill(stage, integrations(stage, id, 20));
    const wide = await spendOnAll(stage, github, id);
    return [
      ...compare('people', few, crowded),
      ...compare('cards', crowded, busy),
      { name: 'growth/cards/load-issue/time', value: Math.round(busy['load-issue']?.ms ?? NaN), unit: 'ms' },
      ...compare('integrations', busy, wide),
    ];
  } finally {
    await stage.close();
  }
}

/** A service's data: repositories of an owner, and branches of a repository. */
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
