import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  noRates,
  readManifest,
  unlimitedRates,
  type DoorCall,
  type KvsRates,
  type LocalForge,
  type LogLine,
} from 'local-forge';
import { buildWhatIsStale } from '../sandbox/build.ts';
import { startSandbox } from '../sandbox/sandbox.ts';
import { demoWorld } from '../sandbox/world/demo.ts';
import type { World } from '../sandbox/world/world.ts';
import { claimsOf, sealTicket } from '../src/use-cases/ticket.ts';
import type { Place } from './places.ts';

export type Payload = Record<string, unknown>;

/** One invocation, as seen from outside. */
export type Watched<Value> = {
  value: Value;
  calls: DoorCall[];
  ms: number;
  /** The app's log lines. */
  logged: readonly string[];
};

export type Stage = {
  sandbox: LocalForge;
  /** The page's answer; an error ends the run. */
  invoke<Value>(as: string, module: string, call: string, payload: Payload, issueKey?: string): Promise<Value>;
  /** The same, with all its requests. */
  watch<Value>(as: string, module: string, call: string, payload: Payload): Promise<Watched<Value>>;
  /** All requests while `work` ran, those of queues too. */
  during(work: () => Promise<unknown>): Promise<DoorCall[]>;
  /** Connects a place, with its integration account's credential. */
  connect(place: Place, options?: { requireUserPat?: boolean; name?: string }): Promise<string>;
  /** Waits until the queues are empty; delayed events are delivered at once. */
  idle(): Promise<void>;
  /** A ticket for DEMO-1 that a person got so many ms ago. */
  agedTicket(as: string, ms: number): Promise<string>;
  saveToken(place: Place, as: string, integrationId: string): Promise<void>;
  close(): Promise<void>;
};

/** All requests and log lines of the app, from one `forget` to the next. */
function listen() {
  let calls: DoorCall[] = [];
  let logged: string[] = [];
  return {
    hooks: {
      onCall: (call: DoorCall) => void calls.push(call),
      print: ({ source, text }: LogLine) => void (source === 'app' && logged.push(text)),
    },
    forget: () => {
      calls = [];
      logged = [];
    },
    all: () => ({ calls: [...calls], logged: [...logged] }),
  };
}

/** The real backend in the sandbox, on a data folder that is deleted afterwards. Latencies in ms. A day's work takes a minute here, so storage has no rate limits. */
export async function openStage(
  root: string,
  options: { world?: World; latency?: number; platformLatency?: number; appRoot?: string; rates?: KvsRates } = {},
): Promise<Stage> {
  const { world = demoWorld, ...more } = options;
  const data = await mkdtemp(join(tmpdir(), 'undersigned-bench-'));
  await buildWhatIsStale(root, readManifest(root), (text) => process.stderr.write(`${text}\n`));
  const heard = listen();
  const sandbox = await startSandbox({
    root,
    data,
    world,
    port: 0,
    rates: unlimitedRates,
    jiraRates: noRates,
    ...more,
    ...heard.hooks,
  });
  const invoke = invokerOf(sandbox.url);
  return {
    sandbox,
    invoke,
    watch: async (as, module, call, payload) => {
      heard.forget();
      const start = performance.now();
      const value = await invoke<never>(as, module, call, payload);
      const ms = performance.now() - start;
      const { calls, logged } = heard.all();
      return { value, ms, calls: calls.filter((one) => one.call === call), logged };
    },
    during: async (work) => {
      heard.forget();
      await work();
      return heard.all().calls;
    },
    connect: async (place, { requireUserPat = false, name = place.name } = {}) => {
      const credential = await place.credential(sandbox.servicesUrl, place.integrationAccount);
      const request = { ...place.connect, credential, name, requireUserPat, projects: 'all' };
      const made = await invoke<{ integration: { id: string } }>(
        'ada',
        'manage-repositories',
        'add-integration',
        request,
      );
      return made.integration.id;
    },
    idle: () => idle(sandbox.url),
    agedTicket: async (as, ms) =>
      aged(await invoke(as, 'issue-context', 'load-issue', { issueKey: 'DEMO-1' }), ms, sandbox, world),
    saveToken: async (place, as, integrationId) => {
      const credential = await place.credential(sandbox.servicesUrl, as);
      await invoke(as, 'issue-context', 'save-token', { issueKey: 'DEMO-1', integrationId, credential });
    },
    close: async () => {
      await sandbox.close();
      await rm(data, { recursive: true, force: true });
    },
  };
}

function invokerOf(url: string): Stage['invoke'] {
  return async (as, module, call, payload, issueKey = 'DEMO-1') => {
    const body = JSON.stringify({ as, module, call, issueKey, payload });
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${url}/sandbox/invoke`, { method: 'POST', headers, body });
    const answer = (await response.json()) as { ok: boolean; value: never; error?: unknown };
    if (!answer.ok) throw new Error(`${call} as ${as}: ${JSON.stringify(answer.error)}`);
    return answer.value;
  };
}

/** The same ticket as if it had been given so many ms earlier. */
async function aged({ ticket }: { ticket: string }, ms: number, sandbox: LocalForge, world: World): Promise<string> {
  const claims = claimsOf(ticket);
  const stored = sandbox.platform.entries.get(world.sites[0]?.id ?? '', 'secret', 'ticket-key')?.json;
  if (claims === undefined || stored === undefined) throw new Error('No ticket was given');
  const key = new Uint8Array(Buffer.from(JSON.parse(stored) as string, 'base64url'));
  return sealTicket({ ...claims, allowedAt: claims.allowedAt - ms, namedAt: claims.namedAt - ms }, key);
}

async function idle(url: string): Promise<void> {
  // The sandbox waits for a minute; an erasure can take longer, the more so on a busy machine.
  for (let attempt = 0; attempt < 20; attempt++) {
    const { ok } = await fetch(`${url}/sandbox/idle?hurry`);
    if (ok) return;
  }
  throw new Error('The queues do not end');
}

/** The middle one of several measurements. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}
