import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { idOf } from '../sandbox/services/azure-devops/context';
import { openAzureDevOps } from '../sandbox/services/azure-devops/open-azure-devops';
import { openCodeCommit } from '../sandbox/services/codecommit/open-codecommit';
import { openBareRepository } from '../sandbox/services/git/bare-repository';
import { git } from '../sandbox/services/git/run-git';
import { openGitHub } from '../sandbox/services/github/open-github';
import { openGitLab } from '../sandbox/services/gitlab/open-gitlab';
import type { Service, ServiceOptions } from '../sandbox/services/service';
import { codeCommitService } from '../sandbox/world/codecommit';
import { demoWorld } from '../sandbox/world/demo';
import { azureDevOpsService, gitHubService, gitLabService, type World } from '../sandbox/world/world';
import type { PastedCredential } from '../src/domain/credential';
import { gitHubDefinition, tokens } from './github-world';

export const serviceNames = ['github', 'gitlab', 'azure-devops', 'codecommit'] as const;
export type ServiceName = (typeof serviceNames)[number];

/** A stage's facts about a service: its address, its credentials, and the place of its own log. */
type Staged = {
  open(crowd: readonly string[], options: ServiceOptions): Promise<Service>;
  /** Hosts the app speaks to. */
  apiHosts: readonly string[];
  connect: { edition: string; address?: string; owners: 'all' | string[] };
  repository: string;
  /** Below the service's folder. */
  folder: string;
  bot: string;
  /** A possible reviewer, as `list-reviewers` names them, if the service has reviewers. */
  reviewer?: string;
  /** `again`: a second one of the same person. */
  credentialOf: (who: string, again?: boolean) => PastedCredential;
  /** The query of its own log for the author of a branch, if it differs from that of most services; the placeholder is a branch. */
  creators?: string;
};

function hashOf(who: string, again: boolean): Buffer {
  return createHash('sha512')
    .update(again ? `${who} again` : who)
    .digest();
}

/** Values of each service's own shape, the same for the same person. */
const tokenOf = {
  github: (who: string, again = false): string => {
    const known: Record<string, string> = { 'acme-bot': tokens.bot, bob: tokens.bob };
    if (who === 'alice') return again ? tokens.aliceEndless : tokens.alice;
    return known[who] ?? `ghp_${hashOf(who, again).toString('hex').slice(0, 36)}`;
  },
  gitlab: (who: string, again = false) => `glpat-${hashOf(who, again).toString('base64url').slice(0, 20)}`,
  'azure-devops': (who: string, again = false) =>
    [...hashOf(who, again).subarray(0, 52)].map((byte) => String.fromCharCode(97 + (byte % 26))).join(''),
};

function accessKeyOf(who: string, again = false): { id: string; secret: string } {
  const hex = hashOf(who, again).toString('hex');
  return { id: `AKIA${hex.slice(0, 16).toUpperCase()}`, secret: `${hex.slice(20, 56)}/+aB` };
}

const token =
  (of: (who: string, again?: boolean) => string): Staged['credentialOf'] =>
  (who, again) => ({ kind: 'token', token: of(who, again) });

const account = (login: string) => ({ login, name: login, email: `${login}@acme.example` });

function inDemo<Kind extends World['services'][number]['kind']>(kind: Kind) {
  const found = demoWorld.services.find((one) => one.kind === kind);
  if (found === undefined) throw new Error(`The demo world has no ${kind}`);
  return found as Extract<World['services'][number], { kind: Kind }>;
}

/** Each with its value, and a second one. */
function bothOf<Made>(people: readonly string[], make: (who: string, again: boolean) => Made): Made[] {
  return people.flatMap((who) => [make(who, false), make(who, true)]);
}

const among = <Right>(crowd: readonly string[], right: Right): Record<string, Right> =>
  Object.fromEntries(crowd.map((who) => [who, right]));

const people = ['alice', 'bob', 'acme-bot'];

