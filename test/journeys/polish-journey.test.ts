import type { Browser, FrameLocator, Page } from 'playwright-core';
import { launchBrowser } from '../../rig/browser';
import { lookAtLanguage, NARROW } from '../support/look-at-language';
import { runSandbox, type RunningSandbox } from '../support/run-sandbox';
import { story } from '../support/story';

let sandbox: RunningSandbox;
let browser: Browser;

beforeAll(async () => {
  [sandbox, browser] = await Promise.all([runSandbox(), launchBrowser()]);
  const credential = { kind: 'token', token: await sandbox.newToken('acme-bot') };
  const added = await sandbox.invoke('ada', 'manage-repositories', 'add-integration', {
    edition: 'github.com',
    credential,
    name: 'acme-github',
    owners: ['acme'],
    projects: 'all',
    requireUserPat: true,
    seenWithoutToken: 'account',
  });
  expect(added).toMatchObject({ ok: true });
});

afterAll(async () => {
  await browser.close();
  await sandbox.stop();
});

function app(page: Page, resource: string): FrameLocator {
  return page.frameLocator(`iframe[data-resource="${resource}"]`);
}

/** A page of Jira for somebody whose language is Polish, on a small phone. */
async function open(path: string, as: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: NARROW, height: 900 } });
  await page.goto(`${sandbox.url}${path}?as=${as}&locale=pl-PL`);
  return page;
}

story('A person whose Jira is Polish', (step) => {
  step('sees Polish in Manage Git repositories', async () => {
    const page = await open('/settings/apps', 'ada');
    const admin = app(page, 'manage-repositories');
    await admin.getByText('Tokena wymaga 1 z 1 integracji.').waitFor();
    await lookAtLanguage(page, 'manage-repositories', 'pl-PL', 'admin');
    await admin.getByRole('button', { name: 'Dodaj nową integrację' }).first().click();
    await admin.getByRole('button', { name: 'GitHub', exact: true }).click();
    await admin.getByRole('button', { name: 'Testuj połączenie' }).waitFor();
    await lookAtLanguage(page, 'manage-repositories', 'pl-PL', 'add');
    await page.close();
  });

  step('sees Polish on the issue, and in the form for her token', async () => {
    const page = await open('/browse/DEMO-1', 'alice');
    const panel = app(page, 'issue-panel');
    const dialog = app(page, 'dialogs');
    await panel.getByText('Żadne gałęzie ani pull requesty nie wymieniają jeszcze zgłoszenia DEMO-1.').waitFor();
    await lookAtLanguage(page, 'issue-panel', 'pl-PL', 'panel');
    await panel.getByRole('button', { name: 'Utwórz gałąź' }).click();
    await dialog.getByRole('combobox', { name: 'Repozytorium' }).fill('acme/web');
    await dialog.getByRole('option', { name: 'acme/web' }).first().click();
    await dialog.getByRole('button', { name: 'Skonfiguruj swój osobisty token dostępu' }).click();
    const field = dialog.getByLabel('Osobisty token dostępu', { exact: true });
    await field.fill(`ghp_${'0'.repeat(36)}`);
    await dialog.getByRole('button', { name: 'Jak go utworzyć' }).click();
    await dialog.getByText('GitHub pokazuje token tylko raz.').waitFor();
    await dialog.getByRole('button', { name: 'Aktualizuj' }).click();
    await dialog.getByText('Usługa GitHub nie zaakceptowała tego tokena').waitFor();
    await lookAtLanguage(page, 'dialogs', 'pl-PL', 'token');
    await field.fill(await sandbox.newToken('alice'));
    await dialog.getByRole('button', { name: 'Aktualizuj' }).click();
    await dialog.getByText(/Zostanie użyty Twój osobisty token dostępu\./).waitFor();
    await lookAtLanguage(page, 'dialogs', 'pl-PL', 'branch');
    await page.close();
  });

  step('sees Polish in the personal settings', async () => {
    const page = await open('/settings/personal', 'alice');
    await app(page, 'user-settings').getByRole('heading', { name: 'Osobiste tokeny dostępu', exact: true }).waitFor();
    await app(page, 'user-settings').getByRole('button', { name: 'Edytuj PAT integracji acme-github' }).waitFor();
    await lookAtLanguage(page, 'user-settings', 'pl-PL', 'settings');
    await page.close();
  });
});
