import { createHash } from 'node:crypto';
import type { Site } from 'local-forge';
import { demoWorld } from '../sandbox/world/demo';
import { worldSchema } from '../sandbox/world/world';

/** Somebody of a crowd: in Jira, and with the same name at each service. */
export type Developer = { id: string; accountId: string };

/** A Jira site like the demo's, with people for each role; `zora` is a second Jira admin, `erin` may browse nothing, `carol` lacks View Development Tools. */
export function siteNamed(id: string, crowd: readonly Developer[] = []): Site {
  const [demo] = demoWorld.sites;
  if (demo === undefined) throw new Error('The demo world has no site.');
  const cloudId = createHash('sha256').update(id).digest('hex').slice(0, 32);
  const more = crowd.map(({ id: name }) => name);
  const insiders = ['ada', 'alice', 'bob', 'carol', ...more];
  const [site] = worldSchema.parse({
    sites: [
      {
        ...demo,
        id,
        cloudId: cloudId.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
        people: [
          ...demo.people,
          {
            id: 'zora',
            accountId: '712020:2044a000-0000-4000-8000-000000000006',
            displayName: 'Zora',
            jiraAdmin: true,
          },
          { id: 'erin', accountId: '712020:e4140000-0000-4000-8000-000000000005', displayName: 'Erin Outsider' },
          ...crowd.map(({ id: name, accountId }) => ({ id: name, accountId, displayName: name })),
        ],
        projects: demo.projects.map((project) =>
          project.key === 'DEMO'
            ? {
                ...project,
                permissions: { BROWSE_PROJECTS: insiders, VIEW_DEV_TOOLS: ['ada', 'alice', 'bob', ...more] },
              }
            : project,
        ),
      },
    ],
    services: [],
  }).sites;
  if (site === undefined) throw new Error('No site was made.');
  return site;
}
