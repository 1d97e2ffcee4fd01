import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { GitHubRepository, GitHubService } from '../../world/world.ts';
import { openBareRepository } from '../git/bare-repository.ts';
import { createBareRepository } from '../git/create-repository.ts';
import type { Service, ServiceOptions } from '../service.ts';
import { createCatalogue } from './context.ts';
import type { GitHub } from './context.ts';
import { accountBehind } from './credentials.ts';
import { createFaults } from '../faults.ts';
import { handleGit } from './git-door.ts';
import { handleGraphql } from './graphql/handle-graphql.ts';
import { handlePages } from './pages/handle-pages.ts';
import { handleRest, userAgentMissing } from './rest/handle-rest.ts';
import { openStore } from './store.ts';
import type { Store } from './store.ts';

const pathOf = (directory: string, { owner, name }: GitHubRepository): string =>
  join(directory, 'repositories', owner, `${name}.git`);

/** Makes the repositories of the world that are not there yet. */
const createRepositories = async (definition: GitHubService, directory: string): Promise<void> => {
  for (const repository of definition.repositories) {
    const path = pathOf(directory, repository);
    if (existsSync(join(path, 'HEAD'))) continue;
    const admin = Object.entries(repository.collaborators).find(([, right]) => right === 'admin')?.[0];
    const person = definition.accounts.find(({ login }) => login === (admin ?? repository.owner));
    await createBareRepository(path, {
      defaultBranch: repository.defaultBranch,
      empty: repository.empty,
      title: `${repository.owner}/${repository.name}`,
      author: person ?? { name: repository.owner, email: `${repository.owner}@users.noreply.github.com` },
      branches: repository.branches,
    });
  }
};

/** Refuses a world that names somebody it does not have, before anything is made of it. */
const checkWorld = ({ accounts, organizations, repositories, tokens }: GitHubService): void => {
  const people = new Set(accounts.map(({ login }) => login));
  const owners = new Set([...people, ...organizations.map(({ login }) => login)]);
  for (const { owner, name } of repositories) {
    if (!owners.has(owner)) throw new Error(`The world has ${owner}/${name}, but no account or organization ${owner}`);
  }
  for (const { account } of tokens) {
    if (!people.has(account)) throw new Error(`The world has a token of ${account}, but no such account`);
  }
};

/** Keeps the world's own tokens; those already known stay as they are, a revoked one revoked. */
const addWorldTokens = (definition: GitHubService, store: Store, now: Date): void => {
  for (const { value, account, kind, scopes, resourceOwner, permissions, ...rest } of definition.tokens) {
    store.addToken(value, {
      account,
      kind,
      scopes,
      resourceOwner: kind === 'fine-grained' ? (resourceOwner ?? account) : undefined,
      permissions,
      note: 'from the world',
      createdAt: now.toISOString(),
      expiresAt: rest.expiresAt,
      revoked: rest.revoked,
      authorizedOrganizations: rest.authorizedOrganizations,
    });
  }
};

/**
 * Opens a simulated github.com: REST and GraphQL on the API host, pages and git over HTTPS on the web host, over real
 * bare repositories and one database file in `options.directory`. What is not modelled is refused with status 501.
 * `handle` rejects when the connection is to be dropped (see faults.ts).
 */
export const openGitHub = async (definition: GitHubService, options: ServiceOptions): Promise<Service> => {
  const directory = resolve(options.directory);
  const now = options.now ?? (() => new Date());
  checkWorld(definition);
  await mkdir(directory, { recursive: true });
  await createRepositories(definition, directory);
  const store = openStore(join(directory, 'github.sqlite'));
  addWorldTokens(definition, store, now());
  const github: GitHub = {
    apiUrl: `https://${definition.apiHost}`,
    webUrl: `https://${definition.webHost}`,
    catalogue: createCatalogue(definition, (repository) => openBareRepository(pathOf(directory, repository))),
    store,
    now,
  };
  const faults = createFaults();

  return {
    hosts: [definition.webHost, definition.apiHost].map((host) => host.toLowerCase()),
    async handle(request) {
      const url = new URL(request.url);
      const isApi = url.hostname === definition.apiHost.toLowerCase();
      if (!isApi && url.pathname === '/sandbox/faults') return faults.endpoint(request);
      const fault = await faults.strike(request);
      if (fault.kind === 'answer') return fault.response;
      if (!isApi) return (await handleGit(github, request)) ?? handlePages(github, request);
      if (!request.headers.get('user-agent')) return userAgentMissing();
      return url.pathname === '/graphql' ? handleGraphql(github, request, fault) : handleRest(github, request, fault);
    },
    async accountOf(request) {
      return accountBehind(github, request.headers.get('authorization'));
    },
    async reset() {
      faults.clear();
      store.clear();
      await rm(join(directory, 'repositories'), { recursive: true, force: true });
      await createRepositories(definition, directory);
      addWorldTokens(definition, store, now());
    },
    async close() {
      faults.clear();
      store.close();
    },
  };
};
