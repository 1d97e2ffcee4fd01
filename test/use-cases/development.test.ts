import { developmentJudge } from '../oracles/development-judge';
import type { Tap } from 'local-forge';
import { everythingOn, openOffice, people, serviceAnswers, site, type Office } from './office';

let office: Office;
let now: number;
let id: string;
const judge = developmentJudge();
const sent: any[] = [];

/** Checks every payload on its way to Jira. */
const bulk = '/rest/devinfo/0.10/bulk';

beforeEach(async () => {
  now = Date.now();
  office = await openOffice(() => new Date(now));
  sent.length = 0;
  const rest = office.app.jira.rest.bind(office.app.jira);
  office.app.jira.rest = async (request, caller) => {
    if (new URL(request.url).pathname === bulk) sent.push(await request.clone().json());
    return rest(request, caller);
  };
  id = await office.connect({ saved: true });
  await settled();
});
afterEach(() => office.close());

const repository = 'acme/web';
/** Delivers the delayed events. */
const settled = () => office.app.settle({ hurry: true });
const byKind = (a: { kind: string }, b: { kind: string }) => a.kind.localeCompare(b.kind);
const shown = () =>
  [...office.app.jira.development(site)].sort(byKind).map(({ kind, data, issueIds }) => ({
    kind,
    name: 'name' in data ? data.name : data.displayId,
    ...('status' in data && { status: data.status }),
    issues: issueIds,
  }));
const branches = () =>
  shown()
    .filter(({ kind }) => kind === 'branch')
    .map(({ name }) => name);
const create = (name: string) =>
  office.onIssue('create-branch', { integrationId: id, repository, sourceBranch: 'main', name });
const open = (sourceBranch: string, title = 'DEMO-1 Log in') =>
  office.onIssue('create-pull-request', { integrationId: id, repository, sourceBranch, targetBranch: 'main', title });
/** The calls of the panel when somebody opens the issue. */
async function look(as = 'alice') {
  const { value } = await office.onIssue('list-cards', { integrationId: id }, { as });
  const { news } = value;
  if (news !== undefined) await office.onIssue('tell-jira', { integrationId: id, news }, { as });
  return news;
}
const issueId = () => office.app.jira.issue(site, 'DEMO-1')?.id;

describe('Everything made here is shown in Jira', () => {
  it('a branch with its last commit, a pull request beside it, both gone when they are', async () => {
    expect((await create('DEMO-1-mine')).ok).toBe(true);
    expect((await open('DEMO-1-mine')).ok).toBe(true);
    await settled();
    expect(shown()).toEqual([
      { kind: 'branch', name: 'DEMO-1-mine', issues: [issueId()] },
      { kind: 'pull_request', name: '#1', status: 'OPEN', issues: [issueId()] },
    ]);
    const [branch, pull] = [...office.app.jira.development(site)].sort(byKind);
    expect(branch?.data).toMatchObject({
      url: 'https://github.com/acme/web/tree/DEMO-1-mine',
      lastCommit: { message: 'Begin', author: { name: 'Alice' }, authorTimestamp: '2026-11-20T12:00:00.000Z' },
    });
    expect(pull?.data).toMatchObject({
      sourceBranchUrl: branch?.data.url,
      author: { name: 'alice' },
      title: 'DEMO-1 Log in',
    });
    expect(branch?.preventTransitions).toBe(true);
    expect(sent.flatMap(judge)).toEqual([]);
    expect(sent.length).toBeGreaterThan(1);

    await office.onIssue('delete-branch', { integrationId: id, repository, branch: 'DEMO-1-mine' });
    await settled();
    expect(branches()).toEqual([]);
  });

  it('and moves issues only where an admin chose that, and never for what was there before', async () => {
    await office.asAdmin('save-site-settings', { ...everythingOn, developmentTransitions: true });
    await create('DEMO-1-now');
    await settled();
    await look();
    await settled();
    const moving = Object.fromEntries(
      office.app.jira.development(site).map(({ data, preventTransitions }) => [data.url, !preventTransitions]),
    );
    expect(moving).toEqual({
      'https://github.com/acme/web/tree/DEMO-1-now': true,
      'https://github.com/acme/web/tree/feature/DEMO-1-login': false,
    });
  });

  it('not while the site has switched it off, which also deletes it in Jira', async () => {
    await create('DEMO-1-shown');
    await settled();
    expect(branches()).toEqual(['DEMO-1-shown']);
    await office.asAdmin('save-site-settings', { ...everythingOn, developmentInfo: false });
    now += 31_000;
    await settled();
    expect(shown()).toEqual([]);
    await create('DEMO-1-hidden');
    await look();
    await settled();
    expect(shown()).toEqual([]);
    await office.asAdmin('save-site-settings', { ...everythingOn, developmentInfo: true });
    await look();
    await settled();
    expect(branches().sort()).toEqual(['DEMO-1-hidden', 'DEMO-1-shown', 'feature/DEMO-1-login']);
  });

  it('never costs an act its success, and the next look repairs it', async () => {
    const deaf: Tap = ({ to }) => (to === 'queue' ? { kind: 'answer', status: 500 } : undefined);
    const made = await office.onIssue(
      'create-branch',
      { integrationId: id, repository, sourceBranch: 'main', name: 'DEMO-1-lost' },
      { tap: deaf },
    );
    expect(made.ok).toBe(true);
    await settled();
    expect(branches()).toEqual([]);
    await look();
    await settled();
    expect(branches()).toContain('DEMO-1-lost');
  });
});

