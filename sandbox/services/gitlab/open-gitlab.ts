import type { GitLabProject, GitLabService } from '../../world/world.ts';
import type { FirstContent } from '../git/create-repository.ts';
import { openHost } from '../git-host/open-host.ts';
import type { Service, ServiceOptions } from '../service.ts';
import { handleApi } from './api/handle-api.ts';
import { createCatalogue } from './context.ts';
import type { GitLab } from './context.ts';
import { accountBehind } from './credentials.ts';
import { handleGit } from './git-door.ts';
import { handlePages } from './pages/handle-pages.ts';
import type { TokenRecord } from './store.ts';

function firstContent(definition: GitLabService, project: GitLabProject): FirstContent {
  const [login] = Object.keys(project.members);
  const person = definition.accounts.find((account) => account.login === login) ?? definition.accounts[0];
  return { ...project, title: project.path, author: person ?? { name: 'GitLab', email: 'gitlab@gitlab.invalid' } };
}

/** Refuses a world that names a group it does not have, before anything is made of it. */
function checkWorld({ accounts, groups, projects }: GitLabService): void {
  const namespaces = new Set([...accounts.map(({ login }) => login), ...groups.map(({ path }) => path)]);
  for (const { path } of [...projects, ...groups.filter((group) => group.path.includes('/'))]) {
    const parent = path.slice(0, path.lastIndexOf('/'));
    if (!namespaces.has(parent)) throw new Error(`The world has ${path}, but no group or account ${parent}`);
  }
}

/**
 * Opens a simulated GitLab: REST API v4, pages and git over HTTPS on one host, below a path if the world says so. What is
 * not modelled is refused with status 501. `handle` rejects when the connection is to be dropped (see faults.ts).
 */
export async function openGitLab(definition: GitLabService, options: ServiceOptions): Promise<Service> {
  checkWorld(definition);
  const host = await openHost<TokenRecord>(
    {
      accounts: definition.accounts.map(({ login }) => login),
      repositories: definition.projects.map((project) => [project.path, firstContent(definition, project)]),
      tokens: definition.tokens.map((token) => ({
        ...token,
        name: 'from the world',
        granular: token.granular,
        expiresAt: token.expiresAt,
      })),
    },
    options,
  );
  const gitlab: GitLab = {
    webUrl: `https://${definition.webHost}${definition.path}`,
    basePath: definition.path,
    version: definition.version,
    tokenPrefix: definition.tokenPrefix,
    premium: definition.premium,
    readOnly: definition.readOnly,
    catalogue: createCatalogue(definition, ({ path }) => host.open(path)),
    store: host.store,
    pulls: { refs: 'refs/merge-requests', endWithBranch: false },
    now: host.now,
  };

  return {
    hosts: [definition.webHost.toLowerCase()],
    async handle(request) {
      const { pathname } = new URL(request.url);
      if (pathname === '/sandbox/faults') return host.faults.endpoint(request);
      const fault = await host.faults.strike(request);
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
    ...host.ends,
  };
}
