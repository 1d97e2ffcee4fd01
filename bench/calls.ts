import type { Figure } from './figures.ts';
import { places, type Place } from './places.ts';
import { openStage, type Stage } from './stage.ts';

/** Counts the requests that leave the app for one person's way to a branch, on every service, through the real backend. */
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
  const outgoing = async (call: string, payload: Record<string, unknown>): Promise<number> => {
    const { calls } = await stage.watch('alice', 'issue-context', call, payload);
    return calls.filter(({ to }) => to === 'service').length;
  };
  const opened = await outgoing('load-issue', { issueKey: work.issueKey });
  const repositories = await outgoing('list-repositories', { ...work, search: '' });
  const branches = await outgoing('list-branches', { ...work, repository, search: '' });
  const created = await outgoing('create-branch', { ...work, repository, sourceBranch, name: `DEMO-1-${name}` });
  return [
    { name: `create-branch/${name}/calls`, value: created, unit: 'requests' },
    { name: `whole-flow/${name}/calls`, value: opened + repositories + branches + created, unit: 'requests' },
  ];
}
