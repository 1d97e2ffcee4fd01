import { openOffice, type Office } from './office';

/** So many points that a page loads twice. */
const points = 10;
const burst = { usual: 1_000, issue: 1_000 };
let office: Office;
let now = Date.parse('2026-11-30T12:10:00Z');

beforeAll(async () => {
  office = await openOffice(() => new Date(now), { points, burst });
});
afterAll(() => office.close());

it('A site that used up Jira’s hour reads until when, and continues by itself at the full hour', async () => {
  expect((await office.onIssue('load-issue')).ok).toBe(true);
  await office.onIssue('load-issue');
  const refused = await office.onIssue('load-issue');
  const { code, params } = refused.error;
  expect({ code, params }).toEqual({
    code: 'JIRA_LIMITED',
    params: { issue: 'DEMO-1', reason: 'quota', retryAt: expect.stringMatching(/Z$/) },
  });
  // The app's clock is this machine's, the hour's the sandbox's: 50 minutes are left of it.
  const left = Date.parse(params.retryAt) - Date.now();
  expect(Math.round(left / 60_000)).toBe(50);
  expect(await office.asAdmin('load-site')).toMatchObject({ error: { code: 'JIRA_LIMITED' } });
  now += 50 * 60_000;
  expect((await office.onIssue('load-issue')).ok).toBe(true);
});
