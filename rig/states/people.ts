import { choose, type Ground, stop, type Walk } from './walk.ts';
import { sites } from './world.ts';

const page = { at: '/settings/apps', as: 'ada', site: sites.busy };

const button = ({ admin }: Ground, name: string | RegExp) => admin.getByRole('button', { name });

async function open(ground: Ground): Promise<void> {
  await button(ground, 'People and tokens').click();
  await ground.admin.getByRole('row', { name: /Alice Developer.*acme-github/ }).waitFor();
  await ground.admin.getByRole('combobox', { name: 'State' }).waitFor();
}

async function askToRemove(ground: Ground): Promise<void> {
  await ground.admin.getByRole('checkbox', { name: 'Choose Alice Developer, acme-github' }).check();
  await button(ground, 'Remove 1 token').click();
  await ground.admin.getByLabel('Reason').waitFor();
}

/** *People and tokens*, a part of *Manage Git repositories*. */
export const peopleWalks: readonly Walk[] = [
  {
    ...page,
    site: sites.empty,
    stops: [
      stop('people-empty', async (ground) => {
        await button(ground, 'People and tokens').click();
        await ground.admin.getByText('No one has a token yet').waitFor();
      }),
    ],
  },
  {
    ...page,
    stops: [
      stop('people-loading', async (ground) => {
        await ground.hold('list-tokens');
        await button(ground, 'People and tokens').click();
        await ground.admin.getByRole('status', { name: 'Looking up people and tokens' }).waitFor();
      }),
    ],
  },
  {
    ...page,
    stops: [
      stop('people', open),
      stop('people-remove', askToRemove),
      stop('people-no-reason', async (ground) => {
        await button(ground, 'Remove 1 token').click();
        await ground.admin.getByText('Give a reason.').waitFor();
      }),
    ],
  },
  {
    ...page,
    stops: [
      stop('people-without', async (ground) => {
        await open(ground);
        await choose(ground.admin, 'State', 'Acted without a token');
        // The activity of other walks is shown as well.
        await ground.admin.getByRole('row', { name: /Alice Developer.*acme-github/ }).waitFor({ state: 'detached' });
        await ground.admin.getByRole('row', { name: /Bob Developer/ }).waitFor();
      }),
      stop('people-no-match', async ({ admin }) => {
        await admin.getByLabel('Person or login').fill('nobody like this');
        await admin.getByText('No one matches this filter.').waitFor();
      }),
    ],
  },
  { ...page, narrow: true, stops: [stop('people-narrow', open), stop('people-remove-narrow', askToRemove)] },
];
