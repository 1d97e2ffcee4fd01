import { readFile } from 'node:fs/promises';
import type { Browser, BrowserContext, FrameLocator, Page } from 'playwright-core';
import { launchBrowser } from '../../rig/browser';
import { leaks } from '../../rig/canary';
import { runSandbox, type RunningSandbox } from '../support/run-sandbox';
import * as steps from '../support/steps';
import { story } from '../support/story';

let sandbox: RunningSandbox;
let browser: Browser;
let context: BrowserContext;
const secrets: string[] = [];

beforeAll(async () => {
  [sandbox, browser] = await Promise.all([runSandbox(), launchBrowser()]);
  context = await newContext();
});

afterAll(async () => {
  await browser.close();
  await sandbox.stop();
});

/** A browser that records layout shifts on any page. */
async function newContext(): Promise<BrowserContext> {
  const made = await browser.newContext({ viewport: { width: 1280, height: 1000 }, acceptDownloads: true });
  await made.addInitScript(() => {
    const page = globalThis as unknown as { shifts: number };
    page.shifts = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[])
        if (!entry.hadRecentInput) page.shifts += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  return made;
}

async function openAdmin(): Promise<{ page: Page; admin: FrameLocator }> {
  const page = await context.newPage();
  await page.goto(`${sandbox.url}/settings/apps?as=ada`);
  return { page, admin: page.frameLocator('iframe[data-resource="manage-repositories"]') };
}

async function shifts(page: Page): Promise<number> {
  const frame = page.frames().find((one) => one.url().includes('manage-repositories'));
  return (await frame?.evaluate(() => (globalThis as unknown as { shifts: number }).shifts)) ?? Number.NaN;
}

async function choose(admin: FrameLocator, field: string, option: string): Promise<void> {
  await admin.getByRole('combobox', { name: field }).fill(option);
  await admin.getByRole('option', { name: option, exact: true }).click();
}

const rowOf = (admin: FrameLocator, name: string) => admin.getByRole('row', { name: new RegExp(name) });

async function menu(admin: FrameLocator, integration: string, item: string): Promise<void> {
  await rowOf(admin, integration)
    .getByRole('button', { name: /Actions/ })
    .click();
  await admin.getByRole('menuitem', { name: item, exact: true }).click();
}

story('An admin connects a service, changes it, names branches and reads the activity', (step) => {
  step('Before anything is connected says so, and so does the activity', async () => {
    const { page, admin } = await openAdmin();
    await admin.getByText('No git service is connected yet').waitFor();
    expect(await shifts(page)).toBe(0);
    await admin.getByRole('button', { name: 'Activity' }).click();
    await admin.getByText('No activity yet').waitFor();
    await page.close();
  });

  step('A new integration is made in three steps, with the token from the service’s own page', async () => {
    const { page, admin } = await openAdmin();
    await admin.getByRole('button', { name: 'Add new integration' }).click();
    const steps = admin.getByRole('list', { name: 'Steps' });
    expect(await steps.locator('[aria-current="step"]').innerText()).toContain('Service');
    await admin.getByRole('button', { name: 'GitHub', exact: true }).click();
    expect(await steps.locator('[aria-current="step"]').innerText()).toContain('Connect');
    const opening = page.waitForEvent('popup');
    await admin.getByRole('button', { name: 'New token' }).click();
    const service = await opening;
    await service.getByLabel('Signed in as').selectOption('acme-bot');
    await service.getByRole('button', { name: 'Generate token' }).click();
    const token = await service.locator('#new-token').inputValue();
    secrets.push(token);
    await service.close();
    await admin.getByLabel('Personal access token', { exact: true }).fill(token);
    await admin.getByRole('button', { name: 'Test connection' }).click();
    await admin.getByText('Connected as acme-bot').waitFor();
    expect(await steps.locator('[aria-current="step"]').innerText()).toContain('Options');
    await admin.getByText(/Everyone acts with their own personal access token for GitHub/).waitFor();
    await admin.getByLabel('Display name').fill('acme-github');
    await admin.getByRole('button', { name: 'Add integration' }).click();
    await rowOf(admin, 'acme-github').waitFor();
    expect(await rowOf(admin, 'acme-github').innerText()).toMatch(/GitHub.*github\.com.*Connected.*acme.*0.*Off/is);
    await page.close();
  });

  step('A new integration offers no page for a token while its address is not known', async () => {
    const { page, admin } = await openAdmin();
    await admin.getByRole('button', { name: 'Add new integration' }).click();
    await admin.getByRole('button', { name: 'GitHub Enterprise', exact: true }).click();
    const newToken = admin.getByRole('button', { name: 'New token' });
    expect(await newToken.isDisabled()).toBe(true);
    await admin.getByLabel('Address').fill('https://git.acme.example');
    await admin.locator('button:not([disabled])', { hasText: 'New token' }).waitFor();
    await page.close();
  });

  step('The integrations are found by name and by service', async () => {
    const { page, admin } = await openAdmin();
    await rowOf(admin, 'acme-github').waitFor();
    const search = admin.getByLabel('Search integrations');
    for (const [typed, found] of [
      ['ACME', 1],
      ['github.com', 1],
      ['gitlab', 0],
    ] as const) {
      await search.fill(typed);
      await admin
        .getByText(found === 1 ? '1 integration' : 'No integration or service matches', { exact: found === 1 })
        .first()
        .waitFor();
      expect(await rowOf(admin, 'acme-github').count()).toBe(found);
    }
    await page.close();
  });

  step('The integrations are edited in sections, and nothing takes effect before Update', async () => {
    const { page, admin } = await openAdmin();
    await menu(admin, 'acme-github', 'Edit integration settings');
    for (const section of ['Connection', 'Features', 'Projects'])
      await admin.getByRole('heading', { name: section, exact: true }).waitFor();
    await admin.getByText(/No one has a token for acme-github yet/).waitFor();
    await admin.getByRole('checkbox', { name: 'Require User PAT', exact: true }).check();
    await admin.getByText('Who this affects').waitFor();
    await admin.getByRole('button', { name: 'Cancel' }).click();
    expect(await rowOf(admin, 'acme-github').innerText()).toContain('Off');
    await menu(admin, 'acme-github', 'Edit integration settings');
    await admin.getByLabel('Display name').fill('acme-hub');
    await admin.getByRole('button', { name: 'Update' }).click();
    await rowOf(admin, 'acme-hub').waitFor();
    await page.close();
  });

  step('The integrations are disabled and enabled again', async () => {
    const { page, admin } = await openAdmin();
    // The window ends below the button: what is chosen from its menu has to be scrolled to.
    const button = await rowOf(admin, 'acme-hub')
      .getByRole('button', { name: /Actions/ })
      .boundingBox();
    await page.setViewportSize({ width: 1280, height: Math.ceil((button?.y ?? 0) + (button?.height ?? 0) + 4) });
    await menu(admin, 'acme-hub', 'Disable');
    await page.setViewportSize({ width: 1280, height: 1000 });
    const dialog = page.frameLocator('iframe[data-resource="dialogs"]');
    await dialog.getByRole('heading', { name: 'Disable acme-hub' }).waitFor();
    expect(await rowOf(admin, 'acme-hub.*Connected').count()).toBe(1);
    await dialog.getByRole('button', { name: 'Disable', exact: true }).click();
    await rowOf(admin, 'acme-hub.*Disabled').waitFor();
    await page.getByText('acme-hub is disabled').first().waitFor();
    const bob = await context.newPage();
    await bob.goto(`${sandbox.url}/browse/DEMO-1?as=bob`);
    await bob
      .frameLocator('iframe[data-resource="issue-panel"]')
      .getByText('No git service is connected to this project')
      .waitFor();
    await bob.close();
    await menu(admin, 'acme-hub', 'Enable');
    await rowOf(admin, 'acme-hub.*Connected').waitFor();
    await page.close();
  });

  step('Branch names have a preview while the template is typed, and a reason when it cannot be used', async () => {
    const { page, admin } = await openAdmin();
    await admin.getByRole('button', { name: 'Branch names' }).click();
    const template = admin.getByLabel('Template');
    const update = admin.getByRole('button', { name: 'Update' });
    await admin.getByText('DEMO-1-login-fails-after-password-reset').waitFor();
    await template.fill('${issuetype:Bug,fix,other}/${summary}');
    await admin.getByText('${issuekey} is missing.').waitFor();
    expect(await template.getAttribute('aria-invalid')).toBe('true');
    expect(await update.isDisabled()).toBe(true);
    await template.fill('${issuetype:Bug,fix,other}/${issuekey}_${summary}');
    await admin.getByRole('radio', { name: /Underscore/ }).check();
    await admin.getByText('fix/DEMO-1_login_fails_after_password_reset').waitFor();
    await admin.getByText('other/DEMO-3_顧客リストを書き出す').waitFor();
    await admin.getByLabel('Try your own summary').fill('Ünïcödé / ~crash~');
    await admin.getByText('fix/DEMO-4_unicode_crash').waitFor();
    await admin.getByLabel('Maximum length').fill('7');
    await admin.getByText('Enter a whole number from 40 to 250.').waitFor();
    await admin.getByLabel('Maximum length').fill('100');
    await update.click();
    await page.getByText('Branch names updated').first().waitFor();

    const issue = await context.newPage();
    await issue.goto(`${sandbox.url}/browse/DEMO-1?as=bob`);
    await issue
      .frameLocator('iframe[data-resource="issue-panel"]')
      .getByRole('button', { name: 'Create branch' })
      .click();
    await issue
      .frameLocator('iframe[data-resource="dialogs"]')
      .locator('[value="fix/DEMO-1_login_fails_after_password_reset"]')
      .waitFor();
    await issue.close();
    await admin.getByRole('button', { name: 'Reset to default' }).click();
    // A page that is closed too early cancels its request, and the next test would find this one's separator.
    const saved = page.waitForResponse(
      (response) => response.request().postData()?.includes('save-branch-name-rule') ?? false,
    );
    await update.click();
    await saved;
    await page.close();
  });

  step(
    'Branch names with the branch they start from follow the branch that is chosen, until somebody edits the name',
    async () => {
      const { page, admin } = await openAdmin();
      await admin.getByRole('button', { name: 'Branch names' }).click();
      await admin.getByLabel('Template').fill('${login}/${sourcebranch}/${issuekey}');
      await admin.getByText('alice-dev/release-2-1/DEMO-1').first().waitFor();
      await admin.getByRole('button', { name: 'Update' }).click();
      await page.getByText('Branch names updated').first().waitFor();

      const issue = await context.newPage();
      await issue.goto(`${sandbox.url}/browse/DEMO-1?as=bob`);
      const panel = issue.frameLocator('iframe[data-resource="issue-panel"]');
      await panel.getByRole('button', { name: 'Create branch' }).click();
      const dialog = issue.frameLocator('iframe[data-resource="dialogs"]');
      const name = dialog.getByLabel('Branch name');
      const expectName = (wanted: string) =>
        dialog
          .getByRole('textbox', { name: 'Branch name' })
          .and(dialog.locator(`[value="${wanted}"]`))
          .waitFor();
      await steps.choose(dialog, 'Repository', 'acme/web');
      await expectName('main/DEMO-1');
      await steps.choose(dialog, 'Source branch', 'develop');
      await expectName('develop/DEMO-1');
      await name.fill('DEMO-1-my-own');
      await steps.choose(dialog, 'Source branch', 'main');
      expect(await name.inputValue()).toBe('DEMO-1-my-own');
      await issue.close();
      await admin.getByRole('button', { name: 'Reset to default' }).click();
      await admin.getByRole('button', { name: 'Update' }).click();
      await page.close();
    },
  );

  const formula = '=cmd|DEMO-1';

  step('The activity: prepared', async () => {
    const { value } = await sandbox.invoke('ada', 'manage-repositories', 'load-site');
    const integrationId = String(value.integrations[0].id);
    const create = (as: string, name: string) =>
      sandbox.invoke(as, 'issue-context', 'create-branch', {
        issueKey: 'DEMO-1',
        integrationId,
        repository: 'acme/web',
        sourceBranch: 'main',
        name,
      });
    expect(await create('bob', 'DEMO-1-by-bob')).toMatchObject({ ok: true });
    expect(await create('bob', 'DEMO-1-by-bob')).toMatchObject({ ok: false });
    expect(await create('alice', formula)).toMatchObject({ ok: true });
    for (let round = 0; round < 60; round += 1)
      await sandbox.invoke('ada', 'manage-repositories', 'save-site-settings', {
        requireUserPat: false,
        // An update without a change is not recorded.
        branchActions: round % 2 === 1,
        pullRequestActions: true,
      });
  });

  step('The activity shows the newest first and more on request', async () => {
    const { page, admin } = await openAdmin();
    await admin.getByRole('button', { name: 'Activity' }).click();
    const rows = admin.getByRole('table', { name: 'Activity, newest first' }).getByRole('row');
    await rows.nth(50).waitFor();
    expect(await rows.count()).toBe(51);
    await admin.getByRole('button', { name: 'See more' }).click();
    await admin.getByText('No more entries.').waitFor();
    expect(await rows.last().innerText()).toMatch(/Ada Admin.*Added an integration/s);
    await page.close();
  });

  step('The activity is filtered by person and outcome, and shows the actor and the reason of a refusal', async () => {
    const { page, admin } = await openAdmin();
    await admin.getByRole('button', { name: 'Activity' }).click();
    await choose(admin, 'Person', 'Bob Developer');
    const rows = admin.getByRole('table', { name: 'Activity, newest first' }).getByRole('row');
    await rows.filter({ hasText: 'Ada Admin' }).first().waitFor({ state: 'detached' });
    expect(await rows.count()).toBe(3);
    await choose(admin, 'Outcome', 'Refused');
    await rows.filter({ hasText: 'Done' }).first().waitFor({ state: 'detached' });
    expect(await rows.nth(1).innerText()).toMatch(
      /Bob Developer.*Created a branch.*DEMO-1-by-bob · DEMO-1.*acme-bot, the integration account.*acme\/web.*Refused.*DEMO-1-by-bob already exists/is,
    );
    await admin.getByLabel('To', { exact: true }).fill('2020-01-01');
    await admin.getByText('No entries match this filter.').waitFor();
    await admin.getByRole('button', { name: 'Clear filter' }).click();
    await rows.nth(50).waitFor();
    await page.close();
  });

  step('The activity is downloaded as CSV in which no spreadsheet finds a formula', async () => {
    const { page, admin } = await openAdmin();
    await admin.getByRole('button', { name: 'Activity' }).click();
    await choose(admin, 'Action', 'Created a branch');
    const downloading = page.waitForEvent('download');
    await admin.getByRole('button', { name: 'Download CSV' }).click();
    const file = await downloading;
    expect(file.suggestedFilename()).toMatch(/^undersigned-activity-\d{4}-\d{2}-\d{2}\.csv$/);
    const text = await readFile(await file.path(), 'utf8');
    const lines = text.split('\r\n');
    expect(lines[0]).toContain('"Time (UTC)","Time (');
    expect(lines).toHaveLength(5);
    expect(lines[1]).toContain(`"'${formula}"`);
    expect(text).toContain('"Bob Developer"');
    expect(leaks(text, secrets)).toEqual([]);
    await page.close();
  });

  step(
    'Somebody who is no Jira admin reads whom to ask, and sees nothing of the site, when the page is open to them after all',
    async () => {
      const page = await context.newPage();
      // As if the right were removed while the page is open: Jira showed it, and then calls as somebody who is no admin.
      await page.route('**/sandbox/bridge', (route) =>
        route.fallback({ postData: JSON.stringify({ ...(route.request().postDataJSON() as object), as: 'bob' }) }),
      );
      await page.goto(`${sandbox.url}/settings/apps?as=ada`);
      const admin = page.frameLocator('iframe[data-resource="manage-repositories"]');
      const said = admin.getByRole('alert');
      await said.getByText('This page is for Jira admins').waitFor();
      await said.getByText('Only Jira admins can connect git services and choose which accounts are used.').waitFor();
      await said.getByText('To change something here, ask a Jira admin.').waitFor();
      expect(await admin.getByRole('button', { name: 'Add new integration' }).count()).toBe(0);
      expect(await admin.getByText('acme-hub').count()).toBe(0);
      await page.close();
    },
  );

  step(
    'Nothing moves by itself while the page appears, nothing breaks the content security policy, and no token is left anywhere',
    async () => {
      const { page, admin } = await openAdmin();
      await rowOf(admin, 'acme-hub')
        .getByRole('button', { name: /Actions/ })
        .waitFor();
      expect(await shifts(page)).toBe(0);
      await page.close();
      expect(await sandbox.get('/sandbox/csp-reports')).toEqual([]);
      await Promise.all([sandbox.requests(), sandbox.get('/sandbox/logs'), sandbox.get('/sandbox/storage')]);
      expect(secrets).toHaveLength(1);
      for (const text of [sandbox.recorded.join('\n'), sandbox.printed(), await sandbox.onDisk()])
        expect(leaks(text, secrets)).toEqual([]);
    },
  );
});