describe('A change that somebody’s look finds', () => {
  it('is sent once, and again only when it has changed', async () => {
    await create('DEMO-1-mine');
    await look();
    await settled();
    expect(branches().sort()).toEqual(['DEMO-1-mine', 'feature/DEMO-1-login']);
    const once = sent.length;
    expect([await look(), await look('bob')]).toEqual([undefined, undefined]);
    await settled();
    expect(sent).toHaveLength(once);
  });

  it('a pull request merged at the service is merged in Jira and on the issue’s first paint', async () => {
    await create('DEMO-1-merge');
    await open('DEMO-1-merge');
    await settled();
    office.gitHub.merge(1);
    await look('bob');
    await settled();
    expect(shown()).toContainEqual({ kind: 'pull_request', name: '#1', status: 'MERGED', issues: [issueId()] });
    const { value } = await office.onIssue('load-issue');
    expect(value.cards.find((card: any) => card.number === 1)).toMatchObject({ state: 'merged', author: 'alice' });
    expect(sent.flatMap(judge)).toEqual([]);
  });

  it('a branch deleted at the service is gone in Jira', async () => {
    await create('DEMO-1-gone');
    await settled();
    office.gitHub.removeBranch('DEMO-1-gone');
    now += 700_000;
    jest.spyOn(Date, 'now').mockImplementation(() => now);
    await look();
    await settled();
    jest.restoreAllMocks();
    expect(branches()).not.toContain('DEMO-1-gone');
  });

  it('is not shown to everybody where the integration account may not see it', async () => {
    office.gitHub.hideFrom('acme-bot');
    await create('DEMO-1-secret');
    await open('DEMO-1-secret', 'DEMO-1 The secret');
    await settled();
    await look();
    await settled();
    expect(shown()).toEqual([]);
    expect(sent).toEqual([]);
    expect(await look()).toBeUndefined();
  });

  it('waits for no request more than the cards themselves', async () => {
    await create('DEMO-1-mine');
    await settled();
    office.gitHub.makeBranch('DEMO-1-found');
    const steps: string[] = [];
    // Calls are counted now and then, beside the request to the service.
    const tap: Tap = ({ to, writes, what }) => void (what.includes('pace:') || steps.push(writes ? `${to} write` : to));
    const { value } = await office.onIssue('list-cards', { integrationId: id }, { tap });
    expect(value.news).toMatch(/^[0-9a-f]{40}\./);
    expect(steps.lastIndexOf('storage')).toBeLessThan(steps.findIndex((step) => step.startsWith('service')));
    expect(steps.filter((step) => step === 'queue write' || step === 'storage write')).toEqual([]);
  });
});

