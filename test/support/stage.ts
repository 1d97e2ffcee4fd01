import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openGitHub } from '../../sandbox/services/github/open-github';
import type { Service } from '../../sandbox/services/service';
import { demoWorld } from '../../sandbox/world/demo';
import { worldSchema, type Site } from '../../sandbox/world/world';
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
  close(): Promise<void>;
};

/** The app in this process, Jira sites with the same people, and a GitHub in which alice and the bot have tokens. */
export async function openStage(options: {
  load: () => Promise<Record<string, unknown>>;
  sites?: readonly string[];
  routes?: ReadonlyMap<string, string>;
  now?: () => Date;
}): Promise<Stage> {
  const directory = await mkdtemp(join(tmpdir(), 'undersigned-stage-'));
  const gitHub = await openGitHub(gitHubDefinition, { directory });
  const sites = (options.sites ?? ['acme', 'globex']).map(siteNamed);
  const app = await openInProcess({ ...options, sites, services: [gitHub] });
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
        const url = `https://api.github.com/repos/${repository}/branches?per_page=100&page=${page}`;
        const response = await gitHub.handle(
          new Request(url, { headers: { authorization: `Bearer ${tokens.bot}`, 'user-agent': 'test' } }),
        );
        const found = (await response.json()) as { name: string }[];
        names.push(...found.map(({ name }) => name));
        if (found.length < 100) return names;
      }
    },
    close: async () => {
      await app.close();
      await gitHub.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
