import { toAsk, type Ticket, type TicketUse } from '../../src/domain/ticket';

const now = Date.parse('2026-11-30T12:00:00Z');
const minutes = (count: number) => count * 60_000;
const bearer = { accountId: '712020:alice', site: 'ari:cloud:jira::site/1', issueKey: 'DEMO-1' };
const aged = (allowed: number, named = allowed): Ticket => ({
  ...bearer,
  issueId: '10001',
  projectKey: 'DEMO',
  allowedAt: now - allowed,
  namedAt: now - named,
});
const nothing = { permission: false, issue: false };
const everything = { permission: true, issue: true };
const uses: TicketUse[] = ['look', 'name', 'change', 'change-as-integration'];

describe('A ticket', () => {
  it.each(uses)('that is missing lets every request to Jira go out: %s', (use) => {
    expect(toAsk(undefined, bearer, use, now)).toEqual(everything);
  });

  it.each([
    ['account', { accountId: '712020:bob' }],
    ['site', { site: 'ari:cloud:jira::site/2' }],
    ['issue', { issueKey: 'DEMO-2' }],
  ])('of another %s admits nothing', (_, other) => {
    for (const use of uses) expect(toAsk(aged(0), { ...bearer, ...other }, use, now)).toEqual(everything);
  });

  it('of the future admits nothing', () => {
    for (const use of uses) expect(toAsk(aged(-1), bearer, use, now)).toEqual(everything);
  });

  it.each([
    ['look', minutes(5) - 1, minutes(1440) - 1, nothing],
    ['look', minutes(5), minutes(1440) - 1, { permission: true, issue: false }],
    ['look', minutes(5) - 1, minutes(1440), { permission: false, issue: true }],
    ['name', minutes(5) - 1, 0, { permission: false, issue: true }],
    ['name', minutes(5), 0, everything],
    ['change', minutes(1) - 1, minutes(5) - 1, nothing],
    ['change', minutes(1), minutes(5) - 1, { permission: true, issue: false }],
    ['change', minutes(1) - 1, minutes(5), { permission: false, issue: true }],
    ['change-as-integration', 0, 0, everything],
  ] as const)('to %s, allowed %d ms ago and named %d ms ago, leaves %o to request', (use, allowed, named, left) => {
    expect(toAsk(aged(allowed, named), bearer, use, now)).toEqual(left);
  });
});
