import type { Browser, FrameLocator, Page } from 'playwright-core';
import { accessibilityViolations } from '../support/axe';
import { launchBrowser } from '../../rig/browser';
import { runSandbox, type RunningSandbox } from '../support/run-sandbox';

const ISSUE = 'issue-context';
const issueKey = 'DEMO-1';

let sandbox: RunningSandbox;
let browser: Browser;
let page: Page;
let panel: FrameLocator;
const ids: Record<string, string> = {};

beforeAll(async () => {
  // Slow enough that a part that waits for a service can be seen waiting.
  [sandbox, browser] = await Promise.all([runSandbox(['--latency', '700']), launchBrowser()]);
  const gitLab = await fetch(`${sandbox.services}/gitlab.com/-/user_settings/personal_access_tokens`, {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams({ account: 'acme-bot', name: 'test', scopes: 'api' }),
  });
  const tokens = {
    'github.com': await sandbox.newToken('acme-bot'),
    'gitlab.com': ((await gitLab.json()) as { token: string }).token,
  };
  for (const [edition, token] of Object.entries(tokens)) {
    const added = await sandbox.invoke('ada', 'manage-repositories', 'add-integration', {
      edition,
      credential: { kind: 'token', token },
      name: edition,
      owners: ['acme'],
      requireUserPat: false,
      projects: 'all',
    });
    expect(added).toMatchObject({ ok: true });
    ids[edition] = added.value.integration.id as string;
  }
  const onGitHub = { issueKey, integrationId: ids['github.com'], repository: 'acme/web' };
  for (const name of ['DEMO-1-ours', 'DEMO-12-not-ours']) {
    const made = await sandbox.invoke('alice', ISSUE, 'create-branch', { ...onGitHub, sourceBranch: 'main', name });
    expect(made).toMatchObject({ ok: true });
  }
});

afterAll(async () => {
  await browser.close();
  await sandbox.stop();
});

const everythingOn = { requireUserPat: false, branchActions: true, pullRequestActions: true };

beforeEach(async () => {
  await sandbox.invoke('ada', 'manage-repositories', 'save-site-settings', everythingOn);
  const context = await browser.newContext({ viewport: { width: 1280, height: 1000 } });
  page = await context.newPage();
  panel = page.frameLocator('iframe[data-resource="issue-panel"]');
});

afterEach(async () => {
  await fetch(`${sandbox.services}/github.com/sandbox/faults`, { method: 'DELETE' });
  await page.context().close();
});

async function open(issue: string): Promise<void> {
  await page.goto(`${sandbox.url}/browse/${issue}?as=alice`);
}

/** Resolves when all of it is in the window, whose frames it may be in. Runs in the page. */
function wholeInTheWindow(element: Element): Promise<void> {
  return new Promise((resolve) => {
    const found = ([entry]: IntersectionObserverEntry[]) => entry?.isIntersecting && resolve();
    new IntersectionObserver(found, { threshold: 1 }).observe(element);
  });
}

