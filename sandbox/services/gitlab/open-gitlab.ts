import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { GitLabProject, GitLabService } from '../../world/world.ts';
import { createFaults } from '../faults.ts';
import { openBareRepository } from '../git/bare-repository.ts';
import { createMissingRepositories, resetRepositories } from '../git/create-repository.ts';
import type { FirstRepositories } from '../git/create-repository.ts';
import type { Service, ServiceOptions } from '../service.ts';
import { handleApi } from './api/handle-api.ts';
import { createCatalogue } from './context.ts';
import type { GitLab } from './context.ts';
import { accountBehind } from './credentials.ts';
import { handleGit } from './git-door.ts';
import { handlePages } from './pages/handle-pages.ts';
import { openStore } from './store.ts';
import type { Store } from './store.ts';

const pathOf = (directory: string, { path }: GitLabProject): string => join(directory, 'repositories', `${path}.git`);

const firstRepositories = (definition: GitLabService, directory: string): FirstRepositories =>
  new Map(
    definition.projects.map((project) => {
      const [login] = Object.keys(project.members);
      const person = definition.accounts.find((account) => account.login === login) ?? definition.accounts[0];
      const author = person ?? { name: 'GitLab', email: 'gitlab@gitlab.invalid' };
      return [pathOf(directory, project), { ...project, title: project.path, author }];
    }),
  );

/** Refuses a world that names somebody it does not have, before anything is made of it. */
const checkWorld = ({ accounts, groups, projects, tokens }: GitLabService): void => {
  const people = new Set(accounts.map(({ login }) => login));
  const namespaces = new Set([...people, ...groups.map(({ path }) => path)]);
  for (const { path } of [...projects, ...groups.filter((group) => group.path.includes('/'))]) {
    const parent = path.slice(0, path.lastIndexOf('/'));
    if (!namespaces.has(parent)) throw new Error(`The world has ${path}, but no group or account ${parent}`);
  }
  for (const { account } of tokens) {
    if (!people.has(account)) throw new Error(`The world has a token of ${account}, but no such account`);
  }
};

/** Keeps the world's own tokens; those already known stay as they are, a revoked one revoked. */
const addWorldTokens = (definition: GitLabService, store: Store, now: Date): void => {
  for (const { value, account, scopes, granular, expiresAt, revoked } of definition.tokens) {
    const createdAt = now.toISOString();
    store.addToken(value, { account, name: 'from the world', scopes, granular, createdAt, expiresAt, revoked });
  }
};

/**
 * Opens a simulated GitLab: REST API v4, pages and git over HTTPS on one host, below a path if the world says so, over
 * real bare repositories and one database file in `options.directory`. What is not modelled is refused with status 501.
 * `handle` rejects when the connection is to be dropped (see faults.ts).
 */
export const openGitLab = async (definition: GitLabService, options: ServiceOptions): Promise<Service> => {
  const directory = resolve(options.directory);
  const now = options.now ?? (() => new Date());
  checkWorld(definition);
  await mkdir(directory, { recursive: true });
  const first = firstRepositories(definition, directory);
  await createMissingRepositories(first);
  const store = openStore(join(directory, 'gitlab.sqlite'));
  addWorldTokens(definition, store, now());
  const gitlab: GitLab = {
    webUrl: `https://${definition.webHost}${definition.path}`,
    basePath: definition.path,
    version: definition.version,
    tokenPrefix: definition.tokenPrefix,
    premium: definition.premium,
    readOnly: definition.readOnly,
    catalogue: createCatalogue(definition, (project) => openBareRepository(pathOf(directory, project))),
    store,
    now,
  };
  const faults = createFaults();

  return {
    hosts: [definition.webHost.toLowerCase()],
    async handle(request) {
      const { pathname } = new URL(request.url);
      if (pathname === '/sandbox/faults') return faults.endpoint(request);
      const fault = await faults.strike(request);
      if (fault.kind === 'answer') return fault.response;
      const base = definition.path;
      if (base !== '' && (pathname === '/' || pathname === base)) {
        return new Response(null, { status: 302, headers: { location: `${gitlab.webUrl}/` } });
      }
      if (!pathname.startsWith(`${base}/`)) return new Response('Not found\n', { status: 404 });
      const path = pathname.slice(base.length);
      if (path.startsWith('/api/v4/')) return handleApi(gitlab, request, path.slice('/api/v4/'.length), fault);
      if (path.startsWith('/api/')) return Response.json({ error: '404 Not Found' }, { status: 404 });
      return (await handleGit(gitlab, request, path)) ?? handlePages(gitlab, request, path.slice(1));
    },
    async accountOf(request) {
      return accountBehind(gitlab, request.headers);
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
