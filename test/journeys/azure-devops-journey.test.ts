import { execFileSync } from 'node:child_process';
import { leaks } from '../../rig/canary';
import { runSandbox, type RunningSandbox } from '../support/run-sandbox';

const issueKey = 'DEMO-1';
const repository = 'Back Office/Invoices';
const edition = 'azure-devops';

let sandbox: RunningSandbox;
const secrets: string[] = [];

beforeAll(async () => {
  sandbox = await runSandbox();
});

afterAll(() => sandbox.stop());

/** Makes a token on the service's own page, as a person would. */
async function token(account: string, scopes: string): Promise<string> {
  const response = await fetch(`${sandbox.services}/dev.azure.com/acme/_usersSettings/tokens`, {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams({ account, scopes }),
  });
  const made = ((await response.json()) as { token: string }).token;
  secrets.push(made);
  return made;
}

it('goes from Require User PAT to a branch and a pull request in one’s own name at Azure DevOps', async () => {
  const bot = { kind: 'token', token: await token('acme-bot', 'vso.code_write') };
  const place = { edition, address: 'https://acme.visualstudio.com/' };

  expect(
    await sandbox.invoke('ada', 'manage-repositories', 'test-connection', { ...place, credential: bot }),
  ).toMatchObject({ ok: true, value: { account: 'Acme Bot', owners: ['Back Office'], missingScopes: [] } });
  const options = { name: 'acme-azure', owners: ['Back Office'], requireUserPat: true, projects: 'all' };
  const added = await sandbox.invoke('ada', 'manage-repositories', 'add-integration', {
    ...place,
    ...options,
    credential: bot,
  });
  expect(added).toMatchObject({ ok: true });
  const integrationId = (added.value as { integration: { id: string } }).integration.id;

  const invoke = (call: string, payload: Record<string, unknown>) =>
    sandbox.invoke('alice', 'issue-context', call, { issueKey, integrationId, ...payload });
  const wanted = { repository, sourceBranch: 'develop', name: 'DEMO-1-invoice' };
  expect(await invoke('create-branch', wanted)).toMatchObject({ ok: false, error: { code: 'TOKEN_REQUIRED' } });

  const readOnly = { kind: 'token', token: await token('alice', 'vso.code') };
  expect(await invoke('save-token', { credential: readOnly })).toMatchObject({
    ok: false,
    error: { code: 'SCOPE_MISSING', params: { missing: ['Code (Read & write)'] } },
  });
  const own = { kind: 'token', token: await token('alice', 'vso.code_write') };
  expect(await invoke('save-token', { credential: own })).toMatchObject({ ok: true });

  expect(await invoke('list-repositories', { search: 'inv' })).toMatchObject({
    ok: true,
    value: { items: [{ name: repository, defaultBranch: 'main' }] },
  });
  expect(await invoke('create-branch', wanted)).toMatchObject({
    ok: true,
    value: {
      card: {
        author: 'Alice Developer',
        actor: 'person',
        url: 'https://dev.azure.com/acme/Back%20Office/_git/Invoices?version=GBDEMO-1-invoice',
        places: { clone: 'https://dev.azure.com/acme/Back%20Office/_git/Invoices' },
      },
    },
  });
  const remote = `${sandbox.services.replace('http://', `http://x:${own.token}@`)}/dev.azure.com/acme/Back%20Office/_git/Invoices`;
  expect(execFileSync('git', ['ls-remote', '--heads', remote], { encoding: 'utf8' })).toContain(
    'refs/heads/DEMO-1-invoice',
  );

  const pull = { repository, sourceBranch: 'DEMO-1-invoice', targetBranch: 'main', title: 'DEMO-1: Invoice' };
  expect(await invoke('create-pull-request', { ...pull, description: 'Why', draft: true })).toMatchObject({
    ok: true,
    value: { card: { state: 'draft', author: 'Alice Developer' } },
  });
  expect(await invoke('list-cards', {})).toMatchObject({
    ok: true,
    value: {
      cards: [
        { kind: 'branch', branch: 'DEMO-1-invoice' },
        { kind: 'pull-request', title: 'DEMO-1: Invoice', state: 'draft' },
      ],
    },
  });
  expect(await invoke('delete-branch', { repository, branch: 'DEMO-1-invoice' })).toMatchObject({ ok: true });

  const page = await fetch(`${sandbox.services}/dev.azure.com/acme/Back%20Office/_git/Invoices`);
  expect(await page.text()).toMatch(/<strong>alice<\/strong>[^<]*<\/td>\s*<td>deleted <code>DEMO-1-invoice<\/code>/);
  const writes = (await sandbox.requests()).filter(({ method }) => method === 'POST');
  expect(new Set(writes.map(({ host }) => host))).toEqual(new Set(['dev.azure.com']));
  expect(leaks(sandbox.recorded.join('\n') + sandbox.printed(), secrets)).toEqual([]);
});
