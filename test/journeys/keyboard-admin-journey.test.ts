import type { FrameLocator, Locator } from 'playwright-core';
import { app, openStage, type Stage } from '../support/browser-stage';
import { expectAnnounced, expectFocus, keyboardOf, type Keyboard } from '../support/keyboard';
import { rowOf } from '../support/steps';
import { story } from '../support/story';

let stage: Stage;
let keyboard: Keyboard;
let admin: FrameLocator;

beforeAll(async () => {
  stage = await openStage({ mouse: false });
});

afterAll(() => stage.close());

async function visit(): Promise<void> {
  keyboard = keyboardOf(await stage.open('/settings/apps', 'ada'));
  admin = app(keyboard.page, 'manage-repositories');
}

async function newToken(): Promise<string> {
  const token = await stage.sandbox.newToken('acme-bot');
  stage.secrets.push(token);
  return token;
}

const button = (name: string | RegExp): Locator => admin.getByRole('button', { name, exact: true });
const checkbox = (name: string): Locator => admin.getByRole('checkbox', { name, exact: true });
const actions = (integration: string): Locator => button(`Actions for ${integration}`);

story('With the keyboard alone, an admin', (step) => {
  step('connects a service in three steps', async () => {
    await visit();
    await keyboard.push(button('Add new integration'));
    await expectFocus(admin.getByRole('heading', { name: 'Add new integration' }));
    await keyboard.push(button('GitHub Enterprise'));
    await expectFocus(admin.getByLabel('Address', { exact: true }));
    await keyboard.push(button('Change the service, now GitHub Enterprise'));
    await expectFocus(button('GitHub Enterprise'));
    await keyboard.push(button('GitHub'));
    await expectFocus(admin.getByLabel('Personal access token', { exact: true }));
    await keyboard.push(button('Test connection'));
    await expectAnnounced(admin, 'Paste your token here first.');
    await keyboard.write(admin.getByLabel('Personal access token', { exact: true }), await newToken());
    await keyboard.press('Enter');
    await expectAnnounced(admin, 'Connected as acme-bot');
    await keyboard.write(admin.getByLabel('Display name'), 'acme-github');
    await keyboard.push(button('Add integration'));
    await rowOf(admin, 'acme-github').waitFor();
    await expectAnnounced(keyboard.page, 'acme-github is connected');
    await expectFocus(actions('acme-github'));
  });

  step('edits it, and requires everybody’s own token', async () => {
    await visit();
    await keyboard.pick(admin, actions('acme-github'), 'Edit integration settings');
    await expectFocus(admin.getByRole('heading', { name: 'Edit integration settings' }));
    await keyboard.push(button('Cancel'));
    await expectFocus(actions('acme-github'));
    await keyboard.pick(admin, actions('acme-github'), 'Edit integration settings');
    await keyboard.write(admin.getByLabel('Display name'), '');
    await keyboard.push(button('Update'));
    await expectFocus(admin.getByLabel('Display name'));
    await expectAnnounced(admin, 'Enter a name.');
    await keyboard.write(admin.getByLabel('Display name'), 'acme-hub');
    await keyboard.push(checkbox('Require User PAT'), 'Space');
    await expectAnnounced(admin, 'Who this affects');
    await keyboard.push(button('Update'));
    await expectAnnounced(keyboard.page, 'acme-hub was updated');
    await rowOf(admin, 'acme-hub.*On').waitFor();
    await expectFocus(actions('acme-hub'));
  });

  step('searches for another without being brought back to it', async () => {
    await visit();
    await keyboard.pick(admin, actions('acme-hub'), 'Edit integration settings');
    await keyboard.push(button('Cancel'));
    await expectFocus(actions('acme-hub'));
    const search = admin.getByLabel('Search integrations');
    await keyboard.write(search, 'another');
    await actions('acme-hub').waitFor({ state: 'detached' });
    await keyboard.write(search, '');
    await actions('acme-hub').waitFor();
    await expectFocus(search);
  });

  step('requires it of the whole site, and takes that back', async () => {
    await visit();
    const site = 'Require User PAT for all integrations';
    for (const [required, said] of [
      [true, /acme-hub.*On, for the whole site/],
      [false, /acme-hub.*On(?!,)/],
    ] as const) {
      await keyboard.push(checkbox(site), 'Space');
      expect(await checkbox(site).isChecked()).toBe(required);
      await keyboard.push(button('Update'));
      await expectAnnounced(keyboard.page, 'Settings updated');
      await admin.getByRole('row', { name: said }).waitFor();
      await expectFocus(admin.getByRole('heading', { name: 'For the whole site' }));
      await keyboard.page.reload();
    }
  });

  step('names branches, and hears the problem while typing', async () => {
    await visit();
    await keyboard.push(button('Branch names'));
    await keyboard.write(admin.getByLabel('Template'), 'x/${summary}');
    await expectAnnounced(admin, '${issuekey} is missing.');
    await keyboard.write(admin.getByLabel('Template'), 'x/${issuekey}-${summary}');
    await keyboard.reach(admin.getByRole('radio', { name: /Dash/ }));
    await keyboard.press('ArrowDown');
    await admin.getByText('x/DEMO-1-login_fails_after_password_reset').waitFor();
    await keyboard.push(button('Reset to default'));
    await keyboard.write(admin.getByLabel('Maximum length'), '120');
    await keyboard.press('Enter');
    await expectAnnounced(keyboard.page, 'Branch names updated');
  });

  step('filters the activity and takes it along as a file', async () => {
    await visit();
    await keyboard.push(button('Activity'));
    const rows = admin.getByRole('table', { name: 'Activity, newest first' }).getByRole('row');
    await rows.filter({ hasText: 'Changed the settings of the site' }).first().waitFor();
    await keyboard.choose(admin, 'Action', 'Added an integration', 'Added');
    await rows.filter({ hasText: 'Changed the settings of the site' }).first().waitFor({ state: 'detached' });
    expect(await rows.count()).toBe(2);
    await keyboard.choose(admin, 'Person', 'Bob Developer', 'bob');
    await expectAnnounced(admin, 'No entries match this filter.');
    await keyboard.push(button('Clear filter'));
    await rows.nth(3).waitFor();
    await expectFocus(button('Clear filter'));
    const downloading = keyboard.page.waitForEvent('download');
    await keyboard.push(button('Download CSV'));
    expect((await downloading).suggestedFilename()).toMatch(/\.csv$/);
    await expectFocus(button('Download CSV'));
  });

  step('confirms that an integration is disconnected, and comes back to its place', async () => {
    await visit();
    const dialog = app(keyboard.page, 'dialogs');
    await keyboard.pick(admin, actions('acme-hub'), 'Disconnect');
    await expectFocus(dialog.getByRole('heading', { name: 'Disconnect acme-hub' }));
    await keyboard.press('Escape');
    await expectFocus(actions('acme-hub'));
    await keyboard.pick(admin, actions('acme-hub'), 'Disconnect');
    await keyboard.push(dialog.getByRole('button', { name: 'Disconnect', exact: true }));
    await expectAnnounced(keyboard.page, 'acme-hub is disconnected');
    await admin.getByText('No git service is connected yet').waitFor();
    await expectFocus(button('Add new integration'));
  });

  step('No mouse was used, nothing broke the content security policy, and no token was left anywhere', async () => {
    const page = await stage.open('/settings/apps', 'ada');
    await app(page, 'manage-repositories').getByRole('heading', { name: 'Manage Git repositories' }).waitFor();
    await stage.look(page, 'keyboard-admin');
    await stage.expectNothingLeft();
  });
});
