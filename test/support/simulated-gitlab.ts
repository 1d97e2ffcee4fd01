import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { git } from '../../sandbox/services/git/run-git';
import { openGitLab } from '../../sandbox/services/gitlab/open-gitlab';
import type { Service } from '../../sandbox/services/service';
import type { GitLabService } from '../../sandbox/world/world';
import { serveService, type ServedService } from './serve-service';
import { gitLabDefinition, tokens } from './gitlab-world';

export type ApiAnswer = { status: number; body: unknown; headers: Headers; text: string };

export type SimulatedGitLab = {
  service: Service;
  served: ServedService;
  definition: GitLabService;
  /** The address for people: `https://git.acme.example/gitlab`. */
  webUrl: string;
  clock: { now: Date };
  /** A call of the API over HTTP; `path` follows `/api/v4/`. */
  api(method: string, path: string, options?: ApiOptions): Promise<ApiAnswer>;
  /** A page over HTTP; `path` follows the installation's own. Redirects are not followed. */
  web(path: string, init?: RequestInit): Promise<Response>;
  /** Makes the service misbehave; see `sandbox/services/faults.ts`. `path` follows `/api/v4/`. */
  fault(fault: Record<string, unknown> & { path: string }): Promise<void>;
  clearFaults(): Promise<void>;
  /** A project's repository in git itself. */
  git(project: string, ...args: string[]): Promise<string>;
  close(): Promise<void>;
};

export type ApiOptions = { token?: string | null; body?: unknown; headers?: Record<string, string> };

/** Opens a simulated GitLab over the world of `gitlab-world.ts`, in a folder of its own, served over HTTP on this machine. */
export async function openSimulatedGitLab(
  options: Parameters<typeof gitLabDefinition>[0] = {},
): Promise<SimulatedGitLab> {
  const definition = gitLabDefinition(options);
  const directory = await mkdtemp(join(tmpdir(), 'gitlab-'));
  const clock = { now: new Date() };
  const service = await openGitLab(definition, { directory, now: () => clock.now });
  const served = await serveService(service);
  const { webHost, path: base } = definition;

  const faults = async (method: string, body?: unknown): Promise<void> => {
    const answer = await service.handle(
      new Request(`https://${webHost}/sandbox/faults`, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
    if (answer.status >= 300) throw new Error(await answer.text());
  };

  return {
    service,
    served,
    definition,
    clock,
    webUrl: `https://${webHost}${base}`,
    async api(method, path, { token = tokens.alice, body, headers = {} } = {}) {
      const response = await service.handle(
        new Request(`https://${webHost}${base}/api/v4/${path}`, {
          method,
          headers: {
            ...(token === null ? {} : { authorization: `Bearer ${token}` }),
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
            ...headers,
          },
          ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
        }),
      );
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.includes('json') ?? false;
      return {
        status: response.status,
        headers: response.headers,
        text,
        body: isJson ? (JSON.parse(text) as unknown) : undefined,
      };
    },
    web: (path, init = {}) => fetch(served.url(webHost, `${base}${path}`), { redirect: 'manual', ...init }),
    fault: ({ path, ...fault }) => faults('POST', { ...fault, path: `${base}/api/v4/${path}` }),
    clearFaults: () => faults('DELETE'),
    git: async (project, ...args) =>
      (await git(args, { cwd: join(directory, 'repositories', `${project}.git`) })).trim(),
    async close() {
      await served.close();
      await service.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
