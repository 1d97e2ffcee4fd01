import { everythingOn, openOffice, people, site, type Office } from './office';

let office: Office;

beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());
afterEach(() => office.usualSettings());

const secrets = () => office.app.entries.secretKeys(site);

describe('The settings of the site', () => {
  it('are saved and recorded; the branch name rule does not change, and the other way round', async () => {
    const rule = { template: '${issuekey}', separator: '_', maxBytes: 60 };
    expect(await office.asAdmin('save-branch-name-rule', rule)).toEqual({ ok: true, value: { branchName: rule } });
    const others = { developmentInfo: true, developmentTransitions: false, leaverDays: 7, reminders: 'issue' };
    const settings = { requireUserPat: false, branchActions: false, pullRequestActions: true, ...others };
    expect(await office.asAdmin('save-site-settings', settings)).toEqual({ ok: true, value: { settings } });
    const { value } = await office.asAdmin('load-site');
    expect(value).toMatchObject({ settings, branchName: rule });
    const [first, second] = await office.noted();
    expect([first.action, second.action]).toEqual(['save-site-settings', 'save-site-settings']);
    expect(first).not.toHaveProperty('integration');
    expect(first).not.toHaveProperty('actor');
  });

  it('that require tokens leave no copy for writes, and a queue restores them afterwards', async () => {
    const id = await office.connect();
    const strict = await office.connect({ requireUserPat: true });
    await office.asAdmin('save-site-settings', { ...everythingOn, requireUserPat: true });
    expect(secrets()).not.toContain(`ready-credential:${id}`);
    await office.app.settle();
    expect(secrets()).not.toContain(`ready-credential:${id}`);
    await office.asAdmin('save-site-settings', everythingOn);
    await office.app.settle();
    expect(secrets()).toContain(`ready-credential:${id}`);
    expect(secrets()).not.toContain(`ready-credential:${strict}`);
  });

  it('remove no copy where no token is required', async () => {
    const id = await office.connect();
    await office.asAdmin('save-site-settings', { ...everythingOn, branchActions: false });
    await office.app.settle({ hurry: true });
    expect(secrets()).toContain(`ready-credential:${id}`);
  });

  it('have a title of pull requests for an integration of its own, which pages of others do not learn', async () => {
    const [id, closed] = [await office.connect(), await office.connect({ projects: ['OTHER'] })];
    const { name } = (await office.asAdmin('load-site')).value.integrations.find(
      (one: { id: string }) => one.id === id,
    );
    const own = '${summary} (${issuekey})';
    const usual = { template: '${issuekey}', separator: '-', maxBytes: 100 };
    const rule = { ...usual, requestTitles: { [id]: own, [closed]: '${issuekey}', gone: '${issuekey}' } };
    const saved = { ...usual, requestTitles: { [id]: own, [closed]: '${issuekey}' } };
    expect((await office.asAdmin('save-branch-name-rule', rule)).value).toEqual({ branchName: saved });
    const of = async () => (await office.onIssue('load-issue', { named: true })).value.requestTitle;
    expect(Object.keys((await of()).own)).toEqual([id]);
    expect(await of()).toMatchObject({ own: { [id]: own }, issue: { key: 'DEMO-1' } });
    const wrong = { ...usual, requestTitles: { [id]: '${summary}' } };
    expect((await office.asAdmin('save-branch-name-rule', wrong)).error).toEqual({
      code: 'BRANCH_TEMPLATE_INVALID',
      params: { reason: 'key' },
    });
    await office.asAdmin('save-branch-name-rule', usual);
    expect(await of()).toBe(undefined);
    expect((await office.noted())[0].changes).toEqual([
      expect.objectContaining({ field: 'requestTitles', from: expect.stringContaining(`${name}: ${own}`), to: '' }),
    ]);
  });

  it('refuse a rule that gives no name', async () => {
    const rule = { template: '${summary}', separator: '-', maxBytes: 100 };
    expect((await office.asAdmin('save-branch-name-rule', rule)).error).toEqual({
      code: 'BRANCH_TEMPLATE_INVALID',
      params: { reason: 'key' },
    });
  });
});

