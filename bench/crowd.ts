import { demoWorld } from '../sandbox/world/demo.ts';
import { worldSchema, type World } from '../sandbox/world/world.ts';
import type { Place } from './places.ts';

export type Size = { repositories: number; branches: number };

/**
 * A company that began last week, and one that has existed for long. A repository of GitHub is one line of a list here; at the others
 * each one is a real git repository, which takes time to make.
 */
export const sizes = (place: Place): { few: Size; many: Size } => ({
  few: { repositories: 10, branches: 100 },
  many: place.name === 'github' ? { repositories: 10_000, branches: 20_000 } : { repositories: 300, branches: 3_000 },
});

const OWNER = 'crowd';

const names = (count: number, prefix: string): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}-${String(index).padStart(5, '0')}`);

/** The demo world with nothing but one service, with a company's data there: many branches in `web`, and other repositories. */
export function crowdedWorld({ name }: Place, size: Size): World {
  const service = demoWorld.services.find(({ kind }) => kind === name);
  if (service === undefined) throw new Error(`The demo world has no ${name}`);
  const branches = [
    { name: 'develop' },
    ...names(size.branches - 2, 'feature/OLD').map((branch) => ({ name: branch })),
  ];
  const others = names(size.repositories - 1, 'service');
  return worldSchema.parse({ ...demoWorld, services: [{ ...service, ...crowdOf(name, branches, others) }] });
}

function crowdOf(kind: string, branches: { name: string }[], others: string[]): object {
  switch (kind) {
    case 'github': {
      const mine = { owner: OWNER, collaborators: { 'acme-bot': 'admin', alice: 'write' } };
      return {
        organizations: [{ login: OWNER, members: ['acme-bot', 'alice'] }],
        repositories: [{ ...mine, name: 'web', branches }, ...others.map((name) => ({ ...mine, name, like: 'web' }))],
      };
    }
    case 'gitlab':
      return {
        groups: [{ path: OWNER, members: { 'acme-bot': 'maintainer', alice: 'developer' } }],
        projects: [{ path: `${OWNER}/web`, branches }, ...others.map((name) => ({ path: `${OWNER}/${name}` }))],
      };
    case 'azure-devops': {
      const mine = { project: OWNER, rights: { 'acme-bot': 'admin', alice: 'contribute' } };
      return { repositories: [{ ...mine, name: 'web', branches }, ...others.map((name) => ({ ...mine, name }))] };
    }
    default:
      return { repositories: [{ name: 'web', branches }, ...others.map((name) => ({ name }))] };
  }
}

/** The same place with the crowd. */
export function crowded(place: Place): Place {
  const { connect } = place;
  return connect.owners === 'all'
    ? { ...place, repository: 'web' }
    : { ...place, connect: { ...connect, owners: [OWNER] }, repository: `${OWNER}/web` };
}
