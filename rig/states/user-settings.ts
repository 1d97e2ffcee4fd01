import { choose, type Ground, stop, type Walk } from './walk.ts';
import { sites } from './world.ts';

const mine = { at: '/settings/personal', as: 'alice', site: sites.busy };
const refused = `ghp_${'0'.repeat(36)}`;

async function list({ settings }: Ground): Promise<void> {
  await settings
    .getByRole('row', { name: /acme-github/ })
    .first()
    .waitFor();
  await settings.getByRole('heading', { name: 'Default branch' }).waitFor();
}

async function openToken(ground: Ground, integration: string, button = 'Set up your'): Promise<void> {
  await list(ground);
  await ground.settings.getByRole('button', { name: new RegExp(`${button}.* for ${integration}`) }).click();
  await ground.dialog.getByRole('button', { name: 'Update' }).waitFor();
}

const field = ({ dialog }: Ground) => dialog.getByRole('textbox', { name: 'Personal access token' });
const update = ({ dialog }: Ground) => dialog.getByRole('button', { name: 'Update' }).click();

/** The user settings, and the dialogs for a token. */
export const userSettingsWalks: readonly Walk[] = [
  {
    ...mine,
    unanswered: true,
    stops: [
      stop('user-settings-loading', ({ settings }) =>
        settings.getByRole('status', { name: 'Loading your integrations' }).waitFor(),
      ),
    ],
  },
  {
    ...mine,
    site: sites.empty,
    stops: [
      stop('user-settings-none', ({ settings }) => settings.getByText('No git service is connected yet').waitFor()),
    ],
  },
  {
    ...mine,
    as: 'carol',
    stops: [
      stop('user-settings-no-permission', ({ settings }) =>
        settings.getByText("You can't see development details").waitFor(),
      ),
    ],
  },
  {
    ...mine,
    stops: [
      stop('user-settings', list),
      stop('user-settings-how-to', async ({ settings }) => {
        await settings.getByRole('button', { name: 'How to create a personal access token' }).first().click();
        await settings.getByText('GitHub shows the token only once.').waitFor();
      }),
      stop('user-settings-default', async ({ settings }) => {
        await settings.getByRole('button', { name: 'Add default repository' }).click();
        await settings.getByRole('button', { name: 'Save' }).click();
        await settings.getByText('Choose a project.').first().waitFor();
      }),
      stop('user-settings-default-set', async ({ settings }) => {
        await choose(settings, 'Project', 'Demo shop');
        await choose(settings, 'Repository', 'acme/mobile');
        await settings.getByRole('button', { name: 'Save' }).click();
        await settings.getByRole('row', { name: /Demo shop.*acme\/mobile/ }).waitFor();
      }),
      stop('user-settings-no-match', async ({ settings }) => {
        await settings.getByRole('button', { name: 'Clear default for DEMO', exact: true }).click();
        await settings.getByLabel('Search integrations').fill('nothing like this');
        await settings.getByText(/^No integration .*nothing like this/).waitFor();
      }),
    ],
  },
  {
    ...mine,
    as: 'ada',
    stops: [stop('user-settings-ending-soon', list)],
  },
  {
    ...mine,
    site: sites.strict,
    stops: [
      stop('user-settings-required', list),
      stop('token-form', (ground) => openToken(ground, 'acme-github')),
      stop('token-form-how-to', async ({ dialog }) => {
        await dialog.getByRole('button', { name: 'How to create one' }).click();
        await dialog.getByText('GitHub shows the token only once.').waitFor();
      }),
      stop('token-form-missing', async (ground) => {
        await update(ground);
        await ground.dialog.getByText('Paste your token here first.').waitFor();
      }),
      stop('token-form-doubtful', async (ground) => {
        await field(ground).fill('https://github.com/settings/tokens');
        await ground.dialog.getByText('This looks like an address, not a token.').waitFor();
      }),
      stop('token-form-refused', async (ground) => {
        await field(ground).fill(refused);
        await update(ground);
        await ground.dialog.getByText("GitHub didn't accept this token").waitFor();
      }),
      stop('token-form-saved', async (ground) => {
        await field(ground).fill(await ground.made.gitHubToken('alice'));
        await update(ground);
        await ground.page.getByText(/You're signed in to GitHub as alice/).waitFor();
      }),
      stop('token-form-edit', (ground) => openToken(ground, 'acme-github', 'Edit your')),
      stop('token-remove', async ({ dialog }) => {
        await dialog.getByRole('button', { name: 'Remove' }).click();
        await dialog.getByRole('heading', { name: 'Remove your token' }).waitFor();
      }),
      stop('token-removed', async ({ dialog, page }) => {
        await dialog.getByRole('button', { name: 'Remove' }).click();
        await page.getByText('Your token was removed').waitFor();
      }),
    ],
  },
  {
    ...mine,
    site: sites.strict,
    stops: [stop('token-form-azure-devops', (ground) => openToken(ground, 'acme-azure'))],
  },
  {
    ...mine,
    site: sites.strict,
    stops: [stop('token-form-codecommit', (ground) => openToken(ground, 'warehouse'))],
  },
  {
    ...mine,
    as: 'ada',
    stops: [
      stop('token-form-renew', async (ground) => {
        await openToken(ground, 'acme-gitlab');
        await field(ground).fill(await ground.made.gitLabToken('alice'));
        await update(ground);
        await openToken(ground, 'acme-gitlab', 'Edit your');
        await ground.dialog.getByRole('button', { name: 'Renew token' }).waitFor();
      }),
    ],
  },
  {
    ...mine,
    narrow: true,
    stops: [stop('user-settings-narrow', list)],
  },
];