describe('The copies of credentials', () => {
  it('are removed for integrations that are being disconnected or have no credential', async () => {
    const id = await office.connect();
    const { entries } = office.app;
    office.put(`integration:${id}:disconnecting`, true);
    const none = await office.connect();
    entries.delete(site, 'secret', `integration-credential:${none}`);
    await office.app.run('daily-trigger');
    await office.asAdmin('save-site-settings', everythingOn);
    await office.app.settle({ hurry: true });
    for (const other of [id, none]) expect(secrets()).not.toContain(`ready-credential:${other}`);
  });
});

describe('The activity of the site', () => {
  const act = (id: string, n: number, at: number, more: object = {}) => {
    const stamp = `${String(9_999_999_999_999 - at).padStart(13, '0')}:${String(n).padStart(8, '0')}`;
    const entry = { at: new Date(at).toISOString(), action: 'create-branch', outcome: 'done', accountId: people.bob };
    const kept = { ...entry, integration: { id, name: id }, branch: `b${n}`, ...more };
    office.put(`activity:${stamp}`, kept);
    office.put(`activity-of:${people.bob}:${stamp}`, kept);
  };
  const forget = () => {
    for (const { key } of office.app.entries.list(site, 'activity', undefined, 10_000))
      office.app.entries.delete(site, 'value', key);
  };
  const list = async (filter: object = {}) => (await office.asAdmin('list-activity', filter)).value;

  beforeEach(forget);

  it('is shown with people’s names, if Jira gives them', async () => {
    act('one', 1, Date.now() - 3_000);
    act('one', 2, Date.now() - 2_000, { accountId: '712020:unknown' });
    act('one', 3, Date.now() - 1_000, { accountId: undefined });
    const { entries, next } = await list();
    expect(next).toBeUndefined();
    expect(entries.map(({ person }: any) => person)).toEqual([
      undefined,
      { accountId: '712020:unknown' },
      { accountId: people.bob, name: 'Bob Developer' },
    ]);
    expect(entries[0]).not.toHaveProperty('accountId');
  });

  it('comes fifty at a time, or a hundred during a search', async () => {
    for (let n = 0; n < 120; n += 1) act('one', n, Date.now() - n * 1_000, n % 10 === 0 ? { outcome: 'failed' } : {});
    const first = await list();
    expect(first.entries).toHaveLength(50);
    expect((await list({ cursor: first.next })).entries[0].branch).toBe('b50');
    const failed = await list({ outcome: 'failed' });
    expect(failed.entries.map(({ branch }: any) => branch)).toHaveLength(12);
    expect(failed).not.toHaveProperty('next');
    expect((await list({ integrationId: 'one' })).entries).toHaveLength(100);
    expect((await list({ forExport: true })).entries).toHaveLength(120);
    expect((await list({ accountId: people.bob })).entries).toHaveLength(50);
    expect((await list({ accountId: people.bob, outcome: 'failed' })).entries).toHaveLength(12);
  });

  it('is searched with a filter ten times a call, and then from the place where it stopped', async () => {
    for (let n = 0; n < 1_005; n += 1) act('one', n, Date.now() - n * 1_000);
    act('two', 2_000, Date.now() - 2_000_000);
    let queries = 0;
    const { value } = await office.asAdmin(
      'list-activity',
      { integrationId: 'two' },
      {
        tap: ({ what }) => void (queries += what.includes('/query') ? 1 : 0),
      },
    );
    expect(value.entries).toEqual([]);
    expect(queries).toBe(10);
    expect((await list({ integrationId: 'two', cursor: value.next })).entries).toHaveLength(1);
  });

  it('is searched until half a page is found', async () => {
    for (let n = 0; n < 300; n += 1) act(n % 4 === 0 ? 'one' : 'two', n, Date.now() - n * 1_000);
    const { entries, next } = await list({ integrationId: 'one' });
    expect(entries).toHaveLength(25);
    expect(next).toEqual(expect.any(String));
  });

  it('by somebody is found among people by name', async () => {
    const found = await office.asAdmin('find-people', { search: 'bob' });
    expect(found).toEqual({ ok: true, value: { people: [{ accountId: people.bob, name: 'Bob Developer' }] } });
    const down = await office.asAdmin(
      'find-people',
      { search: 'bob' },
      {
        tap: ({ what }) => (what.includes('/user/search') ? { kind: 'answer', status: 503 } : undefined),
      },
    );
    expect(down.error).toEqual({ code: 'JIRA_UNAVAILABLE', params: {} });
  });
});
