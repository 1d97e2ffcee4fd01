import type { FrameLocator, Page } from 'playwright-core';
import { app, openStage, type Stage } from '../support/browser-stage';
import { choose } from '../support/steps';
import { whole } from '../support/whole';

const ISSUE = 'issue-context';
const issueKey = 'DEMO-1';

let stage: Stage;
let integrationId: string;

beforeAll(async () => {
  stage = await openStage();
  integrationId = await connect('acme-github');
  await saveToken();
});

afterAll(() => stage.close());

async function connect(name: string): Promise<string> {
  const added = await stage.sandbox.invoke('ada', 'manage-repositories', 'add-integration', {
    edition: 'github.com',
    credential: { kind: 'token', token: await stage.sandbox.newToken('acme-bot') },
    name,
    owners: ['acme'],
    requireUserPat: false,
    projects: 'all',
  });
  return (added.value as { integration: { id: string } }).integration.id;
}

async function saveToken(): Promise<void> {
  const credential = { kind: 'token', token: await stage.sandbox.newToken('alice') };
  expect(
    await stage.sandbox.invoke('alice', ISSUE, 'save-token', { issueKey, integrationId, credential }),
  ).toMatchObject({ ok: true });
}

type Held = { reached: Promise<void>; goOn: () => void };

/** Holds the answer of one call to the backend; `reached`: it was sent (`request`), or done but not answered yet (`answer`). */
async function holdCall(page: Page, name: string, until: 'request' | 'answer'): Promise<Held> {
  let goOn = () => {};
  let arrive = () => {};
  const gate = new Promise<void>((open) => (goOn = open));
  const reached = new Promise<void>((open) => (arrive = open));
  await page.route('**/sandbox/bridge', async (route) => {
    const { payload } = route.request().postDataJSON() as { payload?: { functionKey?: string } };
    if (payload?.functionKey !== name) return route.continue();
    if (until === 'request') {
      arrive();
      await gate;
      return route.continue();
    }
    const response = await route.fetch();
    arrive();
    await gate;
    return route.fulfill({ response });
  });
  return { reached, goOn: () => goOn() };
}

const exits = {
  Cancel: (dialog: FrameLocator) => dialog.getByRole('button', { name: 'Cancel' }).click({ force: true }),
  x: (dialog: FrameLocator) => dialog.getByRole('button', { name: 'Close', exact: true }).click({ force: true }),
  Esc: (dialog: FrameLocator) => dialog.locator('body').press('Escape'),
  'a press beside it': (_dialog: FrameLocator, page: Page) => page.mouse.click(5, 500),
} as const;

type Walk = {
  name: string;
  call: string;
  open: (page: Page) => Promise<void>;
  as: string;
  path: string;
  fill?: (dialog: FrameLocator, round: string) => Promise<void>;
  submit: string;
  /** How it ended, where the person is then. */
  told: (page: Page, round: string) => Promise<void>;
  /** *Cancel* leads one step back, to the form it was opened from. */
  cancelGoesBack?: boolean;
  /** Puts back what the write took away. */
  again?: () => Promise<void>;
};

async function fillBranch(dialog: FrameLocator, round: string): Promise<void> {
  await choose(dialog, 'Repository', 'acme/web');
  await dialog.getByLabel('Branch name').fill(`DEMO-1-${round}`);
}

const press = (page: Page, surface: Parameters<typeof app>[1], name: string) =>
  app(page, surface).getByRole('button', { name }).first().click();

async function showsCard(page: Page, title: string): Promise<void> {
  await app(page, 'issue-panel').getByRole('listitem').filter({ hasText: title }).waitFor();
}

async function makeBranch(name: string): Promise<void> {
  const where = { issueKey, integrationId, repository: 'acme/web' };
  const made = await stage.sandbox.invoke('alice', ISSUE, 'create-branch', { ...where, sourceBranch: 'main', name });
  expect(made.ok || made.error?.code === 'BRANCH_EXISTS').toBe(true);
}

/** A service that is disconnected keeps its name until its tokens are erased. */
let leaving = 'leaving-0';