describe('The panel of an issue', () => {
  it('shows everything made through the app while the services have not answered, and nothing moves when they do', async () => {
    await open(issueKey);
    await panel.getByText('DEMO-1-ours').waitFor();
    await panel.getByRole('status', { name: 'Loading from gitlab.com' }).waitFor();
    await panel.getByText("What's included").waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    const shift = await panel.locator('body').evaluate(
      () =>
        new Promise<number>((resolve) => {
          new PerformanceObserver((list) => {
            const shifts = list.getEntries() as unknown as { value: number; hadRecentInput: boolean }[];
            resolve(shifts.reduce((sum, { value, hadRecentInput }) => sum + (hadRecentInput ? 0 : value), 0));
          }).observe({ type: 'layout-shift', buffered: true });
          setTimeout(() => resolve(0), 500);
        }),
    );
    expect(shift).toBe(0);
  });

  it('finds branches by the whole key, in the repositories the project uses, and says which those are', async () => {
    await open('DEMO-12');
    await panel.getByText('feature/DEMO-12-currency').waitFor();
    await panel.getByText('DEMO-12-not-ours').waitFor();
    expect(await panel.getByText('DEMO-1-ours').count()).toBe(0);
    await panel.getByText("What's included").click();
    await panel.getByText(/github\.com: pull requests that mention the issue, and branches in acme\/web/).waitFor();
    await panel.getByText(/gitlab\.com: merge requests that mention the issue\. Branches appear once/).waitFor();
  });

  it('makes room for the menu of its only card where the column is narrow', async () => {
    await page.setViewportSize({ width: 320, height: 900 });
    await open(issueKey);
    await panel.getByText("What's included").waitFor();
    await panel.getByRole('button', { name: 'Actions for DEMO-1-ours' }).click();
    await panel.getByRole('menuitem', { name: 'Delete branch' }).waitFor();
    const frame = page.frames().find((one) => one.url().includes('/issue-panel/'));
    await frame?.waitForFunction(() => {
      const items = [...document.querySelectorAll('[role="menuitem"]')].map((item) => item.getBoundingClientRect());
      return items.every(({ top, bottom }) => top >= 0 && bottom <= innerHeight);
    });
    expect(await frame?.evaluate(() => innerWidth)).toBeLessThan(320);
  });

  it('shows many cards by repository, a card in two lines at most, however narrow', async () => {
    const wide = { issueKey: 'OPS-1', integrationId: ids['github.com'] };
    for (const [repository, branch] of [
      ['acme/web', 'main'],
      ['acme/web', 'develop'],
      ['acme/web', 'release/1.0'],
      ['acme/api', 'main'],
      ['acme/web', 'feature/DEMO-12-currency'],
    ]) {
      const attached = await sandbox.invoke('alice', ISSUE, 'attach-branch', { ...wide, repository, branch });
      expect(attached).toMatchObject({ ok: true });
    }
    await page.setViewportSize({ width: 320, height: 1200 });
    await open('OPS-1');
    const web = panel.getByRole('list', { name: 'acme/web' });
    await web.getByText('release/1.0').waitFor();
    expect(await web.getByRole('listitem').count()).toBe(4);
    await panel.getByRole('list', { name: 'acme/api' }).getByText('main').waitFor();
    await panel.getByText("What's included").waitFor();
    const heights = await panel
      .getByRole('listitem')
      .evaluateAll((cards) => cards.filter((card) => card.matches('.card')).map((card) => card.clientHeight));
    // Two lines of 20 px, and their padding.
    expect(heights.length).toBe(5);
    expect(Math.max(...heights)).toBeLessThanOrEqual(58);
    // The menu of the last one opens where it is looked for: upwards, and whole.
    await page.setViewportSize({ width: 320, height: 600 });
    const last = panel.getByRole('button', { name: /^Actions for/ }).last();
    await last.scrollIntoViewIfNeeded();
    const place = async () => [await last.boundingBox(), await page.locator('iframe').first().boundingBox()];
    const before = await place();
    await last.click();
    await panel.getByRole('menu').evaluate(wholeInTheWindow);
    expect(await place()).toEqual(before);
  });

  it('names an integration that failed, shows the others, and repeats the request on demand', async () => {
    await sandbox.arm({ path: '/graphql', status: 500, times: 'always' });
    await open('DEMO-1');
    await panel.getByText(/Couldn't load github\.com/).waitFor();
    await panel.getByText('DEMO-1-ours').waitFor();
    await fetch(`${sandbox.services}/github.com/sandbox/faults`, { method: 'DELETE' });
    await panel.getByRole('button', { name: 'Try again' }).click();
    await panel.getByText(/Couldn't load github\.com/).waitFor({ state: 'detached' });
  });

  it('sends the services at most twenty requests for one look', async () => {
    const before = (await sandbox.requests()).length;
    await open('DEMO-12');
    await panel.getByText("What's included").waitFor();
    expect((await sandbox.requests()).length - before).toBeLessThanOrEqual(20);
    expect((await sandbox.requests()).length).toBeGreaterThan(before);
  });

  it('says why a button is missing', async () => {
    const switches = { ...everythingOn, branchActions: false };
    expect(await sandbox.invoke('ada', 'manage-repositories', 'save-site-settings', switches)).toMatchObject({
      ok: true,
    });
    await open(issueKey);
    await panel.getByText('A Jira admin has turned off creating and deleting branches.').waitFor();
    expect(await panel.getByRole('button', { name: 'Create branch' }).count()).toBe(0);
    await panel.getByRole('button', { name: 'Create pull request' }).waitFor();
  });
});
