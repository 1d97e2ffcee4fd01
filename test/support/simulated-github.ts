import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openGitHub } from '../../sandbox/services/github/open-github';
import type { Service } from '../../sandbox/services/service';
import { gitHubService } from '../../sandbox/world/world';
import type { GitHubService } from '../../sandbox/world/world';
import { openApiJudge } from '../oracles/openapi-judge';
import { serveService } from './serve-service';
import type { ServedService } from './serve-service';

/** Tokens of the world below, by what they can do; their values have GitHub's shape. */
export const TOKEN = {
  alice: `ghp_${'alice'.padEnd(36, '0')}`,
  bob: `ghp_${'bob'.padEnd(36, '0')}`,
  ada: `ghp_${'ada'.padEnd(36, '0')}`,
  stranger: `ghp_${'stranger'.padEnd(36, '0')}`,
  publicOnly: `ghp_${'publiconly'.padEnd(36, '0')}`,
  noScope: `ghp_${'noscope'.padEnd(36, '0')}`,
  readOrg: `ghp_${'readorg'.padEnd(36, '0')}`,
  expiring: `ghp_${'expiring'.padEnd(36, '0')}`,
  revoked: `ghp_${'revoked'.padEnd(36, '0')}`,
  authorized: `ghp_${'authorized'.padEnd(36, '0')}`,
  fine: `github_pat_${'fine'.padEnd(22, '0')}_${'1'.repeat(59)}`,
  fineReadOnly: `github_pat_${'finereadonly'.padEnd(22, '0')}_${'1'.repeat(59)}`,
  fineSecure: `github_pat_${'finesecure'.padEnd(22, '0')}_${'1'.repeat(59)}`,
} as const;

const fine = { account: 'alice', kind: 'fine-grained', expiresAt: '2026-02-06T06:42:23Z' } as const;
const full = { contents: 'write', pull_requests: 'write' } as const;

export const gitHubWorld: GitHubService = gitHubService.parse({
  kind: 'github',
  accounts: ['ada', 'alice', 'bob', 'stranger'].map((login) => ({
    login,
    name: login.toUpperCase(),
    email: `${login}@acme.example`,
  })),
  organizations: [
    { login: 'acme', members: ['ada', 'alice', 'bob'] },
    { login: 'acme-secure', members: ['ada', 'alice'], sso: true },
    { login: 'modern', members: ['alice'], classicTokens: false },
    { login: 'fenced', members: ['alice'], ipAllowList: true },
  ],
  repositories: [
    {
      owner: 'acme',
      name: 'web',
      description: 'The shop',
      collaborators: { ada: 'admin', alice: 'write', bob: 'read' },
      branches: [
        { name: 'develop', commits: 2 },
        { name: 'release/1.0', commits: 1, protected: true },
        { name: 'feature/DEMO-12-currency', commits: 1 },
        { name: 'same-as-main' },
      ],
      restrictedBranches: ['release/*'],
    },
    { owner: 'acme', name: 'web-attic', archived: true, collaborators: { alice: 'write' } },
    { owner: 'acme', name: 'fresh', empty: true, collaborators: { alice: 'write' } },
    { owner: 'acme-secure', name: 'vault', collaborators: { ada: 'admin', alice: 'write' } },
    { owner: 'modern', name: 'app', collaborators: { alice: 'write' } },
    { owner: 'fenced', name: 'safe', collaborators: { alice: 'write' } },
    { owner: 'alice', name: 'dotfiles', private: false, branches: [{ name: 'tidy', commits: 1 }] },
  ],
  tokens: [
    { account: 'alice', value: TOKEN.alice, scopes: ['repo'] },
    { account: 'bob', value: TOKEN.bob, scopes: ['repo'] },
    { account: 'ada', value: TOKEN.ada, scopes: ['repo', 'user'] },
    { account: 'stranger', value: TOKEN.stranger, scopes: ['repo'] },
    { account: 'alice', value: TOKEN.publicOnly, scopes: ['public_repo'] },
    { account: 'alice', value: TOKEN.noScope },
    { account: 'alice', value: TOKEN.readOrg, scopes: ['repo', 'read:org'] },
    { account: 'alice', value: TOKEN.expiring, scopes: ['repo'], expiresAt: '2026-01-31T12:00:00Z' },
    { account: 'alice', value: TOKEN.revoked, scopes: ['repo'], revoked: true },
    { account: 'alice', value: TOKEN.authorized, scopes: ['repo'], authorizedOrganizations: ['acme-secure'] },
    { ...fine, value: TOKEN.fine, resourceOwner: 'acme', permissions: full },
    { ...fine, value: TOKEN.fineReadOnly, resourceOwner: 'acme', permissions: { contents: 'read' } },
    { ...fine, value: TOKEN.fineSecure, resourceOwner: 'acme-secure', permissions: full },
  ],
});

