import type { FrameLocator, Locator } from 'playwright-core';
import { app, openStage, type Stage } from '../support/browser-stage';
import { connectGitHub } from '../support/connected';
import { expectAnnounced, expectFocus, keyboardOf, type Keyboard } from '../support/keyboard';
import { expectKept, rowOf } from '../support/steps';
import { story } from '../support/story';

const refused = `ghp_${'0'.repeat(36)}`;

let stage: Stage;
let keyboard: Keyboard;
let dialog: FrameLocator;

beforeAll(async () => {
  stage = await openStage({ mouse: false });
  await connectGitHub(stage, { requireUserPat: true, seenWithoutToken: 'account' });
});

async function sitDown(path: string, as: string): Promise<void> {
  const page = await stage.open(path, as);
  keyboard = keyboardOf(page);
  dialog = app(page, 'dialogs');
}

async function newToken(account: string): Promise<string> {
  const token = await stage.sandbox.newToken(account);
  stage.secrets.push(token);
  return token;
}

const tokenField = (): Locator => dialog.getByRole('textbox', { name: 'Personal access token' });

/** Types a token that is refused, hears why, and types a valid one. */
async function saveToken(account: string): Promise<void> {
  await expectFocus(tokenField());
  await keyboard.press('Enter');
  await expectAnnounced(dialog, 'Paste your token here first.');
  await expectFocus(tokenField());
  await keyboard.write(tokenField(), refused);
  await keyboard.press('Enter');
  await expectAnnounced(dialog, "GitHub didn't accept this token");
  await keyboard.push(dialog.getByRole('button', { name: 'How to create one' }));
  await dialog.getByText('GitHub shows the token only once.').waitFor();
  await keyboard.write(tokenField(), await newToken(account));
  await keyboard.push(dialog.getByRole('button', { name: 'Update' }));
}

story('With the keyboard alone, in the user settings, alice', (step) => {
  let settings: FrameLocator;
  const button = (name: string | RegExp): Locator => settings.getByRole('button', { name, exact: true });

  const visit = async () => {
    await sitDown('/settings/personal', 'alice');
    settings = app(keyboard.page, 'user-settings');
  };

  step('finds the integration, sets up her token and comes back to it', async () => {
    await visit();
    await keyboard.write(settings.getByLabel('Search integrations'), 'nothing like this');
    await rowOf(settings, 'acme-github').waitFor({ state: 'detached' });
    await expectAnnounced(settings, '0 integrations');
    await keyboard.write(settings.getByLabel('Search integrations'), 'acme');
    await keyboard.push(button('Set up your PAT for acme-github'));
    await expectFocus(tokenField());
    await keyboard.press('Escape');
    await expectFocus(button('Set up your PAT for acme-github'));
    await keyboard.press('Enter');
    await saveToken('alice');
    await expectAnnounced(keyboard.page, "You're signed in to GitHub as alice");
    await expectFocus(button('Edit your PAT for acme-github'));
  });

  step('replaces and removes it', async () => {
    await visit();
    const edit = button('Edit your PAT for acme-github');
    await keyboard.push(edit);
    await expectFocus(tokenField());
    await keyboard.write(tokenField(), await newToken('alice'));
    await keyboard.press('Enter');
    await expectAnnounced(keyboard.page, "You're signed in to GitHub as alice");
    await expectFocus(edit);
    await keyboard.press('Enter');
    await keyboard.push(dialog.getByRole('button', { name: 'Remove' }));
    const heading = dialog.getByRole('heading', { name: 'Remove your token' });
    await expectFocus(heading);
    await keyboard.push(dialog.getByRole('button', { name: 'Cancel' }));
    await expectFocus(tokenField());
    await keyboard.push(dialog.getByRole('button', { name: 'Remove' }));
    await expectFocus(heading);
    await keyboard.push(dialog.getByRole('button', { name: 'Remove' }));
    await expectAnnounced(keyboard.page, 'Your token was removed');
    await expectFocus(button('Set up your PAT for acme-github'));
  });

  step('chooses, changes and clears a default repository and a default branch', async () => {
    await visit();
    const save = button('Save');
    await keyboard.push(button('Add default repository'));
    await keyboard.push(save);
    await expectAnnounced(settings, 'Choose a project.');
    await keyboard.choose(settings, 'Project', 'Demo shop (DEMO)', 'demo');
    await keyboard.choose(settings, 'Repository', 'acme/web');
    await keyboard.push(save);
    await settings.getByRole('row', { name: /Demo shop.*acme\/web/ }).waitFor();
    await expectFocus(button('Add default repository'));

    await keyboard.push(button('Add default branch'));
    await keyboard.choose(settings, 'Project', 'Demo shop (DEMO)', 'demo');
    await keyboard.choose(settings, 'Repository', 'acme/web');
    await keyboard.choose(settings, 'Branch', 'develop');
    await keyboard.push(save);
    const change = button('Change default for acme/web in DEMO');
    await keyboard.push(change);
    await keyboard.press('Tab');
    await keyboard.push(button('Cancel'));
    await expectFocus(change);
    await keyboard.press('Enter');
    await keyboard.choose(settings, 'Branch', 'main');
    await keyboard.push(save);
    await settings.getByRole('row', { name: /acme\/web.*Demo shop.*main/ }).waitFor();
    await expectFocus(change);

    await keyboard.push(button('Clear default for acme/web in DEMO'));
    await change.waitFor({ state: 'detached' });
    await expectFocus(button('Add default branch'));
    await keyboard.push(button('Clear default for DEMO'));
    await expectFocus(button('Add default repository'));
  });
});

describe('With the keyboard alone, on an issue, bob', () => {
  it('is led to his token in place, and finds his earlier input', async () => {
    await sitDown('/browse/DEMO-1', 'bob');
    const held = { repository: 'acme/api', name: 'DEMO-1-in-place' };
    await keyboard.push(app(keyboard.page, 'issue-panel').getByRole('button', { name: 'Create branch' }));
    await keyboard.choose(dialog, 'Repository', held.repository);
    await keyboard.write(dialog.getByLabel('Branch name'), held.name);
    await expectAnnounced(dialog, 'requires your own token');
    const banner = dialog.getByRole('button', { name: 'Set up your personal access token' });
    await keyboard.push(banner);
    await expectFocus(tokenField());
    await keyboard.push(dialog.getByRole('button', { name: 'Cancel' }));
    await expectFocus(banner);
    await keyboard.press('Enter');
    await saveToken('bob');
    await expectAnnounced(dialog, "You're signed in to GitHub as bob");
    await expectAnnounced(dialog, 'You are acting as bob on GitHub.');
    await expectKept(dialog, held);

    await keyboard.push(dialog.getByRole('button', { name: 'Replace token' }));
    await keyboard.push(dialog.getByRole('button', { name: 'Remove' }));
    await expectFocus(dialog.getByRole('heading', { name: 'Remove your token' }));
    await keyboard.push(dialog.getByRole('button', { name: 'Remove' }));
    await expectAnnounced(dialog, 'Your token was removed');
    await expectKept(dialog, held);
  });
});

/** After any tests: no mouse was used, nothing broke the content security policy, and no token was left anywhere. */
afterAll(async () => {
  try {
    await sitDown('/settings/personal', 'alice');
    await rowOf(app(keyboard.page, 'user-settings'), 'acme-github').first().waitFor();
    await stage.look(keyboard.page, 'keyboard-token');
    await stage.expectNothingLeft();
  } finally {
    await stage.close();
  }
});
