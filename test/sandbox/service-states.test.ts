// cspell:ignore AADSTS
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAzureDevOps } from '../../sandbox/services/azure-devops/open-azure-devops';
import { openCodeCommit } from '../../sandbox/services/codecommit/open-codecommit';
import { openGitHub } from '../../sandbox/services/github/open-github';
import { openGitLab } from '../../sandbox/services/gitlab/open-gitlab';
import type { Service, ServiceOptions } from '../../sandbox/services/service';
import { codeCommitService } from '../../sandbox/world/codecommit';
import { azureDevOpsService, gitHubService, gitLabService } from '../../sandbox/world/world';
import type { EditionId } from '../../src/domain/editions';
import type { Credential } from '../../src/domain/credential';
import { secret } from '../../src/domain/secret';
import { serviceAt } from '../../src/domain/service';
import type { Connection, Provider } from '../../src/providers/provider';
import { loadProvider } from '../../src/providers/registry';
import { openEgressDoor } from '../support/egress-door';
import { serveService } from '../support/serve-service';

const token = 'a-token-of-this-test-only-0123456789';
const account = { login: 'alice', name: 'Alice', email: 'alice@acme.example' };
const collaborators = { alice: 'write' };
const closing: (() => Promise<unknown>)[] = [];
/** One at a time, because the way to a service uses the global `fetch`. */
async function closeAll() {
  for (const close of closing.splice(0).reverse()) await close();
}
afterEach(closeAll);

/** A service with one state, and the adapter before it. */
async function at(
  open: (options: ServiceOptions) => Promise<Service>,
  edition: EditionId,
  address: string,
  credential: Credential = { kind: 'token', token: secret(token) },
) {
  await closeAll();
  const directory = await mkdtemp(join(tmpdir(), 'undersigned-states-'));
  const service = await open({ directory });
  const served = await serveService(service);
  const door = openEgressDoor(
    Object.fromEntries(service.hosts.map((host) => [host, served.url(host, '').replace(/\/$/, '')])),
  );
  closing.push(
    () => rm(directory, { recursive: true }),
    () => service.close(),
    () => served.close(),
    async () => door.close(),
  );
  const where = serviceAt(edition, address);
  const connection: Connection = { service: where, credential, deadline: Date.now() + 10_000 };
  const provider: Provider = await loadProvider(where.edition.provider);
  const page = async (url: string) => (await service.handle(new Request(url))).text();
  const create = (repository: string, name = 'DEMO-1-x') =>
    provider.createBranch(connection, { repository, name, source: 'main' });
  return { provider, connection, create, page };
}

const refused = (code: string, more: object = {}) => ({ ok: false, error: { code, ...more } });
const request = { source: 'DEMO-1', target: 'main', title: 'DEMO-1', description: '', draft: true };

describe('GitHub of a world', () => {
  const gitHub = (state: object) =>
    at(
      (options) =>
        openGitHub(
          gitHubService.parse({
            kind: 'github',
            accounts: [account],
            organizations: [{ login: 'acme', members: ['alice'] }],
            repositories: [
              { owner: 'acme', name: 'web', collaborators, branches: [{ name: 'DEMO-1', commits: 1 }], ...state },
            ],
            tokens: [{ account: 'alice', value: token, scopes: ['repo'] }],
          }),
          options,
        ),
      'github.com',
      '',
    );

  it('has rules about names and signatures', async () => {
    const named = await gitHub({ branchNamePattern: '^feature/' });
    expect(await named.create('acme/web')).toEqual(refused('BRANCH_NAME_RULE', { pattern: '^feature/' }));
    expect(await named.create('acme/web', 'feature/DEMO-1')).toMatchObject({ ok: true });
    expect(await named.page('https://github.com/acme/web')).toContain('Ruleset: names match ^feature/');
    const signed = await gitHub({ signedCommits: true });
    expect(await signed.create('acme/web')).toEqual(refused('SIGNATURE_RULE'));
    expect(await signed.page('https://github.com/acme/web')).toContain('commits must be signed');
  });

  it('is locked, or has no drafts', async () => {
    const locked = await gitHub({ locked: true });
    expect(await locked.create('acme/web')).toEqual(refused('REPOSITORY_LOCKED'));
    expect(await locked.provider.listBranches(locked.connection, { repository: 'acme/web', search: '' })).toMatchObject(
      { ok: true },
    );
    expect(await locked.page('https://github.com/acme/web')).toContain('locked for migration');
    const plain = await gitHub({ drafts: false });
    const draft = { ...request, repository: 'acme/web' };
    expect(await plain.provider.createPullRequest(plain.connection, draft)).toEqual(refused('DRAFTS_UNAVAILABLE'));
    expect(await plain.provider.createPullRequest(plain.connection, { ...draft, draft: false })).toMatchObject({
      ok: true,
    });
    expect(await plain.page('https://github.com/acme/web')).toContain('no draft pull requests');
  });
});