export const staged: Readonly<Record<ServiceName, Staged>> = {
  github: {
    open: (crowd, options) =>
      openGitHub(
        gitHubService.parse({
          ...gitHubDefinition,
          accounts: [...gitHubDefinition.accounts, ...crowd.map(account)],
          repositories: gitHubDefinition.repositories.map((one) =>
            one.name === 'web' ? { ...one, collaborators: { ...one.collaborators, ...among(crowd, 'write') } } : one,
          ),
          tokens: [
            ...gitHubDefinition.tokens,
            ...crowd.map((who) => ({ account: who, value: tokenOf.github(who), scopes: ['repo'] })),
          ],
        }),
        options,
      ),
    apiHosts: ['api.github.com'],
    connect: { edition: 'github.com', owners: ['acme'] },
    repository: 'acme/web',
    folder: 'acme/web.git',
    bot: 'acme-bot',
    reviewer: 'bob',
    credentialOf: token(tokenOf.github),
  },
  gitlab: {
    open: (crowd, options) => {
      const demo = inDemo('gitlab');
      const definition = gitLabService.parse({
        ...demo,
        accounts: [...demo.accounts, ...crowd.map(account)],
        groups: demo.groups.map((one) =>
          one.path === 'acme' ? { ...one, members: { ...one.members, ...among(crowd, 'developer') } } : one,
        ),
        tokens: bothOf([...people, ...crowd], (who, again) => ({
          account: who,
          value: tokenOf.gitlab(who, again),
          scopes: ['api'],
        })),
      });
      return openGitLab(definition, options);
    },
    apiHosts: ['gitlab.com'],
    connect: { edition: 'gitlab.com', owners: ['acme'] },
    repository: 'acme/mobile',
    folder: 'acme/mobile.git',
    bot: 'acme-bot',
    reviewer: '1003',
    credentialOf: token(tokenOf.gitlab),
  },
  'azure-devops': {
    open: (crowd, options) => {
      const demo = inDemo('azure-devops');
      const definition = azureDevOpsService.parse({
        ...demo,
        accounts: [...demo.accounts, ...crowd.map(account)],
        // An admin deletes branches that are nobody's: those a stage made.
        repositories: demo.repositories.map((one) => ({
          ...one,
          rights: { ...one.rights, ...among(crowd, 'contribute'), alice: 'admin' },
        })),
        tokens: bothOf([...people, ...crowd], (who, again) => ({
          account: who,
          value: tokenOf['azure-devops'](who, again),
          scopes: ['vso.code_write'],
        })),
      });
      return openAzureDevOps(definition, options);
    },
    apiHosts: ['dev.azure.com'],
    connect: { edition: 'azure-devops', address: 'https://dev.azure.com/acme', owners: ['Back Office'] },
    repository: 'Back Office/Invoices',
    folder: `${idOf('repository', 'Back Office/Invoices')}.git`,
    bot: 'acme-bot',
    reviewer: idOf('account', 'bob'),
    credentialOf: token(tokenOf['azure-devops']),
  },
  codecommit: {
    open: (crowd, options) => {
      const demo = inDemo('codecommit');
      const definition = codeCommitService.parse({
        ...demo,
        users: [...demo.users, ...crowd.map((name) => ({ name, policy: [{ actions: ['codecommit:*'] }] }))],
        accessKeys: bothOf(['undersigned', 'alice', 'bob', ...crowd], (user, again) => ({
          user,
          ...accessKeyOf(user, again),
        })),
      });
      return openCodeCommit(definition, options);
    },
    apiHosts: ['codecommit.eu-central-1.amazonaws.com', 'sts.eu-central-1.amazonaws.com'],
    connect: { edition: 'codecommit', address: 'eu-central-1', owners: 'all' },
    repository: 'warehouse',
    folder: 'warehouse.git',
    bot: 'undersigned',
    credentialOf: (who, again) => ({ kind: 'access-key', ...accessKeyOf(who, again) }),
    creators: `SELECT record ->> 'userArn' AS who
        FROM activity WHERE record ->> 'eventName' = 'CreateBranch' AND record ->> 'errorCode' IS NULL
        AND record ->> 'reference' = 'refs/heads/' || ?`,
  },
};

/** The truth at a service, read from its git and from its own log instead of its API. */
export type Truth = {
  branches(): Promise<string[]>;
  hasBranch(name: string): Promise<boolean>;
  /** Makes a branch with commits of its own, past the app and the API. */
  makeBranch(name: string): Promise<void>;
  /** Who made a branch, one login a creation. */
  creatorsOf(branch: string): string[];
  /** The number of pull requests from a branch, closed ones too. */
  pullRequestsFrom(branch: string): number;
  /** The texts of the pull request with this number. */
  descriptionOf(number: number): string;
  /** Removes a branch and its pull requests without a trace, so that the thousandth attempt begins like the first one. */
  forget(branch: string): Promise<void>;
  close(): void;
};

export function openTruth(name: ServiceName, directory: string): Truth {
  const { folder, creators: own } = staged[name];
  const cwd = join(directory, 'repositories', folder);
  const database = new DatabaseSync(join(directory, 'host.sqlite'), { timeout: 5000 });
  const creators = database.prepare(
    own ??
      `SELECT record ->> 'actor' AS who FROM activity
       WHERE record ->> 'type' = 'branch_creation' AND record ->> 'ref' = 'refs/heads/' || ?`,
  );
  const requests = database.prepare(`SELECT id FROM pull_requests WHERE record ->> 'source' = ?`);
  const forget = database.prepare(`DELETE FROM pull_requests WHERE record ->> 'source' = ?`);
  const description = database.prepare(
    `SELECT record ->> 'body' AS text FROM pull_requests WHERE record ->> 'number' = ?`,
  );
  const repository = openBareRepository(cwd);
  return {
    branches: async () => (await repository.refs('refs/heads/')).map(({ name }) => name.replace('refs/heads/', '')),
    hasBranch: async (branch) => (await repository.ref(`refs/heads/${branch}`)) !== undefined,
    makeBranch: async (branch) =>
      void (await git(['update-ref', `refs/heads/${branch}`, 'refs/heads/develop'], { cwd })),
    creatorsOf: (branch) => creators.all(branch).map(({ who }) => String(who).replace(/^arn:.*\//, '')),
    pullRequestsFrom: (branch) => requests.all(branch).length,
    descriptionOf: (number) => String(description.get(number)?.['text'] ?? ''),
    forget: async (branch) => {
      forget.run(branch);
      await git(['update-ref', '-d', `refs/heads/${branch}`], { cwd });
    },
    close: () => database.close(),
  };
}
