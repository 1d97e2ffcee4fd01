// cspell:ignore laufen
import type { Tap } from 'local-forge';
import { openOffice, people, site, token, type Office } from './office';
import { tokens } from '../../rig/github-tokens';
import { onlyTheDate } from '../support/only-the-date';

const DAY_MS = 86_400_000;
const start = Date.parse('2027-03-01T12:00:00.000Z');
let office: Office;
let clock = start;
let one: string;

beforeEach(async () => {
  clock = start;
  jest.useFakeTimers({ now: start, doNotFake: onlyTheDate });
  office = await openOffice(() => new Date());
  one = await office.connect({ saved: true });
  await workOn();
});
afterEach(async () => {
  jest.useRealTimers();
  await office.close();
});

function turnTo(ms: number) {
  clock = ms;
  jest.setSystemTime(ms);
}
/** An act on an issue, where the message will be sent. */
const workOn = (as = 'alice', issueKey = 'DEMO-1') =>
  office.onIssue(
    'create-branch',
    {
      integrationId: one,
      repository: 'acme/web',
      sourceBranch: 'main',
      name: `${issueKey}-of-${as}-${clock}`,
      issueKey,
    },
    { as },
  );
async function day(tap?: Tap) {
  office.app.tapQueues(tap);
  await office.app.run('daily-trigger');
  await office.app.settle({ hurry: true });
  office.app.tapQueues(undefined);
}
const sent = (accountId: string = people.alice) =>
  office.app.jira.notifications(site).filter((message) => message.accountId === accountId);
const at = (days: number) => new Date(start + days * DAY_MS).toISOString();
/** As if the service had reported it when the token was saved. */
function change(integrationId: string, part: object, accountId: string = people.alice) {
  const key = `~saved-token/${accountId}:${integrationId}`;
  const row = { ...office.stored(key), ...part };
  office.put(key, { ...row, due: row.rejectedAt === undefined ? row.expiresAt : '0' });
}
const ends = (integrationId: string, days: number, accountId?: string) =>
  change(integrationId, { expiresAt: at(days) }, accountId);
const told = () => office.stored(`token-reminder:${people.alice}:${one}`);
/** A site where people live in these time zones. */
function zone(as: string, timeZone: string) {
  const person = office.app.jira.person(site, as);
  if (person) Object.assign(person, { timeZone });
}
/** The steps of tokens in a message: `one 7` for the token of the integration with that name. `ends`: when they expire. */
const stepsIn = (message: { at: string; textBody: string }, ends: ReadonlyMap<string, string>): string[] =>
  message.textBody
    .split('\n')
    .filter((line) => line.startsWith('- '))
    .map((line) => {
      const name = line.slice(2, line.indexOf(':'));
      const left = (Date.parse(ends.get(name) ?? '') - Date.parse(message.at)) / DAY_MS;
      return `${name} ${[1, 7, 30].find((step) => left <= step)}`;
    });
const toJira: (answer: number) => Tap =
  (status) =>
  ({ to, what }) =>
    to === 'jira' && what.includes('/notify') ? { kind: 'answer', status } : undefined;

