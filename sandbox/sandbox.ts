import { join } from 'node:path';
import { openLocalForge, type LocalForge, type LocalForgeOptions, type Service } from 'local-forge';
import { firstSteps } from './first-steps.ts';
import { readGuide } from './guides.ts';
import { openAzureDevOps } from './services/azure-devops/open-azure-devops.ts';
import { openCodeCommit } from './services/codecommit/open-codecommit.ts';
import { openGitHub } from './services/github/open-github.ts';
import { openGitLab } from './services/gitlab/open-gitlab.ts';
import type { World } from './world/world.ts';

export type SandboxOptions = Omit<LocalForgeOptions, 'app' | 'sites' | 'openServices' | 'madeFrom'> & {
  /** The project's folder. */
  root: string;
  /** The app's folder, with `manifest.yml`; the project's when not given. */
  appRoot?: string;
  world: World;
};

function openService(definition: World['services'][number], directory: string, now: () => Date): Promise<Service> {
  switch (definition.kind) {
    case 'github':
      return openGitHub(definition, { directory, now });
    case 'gitlab':
      return openGitLab(definition, { directory, now });
    case 'azure-devops':
      return openAzureDevOps(definition, { directory, now });
    case 'codecommit':
      return openCodeCommit(definition, { directory, now });
  }
}

async function openServices(world: World, folder: string, now: () => Date): Promise<Service[]> {
  const services: Service[] = [];
  for (const [index, definition] of world.services.entries())
    services.push(await openService(definition, join(folder, `${index + 1}-${definition.kind}`), now));
  return services;
}

/** Runs the whole product: a local Forge with the app, Jira sites, and the git services of a world. */
export const startSandbox = ({ root, appRoot = root, world, ...options }: SandboxOptions): Promise<LocalForge> =>
  openLocalForge({
    bundle: join(appRoot, 'dist/backend'),
    ...options,
    app: appRoot,
    appName: 'Undersigned',
    sites: world.sites,
    openServices: (folder, now) => openServices(world, folder, now),
    madeFrom: world,
    ownPage: (pathname) => readGuide(root, pathname),
    firstSteps,
    // A deployment has `GUIDES_URL` here. In the sandbox the site serves the guides.
    head: (siteOrigin) => `<meta name="guides" content="${siteOrigin}/docs/guides">`,
  });
