import { openStage, type Stage } from '../../rig/stage';
import { onlyTheDate } from '../support/only-the-date';

const DAY_MS = 86_400_000;
const start = Date.parse('2027-03-01T12:00:00.000Z');
const site = 'acme';
const alice = '712020:a11ce000-0000-4000-8000-000000000002';
let stage: Stage;
let id: string;

beforeAll(async () => {
  jest.useFakeTimers({ now: start, doNotFake: onlyTheDate });
  const load = () => import('../../src');
  stage = await openStage({ load, services: ['codecommit'], sites: [site], now: () => new Date() });
});
afterAll(async () => {
  jest.useRealTimers();
  await stage.close();
});
beforeEach(async () => {
  jest.setSystemTime(start);
  stage.app.entries.clear(site);
  id = await stage.connect(site);
});

const invoke = (as: string, module: string, call: string, payload: object): Promise<any> =>
  stage.app.invoke({ site, as, module, call, payload });
const rule = (rules: object | null, integrationId?: string) =>
  invoke('ada', 'manage-repositories', 'save-token-rules', { rules, ...(integrationId && { integrationId }) });
const save = (again = false) =>
  invoke('alice', 'user-settings', 'save-token', { integrationId: id, credential: stage.credentialOf('alice', again) });
const mine = async () => (await invoke('alice', 'user-settings', 'load-user-settings', {})).value.integrations[0];
const branches = () =>
  invoke('alice', 'issue-context', 'list-branches', {
    ...{ issueKey: 'DEMO-1', integrationId: id, repository: stage.repository, search: '' },
  });
async function found(state: string, rules?: object) {
  const { items } = (await invoke('ada', 'manage-repositories', 'list-tokens', { state, ...(rules && { rules }) }))
    .value;
  return items.map((row: any) => row.token.against?.breaks);
}
const turn = (days: number) => jest.setSystemTime(start + days * DAY_MS);
const age = { maxDays: 40, untoldEnd: 'ask', graceDays: 5 };

describe('An access key of AWS, which never expires', () => {
  it('is accepted under a rule about lifetimes, used for so many days, and then refused', async () => {
    await rule(age);
    expect(await save()).toMatchObject({ ok: true });
    const { token } = (await mine()).attribution;
    expect(token.against).toMatchObject({ breaks: ['too-old'], until: new Date(start + 40 * DAY_MS).toISOString() });
    expect(await found('against-rule')).toEqual([]);
    turn(39.9);
    expect(await branches()).toMatchObject({ ok: true });
    expect(await found('blocked')).toEqual([['too-old']]);
    turn(40);
    expect(await found('against-rule')).toEqual([['too-old']]);
    expect(await branches()).toMatchObject({
      error: { code: 'TOKEN_AGAINST_RULE', params: { reason: 'too-old', days: 40 } },
    });
  });

  it('is as old as it was when it is pasted again, and another one is new', async () => {
    await save();
    await rule(age);
    turn(41);
    expect(await save()).toMatchObject({ error: { code: 'TOKEN_AGAINST_RULE', params: { reason: 'too-old' } } });
    expect(await save(true)).toMatchObject({ ok: true });
    expect(await branches()).toMatchObject({ ok: true });
  });

  it('has the grace where it is older than a new rule allows', async () => {
    await save();
    turn(100);
    expect(await found('against-rule', age)).toEqual([['too-old']]);
    await rule(age);
    expect(await branches()).toMatchObject({ ok: true });
    turn(105);
    expect(await branches()).toMatchObject({ error: { code: 'TOKEN_AGAINST_RULE' } });
  });

  it('is refused where an expiration date is demanded, until the integration is left out', async () => {
    await rule({ mustEnd: true, untoldEnd: 'ask', graceDays: 5 });
    expect(await save()).toMatchObject({ error: { code: 'TOKEN_AGAINST_RULE', params: { reason: 'never-ends' } } });
    await rule({ untoldEnd: 'ask', graceDays: 5 }, id);
    expect(await save()).toMatchObject({ ok: true });
    expect((await mine()).attribution.token).not.toHaveProperty('against');
  });

  it('leads to a message 30, 7 and 1 days before, and when it is used no more', async () => {
    await rule(age);
    await save();
    const noted = { at: new Date(start).toISOString(), action: 'create-branch', outcome: 'done', accountId: alice };
    const key = `activity-of:${alice}:0000000000000:noted`;
    stage.app.entries.set(site, 'value', key, JSON.stringify({ ...noted, issueKey: 'DEMO-1' }), undefined);
    const sent = () => stage.app.jira.notifications(site);
    const days: number[] = [];
    for (let day = 0; day < 45; day += 1) {
      turn(day + 0.5);
      const before = sent().length;
      for (const _ of [1, 2]) {
        await stage.app.run('daily-trigger');
        await stage.app.settle({ hurry: true });
      }
      if (sent().length > before) days.push(day);
    }
    expect(days).toEqual([10, 33, 39, 40]);
    expect(sent()[0]?.textBody).toContain('lets your credential (alice) work until April 10, 2027');
    expect(sent()[3]?.textBody).toContain('no longer used');
  });
});