describe('A person whose token expires', () => {
  it('gets a message 30, 7 and 1 days before, once each, on the issue they worked on last, and none when it has expired', async () => {
    ends(one, 35.5);
    const days: number[] = [];
    for (let n = 0; n < 40; n += 1) {
      const before = sent().length;
      await day();
      await day();
      if (sent().length > before) days.push(n);
      turnTo(clock + DAY_MS);
    }
    expect(days).toEqual([6, 29, 35]);
    expect(sent()).toHaveLength(3);
    expect(sent()[0]).toMatchObject({ issueKey: 'DEMO-1', subject: expect.stringContaining('needs to be replaced') });
    expect(sent()[0]?.textBody).toContain('expires on April 6, 2027');
    expect(sent()[0]?.htmlBody).not.toMatch(/<(?!\/?(?:ul|li|p)>)/);
  });

  it.each([
    ['nothing fails', false],
    ['something is killed each day', true],
  ])('gets one message a day of theirs and each step once, in two time zones, while %s', async (_, fails) => {
    const two = await office.connect({ saved: true });
    const three = await office.connect({ saved: true });
    for (const integrationId of [one, two, three])
      await office.inSettings('save-token', { integrationId, credential: token(tokens.bob) }, { as: 'bob' });
    await workOn('bob', 'DEMO-2');
    zone('alice', 'Pacific/Auckland');
    zone('bob', 'America/Los_Angeles');
    for (const [index, integrationId] of [one, two, three].entries()) {
      ends(integrationId, 33 + index * 0.4);
      ends(integrationId, 33 + index * 0.4, people.bob);
    }
    const names = new Map(
      [one, two, three].map((id, index) => [office.stored(`integration:${id}:name`), at(33 + index * 0.4)]),
    );
    const all = { alice: [] as string[], bob: [] as string[] };
    const localDay = (when: string, timeZone: string) =>
      new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(new Date(when));
    // The trigger wanders: 23 hours, and now and then twice on a day.
    for (let hour = 0; hour < 40 * 24; hour += 23) {
      turnTo(start + hour * 3_600_000);
      let step = 0;
      await day(() => (fails && step++ === hour % 17 ? { kind: 'kill-after' } : undefined)).catch(() => undefined);
      await day();
    }
    all.alice = sent().map((message) => localDay(message.at, 'Pacific/Auckland'));
    all.bob = sent(people.bob).map((message) => localDay(message.at, 'America/Los_Angeles'));
    for (const days of [all.alice, all.bob]) expect(new Set(days).size).toBe(days.length);
    for (const messages of [sent(), sent(people.bob)]) {
      const heard = messages.flatMap((message) => stepsIn(message, names));
      // Three tokens, three steps: a message that was killed on its way is lost and never repeated.
      expect(new Set(heard).size).toBe(heard.length);
      expect(heard.length).toBeGreaterThanOrEqual(fails ? 6 : 9);
      expect(heard.length).toBeLessThanOrEqual(9);
    }
  });

  it('reads about all their tokens in one message', async () => {
    const two = await office.connect({ saved: true });
    ends(one, 6);
    ends(two, 0.5);
    await day();
    expect(sent()).toHaveLength(1);
    expect(sent()[0]?.textBody.match(/^- /gm)).toHaveLength(2);
  });

  it('reads it in their language and calendar', async () => {
    office.app.jira.setLocale(site, 'alice', 'de_DE');
    zone('alice', 'America/New_York');
    change(one, { expiresAt: '2027-03-08T00:00:00.000Z' });
    await day();
    expect(sent()[0]?.textBody).toContain('laufen am 7. März 2027 ab');
  });

  it('gets a message about a new expiry, and about a replaced token', async () => {
    ends(one, 5);
    await day();
    turnTo(clock + DAY_MS);
    ends(one, 7.5);
    await day();
    expect(sent()).toHaveLength(2);
    await office.inSettings('save-token', { integrationId: one, credential: token(tokens.aliceEndless) });
    ends(one, 7.5);
    turnTo(clock + DAY_MS);
    await day();
    expect(sent()).toHaveLength(3);
  });

  it('gets nothing if the site chose so, or while they have worked on no issue', async () => {
    ends(one, 5);
    await office.asAdmin('save-site-settings', { reminders: 'none' });
    await day();
    expect(sent()).toEqual([]);
    await office.asAdmin('save-site-settings', { reminders: 'issue' });
    for (const { key } of office.app.entries.list(site, 'activity', undefined, 1_000))
      office.app.entries.delete(site, 'value', key);
    await day();
    expect(sent()).toEqual([]);
    expect(told()).toBeNull();
    await workOn();
    await day();
    expect(sent()).toHaveLength(1);
  });

  it('gets the message on the issue before if the last one is gone', async () => {
    turnTo(clock + 60_000);
    await workOn('alice', 'DEMO-2');
    ends(one, 5);
    await day(({ to, what }) =>
      to === 'jira' && what.includes('DEMO-2/notify') ? { kind: 'answer', status: 404 } : undefined,
    );
    expect(sent().map(({ issueKey }) => issueKey)).toEqual(['DEMO-1']);
  });
});

