import { openStage, type Stage } from '../support/stage';
import { spoilEverything, type Case } from './faults';
import { useCases } from './use-cases';

jest.setTimeout(180_000);

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
    (fault) => fault === 'reset' || fault === 'status-500',
  );
});
afterAll(() => stage.close());

const outcomesOf = (to: string) =>
  new Set(cases.filter(({ step }) => step.startsWith(`${to} `)).map(({ outcome }) => outcome));

describe('When Jira or Forge does not answer', () => {
  it('a person is told which of the two, and nothing of an inner error', () => {
    expect(outcomesOf('jira')).toEqual(new Set(['JIRA_UNAVAILABLE']));
    // What is noted after the service did its part may be lost: then the act is answered as done.
    expect(outcomesOf('storage')).toEqual(new Set(['STORAGE_UNAVAILABLE', 'ok']));
    expect(outcomesOf('queue')).toEqual(new Set(['STORAGE_UNAVAILABLE']));
  });

  it('nothing was changed on the service where that is said', () => {
    const told = cases.filter(({ outcome }) => /^(JIRA|STORAGE)_UNAVAILABLE$/.test(outcome));
    expect(told.length).toBeGreaterThan(30);
    expect(told.filter(({ writes }) => writes > 0)).toEqual([]);
  });
});
