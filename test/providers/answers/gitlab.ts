import { sealed, type PastedCredential } from '../../../src/domain/credential';
import { serviceAt } from '../../../src/domain/service';
import type { Connection } from '../../../src/providers/provider';
import { openScriptedService, type Reply, type ScriptedService } from '../../support/scripted-service';

export const repository = 'acme/web';
/** The prefix of requests about the repository itself, after the method. */
export const project = `projects/${repository}`;
export const branches = `${project}/repository/branches`;
export const mergeRequests = `${project}/merge_requests`;

/** alice at GitLab.com, or with something else. */
export function connection(
  credential: PastedCredential = { kind: 'token', token: 'glpat-alice' },
  service = serviceAt('gitlab.com', ''),
): Connection {
  return { service, credential: sealed(credential), deadline: Date.now() + 10_000 };
}

/** An installation below a path of its host. */
export const installation = (version?: string) =>
  serviceAt('gitlab-self-managed', 'https://git.acme.example/gitlab', version);

/** The name of a request is its method and the part after the base of the API. */
export const openGitLab = (): Promise<ScriptedService> =>
  openScriptedService(
    ['gitlab.com', 'git.acme.example'],
    ({ method, path }) => `${method} ${path.split('/api/v4/')[1]}`,
  );

/** The names of the requests, in order. */
export const namesOf = ({ asked }: ScriptedService): string[] =>
  asked.map(({ method, path }) => `${method} ${path.split('/api/v4/')[1]}`);

export const says = (status: number, message: unknown, headers: Record<string, string> = {}): Reply => ({
  status,
  headers,
  body: { message },
});
export const failure = (code: string, more: object = {}) => ({ ok: false, error: { code, ...more } });
export const success = (value: unknown) => ({ ok: true, value });

/** A merge request as GitLab shows it; `older` versions did not know all of it. */
export const mergeRequest = (more: object = {}) => ({
  iid: 7,
  title: 'DEMO-1 Login',
  web_url: 'https://gitlab.com/acme/web/-/merge_requests/7',
  state: 'opened',
  draft: false,
  updated_at: '2026-01-02T03:04:05.000+02:00',
  source_branch: 'fix',
  target_branch: 'main',
  author: { username: 'alice' },
  reviewers: [],
  references: { full: 'acme/web!7' },
  ...more,
});
/** The same in the words of the port. */
export const pullRequest = {
  repository,
  number: 7,
  title: 'DEMO-1 Login',
  url: 'https://gitlab.com/acme/web/-/merge_requests/7',
  state: 'open',
  source: 'fix',
  target: 'main',
  updatedAt: '2026-01-02T01:04:05.000Z',
  author: 'alice',
};
