import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { hosts, password, sites } from './world.ts';

const run = promisify(execFile);

/** The origins of the sandbox of a walk: the site and the services. */
export type Place = { url: string; services: string };

/** Helpers for walks. */
export type Made = {
  gitHubToken: (account: string) => Promise<string>;
  gitLabToken: (account: string) => Promise<string>;
  /** A new credential of the account that an integration may use there, its parts in the order of the fields. */
  credentialAt: (service: ServiceName) => Promise<string[]>;
  /** GitHub misbehaves: `sandbox/services/faults.ts`. */
  arm: (fault: Record<string, unknown>) => Promise<void>;
  disarm: () => Promise<void>;
  /** Every credential that was made so far. */
  secrets: string[];
};

const bot = { account: 'acme-bot', name: 'Undersigned' };
const gitLabPage = '-/user_settings/personal_access_tokens';
const tokenPages = {
  'github.com': ['github.com/settings/tokens/new', { ...bot, scopes: 'repo', expiration: '90' }],
  ghes: [`${hosts.gitHubEnterprise}/settings/tokens/new`, { account: 'ghe-bot', scopes: 'repo', expiration: '90' }],
  'gitlab.com': [`gitlab.com/${gitLabPage}`, { ...bot, scopes: 'api' }],
  'gitlab-self-managed': [`${hosts.gitLab}/-/profile/personal_access_tokens`, { ...bot, scopes: 'api' }],
  'azure-devops': ['dev.azure.com/acme/_usersSettings/tokens', { ...bot, scopes: 'vso.code_write' }],
  'tfs-2017': [`${hosts.tfs}/tfs/DefaultCollection/_details/security/tokens`, { ...bot, scopes: 'vso.code_write' }],
  codecommit: ['console.aws.amazon.com/iam/home', { user: 'undersigned' }],
} as const;
export type ServiceName = keyof typeof tokenPages;

/** Brings the sites of `statesWorld` into the states of the walks. Rejects when the app refuses a step. */
export async function prepare(place: Place): Promise<Made> {
  const made = makers(place);
  const busy = siteAt(place, sites.busy);
  const strict = siteAt(place, sites.strict);
  const off = siteAt(place, sites.off);
  await prepareBusy(busy, made, place);
  await prepareStrict(strict, made);
  await off.connect('github.com', 'acme-github', made.token('github.com'));
  await off.admin('save-site-settings', { requireUserPat: false, branchActions: false, pullRequestActions: false });
  return made;
}

type Makers = Made & { token: (service: ServiceName) => Promise<Credential> };
type Credential = Record<string, string> & { kind: string };

function makers({ services }: Place): Makers {
  const secrets: string[] = [];
  const make = async (page: string, fields: Record<string, string>): Promise<string[]> => {
    const response = await fetch(`${services}/${page}`, {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: new URLSearchParams(fields),
    });
    const { token, id, secret } = (await response.json()) as { token?: string; id?: string; secret?: string };
    const parts = [token ?? id ?? '', ...(secret === undefined ? [] : [secret])];
    if (parts[0] === '') throw new Error(`No credential was made at ${page}: ${response.status}`);
    secrets.push(parts.at(-1) ?? '');
    return parts;
  };
  const credentialAt = (service: ServiceName) => make(tokenPages[service][0], tokenPages[service][1]);
  const faults = (init: RequestInit) => fetch(`${services}/github.com/sandbox/faults`, init).then(() => undefined);
  return {
    secrets,
    credentialAt,
    gitHubToken: async (account) => {
      const [page] = tokenPages['github.com'];
      const [token = ''] = await make(page, { account, scopes: 'repo', expiration: account === 'ada' ? '5' : '90' });
      return token;
    },
    gitLabToken: async (account) => {
      const [page, fields] = tokenPages['gitlab.com'];
      const [token = ''] = await make(page, { ...fields, account });
      return token;
    },
    token: async (service) => {
      const [first = '', second] = await credentialAt(service);
      return second === undefined ? { kind: 'token', token: first } : { kind: 'access-key', id: first, secret: second };
    },
    arm: (fault) => faults({ method: 'POST', body: JSON.stringify(fault) }),
    disarm: () => faults({ method: 'DELETE' }),
  };
}

type Site = ReturnType<typeof siteAt>;

