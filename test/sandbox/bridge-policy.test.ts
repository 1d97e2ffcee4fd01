import { eventually, frame, inFrame, openIssue, useBridgeStage } from '../support/bridge-stage';

const stage = useBridgeStage();

describe('every page', () => {
  it('breaks no content security policy and prints no error', async () => {
    stage.fixture.pages.reset();
    const inside = await openIssue(stage);
    await inside.getByRole('button', { name: 'Open dialog' }).click();
    await frame(stage, '[data-resource="dialog"]');
    await stage.page.goto(`${stage.fixture.siteUrl}/settings/apps?as=ada`);
    await frame(stage, '[data-module="admin"]');
    const reports = await stage.page.request.get(`${stage.fixture.siteUrl}/sandbox/csp-reports`);
    expect(await reports.json()).toEqual([]);
    expect(stage.errors).toEqual([]);
  });

  it('is reported when it uses an inline style', async () => {
    stage.fixture.pages.reset();
    const inside = await openIssue(stage);
    await inside.evaluate(
      "document.head.append(Object.assign(document.createElement('style'), { textContent: 'body{color:red}' }))",
    );
    const reports = async () =>
      (await (await stage.page.request.get(`${stage.fixture.siteUrl}/sandbox/csp-reports`)).json()) as {
        directive: string;
      }[];
    await eventually(reports, (found) => found.length > 0);
    expect(await reports()).toEqual([expect.objectContaining({ directive: 'style-src-elem', blocked: 'inline' })]);
  });

  /** The first message of a page's script, and a call: from the window where it runs, to the window that it names. */
  const knock = `(target) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => (window.answered = true);
    target.postMessage({ localForge: 'bridge' }, '*', [port2]);
    port1.postMessage({ kind: 'call', id: 1, command: 'invoke', payload: { functionKey: 'stolen' } });
  }`;
  const calls = () => stage.fixture.invocations.map(({ call }) => call);

  it('is accepted from a frame of the site', async () => {
    const inside = await openIssue(stage);
    await inside.evaluate(`(${knock})(window.parent)`);
    await eventually(
      () => inside.evaluate('window.answered'),
      (answered) => answered === true,
    );
    expect(calls()).toContain('stolen');
  });

  it.each([
    ['another origin', () => stage.fixture.foreignUrl],
    ['the pages’ origin, but no frame of the site', () => `${stage.fixture.pagesUrl}/acme/icons/mark.svg`],
    ['the site’s own origin', () => `${stage.fixture.siteUrl}/`],
  ])('is ignored from a window at %s', async (_where, url) => {
    stage.fixture.invocations.length = 0;
    await stage.page.goto(url());
    const [victim] = await Promise.all([
      stage.context.waitForEvent('page'),
      stage.page.evaluate(
        `window.victim = window.open(${JSON.stringify(`${stage.fixture.siteUrl}/browse/DEMO-1?as=ada`)}); undefined`,
      ),
    ]);
    const inside = await (await victim.waitForSelector('iframe[data-module="context"]')).contentFrame();
    await inside?.waitForSelector('html[data-ready]');
    await stage.page.evaluate(`(${knock})(window.victim)`);
    // Messages are processed in order: a call of the site's own frame shows when the earlier ones are done.
    if (inside) await inFrame(inside, ({ invoke }) => invoke('afterwards'));
    expect(calls()).toEqual(['afterwards']);
    expect(await stage.page.evaluate('window.answered')).toBeUndefined();
  });

  it('cannot be framed by anything but the site', async () => {
    const stranger = await stage.context.newPage();
    await stranger.goto(stage.fixture.foreignUrl);
    const refused = stranger.waitForEvent('console', (message) => message.text().includes('frame-ancestors'));
    await stranger.evaluate((source) => {
      document.body.append(Object.assign(document.createElement('iframe'), { src: source }));
    }, `${stage.fixture.pagesUrl}/acme/page/index.html`);
    await refused;
  });
});
