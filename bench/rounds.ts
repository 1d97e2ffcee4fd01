import type { DoorCall } from '../sandbox/forge/door.ts';
import type { Figure } from './figures.ts';
import { places, type Place } from './places.ts';
import { openStage, type Payload, type Stage } from './stage.ts';

/**
 * A service is further away than the platform, so what is asked of the platform meanwhile is not waited for; and both are far
 * enough that what goes out together is not torn apart by a busy machine. In ms.
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
    return traces;
  } finally {
    await stage.close();
  }
}

async function* actionsAt(place: Place, stage: Stage): AsyncGenerator<Trace> {
  const { sandbox } = stage;
  const traced = async (action: string, as: string, module: string, call: string, payload: Payload) => {
    const { value, ...seen } = await stage.watch<{ integration?: { id: string } }>(as, module, call, payload);
    return { trace: { action, place: place.name, ...seen }, value };
  };
  const admin = (call: string, payload: Payload) => traced(call, 'ada', 'manage-repositories', call, payload);
  const own = async (as: string) => ({ credential: await place.credential(sandbox.servicesUrl, as) });

  const tested = { ...place.connect, ...(await own(place.integrationAccount)) };
  yield (await admin('test-connection', tested)).trace;
  const options = { name: place.name, requireUserPat: false, projects: 'all', owners: place.connect.owners };
  const added = await admin('add-integration', { ...tested, ...options });
  yield added.trace;
  const integrationId = added.value.integration?.id ?? '';
  yield (await admin('update-integration', { id: integrationId, ...options, requireUserPat: true })).trace;
  yield (await admin('update-integration', { id: integrationId, ...options })).trace;
  yield (await admin('load-site', {})).trace;
  const { repository, source: sourceBranch } = place;
  const on = { issueKey: 'DEMO-1', integrationId };

  for (const actor of ['integration', 'person'] as const) {
    const act = async (call: string, payload: Payload) =>
      (await traced(`${call}/${actor}`, 'alice', 'issue-context', call, payload)).trace;
    if (actor === 'person') {
      yield (await traced('save-token', 'alice', 'issue-context', 'save-token', { ...on, ...(await own('alice')) }))
        .trace;
    }
    yield await act('load-issue', { issueKey: 'DEMO-1' });
    yield await act('list-cards', on);
    yield await act('list-repositories', { ...on, search: '' });
    yield await act('list-branches', { ...on, repository, search: '' });
    // Deleting one that does not name the issue takes knowing that it was made for it.
    const name = `made-as-${actor}`;
    yield await act('create-branch', { ...on, repository, sourceBranch, name });
    yield await act('delete-branch', { ...on, repository, branch: name });
  }
  const request = { repository, sourceBranch: place.changed, targetBranch: sourceBranch, title: 'DEMO-1' };
  const asked = await traced('create-pull-request', 'alice', 'issue-context', 'create-pull-request', {
    ...on,
    ...request,
  });
  yield asked.trace;
  yield (await traced('load-user-settings', 'alice', 'user-settings', 'load-user-settings', {})).trace;
  yield (await traced('remove-token', 'alice', 'user-settings', 'remove-token', { integrationId })).trace;
  const switches = { requireUserPat: true, branchActions: true, pullRequestActions: true };
  yield (await admin('save-site-settings', switches)).trace;
  yield (await admin('save-site-settings', { ...switches, requireUserPat: false })).trace;
  yield (await admin('disconnect-integration', { id: integrationId })).trace;
}

/** What the answer waited for, first to last: before each call the one that ended last before it began. */
function waitedFor(calls: readonly DoorCall[]): DoorCall[] {
  const chain: DoorCall[] = [];
  const latest = (before: number) =>
    calls
      .filter(({ end }) => end <= before)
      .reduce<DoorCall | undefined>((a, b) => (a && a.end > b.end ? a : b), undefined);
  for (let call = latest(Infinity); call !== undefined; call = latest(call.start)) chain.unshift(call);
  return chain;
}

/** The most round trips to the platform that an action waited for on any service; its calls to the service come on top. */
export function countRounds(traces: readonly Trace[]): Figure[] {
  const most = new Map<string, number>();
  for (const { action, calls } of traces) {
    const rounds = waitedFor(calls).filter(({ to }) => to === 'platform').length;
    most.set(action, Math.max(most.get(action) ?? 0, rounds));
  }
  return [...most].map(([action, value]) => ({ name: `waited-for/${action}/platform`, value, unit: 'round trips' }));
}

const WIDTH = 48;

/** One line a call, as long as it took; `*` is what the answer waited for. */
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
