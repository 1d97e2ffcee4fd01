import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openGitHub } from '../../sandbox/services/github/open-github';
import type { Service } from '../../sandbox/services/service';
import { demoWorld } from '../../sandbox/world/demo';
import { worldSchema, type Site } from '../../sandbox/world/world';
import { serveFaulty } from './faulty-service';
import { gitHubDefinition, tokens } from './github-world';
import { openInProcess, type InProcessApp } from './in-process';

/** A Jira site like the demo's, with people for each role; `erin` may browse nothing, `carol` lacks View Development Tools. */
export function siteNamed(id: string): Site {
  const [demo] = demoWorld.sites;
  if (demo === undefined) throw new Error('The demo world has no site.');
  const cloudId = createHash('sha256').update(id).digest('hex').slice(0, 32);
  const insiders = ['ada', 'alice', 'bob', 'carol'];
  const [site] = worldSchema.parse({
    sites: [
      {
        ...demo,
        id,
        cloudId: cloudId.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
        people: [
          ...demo.people,
          { id: 'erin', accountId: '712020:e4140000-0000-4000-8000-000000000005', displayName: 'Erin Outsider' },
        ],
        projects: demo.projects.map((project) =>
          project.key === 'DEMO'
            ? { ...project, permissions: { ...project.permissions, BROWSE_PROJECTS: insiders } }
            : project,
        ),
      },
    ],
    services: [],
  }).sites;
  if (site === undefined) throw new Error('No site was made.');
  return site;
}

export type Stage = {
  app: InProcessApp;
  gitHub: Service;
  sites: readonly Site[];
  /** Connects GitHub on a site, as ada does; returns the integration's id. */
  connect(
    site: string,
    options?: { name?: string; requireUserPat?: boolean; projects?: 'all' | string[] },
  ): Promise<string>;
  /** Saves a person's token on their settings page. */
  saveToken(site: string, as: 'alice' | 'bob', integrationId: string, token?: string): Promise<void>;
  /** Names of the branches of a repository, as GitHub tells them. */
  branches(repository?: string): Promise<string[]>;
  /** Makes a branch with commits of its own, past the app. */
  makeBranch(name: string): Promise<void>;
  hasBranch(name: string): Promise<boolean>;
  /** How many pull requests there are from a branch, closed ones too. */
  pullRequestsFrom(branch: string): Promise<number>;
  close(): Promise<void>;
};

/** The app in this process, Jira sites with the same people, and a GitHub in which alice and the bot have tokens. */
export async function openStage(options: {
  load: () => Promise<Record<string, unknown>>;
  sites?: readonly string[];
  /** Puts a server between the app and GitHub whose answers a tap can spoil (`faulty-service.ts`). */
  faulty?: boolean;
  now?: () => Date;
}): Promise<Stage> {
  const directory = await mkdtemp(join(tmpdir(), 'undersigned-stage-'));
  const gitHub = await openGitHub(gitHubDefinition, { directory });
  const sites = (options.sites ?? ['acme', 'globex']).map(siteNamed);
  const faulty = options.faulty === true ? await serveFaulty(gitHub, 'api.github.com') : undefined;
  const routes = new Map(faulty === undefined ? [] : [['api.github.com', faulty.origin]]);
  const app = await openInProcess({ ...options, sites, services: [gitHub], routes });
  const asBot = (path: string, init: RequestInit = {}): Promise<Response> =>
    gitHub.handle(
      new Request(`https://api.github.com/repos/${path}`, {
        ...init,
        headers: { authorization: `Bearer ${tokens.bot}`, 'user-agent': 'test' },
      }),
    );
  const must = (answer: { ok: boolean; value?: any }): any => {
    if (!answer.ok) throw new Error(`The stage could not be set: ${JSON.stringify(answer)}`);
    return answer.value;
  };
  return {
    app,
    gitHub,
    sites,
    connect: async (site, { name = 'acme-github', requireUserPat = false, projects = 'all' } = {}) => {
      const payload = {
        edition: 'github.com',
        credential: { kind: 'token', token: tokens.bot },
        ...{ name, owners: ['acme'], requireUserPat, projects },
      };
      const added = must(
        await app.invoke({ site, as: 'ada', module: 'manage-repositories', call: 'add-integration', payload }),
      );
      return added.integration.id as string;
    },
    saveToken: async (site, as, integrationId, token = tokens[as]) => {
      const payload = { integrationId, credential: { kind: 'token', token } };
      must(await app.invoke({ site, as, module: 'user-settings', call: 'save-token', payload }));
    },
    branches: async (repository = 'acme/web') => {
      const names: string[] = [];
      for (let page = 1; ; page++) {
        const response = await asBot(`${repository}/branches?per_page=100&page=${page}`);
        const found = (await response.json()) as { name: string }[];
        names.push(...found.map(({ name }) => name));
        if (found.length < 100) return names;
      }
    },
    makeBranch: async (name) => {
      const head = (await (await asBot('acme/web/git/ref/heads/develop')).json()) as { object: { sha: string } };
      const body = JSON.stringify({ ref: `refs/heads/${name}`, sha: head.object.sha });
      const made = await asBot('acme/web/git/refs', { method: 'POST', body });
      if (made.status !== 201) throw new Error(`No branch ${name}: ${made.status}`);
    },
    hasBranch: async (name) => (await asBot(`acme/web/git/ref/heads/${name}`)).status === 200,
    pullRequestsFrom: async (branch) => {
      const response = await asBot(`acme/web/pulls?state=all&head=${encodeURIComponent(`acme:${branch}`)}`);
      return ((await response.json()) as unknown[]).length;
    },
    close: async () => {
      await app.close();
      await faulty?.close();
      await gitHub.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
