import { fits, outcomeOf, type Activity, type ActivityFilter } from '../../src/domain/activity';

describe('The outcome of an act', () => {
  it('is *done* without an error', () => {
    expect(outcomeOf(undefined)).toBe('done');
  });

  it.each([
    'TIMEOUT', 'UNREACHABLE', 'UNEXPECTED_ANSWER', 'NOT_AN_API_ANSWER', 'NOT_THIS_SERVICE', 'SERVICE_TOO_OLD', 'RATE_LIMITED',
    'CLOCK_SKEW', 'EGRESS_REFUSED', 'INTEGRATION_WITHOUT_CREDENTIAL', 'JIRA_UNAVAILABLE', 'STORAGE_UNAVAILABLE', 'INTERNAL',
  ] as const)('is *failed* where nobody refused it: %s', (error) => {
    expect(outcomeOf(error)).toBe('failed');
  }); // prettier-ignore

  it.each(['PERMISSION_DENIED', 'BRANCH_EXISTS', 'TOKEN_REQUIRED', 'AUTH_INVALID'] as const)(
    'is *refused* where somebody did: %s',
    (error) => {
      expect(outcomeOf(error)).toBe('refused');
    },
  );
});

describe('A filter', () => {
  const noon = '2026-11-20T12:00:00.000Z';
  const done: Activity = {
    at: noon,
    action: 'create-branch',
    outcome: 'done',
    accountId: 'alice',
    integration: { id: 'one', name: 'acme' },
  };

  it('without a field finds everything', () => {
    expect(fits(done, {})).toBe(true);
    expect(fits({ at: noon, action: 'save-site-settings', outcome: 'done' }, {})).toBe(true);
  });

  const found: ActivityFilter[] = [
    { accountId: 'alice' },
    { integrationId: 'one' },
    { action: 'create-branch' },
    { outcome: 'done' },
    { from: noon },
    { to: noon },
    { from: '2026-11-20T11:59:59.999Z', to: '2026-11-20T13:00:00+01:00', accountId: 'alice', outcome: 'done' },
  ];
  it.each(found)('of %j finds its records, both ends of its time included', (filter) => {
    expect(fits(done, filter)).toBe(true);
  });

  const missed: ActivityFilter[] = [
    { accountId: 'bob' },
    { integrationId: 'two' },
    { action: 'delete-branch' },
    { outcome: 'failed' },
    { from: '2026-11-20T12:00:00.001Z' },
    { to: '2026-11-20T11:59:59.999Z' },
    { accountId: 'alice', outcome: 'refused' },
  ];
  it.each(missed)('of %j leaves out all others', (filter) => {
    expect(fits(done, filter)).toBe(false);
  });

  it('of an integration leaves out records without one', () => {
    expect(fits({ at: noon, action: 'save-site-settings', outcome: 'done' }, { integrationId: 'one' })).toBe(false);
  });
});