describe('A person whose token is refused', () => {
  it('gets one message, however often it is tried', async () => {
    change(one, { rejectedAt: at(-1) });
    await day();
    change(one, { rejectedAt: at(1) });
    turnTo(clock + 2 * DAY_MS);
    await day();
    expect(sent()).toHaveLength(1);
    expect(sent()[0]?.textBody).toContain('no longer accepts');
  });
});

describe('A person whose token breaks a new rule', () => {
  const rule = (graceDays: number) =>
    office.asAdmin('save-token-rules', { rules: { mustEnd: true, untoldEnd: 'ask', graceDays } });

  it('gets one message before the grace ends, and one when it is used no more', async () => {
    await rule(8);
    const days: number[] = [];
    for (let n = 0; n < 20; n += 1) {
      const before = sent().length;
      await day();
      if (sent().length > before) days.push(n);
      turnTo(clock + DAY_MS);
    }
    expect(days).toEqual([0, 1, 7, 8]);
    expect(sent().map(({ textBody }) => textBody.includes('no longer used'))).toEqual([false, false, false, true]);
  });

  it('can’t act once it is over, and gets no message about a rule that was withdrawn', async () => {
    await rule(1);
    await day();
    turnTo(clock + 1.5 * DAY_MS);
    expect(await workOn()).toMatchObject({ ok: false, error: { code: 'TOKEN_AGAINST_RULE' } });
    await office.asAdmin('save-token-rules', { rules: null });
    await day();
    expect(sent()).toHaveLength(1);
    expect(await workOn()).toMatchObject({ ok: true });
  });
});

describe('A message', () => {
  it('is sent at most once, at whatever step it is killed; it is lost only between being stored and being sent', async () => {
    ends(one, 6.9);
    const payload = { body: { portion: { which: 'ending', from: at(0), until: at(30) } } };
    const lost: number[] = [];
    for (let step = 0; ; step += 1) {
      turnTo(start);
      for (const { key } of office.app.entries.list(site, '', undefined, 1_000))
        if (/^(reminded|token-reminder):/.test(key)) office.app.entries.delete(site, 'value', key);
      const before = sent().length;
      const messages = () => sent().length - before;
      let made = 0;
      const kill: Tap = () => (made++ === step ? { kind: 'kill-after' } : undefined);
      await office.app.run('reminders-consumer', { payload, tap: kill }).catch(() => undefined);
      const isWhole = made <= step;
      const isLost = messages() === 0 && told() !== null;
      if (isLost) lost.push(step);
      // Delivered again, and the next day.
      for (const _ of [1, 2]) await office.app.run('reminders-consumer', { payload });
      turnTo(clock + DAY_MS);
      await office.app.run('reminders-consumer', { payload });
      expect({ step, messages: messages() }).toEqual({ step, messages: isLost ? 0 : 1 });
      if (isWhole) break;
    }
    expect(lost.length).toBe(1);
  });

  it('waits if Jira demands it, and is sent once then', async () => {
    ends(one, 5);
    let limited = 0;
    await day(({ to, what }) =>
      to === 'jira' && what.includes('/notify') && limited++ < 2 ? { kind: 'answer', status: 429 } : undefined,
    );
    expect(limited).toBeGreaterThan(2);
    expect(sent()).toHaveLength(1);
  });

  it('is not sent again if it is unknown whether Jira has sent it', async () => {
    ends(one, 5);
    await day(toJira(500));
    turnTo(clock + DAY_MS);
    await day();
    expect(sent()).toEqual([]);
    turnTo(clock + 3.5 * DAY_MS);
    await day();
    expect(sent()).toHaveLength(1);
  });

  it('waits for another day if the app is not allowed to send it, or the site sends no e-mail', async () => {
    ends(one, 5);
    office.app.jira.setMail(site, false);
    await day();
    expect(told()).toBeNull();
    office.app.jira.setMail(site, true);
    await day(toJira(401));
    expect(sent()).toEqual([]);
    await day();
    expect(sent()).toHaveLength(1);
  });

  it('does not go to people who are deactivated or no longer see the issue', async () => {
    ends(one, 5);
    office.app.jira.setActive(site, 'alice', false);
    await day();
    expect(sent()).toEqual([]);
    expect(told()).toBeNull();
    office.app.jira.setActive(site, 'alice', true);
    office.app.jira.setPermission({
      ...{ site, person: 'alice', permission: 'BROWSE_PROJECTS', project: 'DEMO', granted: false },
    });
    await day();
    expect(sent()).toEqual([]);
  });

  it('shows names that others chose as text', async () => {
    const connection = office.stored(`integration:${one}:name`);
    expect(connection).toEqual(expect.any(String));
    office.put(`integration:${one}:name`, '<img src=x> & "co"');
    ends(one, 5);
    await day();
    expect(sent()[0]?.htmlBody).not.toContain('<img');
    expect(sent()[0]?.textBody).toContain('<img src=x> & "co"');
  });

  it('leaves nothing of a person whose account is closed', async () => {
    ends(one, 5);
    await day();
    const { privacy } = await import('@forge/api');
    expect(privacy).toBeDefined();
    office.app.closedAccounts.close(people.alice);
    office.put(`account:${people.alice}`, { askedAt: at(-10) });
    await day();
    const left = office.app.entries.list(site, '', undefined, 10_000).map(({ key }) => key);
    expect(left.filter((key) => /remind/.test(key))).toEqual([]);
  });
});

