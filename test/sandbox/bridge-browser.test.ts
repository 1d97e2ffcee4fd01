import type { Frame, Page } from 'playwright-core';
import { eventually, frame, inFrame, openIssue, useBridgeStage } from '../support/bridge-stage';

const stage = useBridgeStage();

describe('the real bridge package', () => {
  it('invokes a resolver as the person the page is shown to', async () => {
    const inside = await openIssue(stage, 'bob');
    expect(await inFrame(inside, (bridge) => bridge.invoke('load', { some: ['payload'] }))).toEqual({
      heard: { some: ['payload'] },
    });
    expect(stage.fixture.invocations.at(-1)).toMatchObject({
      accountId: stage.fixture.jira.person('acme', 'bob')?.accountId,
      call: 'load',
    });
  });

  it('rejects with the message of the platform when the resolver fails', async () => {
    const inside = await openIssue(stage);
    const failure = await inFrame(inside, (bridge) =>
      bridge.invoke('fail').then(String, (error: unknown) => String(error)),
    );
    expect(failure).toBe('Error: The resolver failed on purpose.');
  });

  it('knows its place', async () => {
    const inside = await openIssue(stage);
    const found = await inFrame(inside, (bridge) => bridge.view.getContext());
    expect(found).toMatchObject({
      accountId: stage.fixture.jira.person('acme', 'alice')?.accountId,
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
    const inside = await openIssue(stage);
    expect(
      await inFrame(inside, async ({ i18n }) => (await i18n.createTranslationFunction('de-DE'))('app.title')),
    ).toBe('Vorrichtung');
  });

  it('is refused by name for everything that the sandbox does not model', async () => {
    const inside = await openIssue(stage);
    const failure = await inFrame(inside, (bridge) =>
      bridge.requestConfluence('/wiki/api/v2/pages').then(String, (error: unknown) => String(error)),
    );
    expect(failure).toContain('not modelled by the sandbox: requests of a page to confluence');
  });

  it('sends events to the other frames of the app, until they unsubscribe', async () => {
    const inside = await openIssue(stage);
    await stage.page.getByRole('button', { name: 'Add panel: Fixture panel' }).click();
    const panel = await frame(stage, '[data-module="panel"]');
    const again = await frame(stage, '[data-module="context"]');
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
    stage.fixture.jira.reset();
  });

  it('changes the title of the window', async () => {
    const inside = await openIssue(stage);
    await inFrame(inside, ({ view }) => view.changeWindowTitle('Something else'));
    expect(await stage.page.title()).toBe('Something else');
  });

  it('grows and shrinks its frame with the content', async () => {
    const inside = await openIssue(stage);
    const height = async () => (await stage.page.locator('iframe[data-module="context"]').boundingBox())?.height ?? 0;
    await eventually(height, (now) => now !== 120);
    const before = await height();
    await inside.evaluate("document.querySelector('main').style.height = '700px'");
    await eventually(height, (now) => now >= 700);
    await inside.evaluate("document.querySelector('main').style.height = ''");
    await eventually(height, (now) => now === before);
  });
});

describe('flags', () => {
  it('show their message, and run the page’s own actions', async () => {
    const inside = await openIssue(stage);
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
    const flag = stage.page.getByRole('status').filter({ hasText: 'Branch created' });
    await flag.getByRole('button', { name: 'Open' }).click();
    await inside.waitForSelector('html[data-clicked]');
    await flag.getByRole('button', { name: 'Dismiss' }).click();
    await flag.waitFor({ state: 'detached' });
  });

  it('can be closed by the page, and errors are announced at once', async () => {
    const inside = await openIssue(stage);
    await inFrame(
      inside,
      ({ showFlag }) => Object.assign(window, { flag: showFlag({ id: 2, type: 'error', title: 'No' }) }) && undefined,
    );
    await stage.page.getByRole('alert').waitFor();
    await inside.evaluate('window.flag.close()');
    await stage.page.getByRole('alert').waitFor({ state: 'detached' });
  });
});

describe('navigation', () => {
  const opened = async (work: () => Promise<unknown>): Promise<Page> => {
    const [tab] = await Promise.all([stage.context.waitForEvent('page'), work()]);
    await tab.waitForLoadState();
    return tab;
  };

  it('opens a page of a simulated service at its twin on this machine', async () => {
    const inside = await openIssue(stage);
    const tab = await opened(() =>
      inFrame(inside, ({ router }) => router.open('https://github.com/acme/web/tree/main?a=1')),
    );
    expect(tab.url()).toBe(`${stage.fixture.servicesUrl}/github.com/acme/web/tree/main?a=1`);
    expect(await tab.evaluate('window.opener')).toBeNull();
  });

  it('goes to other pages of the site as the same person, under the product’s addresses too', async () => {
    const inside = await openIssue(stage, 'bob');
    const tab = await opened(() =>
      inFrame(inside, ({ router }) => router.open('/jira/settings/personal/apps/any/env')),
    );
    expect(await tab.getByRole('button', { name: 'People: Bob Developer' }).count()).toBe(1);
    expect(tab.url()).toContain('as=bob');
    await inFrame(inside, ({ router }) => router.navigate('https://acme.atlassian.net/browse/DEMO-2')).catch(
      () => undefined,
    );
    await stage.page.waitForURL(/\/browse\/DEMO-2\?as=bob/);
  });

  it('finds the app’s own pages by module', async () => {
    const inside = await openIssue(stage);
    const url = await inFrame(inside, async ({ router }) =>
      String(await router.getUrl({ target: 'module', moduleKey: 'admin' } as never)),
    );
    expect(new URL(url).pathname).toMatch(/^\/jira\/settings\/apps\//);
  });

  it('never leaves the sandbox: it shows the address of the link', async () => {
    const inside = await openIssue(stage);
    await inFrame(inside, ({ router }) => router.open('https://example.com/somewhere'));
    await stage.page.getByText('Jira would go to https://example.com/somewhere').waitFor();
    expect(stage.context.pages()).toHaveLength(1);
  });
});

describe('light and dark', () => {
  it('follow the person’s choice in the site and in the pages, and are remembered', async () => {
    const inside = await openIssue(stage);
    const background = (where: Page | Frame) => where.evaluate('getComputedStyle(document.body).backgroundColor');
    const light = await background(inside);
    expect(await background(stage.page)).toBe(light);
    await stage.page.getByRole('button', { name: 'People: Alice Developer' }).click();
    await stage.page.getByRole('menuitemradio', { name: 'Dark theme' }).click();
    await inside.waitForSelector('html[data-color-mode="dark"]');
    const dark = await background(inside);
    expect(dark).not.toBe(light);
    expect(await background(stage.page)).toBe(dark);
    const again = await openIssue(stage);
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
    await stage.page.goto(`${stage.fixture.siteUrl}/settings/apps?as=ada`);
    return frame(stage, '[data-module="admin"]');
  };

  it('asks the admin, who sees the domains and approves them', async () => {
    const inside = await openAdmin();
    const answer = ask(inside);
    const dialog = stage.page.getByRole('dialog', { name: 'Allow access to external domains?' });
    await dialog.getByText('https://ghe.acme.example').waitFor();
    await dialog.getByRole('button', { name: 'Allow' }).click();
    expect(JSON.parse(await answer)).toMatchObject({ results: [{ key: 'ghe' }] });
    expect(stage.fixture.approved).toHaveLength(1);
    expect(await inFrame(inside, ({ permissions }) => permissions.egress.get({}))).toMatchObject({
      results: [{ key: 'ghe' }],
    });
  });

  it('rejects when the admin declines, and approves nothing', async () => {
    stage.fixture.approved.length = 0;
    const answer = ask(await openAdmin());
    await stage.page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    expect(await answer).toContain('declined');
    expect(stage.fixture.approved).toEqual([]);
  });

  it('is refused for people who are no admin', async () => {
    expect(await ask(await openIssue(stage, 'alice'))).toContain('Only an administrator');
    expect(await stage.page.getByRole('dialog').count()).toBe(0);
  });
});
