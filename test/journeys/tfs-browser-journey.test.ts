import { execFileSync } from 'node:child_process';
import { demoWorld } from '../../sandbox/world/demo';
import { app, openStage, type Stage } from '../support/browser-stage';
import { expectFocus } from '../support/keyboard';
import * as steps from '../support/steps';
import { story } from '../support/story';

const host = 'tfs.acme.example';
const collection = `${host}/tfs/DefaultCollection`;
const old = 'tfs-2015.acme.example';
const oldCollection = `${old}/tfs/DefaultCollection`;
const basic = 'ado.acme.example';
const basicCollection = `${basic}/DefaultCollection`;
const repository = 'Back Office/Invoices';
const path = `${collection}/Back%20Office/_git/Invoices`;
const branch = 'DEMO-1-on-tfs';
const PASSWORD = 'correct horse: battery';

let stage: Stage;

beforeAll(async () => {
  const [azure] = demoWorld.services.filter(({ kind }) => kind === 'azure-devops');
  if (azure?.kind !== 'azure-devops') throw new Error('The demo world has no Azure DevOps');
  const only = (name: string) => ({ repositories: azure.repositories.filter((one) => one.name === name) });
  const tfs = {
    ...azure,
    ...only('Invoices'),
    edition: 'tfs-2017',
    webHost: host,
    collection: 'tfs/DefaultCollection',
  };
  const accounts = azure.accounts.map((account) => ({ ...account, password: PASSWORD }));
  const passwords = { ...tfs, accounts, iisBasic: true };
  const basicServer = { edition: 'azure-devops-server-2022', webHost: basic, collection: 'DefaultCollection' };
  stage = await openStage({
    services: [
      tfs,
      { ...passwords, ...only('Ledger'), edition: 'tfs-2015', webHost: old },
      { ...passwords, ...basicServer },
    ],
  });
  stage.secrets.push(PASSWORD);
});

/** After any tests: no token and no password is left behind, and nothing broke the content security policy. */
afterAll(async () => {
  try {
    await stage.expectNothingLeft();
  } finally {
    await stage.close();
  }
});

/** Undoes everything that an earlier story changed in the whole site. */
beforeEach(async () => {
  const asAda = (call: string, payload: Record<string, unknown> = {}) =>
    stage.sandbox.invoke('ada', 'manage-repositories', call, payload);
  await asAda('save-site-settings', { requireUserPat: false, branchActions: true, pullRequestActions: true });
  const { value } = await asAda('load-site');
  for (const { id } of value.integrations) await asAda('switch-integration', { id, enabled: false });
});

/** Branches as git itself sees them. */
function branches(token: string): string {
  const services = stage.sandbox.services.replace('http://', `http://x:${token}@`);
  return execFileSync('git', ['ls-remote', '--heads', `${services}/${path}`], { encoding: 'utf8' });
}

story('TFS 2017, the first with personal access tokens', (step) => {
  let token = '';

  step('is connected by ada, who reads that an address without a collection is no address', async () => {
    const { page, admin } = await steps.addIntegration(stage, 'Azure DevOps Server, TFS');
    const address = admin.getByLabel('Collection address', { exact: true });
    await address.fill(`https://${host}`);
    await address.blur();
    await admin.getByText(/The collection is missing/).waitFor();
    await page.close();
    await steps.connectService(stage, {
      tile: 'Azure DevOps Server, TFS',
      kind: 'azure-devops',
      address: ['Collection address', `https://${collection}`],
      tokenPage: `${collection}/_details/security/tokens`,
      account: 'acme-bot',
      consentTo: host,
      found: 'This is TFS 2017, with version 3.0 of its API.',
      name: 'acme-tfs',
    });
  });

  step('requires alice’s token and keeps her input', async () => {
    const page = await stage.open('/browse/DEMO-1', 'alice');
    const dialog = await steps.openCreateBranch(page);
    await dialog.getByLabel('Branch name').fill(branch);
    await steps.openTokenForm(dialog, 'azure-devops');
    await dialog.getByRole('button', { name: 'How to create one' }).click();
    await dialog.getByText('Azure DevOps Server and TFS 2017 or later').waitFor();
    await steps.saveCredential(dialog, 'azure-devops', ['a'.repeat(52)]);
    await dialog.getByText("TFS 2017 didn't accept this token").waitFor();
    await dialog
      .getByText(/Basic Authentication/)
      .first()
      .waitFor();
    await stage.look(page, 'tfs-token-refused');

    [token = ''] = await steps.newCredential(stage, page, dialog, 'azure-devops', 'alice');
    await steps.saveCredential(dialog, 'azure-devops', [token]);
    await dialog
      .getByText(/You're signed in to TFS 2017 as Alice Developer\..*TFS 2017 doesn't say when it expires\./)
      .waitFor();
    await steps.choose(dialog, 'Repository', repository);
    await steps.expectKept(dialog, { repository, name: branch });
    await stage.look(page, 'tfs-acting-as-alice');
    await steps.submitBranch(page, dialog, branch);
    expect(branches(token)).toContain(`refs/heads/${branch}`);
    await page.close();
  });

  step('knows her pull request and her deletion as hers', async () => {
    const page = await stage.open('/browse/DEMO-1', 'alice');
    await steps.createRequest(page, 'azure-devops', { repository, source: 'develop', target: 'main' });
    await steps.deleteBranch(page, branch);
    expect(branches(token)).not.toContain(branch);
    const service = await stage.openService(path);
    expect(await service.getByRole('row', { name: /DEMO-1: Merge develop to main/ }).innerText()).toMatch(/by alice/);
    await service.getByRole('row', { name: new RegExp(`alice created ${branch}`) }).waitFor();
    await service.getByRole('row', { name: new RegExp(`alice deleted ${branch}`) }).waitFor();
    await page.close();
  });
});