export type ApiAnswer = { status: number; body: unknown; headers: Headers; text: string };

/** The value of a JSON answer at a path of names and positions (`items.0.name`); undefined if it is missing. */
export const at = (value: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((inner, name) => (inner as Record<string, unknown> | null | undefined)?.[name], value);

export type SimulatedGitHub = {
  service: Service;
  directory: string;
  served: ServedService;
  clock: { now: Date };
  /** A REST call over HTTP. Each answer is judged by GitHub's own description, and complaints fail the test. */
  api(method: string, path: string, options?: ApiOptions): Promise<ApiAnswer>;
  graphql(query: string, token?: string, variables?: object): Promise<ApiAnswer>;
  /** A page of the web host over HTTP; redirects are not followed. */
  web(path: string, init?: RequestInit): Promise<Response>;
  fault(fault: object): Promise<void>;
  shaOf(branch: string): Promise<string>;
  close(): Promise<void>;
};

/** `unjudged` for answers that are not the service's own: faults, and 501 for requests that are not modelled. */
export type ApiOptions = {
  token?: string | null;
  body?: unknown;
  headers?: Record<string, string>;
  unjudged?: boolean;
};

/** Opens a simulated github.com over the world above, in a folder of its own, served over HTTP on this machine. */
export async function openSimulatedGitHub(world: GitHubService = gitHubWorld): Promise<SimulatedGitHub> {
  const directory = await mkdtemp(join(tmpdir(), 'github-'));
  const clock = { now: new Date('2026-01-20T12:00:00Z') };
  const service = await openGitHub(world, { directory, now: () => clock.now }).catch(async (error: unknown) => {
    await rm(directory, { recursive: true });
    throw error;
  });
  const served = await serveService(service);
  const judge = await openApiJudge('github/api.github.com.json');

  const call = async (
    method: string,
    path: string,
    { token = TOKEN.alice, body, headers }: ApiOptions,
  ): Promise<ApiAnswer> => {
    const response = await fetch(served.url('api.github.com', path), {
      method,
      headers: {
        'user-agent': 'undersigned-test',
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: isJson ? (JSON.parse(text) as unknown) : undefined,
    };
  };
  return {
    service,
    directory,
    served,
    clock,
    async api(method, path, options = {}) {
      const answer = await call(method, path, options);
      const complaints = judge(method, path.split('?')[0] ?? '', answer.status, answer.body) ?? [];
      if (!options.unjudged && complaints.length > 0) {
        throw new Error(`${method} ${path} ${answer.status}: ${complaints.join('; ')}\n${answer.text.slice(0, 500)}`);
      }
      return answer;
    },
    graphql: (query, token = TOKEN.alice, variables = {}) =>
      call('POST', '/graphql', { token, body: { query, variables } }),
    web: (path, init = {}) => fetch(served.url('github.com', path), { redirect: 'manual', ...init }),
    async fault(fault) {
      const answer = await fetch(served.url('github.com', '/sandbox/faults'), {
        method: 'POST',
        body: JSON.stringify(fault),
      });
      if (answer.status !== 201) throw new Error(await answer.text());
    },
    async shaOf(branch) {
      const { body } = await call('GET', `/repos/acme/web/git/ref/heads/${branch}`, {});
      return String(at(body, 'object.sha'));
    },
    async close() {
      await served.close();
      await service.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
