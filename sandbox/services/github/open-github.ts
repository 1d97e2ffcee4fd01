import type { GitHubRepository, GitHubService } from '../../world/world.ts';
import type { FirstContent } from '../git/create-repository.ts';
import { openHost } from '../git-host/open-host.ts';
import type { Service, ServiceOptions } from '../service.ts';
import { createCatalogue } from './context.ts';
import type { GitHub } from './context.ts';
import { accountBehind } from './credentials.ts';
import { handleGit } from './git-door.ts';
import { handleGraphql } from './graphql/handle-graphql.ts';
import { handlePages } from './pages/handle-pages.ts';
import { handleRest, userAgentMissing } from './rest/handle-rest.ts';
import { TABLES, withTables } from './store.ts';
import type { TokenRecord } from './store.ts';

const folderOf = ({ owner, name, like }: GitHubRepository): string => `${owner}/${like ?? name}`;

function firstContent(definition: GitHubService, repository: GitHubRepository): FirstContent {
  const admin = Object.entries(repository.collaborators).find(([, right]) => right === 'admin')?.[0];
  const person = definition.accounts.find(({ login }) => login === (admin ?? repository.owner));
  const author = person ?? { name: repository.owner, email: `${repository.owner}@users.noreply.github.com` };
  return { ...repository, title: `${repository.owner}/${repository.name}`, author };
}

/** Refuses a world that contradicts itself, before anything is created from it. */
function checkWorld(definition: GitHubService): void {
  const { accounts, organizations, repositories, edition, version, webHost, apiHost, path } = definition;
  const owners = new Set([...accounts, ...organizations].map(({ login }) => login));
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
}

function isOlderThan(version: string | undefined, major: number, minor: number): boolean {
  if (version === undefined) return false;
  const [its = 0, minors = 0] = version.split('.').map(Number);
  return its < major || (its === major && minors < minor);
}

/** The part of the service that a request is for, and its address without the prefix: `/api/v3`, or the folder of a server. */
function targetOf(definition: GitHubService, url: URL): { part: 'rest' | 'graphql' | 'web'; url: URL } | undefined {
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
}

/** The request at another address. Its body is passed on unchanged. */
const requestAt = (request: Request, url: URL): Request =>
  url.href === request.url
    ? request
    : new Request(url, {
        method: request.method,
        headers: request.headers,
        signal: request.signal,
        ...(request.body === null ? {} : { body: request.body, duplex: 'half' as const }),
      });

/**
 * Opens a simulated GitHub: REST and GraphQL on the API host (of a server, under `/api/v3` and at `/api/graphql`), pages
 * and git over HTTPS on the web host. Everything that is not modelled is refused with status 501.
 * `handle` rejects when the connection is to be dropped (see faults.ts).
 */
export async function openGitHub(definition: GitHubService, options: ServiceOptions): Promise<Service> {
  checkWorld(definition);
  const real = definition.repositories.filter(({ like }) => like === undefined);
  const host = await openHost<TokenRecord>(
    {
      accounts: definition.accounts.map(({ login }) => login),
      repositories: real.map((repository) => [folderOf(repository), firstContent(definition, repository)]),
      tokens: definition.tokens.map(({ resourceOwner, ...token }) => ({
        ...token,
        name: 'from the world',
        expiresAt: token.expiresAt,
        resourceOwner: token.kind === 'fine-grained' ? (resourceOwner ?? token.account) : undefined,
      })),
    },
    options,
    TABLES,
  );
  const webUrl = `https://${definition.webHost}${definition.path}`;
  const github: GitHub = {
    apiUrl: definition.edition === 'ghes' ? `${webUrl}/api/v3` : `https://${definition.apiHost}`,
    webUrl,
    version: definition.version,
    hasRateLimits: definition.edition !== 'ghes',
    hasFineGrainedTokens: !isOlderThan(definition.version, 3, 10),
    catalogue: createCatalogue(definition, (repository) => host.open(folderOf(repository))),
    store: withTables(host.store),
    pulls: { refs: 'refs/pull', endWithBranch: true },
    now: host.now,
  };

  return {
    hosts: [...new Set([definition.webHost, definition.apiHost].map((name) => name.toLowerCase()))],
    async handle(asked) {
      const target = targetOf(definition, new URL(asked.url));
      if (target === undefined) return new Response('Not Found\n', { status: 404 });
      const { part, url } = target;
      const request = requestAt(asked, url);
      if (part === 'web' && url.pathname === '/sandbox/faults') return host.faults.endpoint(request);
      const fault = await host.faults.strike(request);
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
    ...host.ends,
  };
}
