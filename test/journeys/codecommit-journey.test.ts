import { leaks } from '../../rig/canary';
import { runSandbox, type Answer, type RunningSandbox } from '../support/run-sandbox';

const ISSUE = 'issue-context';
const issueKey = 'DEMO-1';
const repository = 'warehouse';

type Key = { kind: 'access-key'; id: string; secret: string };

let sandbox: RunningSandbox;
const secrets: string[] = [];

beforeAll(async () => {
  sandbox = await runSandbox();
});

afterAll(() => sandbox.stop());

/** Makes an access key on the console's page, as a person would. */
async function accessKey(user: string): Promise<Key> {
  const response = await fetch(`${sandbox.services}/console.aws.amazon.com/iam/home`, {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams({ user }),
  });
  const { id, secret } = (await response.json()) as { id: string; secret: string };
  secrets.push(secret);
  return { kind: 'access-key', id, secret };
}

function valueOf(answer: Answer): any {
  expect(answer).toMatchObject({ ok: true });
  return answer.value;
}

/** The region's first page, with its trail of acts. */
async function trail(): Promise<string> {
  const page = await fetch(`${sandbox.services}/eu-central-1.console.aws.amazon.com/`);
  return (await page.text()).replace(/\s+/g, ' ');
}

it('goes from Require User PAT to a branch and a pull request on AWS CodeCommit in one’s own name', async () => {
  const place = { edition: 'codecommit', address: 'eu-central-1' };
  const bot = await accessKey('undersigned');

  // ada connects a region and requires everybody's own access key.
  const found = valueOf(
    await sandbox.invoke('ada', 'manage-repositories', 'test-connection', { ...place, credential: bot }),
  );
  expect(found).toMatchObject({ account: 'undersigned', owners: 'all', missingScopes: [] });
  const added = valueOf(
    await sandbox.invoke('ada', 'manage-repositories', 'add-integration', {
      ...place,
      credential: bot,
      name: 'acme-aws',
      owners: 'all',
      requireUserPat: true,
      projects: 'all',
    }),
  );
  expect(added.integration).toMatchObject({ account: 'undersigned', owners: 'all', status: 'connected' });
  const integrationId: string = added.integration.id;
  const at = { issueKey, integrationId };

  // alice reads that she needs one; swapped parts are found; her own is stored.
  const seen = valueOf(await sandbox.invoke('alice', ISSUE, 'load-issue', { issueKey }));
  expect(seen.integrations[0]).toMatchObject({
    provider: 'codecommit',
    serviceName: 'AWS CodeCommit',
    newTokenUrl: 'https://console.aws.amazon.com/iam/home#/security_credentials',
    attribution: { state: 'setup-required' },
  });
  const alice = await accessKey('alice');
  const swapped = { ...alice, id: alice.secret, secret: alice.id };
  expect(await sandbox.invoke('alice', ISSUE, 'save-token', { ...at, credential: swapped })).toMatchObject({
    ok: false,
    error: { code: 'ACCESS_KEY_SWAPPED' },
  });
  const saved = valueOf(await sandbox.invoke('alice', ISSUE, 'save-token', { ...at, credential: alice }));
  expect(saved).toMatchObject({ token: { login: 'alice', expiresAt: 'never' }, attribution: { state: 'person' } });

  // The pickers, in her name.
  const repositories = valueOf(await sandbox.invoke('alice', ISSUE, 'list-repositories', { ...at, search: 'ware' }));
  expect(repositories.items).toMatchObject([{ name: repository }]);
  const branches = valueOf(await sandbox.invoke('alice', ISSUE, 'list-branches', { ...at, repository, search: 'dev' }));
  expect(branches.items).toEqual([{ name: 'develop' }]);

  // A branch and a pull request: AWS knows them as hers.
  const name = 'DEMO-1-login-fails';
  const created = valueOf(
    await sandbox.invoke('alice', ISSUE, 'create-branch', { ...at, repository, sourceBranch: 'develop', name }),
  );
  expect(created).toMatchObject({
    card: {
      ...{ branch: name, author: 'alice', actor: 'person' },
      places: {
        clone: 'https://git-codecommit.eu-central-1.amazonaws.com/v1/repos/warehouse',
        withHelper: { address: 'codecommit::eu-central-1://warehouse', helper: 'git-remote-codecommit' },
      },
    },
  });
  const request = { ...at, repository, sourceBranch: name, targetBranch: 'main', title: 'DEMO-1: Login' };
  expect(valueOf(await sandbox.invoke('alice', ISSUE, 'create-pull-request', request)).card).toMatchObject({
    number: 1,
    author: 'alice',
    state: 'open',
  });
  expect(await sandbox.invoke('alice', ISSUE, 'create-pull-request', request)).toMatchObject({
    ok: false,
    error: {
      code: 'PULL_REQUEST_EXISTS',
      url: expect.stringContaining('/warehouse/pull-requests/1/details') as string,
    },
  });
  const cards = valueOf(await sandbox.invoke('alice', ISSUE, 'list-cards', at)).cards;
  expect(cards.map((card: { kind: string; title: string }) => [card.kind, card.title])).toEqual([
    ['branch', name],
    ['pull-request', 'DEMO-1: Login'],
  ]);

  // A branch that a policy protects remains, and a missing right is named.
  const release = { ...at, repository, sourceBranch: 'main', name: 'release/DEMO-1' };
  expect(await sandbox.invoke('alice', ISSUE, 'create-branch', release)).toMatchObject({
    ok: false,
    error: { code: 'ACCOUNT_POLICY_DENIED' },
  });
  valueOf(await sandbox.invoke('bob', ISSUE, 'save-token', { ...at, credential: await accessKey('bob') }));
  const asBob = { ...at, repository, sourceBranch: 'main', name: 'DEMO-1-bob' };
  expect(await sandbox.invoke('bob', ISSUE, 'create-branch', asBob)).toMatchObject({
    ok: false,
    error: { code: 'SCOPE_MISSING', params: { missing: ['codecommit:CreateBranch'] } },
  });

  valueOf(await sandbox.invoke('alice', ISSUE, 'delete-branch', { ...at, repository, branch: name }));
  const events = await trail();
  for (const operation of ['CreateBranch', 'CreatePullRequest', 'DeleteBranch'])
    expect(events).toMatch(new RegExp(`user/developers/alice</td> ?<td>${operation}</td>`));
  expect(events).not.toContain(':user/undersigned</td>');

  // The region is reached by its own names, the log has the account, and no secret is anywhere.
  const requests = await sandbox.requests();
  expect([...new Set(requests.map(({ host }) => host))].sort()).toEqual([
    'codecommit.eu-central-1.amazonaws.com',
    'sts.eu-central-1.amazonaws.com',
  ]);
  expect(
    requests.filter(({ call, as }) => call === 'create-branch' && as === 'alice').map((one) => one.account),
  ).toEqual(['alice', 'alice', 'alice', 'alice']);
  expect(leaks(`${sandbox.recorded.join('\n')}${sandbox.printed()}`, secrets)).toEqual([]);
});
