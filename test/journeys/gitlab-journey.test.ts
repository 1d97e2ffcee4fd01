import { execFileSync } from 'node:child_process';
import { leaks } from '../../rig/canary';
import { runSandbox, type Answer, type RunningSandbox } from '../support/run-sandbox';
import { story } from '../support/story';

const ISSUE = 'issue-context';
const ADMIN = 'manage-repositories';
const issueKey = 'DEMO-1';
const repository = 'acme/platform/deploy';

let sandbox: RunningSandbox;
const secrets: string[] = [];

beforeAll(async () => {
  sandbox = await runSandbox();
});

afterAll(() => sandbox.stop());

/** Makes a token on GitLab's page, at the address the app links to. */
async function token(account: string, page: string): Promise<string> {
  const { host, pathname, search } = new URL(page);
  const response = await fetch(`${sandbox.services}/${host}${pathname}${search}`, {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams({ account, name: 'Undersigned', scopes: 'api' }),
  });
  const made = ((await response.json()) as { token: string }).token;
  secrets.push(made);
  return made;
}

function valueOf(answer: Answer): any {
  expect(answer).toMatchObject({ ok: true });
  return answer.value;
}

/** Branches as git itself sees them. */
function branches(credential: string): string {
  const remote = `${sandbox.services.replace('http://', `http://x:${credential}@`)}/gitlab.com/${repository}.git`;
  return execFileSync('git', ['ls-remote', '--heads', remote], { encoding: 'utf8' });
}

async function lastEvent(credential: string): Promise<unknown> {
  const address = `${sandbox.services}/gitlab.com/api/v4/projects/${encodeURIComponent(repository)}/events`;
  const response = await fetch(address, { headers: { authorization: `Bearer ${credential}` } });
  return ((await response.json()) as unknown[])[0];
}

story('GitLab, without a browser', (step) => {
  step('goes from Require User PAT to a branch and a merge request in one’s own name on GitLab', async () => {
    const page = 'https://gitlab.com/-/user_settings/personal_access_tokens';
    const bot = await token('acme-bot', page);
    const credential = { kind: 'token', token: bot };
    const edition = 'gitlab.com';
    const found = valueOf(await sandbox.invoke('ada', ADMIN, 'test-connection', { edition, credential }));
    expect(found).toMatchObject({ account: 'acme-bot', missingScopes: [], owners: ['acme'] });
    const added = valueOf(
      await sandbox.invoke('ada', ADMIN, 'add-integration', {
        edition,
        credential,
        name: 'acme-gitlab',
        owners: found.owners,
        requireUserPat: true,
        projects: 'all',
      }),
    );
    const integrationId: string = added.integration.id;

    const branch = { issueKey, integrationId, repository, sourceBranch: 'main', name: 'DEMO-1-on-gitlab' };
    expect(await sandbox.invoke('alice', ISSUE, 'create-branch', branch)).toMatchObject({
      ok: false,
      error: { code: 'TOKEN_REQUIRED' },
    });
    const alice = await token('alice', page);
    const save = { issueKey, integrationId, credential: { kind: 'token', token: alice } };
    expect(valueOf(await sandbox.invoke('alice', ISSUE, 'save-token', save))).toMatchObject({
      token: { login: 'alice', health: 'ending-soon', missingScopes: [] },
      attribution: { state: 'person' },
    });

    const search = { issueKey, integrationId, search: 'deploy' };
    expect(valueOf(await sandbox.invoke('alice', ISSUE, 'list-repositories', search)).items).toMatchObject([
      { name: repository, defaultBranch: 'main' },
    ]);
    const created = valueOf(await sandbox.invoke('alice', ISSUE, 'create-branch', branch));
    expect(created.card).toMatchObject({
      author: 'alice',
      actor: 'person',
      url: `https://gitlab.com/${repository}/-/tree/${branch.name}`,
    });
    expect(branches(bot)).toContain(`refs/heads/${branch.name}`);
    expect(await lastEvent(bot)).toMatchObject({ action_name: 'pushed new', author_username: 'alice' });

    const request = {
      issueKey,
      integrationId,
      repository,
      sourceBranch: branch.name,
      targetBranch: 'main',
      title: 'DEMO-1: Deploy',
    };
    const opened = valueOf(await sandbox.invoke('alice', ISSUE, 'create-pull-request', request));
    expect(opened.card).toMatchObject({ author: 'alice', state: 'open', number: 1 });
    expect(await sandbox.invoke('alice', ISSUE, 'create-pull-request', request)).toMatchObject({
      ok: false,
      error: { code: 'PULL_REQUEST_EXISTS', url: opened.card.url },
    });
    const { cards } = valueOf(await sandbox.invoke('alice', ISSUE, 'list-cards', { issueKey, integrationId }));
    expect(cards.map((card: { title: string }) => card.title).sort()).toEqual([request.title, branch.name].sort());
    const gone = { issueKey, integrationId, repository, branch: branch.name };
    valueOf(await sandbox.invoke('alice', ISSUE, 'delete-branch', gone));
    expect(branches(bot)).not.toContain(branch.name);

    const hers = (await sandbox.requests()).filter((item) => item.as === 'alice' && item.host === 'gitlab.com');
    expect(hers.map(({ call, method }) => `${call} ${method}`)).toEqual([
      'save-token GET',
      'save-token GET',
      'list-repositories GET',
      'create-branch POST',
      'create-pull-request POST',
      'create-pull-request POST',
      'list-cards GET',
      'list-cards GET',
      'delete-branch DELETE',
    ]);
    expect(hers.filter((item) => item.account === 'acme-bot')).toEqual([]);
  });

  step('leaves no token in storage, logs, requests or answers', async () => {
    await Promise.all([sandbox.requests(), sandbox.get('/sandbox/logs'), sandbox.get('/sandbox/storage')]);
    expect(secrets).toHaveLength(2);
    expect(leaks(sandbox.recorded.join('\n'), secrets)).toEqual([]);
    expect(leaks(sandbox.printed(), secrets)).toEqual([]);
    expect(leaks(await sandbox.onDisk(), secrets)).toEqual([]);
  });
});
