import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { AzureDevOpsRepository, AzureDevOpsService } from '../../world/world.ts';
import { createFaults } from '../faults.ts';
import { openBareRepository } from '../git/bare-repository.ts';
import { createMissingRepositories, resetRepositories } from '../git/create-repository.ts';
import type { FirstRepositories } from '../git/create-repository.ts';
import type { Service, ServiceOptions } from '../service.ts';
import { createCatalogue, idOf } from './context.ts';
import type { AzureDevOps } from './context.ts';
import { accountBehind } from './credentials.ts';
import { editionOf } from './editions.ts';
import { handleGit } from './git-door.ts';
import { handlePages } from './pages/handle-pages.ts';
import { handleRest } from './rest/handle-rest.ts';
import { openStore } from './store.ts';
import type { Store } from './store.ts';

/** Folder names are ids: the service's names may be no file names. */
const folderOf = ({ project, name }: AzureDevOpsRepository): string =>
  `${idOf('repository', `${project}/${name}`)}.git`;

const pathOf = (directory: string, repository: AzureDevOpsRepository): string =>
  join(directory, 'repositories', folderOf(repository));

const firstRepositories = (definition: AzureDevOpsService, directory: string): FirstRepositories =>
  new Map(
    definition.repositories.map((repository) => {
      const admin = Object.entries(repository.rights).find(([, right]) => right === 'admin')?.[0];
      const person = definition.accounts.find(({ login }) => login === admin) ?? definition.accounts[0];
      const author = person ?? { name: repository.project, email: 'nobody@acme.example' };
      return [pathOf(directory, repository), { ...repository, title: repository.name, author }];
    }),
  );

/** Refuses a world that names somebody it does not have, before anything is made of it. */
const checkWorld = ({ accounts, repositories, tokens }: AzureDevOpsService): void => {
  const people = new Set(accounts.map(({ login }) => login));
  const named = [...tokens.map(({ account }) => account), ...repositories.flatMap(({ rights }) => Object.keys(rights))];
  for (const login of named) {
    if (!people.has(login)) throw new Error(`The world names ${login}, but has no such account`);
  }
};

const addWorldTokens = (definition: AzureDevOpsService, store: Store, now: Date): void => {
  for (const { value, account, scopes, expiresAt, revoked, organization } of definition.tokens) {
    const createdAt = now.toISOString();
    store.addToken(value, { account, name: 'from the world', scopes, createdAt, expiresAt, revoked, organization });
  }
};

/** What follows the organization or collection in a path; undefined when it is another one's. */
const pathUnder = (service: AzureDevOps, url: URL, legacyHost: string | undefined): string | undefined => {
  if (url.hostname === legacyHost) return url.pathname.replace(/^\/DefaultCollection(?=\/|$)/i, '') || '/';
  const { basePath } = service;
  const path = url.pathname;
  const within = path.slice(0, basePath.length).toLowerCase() === basePath.toLowerCase();
  const rest = within ? path.slice(basePath.length) : undefined;
  return rest === '' || rest?.startsWith('/') ? rest || '/' : undefined;
};

const isDecodable = (path: string): boolean => {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
};

/**
 * Opens a simulated Azure DevOps organization, or a collection of Azure DevOps Server or TFS: the git area of its REST API,
 * pages and git over HTTPS, over real bare repositories and one database file in `options.directory`. What is not modelled
 * is refused with status 501. `handle` rejects when the connection is to be dropped (see faults.ts).
 */
export const openAzureDevOps = async (definition: AzureDevOpsService, options: ServiceOptions): Promise<Service> => {
  const directory = resolve(options.directory);
  const now = options.now ?? (() => new Date());
  checkWorld(definition);
  await mkdir(directory, { recursive: true });
  const first = firstRepositories(definition, directory);
  await createMissingRepositories(first);
  const store = openStore(join(directory, 'azure-devops.sqlite'));
  addWorldTokens(definition, store, now());
  const edition = editionOf(definition.edition);
  const basePath = new URL(`https://${definition.webHost}/${definition.collection}`).pathname;
  const service: AzureDevOps = {
    edition,
    baseUrl: `https://${definition.webHost}${basePath}`,
    basePath,
    collection: definition.collection,
    instanceId: idOf('instance', `${definition.webHost}${basePath}`),
    iisBasic: definition.iisBasic,
    catalogue: createCatalogue(definition, (one) => openBareRepository(pathOf(directory, one))),
    store,
    now,
  };
  const faults = createFaults();
  const legacyHost = edition.hosted ? `${definition.collection}.visualstudio.com`.toLowerCase() : undefined;

  return {
    hosts: [definition.webHost, ...(legacyHost === undefined ? [] : [legacyHost])].map((host) => host.toLowerCase()),
    async handle(request) {
      const url = new URL(request.url);
      if (url.pathname === '/sandbox/faults') return faults.endpoint(request);
      const fault = await faults.strike(request);
      if (fault.kind === 'answer') return fault.response;
      if (!isDecodable(url.pathname)) return new Response('Bad Request\n', { status: 400 });
      const path = pathUnder(service, url, legacyHost);
      if (path !== undefined && /(^|\/)_apis\//i.test(path)) return handleRest(service, request, path, fault);
      return (path && (await handleGit(service, request, path))) || handlePages(service, request, path);
    },
    async accountOf(request) {
      return accountBehind(service, request.headers.get('authorization'));
    },
    async reset() {
      faults.clear();
      store.clear();
      await resetRepositories(join(directory, 'repositories'), first);
      addWorldTokens(definition, store, now());
    },
    async close() {
      faults.clear();
      store.close();
    },
  };
};
