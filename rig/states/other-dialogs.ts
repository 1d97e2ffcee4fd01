import { choose, fromTheMenu, type Ground, showAllCards, stop, type Walk } from './walk.ts';
import { sites } from './world.ts';

const issue = { at: '/browse/DEMO-1', as: 'alice', site: sites.busy };

async function openRequest({ panel, dialog }: Ground): Promise<void> {
  await panel.getByRole('button', { name: 'Create pull request' }).first().click();
  await dialog.getByLabel('Title').waitFor();
}

async function fillRequest({ dialog }: Ground, source: string, target: string): Promise<void> {
  await choose(dialog, 'Repository', 'acme/web');
  await choose(dialog, 'Source branch', source);
  await choose(dialog, 'Target branch', target);
}

/** In acme/api: two labels, and the person's name. */
async function fillExtras({ dialog }: Ground): Promise<void> {
  await choose(dialog, 'Labels', 'bug');
  await choose(dialog, 'Labels', 'needs a second pair of eyes');
  await dialog.getByRole('checkbox', { name: 'Assign the pull request to me' }).check();
  await dialog.getByText('Code owners of the changed files, among @acme/shop, @ada, @bob').scrollIntoViewIfNeeded();
}

const submit = ({ dialog }: Ground) => dialog.getByRole('button', { name: 'Create pull request' }).click();

/** *Create pull request*. */
export const createRequestWalks: readonly Walk[] = [
  {
    ...issue,
    at: '/browse/OPS-1',
    stops: [
      stop('create-pull-request-missing', async (ground) => {
        await openRequest(ground);
        await submit(ground);
        await ground.dialog.getByText('Choose a repository.').waitFor();
      }),
      stop('create-pull-request-template', async ({ dialog }) => {
        await choose(dialog, 'Repository', 'acme/api');
        await dialog.getByText("From the repository's template pull_request_template.").waitFor();
      }),
      stop('create-pull-request-labels', async (ground) => {
        await fillExtras(ground);
        await ground.dialog.getByRole('combobox', { name: 'Labels' }).click();
        await ground.dialog.getByRole('option', { name: 'dependencies' }).waitFor();
      }),
    ],
  },
  {
    ...issue,
    at: '/browse/OPS-1',
    narrow: true,
    stops: [
      stop('create-pull-request-narrow', async (ground) => {
        await openRequest(ground);
        await choose(ground.dialog, 'Repository', 'acme/api');
        await ground.dialog.getByText("From the repository's template pull_request_template.").waitFor();
      }),
      stop('create-pull-request-extras-narrow', fillExtras),
    ],
  },
  {
    ...issue,
    stops: [
      stop('create-pull-request-no-commits', async (ground) => {
        await openRequest(ground);
        await fillRequest(ground, 'DEMO-1-reproduce', 'main');
        await ground.dialog.getByText("DEMO-1-reproduce has no commits that aren't already in main").waitFor();
      }),
      stop('create-pull-request-same-branch', async ({ dialog }) => {
        await choose(dialog, 'Source branch', 'main');
        await dialog.getByText('Source and target are the same branch').first().waitFor();
      }),
      stop('create-pull-request-reviewers', async ({ dialog }) => {
        await choose(dialog, 'Source branch', 'feature/DEMO-12-currency');
        await dialog.getByRole('combobox', { name: 'Reviewers' }).fill('bob');
        await dialog.getByRole('option', { name: /bob/ }).waitFor();
      }),
      stop('create-pull-request', async ({ dialog }) => {
        await dialog.getByRole('option', { name: /bob/ }).click();
        await dialog.getByLabel('Description').fill('Keeps the session when the password changes.');
        await dialog.getByRole('checkbox', { name: 'Create as draft' }).check();
        await dialog.getByText(/alice on GitHub/).waitFor();
      }),
      stop('create-pull-request-exists', async (ground) => {
        await choose(ground.dialog, 'Source branch', 'develop');
        await submit(ground);
        await ground.dialog.getByText('There is already a pull request for develop').waitFor();
      }),
      stop('create-pull-request-service-error', async (ground) => {
        await choose(ground.dialog, 'Source branch', 'feature/DEMO-12-currency');
        await ground.arm({ method: 'POST', path: '/repos/acme/web/pulls', status: 502, times: 'always' });
        await submit(ground);
        await ground.dialog.getByText('There is already a pull request for develop').waitFor({ state: 'detached' });
        await ground.dialog.getByRole('alert').first().waitFor();
      }),
    ],
  },
  {
    ...issue,
    as: 'bob',
    stops: [
      stop('create-pull-request-token-required', async (ground) => {
        await openRequest(ground);
        await choose(ground.dialog, 'Repository', 'acme/web');
        await ground.dialog.getByRole('heading', { name: 'Personal Access Token' }).waitFor();
      }),
    ],
  },
  {
    ...issue,
    at: '/browse/DEMO-12',
    stops: [
      stop('create-pull-request-done', async (ground) => {
        await fromTheMenu(ground, 'Create pull request');
        await fillRequest(ground, 'feature/DEMO-12-currency', 'develop');
        await submit(ground);
        await ground.dialog.getByRole('heading', { name: 'Pull request created' }).waitFor();
      }),
    ],
  },
  {
    ...issue,
    at: '/browse/DEMO-12',
    stops: [
      stop('create-pull-request-undone', async (ground) => {
        await fromTheMenu(ground, 'Create pull request');
        await fillRequest(ground, 'feature/DEMO-12-currency', 'DEMO-1-train');
        await choose(ground.dialog, 'Labels', 'bug');
        await ground.dialog.getByRole('checkbox', { name: 'Assign the pull request to me' }).check();
        await ground.arm({ method: 'POST', path: '/repos/acme/web/issues/*', status: 502, times: 'always' });
        await submit(ground);
        await ground.dialog.getByText("Couldn't assign it to you, or add these labels: bug.").waitFor();
      }),
    ],
  },
  {
    ...issue,
    site: sites.off,
    stops: [
      stop('create-pull-request-switched-off', async (ground) => {
        await fromTheMenu(ground, 'Create pull request');
        await ground.dialog.getByText('This is turned off on your site').waitFor();
      }),
    ],
  },
];