const walks: Walk[] = [
  {
    name: 'Create branch',
    call: 'create-branch',
    as: 'alice',
    path: '/browse/DEMO-1',
    open: (page) => press(page, 'issue-panel', 'Create branch'),
    fill: fillBranch,
    submit: 'Create branch',
    told: async (page, round) => {
      await page.getByText(`DEMO-1-${round} in acme/web`).waitFor();
      await showsCard(page, `DEMO-1-${round}`);
    },
  },
  {
    name: 'Create pull request',
    call: 'create-pull-request',
    as: 'alice',
    path: '/browse/DEMO-1',
    open: (page) => press(page, 'issue-panel', 'Create pull request'),
    fill: async (dialog, round) => {
      await choose(dialog, 'Repository', 'acme/web');
      await choose(dialog, 'Source branch', round === 'request' ? 'develop' : 'release/1.0');
    },
    submit: 'Create pull request',
    told: async (page, round) => {
      await page.getByText('Pull request created').waitFor();
      await showsCard(page, `Merge ${round === 'request' ? 'develop' : 'release/1.0'} to main`);
    },
  },
  {
    name: 'Delete branch',
    call: 'delete-branch',
    as: 'alice',
    path: '/browse/DEMO-1',
    open: async (page) => {
      await press(page, 'issue-panel', 'Actions for DEMO-1-to-delete');
      await app(page, 'issue-panel').getByRole('menuitem', { name: 'Delete branch' }).click();
    },
    submit: 'Delete branch',
    told: async (page) => {
      await page.getByText('Branch deleted').waitFor();
      await app(page, 'issue-panel').getByText('DEMO-1-to-delete').waitFor({ state: 'detached' });
    },
    again: () => makeBranch('DEMO-1-to-delete'),
  },
  {
    name: 'the token form',
    call: 'save-token',
    as: 'alice',
    path: '/settings/personal',
    open: (page) => press(page, 'user-settings', 'Edit your PAT for acme-github'),
    fill: async (dialog) =>
      dialog.getByLabel('Personal access token', { exact: true }).fill(await stage.sandbox.newToken('alice')),
    submit: 'Update',
    told: (page) => page.getByText('Your token is saved').waitFor(),
  },
  {
    name: 'Remove your token',
    call: 'remove-token',
    as: 'alice',
    path: '/settings/personal',
    open: async (page) => {
      await press(page, 'user-settings', 'Edit your PAT for acme-github');
      await press(page, 'dialogs', 'Remove');
    },
    submit: 'Remove',
    cancelGoesBack: true,
    told: (page) => page.getByText('Your token was removed').waitFor(),
    again: saveToken,
  },
  {
    name: 'Disconnect',
    call: 'disconnect-integration',
    as: 'ada',
    path: '/settings/apps',
    open: async (page) => {
      const admin = app(page, 'manage-repositories');
      const row = admin.getByRole('row', { name: new RegExp(leaving) });
      await row.getByRole('button', { name: /Actions/ }).click();
      await admin.getByRole('menuitem', { name: 'Disconnect' }).click();
    },
    submit: 'Disconnect',
    told: (page) => page.getByText(`${leaving} is disconnected`).waitFor(),
    again: async () => {
      leaving = `leaving-${Number(leaving.slice(8)) + 1}`;
      await connect(leaving);
    },
  },
];

const moments = ['request', 'answer'] as const;
/** `useWrite` waits for both moments in the same way in each dialog: by day each dialog is tried at one of them. */
const tried = walks.map((walk, index) => ({ ...walk, moments: whole ? moments : [moments[index % 2] ?? 'request'] }));

describe.each(tried)(
  'While $name waits for its answer',
  ({ call, as, path, open, fill, submit, told, again, cancelGoesBack, moments }) => {
    it.each(moments)('no way leads out with the %s under way, and how it ended is told', async (moment) => {
      await again?.();
      const page = await stage.open(path, as);
      const held = await holdCall(page, call, moment);
      await open(page);
      const dialog = app(page, 'dialogs');
      await fill?.(dialog, moment);
      const button = dialog.locator('button[type=submit]', { hasText: submit });
      await button.click();
      await held.reached;
      for (const leave of Object.values(exits)) await leave(dialog, page);
      await button.waitFor();
      expect(await dialog.getByRole('button', { name: 'Cancel' }).isDisabled()).toBe(true);
      expect(await dialog.getByRole('button', { name: 'Close', exact: true }).isDisabled()).toBe(true);
      for (const field of await dialog.getByRole('textbox').all())
        expect(await field.evaluate((input) => input.closest('[inert]') !== null)).toBe(true);
      held.goOn();
      await told(page, moment);
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.close();
    });

    it('every way out but a press beside it leads out before, and nothing was done', async () => {
      await again?.();
      const page = await stage.open(path, as);
      const calls: string[] = [];
      page.on('request', (request) => {
        if (request.url().endsWith('/sandbox/bridge')) calls.push(request.postData() ?? '');
      });
      for (const [name, leave] of Object.entries(exits)) {
        await open(page);
        const dialog = app(page, 'dialogs');
        const button = dialog.locator('button[type=submit]', { hasText: submit });
        await button.waitFor();
        await leave(dialog, page);
        if (name === 'Cancel' && cancelGoesBack) await exits.x(dialog);
        if (name !== 'a press beside it') await page.getByRole('dialog').waitFor({ state: 'detached' });
        else expect(await button.isVisible()).toBe(true);
      }
      expect(calls.filter((body) => body.includes(`"functionKey":"${call}"`))).toEqual([]);
      await page.close();
    });
  },
);

describe('From the menu of the issue', () => {
  async function openFromMenu(page: Page): Promise<FrameLocator> {
    await app(page, 'issue-panel').getByRole('button', { name: 'Create branch' }).waitFor();
    await page.getByRole('button', { name: 'Actions', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Create branch' }).click();
    return app(page, 'dialogs');
  }

  it('a branch that is created is in the panel at once', async () => {
    const page = await stage.open('/browse/DEMO-1', 'alice');
    const dialog = await openFromMenu(page);
    await fillBranch(dialog, 'via-menu');
    await dialog.getByRole('button', { name: 'Create branch' }).click();
    await dialog.getByRole('heading', { name: 'Branch created' }).waitFor();
    await showsCard(page, 'DEMO-1-via-menu');
    await page.close();
  });

  it('a dialog that Jira closes under way is answered for by the panel, by flag and card, and after a reload', async () => {
    const page = await stage.open('/browse/DEMO-1', 'alice');
    const held = await holdCall(page, 'create-branch', 'request');
    const dialog = await openFromMenu(page);
    await fillBranch(dialog, 'left-behind');
    await dialog.getByRole('button', { name: 'Create branch' }).click();
    await held.reached;
    await exits.Esc(dialog);
    expect(await page.getByRole('dialog').count()).toBe(1);
    await exits['a press beside it'](dialog, page);
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    held.goOn();
    await page.getByText('You closed the dialog before DEMO-1-left-behind was created in acme/web.').waitFor();
    await showsCard(page, 'DEMO-1-left-behind');
    await page.reload();
    await showsCard(page, 'DEMO-1-left-behind');
    await page.close();
  });
});
