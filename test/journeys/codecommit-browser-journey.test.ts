import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { app, openStage, type Stage } from '../support/browser-stage';
import * as steps from '../support/steps';
import { story } from '../support/story';

const keysPage = 'console.aws.amazon.com/iam/home';
const region = 'eu-central-1';
const repository = 'warehouse';
const branch = 'DEMO-1-in-the-warehouse';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});

afterAll(() => stage.close());

/** Branches as git itself sees them: in the repository's folder, as CodeCommit's own git wants signatures. */
function branches(): string {
  const { data } = stage.sandbox;
  const folder = readdirSync(data, { recursive: true, encoding: 'utf8' }).find(
    (path) => path.endsWith(`${repository}.git`) && !path.includes('first'),
  );
  return execFileSync('git', ['ls-remote', '--heads', join(data, folder ?? 'not there')], { encoding: 'utf8' });
}

/** The region's trail of acts, the latest first. */
async function trail(): Promise<string[]> {
  const page = await stage.openService(`${region}.console.aws.amazon.com/`);
  const rows = await page.getByRole('row').filter({ hasText: ':user/' }).allInnerTexts();
  await page.close();
  return rows;
}

story('A region of AWS CodeCommit', (step) => {
  step('is connected by ada, who sees what is wrong with a region before any request', async () => {
    const { page, admin } = await steps.addIntegration(stage, 'AWS CodeCommit');
    const field = admin.getByLabel('Region', { exact: true });
    await field.fill('Frankfurt');
    await field.blur();
    await admin.getByText("This isn't an AWS region. Use this format: eu-central-1.").waitFor();
    await page.close();
    await steps.connectService(stage, {
      tile: 'AWS CodeCommit',
      kind: 'codecommit',
      address: ['Region', region],
      tokenPage: keysPage,
      account: 'undersigned',
      found: 'Connected as undersigned',
      name: 'acme-aws',
    });
  });

  step('requires alice’s AWS credentials, in its own words, and keeps her input', async () => {
    const page = await stage.open('/browse/DEMO-1', 'alice');
    const dialog = await steps.openCreateBranch(page);
    await dialog.getByLabel('Branch name').fill(branch);
    await dialog.getByText(/acme-aws shows you its repositories once your/).waitFor();
    await stage.look(page, 'aws-required');
    await steps.openTokenForm(dialog, 'codecommit');
    await dialog.getByRole('heading', { name: 'Set up your AWS Credentials' }).waitFor();
    await dialog.getByRole('button', { name: 'Update' }).click();
    await dialog.getByText('Enter both parts of the key.').first().waitFor();
    await stage.inspect(page, 'aws-credentials-missing');

    const key = await steps.newCredential(stage, page, dialog, 'codecommit', 'alice');
    await steps.saveCredential(dialog, 'codecommit', key.toReversed());
    await dialog.getByText('The two parts of the access key are swapped').waitFor();
    await steps.saveCredential(dialog, 'codecommit', key);
    await dialog.getByText(/You're signed in to AWS CodeCommit as alice\./).waitFor();
    await steps.choose(dialog, 'Repository', repository);
    await dialog.getByText('Your access key will be used.').waitFor();
    await steps.expectKept(dialog, { repository, name: branch });
    await stage.look(page, 'aws-acting-as-alice');
    expect(await dialog.getByText(/token/i).count()).toBe(0);

    await steps.choose(dialog, 'Source branch', 'main');
    await steps.submitBranch(page, dialog, branch);
    expect(branches()).toContain(`refs/heads/${branch}`);
    expect((await trail())[0]).toMatch(/user\/developers\/alice\s+CreateBranch/);
    await page.close();
  });

  step('knows her pull request and her deletion as hers', async () => {
    const page = await stage.open('/browse/DEMO-1', 'alice');
    await steps.createRequest(page, 'codecommit', { repository, source: 'develop', target: 'main' });
    expect((await trail())[0]).toMatch(/user\/developers\/alice\s+CreatePullRequest/);
    await stage.look(page, 'aws-issue');
    await steps.deleteBranch(page, branch);
    expect(branches()).not.toContain(branch);
    expect((await trail())[0]).toMatch(/user\/developers\/alice\s+DeleteBranch/);
    expect((await trail()).filter((row) => /user\/undersigned\s/.test(row) && /Create|Delete/.test(row))).toEqual([]);
    await page.close();
  });

  step('has a row of its own words in her settings, where she replaces the key and removes it', async () => {
    const page = await stage.open('/settings/personal', 'alice');
    const settings = app(page, 'user-settings');
    const row = steps.rowOf(settings, 'acme-aws');
    await row.getByRole('link', { name: /New access key/ }).waitFor();
    await stage.look(page, 'aws-settings');
    await row.getByRole('button', { name: 'Edit your AWS credentials for acme-aws' }).click();
    const dialog = app(page, 'dialogs');
    await dialog.getByText("alice's access key is saved. To replace it, paste a new one.").waitFor();
    await steps.saveCredential(
      dialog,
      'codecommit',
      await steps.newCredential(stage, page, dialog, 'codecommit', 'alice'),
    );
    await page.getByText('Your access key is saved').waitFor();
    await row.getByRole('button', { name: 'Edit your AWS credentials for acme-aws' }).click();
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await dialog.getByRole('heading', { name: 'Remove your access key' }).waitFor();
    await stage.look(page, 'aws-remove');
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await row.getByRole('button', { name: 'Set up your AWS credentials for acme-aws' }).waitFor();
    await page.close();
  });

  step('leaves no secret behind, and nothing breaks the content security policy', () =>
    // The service needs the secret to check signatures.
    stage.expectNothingLeft(/^services\/\d+-codecommit\//),
  );
});
