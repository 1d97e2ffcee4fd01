import type { Figure } from './figures.ts';
import { places } from './places.ts';
import { openStage, type Payload, type Stage } from './stage.ts';

const SITE = 'acme';

/** Puts entries into storage as the app would have written them, without the app. */
function fill(stage: Stage, entries: Iterable<readonly [string, unknown]>): void {
  const { entries: storage } = stage.sandbox.platform;
  for (const [key, value] of entries) storage.set(SITE, 'value', key, JSON.stringify(value), undefined);
}

function* people(integrationId: string, count: number): Generator<readonly [string, unknown]> {
  for (let index = 0; index < count; index++) {
    const accountId = `712020:grown-${index}`;
    yield [`token-holder:${integrationId}:${accountId}`, {}];
    yield [`token-trail:${accountId}:${integrationId}`, { id: `${index}` }];
  }
}

function* cards(integrationId: string, count: number): Generator<readonly [string, unknown]> {
  for (let index = 0; index < count; index++) {
    const name = `DEMO-1-${index}`;
    const card = {
      kind: 'branch',
      integrationId,
      repository: 'acme/web',
      url: 'https://github.com/',
      title: name,
      branch: name,
    };
    yield [`work:10100:${String(index).padStart(32, '0')}`, card];
  }
}

type Spent = { storage: number; service: number; bytes: number; ms: number };

async function spend(stage: Stage, as: string, module: string, call: string, payload: Payload): Promise<Spent> {
  const { calls, ms } = await stage.watch(as, module, call, payload);
  const storage = calls.filter(({ what }) => what.startsWith('kvs'));
  const bytes = storage.reduce((sum, { receivedBytes }) => sum + receivedBytes, 0);
  return { storage: storage.length, service: calls.filter(({ to }) => to === 'service').length, bytes, ms };
}

/** What each action costs when a site has few and many of something; and how fast tokens are erased. */
export async function measureGrowth(root: string): Promise<Figure[]> {
  const [github] = places;
  if (github === undefined) throw new Error('No place');
  const stage = await openStage(root);
  try {
    const integrationId = await stage.connect(github);
    await stage.saveToken(github, 'alice', integrationId);
    const { repository, source: sourceBranch } = github;
    const on = { issueKey: 'DEMO-1', integrationId };
    let made = 0;
    const actions: Readonly<Record<string, () => Promise<Spent>>> = {
      'load-issue': () => spend(stage, 'alice', 'issue-context', 'load-issue', { issueKey: 'DEMO-1' }),
      'list-repositories': () => spend(stage, 'alice', 'issue-context', 'list-repositories', { ...on, search: '' }),
      'create-branch': () =>
        spend(stage, 'alice', 'issue-context', 'create-branch', {
          ...on,
          repository,
          sourceBranch,
          name: `DEMO-1-grown-${made++}`,
        }),
      'load-user-settings': () => spend(stage, 'alice', 'user-settings', 'load-user-settings', {}),
      'load-site': () => spend(stage, 'ada', 'manage-repositories', 'load-site', {}),
    };
    const all = async () => {
      const spent: Record<string, Spent> = {};
      for (const [name, act] of Object.entries(actions)) {
        await act();
        spent[name] = await act();
      }
      return spent;
    };
    const figures: Figure[] = [];
    const compare = (by: string, few: Record<string, Spent>, many: Record<string, Spent>) => {
      for (const [name, { storage, service }] of Object.entries(few)) {
        const more = many[name];
        if (more === undefined) continue;
        figures.push(
          { name: `growth/${by}/${name}/more-storage-calls`, value: more.storage - storage, unit: 'calls' },
          { name: `growth/${by}/${name}/more-service-calls`, value: more.service - service, unit: 'calls' },
          { name: `growth/${by}/${name}/bytes-read`, value: more.bytes, unit: 'bytes' },
        );
      }
    };

    fill(stage, people(integrationId, 10));
    const few = await all();
    fill(stage, people(integrationId, 10_000));
    compare('people', few, await all());
    fill(stage, cards(integrationId, 1_000));
    const full = (await all())['load-issue'];
    figures.push(
      { name: 'growth/cards/load-issue/storage-calls', value: full?.storage ?? NaN, unit: 'calls with 1,000 cards' },
      { name: 'growth/cards/load-issue/time', value: Math.round(full?.ms ?? NaN), unit: 'ms with 1,000 cards' },
    );
    return [...figures, ...(await erase(stage))];
  } finally {
    await stage.close();
  }
}

/** Some of the tokens that are erased when an integration is disconnected; all of 10,000 would take a quarter of an hour. */
const ERASED = 300;

async function erase(stage: Stage): Promise<Figure[]> {
  const [, gitlab] = places;
  if (gitlab === undefined) throw new Error('No place');
  const id = await stage.connect(gitlab);
  fill(stage, people(id, ERASED));
  const calls = await stage.during(async () => {
    await stage.invoke('ada', 'manage-repositories', 'disconnect-integration', { id });
    await fetch(`${stage.sandbox.url}/sandbox/idle?hurry`);
  });
  const consumed = calls.filter(({ functionKey }) => functionKey === 'erase-tokens-consumer');
  const writes = consumed.filter(({ what }) => /^kvs (secret\/)?delete/.test(what));
  const ms = Math.max(...writes.map(({ end }) => end)) - Math.min(...writes.map(({ start }) => start));
  const left = stage.sandbox.platform.entries.list(SITE, `token-holder:${id}:`, undefined, 100).length;
  return [
    { name: 'growth/erase/left', value: left, unit: `of ${ERASED} tokens` },
    { name: 'growth/erase/writes-per-token', value: writes.length / ERASED, unit: 'writes' },
    { name: 'growth/erase/writes-per-minute', value: Math.round((writes.length / ms) * 60_000), unit: 'writes' },
  ];
}
