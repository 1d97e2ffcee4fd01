import type { FrameLocator, Locator } from 'playwright-core';
import { app, openStage, type Stage } from '../support/browser-stage';
import { expectAnnounced, expectFocus, keyboardOf, type Keyboard } from '../support/keyboard';
import { story } from '../support/story';

let stage: Stage;
let integrationId: string;

beforeAll(async () => {
  stage = await openStage({ mouse: false });
  const options = { name: 'acme-github', owners: ['acme'], requireUserPat: false, projects: 'all' };
  const credential = { kind: 'token', token: await newToken('acme-bot') };
  const added = await stage.sandbox.invoke('ada', 'manage-repositories', 'add-integration', {
    ...{ edition: 'github.com', credential },
    ...options,
  });
  integrationId = added.value.integration.id;
  for (const person of ['alice', 'ada'])
    await stage.sandbox.invoke(person, 'user-settings', 'save-token', {
      integrationId,
      credential: { kind: 'token', token: await newToken(person) },
    });
  const branch = { repository: 'acme/web', sourceBranch: 'main', name: 'DEMO-1-by-bob' };
  await stage.sandbox.invoke('bob', 'issue-context', 'create-branch', { issueKey: 'DEMO-1', integrationId, ...branch });
});
afterAll(() => stage.close());

async function newToken(account: string): Promise<string> {
  const token = await stage.sandbox.newToken(account, { scopes: 'repo', expiration: '90' });
  stage.secrets.push(token);
  return token;
}

const row = (admin: FrameLocator, name: RegExp): Locator => admin.getByRole('row', { name });

story('With the keyboard alone, an admin sees who has a token, and removes one', (step) => {
  let keyboard: Keyboard;
  let admin: FrameLocator;
  const button = (name: string): Locator => admin.getByRole('button', { name, exact: true });

  step('With the keyboard alone, an admin: prepared', async () => {
    const page = await stage.open('/settings/apps', 'ada');
    keyboard = keyboardOf(page);
    admin = app(page, 'manage-repositories');
  });

  step(
    'With the keyboard alone, an admin sees who has a token and who acted without one, and finds one of them by name',
    async () => {
      await keyboard.push(button('People and tokens'));
      await row(admin, /Alice Developer.*acme-github.*alice.*Works/).waitFor();
      await row(admin, /Bob Developer.*No token.*Acted without a token/).waitFor();
      await stage.look(keyboard.page, 'people');
      await keyboard.write(admin.getByLabel('Person or login'), 'bob');
      await row(admin, /Alice Developer/).waitFor({ state: 'detached' });
      await keyboard.write(admin.getByLabel('Person or login'), '');
      await row(admin, /Alice Developer/).waitFor();
    },
  );

  step('With the keyboard alone, an admin removes a token once a reason is given', async () => {
    await keyboard.push(admin.getByRole('checkbox', { name: 'Choose Alice Developer, acme-github' }), 'Space');
    await keyboard.push(button('Remove 1 token'));
    await keyboard.push(button('Remove 1 token'));
    await expectAnnounced(admin, 'Give a reason.');
    await keyboard.write(admin.getByLabel('Reason', { exact: true }), 'Moved to another team');
    await keyboard.push(button('Remove 1 token'));
    await expectAnnounced(keyboard.page, '1 token is removed');
    await row(admin, /Alice Developer/).waitFor({ state: 'detached' });
    await expectFocus(admin.getByRole('group', { name: 'People and tokens' }));
  });

  step('alice reads it at her next visit, until she has another token', async () => {
    const page = await stage.open('/settings/personal', 'alice');
    const settings = app(page, 'user-settings');
    await settings.getByText(/A Jira admin removed your token on .*: Moved to another team/).waitFor();
    await page.close();
  });

  step('no token is shown or left anywhere', () => stage.expectNothingLeft());
});