describe('What a page passes on of a look', () => {
  const pushed = async (news: string, payload: object = {}, as = 'alice') => {
    const steps: string[] = [];
    const tap: Tap = ({ to, what }) => void steps.push(`${to} ${what}`);
    const told = await office.onIssue('tell-jira', { integrationId: id, news, ...payload }, { as, tap });
    expect(told.ok).toBe(true);
    return steps.filter((step) => step.startsWith('queue')).length;
  };

  it('has the issue looked at once, for findings of their own alone', async () => {
    await create('DEMO-1-mine');
    await settled();
    office.gitHub.makeBranch('DEMO-1-found');
    const { value } = await office.onIssue('list-cards', { integrationId: id });
    const news = value.news as string;
    expect(await pushed(news.replace(/^.{40}/, 'a'.repeat(40)))).toBe(0);
    expect(await pushed(news.replace(/\.\d+\./, `.${Date.now() + 1}.`))).toBe(0);
    expect(await pushed(`${'a'.repeat(40)}.${Date.now()}.${'A'.repeat(43)}`)).toBe(0);
    expect(await pushed(news, {}, 'bob')).toBe(0);
    expect(await pushed(news, { issueKey: 'DEMO-2' })).toBe(0);
    expect(await pushed(news, { integrationId: await office.connect() })).toBe(0);
    expect(await pushed(news)).toBe(1);
    await settled();
    expect(branches()).toContain('DEMO-1-found');
    expect(await pushed(news)).toBe(0);
  });

  it('does not count as looked at because somebody says so', async () => {
    await create('DEMO-1-mine');
    await settled();
    office.gitHub.makeBranch('DEMO-1-found');
    const { value } = await office.onIssue('list-cards', { integrationId: id });
    await pushed((value.news as string).replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A')));
    await settled();
    expect((await office.onIssue('list-cards', { integrationId: id })).value.news).toBeDefined();
  });
});

describe('Where Jira or the service is in trouble', () => {
  const answering = (status: number, headers: Record<string, string> = {}) => {
    const rest = office.app.jira.rest.bind(office.app.jira);
    office.app.jira.rest = async (request, caller) =>
      request.url.includes('/rest/devinfo/') ? new Response('{}', { status, headers }) : rest(request, caller);
    return () => void (office.app.jira.rest = rest);
  };

  it.each([429, 500, 503])('is sent once Jira answers again after %s', async (status) => {
    const mend = answering(status, { 'retry-after': '120' });
    await create('DEMO-1-later');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(branches()).toEqual([]);
    mend();
    await settled();
    expect(branches()).toEqual(['DEMO-1-later']);
  });

  it('one that Jira refuses does not hold up others, and is not tried at every look', async () => {
    const rest = office.app.jira.rest.bind(office.app.jira);
    let asked = 0;
    office.app.jira.rest = async (request, caller) => {
      if (new URL(request.url).pathname !== bulk) return rest(request, caller);
      asked += 1;
      const isBad = (await request.clone().text()).includes('feature/DEMO-1-login');
      return isBad ? new Response('{}', { status: 400 }) : rest(request, caller);
    };
    office.gitHub.makeBranch('DEMO-1-good');
    await create('DEMO-1-first');
    await look();
    await settled();
    expect(branches().sort()).toEqual(['DEMO-1-first', 'DEMO-1-good']);
    const before = asked;
    await look();
    await settled();
    expect(asked).toBe(before);
  });

  it('a service without an answer is requested again; one that refuses the integration account changes nothing', async () => {
    let down = true;
    office.app.tapQueues((step, index) => (down ? serviceAnswers(503)(step, index) : undefined));
    await create('DEMO-1-patient');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(branches()).toEqual([]);
    down = false;
    await settled();
    expect(branches()).toEqual(['DEMO-1-patient']);
    office.app.tapQueues(serviceAnswers(401));
    await office.onIssue('delete-branch', { integrationId: id, repository, branch: 'DEMO-1-patient' });
    await settled();
    expect(branches()).toEqual(['DEMO-1-patient']);
  });

  it('the next delivery repairs one that was killed at any step, and Jira has each once', async () => {
    for (let step = 0; step < 12; step += 1) {
      const name = `DEMO-1-killed-${step}`;
      let killed = false;
      office.app.tapQueues((_, index) => {
        if (killed || index !== step) return undefined;
        killed = true;
        return { kind: step % 2 === 0 ? 'kill-before' : 'kill-after' };
      });
      await create(name);
      await settled();
    }
    office.app.tapQueues(undefined);
    await look();
    await settled();
    const names = branches().filter((name) => name.startsWith('DEMO-1-killed'));
    expect(names).toHaveLength(12);
    expect(new Set(names).size).toBe(12);
  });
});

describe('Jira deletes', () => {
  const keys = () => office.app.entries.list(site, 'development', undefined, 100).map(({ key }) => key);

  it('all of an integration that is disconnected, and nothing of another', async () => {
    const other = await office.connect({ saved: true });
    await create('DEMO-1-mine');
    await office.onIssue('create-branch', {
      ...{ integrationId: other, repository, sourceBranch: 'main', name: 'DEMO-1-other' },
    });
    await settled();
    expect(branches().sort()).toEqual(['DEMO-1-mine', 'DEMO-1-other']);
    await office.asAdmin('disconnect-integration', { id });
    now += 31_000;
    await settled();
    expect(branches()).toEqual(['DEMO-1-other']);
    expect(keys().filter((key) => key.startsWith(`development:${id}`))).toEqual([]);
  });

  it('that an integration was disconnected once Jira answers again; its credential is erased before', async () => {
    await create('DEMO-1-mine');
    await settled();
    const rest = office.app.jira.rest.bind(office.app.jira);
    office.app.jira.rest = async (request, caller) =>
      request.method === 'DELETE' ? new Response('{}', { status: 503 }) : rest(request, caller);
    await office.asAdmin('disconnect-integration', { id });
    now += 31_000;
    office.app.hurry();
    while (office.app.entries.secretKeys(site).some((key) => key.includes(id)))
      await new Promise((resolve) => setTimeout(resolve, 5));
    expect(branches()).toEqual(['DEMO-1-mine']);
    office.app.jira.rest = rest;
    now += 61_000;
    await settled();
    expect(branches()).toEqual([]);
    expect(office.stored(`integration:${id}:disconnecting`)).toBeNull();
  });

  it('the name of somebody whose account was closed', async () => {
    await create('DEMO-1-mine');
    await open('DEMO-1-mine');
    await settled();
    await look('bob');
    await settled();
    expect(await look('bob')).toBeUndefined();
    expect(JSON.stringify(office.app.jira.development(site))).toContain('"alice"');
    office.app.closedAccounts.close(people.alice);
    for (const account of [people.alice, people.ada])
      office.put(`account:${account}`, { askedAt: new Date(Date.now() - 7 * 86_400_000).toISOString() });
    await office.app.run('daily-trigger');
    await settled();
    expect(JSON.stringify(office.app.jira.development(site))).not.toContain('"alice"');
    expect(keys().filter((key) => key.includes(people.alice))).toEqual([]);
    expect(JSON.stringify((await office.onIssue('load-issue', {}, { as: 'bob' })).value.cards)).not.toContain(
      '"alice"',
    );
    expect(branches()).not.toContain('DEMO-1-mine');
    expect(await look('bob')).toBeDefined();
    await settled();
    expect(branches()).toContain('DEMO-1-mine');
  });
});