describe('GitLab of a world', () => {
  const gitLab = (state: object, more: object = {}) =>
    at(
      (options) =>
        openGitLab(
          gitLabService.parse({
            kind: 'gitlab',
            webHost: 'git.acme.example',
            accounts: [account],
            groups: [{ path: 'acme', members: { alice: 'developer' } }],
            projects: [{ path: 'acme/web', branches: [{ name: 'DEMO-1', commits: 1 }], ...state }],
            tokens: [{ account: 'alice', value: token, scopes: ['api'] }],
            ...more,
          }),
          options,
        ),
      'gitlab-self-managed',
      'https://git.acme.example',
    );

  it('has a project that was renamed: reads follow, refusals of writes have its new name', async () => {
    const { provider, connection, create, page } = await gitLab({ formerPaths: ['acme/shop', 'old/shop'] });
    for (const repository of ['acme/shop', 'old/shop']) {
      expect(await create(repository)).toEqual(refused('REPOSITORY_MOVED', { newName: 'acme/web' }));
      expect(await provider.listBranches(connection, { repository, search: 'DEMO' })).toMatchObject({
        value: { items: [{ name: 'DEMO-1' }] },
      });
    }
    const work = await provider.findWork(connection, {
      issueKey: 'DEMO-1',
      owners: ['acme'],
      repositories: ['acme/shop', 'acme/web'],
    });
    expect(work).toMatchObject({ value: { branches: [{ name: 'DEMO-1', repository: 'acme/web' }] } });
    expect(await create('acme/web')).toMatchObject({ ok: true });
    expect(await create('acme/none')).toEqual(refused('REPOSITORY_NOT_FOUND'));
    expect(await page('https://git.acme.example/acme/web')).toContain('It was at acme/shop before.');
  });

  it('is in maintenance, or has a hook with words of its own', async () => {
    const still = await gitLab({}, { readOnly: true });
    expect(await still.create('acme/web')).toEqual(refused('SERVICE_READ_ONLY'));
    expect(await still.provider.checkToken(still.connection)).toMatchObject({ ok: true });
    expect(await still.page('https://git.acme.example/acme/web')).toContain('maintenance mode');
    const words = 'remote: \nremote: ======\nremote: GitLab: Freeze until Monday, ask ops\nremote: ======';
    const hooked = await gitLab({ hookSays: words });
    expect(await hooked.create('acme/web')).toEqual(
      refused('REQUEST_REFUSED', { status: 400, said: 'GitLab: Freeze until Monday, ask ops' }),
    );
    expect(await hooked.page('https://git.acme.example/acme/web')).toContain('Freeze until Monday');
  });

  it('is too old', async () => {
    const old = await gitLab({}, { version: '12.7' });
    expect(await old.provider.detect(old.connection)).toEqual(refused('SERVICE_TOO_OLD'));
    const young = await gitLab({}, { version: '15.4' });
    expect(await young.provider.detect(young.connection)).toMatchObject({ ok: true });
  });
});

