import type { Browser, BrowserContext, FrameLocator, Page } from 'playwright-core';
import { launchBrowser } from '../../rig/browser';
import { lookAtLanguage, NARROW } from '../support/look-at-language';
import { runSandbox, type RunningSandbox } from '../support/run-sandbox';
import { story } from '../support/story';

let sandbox: RunningSandbox;
let browser: Browser;
let context: BrowserContext;
let integrationId: string;
const scripts: string[] = [];

beforeAll(async () => {
  [sandbox, browser] = await Promise.all([runSandbox(), launchBrowser()]);
  context = await browser.newContext({ viewport: { width: NARROW, height: 900 } });
  context.on('request', (request) => {
    if (request.resourceType() === 'script') scripts.push(request.url());
  });
  const credential = { kind: 'token', token: await sandbox.newToken('acme-bot') };
  const integration = { edition: 'github.com', credential, name: 'acme-github', owners: ['acme'], projects: 'all' };
  const added = await sandbox.invoke('ada', 'manage-repositories', 'add-integration', {
    ...integration,
    requireUserPat: true,
    seenWithoutToken: 'account',
  });
  expect(added).toMatchObject({ ok: true });
  integrationId = added.value.integration.id;
});

afterAll(async () => {
  await browser.close();
  await sandbox.stop();
});

function app(page: Page, resource: string): FrameLocator {
  return page.frameLocator(`iframe[data-resource="${resource}"]`);
}