async function openDelete(ground: Ground, branch: string): Promise<void> {
  const { panel, dialog } = ground;
  await showAllCards(ground);
  await panel.getByRole('button', { name: `Actions for ${branch}`, exact: true }).click();
  // The last card's menu can reach below the frame, where only the keyboard gets.
  await panel.getByRole('menuitem', { name: 'Delete branch' }).press('Enter');
  await dialog.getByRole('heading', { name: 'Delete branch' }).waitFor();
}

const confirm = ({ dialog }: Ground) => dialog.getByRole('button', { name: 'Delete branch' }).click();

/** *Attach*, and what was attached. */
export const attachWalks: readonly Walk[] = [
  {
    ...issue,
    at: '/browse/OPS-1',
    stops: [
      stop('attach-missing', async ({ panel, dialog }) => {
        await panel.getByRole('button', { name: 'Attach' }).click();
        await dialog.getByRole('button', { name: 'Attach', exact: true }).click();
        await dialog.getByText('Paste an address, or search and choose a result.').waitFor();
      }),
      stop('attach-not-found', async ({ dialog }) => {
        await dialog.getByLabel('Search, or paste an address').fill('https://github.com/acme/hidden/tree/main');
        await dialog.getByRole('button', { name: 'Attach', exact: true }).click();
        await dialog.getByText('We found nothing to attach').waitFor();
      }),
      stop('attach-search', async ({ dialog }) => {
        await dialog.getByLabel('Search, or paste an address').fill('DEMO-1');
        await dialog.getByRole('radio').first().check();
      }),
      stop('attach-nothing-found', async ({ dialog }) => {
        await dialog.getByLabel('Search, or paste an address').fill('no such words');
        await dialog.getByText('Nothing found.').waitFor();
      }),
      stop('attach-attached', async ({ page, panel, dialog }) => {
        await dialog.getByLabel('Search, or paste an address').fill('https://github.com/acme/web/tree/develop');
        await dialog.getByRole('button', { name: 'Attach', exact: true }).click();
        await page.getByText('develop in acme/web').waitFor();
        await panel.getByRole('button', { name: 'Actions for develop' }).click();
        await panel.getByRole('menuitem', { name: 'Detach from OPS-1' }).waitFor();
      }),
      stop('attach-detached', async ({ page, panel }) => {
        await panel.getByRole('menuitem', { name: 'Detach from OPS-1' }).press('Enter');
        await page.getByText('Detached from OPS-1').waitFor();
        await panel.getByText('No branches or pull requests mention OPS-1 yet.').waitFor();
      }),
    ],
  },
  {
    ...issue,
    at: '/browse/OPS-1',
    narrow: true,
    stops: [
      stop('attach-search-narrow', async ({ panel, dialog }) => {
        await panel.getByRole('button', { name: 'Attach' }).click();
        await dialog.getByLabel('Search, or paste an address').fill('DEMO-1');
        await dialog.getByRole('radio').first().check();
      }),
      stop('attach-search-failed', async ({ arm, dialog }) => {
        await arm({ path: '/graphql', status: 502, times: 'always' });
        await dialog.getByLabel('Search, or paste an address').fill('login');
        await dialog.getByText(/Couldn't load /).waitFor();
      }),
    ],
  },
];

/** *Open in…* */
export const openInWalks: readonly Walk[] = [
  {
    ...issue,
    narrow: true,
    stops: [
      stop('open-in', async (ground) => {
        const { panel, dialog } = ground;
        await showAllCards(ground);
        await panel.getByRole('button', { name: 'Actions for DEMO-1-train', exact: true }).click();
        await panel.getByRole('menuitem', { name: 'Open in…' }).press('Enter');
        await dialog.getByRole('button', { name: 'Open in github.dev' }).waitFor();
      }),
    ],
  },
];

/** *Delete branch*. */
export const deleteBranchWalks: readonly Walk[] = [
  {
    ...issue,
    stops: [
      stop('delete-branch', (ground) => openDelete(ground, 'DEMO-1-train')),
      stop('delete-branch-deleted', async (ground) => {
        await confirm(ground);
        await ground.page.getByText('DEMO-1-train was deleted from acme/web.').waitFor();
      }),
    ],
  },
  {
    ...issue,
    stops: [
      stop('delete-branch-refused', async (ground) => {
        await openDelete(ground, 'DEMO-1-hotfix');
        await confirm(ground);
        await ground.dialog.getByRole('alert').first().waitFor();
      }),
    ],
  },
  {
    ...issue,
    as: 'bob',
    stops: [
      stop('delete-branch-token-required', async (ground) => {
        await openDelete(ground, 'DEMO-1-reproduce');
        await ground.dialog.getByRole('heading', { name: 'Personal Access Token' }).waitFor();
      }),
    ],
  },
];
