import type { FrameLocator, Locator, Page } from 'playwright-core';
import { app, openStage, type Stage } from '../support/browser-stage';
import { connectGitHub, connectGitLab, newGitLabToken, saveToken } from '../support/connected';
import { expectAnnounced, expectFocus, keyboardOf, type Keyboard } from '../support/keyboard';
import { story } from '../support/story';

let stage: Stage;
let gitHub: string;
let keyboard: Keyboard;
let opened: Page | undefined;
let panel: FrameLocator;
let dialog: FrameLocator;

beforeAll(async () => {
  stage = await openStage({ mouse: false });
  gitHub = await connectGitHub(stage);
  await saveToken(stage, 'alice', gitHub, await stage.sandbox.newToken('alice'));
  await saveToken(stage, 'alice', await connectGitLab(stage), await newGitLabToken(stage, 'alice'));
});

afterAll(() => stage.close());

afterEach(() => keyboard.page.close());

async function openIssue(key: string): Promise<void> {
  // A browser has six connections to a host, and each open page holds some to get others' changes.
  await opened?.close();
  opened = await stage.open(`/browse/${key}`, 'alice');
  const page = opened;
  keyboard = keyboardOf(page);
  panel = app(page, 'issue-panel');
  dialog = app(page, 'dialogs');
}

/** Of the panel. */
const button = (name: string): Locator => panel.getByRole('button', { name, exact: true });
const inDialog = (name: string): Locator => dialog.getByRole('button', { name, exact: true });
async function stepsOffered() {
  const list = dialog.getByLabel('Status to move to');
  await list.waitFor();
  return list.locator('option').allInnerTexts();
}
const card = (title: string): Locator => panel.getByRole('listitem').filter({ hasText: title });

