import type { Tap } from 'local-forge';
import { openStage, type Stage } from '../../rig/stage';
import { stateOf, tableUnder, walk, waysIn } from './token-states';

const site = 'acme';
const alice = '712020:a11ce000-0000-4000-8000-000000000002';

let stage: Stage;
let id: string;

beforeAll(async () => {
  stage = await openStage({ load: () => import('../../src'), services: ['gitlab'] });
});
afterAll(() => stage.close());

const daily = () => stage.app.run('daily-trigger', { site });
const set = (key: string, value: unknown) =>
  stage.app.entries.set(site, 'value', key, JSON.stringify(value), undefined);
const invoke = (as: string, module: string, call: string, payload: object, tap?: Tap): Promise<any> =>
  stage.app.invoke({ site, as, module, call, payload, ...(tap && { tap }) });
const settings = (call: string, payload: object = {}, tap?: Tap) =>
  invoke('alice', 'user-settings', call, { integrationId: id, ...payload }, tap);
const manage = (call: string, payload: object, tap?: Tap) => invoke('ada', 'manage-repositories', call, payload, tap);

function entry(key: string, kind: 'value' | 'secret' = 'value'): any {
  const found = stage.app.entries.get(site, kind, key);
  return found === undefined ? undefined : JSON.parse(found.json);
}
function integrationState() {
  if (entry(`integration:${id}:disconnecting`) || entry(`integration:${id}`)?.draft) return 'disconnecting';
  return entry(`integration:${id}`) === undefined ? 'gone' : 'connected';
}

function empty() {
  stage.app.entries.clear(site);
  stage.app.closedAccounts.clear();
  stage.app.jira.setActive(site, 'alice', true);
}
async function begin(people: readonly string[] = []) {
  empty();
  id = await stage.ready(site, people);
}

/** Makes a token at GitLab and saves it. The token of `stage.ready` belongs to every test, and a renewal would revoke it. */
async function save(tap?: Tap): Promise<unknown> {
  const address = 'https://gitlab.com/-/user_settings/personal_access_tokens';
  const body = new URLSearchParams({ account: 'alice', name: 'x', scopes: 'api' });
  const request = new Request(address, { method: 'POST', body, headers: { accept: 'application/json' } });
  const { token } = (await (await stage.service.handle(request)).json()) as { token: string };
  return settings('save-token', { credential: { kind: 'token', token } }, tap);
}

const tokenStates = tableUnder('States of a token');

function tokenState(): string {
  const secret = entry(`token:${alice}:${id}`, 'secret');
  const holder = entry(`token-holder:${id}:${alice}`);
  const beside = (value: { id: string } | undefined): string => {
    if (value === undefined) return '–';
    return secret === undefined || value.id === secret.id ? 'yes' : 'another';
  };
  const saving = holder?.announced ? 'announced' : holder?.savingSince ? 'saving' : 'yes';
  return stateOf(tokenStates, {
    secret: secret === undefined ? '–' : 'yes',
    row: beside(entry(`~saved-token/${alice}:${id}`)),
    trail: beside(entry(`token-trail:${alice}:${id}`)),
    holder: holder === undefined ? '–' : saving,
    renewal: secret !== undefined && entry(`token-renewal:${alice}:${id}`)?.id === secret.id ? 'yes' : '–',
    integration: integrationState(),
  });
}

/** As every page goes by it. */
async function whatThePersonHas(): Promise<string> {
  const { value } = await settings('load-user-settings');
  return value.integrations[0]?.attribution.token === undefined ? 'no token' : 'a token';
}

const mark = () => set(`integration:${id}:disconnecting`, true);
/** Brings a token into the state that a way begins with. */
const tokenFrom: Record<string, () => Promise<unknown>> = {
  absent: begin,
  announced: async () => {
    await begin();
    await settings('save-token', { credential: { kind: 'token', token: `glpat-${'x'.repeat(20)}` } });
  },
  stored: async () => {
    await begin();
    await save();
  },
  marked: async () => {
    await begin(['alice']);
    mark();
  },
  renewing: async () => {
    await begin();
    await save();
    const lose: Tap = ({ to, writes }) => (to === 'service' && writes ? { kind: 'kill-after' } : undefined);
    await settings('renew-token', {}, lose).catch(() => undefined);
  },
};

type Move = { before?: () => void; run: (tap: Tap) => Promise<unknown> };
const tokenMoves: Record<string, Move> = {
  'the person saves a token': { run: save },
  'the person removes it': { run: (tap) => settings('remove-token', {}, tap) },
  'the person renews it': { run: (tap) => settings('renew-token', {}, tap) },
  'an admin removes it': {
    run: (tap) => manage('remove-tokens', { integrationId: id, accountIds: [alice], reason: 'left' }, tap),
  },
  'an admin disconnects': { run: (tap) => manage('disconnect-integration', { id }, tap) },
  'the queue erases what was disconnected': {
    run: (tap) => stage.app.run('erase-tokens-consumer', { site, payload: { body: { integrationId: id } }, tap }),
  },
  'the account is closed': {
    before: () => {
      set(`account:${alice}`, { askedAt: new Date(Date.now() - 8 * 86_400_000).toISOString() });
      stage.app.closedAccounts.close(alice);
    },
    run: (tap) => stage.app.run('daily-trigger', { site, tap }),
  },
  'the person has left': {
    before: () => {
      stage.app.jira.setActive(site, 'alice', false);
      set(`leaver:${alice}`, { since: '2020-01-01T00:00:00.000Z', why: 'deactivated' });
    },
    run: (tap) => stage.app.run('leavers-consumer', { site, payload: { body: {} }, tap }),
  },
  'the app is uninstalled': { run: (tap) => stage.app.run('pre-uninstall', { site, tap }) },
};

