import { minuteOf } from '../../src/domain/pace';
import type { Step, Tap } from 'local-forge';
import { isCount } from '../../rig/trials/consistency';
import { openOffice, serviceAnswers, type Office } from './office';

let office: Office;

beforeAll(async () => (office = await openOffice()));
afterAll(() => office.close());

function forget() {
  for (const { key } of office.app.entries.list('acme', 'pace:', undefined, 100))
    office.app.entries.delete('acme', 'value', key);
}
beforeEach(forget);

/** A run that crosses the end of a minute proves nothing and is repeated. */
async function inOneMinute(run: () => Promise<void>): Promise<void> {
  for (;;) {
    const minute = minuteOf(Date.now());
    try {
      return await run();
    } catch (thrown) {
      if (minuteOf(Date.now()) === minute) throw thrown;
      forget();
    }
  }
}

const reading = (id: string) => ({ integrationId: id, repository: 'acme/web', search: '' });
const creating = (id: string) => ({ ...reading(id), sourceBranch: 'main', name: '~' });

/** Calls one after the other until one is refused for their number; returns how many were accepted. */
async function callsUntilLimited(call: () => Promise<any>): Promise<number> {
  for (let calls = 0; calls < 2_000; calls += 1) {
    const { error } = await call();
    if (error?.code === 'PERSON_LIMITED') return calls;
  }
  throw new Error('There is no limit');
}

describe('One person who calls without a pause', () => {
  it('is refused, with the time to come back; nobody else is, and acts and looks are counted apart', () =>
    inOneMinute(async () => {
      const id = await office.connect();
      const made = await callsUntilLimited(() => office.onIssue('create-branch', creating(id)));
      // Calls that count for several are chosen at random.
      expect(made).toBeGreaterThan(20);
      expect(made).toBeLessThan(200);
      const { error } = await office.onIssue('create-branch', creating(id));
      const { retryAt } = error.params as { retryAt: string };
      // Calls that count for several can exceed the limit.
      expect(Date.parse(retryAt) - Date.now()).toBeLessThanOrEqual(75_000);
      expect((await office.onIssue('create-branch', creating(id), { as: 'bob' })).error.code).toBe(
        'BRANCH_NAME_INVALID',
      );
      expect((await office.onIssue('load-issue')).ok).toBe(true);
    }));

  it.each(['load-issue', 'list-branches'])('looks as often by %s', async (call) => {
    const id = await office.connect();
    const tap = serviceAnswers(500);
    const looked = await callsUntilLimited(() => office.onIssue(call, reading(id), { tap }));
    expect(looked).toBeGreaterThan(100);
    expect(looked).toBeLessThan(600);
  });

  it('is counted though all calls come at once', async () => {
    const id = await office.connect();
    let done = 0;
    for (let wave = 0; wave < 30; wave += 1) {
      const codes = await Promise.all(
        Array.from(
          { length: 50 },
          async () => (await office.onIssue('create-branch', creating(id))).error.code as string,
        ),
      );
      const passed = codes.filter((code) => code !== 'PERSON_LIMITED').length;
      if (passed === 0) break;
      done += passed;
    }
    expect(done).toBeLessThan(1_200);
  });

  it('costs others little once refused: no write, no request to a service, no credential of the integration', () =>
    inOneMinute(async () => {
      const id = await office.connect();
      await office.app.settle({ hurry: true });
      await callsUntilLimited(() => office.onIssue('create-branch', creating(id)));
      const steps: Step[] = [];
      const tap: Tap = (step) => void steps.push(step);
      await office.onIssue('create-branch', creating(id), { tap });
      expect(steps.filter(({ writes, to }) => writes || to === 'service')).toEqual([]);
      expect(steps.filter(({ to }) => to === 'storage').length).toBeLessThanOrEqual(4);
    }));

  it('leaves no account id behind', async () => {
    const id = await office.connect();
    const steps: Step[] = [];
    await office.onIssue('list-branches', reading(id), { tap: (step) => void steps.push(step) });
    const counts = steps.filter((step) => step.writes && isCount(step));
    expect(counts).toHaveLength(1);
    expect(counts.map(({ what }) => what).join()).not.toContain('712020');
    const [kept] = office.app.entries.list('acme', 'pace:', undefined, 10);
    expect((kept?.expiresAt ?? Infinity) - Date.now()).toBeLessThanOrEqual(120_000);
  });
});
