import {
  anyText,
  eventually,
  newFolder,
  removeFolder,
  startFixture,
  type Fixture,
  type Reply,
} from '../fixtures/forge-app/run';

type Delivery = {
  jobId: string;
  eventId: string;
  retry: null | { retryCount: number; retryReason: string; retryData: unknown };
};

const kvs = (app: Fixture, op: string, ...args: unknown[]) => app.call('kvs', { op, args });
const deliveries = async (app: Fixture, name: string): Promise<Delivery[]> =>
  ((await kvs(app, 'get', `deliveries:${name}`)).value ?? []) as Delivery[];

const jobOf = ({ value }: Reply): string => (value as { jobId: string }).jobId;

describe('queues', () => {
  let app: Fixture;
  let time = Date.parse('2026-03-01T12:00:00Z');
  beforeAll(async () => {
    app = await startFixture({ now: () => new Date(time) });
  });
  afterAll(() => app.stop());
  const push = async (...events: unknown[]): Promise<string> => jobOf(await app.call('push', { events }));

  it('deliver each event once to the consumer, outside of any person’s name', async () => {
    const jobId = await push({ body: { name: 'one' } }, { body: { name: 'two' } });
    expect(await app.get('/sandbox/idle')).toEqual({ idle: true });
    for (const name of ['one', 'two'])
      expect(await deliveries(app, name)).toEqual([{ jobId, eventId: anyText, retry: null }]);
    expect(await app.call('stats', { jobId })).toEqual({ value: { success: 2, inProgress: 0, failed: 0 } });
  });

  it('deliver again when the consumer requests it, with its reason', async () => {
    const jobId = await push({ body: { name: 'again', retries: 1 } });
    await eventually(async () => ((await deliveries(app, 'again')).length === 1 ? true : undefined));
    expect(await app.call('stats', { jobId })).toEqual({ value: { success: 0, inProgress: 1, failed: 0 } });
    time += 1_000;
    await app.get('/sandbox/idle');
    const [first, second] = await deliveries(app, 'again');
    expect(second).toEqual({
      ...first,
      retry: { retryCount: 1, retryReason: 'FUNCTION_RETRY_REQUEST', retryData: { attempt: 1 } },
    });
    expect(await app.call('stats', { jobId })).toEqual({ value: { success: 1, inProgress: 0, failed: 0 } });
  });

  it('deliver an event again for 24 hours, at most 15 minutes after the last time, and then drop it', async () => {
    const jobId = await push({ body: { name: 'never', retries: 9_999 } });
    await app.get('/sandbox/idle?hurry');
    // 1 s, 2 s, 4 s … to 15 minutes, and that until the day is over.
    expect(await deliveries(app, 'never')).toHaveLength(105);
    expect(await app.call('stats', { jobId })).toEqual({ value: { success: 0, inProgress: 0, failed: 1 } });
  });

  it('deliver again after an error of the consumer', async () => {
    const jobId = await push({ body: { name: 'broken', throws: true } });
    await eventually(async () => ((await deliveries(app, 'broken')).length === 1 ? true : undefined));
    time += 1_000;
    await eventually(async () => ((await deliveries(app, 'broken')).length === 2 ? true : undefined));
    expect(await app.call('stats', { jobId })).toEqual({ value: { success: 0, inProgress: 1, failed: 0 } });
    await app.call('cancel', { jobId });
  });

  it('take 500 events of a site in a minute', async () => {
    time += 60_000;
    const some = Array.from({ length: 50 }, (_, index) => ({ body: { name: `many-${index}` }, delayInSeconds: 900 }));
    const jobs: string[] = [];
    for (let pushes = 0; pushes < 10; pushes += 1) jobs.push(await push(...some));
    const [one] = some;
    expect(await app.call('push', { events: [one] })).toMatchObject({ error: { message: 'Too many requests.' } });
    time += 60_000;
    jobs.push(await push(one));
    for (const jobId of jobs) await app.call('cancel', { jobId });
  });

  it('hold a delayed event back until its time', async () => {
    await push({ body: { name: 'later' }, delayInSeconds: 60 }, { body: { name: 'now' } });
    await eventually(async () => ((await deliveries(app, 'now')).length === 1 ? true : undefined));
    expect(await deliveries(app, 'later')).toEqual([]);
    time += 60_000;
    await app.get('/sandbox/idle');
    expect(await deliveries(app, 'later')).toHaveLength(1);
  });

  it('follow the concurrency of an event', async () => {
    const concurrency = { key: 'one-at-a-time', limit: 1 };
    await push(...['a', 'b', 'c'].map((name) => ({ body: { name: `serial-${name}`, ms: 100 }, concurrency })));
    const started = performance.now();
    await app.get('/sandbox/idle');
    expect(performance.now() - started).toBeGreaterThan(290);
  });

  it('refuse an event that is too large, and know no job of another site', async () => {
    const jobId = await push({ body: { name: 'mine' } });
    expect((await app.call('stats', { jobId }, { site: 'globex' })).error?.message).toContain('was not found');
    expect((await app.call('push', { events: [{ body: { text: 'x'.repeat(201 * 1024) } }] })).error?.message).toContain(
      '200',
    );
  });

  it('deliver unfinished events after a restart', async () => {
    const data = await newFolder();
    const first = await startFixture({ data });
    const jobId = jobOf(await first.call('push', { events: [{ body: { name: 'survivor', ms: 60_000 } }] }));
    await eventually(async () => ((await deliveries(first, 'survivor')).length === 1 ? true : undefined));
    await first.stop();
    const second = await startFixture({ data });
    await eventually(async () => ((await deliveries(second, 'survivor')).length === 2 ? true : undefined));
    const [before, after] = await deliveries(second, 'survivor');
    expect(after).toEqual(before);
    expect(after?.jobId).toBe(jobId);
    await second.stop();
    await removeFolder(data);
  });
});

