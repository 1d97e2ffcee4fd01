import { openStage, type Stage } from '../support/stage';
import { spoilEverything, type Case } from './faults';
import { useCases } from './use-cases';

/** One of each kind: reads, work on the service, tokens, settings, and what is handed to a queue. */
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

/** What people were told: of storage and its queues that were busy, or of what gave no answer at all. */
const outcomesOf = (to: string, isBusy = false) =>
  new Set(
    cases
      .filter(({ step, fault }) => step.startsWith(`${to} `) && (fault === 'status-429') === isBusy)
      .map(({ outcome }) => outcome),
  );

describe('When Jira or Forge does not answer', () => {
  it('a person is told which of the two, and nothing of an inner error', () => {
    expect(outcomesOf('jira')).toEqual(new Set(['JIRA_UNAVAILABLE']));
    // What is noted after the service did its part may be lost: then the act is answered as done.
    expect(outcomesOf('storage')).toEqual(new Set(['STORAGE_UNAVAILABLE', 'ok']));
    expect(outcomesOf('queue')).toEqual(new Set(['STORAGE_UNAVAILABLE', 'ok']));
  });

  it('a person is told that storage is busy, where that is why', () => {
    expect(outcomesOf('jira', true)).toEqual(new Set(['JIRA_LIMITED']));
    // What is read is asked for again after a moment, and what is noted is left to a queue.
    expect(outcomesOf('storage', true)).toEqual(new Set(['STORAGE_BUSY', 'ok']));
    expect(outcomesOf('queue', true)).toEqual(new Set(['STORAGE_BUSY', 'ok']));
  });

  it('a read that was refused once is none that a person hears of', () => {
    const reads = cases.filter(({ step, fault }) => fault === 'status-429' && /^storage \S+\/(get|query)$/.test(step));
    expect(reads.length).toBeGreaterThan(15);
    expect(reads.filter(({ outcome }) => outcome !== 'ok')).toEqual([]);
  });

  it('nothing was changed on the service where that is said', () => {
    const told = cases.filter(({ outcome }) => /^(JIRA|STORAGE)_(UNAVAILABLE|BUSY)$/.test(outcome));
    expect(told.length).toBeGreaterThan(30);
    expect(told.filter(({ writes }) => writes > 0)).toEqual([]);
  });
});
