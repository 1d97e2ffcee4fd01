import { execFileSync } from 'node:child_process';
import { app, openStage, type Stage } from '../support/browser-stage';
import * as steps from '../support/steps';
import { story } from '../support/story';

const organization = 'dev.azure.com/acme';
const repository = 'Back Office/Invoices';
const path = `${organization}/Back%20Office/_git/Invoices`;
const branch = 'DEMO-1-invoices';

let stage: Stage;

beforeAll(async () => {
  // The journey in the dark.
  stage = await openStage({ colorScheme: 'dark' });
});

afterAll(() => stage.close());

/** Branches as git itself sees them. */
function branches(): string {
  const services = stage.sandbox.services.replace('http://', `http://x:${stage.secrets[0]}@`);
  return execFileSync('git', ['ls-remote', '--heads', `${services}/${path}`], { encoding: 'utf8' });
}

/** The activity on the repository's page, the latest first. */
async function activity(): Promise<string> {
  const page = await stage.openService(path);
  const text = await page.getByRole('main').innerText();
  await page.close();
  return text.slice(text.indexOf('Activity'));
}

story('Azure DevOps, in the dark', (step) => {
  step('is connected by ada, at the address the organization had before', async () => {
    const { page, admin } = await steps.addIntegration(stage, 'Azure DevOps');
    const address = admin.getByLabel('Organization address', { exact: true });
    // Copied from the browser, it is cut to the needed part.
    await address.fill('https://dev.azure.com/acme/Back%20Office/_git/Invoices');
    await address.blur();
    await address.and(admin.locator('[value="https://dev.azure.com/acme"]')).waitFor();
    await page.close();
    await steps.connectService(stage, {
      tile: 'Azure DevOps',
      kind: 'azure-devops',
      address: ['Organization address', 'https://acme.visualstudio.com'],
      tokenPage: `${organization}/_usersSettings/tokens`,
      account: 'acme-bot',
      found: 'Connected as Acme Bot',
      name: 'acme-azure',
    });
  });

  step('requires alice’s token, whose expiry she enters because the service does not report it', async () => {
    const page = await stage.open('/browse/DEMO-1', 'alice');
    const dialog = await steps.openCreateBranch(page);
    await dialog.getByLabel('Branch name').fill(branch);
    await dialog
      .getByText('acme-azure shows you its repositories once your personal access token is set up.')
      .waitFor();
    await stage.look(page, 'azure-required');
    await steps.openTokenForm(dialog, 'azure-devops');
    await dialog
      .getByText("Azure DevOps doesn't say when it expires. Enter the date, and we'll remind you in time.")
      .waitFor();
    const token = await steps.newCredential(stage, page, dialog, 'azure-devops', 'alice');
    await dialog.getByLabel('Expiration date (optional)').fill('2020-01-31');
    await steps.saveCredential(dialog, 'azure-devops', token);
    await dialog.getByText("This date is in the past or doesn't exist.").waitFor();
    await stage.inspect(page, 'azure-wrong-date');

    await dialog.getByLabel('Expiration date (optional)').fill('2098-03-12');
    await dialog.getByRole('button', { name: 'Update' }).click();
    await dialog
      .getByText(/You're signed in to Azure DevOps as Alice Developer\..*It expires on March 12, 2098\./)
      .waitFor();
    await steps.choose(dialog, 'Repository', repository);
    await steps.expectKept(dialog, { repository, name: branch });
    await stage.look(page, 'azure-acting-as-alice');
    await steps.submitBranch(page, dialog, branch);
    expect(branches()).toContain(`refs/heads/${branch}`);
    expect(await activity()).toMatch(new RegExp(`^Activity\\s+alice\\s+created ${branch}`));
    await page.close();
  });

  step('knows her pull request and her deletion as hers', async () => {
    const page = await stage.open('/browse/DEMO-1', 'alice');
    await steps.createRequest(page, 'azure-devops', {
      repository,
      source: 'develop',
      target: 'main',
      reviewers: ['bot@acme.example'],
    });
    await stage.look(page, 'azure-issue');
    await app(page, 'issue-panel')
      .getByRole('link', { name: /^!\d+ DEMO-1: Merge develop to main/ })
      .waitFor();
    const service = await stage.openService(path);
    expect(await service.getByRole('row', { name: /DEMO-1: Merge develop to main/ }).innerText()).toMatch(/by alice/);
    await steps.deleteBranch(page, branch);
    expect(branches()).not.toContain(branch);
    expect(await activity()).toMatch(new RegExp(`^Activity\\s+alice\\s+deleted ${branch}`));
    await page.close();
  });

  step('has its row in her settings, with the expiry that she entered', async () => {
    const page = await stage.open('/settings/personal', 'alice');
    const row = steps.rowOf(app(page, 'user-settings'), 'acme-azure');
    await row.getByText(/expires in more than a year/).waitFor();
    await stage.look(page, 'azure-settings');
    await page.close();
  });

  step('leaves no token behind, and nothing breaks the content security policy', () => stage.expectNothingLeft());
});
