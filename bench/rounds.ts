import type { DoorCall } from 'local-forge';
import { issueCalls, manageRepositoriesCalls, userSettingsCalls } from '../src/contract/calls.ts';
import type { EditionId } from '../src/domain/editions.ts';
import { serviceAt } from '../src/domain/service.ts';
import { linksOf } from '../src/providers/links.ts';
import type { Figure } from './figures.ts';
import { places, type Place } from './places.ts';
import { openStage, type Payload, type Stage } from './stage.ts';

/**
 * A service is slower than the platform, so nothing waits for requests to the platform at the same time. Both are slow
 * enough that a busy machine does not separate requests that go out together. In ms.
 */
const LATENCY = { latency: 100, platformLatency: 35 };

export type Trace = { action: string; place: string; calls: DoorCall[]; ms: number; logged: readonly string[] };

/**
 * Every action of every surface, once as a person with a token and, where it makes a difference, as the integration
 * account, on every service.
 */
export async function traceActions(root: string, at: readonly Place[] = places): Promise<Trace[]> {
  const stage = await openStage(root, LATENCY);
  try {
    const traces: Trace[] = [];
    for (const place of at) {
      for await (const trace of actionsAt(place, stage)) traces.push(trace);
    }
    const calls = Object.keys({ ...issueCalls, ...userSettingsCalls, ...manageRepositoriesCalls });
    const untraced = calls.filter((call) => !traces.some(({ action }) => action.split('/')[0] === call));
    if (untraced.length > 0) throw new Error(`Nobody traced ${untraced.join(', ')}`);
    return traces;
  } finally {
    await stage.close();
  }
}

type Tracer = {
  /** `action`: its name in the figures, if that is not the call's name. */
  trace: (as: string, module: string, call: string, payload: Payload, action?: string) => Promise<Trace>;
  /** The id of the integration that was connected last. */
  connected: () => string;
};

function tracer(place: Place, stage: Stage): Tracer {
  let id = '';
  return {
    trace: async (as, module, call, payload, action = call) => {
      const { value, ...seen } = await stage.watch<{ integration?: { id: string } }>(as, module, call, payload);
      id = value.integration?.id ?? id;
      return { action, place: place.name, ...seen };
    },
    connected: () => id,
  };
}

async function* actionsAt(place: Place, stage: Stage): AsyncGenerator<Trace> {
  const { trace, connected } = tracer(place, stage);
  const admin = (call: string, payload: Payload, action?: string) =>
    trace('ada', 'manage-repositories', call, payload, action);
  const own = async (as: string) => ({ credential: await place.credential(stage.sandbox.servicesUrl, as) });

  const tested = { ...place.connect, ...(await own(place.integrationAccount)) };
  yield await admin('new-token-page', { edition: tested.edition, ...(tested.address && { address: tested.address }) });
  yield await admin('test-connection', tested);
  const options = { name: place.name, requireUserPat: false, projects: 'all', owners: place.connect.owners };
  yield await admin('add-integration', { ...tested, ...options });
  const id = connected();
  yield await admin('update-integration', { id, ...options, requireUserPat: true });
  yield await admin('update-integration', { id, ...options });
  const replaced = { id, ...options, credential: tested.credential };
  yield await admin('update-integration', replaced, 'update-integration/credential');
  for (const enabled of [false, true]) yield await admin('switch-integration', { id, enabled });
  yield await admin('load-site', {});
  // Copies of credentials for writes are made by a queue.
  await stage.idle();
  yield* onIssue(place, id, trace, own, stage);
  yield* inSettings(place, id, trace, own);
  const switches = { requireUserPat: true, branchActions: true, pullRequestActions: true };
  yield await admin('save-site-settings', switches);
  yield await admin('save-site-settings', { ...switches, requireUserPat: false });
  yield await admin('save-branch-name-rule', { template: '${issuekey}-${summary}', separator: '-', maxBytes: 250 });
  yield await admin('save-token-rules', {
    integrationId: id,
    rules: { mustEnd: true, untoldEnd: 'ask', graceDays: 9 },
  });
  yield await admin('save-token-rules', { integrationId: id, rules: null });
  yield await admin('list-tokens', {});
  yield await admin('list-tokens', { search: 'ali' }, 'list-tokens/search');
  const accountIds = ['712020:a11ce000-0000-4000-8000-000000000002'];
  yield await admin('remove-tokens', { integrationId: id, accountIds, reason: 'left' });
  yield await admin('find-people', { search: 'ali' });
  yield await admin('list-projects', { search: 'demo' });
  yield await admin('list-activity', {});
  yield await admin('disconnect-integration', { id });
}

/** ms; the next look at an issue some time later (`src/domain/ticket.ts`). */
const TOO_OLD_TO_ALLOW_MS = 600_000;
/** ms; longer than a ticket allows writes without a request to Jira: people have read and typed. */
const TYPED_MS = 90_000;

type Own = (as: string) => Promise<{ credential: Record<string, string> }>;