describe('scheduled triggers', () => {
  it('run when their interval is over, also when that was while the sandbox was off', async () => {
    const data = await newFolder();
    let now = Date.parse('2026-03-01T12:00:00Z');
    const options = { data, now: () => new Date(now) };
    let app = await startFixture(options);
    await app.get('/sandbox/idle');
    expect(await kvs(app, 'get', 'nightly')).toEqual({});
    await app.stop();
    now += 25 * 3600_000;
    app = await startFixture(options);
    expect(await eventually(async () => (await kvs(app, 'get', 'nightly')).value)).toEqual({
      context: { cloudId: '11111111-1111-4111-8111-111111111111', moduleKey: 'nightly' },
      principal: null,
    });
    await app.stop();
    await removeFolder(data);
  });

  it('run at once for one site on request', async () => {
    const app = await startFixture();
    const { body } = await app.post('/sandbox/run-trigger', { key: 'nightly', site: 'globex' });
    expect(body).toEqual({ ok: true, value: { statusCode: 204 } });
    expect((await app.call('kvs', { op: 'get', args: ['nightly'] }, { site: 'globex' })).value).toBeDefined();
    expect(await kvs(app, 'get', 'nightly')).toEqual({});
    expect((await app.post('/sandbox/run-trigger', { key: 'hourly' })).status).toBe(400);
    await app.stop();
  });
});

describe('installing and uninstalling', () => {
  it('runs the app’s trigger once per site', async () => {
    const data = await newFolder();
    let app = await startFixture({ data });
    expect((await kvs(app, 'get', 'installed')).value).toMatchObject({
      eventType: 'avi:forge:installed:app',
      context: 'ari:cloud:jira::site/11111111-1111-4111-8111-111111111111',
    });
    await kvs(app, 'delete', 'installed');
    await app.stop();
    app = await startFixture({ data });
    expect(await kvs(app, 'get', 'installed')).toEqual({});
    await app.stop();
    await removeFolder(data);
  });

  it('lets the app clean up, drops its data of that site, and answers nothing there any more', async () => {
    const app = await startFixture();
    await kvs(app, 'setSecret', 'pat', 'x');
    await app.call('kvs', { op: 'set', args: ['kept', 1] }, { site: 'globex' });
    expect((await app.post('/sandbox/uninstall', { site: 'acme' })).status).toBe(200);
    expect(await app.get('/sandbox/storage?site=acme')).toEqual({ site: 'acme', values: [], secrets: [] });
    const { status, body } = await app.post('/sandbox/invoke', {
      as: 'alice',
      module: 'panel',
      issueKey: 'DEMO-1',
      call: 'who',
      payload: {},
    });
    expect({ status, code: body.error.code }).toEqual({ status: 400, code: 'PLATFORM_NOT_INSTALLED' });
    expect(await app.call('kvs', { op: 'get', args: ['kept'] }, { site: 'globex' })).toEqual({ value: 1 });
    await app.stop();
  });

  it('begins anew after a reset', async () => {
    const app = await startFixture();
    await kvs(app, 'set', 'mine', 1);
    await app.call('warm');
    expect((await app.post('/sandbox/reset', {})).body).toEqual({ ok: true });
    expect(await kvs(app, 'get', 'mine')).toEqual({});
    expect((await kvs(app, 'get', 'installed')).value).toBeDefined();
    expect((await app.call('warm')).count).toBe(1);
    expect(await app.get('/sandbox/requests')).toEqual([]);
    await app.stop();
  });
});
