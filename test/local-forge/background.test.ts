import { rm } from 'node:fs/promises';
import { openLocalForge } from 'local-forge';
import { copyOf, openApp, type OpenedApp } from '../fixtures/forge-apps/open';

describe('an app with parts that are not modelled', () => {
  it('is refused with the name of each, and how to run the rest', async () => {
    const app = await copyOf('background');
    const opened = openLocalForge({ app, data: app, port: 0 });
    await expect(opened).rejects.toThrow(
      [
        'manifest.yml has what cannot run here:',
        '  webtrigger:hook: web triggers have no address here.',
        '  macro:quote: there is no Confluence here.',
        'To run the rest, leave them out: --without webtrigger:hook --without macro:quote',
      ].join('\n'),
    );
    await rm(app, { recursive: true, force: true });
  });
});

describe('the rest of it', () => {
  let app: OpenedApp;
  beforeAll(async () => {
    app = await openApp('background', { without: ['webtrigger', 'macro:quote'] });
  });
  afterAll(() => app.stop());

  it('names the missing parts at the start', async () => {
    const said = (await app.get('/sandbox/logs')).map(({ text }: { text: string }) => text);
    expect(said).toEqual(
      expect.arrayContaining([
        'webtrigger:hook was left out.',
        'macro:quote was left out.',
        'Nothing here makes the events of trigger:on-issue: POST /sandbox/event does.',
      ]),
    );
  });

  it('works through events, queue and schedule', async () => {
    for (const key of ['DEMO-1', 'DEMO-2'])
      await app.post('/sandbox/event', { event: 'avi:jira:created:issue', payload: { issue: { key } } });
    await app.get('/sandbox/idle?hurry');
    const { body } = await app.post('/sandbox/run-trigger', { key: 'hourly' });
    expect(body).toEqual({ ok: true, value: { count: 2 } });
    const { values } = await app.get('/sandbox/storage');
    expect(values).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ key: 'last', value: { issue: expect.stringMatching(/^DEMO-/) } }),
      ]),
    );
  });

  it('has no trigger of another event', async () => {
    const { status, body } = await app.post('/sandbox/event', { event: 'avi:jira:deleted:issue' });
    expect([status, body.error.message]).toEqual([400, 'The manifest has no trigger of avi:jira:deleted:issue.']);
  });
});