story('With the keyboard alone, alice works on an issue', (step) => {
  step('creates a branch, makes its repository and source her defaults, and clears them', async () => {
    await openIssue('DEMO-1');
    await keyboard.push(button('Create branch'));
    await keyboard.push(inDialog('Create branch'));
    await expectAnnounced(dialog, 'Choose a repository.');
    await keyboard.choose(dialog, 'Repository', 'acme/web');
    await expectAnnounced(dialog, 'You are acting as alice on GitHub.');
    await keyboard.push(inDialog('Make default repository: acme/web'));
    await expectFocus(inDialog('Clear default repository: acme/web'));
    await keyboard.choose(dialog, 'Source branch', 'develop');
    await keyboard.push(inDialog('Make default branch: develop'), 'Space');
    await expectFocus(inDialog('Clear default branch: develop'));
    await keyboard.write(dialog.getByLabel('Branch name'), 'two words DEMO-1');
    await expectAnnounced(dialog, "A branch name can't contain spaces.");
    await keyboard.push(inDialog('Use two-words-DEMO-1'));
    await expectFocus(dialog.getByLabel('Branch name'));
    await keyboard.write(dialog.getByLabel('Branch name'), 'DEMO-1-typed');
    await keyboard.press('Enter');
    await expectAnnounced(keyboard.page, 'DEMO-1-typed in acme/web, as alice');
    await card('DEMO-1-typed').waitFor();
    await expectFocus(button('Create branch'));

    await keyboard.press('Enter');
    await keyboard.push(inDialog('Clear default branch: develop'));
    await expectFocus(inDialog('Make default branch: develop'));
    await keyboard.push(inDialog('Clear default repository: acme/web'));
    await expectFocus(inDialog('Make default repository: acme/web'));
    await keyboard.press('Escape');
    await expectFocus(button('Create branch'));
  });

  step('sends nothing with Enter in an empty list, before its answer and after', async () => {
    const sent: string[] = [];
    keyboard.page.on('request', (request) => sent.push(request.postData() ?? ''));
    await keyboard.press('Enter');
    await keyboard.choose(dialog, 'Repository', 'acme/web');
    await dialog.getByText('main', { exact: true }).first().waitFor();
    await keyboard.write(dialog.getByRole('combobox', { name: 'Repository' }), 'nothing like this');
    await keyboard.press('Enter');
    await dialog.getByText('No repository found').first().waitFor();
    await dialog.getByText(/^From .*: only .* write to/).waitFor();
    await keyboard.press('Enter');
    await keyboard.press('Escape');
    await keyboard.press('Escape');
    await expectFocus(button('Create branch'));
    expect(sent.some((body) => body.includes('"nothing like this"'))).toBe(true);
    expect(sent.filter((body) => body.includes('"functionKey":"create-branch"'))).toEqual([]);
  });

  step('creates a branch and its merge request in one go, from the issue’s menu', async () => {
    await openIssue('DEMO-2');
    await keyboard.pick(keyboard.page, keyboard.page.getByRole('button', { name: 'Actions' }), 'Create branch');
    await keyboard.choose(dialog, 'Repository', 'acme/mobile');
    await keyboard.write(dialog.getByLabel('Branch name'), 'DEMO-2-both');
    await keyboard.push(dialog.getByRole('checkbox', { name: 'Assign to me' }), 'Space');
    await keyboard.push(dialog.getByRole('checkbox', { name: 'Move to' }), 'Space');
    await expect(stepsOffered()).resolves.toEqual(['To Do', 'In Progress']);
    await keyboard.reach(dialog.getByLabel('Status to move to'));
    await keyboard.press('ArrowDown');
    await keyboard.push(dialog.getByRole('checkbox', { name: /Also create a merge request/ }), 'Space');
    await keyboard.push(inDialog('Create branch'));
    await expectFocus(dialog.getByRole('heading', { name: 'Branch created' }));
    await dialog.getByRole('link', { name: /DEMO-2: Merge DEMO-2-both to main/ }).waitFor();
    await dialog.getByText('Assigned to you.').waitFor();
    await dialog.getByText('Moved.', { exact: true }).waitFor();
    await keyboard.push(inDialog('Close').first());
    await expectFocus(keyboard.page.getByRole('button', { name: 'Actions' }));
    await keyboard.page.reload();
    const fields = keyboard.page.getByRole('region', { name: 'Fields' });
    await fields.getByText('In Progress').waitFor();
    await fields.getByText('Alice Developer').waitFor();
  });

  step('opens a draft and requests a review', async () => {
    await openIssue('DEMO-1');
    await keyboard.push(button('Create pull request'));
    await keyboard.choose(dialog, 'Repository', 'acme/web');
    await keyboard.choose(dialog, 'Source branch', 'develop');
    await keyboard.choose(dialog, 'Target branch', 'main');
    await keyboard.write(dialog.getByLabel('Title'), '');
    await keyboard.press('Enter');
    await expectAnnounced(dialog, 'Enter a title.');
    await expectFocus(dialog.getByLabel('Title'));
    await keyboard.write(dialog.getByLabel('Title'), 'DEMO-1 by keyboard');
    await keyboard.write(dialog.getByLabel('Description'), 'What and why.');
    await keyboard.choose(dialog, 'Reviewers', 'bob (Bob Developer)', 'bob');
    await keyboard.push(dialog.getByRole('checkbox', { name: 'Create as draft' }), 'Space');
    await keyboard.push(inDialog('Create pull request'));
    await expectAnnounced(keyboard.page, 'DEMO-1 by keyboard, as alice');
    await card('DEMO-1 by keyboard').getByText('Draft').waitFor();
    await expectFocus(button('Create pull request'));
    const page = await (await fetch(`${stage.sandbox.services}/github.com/acme/web/pull/1`)).text();
    expect(page).toContain('Review requested from bob');
  });

  step('hears why a pull request can’t be opened, and where the existing one is', async () => {
    await openIssue('DEMO-1');
    await keyboard.push(button('Create pull request'));
    await keyboard.choose(dialog, 'Repository', 'acme/web');
    await keyboard.choose(dialog, 'Source branch', 'develop');
    await keyboard.choose(dialog, 'Target branch', 'main');
    await keyboard.push(inDialog('Create pull request'));
    await expectAnnounced(dialog, 'There is already a pull request for develop');
    await keyboard.reach(dialog.getByRole('button', { name: /^Open the pull request/ }));
    await keyboard.press('Escape');
    await expectFocus(button('Create pull request'));
  });

  step('uses a card’s menu, and deletes a branch past the question', async () => {
    await openIssue('DEMO-1');
    const menu = button('Actions for DEMO-1-typed');
    await keyboard.push(menu);
    await panel.getByRole('menuitem', { name: 'Copy name' }).waitFor();
    await keyboard.press('Escape');
    await expectFocus(menu);
    await keyboard.pick(panel, menu, 'Copy checkout command');
    await keyboard.page
      .getByText(/Copied|We couldn't copy this/)
      .first()
      .waitFor();
    await keyboard.pick(panel, menu, 'Open in…');
    await expectFocus(dialog.getByRole('heading', { name: 'Open DEMO-1-typed' }));
    await keyboard.push(inDialog('Copy worktree command'));
    await keyboard.push(inDialog('Close').first());
    await expectFocus(menu);
    // Her last way is the default now.
    await keyboard.push(menu);
    await panel.getByRole('menuitem', { name: 'Copy worktree command' }).waitFor();
    await keyboard.press('Escape');
    await expectFocus(menu);
    await keyboard.pick(panel, menu, 'Delete branch');
    await expectFocus(dialog.getByRole('heading', { name: 'Delete branch' }));
    await keyboard.push(inDialog('Cancel'));
    await expectFocus(menu);
    await keyboard.pick(panel, menu, 'Delete branch');
    await keyboard.push(inDialog('Delete branch'));
    await expectAnnounced(keyboard.page, 'DEMO-1-typed was deleted from acme/web.');
    await menu.waitFor({ state: 'detached' });
    await expectFocus(button('Refresh branches and pull requests'));
  });

  step('attaches a branch that does not name the issue, by its address and by searching, and detaches it', async () => {
    await openIssue('DEMO-2');
    await keyboard.push(button('Attach'));
    await expectFocus(dialog.getByLabel('Search, or paste an address'));
    await keyboard.press('Enter');
    await expectAnnounced(dialog, 'Paste an address, or search and choose a result.');
    await keyboard.write(dialog.getByLabel('Search, or paste an address'), 'develop');
    await keyboard.choose(dialog, 'Search in one repository (optional)', 'acme/web');
    await expectAnnounced(dialog, /\d+ results?/);
    await keyboard.push(dialog.getByRole('radio').first(), 'Space');
    while (!(await dialog.getByRole('radio', { name: /^develop/ }).isChecked())) await keyboard.press('ArrowDown');
    await keyboard.push(inDialog('Attach'));
    await expectAnnounced(keyboard.page, 'develop in acme/web');
    await expectFocus(button('Attach'));
    await keyboard.press('Enter');
    await keyboard.write(dialog.getByLabel('Search, or paste an address'), 'https://github.com/acme/web/pull/99');
    await keyboard.press('Enter');
    await expectAnnounced(dialog, 'We found nothing to attach');
    await keyboard.write(dialog.getByLabel('Search, or paste an address'), 'develop');
    await dialog.getByText('We found nothing to attach').waitFor({ state: 'detached' });
    await keyboard.press('Escape');
    await keyboard.pick(panel, button('Actions for develop'), 'Detach from DEMO-2');
    await expectAnnounced(keyboard.page, 'Detached from DEMO-2');
    await card('develop').waitFor({ state: 'detached' });
  });

  step('refreshes the panel and sees more', async () => {
    for (const letter of 'abcdef') {
      const branch = { issueKey: 'DEMO-1', integrationId: gitHub, repository: 'acme/web', sourceBranch: 'main' };
      const payload = { ...branch, name: `DEMO-1-${letter}` };
      expect(await stage.sandbox.invoke('alice', 'issue-context', 'create-branch', payload)).toMatchObject({
        ok: true,
      });
    }
    await openIssue('DEMO-1');
    const refresh = button('Refresh branches and pull requests');
    await keyboard.push(refresh);
    await expectFocus(refresh);
    await keyboard.push(button('See 2 more'));
    await expectFocus(panel.getByRole('listitem').nth(5).getByRole('link'));
    await keyboard.push(panel.locator('summary'));
    await panel.getByText(/acme-github: pull requests that mention the issue/).waitFor();
  });

  step('No mouse was used, nothing broke the content security policy, and no token was left anywhere', async () => {
    await openIssue('DEMO-1');
    await card('DEMO-1-f').waitFor();
    await stage.look(keyboard.page, 'keyboard-issue');
    await stage.expectNothingLeft();
  });
});
