import { openOffice, people, site, token, type Office } from './office';
import type { Tap } from 'local-forge';
import { tokens } from '../../rig/github-tokens';

let office: Office;
let one: string;
let two: string;

beforeAll(async () => {
  office = await openOffice();
});
beforeEach(async () => {
  office.app.entries.clear(site);
  one = await office.connect({ saved: true });
  two = await office.connect();
});
afterAll(() => office.close());

const endless = { mustEnd: true, untoldEnd: 'ask', graceDays: 10 };
const rule = (rules: object | null, integrationId?: string) =>
  office.asAdmin('save-token-rules', { rules, ...(integrationId && { integrationId }) });
const save = (integrationId: string, as = 'alice') =>
  office.inSettings('save-token', { integrationId, credential: token(tokens.aliceEndless) }, { as });
async function mine(id: string) {
  const { value } = await office.inSettings('load-user-settings');
  return value.integrations.find((each: { id: string }) => each.id === id);
}
const found = async (asked: object) =>
  (await office.asAdmin('list-tokens', asked)).value.items.map((row: any) => [
    row.integrationId,
    row.token.against.breaks,
  ]);
const create = (name: string, tap?: Tap) =>
  office.onIssue(
    'create-branch',
    { integrationId: one, repository: 'acme/web', sourceBranch: 'main', name },
    tap && { tap },
  );
/** As if the grace had begun so many days ago. */
const age = (key: string, days: number) =>
  office.put(key, { ...office.stored(key), since: new Date(Date.now() - days * 86_400_000).toISOString() });

describe('Rules about tokens', () => {
  it('show the affected people before they are saved', async () => {
    expect(await found({ state: 'against-rule' })).toEqual([]);
    expect(await found({ state: 'against-rule', rules: endless })).toEqual([[one, ['no-end']]]);
    expect(await found({ state: 'against-rule', rules: endless, integrationId: two })).toEqual([]);
    expect(
      await found({ state: 'against-rule', rules: { fineGrainedOnly: true, untoldEnd: 'ask', graceDays: 0 } }),
    ).toEqual([[one, ['classic']]]);
    expect((await mine(one)).attribution.token).not.toHaveProperty('against');
  });

  it('refuse a new token in their words, and are shown before', async () => {
    expect(await rule({ ...endless, maxDays: 90 }, two)).toMatchObject({ ok: true });
    expect((await mine(two)).tokenRules).toMatchObject({ maxDays: 90 });
    expect(await save(two)).toMatchObject({ error: { code: 'TOKEN_AGAINST_RULE', params: { reason: 'no-end' } } });
    expect((await mine(two)).attribution).not.toHaveProperty('token');
    expect((await save(two)).error).not.toHaveProperty('mayContinueAsIntegration');
    // The other integration follows the site, which demands nothing.
    expect(await save(one)).toMatchObject({ ok: true });
  });

  it('leave a saved token its grace, and show its owner the day', async () => {
    await rule(endless);
    const { against } = (await mine(one)).attribution.token;
    expect(against.breaks).toEqual(['no-end']);
    expect(Date.parse(against.until) - Date.now()).toBeGreaterThan(9.9 * 86_400_000);
    expect(await found({ state: 'against-rule' })).toEqual([[one, ['no-end']]]);
    expect(await create('DEMO-1-in-grace')).toMatchObject({ ok: true });
  });

  it('begin the grace again only if they demand something else', async () => {
    await rule(endless);
    age('setting:tokenRules', 5);
    await rule({ ...endless, graceDays: 20 });
    const { against } = (await mine(one)).attribution.token;
    expect(Math.round((Date.parse(against.until) - Date.now()) / 86_400_000)).toBe(15);
    await rule({ ...endless, maxDays: 30 });
    const { until } = (await mine(one)).attribution.token.against;
    expect(Math.round((Date.parse(until) - Date.now()) / 86_400_000)).toBe(10);
  });

  it('stop a token once its grace is over, at each act and without a request to the service', async () => {
    await rule(endless);
    age('setting:tokenRules', 11);
    const asked: string[] = [];
    const refused = await create('DEMO-1-too-late', ({ to }) => void asked.push(to));
    expect(refused.error).toMatchObject({
      code: 'TOKEN_AGAINST_RULE',
      params: { reason: 'no-end' },
      mayContinueAsIntegration: true,
    });
    expect(asked).not.toContain('service');
    const listed = await office.onIssue('list-branches', { integrationId: one, repository: 'acme/web' });
    expect(listed.error).toMatchObject({ code: 'TOKEN_AGAINST_RULE' });
    const [noted] = await office.noted({ accountId: people.alice });
    expect(noted).toMatchObject({ action: 'create-branch', outcome: 'refused', error: 'TOKEN_AGAINST_RULE' });
    // It would be blocked as well, which the order of days alone does not show.
    for (const state of ['blocked', 'affected'])
      expect((await office.asAdmin('list-tokens', { state })).value.items).toMatchObject([
        { person: { name: 'Alice Developer' }, blocked: true },
      ]);
  });

  it('are recorded, and end when an admin ends them', async () => {
    await rule(endless);
    await rule(endless, two);
    expect(await save(two)).toMatchObject({ error: { code: 'TOKEN_AGAINST_RULE' } });
    await rule(null);
    await rule(null, two);
    expect(await create('DEMO-1-again')).toMatchObject({ ok: true });
    const changes = (await office.noted({ action: 'save-site-settings' })).map((entry: any) => entry.changes);
    expect(changes[0]).toContainEqual({ field: 'mustEnd', from: 'true', to: 'false' });
    expect(await save(two)).toMatchObject({ ok: true });
  });

  it.each([
    { maxDays: 0, untoldEnd: 'ask', graceDays: 1 },
    { maxDays: 1.5, untoldEnd: 'ask', graceDays: 1 },
    { untoldEnd: 'perhaps', graceDays: 1 },
    { untoldEnd: 'ask', graceDays: 366 },
    { untoldEnd: 'ask', graceDays: 1, scopesAtMost: ['a b'] },
  ])('are refused at the door: %j', async (rules) => {
    expect(await rule(rules)).toMatchObject({ error: { code: 'INVALID_INPUT' } });
  });

  it('are of an integration that exists', async () => {
    expect(await rule(endless, 'no-such')).toMatchObject({ error: { code: 'INTEGRATION_NOT_FOUND' } });
  });
});