async function* onIssue(
  place: Place,
  integrationId: string,
  trace: Tracer['trace'],
  own: Own,
  stage: Stage,
): AsyncGenerator<Trace> {
  const { repository, source: sourceBranch } = place;
  const on = { issueKey: 'DEMO-1', integrationId };
  let ticket: string | undefined;
  const alice = (call: string, payload: Payload, action?: string) =>
    trace('alice', 'issue-context', call, { ...payload, ...(ticket && { ticket }) }, action);

  for (const actor of ['integration', 'person']) {
    const act = (call: string, payload: Payload) => alice(call, payload, `${call}/${actor}`);
    if (actor === 'person') yield await alice('save-token', { ...on, ...(await own('alice')) });
    if (actor === 'person') {
      ticket = undefined;
      yield await alice('load-issue', { issueKey: 'DEMO-1' }, 'load-issue/first');
    }
    ticket = await stage.agedTicket('alice', TOO_OLD_TO_ALLOW_MS);
    yield await act('load-issue', { issueKey: 'DEMO-1' });
    ticket = await stage.agedTicket('alice', TYPED_MS);
    yield await act('list-cards', on);
    yield await act('list-repositories', { ...on, search: '' });
    yield await act('list-branches', { ...on, repository, search: '' });
    // To delete a branch that does not name the issue, the app must know that it was made for it.
    const name = `made-as-${actor}`;
    yield await act('check-branch-name', { ...on, repository, name });
    yield await act('create-branch', { ...on, repository, sourceBranch, name });
    yield await act('delete-branch', { ...on, repository, branch: name });
  }
  yield await alice('load-issue', { issueKey: 'DEMO-1', named: true }, 'load-issue/dialog');
  yield await alice('list-reviewers', { ...on, repository, search: '' });
  yield await alice('search-work', { ...on, search: place.changed });
  const there = { ...on, repository, branch: place.changed };
  yield await alice('attach-branch', there);
  const { value: looked } = await stage.watch<{ news?: string }>('alice', 'issue-context', 'list-cards', on);
  if (looked.news === undefined) throw new Error(`Nothing is new at ${place.name}`);
  yield await alice('tell-jira', { ...on, news: looked.news });
  yield await alice('detach-work', there);
  const service = serviceAt(place.connect.edition as EditionId, place.connect.address ?? '');
  const address = linksOf(service).branch(service, repository, place.changed);
  yield await alice('attach-address', { issueKey: 'DEMO-1', address });
  if (linksOf(service).renewsTokens) yield await alice('renew-token', on);
  yield await alice('read-request-form', { ...on, repository, targetBranch: sourceBranch });
  const request = { repository, sourceBranch: place.changed, targetBranch: sourceBranch, title: 'DEMO-1' };
  yield await alice('create-pull-request', { ...on, ...request });
  yield await alice('save-default', { ...on, repository, branch: sourceBranch });
  yield await alice('clear-default', { issueKey: 'DEMO-1', cleared: { of: 'repository', integrationId, repository } });
  yield await alice('remove-token', on);
}

async function* inSettings(
  { repository, source: branch }: Place,
  integrationId: string,
  trace: Tracer['trace'],
  own: Own,
): AsyncGenerator<Trace> {
  const alice = (call: string, payload: Payload) =>
    trace('alice', 'user-settings', call, payload, call === 'load-user-settings' ? call : `${call}/settings`);
  const at = { projectKey: 'DEMO', integrationId };

  yield await alice('save-token', { integrationId, ...(await own('alice')) });
  yield await alice('load-user-settings', {});
  yield await alice('list-repositories', { ...at, search: '' });
  yield await alice('list-branches', { ...at, repository, search: '' });
  yield await alice('save-default', { ...at, repository, branch });
  yield await alice('clear-default', { projectKey: 'DEMO', cleared: { of: 'repository', integrationId, repository } });
  yield await alice('remove-token', { integrationId });
}

/** The requests that the answer waited for, first to last: before each one, the last that ended before it began. */
export function waitedFor(calls: readonly DoorCall[]): DoorCall[] {
  const chain: DoorCall[] = [];
  const latest = (before: number) =>
    calls
      .filter(({ end }) => end <= before)
      .reduce<DoorCall | undefined>((a, b) => (a && a.end > b.end ? a : b), undefined);
  for (let call = latest(Infinity); call !== undefined; call = latest(call.start)) chain.unshift(call);
  return chain;
}

/** The most round trips to the platform that an action waited for on any service. Its requests to the service come on top. */
export function countRounds(traces: readonly Trace[]): Figure[] {
  const most = new Map<string, number>();
  for (const { action, calls } of traces) {
    const rounds = waitedFor(calls).filter(({ to }) => to === 'platform').length;
    most.set(action, Math.max(most.get(action) ?? 0, rounds));
  }
  return [...most].map(([action, value]) => ({ name: `waited-for/${action}/platform`, value, unit: 'round trips' }));
}

const WIDTH = 48;

/** One line for each request, as long as it took; `*` marks requests that the answer waited for. */
export function timeline({ action, place, calls }: Trace): string {
  const waited = new Set(waitedFor(calls));
  const from = Math.min(...calls.map(({ start }) => start));
  const whole = Math.max(...calls.map(({ end }) => end)) - from;
  const column = (time: number) => Math.round(((time - from) / whole) * WIDTH);
  const lines = [...calls]
    .sort((a, b) => a.start - b.start)
    .map((call) => {
      const [start, end] = [column(call.start), column(call.end)];
      const bar = `${' '.repeat(start)}${(call.to === 'service' ? '#' : '=').repeat(Math.max(1, end - start))}`;
      return `  ${waited.has(call) ? '*' : ' '} ${bar.padEnd(WIDTH + 1)} ${call.what}`;
    });
  return [`${action} · ${place} · ${Math.round(whole)} ms`, ...lines].join('\n');
}
