import { showAllCards, stop, type Walk } from './walk.ts';
import { sites } from './world.ts';

const issue = { at: '/browse/DEMO-1', as: 'alice', site: sites.busy };

/** *Branches and pull requests* on an issue. */
export const panelWalks: readonly Walk[] = [
  {
    ...issue,
    unanswered: true,
    stops: [stop('panel-loading', ({ panel }) => panel.getByRole('status', { name: 'Loading' }).waitFor())],
  },
  {
    ...issue,
    stops: [
      stop('issue-panel', async ({ panel }) => {
        await panel.locator('summary').waitFor();
        await panel.getByRole('listitem').first().waitFor();
      }),
      stop('panel-every-state', async (ground) => {
        const { panel } = ground;
        await showAllCards(ground);
        for (const state of ['Open', 'Draft', 'Merged', 'Closed'])
          await panel.getByText(state, { exact: true }).first().waitFor();
      }),
      stop('panel-card-menu', async ({ panel }) => {
        await panel.getByRole('button', { name: 'Actions for DEMO-1-reproduce', exact: true }).click();
        await panel.getByRole('menuitem', { name: 'Delete branch' }).waitFor();
      }),
    ],
  },
  {
    ...issue,
    at: '/browse/OPS-1',
    stops: [
      stop('panel-empty', ({ panel }) => panel.getByText('No branches or pull requests mention OPS-1 yet.').waitFor()),
      stop('panel-nothing-searched', async ({ panel }) => {
        await panel.locator('summary').click();
        await panel.getByText(/acme-github: .*Branches appear once/).waitFor();
      }),
      stop('panel-asking', async ({ page, panel, arm }) => {
        await arm({ path: '/graphql', hang: true, times: 'always' });
        await page.reload();
        await panel.getByRole('status', { name: 'Loading from acme-github' }).waitFor();
      }),
    ],
  },
  {
    ...issue,
    stops: [
      stop('panel-one-failed', async ({ page, panel, arm }) => {
        await arm({ path: '/graphql', status: 500, times: 'always' });
        await page.reload();
        await panel.getByText(/Couldn't load acme-github/).waitFor();
      }),
    ],
  },
  notConnected('panel-not-connected', 'bob'),
  notConnected('panel-not-connected-admin', 'ada'),
  {
    ...issue,
    site: sites.off,
    stops: [
      stop('panel-switched-off', ({ panel }) =>
        panel.getByText('A Jira admin has turned off creating branches and pull requests.').waitFor(),
      ),
    ],
  },
  {
    ...issue,
    takenFor: 'carol',
    stops: [
      stop('panel-no-permission', ({ panel }) => panel.getByText("You can't see development details here").waitFor()),
    ],
  },
  {
    ...issue,
    narrow: true,
    stops: [stop('panel-narrow', ({ panel }) => panel.getByRole('listitem').first().waitFor())],
  },
];

function notConnected(name: string, as: string): Walk {
  const said = 'No git service is connected to this project';
  return { ...issue, as, site: sites.empty, stops: [stop(name, ({ panel }) => panel.getByText(said).waitFor())] };
}