story('TFS 2015, which has no personal access tokens', (step) => {
  const tile = 'Azure DevOps Server, TFS';
  const name = 'acme-old-tfs';
  const require = { name: 'Require User PAT', exact: true } as const;

  step('is connected by ada with a name and a password; she has to confirm that it requires tokens', async () => {
    const { page, admin } = await steps.addIntegration(stage, tile);
    await admin.getByLabel('Collection address', { exact: true }).fill(`https://${oldCollection}`);
    await admin.getByRole('radio', { name: 'User name and password (TFS 2015 and older)' }).check();
    await steps.testConnection(page, admin);
    await admin.getByText('Enter both.').first().waitFor();
    await admin.getByLabel('User name', { exact: true }).fill('acme-bot');
    await admin.getByLabel('Password', { exact: true }).fill('not the password');
    await steps.testConnection(page, admin, old);
    await admin.getByText("Azure DevOps Server, TFS didn't accept this user name and password").waitFor();
    await stage.inspect(page, 'tfs-2015-wrong-password');
    await admin.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await steps.testConnection(page, admin);
    await admin.getByText('Connected as Acme Bot').waitFor();
    await admin
      .getByText("It doesn't support personal access tokens, so everything is done by the integration account.")
      .waitFor();
    await admin.getByLabel('Display name').fill(name);

    const box = admin.getByRole('checkbox', require);
    await box.click();
    await admin.getByText('TFS 2015 has no personal access tokens').waitFor();
    await stage.look(page, 'tfs-2015-require-anyway');
    await admin.getByRole('button', { name: "Don't require" }).click();
    expect(await box.isChecked()).toBe(false);
    await expectFocus(box);
    await box.click();
    await admin.getByRole('button', { name: 'Require anyway' }).click();
    expect(await box.isChecked()).toBe(true);
    await admin.getByRole('button', { name: 'Add integration' }).click();
    expect(await steps.rowOf(admin, name).innerText()).toMatch(/\bOn\b/);
    await page.close();
  });

  /** alice reads that nobody can act there, and why: with a token required, people without one see nothing. */
  async function aliceIsTold(picture: string): Promise<void> {
    const page = await stage.open('/browse/DEMO-1', 'alice');
    const dialog = await steps.openCreateBranch(page);
    await dialog.getByLabel('Branch name').fill(branch);
    await dialog
      .getByText("Couldn't load repositories from acme-old-tfs: TFS 2015 has no personal access tokens.")
      .waitFor();
    await stage.look(page, picture);
    await page.close();
  }

  step('shows alice that it is impossible, why, and who can change it', async () => {
    await aliceIsTold('tfs-2015-alice');
    const page = await stage.open('/settings/personal', 'alice');
    const row = steps.rowOf(app(page, 'user-settings'), name);
    await row.getByText('This version has no tokens').waitFor();
    expect(await row.getByRole('button').count()).toBe(0);
    await page.close();
  });

  step('is confirmed once more when ada requires tokens of the whole site', async () => {
    const page = await stage.open('/settings/apps', 'ada');
    const admin = app(page, 'manage-repositories');
    await steps
      .rowOf(admin, name)
      .getByRole('button', { name: /Actions/ })
      .click();
    await admin.getByRole('menuitem', { name: 'Edit integration settings' }).click();
    await admin.getByRole('checkbox', require).uncheck();
    await admin.getByRole('button', { name: 'Update' }).click();
    await admin.getByRole('row', { name: new RegExp(`${name}.*Off`) }).waitFor();

    const site = admin.getByRole('checkbox', { name: 'Require User PAT for all integrations' });
    await site.click();
    await admin.getByText('TFS 2015 has no personal access tokens').waitFor();
    await admin.getByText(/no one can create or delete branches or open pull requests in acme-old-tfs/).waitFor();
    await stage.inspect(page, 'site-require-anyway');
    await admin.getByRole('button', { name: "Don't require" }).click();
    expect(await site.isChecked()).toBe(false);
    await expectFocus(admin.getByRole('heading', { name: 'For the whole site' }));
    expect(await admin.getByRole('button', { name: 'Update' }).isDisabled()).toBe(true);
    await site.click();
    await admin.getByRole('button', { name: 'Require anyway' }).click();
    expect(await site.isChecked()).toBe(true);
    await admin.getByRole('button', { name: 'Update' }).click();
    await admin.getByRole('row', { name: new RegExp(`${name}.*On, for the whole site`) }).waitFor();
    await page.close();
    await aliceIsTold('tfs-2015-alice-by-site');
  });
});

describe('A server whose IIS has Basic Authentication on', () => {
  it('is distinguished from a wrong token, as far as possible, and accepts a password', async () => {
    const { page, admin } = await steps.addIntegration(stage, 'Azure DevOps Server, TFS');
    await admin.getByLabel('Collection address', { exact: true }).fill(`https://${basicCollection}`);
    const tokens = `${basicCollection}/_usersSettings/tokens`;
    await steps.fillCredential(
      admin,
      'azure-devops',
      await steps.credentialFrom(stage, tokens, 'azure-devops', 'acme-bot'),
    );
    await steps.testConnection(page, admin, basic);
    await admin.getByText(/Basic Authentication may be turned on in the server's IIS/).waitFor();
    await stage.inspect(page, 'iis-basic');
    await admin.getByRole('radio', { name: /User name and password/ }).check();
    await admin.getByLabel('User name', { exact: true }).fill('acme-bot');
    await admin.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await steps.testConnection(page, admin);
    await admin.getByText('This is Azure DevOps Server 2022').waitFor();
    expect(await admin.getByText(/when the token ends/).count()).toBe(0);
    await page.close();
  });
});