function siteAt({ url }: Place, site: string) {
  const post = async (path: string, body: unknown): Promise<any> => {
    const headers = { 'content-type': 'application/json', origin: url };
    const response = await fetch(`${url}/sandbox/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    return response.json();
  };
  const invoke = async (as: string, module: string, call: string, payload: Record<string, unknown>): Promise<any> => {
    const answer = await post('invoke', { as, module, call, site, issueKey: payload['issueKey'], payload });
    if (!answer.ok) throw new Error(`${call}: ${JSON.stringify(answer)}`);
    return answer.value;
  };
  const admin = (call: string, payload: Record<string, unknown>) => invoke('ada', 'manage-repositories', call, payload);
  return {
    admin,
    /** As somebody on DEMO-1. */
    issue: (as: string, call: string, payload: Record<string, unknown>) =>
      invoke(as, 'issue-context', call, { issueKey: 'DEMO-1', ...payload }),
    saveToken: async (as: string, integrationId: string, token: string) => {
      await invoke(as, 'user-settings', 'save-token', { integrationId, credential: { kind: 'token', token } });
    },
    connect: async (
      edition: string,
      name: string,
      credential: Promise<Credential>,
      { requireUserPat = false, owners = ['acme'] as string[] | 'all', address = '', ...seen }: More = {},
    ): Promise<string> => {
      const options = { name, owners, requireUserPat, projects: 'all', ...seen };
      const payload = { edition, address, credential: await credential, ...options };
      return (await admin('add-integration', payload)).integration.id;
    },
    /** Ada's consent that the app may call hosts, as Jira stores it. */
    allow: async (names: readonly string[]) => {
      const configured = names.map((name) => ({ domain: `https://${name}`, type: ['FETCH_BACKEND_SIDE'] }));
      const egresses = [{ key: 'git-services', description: 'Git services', configured }];
      const asked = { command: '__permission__egressSet', payload: { egresses } };
      await post('bridge', { as: 'ada', site, module: 'manage-repositories', issueKey: null, ...asked });
    },
  };
}

/** Everybody's work on DEMO-1 at two services: branches, and pull requests in every state. */
async function prepareBusy(busy: Site, made: Makers, { services }: Place): Promise<void> {
  const gitHub = await busy.connect('github.com', 'acme-github', made.token('github.com'), {
    requireUserPat: true,
    ...seen,
  });
  const gitLab = await busy.connect('gitlab.com', 'acme-gitlab', made.token('gitlab.com'));
  const token = await made.gitHubToken('alice');
  await busy.saveToken('alice', gitHub, token);
  await busy.saveToken('ada', gitHub, await made.gitHubToken('ada'));
  const web = { integrationId: gitHub, repository: 'acme/web' };
  const branch = (name: string, sourceBranch: string) =>
    busy.issue('alice', 'create-branch', { ...web, sourceBranch, name });
  const request = (sourceBranch: string, targetBranch: string, draft = false) =>
    busy.issue('alice', 'create-pull-request', {
      ...web,
      ...{ sourceBranch, targetBranch, draft, title: `DEMO-1: Merge ${sourceBranch} to ${targetBranch}` },
    });
  for (const name of ['DEMO-1-merged', 'DEMO-1-closed', 'DEMO-1-draft']) await branch(name, 'develop');
  await branch('DEMO-1-train', 'main');
  await request('DEMO-1-merged', 'DEMO-1-train');
  await request('DEMO-1-closed', 'main');
  await request('DEMO-1-draft', 'main', true);
  await request('develop', 'main');
  await settle(services, token);
  const headers = { authorization: `Bearer ${token}`, 'user-agent': 'states' };
  // The service updates its pull requests at a request: now, so that the next ones are the newest.
  await fetch(`${services}/api.github.com/repos/acme/web/pulls?state=all`, { headers });
  const mobile = {
    integrationId: gitLab,
    repository: 'acme/mobile',
    sourceBranch: 'main',
    name: 'DEMO-1-on-the-phone',
  };
  await busy.issue('bob', 'create-branch', mobile);
  await branch('DEMO-1-reproduce', 'main');
}

/** With git itself: one pull request is merged, and the source branch of another is deleted. */
async function settle(services: string, token: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'undersigned-states-'));
  const git = (...args: string[]) => run('git', ['-C', folder, ...args]);
  try {
    const origin = `${services.replace('http://', `http://alice:${token}@`)}/github.com/acme/web.git`;
    await git('clone', '--quiet', '--bare', origin, '.');
    await git('push', '--quiet', 'origin', 'DEMO-1-merged:DEMO-1-train', ':DEMO-1-closed');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Shows lists to people without a token, so that they can choose. */
const seen = { seenWithoutToken: 'account' } as const;

type More = {
  requireUserPat?: boolean;
  seenWithoutToken?: 'account';
  owners?: string[] | 'all';
  address?: string;
};

/** Requires everybody's own token at every kind of service, including one without tokens. */
async function prepareStrict(strict: Site, made: Makers): Promise<void> {
  const tfs = { ...seen, address: `https://${hosts.oldTfs}/tfs/DefaultCollection`, owners: ['Back Office'] };
  const azure = { ...seen, address: 'https://dev.azure.com/acme', owners: ['Back Office'] };
  await strict.allow([hosts.oldTfs]);
  await strict.connect('github.com', 'acme-github', made.token('github.com'), seen);
  await strict.connect('azure-devops', 'acme-azure', made.token('azure-devops'), azure);
  await strict.connect('codecommit', 'warehouse', made.token('codecommit'), {
    ...seen,
    address: 'eu-central-1',
    owners: 'all',
  });
  const account = Promise.resolve({ kind: 'password', user: 'acme-bot', password });
  await strict.connect('tfs-2015', 'old-tfs', account, tfs);
  await strict.admin('save-site-settings', { requireUserPat: true, branchActions: true, pullRequestActions: true });
}
