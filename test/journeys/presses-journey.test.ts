import { readFileSync } from 'node:fs';
import type { BrowserContext, FrameLocator, Locator, Page } from 'playwright-core';
import { app, openStage, type Stage } from '../support/browser-stage';
import { story } from '../support/story';

/** The figures of the document, by task. */
const written = new Map(
  [
    ...readFileSync('docs/decisions/0025-beside-jiras-own-pages.md', 'utf8').matchAll(
      /^\| ([a-z ]+) \|((?: \d+ \|){4})$/gm,
    ),
  ].map(([, task = '', figures = '']) => {
    const [pressesBefore = 0, presses = 0, pagesBefore = 0, pages = 0] = figures.split('|').map(Number);
    return [task, { pressesBefore, presses, pagesBefore, pages }];
  }),
);

let stage: Stage;
let context: BrowserContext;
let counted = { presses: 0, pages: 0 };

beforeAll(async () => {
  stage = await openStage();
  const page = await stage.newPage();
  context = page.context();
  await context.exposeBinding('somethingWasPressed', () => void (counted.presses += 1));
  await context.addInitScript(() => {
    const told = globalThis as unknown as { somethingWasPressed: () => void };
    // A click without a pointer comes from a key, which was counted.
    addEventListener(
      'click',
      ({ isTrusted, detail }) => void (isTrusted && detail > 0 && told.somethingWasPressed()),
      true,
    );
    addEventListener(
      'keydown',
      ({ isTrusted, key }) => void (isTrusted && key === 'Enter' && told.somethingWasPressed()),
      true,
    );
  });
  context.on('page', (opened) =>
    opened.on('framenavigated', (frame) => {
      if (frame.url() === 'about:blank') return;
      if (frame === opened.mainFrame() || /\/dialogs\//.test(frame.url())) counted.pages += 1;
    }),
  );
  await page.close();
});

afterAll(() => stage.close());

/** The presses and keys of a task. */
async function count(task: string, perform: () => Promise<unknown>): Promise<void> {
  counted = { presses: 0, pages: 0 };
  await perform();
  const { pressesBefore, pagesBefore, ...now } = written.get(task)!;
  expect(counted).toEqual(now);
  expect(now.presses).toBeLessThanOrEqual(pressesBefore);
  expect(now.pages).toBeLessThanOrEqual(pagesBefore);
}

/** Types at the focus; a person outside the field presses it first. */
async function write(field: Locator, text: string): Promise<void> {
  await field.waitFor();
  if (!(await field.evaluate((one) => one === document.activeElement && document.hasFocus()))) await field.click();
  await field.page().keyboard.insertText(text);
}

const press = (scope: FrameLocator | Page, name: string) => scope.getByRole('button', { name }).first().click();

async function revokeTokensOf(account: string): Promise<void> {
  const web = `${stage.sandbox.services}/github.com`;
  const listed = await (await fetch(`${web}/settings/tokens?account=${account}`)).text();
  for (const [place] of listed.matchAll(/\/settings\/tokens\/\d+\/revoke/g))
    await fetch(`${web}${place}`, { method: 'POST' });
}

/** Presses *New token*, and makes one on the page that opens as the person who is signed in there. */
async function newToken(page: Page, scope: FrameLocator, account: string): Promise<string> {
  const opening = page.waitForEvent('popup');
  await press(scope, 'New token');
  const service = await opening;
  // The simulated page asks for the person; the real one knows who is signed in.
  await service.getByLabel('Signed in as').selectOption(account);
  await press(service, 'Generate token');
  const token = await service.locator('#new-token').inputValue();
  stage.secrets.push(token);
  await service.close();
  return token;
}

story('The tasks that people come for', (step) => {
  step('connect a service', () =>
    count('connect a service', async () => {
      const page = await stage.open('/settings/apps', 'ada');
      const admin = app(page, 'manage-repositories');
      await press(admin, 'Add new integration');
      await press(admin, 'GitHub');
      const token = await newToken(page, admin, 'acme-bot');
      await write(admin.getByLabel('Personal access token', { exact: true }), token);
      await press(admin, 'Test connection');
      await admin.getByText('Connected as acme-bot').first().waitFor();
      await press(admin, 'Add integration');
      await admin.getByRole('row', { name: /github/ }).waitFor();
      await page.close();
    }),
  );

  step('set up a token', () =>
    count('set up a token', async () => {
      const page = await stage.open('/settings/personal', 'alice');
      await press(app(page, 'user-settings'), 'Set up your PAT');
      const dialog = app(page, 'dialogs');
      const token = await newToken(page, dialog, 'alice');
      await write(dialog.getByLabel('Personal access token', { exact: true }), token);
      await press(dialog, 'Update');
      await page.getByText('Your token is saved').waitFor();
      await page.close();
    }),
  );

  step('create a branch with the usual name', () =>
    count('create a branch with the usual name', async () => {
      const page = await stage.open('/browse/DEMO-1', 'alice');
      await press(app(page, 'issue-panel'), 'Create branch');
      const dialog = app(page, 'dialogs');
      await write(dialog.getByRole('combobox', { name: 'Repository' }), 'web');
      await dialog.getByRole('option', { name: 'acme/web' }).first().click();
      await dialog.getByText('main', { exact: true }).first().waitFor();
      await press(dialog, 'Create branch');
      await page.getByText('Branch created').first().waitFor();
      await page.close();
    }),
  );

  step('find out who created a branch', () =>
    count('find out who created a branch', async () => {
      const page = await stage.open('/browse/DEMO-1', 'bob');
      const card = app(page, 'issue-panel').getByRole('listitem').filter({ hasText: 'login-fails' });
      expect(await card.innerText()).toMatch(/alice/);
      await page.close();
    }),
  );

  step('replace a revoked token', async () => {
    await revokeTokensOf('alice');
    await count('replace a revoked token', async () => {
      const page = await stage.open('/browse/DEMO-1', 'alice');
      await press(app(page, 'issue-panel'), 'Replace token');
      const dialog = app(page, 'dialogs');
      const token = await newToken(page, dialog, 'alice');
      await write(dialog.getByLabel('Personal access token', { exact: true }), token);
      await press(dialog, 'Update');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.close();
    });
  });
});