const copyStates = tableUnder('States of the ready credential');
const options = { name: 'acme-gitlab', requireUserPat: false, projects: 'all' };

function copyState(): string {
  const connection = entry(`integration:${id}`);
  const kept = (key: string): string => {
    const secret = entry(`${key}:${id}`, 'secret');
    if (secret === undefined) return '–';
    return connection === undefined || secret.connection.credentialId === connection.credentialId ? 'yes' : 'another';
  };
  const required = entry(`integration:${id}:required`) ?? entry('setting:requireUserPat');
  return stateOf(copyStates, {
    credential: kept('integration-credential'),
    copy: kept('ready-credential'),
    'token required': required === true ? 'yes' : 'no',
    integration: integrationState(),
  });
}

const copyFrom: Record<string, () => Promise<unknown> | void> = {
  gone: () => {
    empty();
    id = 'none';
  },
  ready: begin,
  required: async () => {
    await begin();
    await manage('update-integration', { id, ...options, owners: stage.place.owners, requireUserPat: true });
  },
  'left over': async () => {
    await begin();
    set(`integration:${id}:required`, true);
  },
  'not ready': async () => {
    await begin();
    stage.app.entries.delete(site, 'secret', `ready-credential:${id}`);
  },
};

const update = (changes: object) => (tap: Tap) =>
  manage('update-integration', { id, ...options, owners: stage.place.owners, ...changes }, tap);
const copyMoves: Record<string, Move> = {
  'an admin connects': {
    run: async (tap) => {
      const payload = { ...stage.place, ...options, credential: stage.credentialOf(stage.bot) };
      try {
        return await manage('add-integration', payload, tap);
      } finally {
        const [first] = stage.app.entries.list(site, 'integration:', undefined, 1);
        id = first?.key.split(':')[1] ?? id;
      }
    },
  },
  'an admin requires tokens there': { run: update({ requireUserPat: true }) },
  'an admin requires tokens on the site': { run: (tap) => manage('save-site-settings', { requireUserPat: true }, tap) },
  'an admin requires them no longer': { run: update({}) },
  'an admin replaces the credential': {
    run: (tap) => update({ credential: stage.credentialOf(stage.bot) })(tap),
  },
  'the queue puts it in order': { run: (tap) => stage.app.run('ready-credentials-queue', { site, tap }) },
  'an admin disconnects': { run: (tap) => manage('disconnect-integration', { id }, tap) },
};

type Start = () => Promise<unknown> | void;

async function follow(
  row: Record<string, string>,
  { from, moves, look }: { from: Record<string, Start>; moves: Record<string, Move>; look: () => string },
  check: (state: string) => Promise<void> = async () => undefined,
): Promise<void> {
  const [start, move] = [from[row['from'] ?? ''], moves[row['who'] ?? '']];
  if (start === undefined || move === undefined) throw new Error(`Nobody knows how ${row['who']} from ${row['from']}`);
  const prepare = async (): Promise<void> => {
    await start();
    expect(look()).toBe(row['from']);
    move.before?.();
  };
  const walked = await walk(stage, { prepare, run: move.run }, { look, daily, check });
  expect(walked.to).toBe(row['to']);
  const listed = waysIn(row['a stop leaves'] ?? '');
  expect(Object.fromEntries(walked.left)).toEqual(Object.fromEntries(listed));
}

it.each([
  ['Ways of a token', tokenStates],
  ['Ways of the ready credential', copyStates],
])('%s pass every state that is named, and no other', (heading, states) => {
  const met = tableUnder(heading).flatMap((row) => [
    ...[row['from'] ?? '', row['to'] ?? ''],
    ...[...waysIn(row['a stop leaves'] ?? '')].flat(),
  ]);
  expect([...new Set(met)].sort()).toEqual(states.map(({ state = '' }) => state).sort());
});

describe('A token is in a state that docs/token-states.md names, whatever stops the way', () => {
  const check = async (state: string): Promise<void> => {
    const row = tokenStates.find((one) => one['state'] === state);
    expect(`${state}: ${await whatThePersonHas()}`).toBe(`${state}: ${row?.['the person has']}`);
  };
  it.each(tableUnder('Ways of a token'))('from $from to $to when $who', async (row) => {
    await follow(row, { from: tokenFrom, moves: tokenMoves, look: tokenState }, check);
  });
});

describe('The ready credential is in a state that docs/token-states.md names, whatever stops the way', () => {
  it.each(tableUnder('Ways of the ready credential'))('from $from to $to when $who', async (row) => {
    await follow(row, { from: copyFrom, moves: copyMoves, look: copyState });
  });
});