/** A page of Jira for somebody whose language is German. */
async function open(path: string, as: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${sandbox.url}${path}?as=${as}&locale=de-DE`);
  return page;
}

const look = (page: Page, resource: string, name: string) => lookAtLanguage(page, resource, 'de-DE', name);

async function choose(dialog: FrameLocator, field: string, typed: string): Promise<void> {
  await dialog.getByRole('combobox', { name: field }).fill(typed);
  await dialog.getByRole('option', { name: typed }).first().click();
}

story('A person whose Jira is German', (step) => {
  step('sees German in Manage Git repositories', async () => {
    const page = await open('/settings/apps', 'ada');
    const admin = app(page, 'manage-repositories');
    await admin.getByRole('heading', { name: 'Git-Repositorys verwalten' }).waitFor();
    const row = admin.getByRole('row', { name: /acme-github/ });
    await row.getByText('Verbunden').waitFor();
    await look(page, 'manage-repositories', 'admin');

    await row.getByRole('button', { name: /Aktionen/ }).click();
    // The menu is below the visible part of the window, and a click of Playwright's does not scroll there.
    await admin.getByRole('menuitem', { name: 'Einstellungen der Integration bearbeiten' }).press('Enter');
    const required = admin.getByRole('checkbox', { name: 'Benutzer-PAT verlangen', exact: true });
    expect(await required.isChecked()).toBe(true);
    await admin.getByText(/Alle handeln mit ihrem eigenen/).waitFor();
    await look(page, 'manage-repositories', 'edit');
    await admin.getByRole('button', { name: 'Abbrechen' }).click();

    await admin.getByRole('button', { name: 'Neue Integration hinzufügen' }).first().click();
    await admin.getByRole('button', { name: 'GitHub', exact: true }).click();
    await admin.getByRole('button', { name: 'Verbindung testen' }).waitFor();
    await look(page, 'manage-repositories', 'add');
    await page.close();
  });

  step('sees German in every dialog of the issue', async () => {
    const page = await open('/browse/DEMO-1', 'alice');
    await page.getByText('Branches und Pull-Requests').first().waitFor();
    const panel = app(page, 'issue-panel');
    const dialog = app(page, 'dialogs');
    await panel.getByText('Noch nennen keine Branches oder Pull-Requests den Vorgang DEMO-1.').waitFor();
    await look(page, 'issue-panel', 'panel');

    await panel.getByRole('button', { name: 'Anhängen' }).click();
    await dialog.getByLabel('Suchen oder Adresse einfügen').fill('https://github.com/acme/x/pull/1');
    await dialog.getByRole('button', { name: 'Anhängen', exact: true }).click();
    await dialog.getByText('Es ist nichts zum Anhängen zu finden').waitFor();
    await look(page, 'dialogs', 'attach');
    await dialog.getByRole('button', { name: 'Abbrechen' }).click();
    await page.locator('iframe[data-resource="dialogs"]').waitFor({ state: 'detached' });

    await panel.getByRole('button', { name: 'Branch erstellen' }).click();
    await choose(dialog, 'Repository', 'acme/web');
    await dialog.getByRole('heading', { name: 'Persönliches Zugriffstoken', exact: true }).waitFor();
    await dialog.getByText('Benutzereinstellungen').waitFor();
    await look(page, 'dialogs', 'blocked');
    await dialog.getByRole('button', { name: 'Persönliches Zugriffstoken einrichten' }).click();
    const field = dialog.getByLabel('Persönliches Zugriffstoken', { exact: true });
    await field.fill(`ghp_${'0'.repeat(36)}`);
    await dialog.getByRole('button', { name: 'So erstellen Sie eines' }).click();
    await dialog.getByText('GitHub zeigt das Token nur einmal.').waitFor();
    await dialog.getByRole('button', { name: 'Aktualisieren' }).click();
    await dialog.getByText('GitHub hat Ihr Token nicht angenommen').waitFor();
    await look(page, 'dialogs', 'token');
    await field.fill(await sandbox.newToken('alice'));
    await dialog.getByRole('button', { name: 'Aktualisieren' }).click();
    await dialog.getByText(/Zugriffstoken wird verwendet\./).waitFor();
    await dialog.getByLabel('Branch-Name').fill('DEMO-1 falsch');
    await dialog.getByText('Ein Branch-Name hat keine Leerzeichen.').waitFor();
    await dialog.getByLabel('Branch-Name').fill('DEMO-1-auf-deutsch');
    await dialog.getByText('Ein Branch-Name hat keine Leerzeichen.').waitFor({ state: 'detached' });
    await dialog.getByRole('checkbox', { name: 'Verschieben nach' }).check();
    await dialog.getByLabel('Neuer Status').waitFor();
    await look(page, 'dialogs', 'branch');
    await dialog.getByRole('checkbox', { name: 'Verschieben nach' }).uncheck();
    await dialog.getByRole('button', { name: 'Branch erstellen' }).click();
    await panel.getByText('DEMO-1-auf-deutsch').waitFor();
    await look(page, 'issue-panel', 'card');

    await panel.getByRole('button', { name: 'Pull-Request erstellen' }).first().click();
    await choose(dialog, 'Repository', 'acme/web');
    await choose(dialog, 'Quell-Branch', 'develop');
    await choose(dialog, 'Ziel-Branch', 'main');
    expect(await dialog.getByLabel('Titel').inputValue()).toBe('DEMO-1: develop nach main mergen');
    await look(page, 'dialogs', 'request');
    await dialog.getByRole('button', { name: 'Abbrechen' }).click();
    await page.locator('iframe[data-resource="dialogs"]').waitFor({ state: 'detached' });

    const menu = panel.getByRole('button', { name: 'Aktionen für DEMO-1-auf-deutsch' });
    await menu.click();
    await panel.getByRole('menuitem', { name: 'Öffnen in …' }).press('Enter');
    await dialog.getByText('In einem eigenen Ordner auschecken').waitFor();
    await look(page, 'dialogs', 'open-in');
    await dialog.getByRole('button', { name: 'Schließen', exact: true }).last().click();
    await page.locator('iframe[data-resource="dialogs"]').waitFor({ state: 'detached' });

    await menu.click();
    await panel.getByRole('menuitem', { name: 'Branch löschen' }).press('Enter');
    await dialog.getByText('Commits, die auf keinem anderen Branch sind, können verloren gehen.').waitFor();
    await look(page, 'dialogs', 'delete');
    await page.close();
  });

  step('sees German in the user settings, and in the form for her token', async () => {
    const token = await sandbox.newToken('alice');
    await sandbox.invoke('alice', 'user-settings', 'save-token', {
      integrationId,
      credential: { kind: 'token', token },
    });
    const page = await open('/settings/personal', 'alice');
    const settings = app(page, 'user-settings');
    const dialog = app(page, 'dialogs');
    await settings.getByRole('heading', { name: 'Persönliche Zugriffstoken', exact: true }).waitFor();
    await settings.getByLabel('Integrationen suchen').fill('acme');
    await look(page, 'user-settings', 'settings');
    await settings.getByRole('button', { name: 'PAT bearbeiten für acme-github' }).click();
    await dialog.getByRole('heading', { name: 'Ihr persönliches Zugriffstoken (PAT) einrichten' }).waitFor();
    await look(page, 'dialogs', 'edit-token');
    await dialog.getByRole('button', { name: 'Entfernen' }).click();
    await dialog.getByRole('heading', { name: /Token entfernen/ }).waitFor();
    await look(page, 'dialogs', 'remove-token');
    await dialog.getByRole('button', { name: 'Entfernen' }).click();
    await settings.getByRole('button', { name: 'PAT einrichten für acme-github' }).waitFor();
    await page.close();
  });

  step('confirms in German that an integration is disconnected', async () => {
    const page = await open('/settings/apps', 'ada');
    const admin = app(page, 'manage-repositories');
    await admin
      .getByRole('row', { name: /acme-github/ })
      .getByRole('button', { name: /Aktionen/ })
      .click();
    // Below the window's edge at this width: the keyboard brings it into view.
    await admin.getByRole('menuitem', { name: 'Trennen' }).press('Enter');
    await app(page, 'dialogs').getByRole('heading', { name: 'acme-github trennen' }).waitFor();
    await look(page, 'dialogs', 'disconnect');
    await page.close();
  });

  step('loads no other language', async () => {
    scripts.length = 0;
    const page = await open('/settings/personal', 'bob');
    await app(page, 'user-settings').getByRole('heading', { name: 'Persönliche Zugriffstoken', exact: true }).waitFor();
    await page.close();
    expect(scripts.filter((url) => /\/de-DE-[\w-]+\.js$/.test(url)).length).toBeGreaterThan(0);
    expect(scripts.filter((url) => /\/en-US-[\w-]+\.js$/.test(url))).toEqual([]);
  });
});

it('A language chosen in the menu of the stand-in Jira is stored, and English comes back', async () => {
  const page = await open('/browse/DEMO-1', 'bob');
  const panel = app(page, 'issue-panel');
  await panel.getByRole('button', { name: 'Branch erstellen' }).waitFor();
  await page.goto(`${sandbox.url}/browse/DEMO-1?as=bob`);
  await panel.getByRole('button', { name: 'Branch erstellen' }).waitFor();
  await page.getByRole('button', { name: /^People/ }).click();
  await page.getByRole('menuitemradio', { name: 'English (US)' }).click();
  await panel.getByRole('button', { name: 'Create branch' }).waitFor();
  expect(await panel.locator('html').getAttribute('lang')).toBe('en-US');
  await page.close();
});
