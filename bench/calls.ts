import type { Figure } from './figures.ts';
import { places, type Place } from './places.ts';
import { openStage, type Payload, type Stage } from './stage.ts';

/**
 * Counts the requests that leave the app for one person's way to a branch, on every service, through the real backend.
 * `calls-fresh`: with the commit from the list of branches. A service that lists only names has none.
 */
export async function countCalls(root: string): Promise<Figure[]> {
  const stage = await openStage(root);
  try {
    const figures: Figure[] = [];
    for (const place of places) figures.push(...(await callsAt(place, stage)));
    return figures;
  } finally {
    await stage.close();
  }
}

async function callsAt(place: Place, stage: Stage): Promise<Figure[]> {
  const { name, repository, source: sourceBranch } = place;
  const integrationId = await stage.connect(place, { requireUserPat: true });
  await stage.saveToken(place, 'alice', integrationId);
  const work = { issueKey: 'DEMO-1', integrationId };
  const asked = async <Value>(call: string, payload: Payload) => {
    const { value, calls } = await stage.watch<Value>('alice', 'issue-context', call, payload);
    return { value, requests: calls.filter(({ to }) => to === 'service').length };
  };
  const create = (branch: string, sourceCommit?: { commit: string; ageMs: number }) =>
    asked('create-branch', { ...work, repository, sourceBranch, sourceCommit, name: branch });
  const opened = await asked('load-issue', { issueKey: work.issueKey });
  const repositories = await asked('list-repositories', { ...work, search: '' });
  const branches = await asked<{ items: readonly { name: string; commit?: string }[] }>('list-branches', {
    ...work,
    repository,
    search: '',
  });
  const created = await create('DEMO-1-asked');
  const commit = branches.value.items.find((branch) => branch.name === sourceBranch)?.commit;
  const fresh = commit === undefined ? created : await create('DEMO-1-fresh', { commit, ageMs: 0 });
  const flow = [opened, repositories, branches, created].reduce((sum, { requests }) => sum + requests, 0);
  return [
    { name: `create-branch/${name}/calls`, value: created.requests, unit: 'requests' },
    { name: `create-branch/${name}/calls-fresh`, value: fresh.requests, unit: 'requests' },
    { name: `whole-flow/${name}/calls`, value: flow, unit: 'requests' },
  ];
}
