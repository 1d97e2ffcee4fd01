import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { GitHubRepository, GitHubService } from '../../world/world.ts';
import { openBareRepository } from '../git/bare-repository.ts';
import { createMissingRepositories, resetRepositories } from '../git/create-repository.ts';
import type { FirstRepositories } from '../git/create-repository.ts';
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

const pathOf = (directory: string, { owner, name, like }: GitHubRepository): string =>
  join(directory, 'repositories', owner, `${like ?? name}.git`);

const firstRepositories = (definition: GitHubService, directory: string): FirstRepositories =>
  new Map(
    definition.repositories
      .filter(({ like }) => like === undefined)
      .map((repository) => {
        const admin = Object.entries(repository.collaborators).find(([, right]) => right === 'admin')?.[0];
        const person = definition.accounts.find(({ login }) => login === (admin ?? repository.owner));
        const author = person ?? { name: repository.owner, email: `${repository.owner}@users.noreply.github.com` };
        return [
          pathOf(directory, repository),
          { ...repository, title: `${repository.owner}/${repository.name}`, author },
        ];
      }),
  );

/** Refuses a world that names somebody it does not have, before anything is made of it. */
const checkWorld = (definition: GitHubService): void => {
  const { accounts, organizations, repositories, tokens, edition, version, webHost, apiHost, path } = definition;
  const people = new Set(accounts.map(({ login }) => login));
  const owners = new Set([...people, ...organizations.map(({ login }) => login)]);
  for (const { owner, name, like } of repositories) {
    if (
      like !== undefined &&
      !repositories.some((one) => one.owner === owner && one.name === like && one.like === undefined)
    )
      throw new Error(`${owner}/${name} is like ${owner}/${like}, which the world does not have`);
    if (!owners.has(owner)) throw new Error(`The world has ${owner}/${name}, but no account or organization ${owner}`);
  }
  if ((edition === 'ghes') !== (version !== undefined))
    throw new Error(`A ghes has a version, and nothing else has one`);
  if (edition === 'ghes' ? webHost !== apiHost : webHost === apiHost || path !== '')
    throw new Error(`${webHost}: a ghes has one host for all, every other edition two and no path`);
  for (const { account } of tokens) {
    if (!people.has(account)) throw new Error(`The world has a token of ${account}, but no such account`);
  }
};

const isOlderThan = (version: string | undefined, major: number, minor: number): boolean => {
  if (version === undefined) return false;
  const [its = 0, minors = 0] = version.split('.').map(Number);
  return its < major || (its === major && minors < minor);
};

/** What a request is for, and its address without what only says that: `/api/v3`, or the folder of a server. */
const targetOf = (definition: GitHubService, url: URL): { part: 'rest' | 'graphql' | 'web'; url: URL } | undefined => {
  const under = (prefix: string, part: 'rest' | 'web') => ({
    part,
    url: new URL(`https://${url.host}${url.pathname.slice(prefix.length) || '/'}${url.search}`),
  });
  if (definition.edition !== 'ghes') {
    if (url.hostname !== definition.apiHost.toLowerCase()) return { part: 'web', url };
    return { part: url.pathname === '/graphql' ? 'graphql' : 'rest', url };
  }
  const { path } = definition;
  if (url.pathname === `${path}/api/graphql`) return { part: 'graphql', url };
  if (url.pathname.startsWith(`${path}/api/v3/`)) return under(`${path}/api/v3`, 'rest');
  return url.pathname === path || url.pathname.startsWith(`${path}/`) ? under(path, 'web') : undefined;
};

/** The request at another address. A body is passed on as it comes. */
const requestAt = (request: Request, url: URL): Request =>
  url.href === request.url
    ? request
    : new Request(url, {
        method: request.method,
        headers: request.headers,
        signal: request.signal,
        ...(request.body === null ? {} : { body: request.body, duplex: 'half' as const }),
      });

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
 * Opens a simulated GitHub: REST and GraphQL on the API host (of a server, under `/api/v3` and at `/api/graphql`), pages
 * and git over HTTPS on the web host, over real bare repositories and one database file in `options.directory`. What is not modelled is refused with status 501.
 * `handle` rejects when the connection is to be dropped (see faults.ts).
 */
export const openGitHub = async (definition: GitHubService, options: ServiceOptions): Promise<Service> => {
  const directory = resolve(options.directory);
  const now = options.now ?? (() => new Date());
  checkWorld(definition);
  await mkdir(directory, { recursive: true });
  const first = firstRepositories(definition, directory);
  await createMissingRepositories(first);
  const store = openStore(join(directory, 'github.sqlite'));
  addWorldTokens(definition, store, now());
  const webUrl = `https://${definition.webHost}${definition.path}`;
  const github: GitHub = {
    apiUrl: definition.edition === 'ghes' ? `${webUrl}/api/v3` : `https://${definition.apiHost}`,
    webUrl,
    version: definition.version,
    hasRateLimits: definition.edition !== 'ghes',
    hasFineGrainedTokens: !isOlderThan(definition.version, 3, 10),
    catalogue: createCatalogue(definition, (repository) => openBareRepository(pathOf(directory, repository))),
    store,
    now,
  };
  const faults = createFaults();

  return {
    hosts: [...new Set([definition.webHost, definition.apiHost].map((host) => host.toLowerCase()))],
    async handle(asked) {
      const target = targetOf(definition, new URL(asked.url));
      if (target === undefined) return new Response('Not Found\n', { status: 404 });
      const { part, url } = target;
      const request = requestAt(asked, url);
      if (part === 'web' && url.pathname === '/sandbox/faults') return faults.endpoint(request);
      const fault = await faults.strike(request);
      if (fault.kind === 'answer') return fault.response;
      if (part === 'web') return (await handleGit(github, request)) ?? handlePages(github, request);
      if (!request.headers.get('user-agent')) return userAgentMissing();
      const response = await (part === 'graphql' ? handleGraphql : handleRest)(github, request, fault);
      if (github.version !== undefined) response.headers.set('x-github-enterprise-version', github.version);
      return response;
    },
    async accountOf(request) {
      return accountBehind(github, request.headers.get('authorization'));
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
