import type * as bridgePackage from '@forge/bridge';
import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import { startFixture, type Fixture } from '../fixtures/bridge-page/start';
import { launchBrowser } from '../support/browser';

let fixture: Fixture;
let browser: Browser;
beforeAll(async () => {
  [fixture, browser] = await Promise.all([startFixture(), launchBrowser()]);
}, 60_000);
afterAll(async () => {
  await browser.close();
  await fixture.close();
});

let context: BrowserContext;
let page: Page;
let errors: string[];
beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 1280, height: 1000 } });
  page = await context.newPage();
  errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
});
afterEach(async () => {
  await context.close();
  expect(fixture.failures).toEqual([]);
});

type Bridge = typeof bridgePackage;

/** The frame of a module (or of the dialog resource), once its page is ready. */
async function frame(selector: string): Promise<Frame> {
  const element = await page.waitForSelector(`iframe${selector}`);
  const found = await element.contentFrame();
  if (!found) throw new Error(`no frame in ${selector}`);
  await found.waitForSelector('html[data-ready]');
  return found;
}

/** Waits until `read` gives what is wanted; the last try decides. (Playwright's own way needs `eval`, which the policy forbids.) */
async function eventually<Value>(read: () => Promise<Value>, wanted: (value: Value) => boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const value = await read();
    if (wanted(value)) return;
    if (Date.now() > deadline) throw new Error(`still ${JSON.stringify(value)}`);
    await page.waitForTimeout(25);
  }
}

/** Runs code in the frame with the real bridge. */
function inFrame<Result>(where: Frame, work: (bridge: Bridge) => Promise<Result> | Result): Promise<Result> {
  const code = `(${work.toString()})(window.bridge)`;
  return where.evaluate<Result>(code);
}

async function openIssue(as = 'alice'): Promise<Frame> {
  await page.goto(`${fixture.siteUrl}/browse/DEMO-1?as=${as}`);
  return frame('[data-module="context"]');
}

describe('the real bridge package', () => {
  it('invokes a resolver as the person the page is shown to', async () => {
    const inside = await openIssue('bob');
    expect(await inFrame(inside, (bridge) => bridge.invoke('load', { some: ['payload'] }))).toEqual({
      heard: { some: ['payload'] },
    });
    expect(fixture.invocations.at(-1)).toMatchObject({
      accountId: fixture.jira.person('acme', 'bob')?.accountId,
      call: 'load',
    });
  });

  it('rejects with the message of the platform when the resolver fails', async () => {
    const inside = await openIssue();
    const failure = await inFrame(inside, (bridge) =>
      bridge.invoke('fail').then(String, (error: unknown) => String(error)),
    );
    expect(failure).toBe('Error: The resolver failed on purpose.');
  });

  it('knows where it is', async () => {
    const inside = await openIssue();
    const found = await inFrame(inside, (bridge) => bridge.view.getContext());
    expect(found).toMatchObject({
      accountId: fixture.jira.person('acme', 'alice')?.accountId,
      cloudId: '11111111-1111-4111-8111-111111111111',
      siteUrl: 'https://acme.atlassian.net',
      moduleKey: 'context',
      environmentType: 'DEVELOPMENT',
      locale: 'en-US',
      timezone: 'Europe/Berlin',
      theme: { colorMode: 'light' },
      extension: { type: 'jira:issueContext', issue: { key: 'DEMO-1' }, project: { key: 'DEMO' } },
    });
  });

  it('finds its translations', async () => {
    const inside = await openIssue();
    expect(
      await inFrame(inside, async ({ i18n }) => (await i18n.createTranslationFunction('de-DE'))('app.title')),
    ).toBe('Vorrichtung');
  });

  it('is refused by name what the sandbox does not model', async () => {
    const inside = await openIssue();
    const failure = await inFrame(inside, (bridge) =>
      bridge.requestJira('/rest/api/3/myself').then(String, (error: unknown) => String(error)),
    );
    expect(failure).toContain('not modelled by the sandbox: fetchProduct');
  });

  it('sends events to the other frames of the app, until they unsubscribe', async () => {
    const inside = await openIssue();
    await page.getByRole('button', { name: 'Add panel: Fixture panel' }).click();
    const panel = await frame('[data-module="panel"]');
    const again = await frame('[data-module="context"]');
    expect(inside).not.toBe(again);
    await inFrame(panel, async ({ events }) => {
      const heard: unknown[] = [];
      const subscription = await events.on('changed', (payload: unknown) => void heard.push(payload));
      Object.assign(window, { heard, subscription });
    });
    await inFrame(again, ({ events }) => events.emit('changed', { branch: 'main' }));
    await eventually(
      () => panel.evaluate('window.heard.length'),
      (count) => count === 1,
    );
    expect(await panel.evaluate('window.heard')).toEqual([{ branch: 'main' }]);
    await panel.evaluate('window.subscription.unsubscribe()');
    await inFrame(again, ({ events }) => events.emit('changed', 'unheard'));
    await inFrame(again, ({ events }) => events.emit('changed', 'unheard'));
    expect(await panel.evaluate('window.heard.length')).toBe(1);
    fixture.jira.reset();
  });

  it('changes the title of the window', async () => {
    const inside = await openIssue();
    await inFrame(inside, ({ view }) => view.changeWindowTitle('Something else'));
    expect(await page.title()).toBe('Something else');
  });

  it('grows and shrinks its frame with the content', async () => {
    const inside = await openIssue();
    const height = async () => (await page.locator('iframe[data-module="context"]').boundingBox())?.height ?? 0;
    await eventually(height, (now) => now !== 120);
    const before = await height();
    await inside.evaluate("document.querySelector('main').style.height = '700px'");
    await eventually(height, (now) => now >= 700);
    await inside.evaluate("document.querySelector('main').style.height = ''");
    await eventually(height, (now) => now === before);
  });
});