it.each([
  [
    { neverSignedIn: true },
    refused('SIGN_IN_FIRST', { url: 'https://dev.azure.com/acme' }),
    'Alice has never signed in with a browser.',
  ],
  [
    { directorySays: 'AADSTS50076: you must use multi-factor authentication' },
    refused('ACCOUNT_BLOCKED', { said: 'AADSTS50076: you must use multi-factor authentication' }),
    'turns Alice away: AADSTS50076',
  ],
  [
    { directorySays: 'VS403463: The conditional access policy has failed.' },
    refused('IP_BLOCKED', {
      ...{ policy: 'conditional-access', organization: 'acme' },
      said: 'VS403463: The conditional access policy has failed.',
    }),
    'turns Alice away: VS403463',
  ],
])('Azure DevOps of a world refuses somebody: %j', async (state, answer, shown) => {
  const { provider, connection, page } = await at(
    (options) =>
      openAzureDevOps(
        azureDevOpsService.parse({
          kind: 'azure-devops',
          collection: 'acme',
          accounts: [{ ...account, ...state }],
          repositories: [{ project: 'web', name: 'web', rights: { alice: 'contribute' } }],
          tokens: [{ account: 'alice', value: token, scopes: ['vso.code_write'] }],
        }),
        options,
      ),
    'azure-devops',
    'https://dev.azure.com/acme',
  );
  expect(await provider.checkToken(connection)).toEqual(answer);
  expect(await page('https://dev.azure.com/acme')).toContain(shown);
});

it.each([
  [{ policy: 'ForceMFA' }, 'mfa', 'identity-based policy ForceMFA'],
  [{ policy: 'AWSCompromisedKeyQuarantineV3' }, 'quarantine', 'AWSCompromisedKeyQuarantineV3'],
  [{ in: 'service control policy' }, 'service-control', 'service control policy'],
  [{ in: 'permissions boundary' }, 'boundary', 'permissions boundary'],
  [{ in: 'resource-based policy' }, 'resource', 'resource-based policy'],
  [{ in: 'session policy' }, undefined, 'session policy'],
])('CodeCommit of a world denies by %j', async (deny, policy, shown) => {
  const key = { id: 'AKIASTATESSTATES0001', secret: 'x'.repeat(40) };
  const { create, page } = await at(
    (options) =>
      openCodeCommit(
        codeCommitService.parse({
          kind: 'codecommit',
          users: [
            {
              name: 'alice',
              policy: [
                { actions: ['codecommit:*'] },
                { effect: 'deny', actions: ['codecommit:CreateBranch'], ...deny },
              ],
            },
          ],
          repositories: [{ name: 'web' }],
          accessKeys: [{ user: 'alice', ...key }],
        }),
        options,
      ),
    'codecommit',
    'us-east-1',
    { kind: 'access-key', id: secret(key.id), secret: secret(key.secret) },
  );
  expect(await create('web')).toEqual(
    refused('ACCOUNT_POLICY_DENIED', { ...(policy && { policy }), said: expect.stringContaining('explicit deny') }),
  );
  expect(await page('https://us-east-1.console.aws.amazon.com/')).toContain(shown);
});

it('CodeCommit of a world may be in a part of AWS with keys of its own', async () => {
  const key = { id: 'AKIASTATESSTATES0001', secret: 'x'.repeat(40) };
  const policy = [{ actions: ['codecommit:*'] }, { effect: 'deny', actions: ['codecommit:DeleteBranch'] }];
  const { provider, connection, create } = await at(
    (options) =>
      openCodeCommit(
        codeCommitService.parse({
          ...{ kind: 'codecommit', region: 'us-gov-west-1', repositories: [{ name: 'web' }] },
          ...{ users: [{ name: 'alice', policy }], accessKeys: [{ user: 'alice', ...key }] },
        }),
        options,
      ),
    'codecommit',
    'us-gov-west-1',
    { kind: 'access-key', id: secret(key.id), secret: secret(key.secret) },
  );
  expect(await create('web')).toMatchObject({ ok: true });
  expect(await provider.deleteBranch(connection, { repository: 'web', name: 'DEMO-1-x' })).toEqual(
    refused('ACCOUNT_POLICY_DENIED', {
      policy: 'identity',
      said: expect.stringContaining('arn:aws-us-gov:codecommit:us-gov-west-1'),
    }),
  );
  const elsewhere = { ...connection, credential: { ...connection.credential, id: secret('AKIAOTHERPARTOFAWS01') } };
  expect(await provider.checkToken(elsewhere as Connection)).toEqual(refused('AUTH_INVALID'));
});
