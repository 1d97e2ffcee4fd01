import { demoWorld } from '../../sandbox/world/demo.ts';
import { worldSchema, type World } from '../../sandbox/world/world.ts';

/** Sites beside the demo's own, each in a state of its own. */
export const sites = { busy: 'acme', strict: 'globex', empty: 'fresh', off: 'quiet' } as const;

export const hosts = {
  gitHubEnterprise: 'git.acme.example',
  gitLab: 'code.acme.example',
  tfs: 'tfs.acme.example',
  oldTfs: 'tfs-2015.acme.example',
} as const;

/** Signs in to the TFS that knows no tokens. It opens nothing but a service of this machine. */
export const password = 'correct horse: battery';

/** The demo's world, and services of every edition that is connected in a way of its own. */
export const statesWorld: World = worldSchema.parse({
  sites: [
    ...demoWorld.sites,
    ...[sites.empty, sites.off].map((id, index) => ({
      ...demoWorld.sites[0],
      id,
      cloudId: `${index + 3}`.repeat(8) + '-3333-4333-8333-333333333333',
      name: id === sites.empty ? 'Fresh' : 'Quiet',
    })),
  ],
  services: [...demoWorld.services.map(withProtectedBranch), ...ofCustomers()],
});

/** A branch of DEMO-1 that nobody may delete. */
function withProtectedBranch(service: World['services'][number]): unknown {
  if (service.kind !== 'github') return service;
  const repositories = service.repositories.map((one) =>
    one.name === 'web'
      ? { ...one, branches: [...one.branches, { name: 'DEMO-1-hotfix', commits: 1, protected: true }] }
      : one,
  );
  return { ...service, repositories };
}

function ofCustomers(): unknown[] {
  return demoWorld.services.flatMap((service): unknown[] => {
    if (service.kind === 'gitlab') return [{ ...service, webHost: hosts.gitLab, version: '16.5' }];
    if (service.kind !== 'azure-devops') return [];
    const tfs = { ...service, collection: 'tfs/DefaultCollection' };
    const accounts = service.accounts.map((account) => ({ ...account, password }));
    return [
      { ...tfs, edition: 'tfs-2017', webHost: hosts.tfs },
      { ...tfs, ...onlyArchive(service), edition: 'tfs-2015', webHost: hosts.oldTfs, accounts, iisBasic: true },
    ];
  });
}

/** A repository that no other service has. */
function onlyArchive({ repositories }: { repositories: readonly object[] }) {
  return { repositories: repositories.slice(0, 1).map((one) => ({ ...one, name: 'Archive' })) };
}
