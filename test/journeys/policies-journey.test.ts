import type { FrameLocator, Page } from 'playwright-core';
import { demoWorld } from '../../sandbox/world/demo';
import { app, openStage, type Stage } from '../support/browser-stage';
import { choose, openCreateBranch } from '../support/steps';

let stage: Stage;
let page: Page;
let panel: FrameLocator;
let integrationId: string;
const name = 'feature/DEMO-1-login-fails-after-password-reset';

/** Two organizations, one of which withholds its repositories until a token is approved, and a ruleset about names. */
beforeAll(async () => {
  const services = demoWorld.services.flatMap((service) => {
    if (service.kind !== 'github') return [];
    const repositories = service.repositories.map((one) =>
      `${one.owner}/${one.name}` === 'acme/web' ? { ...one, branchNamePattern: '^(feature|bugfix)/.*' } : one,
    );
    return [{ ...service, repositories }];
  });
  stage = await openStage({ services });
  const { sandbox } = stage;
  const token = async (account: string) => {
    const value = await sandbox.newToken(account);
    stage.secrets.push(value);
    return { kind: 'token', token: value };
  };
  const added = await sandbox.invoke('ada', 'manage-repositories', 'add-integration', {
    ...{ edition: 'github.com', credential: await token('acme-bot'), name: 'acme-github' },
    ...{ owners: ['acme', 'acme-secure'], requireUserPat: true, projects: 'all' },
  });
  integrationId = added.value.integration.id;
  const saved = await sandbox.invoke('alice', 'issue-context', 'save-token', {
    ...{ issueKey: 'DEMO-1', integrationId, credential: await token('alice') },
  });
  expect(saved).toMatchObject({ ok: true });
  page = await stage.open('/browse/DEMO-1', 'alice');
  panel = app(page, 'issue-panel');
});
afterAll(() => stage.close());

it('the panel names the one of two organizations that withholds its repositories, with the way to approve the token', async () => {
  const told = panel.getByText('Some of acme-github is withheld');
  await told.waitFor();
  expect(await told.innerText()).toMatch(/requires single sign-on/);
  const opening = page.waitForEvent('popup');
  await panel.getByRole('button', { name: 'Authorize on GitHub' }).click();
  expect((await opening).url()).toMatch(/\/settings\/tokens$/);
  await (await opening).close();
  await stage.look(page, 'panel-withheld');
});

it('a name that breaks a ruleset is refused with its pattern, and corrected to match it', async () => {
  const dialog = await openCreateBranch(page);
  await choose(dialog, 'Repository', 'acme/web');
  await choose(dialog, 'Source branch', 'develop');
  await dialog.getByLabel('Branch name').fill('DEMO-1-login-fails-after-password-reset');
  await dialog.getByRole('button', { name: 'Create branch' }).click();
  const alert = dialog.getByRole('alert').filter({ hasText: 'breaks a rule about branch names' });
  await alert.waitFor();
  expect(await alert.innerText()).toContain('“^(feature|bugfix)/.*”');
  await stage.look(page, 'create-branch-rule');
  await dialog.getByRole('button', { name: `Use ${name}` }).click();
  await dialog.getByRole('button', { name: 'Create branch' }).click();
  await panel.getByText(name).first().waitFor();
});

it('the question before a branch is deleted names the open pull request from it', async () => {
  const asked = { issueKey: 'DEMO-1', integrationId, repository: 'acme/web', sourceBranch: 'develop' };
  const opened = await stage.sandbox.invoke('alice', 'issue-context', 'create-pull-request', {
    ...{ ...asked, targetBranch: 'main', title: 'Fix the login', draft: false },
  });
  expect(opened).toMatchObject({ ok: true });
  const made = await stage.sandbox.invoke('alice', 'issue-context', 'create-branch', {
    ...{ ...asked, name: 'bugfix/DEMO-1-again' },
  });
  expect(made).toMatchObject({ ok: true });
  const request = await stage.sandbox.invoke('alice', 'issue-context', 'create-pull-request', {
    ...{ ...asked, sourceBranch: 'bugfix/DEMO-1-again', targetBranch: 'main', title: 'Reset the password' },
  });
  expect(request).toMatchObject({ ok: true });
  await page.reload();
  await panel.getByText('Reset the password').waitFor();
  await panel.getByRole('button', { name: 'Actions for bugfix/DEMO-1-again', exact: true }).click();
  await panel.getByRole('menuitem', { name: 'Delete branch' }).press('Enter');
  const dialog = app(page, 'dialogs');
  await dialog.getByText(/An open pull request comes from this branch.*#\d+ Reset the password\./).waitFor();
  expect(await dialog.getByText('Fix the login').count()).toBe(0);
  await stage.look(page, 'delete-branch-with-request');
  await dialog.getByRole('button', { name: 'Delete branch' }).click();
  await page.getByText('bugfix/DEMO-1-again was deleted from acme/web.').waitFor();
  await stage.expectNothingLeft();
});
