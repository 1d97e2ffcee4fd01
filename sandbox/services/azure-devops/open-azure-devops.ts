import type { AzureDevOpsRepository, AzureDevOpsService } from '../../world/world.ts';
import type { FirstContent } from '../git/create-repository.ts';
import { openHost } from '../git-host/open-host.ts';
import { decoded } from '../git-host/router.ts';
import type { Service, ServiceOptions } from '../service.ts';
import { createCatalogue, idOf } from './context.ts';
import type { AzureDevOps } from './context.ts';
import { accountBehind } from './credentials.ts';
import { editionOf } from './editions.ts';
import { handleGit } from './git-door.ts';
import { handlePages } from './pages/handle-pages.ts';
import { handleRest } from './rest/handle-rest.ts';
import type { TokenRecord } from './store.ts';

/** Folder names are ids, because a name at the service can be impossible as a file name. */
const folderOf = ({ project, name }: AzureDevOpsRepository): string => idOf('repository', `${project}/${name}`);

function firstContent(definition: AzureDevOpsService, repository: AzureDevOpsRepository): FirstContent {
  const admin = Object.entries(repository.rights).find(([, right]) => right === 'admin')?.[0];
  const person = definition.accounts.find(({ login }) => login === admin) ?? definition.accounts[0];
  const author = person ?? { name: repository.project, email: 'nobody@acme.example' };
  return { ...repository, title: repository.name, author };
}

/** Refuses a world that names a person it does not have, before anything is created from it. */
function checkWorld({ accounts, repositories }: AzureDevOpsService): void {
  const people = new Set(accounts.map(({ login }) => login));
  for (const login of repositories.flatMap(({ rights }) => Object.keys(rights))) {
    if (!people.has(login)) throw new Error(`The world names ${login}, but has no such account`);
  }
}

/** The part of a path after the organization or collection; undefined for a path of another one. */
function pathUnder(service: AzureDevOps, url: URL, legacyHost: string | undefined): string | undefined {
  if (url.hostname === legacyHost) return url.pathname.replace(/^\/DefaultCollection(?=\/|$)/i, '') || '/';
  const { basePath } = service;
  const path = url.pathname;
  const within = path.slice(0, basePath.length).toLowerCase() === basePath.toLowerCase();
  const rest = within ? path.slice(basePath.length) : undefined;
  return rest === '' || rest?.startsWith('/') ? rest || '/' : undefined;
}

/**
 * Opens a simulated Azure DevOps organization, or a collection of Azure DevOps Server or TFS: the git area of its REST API,
 * pages and git over HTTPS. Everything that is not modelled is refused with status 501. `handle` rejects when the connection is to be
 * dropped (see faults.ts).
 */
export async function openAzureDevOps(definition: AzureDevOpsService, options: ServiceOptions): Promise<Service> {
  checkWorld(definition);
  const host = await openHost<TokenRecord>(
    {
      accounts: definition.accounts.map(({ login }) => login),
      repositories: definition.repositories.map((one) => [folderOf(one), firstContent(definition, one)]),
      tokens: definition.tokens.map((token) => ({
        ...token,
        name: 'from the world',
        expiresAt: token.expiresAt,
        organization: token.organization,
      })),
    },
    options,
  );
  const edition = editionOf(definition.edition);
  const basePath = new URL(`https://${definition.webHost}/${definition.collection}`).pathname;
  const service: AzureDevOps = {
    edition,
    baseUrl: `https://${definition.webHost}${basePath}`,
    basePath,
    collection: definition.collection,
    instanceId: idOf('instance', `${definition.webHost}${basePath}`),
    iisBasic: definition.iisBasic,
    catalogue: createCatalogue(definition, (repository) => host.open(folderOf(repository))),
    store: host.store,
    pulls: { endWithBranch: true },
    now: host.now,
  };
  const legacyHost = edition.hosted ? `${definition.collection}.visualstudio.com`.toLowerCase() : undefined;

  return {
    hosts: [definition.webHost, ...(legacyHost === undefined ? [] : [legacyHost])].map((name) => name.toLowerCase()),
    async handle(request) {
      const url = new URL(request.url);
      if (url.pathname === '/sandbox/faults') return host.faults.endpoint(request);
      const fault = await host.faults.strike(request);
      if (fault.kind === 'answer') return fault.response;
      if (decoded(url.pathname) === undefined) return new Response('Bad Request\n', { status: 400 });
      const path = pathUnder(service, url, legacyHost);
      if (path !== undefined && /(^|\/)_apis\//i.test(path)) return handleRest(service, request, path, fault);
      return (path && (await handleGit(service, request, path))) || handlePages(service, request, path);
    },
    async accountOf(request) {
      return accountBehind(service, request.headers.get('authorization'));
    },
    ...host.ends,
  };
}
