import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openGitHub } from '../../sandbox/services/github/open-github';
import type { KvsRates } from '../../sandbox/forge/storage/rates';
import type { Service } from '../../sandbox/services/service';
import { gitHubService, type Site } from '../../sandbox/world/world';
import { serveFaulty } from './faulty-service';
import { gitHubDefinition, tokens } from './github-world';
import { openInProcess, type InProcessApp } from './in-process';
import { siteNamed, type Developer } from './site';

export type { Developer };

/** So many developers, the same ones each time. */
export function crowdOf(count: number): Developer[] {
  return Array.from({ length: count }, (_, index) => {
    const id = `dev${[index / 26, index % 26].map((digit) => String.fromCharCode(97 + Math.floor(digit))).join('')}`;
    const accountId = `712020:c40d0000-0000-4000-8000-${String(index).padStart(12, '0')}`;
    return { id, accountId, token: `ghp_${id.padEnd(36, '0')}` };
  });
}

/** The GitHub of the tests, with the crowd's accounts and tokens; all may write to `acme/web`. */
function gitHubWith(crowd: readonly Developer[]): typeof gitHubDefinition {
  const rights = Object.fromEntries(crowd.map(({ id }) => [id, 'write' as const]));
  return gitHubService.parse({
    ...gitHubDefinition,
    accounts: [
      ...gitHubDefinition.accounts,
      ...crowd.map(({ id }) => ({ login: id, name: id, email: `${id}@acme.example` })),
    ],
    repositories: gitHubDefinition.repositories.map((one) =>
      one.name === 'web' ? { ...one, collaborators: { ...one.collaborators, ...rights } } : one,
    ),
    tokens: [
      ...gitHubDefinition.tokens,
      ...crowd.map(({ id, token }) => ({ account: id, value: token, scopes: ['repo'] })),
    ],
  });
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
  saveToken(site: string, as: string, integrationId: string, token?: string): Promise<void>;
  /** Names of the branches of a repository, as GitHub tells them. */
  branches(repository?: string): Promise<string[]>;
  /** Makes a branch with commits of its own, past the app. */
  makeBranch(name: string): Promise<void>;
  hasBranch(name: string): Promise<boolean>;
  /** Who made a branch, as GitHub's own log has it: one login a creation. */
  creatorsOf(branch: string): Promise<string[]>;
  /** What the pull request with this number says. */
  descriptionOf(pullRequest: number): Promise<string>;
  /** How many pull requests there are from a branch, closed ones too. */
  pullRequestsFrom(branch: string): Promise<number>;
  close(): Promise<void>;
};

/** The app in this process, Jira sites with the same people, and a GitHub in which alice and the bot have tokens. */
export async function openStage(options: {
  load: () => Promise<Record<string, unknown>>;
  sites?: readonly string[];
  crowd?: readonly Developer[];
  /** Puts a server between the app and GitHub whose answers a tap can spoil (`faulty-service.ts`). */
  faulty?: boolean;
  now?: () => Date;
  /** What a site may ask of storage; Forge's limits when not given. */
  rates?: KvsRates;
}): Promise<Stage> {
  const directory = await mkdtemp(join(tmpdir(), 'undersigned-stage-'));
  const gitHub = await openGitHub(gitHubWith(options.crowd ?? []), { directory });
  const sites = (options.sites ?? ['acme', 'globex']).map((id) => siteNamed(id, options.crowd));
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
    saveToken: async (site, as, integrationId, token = as === 'bob' ? tokens.bob : tokens.alice) => {
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
    creatorsOf: async (branch) => {
      const ref = encodeURIComponent(`refs/heads/${branch}`);
      const response = await asBot(`acme/web/activity?per_page=100&activity_type=branch_creation&ref=${ref}`);
      return ((await response.json()) as { actor: { login: string } }[]).map(({ actor }) => actor.login);
    },
    descriptionOf: async (number) =>
      ((await (await asBot(`acme/web/pulls?state=all`)).json()) as { number: number; body: string }[]).find(
        (one) => one.number === number,
      )?.body ?? '',
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
