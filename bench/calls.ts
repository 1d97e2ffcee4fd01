import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildWhatIsStale } from '../sandbox/forge/build.ts';
import { readManifest } from '../sandbox/forge/manifest.ts';
import { startSandbox } from '../sandbox/sandbox.ts';
import { demoWorld } from '../sandbox/world/demo.ts';
import type { Figure } from './figures.ts';
import { places, type Place } from './places.ts';

/**
 * Counts the requests that leave the app for one person's way to a branch, on every service, through the real backend.
 * `calls-fresh`: with the commit the list of branches just showed; a service that lists names only has none to give.
 */
export async function countCalls(root: string): Promise<Figure[]> {
  const data = await mkdtemp(join(tmpdir(), 'undersigned-bench-'));
  await buildWhatIsStale(root, readManifest(root), (text) => process.stderr.write(`${text}\n`));
  const sandbox = await startSandbox({ root, data, world: demoWorld, port: 0 });
  try {
    const figures: Figure[] = [];
    for (const place of places) figures.push(...(await callsAt(place, sandbox.url, sandbox.servicesUrl)));
    return figures;
  } finally {
    await sandbox.close();
    await rm(data, { recursive: true, force: true });
  }
}

type Answer = {
  ok: boolean;
  value: { integration?: { id: string }; items?: readonly { name: string; commit?: string }[] };
  error?: unknown;
};

async function callsAt(place: Place, url: string, services: string): Promise<Figure[]> {
  const invoke = async (as: string, module: string, call: string, payload: Record<string, unknown>) => {
    const body = JSON.stringify({ as, module, call, issueKey: 'DEMO-1', payload });
    const response = await fetch(`${url}/sandbox/invoke`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const answer = (await response.json()) as Answer;
    if (!answer.ok) throw new Error(`${call}: ${JSON.stringify(answer.error)}`);
    return answer.value;
  };
  const { integration } = await invoke('ada', 'manage-repositories', 'add-integration', {
    ...place.connect,
    credential: await place.credential(services, place.integrationAccount),
    name: place.name,
    requireUserPat: true,
    projects: 'all',
  });
  const work = { issueKey: 'DEMO-1', integrationId: integration?.id ?? '' };
  await invoke('alice', 'issue-context', 'save-token', {
    ...work,
    credential: await place.credential(services, 'alice'),
  });

  const spent = async (steps: () => Promise<unknown>): Promise<number> => {
    const before = await outgoing(url);
    await steps();
    return (await outgoing(url)) - before;
  };
  const { repository, source } = place;
  const create = (name: string, sourceCommit?: { commit: string; ageMs: number }) =>
    invoke('alice', 'issue-context', 'create-branch', {
      ...work,
      repository,
      sourceBranch: source,
      sourceCommit,
      name,
    });
  let created = 0;
  let commit: string | undefined;
  const flow = await spent(async () => {
    await invoke('alice', 'issue-context', 'load-issue', { issueKey: work.issueKey });
    await invoke('alice', 'issue-context', 'list-repositories', { ...work, search: '' });
    const branches = await invoke('alice', 'issue-context', 'list-branches', { ...work, repository, search: '' });
    commit = branches.items?.find(({ name }) => name === source)?.commit;
    created = await spent(() => create('DEMO-1-asked'));
  });
  const fresh =
    commit === undefined ? created : await spent(() => create('DEMO-1-fresh', { commit: String(commit), ageMs: 0 }));
  return [
    { name: `create-branch/${place.name}/calls`, value: created, unit: 'requests' },
    { name: `create-branch/${place.name}/calls-fresh`, value: fresh, unit: 'requests' },
    { name: `whole-flow/${place.name}/calls`, value: flow, unit: 'requests' },
  ];
}

/** Requests to git services so far. */
async function outgoing(url: string): Promise<number> {
  return ((await (await fetch(`${url}/sandbox/requests`)).json()) as unknown[]).length;
}