describe('a modal', () => {
  it('has its context, gives its payload to the opener and the focus back to the button', async () => {
    const inside = await openIssue();
    await inside.getByRole('button', { name: 'Open dialog' }).click();
    const dialog = await frame('[data-resource="dialog"]');
    expect(await dialog.evaluate('document.hasFocus()')).toBe(true);
    expect(await inFrame(dialog, async ({ view }) => (await view.getContext()).extension)).toMatchObject({
      type: 'jira:issueContext',
      issue: { key: 'DEMO-1' },
      modal: { from: 'fixture' },
    });
    expect((await page.getByRole('dialog').boundingBox())?.width).toBe(600);
    void inFrame(dialog, ({ view }) => view.close({ created: true })).catch(() => undefined);
    await inside.getByText('closed with {"created":true}').waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await inside.evaluate('document.hasFocus() && document.activeElement.id')).toBe('open');
    expect(await page.locator('#site[inert]').count()).toBe(0);
  });

  it('sends its context along with its calls', async () => {
    const inside = await openIssue();
    await inside.getByRole('button', { name: 'Open dialog' }).click();
    await inFrame(await frame('[data-resource="dialog"]'), ({ invoke }) => invoke('from-dialog'));
    expect(fixture.invocations.at(-1)).toMatchObject({
      call: 'from-dialog',
      context: { extension: { modal: { from: 'fixture' } } },
    });
  });

  it('closes on Escape typed inside it, and tells both pages', async () => {
    const inside = await openIssue();
    await inside.getByRole('button', { name: 'Open dialog' }).click();
    const dialog = await frame('[data-resource="dialog"]');
    await inFrame(dialog, async ({ view, events }) => view.onClose(() => events.emit('closing')));
    await inFrame(inside, async ({ events }) => {
      await events.on('closing', () => document.documentElement.setAttribute('data-closing', ''));
    });
    await dialog.getByRole('button', { name: 'Open dialog' }).press('Escape');
    await inside.getByText('closed with undefined').waitFor();
    await inside.waitForSelector('html[data-closing]');
  });

  it('closes on a click beside it, unless told not to', async () => {
    const inside = await openIssue();
    await inside.getByRole('button', { name: 'Open dialog' }).click();
    await frame('[data-resource="dialog"]');
    await page.mouse.click(5, 500);
    await inside.getByText('closed with undefined').waitFor();
    await inFrame(inside, ({ Modal }) =>
      new Modal({ resource: 'dialog', title: 'Stay', closeOnOverlayClick: false, closeOnEscape: false }).open(),
    );
    const dialog = await frame('[data-resource="dialog"]');
    await page.mouse.click(5, 500);
    await dialog.getByRole('button', { name: 'Open dialog' }).press('Escape');
    expect(await page.getByRole('dialog', { name: 'Stay' }).count()).toBe(1);
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('can open another one, and only the topmost can be reached', async () => {
    const inside = await openIssue();
    await inside.getByRole('button', { name: 'Open dialog' }).click();
    const first = await frame('[data-resource="dialog"]');
    await first.getByRole('button', { name: 'Open dialog' }).click();
    await eventually(
      () => page.locator('[role=dialog]').count(),
      (count) => count === 2,
    );
    expect(await page.locator('.overlay[inert]').count()).toBe(1);
    await page.mouse.click(5, 500);
    await first.getByText('closed with undefined').waitFor();
    expect(await page.getByRole('dialog').count()).toBe(1);
    expect(await first.evaluate('document.activeElement.id')).toBe('open');
  });

  it('opens from the issue’s menu by keyboard, in the size of the module', async () => {
    await openIssue();
    await page.getByRole('button', { name: 'Actions' }).press('Enter');
    await page.getByRole('menuitem', { name: 'Fixture action' }).press('Enter');
    const dialog = await frame('[data-module="action"]');
    expect((await page.getByRole('dialog', { name: 'Fixture action' }).boundingBox())?.width).toBe(400);
    expect(await inFrame(dialog, async ({ view }) => String((await view.getContext()).extension['type']))).toBe(
      'jira:issueAction',
    );
    void inFrame(dialog, ({ view }) => view.close()).catch(() => undefined);
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(
      await page.getByRole('button', { name: 'Actions' }).evaluate((button) => button === document.activeElement),
    ).toBe(true);
  });

  it('is the only page that can close itself', async () => {
    const inside = await openIssue();
    expect(await inFrame(inside, ({ view }) => view.close().then(String, (error: unknown) => String(error)))).toContain(
      'not closable',
    );
  });
});

describe('flags', () => {
  it('say what happened, and run the page’s own actions', async () => {
    const inside = await openIssue();
    await inFrame(inside, ({ showFlag }) => {
      const clicked = () => document.documentElement.setAttribute('data-clicked', '');
      showFlag({
        id: 'one',
        type: 'success',
        title: 'Branch created',
        description: 'DEMO-1-x',
        actions: [{ text: 'Open', onClick: clicked }],
      });
    });
    const flag = page.getByRole('status').filter({ hasText: 'Branch created' });
    await flag.getByRole('button', { name: 'Open' }).click();
    await inside.waitForSelector('html[data-clicked]');
    await flag.getByRole('button', { name: 'Dismiss' }).click();
    await flag.waitFor({ state: 'detached' });
  });

  it('can be closed by the page, and errors are announced at once', async () => {
    const inside = await openIssue();
    await inFrame(
      inside,
      ({ showFlag }) => Object.assign(window, { flag: showFlag({ id: 2, type: 'error', title: 'No' }) }) && undefined,
    );
    await page.getByRole('alert').waitFor();
    await inside.evaluate('window.flag.close()');
    await page.getByRole('alert').waitFor({ state: 'detached' });
  });
});

describe('navigation', () => {
  const opened = async (work: () => Promise<unknown>): Promise<Page> => {
    const [tab] = await Promise.all([context.waitForEvent('page'), work()]);
    await tab.waitForLoadState();
    return tab;
  };

  it('opens a page of a simulated service at its twin on this machine', async () => {
    const inside = await openIssue();
    const tab = await opened(() =>
      inFrame(inside, ({ router }) => router.open('https://github.com/acme/web/tree/main?a=1')),
    );
    expect(tab.url()).toBe(`${fixture.servicesUrl}/github.com/acme/web/tree/main?a=1`);
    expect(await tab.evaluate('window.opener')).toBeNull();
  });

  it('goes to other pages of the site as the same person, under the product’s addresses too', async () => {
    const inside = await openIssue('bob');
    const tab = await opened(() =>
      inFrame(inside, ({ router }) => router.open('/jira/settings/personal/apps/any/env')),
    );
    expect(await tab.getByRole('button', { name: 'People: Bob Developer' }).count()).toBe(1);
    expect(tab.url()).toContain('as=bob');
    await inFrame(inside, ({ router }) => router.navigate('https://acme.atlassian.net/browse/DEMO-2')).catch(
      () => undefined,
    );
    await page.waitForURL(/\/browse\/DEMO-2\?as=bob/);
  });

  it('finds the app’s own pages by module', async () => {
    const inside = await openIssue();
    const url = await inFrame(inside, async ({ router }) =>
      String(await router.getUrl({ target: 'module', moduleKey: 'admin' } as never)),
    );
    expect(new URL(url).pathname).toMatch(/^\/jira\/settings\/apps\//);
  });

  it('never leaves the sandbox: it says where the link would have gone', async () => {
    const inside = await openIssue();
    await inFrame(inside, ({ router }) => router.open('https://example.com/somewhere'));
    await page.getByText('Jira would go to https://example.com/somewhere').waitFor();
    expect(context.pages()).toHaveLength(1);
  });
});

describe('light and dark', () => {
  it('follow the person’s choice in the site and in the pages, and are remembered', async () => {
    const inside = await openIssue();
    const background = (where: Page | Frame) => where.evaluate('getComputedStyle(document.body).backgroundColor');
    const light = await background(inside);
    expect(await background(page)).toBe(light);
    await page.getByRole('button', { name: 'People: Alice Developer' }).click();
    await page.getByRole('menuitemradio', { name: 'Dark theme' }).click();
    await inside.waitForSelector('html[data-color-mode="dark"]');
    const dark = await background(inside);
    expect(dark).not.toBe(light);
    expect(await background(page)).toBe(dark);
    const again = await openIssue();
    expect(await background(again)).toBe(dark);
    expect(await inFrame(again, async ({ view }) => (await view.getContext()).theme?.colorMode)).toBe('dark');
  });
});

describe('customer-managed egress', () => {
  const ask = (where: Frame) =>
    inFrame(where, ({ permissions }) =>
      permissions.egress
        .set({
          egresses: [
            {
              key: 'ghe',
              description: 'GitHub Enterprise',
              configured: [{ domain: 'https://ghe.acme.example', type: ['FETCH_BACKEND_SIDE' as never] }],
            },
          ],
        })
        .then(
          (answer) => JSON.stringify(answer),
          (error: unknown) => String(error),
        ),
    );
  const openAdmin = async () => {
    await page.goto(`${fixture.siteUrl}/settings/apps?as=ada`);
    return frame('[data-module="admin"]');
  };

  it('asks the admin, who sees the domains, and approves', async () => {
    const inside = await openAdmin();
    const answer = ask(inside);
    const dialog = page.getByRole('dialog', { name: 'Allow access to external domains?' });
    await dialog.getByText('https://ghe.acme.example').waitFor();
    await dialog.getByRole('button', { name: 'Allow' }).click();
    expect(JSON.parse(await answer)).toMatchObject({ results: [{ key: 'ghe' }] });
    expect(fixture.approved).toHaveLength(1);
    expect(await inFrame(inside, ({ permissions }) => permissions.egress.get({}))).toMatchObject({
      results: [{ key: 'ghe' }],
    });
  });

  it('rejects when the admin declines, and approves nothing', async () => {
    fixture.approved.length = 0;
    const answer = ask(await openAdmin());
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    expect(await answer).toContain('declined');
    expect(fixture.approved).toEqual([]);
  });

  it('is not even asked of somebody who is no admin', async () => {
    expect(await ask(await openIssue('alice'))).toContain('Only an administrator');
    expect(await page.getByRole('dialog').count()).toBe(0);
  });
});

describe('what holds for every page', () => {
  it('breaks no content security policy and prints no error', async () => {
    fixture.pages.reset();
    const inside = await openIssue();
    await inside.getByRole('button', { name: 'Open dialog' }).click();
    await frame('[data-resource="dialog"]');
    await page.goto(`${fixture.siteUrl}/settings/apps?as=ada`);
    await frame('[data-module="admin"]');
    const reports = await page.request.get(`${fixture.siteUrl}/sandbox/csp-reports`);
    expect(await reports.json()).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('is reported when it uses an inline style', async () => {
    fixture.pages.reset();
    const inside = await openIssue();
    await inside.evaluate(
      "document.head.append(Object.assign(document.createElement('style'), { textContent: 'body{color:red}' }))",
    );
    const reports = async () =>
      (await (await page.request.get(`${fixture.siteUrl}/sandbox/csp-reports`)).json()) as { directive: string }[];
    await eventually(reports, (found) => found.length > 0);
    expect(await reports()).toEqual([expect.objectContaining({ directive: 'style-src-elem', blocked: 'inline' })]);
  });

  /** What a page's script sends first, and a call: from wherever it is run, to the window it names. */
  const knock = `(target) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => (window.answered = true);
    target.postMessage({ undersignedSandbox: 'bridge' }, '*', [port2]);
    port1.postMessage({ kind: 'call', id: 1, command: 'invoke', payload: { functionKey: 'stolen' } });
  }`;
  const calls = () => fixture.invocations.map(({ call }) => call);

  it('is heard when it knocks from a frame of the site', async () => {
    const inside = await openIssue();
    await inside.evaluate(`(${knock})(window.parent)`);
    await eventually(
      () => inside.evaluate('window.answered'),
      (answered) => answered === true,
    );
    expect(calls()).toContain('stolen');
  });

  it.each([
    ['another origin', () => fixture.foreignUrl],
    ['the pages’ origin, but no frame of the site', () => `${fixture.pagesUrl}/acme/icons/mark.svg`],
    ['the site’s own origin', () => `${fixture.siteUrl}/`],
  ])('is not heard when it knocks from a window at %s', async (_where, url) => {
    fixture.invocations.length = 0;
    await page.goto(url());
    const [victim] = await Promise.all([
      context.waitForEvent('page'),
      page.evaluate(
        `window.victim = window.open(${JSON.stringify(`${fixture.siteUrl}/browse/DEMO-1?as=ada`)}); undefined`,
      ),
    ]);
    const inside = await (await victim.waitForSelector('iframe[data-module="context"]')).contentFrame();
    await inside?.waitForSelector('html[data-ready]');
    await page.evaluate(`(${knock})(window.victim)`);
    // What was sent before is dealt with before: a call of the site's own frame says when to look.
    if (inside) await inFrame(inside, ({ invoke }) => invoke('afterwards'));
    expect(calls()).toEqual(['afterwards']);
    expect(await page.evaluate('window.answered')).toBeUndefined();
  });

  it('cannot be framed by anything but the site', async () => {
    const stranger = await context.newPage();
    await stranger.goto(fixture.foreignUrl);
    const refused = stranger.waitForEvent('console', (message) => message.text().includes('frame-ancestors'));
    await stranger.evaluate((source) => {
      document.body.append(Object.assign(document.createElement('iframe'), { src: source }));
    }, `${fixture.pagesUrl}/acme/page/index.html`);
    await refused;
  });
});