describe('The integration account’s own credential', () => {
  const connection = () => office.stored(`integration:${one}`);
  const expires = (days: number) => office.put(`integration:${one}`, { ...connection(), expiresAt: at(days) });

  it('leads to messages to admins who decided something here, once for each step, together with their own news', async () => {
    await office.inSettings(
      'save-token',
      { integrationId: one, credential: token(tokens.aliceEndless) },
      { as: 'ada' },
    );
    await workOn('ada', 'DEMO-2');
    ends(one, 20, people.ada);
    expires(20);
    await day();
    await day();
    turnTo(clock + DAY_MS);
    await day();
    expect(sent(people.ada)).toHaveLength(1);
    expect(sent(people.ada)[0]?.textBody.match(/^- /gm)).toHaveLength(2);
    expect(sent(people.ada)[0]?.textBody).toContain('of the integration account acme-bot expires on');
    expect(sent()).toEqual([]);
  });

  it('waits for an admin with an issue for the message', async () => {
    expires(20);
    await day();
    expect(office.app.jira.notifications(site)).toEqual([]);
    await workOn('ada', 'DEMO-2');
    await day();
    expect(sent(people.ada)).toHaveLength(1);
  });

  it('leads to no message to former admins', async () => {
    await workOn('ada', 'DEMO-2');
    office.app.jira.setPermission({ site, person: 'ada', permission: 'ADMINISTER', granted: false });
    expires(20);
    await day();
    expect(office.app.jira.notifications(site)).toEqual([]);
  });

  it('is shown and reported as refused, until the service accepts it again', async () => {
    await workOn('ada', 'DEMO-2');
    const refused: Tap = ({ to }) =>
      to === 'service' ? { kind: 'answer', status: 401, body: '{"message":"Bad credentials"}' } : undefined;
    const asked = await office.onIssue(
      'list-repositories',
      { integrationId: one, search: '' },
      { as: 'bob', tap: refused },
    );
    expect(asked).toMatchObject({ ok: false, error: { code: 'INTEGRATION_CREDENTIAL_REJECTED' } });
    const health = async () => (await office.asAdmin('load-site', {})).value.integrations[0].expiry?.health;
    expect(await health()).toBe('rejected');
    await day(refused);
    await day(refused);
    expect(sent(people.ada)).toHaveLength(1);
    expect(sent(people.ada)[0]?.textBody).toContain('no longer accepts');
    await day();
    expect(await health()).toBe('good');
  });
});
