import { choose, fromTheMenu, type Ground, stop, type Walk } from './walk.ts';
import { sites } from './world.ts';

const issue = { at: '/browse/DEMO-1', as: 'alice', site: sites.busy };

async function open({ panel, dialog }: Ground): Promise<void> {
  await panel.getByRole('button', { name: 'Create branch' }).click();
  await dialog.getByLabel('Branch name').waitFor();
}

/** The repository is chosen, and so is the branch it starts from. */
async function openAt(ground: Ground, repository: string): Promise<void> {
  await open(ground);
  await choose(ground.dialog, 'Repository', repository);
  await ground.dialog.getByText('main', { exact: true }).first().waitFor();
}

const name = ({ dialog }: Ground) => dialog.getByLabel('Branch name');
const submit = ({ dialog }: Ground) => dialog.getByRole('button', { name: 'Create branch' }).click();

/** *Create branch*. */
export const createBranchWalks: readonly Walk[] = [
  {
    ...issue,
    stops: [
      stop('create-branch-open', open),
      stop('create-branch-missing', async (ground) => {
        await submit(ground);
        await ground.dialog.getByText('Choose a repository.').waitFor();
      }),
      stop('create-branch-repositories', async ({ dialog }) => {
        await dialog.getByRole('combobox', { name: 'Repository' }).click();
        await dialog.getByRole('option', { name: 'acme/web' }).first().waitFor();
      }),
      stop('create-branch-no-results', async ({ dialog }) => {
        await dialog.getByRole('combobox', { name: 'Repository' }).fill('nothing like this');
        await dialog.getByText('No repository found').first().waitFor();
        await dialog.getByText(/^From acme-github: only repositories you can write to/).waitFor();
      }),
      stop('create-branch', async ({ dialog }) => {
        await choose(dialog, 'Repository', 'acme/web');
        await dialog.getByText('main', { exact: true }).first().waitFor();
        await dialog.getByText(/alice on GitHub/).waitFor();
      }),
      stop('create-branch-start-work', async ({ dialog }) => {
        await dialog.getByRole('checkbox', { name: 'Assign to me' }).check();
        await dialog.getByRole('checkbox', { name: 'Move to' }).check();
        await dialog.getByLabel('Status to move to').waitFor();
      }),
      stop('create-branch-source', async ({ dialog }) => {
        // It would be remembered.
        for (const name of ['Assign to me', 'Move to']) await dialog.getByRole('checkbox', { name }).uncheck();
        await dialog.getByRole('combobox', { name: 'Source branch' }).click();
        await dialog.getByRole('option', { name: 'develop' }).first().waitFor();
      }),
      stop('create-branch-source-typed', async ({ dialog }) => {
        await dialog.getByRole('combobox', { name: 'Source branch' }).fill('deadbeef');
        await dialog.getByRole('option', { name: 'Commit deadbeef' }).waitFor();
      }),
      stop('create-branch-source-commit', ({ dialog }) =>
        dialog.getByRole('option', { name: 'Commit deadbeef' }).click(),
      ),
      stop('create-branch-invalid-name', async (ground) => {
        await name(ground).fill('DEMO-1 login fails');
        await ground.dialog.getByRole('button', { name: 'Use DEMO-1-login-fails' }).waitFor();
      }),
      stop('create-branch-checking-name', async (ground) => {
        await ground.hold('check-branch-name');
        const asked = ground.page.waitForRequest((request) => (request.postData() ?? '').includes('check-branch-name'));
        await name(ground).fill('DEMO-1-is-looked-for');
        await asked;
      }),
    ],
  },
  {
    ...issue,
    stops: [
      stop('create-branch-conflict', async (ground) => {
        await openAt(ground, 'acme/web');
        await name(ground).fill('develop/DEMO-1');
        await ground.dialog.getByText("Git can't have both this and develop").waitFor();
      }),
      stop('create-branch-service-error', async (ground) => {
        await name(ground).fill('DEMO-1-in-trouble');
        await ground.arm({ method: 'POST', path: '/repos/acme/web/git/refs', status: 502, times: 'always' });
        await submit(ground);
        await ground.dialog.getByRole('alert').first().waitFor();
        await ground.dialog.getByRole('button', { name: 'Create branch' }).waitFor();
      }),
    ],
  },
  {
    ...issue,
    stops: [
      stop('create-branch-empty-repository', async (ground) => {
        await open(ground);
        await choose(ground.dialog, 'Repository', 'acme/fresh');
        await ground.dialog.getByText('acme/fresh has no commits yet').waitFor();
      }),
    ],
  },
  {
    ...issue,
    as: 'bob',
    stops: [
      stop('token-required', async (ground) => {
        await openAt(ground, 'acme/web');
        await ground.dialog.getByRole('heading', { name: 'Personal Access Token' }).waitFor();
      }),
      stop('token-in-place', async ({ dialog }) => {
        await dialog.getByRole('button', { name: 'Set up your personal access token' }).click();
        await dialog.getByRole('textbox', { name: 'Personal access token' }).waitFor();
      }),
    ],
  },
  {
    ...issue,
    as: 'bob',
    site: sites.strict,
    stops: [
      stop('token-saved-in-place', async (ground) => {
        const { dialog, made } = ground;
        await openAt(ground, 'acme/api');
        await dialog.getByRole('button', { name: 'Set up your personal access token' }).click();
        await dialog.getByRole('textbox', { name: 'Personal access token' }).fill(await made.gitHubToken('bob'));
        await dialog.getByRole('button', { name: 'Update' }).click();
        await dialog.getByText(/You're signed in to GitHub as bob/).waitFor();
      }),
      stop('create-branch-unsupported', async ({ dialog }) => {
        await choose(dialog, 'Repository', 'Back Office/Archive');
        await dialog.getByText('No one can do this here.').waitFor();
        // What was said of the other service's token is over.
        await dialog.getByText(/You're signed in to GitHub as bob/).waitFor({ state: 'detached' });
      }),
    ],
  },
  {
    ...issue,
    as: 'bob',
    stops: [
      stop('create-branch-as-integration', async (ground) => {
        await openAt(ground, 'acme/mobile');
        await ground.dialog.getByText('to be shown as the author instead (optional)').waitFor();
      }),
      stop('create-branch-created', async (ground) => {
        await name(ground).fill('DEMO-1-from-the-panel');
        await submit(ground);
        await ground.page.getByText('DEMO-1-from-the-panel in acme/mobile').waitFor();
      }),
    ],
  },
  {
    ...issue,
    as: 'ada',
    stops: [
      stop('token-ending-soon', async (ground) => {
        await openAt(ground, 'acme/web');
        await ground.dialog.getByText(/It expires in \d days: replace it soon/).waitFor();
      }),
    ],
  },
  {
    ...issue,
    at: '/browse/DEMO-2',
    stops: [
      stop('create-branch-done', async (ground) => {
        const { dialog } = ground;
        await fromTheMenu(ground, 'Create branch');
        await choose(dialog, 'Repository', 'acme/mobile');
        await dialog.getByRole('checkbox', { name: 'Also create a merge request into main' }).check();
        await submit(ground);
        await dialog.getByRole('heading', { name: 'Branch created' }).waitFor();
      }),
    ],
  },
  {
    ...issue,
    stops: [
      stop('dialog-loading', async (ground) => {
        await ground.panel.getByRole('listitem').first().waitFor();
        await ground.hold();
        await fromTheMenu(ground, 'Create branch');
        await ground.dialog.getByRole('status', { name: 'Loading the form' }).waitFor();
      }),
    ],
  },
  {
    ...issue,
    site: sites.off,
    stops: [
      stop('create-branch-switched-off', async (ground) => {
        await fromTheMenu(ground, 'Create branch');
        await ground.dialog.getByText('This is turned off on your site').waitFor();
      }),
    ],
  },
  {
    ...issue,
    narrow: true,
    stops: [
      stop('create-branch-narrow', (ground) => openAt(ground, 'acme/web')),
      stop('create-branch-tag-narrow', async ({ dialog }) => {
        const tag = 'releases/2026/the-one-with-the-new-checkout';
        await dialog.getByRole('combobox', { name: 'Source branch' }).fill(tag);
        await dialog.getByRole('option', { name: `Tag ${tag}` }).click();
      }),
    ],
  },
];
