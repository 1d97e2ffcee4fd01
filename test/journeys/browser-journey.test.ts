import { execFileSync } from 'node:child_process';
import { app, openStage, type Stage } from '../support/browser-stage';
import * as steps from '../support/steps';
import { story } from '../support/story';

const repository = 'acme/web';
const branch = 'DEMO-1-in-my-own-name';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});

afterAll(() => stage.close());

function branchesOfWeb(): string {
  const services = stage.sandbox.services.replace('http://', `http://x:${stage.secrets[0]}@`);
  return execFileSync('git', ['ls-remote', '--heads', `${services}/github.com/acme/web.git`], { encoding: 'utf8' });
}

async function latestActivity(): Promise<{ activity_type: string; ref: string; actor: { login: string } }> {
  const response = await fetch(`${stage.sandbox.services}/api.github.com/repos/acme/web/activity`, {
    headers: { authorization: `Bearer ${stage.secrets[0]}`, 'user-agent': 'test' },
  });
  const [latest] = (await response.json()) as { activity_type: string; ref: string; actor: { login: string } }[];
  if (latest === undefined) throw new Error('Nothing happened yet');
  return latest;
}

story('From Require User PAT to a branch in one’s own name', (step) => {
  step('ada connects GitHub with the integration account’s token and requires everybody’s own', async () => {
    await steps.connectService(stage, {
      tile: 'GitHub',
      kind: 'github',
      tokenPage: 'github.com/settings/tokens/new?scopes=repo',
      account: 'acme-bot',
      found: 'Connected as acme-bot',
      name: 'acme-github',
    });
  });

  step(
    'alice sees what is missing, sets up her token in place, and creates her branch with her earlier input',
    async () => {
      const page = await stage.open('/browse/DEMO-1', 'alice');
      const dialog = await steps.openCreateBranch(page);
      await dialog.getByLabel('Branch name').fill(branch);
      await dialog
        .getByText('acme-github shows you its repositories once your personal access token is set up.')
        .waitFor();
      await stage.look(page, 'github-required');
      await steps.openTokenForm(dialog, 'github');
      await steps.saveCredential(dialog, 'github', [`ghp_${'0'.repeat(36)}`]);
      await dialog.getByText("GitHub didn't accept this token").waitFor();

      await steps.saveCredential(dialog, 'github', await steps.newCredential(stage, page, dialog, 'github', 'alice'));
      await dialog.getByText(/You're signed in to GitHub as alice\..*It expires on \w+ \d+, \d{4}/).waitFor();
      await steps.choose(dialog, 'Repository', repository);
      await steps.expectKept(dialog, { repository, name: branch });
      await dialog.getByText(/alice on GitHub/).waitFor();
      await stage.look(page, 'github-acting-as-alice');
      await steps.submitBranch(page, dialog, branch);
      expect(branchesOfWeb()).toContain(`refs/heads/${branch}`);
      expect(await latestActivity()).toMatchObject({
        activity_type: 'branch_creation',
        ref: `refs/heads/${branch}`,
        actor: { login: 'alice' },
      });
      await page.close();
    },
  );

  step('alice opens a pull request and deletes her branch', async () => {
    const page = await stage.open('/browse/DEMO-1', 'alice');
    await steps.createRequest(page, 'github', { repository, source: 'develop', target: 'main' });
    await stage.look(page, 'github-issue');
    await steps.deleteBranch(page, branch);
    expect(branchesOfWeb()).not.toContain(branch);
    expect(await latestActivity()).toMatchObject({ activity_type: 'branch_deletion', actor: { login: 'alice' } });
    await page.close();
  });

  step('no request of alice’s carried the integration’s credential once she had her own', async () => {
    const requests = (await stage.sandbox.requests()).filter(
      (request) => request.as === 'alice' && request.host === 'api.github.com',
    );
    const own = requests.findIndex((request) => request.account === 'alice');
    expect(own).toBeGreaterThanOrEqual(0);
    expect(requests.slice(own).filter((request) => request.account === 'acme-bot')).toEqual([]);
    expect(
      requests.filter(
        (request) => request.method !== 'GET' && request.path !== '/graphql' && request.account !== 'alice',
      ),
    ).toEqual([]);
  });

  step(
    'with the requirement off, bob creates one as the integration account and sees that he may have a token',
    async () => {
      const settings = await stage.open('/settings/apps', 'ada');
      const admin = app(settings, 'manage-repositories');
      await steps
        .rowOf(admin, 'acme-github')
        .getByRole('button', { name: /Actions/ })
        .click();
      await admin.getByRole('menuitem', { name: 'Edit integration settings' }).click();
      await admin.getByRole('checkbox', { name: 'Require User PAT', exact: true }).uncheck();
      await admin.getByRole('button', { name: 'Update' }).click();
      await admin.getByRole('row', { name: /acme-github.*Off/ }).waitFor();
      await settings.close();

      const page = await stage.open('/browse/DEMO-1', 'bob');
      const dialog = await steps.openCreateBranch(page);
      await steps.choose(dialog, 'Repository', repository);
      await dialog.getByText(/Add a personal access token/).waitFor();
      await dialog.getByText(/optional/).waitFor();
      await dialog.getByLabel('Branch name').fill('DEMO-1-by-bob');
      await stage.look(page, 'github-optional');
      await steps.submitBranch(page, dialog, 'DEMO-1-by-bob');
      expect(await latestActivity()).toMatchObject({ ref: 'refs/heads/DEMO-1-by-bob', actor: { login: 'acme-bot' } });
      await page.close();
    },
  );

  step('carol sees nothing of it', async () => {
    const page = await stage.open('/browse/DEMO-1', 'carol');
    await page.getByRole('heading', { name: /Login fails/ }).waitFor();
    expect(await page.locator('iframe').count()).toBe(0);
    await page.goto(`${stage.sandbox.url}/settings/personal?as=carol`);
    await app(page, 'user-settings').getByText("You can't see development details").waitFor();
    await page.close();
  });

  step('bob finds no way into the admin page', async () => {
    const page = await stage.open('/settings/apps', 'bob');
    await page.getByText(/do not have permission/).waitFor();
    expect(await page.locator('iframe').count()).toBe(0);
    await page.close();
  });

  step('alice finds her token in her settings, replaces it and removes it', async () => {
    const page = await stage.open('/settings/personal', 'alice');
    const settings = app(page, 'user-settings');
    await settings.getByRole('heading', { name: 'Personal access tokens', exact: true }).waitFor();
    const row = steps.rowOf(settings, 'acme-github');
    expect(await row.innerText()).toMatch(/\*{10}.*alice/s);
    await settings.getByLabel('Search integrations').fill('nothing like this');
    await row.waitFor({ state: 'detached' });
    await settings.getByLabel('Search integrations').fill('ACME');
    await row.getByRole('button', { name: /Edit your PAT/ }).click();
    const dialog = app(page, 'dialogs');
    await steps.saveCredential(dialog, 'github', await steps.newCredential(stage, page, dialog, 'github', 'alice'));
    await page
      .getByText(/You're signed in to GitHub as alice/)
      .first()
      .waitFor();
    await stage.look(page, 'github-settings');
    await page.reload();
    await row.getByRole('button', { name: /Edit your PAT/ }).click();
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await row.getByRole('button', { name: /Set up your PAT/ }).waitFor();
    await page.close();
  });

  step('ada disconnects, and every token of the integration is erased', async () => {
    const page = await stage.open('/settings/apps', 'ada');
    const admin = app(page, 'manage-repositories');
    await steps
      .rowOf(admin, 'acme-github')
      .getByRole('button', { name: /Actions/ })
      .click();
    await admin.getByRole('menuitem', { name: 'Disconnect' }).click();
    await app(page, 'dialogs').getByRole('heading', { name: 'Disconnect acme-github' }).waitFor();
    await stage.look(page, 'github-disconnect');
    await app(page, 'dialogs').getByRole('button', { name: 'Disconnect' }).click();
    await page.locator('iframe[data-resource="dialogs"]').waitFor({ state: 'detached' });
    await stage.sandbox.get('/sandbox/idle?hurry');
    const { values, secrets: kept } = await stage.sandbox.get<{
      values: { key: string }[];
      secrets: { key: string }[];
    }>('/sandbox/storage');
    expect(kept.filter(({ key }) => key !== 'ticket-key')).toEqual([]);
    expect(values.map((entry) => entry.key).filter((key) => /^(token|integration)/.test(key))).toEqual([]);
    await page.close();
  });

  step(
    'leaves no token in a page, an answer, a log or on disk, and nothing breaks the content security policy',
    async () => {
      expect(stage.secrets).toHaveLength(3);
      await stage.expectNothingLeft();
    },
  );
});
