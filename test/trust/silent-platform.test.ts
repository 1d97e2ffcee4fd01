import { openStage, type Stage } from '../../rig/stage';
import { spoilEverything, type Case } from '../../rig/trials/faults';
import { useCases } from '../../rig/trials/use-cases';

/** One of each kind: reads, work on the service, tokens, settings, and events of a queue. */
const chosen = [
  ...['load-issue', 'create-branch', 'delete-branch', 'remove-token', 'save-default'],
  ...['save-site-settings', 'disconnect-integration'],
];

let stage: Stage;
let cases: Case[];
beforeAll(async () => {
  const sites = Array.from({ length: 8 }, (_, index) => `site-${index}`);
  stage = await openStage({ load: () => import('../../src'), sites, faulty: true });
  cases = await spoilEverything(
    [stage],
    useCases.filter(({ name }) => chosen.includes(name)),
    (fault) => fault === 'reset' || fault === 'status-500' || fault === 'status-429',
  );
});
afterAll(() => stage.close());

/** The expected errors: busy storage and queues, or a missing answer. */
const outcomesOf = (to: string, isBusy = false) =>
  new Set(
    cases
      .filter(({ step, fault }) => step.startsWith(`${to} `) && (fault === 'status-429') === isBusy)
      .map(({ outcome }) => outcome),
  );

describe('When Jira or Forge does not answer', () => {
  it('a person reads which of the two, and nothing of an inner error', () => {
    expect(outcomesOf('jira')).toEqual(new Set(['JIRA_UNAVAILABLE']));
    // A record after the service's part can be lost: then the act is answered as done.
    expect(outcomesOf('storage')).toEqual(new Set(['STORAGE_UNAVAILABLE', 'ok']));
    expect(outcomesOf('queue')).toEqual(new Set(['STORAGE_UNAVAILABLE', 'ok']));
  });

  it('a person reads that storage is busy, if that is the reason', () => {
    expect(outcomesOf('jira', true)).toEqual(new Set(['JIRA_LIMITED']));
    // Reads are repeated after a moment, and records are left to a queue.
    expect(outcomesOf('storage', true)).toEqual(new Set(['STORAGE_BUSY', 'ok']));
    expect(outcomesOf('queue', true)).toEqual(new Set(['STORAGE_BUSY', 'ok']));
  });

  it('a read that was refused once is invisible to the person', () => {
    const reads = cases.filter(({ step, fault }) => fault === 'status-429' && /^storage \S+\/(get|query)$/.test(step));
    expect(reads.length).toBeGreaterThan(15);
    expect(reads.filter(({ outcome }) => outcome !== 'ok')).toEqual([]);
  });

  it('nothing was changed on the service where the answer says so', () => {
    const told = cases.filter(({ outcome }) => /^(JIRA|STORAGE)_(UNAVAILABLE|BUSY)$/.test(outcome));
    expect(told.length).toBeGreaterThan(30);
    expect(told.filter(({ writes }) => writes > 0)).toEqual([]);
  });
});
