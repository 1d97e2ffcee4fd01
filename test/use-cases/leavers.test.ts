import type { Tap } from 'local-forge';
import { openOffice, people, site, token, type Office } from './office';
import { tokens } from '../../rig/github-tokens';
import { isTheirDay } from '../../src/domain/leaver';

const DAY_MS = 86_400_000;
let office: Office;
let one: string;
let two: string;

beforeEach(async () => {
  office = await openOffice();
  one = await office.connect({ saved: true });
  two = await office.connect({ saved: true });
});
afterEach(() => office.close());

async function day(tap?: Tap) {
  office.app.tapQueues(tap);
  await office.app.run('daily-trigger');
  await office.app.settle({ hurry: true });
  office.app.tapQueues(undefined);
}
const deactivate = (as = 'alice') => office.app.jira.setActive(site, as, false);
function loseProjects(as = 'alice') {
  for (const { key } of office.app.jira.site(site)?.projects ?? [])
    office.app.jira.setPermission({ site, person: as, permission: 'BROWSE_PROJECTS', project: key, granted: false });
}
const mark = () => office.stored(`leaver:${people.alice}`);
/** As if so many days had passed since. */
const age = (days: number) =>
  office.put(`leaver:${people.alice}`, { ...mark(), since: new Date(Date.now() - days * DAY_MS).toISOString() });
const secrets = () => office.app.entries.secretKeys(site).filter((key) => key.startsWith('token:'));
const erased = () => office.noted({ action: 'erase-leaver-token' });

describe('Somebody who has left', () => {
  it('is marked at first, and shown to admins with the day', async () => {
    deactivate();
    await day();
    expect(mark()).toMatchObject({ why: 'deactivated' });
    expect(secrets()).toHaveLength(2);
    const [row] = (await office.asAdmin('list-tokens', {})).value.items;
    expect(row.left.why).toBe('deactivated');
    expect(Date.parse(row.left.eraseAt) - Date.parse(row.left.since)).toBe(7 * DAY_MS);
  });

  it('keeps the tokens until the days are over, and then loses all of them, with a record for each', async () => {
    deactivate();
    await day();
    age(6.9);
    await day();
    expect(secrets()).toHaveLength(2);
    age(7);
    await day();
    expect(secrets()).toEqual([]);
    expect(mark()).toBeNull();
    const notes = await erased();
    expect(notes.map(({ integration }) => integration.id).sort()).toEqual([one, two].sort());
    expect(notes[0]).toMatchObject({ person: { accountId: people.alice }, login: 'alice', reason: 'deactivated' });
    const everything = office.app.entries.list(site, '', undefined, 10_000).map(({ key }) => key);
    expect(everything.filter((key) => /^(token|~saved-token)/.test(key) && key.includes(people.alice))).toEqual([]);
    await day();
    expect(mark()).toBeNull();
    expect(await erased()).toHaveLength(2);
  });

  it('is found on their day of the week when the account is active and reaches no project', async () => {
    loseProjects();
    const days = Array.from({ length: 7 }, (_, n) => Date.now() + n * DAY_MS).filter((at) =>
      isTheirDay(people.alice, at),
    );
    expect(days).toHaveLength(1);
    // Somebody still has access, so the answer comes from Jira's permissions, not from a refusal.
    office.put(`account:${people.bob}`, { askedAt: new Date().toISOString() });
    // A marked person is checked each day of the week.
    office.put(`leaver:${people.alice}`, { since: new Date().toISOString(), why: 'no-project' });
    age(8);
    await day();
    expect(secrets()).toEqual([]);
    expect((await erased())[0]).toMatchObject({ reason: 'no-project' });
  });

  it('is not believed to be everybody: where nobody reaches a project, nobody loses a token for it', async () => {
    for (const as of Object.keys(people)) loseProjects(as);
    office.put(`leaver:${people.alice}`, { since: new Date().toISOString(), why: 'no-project' });
    age(8);
    await day();
    expect(secrets()).toHaveLength(2);
    expect(await erased()).toEqual([]);
  });

  it('is not found by projects where Jira does not say who reaches one, and a deactivated account all the same', async () => {
    loseProjects();
    const refuses: Tap = ({ to, what }) =>
      to === 'jira' && what.includes('permissions/check') ? { kind: 'answer', status: 403 } : undefined;
    office.put(`leaver:${people.alice}`, { since: new Date().toISOString(), why: 'deactivated' });
    await day(refuses);
    expect(mark()).toBeNull();
    deactivate();
    await day(refuses);
    expect(mark()).toMatchObject({ why: 'deactivated' });
  });

  it('is not marked any more once they are back', async () => {
    deactivate();
    await day();
    office.app.jira.setActive(site, 'alice', true);
    await day();
    expect(mark()).toBeNull();
    expect(secrets()).toHaveLength(2);
  });

  it('keeps the tokens where the site erases none', async () => {
    await office.asAdmin('save-site-settings', { leaverDays: 0 });
    deactivate();
    await day();
    age(400);
    await day();
    expect(secrets()).toHaveLength(2);
    const [row] = (await office.asAdmin('list-tokens', {})).value.items;
    expect(row.left).not.toHaveProperty('eraseAt');
  });

  it('is nobody without a token, and nobody Jira does not know', async () => {
    office.put('account:712020:stranger', { askedAt: new Date().toISOString() });
    office.put(`account:${people.bob}`, { askedAt: new Date().toISOString() });
    deactivate('bob');
    await day();
    expect(office.app.entries.list(site, 'leaver:', undefined, 10)).toEqual([]);
  });

  it.each([429, 503])('is nobody while Jira answers %d, and is searched again later', async (status) => {
    deactivate();
    let refused = 0;
    await day(({ to }) => (to === 'jira' && refused++ < 2 ? { kind: 'answer', status } : undefined));
    expect(refused).toBeGreaterThan(2);
    expect(mark()).toMatchObject({ why: 'deactivated' });
  });

  it('is nobody where Jira never answers', async () => {
    deactivate();
    await day(({ to }) => (to === 'jira' ? { kind: 'answer', status: 403 } : undefined));
    expect(mark()).toBeNull();
    expect(secrets()).toHaveLength(2);
  });

  it('loses every token once with one record for each, at whatever step the erasure is killed', async () => {
    const restore = async () => {
      for (const integrationId of [one, two])
        await office.inSettings('save-token', { integrationId, credential: token(tokens.aliceEndless) });
    };
    deactivate();
    await day();
    age(8);
    for (let step = 0; ; step += 1) {
      let steps = 0;
      const kill: Tap = () => (steps++ === step ? { kind: 'kill-after' } : undefined);
      await office.app.run('leavers-consumer', { payload: { body: {} }, tap: kill }).catch(() => undefined);
      const isWhole = steps <= step;
      await day();
      expect({ step, secrets: secrets(), mark: mark() }).toEqual({ step, secrets: [], mark: null });
      const notes = await erased();
      expect({ step, notes: notes.length }).toEqual({ step, notes: 2 });
      // The next erasure is in the same minute, which would give its notes the same names.
      for (const { key } of office.app.entries.list(site, 'activity', undefined, 1_000))
        office.app.entries.delete(site, 'value', key);
      if (isWhole) break;
      await restore();
      office.put(`leaver:${people.alice}`, {
        since: new Date(Date.now() - 8 * DAY_MS).toISOString(),
        why: 'deactivated',
      });
    }
  });
});
