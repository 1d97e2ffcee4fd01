import { openStage, type Stage } from '../support/stage';
import { contradictions, readyWhileRequired } from './consistency';
import { spoilEverything, type Case } from './faults';
import { useCases } from './use-cases';

jest.setTimeout(180_000);

let stage: Stage;

beforeAll(async () => {
  const sites = Array.from({ length: 16 }, (_, index) => `site-${index}`);
  stage = await openStage({ load: () => import('../../src'), sites, faulty: true });
});
afterAll(() => stage.close());

/** Those that write most; `npm run faults` spoils the others too, and waits for what hangs. */
const chosen = [
  ...['create-pull-request', 'save-token, replaced', 'disconnect-integration'],
  'ready-credentials, the queue’s function',
];

it('A secret that nothing leads to would be noticed, and so would anything of somebody whom no report names', async () => {
  const [site = ''] = stage.sites.map(({ id }) => id);
  const integrationId = await stage.connect(site);
  await stage.saveToken(site, 'alice', integrationId);
  const payload = { issueKey: 'DEMO-1', integrationId, repository: 'acme/web' };
  await stage.app.invoke({ site, as: 'bob', module: 'issue-context', call: 'save-default', payload });
  expect(contradictions(stage, site)).toEqual([]);
  const { entries } = stage.app;
  const bob = '712020:b0b00000-0000-4000-8000-000000000003';
  const places = [`account:${bob}`, 'account:', 'token-holder:', 'token-trail:', 'integration:'];
  for (const prefix of [...places, 'activity:', 'activity-of:', 'activity-person:']) {
    const [entry] = entries.list(site, prefix, undefined, 1);
    if (entry === undefined) throw new Error(`Nothing is kept under ${prefix}`);
    entries.delete(site, 'value', entry.key);
    expect(contradictions(stage, site).join()).toContain(`without ${entry.key}`);
    entries.set(site, 'value', entry.key, entry.json, undefined);
  }
  expect(contradictions(stage, site)).toEqual([]);
  stage.app.entries.clear(site);
});

it('A copy of a credential that lies ready although a token is required would be noticed', async () => {
  const [site = ''] = stage.sites.map(({ id }) => id);
  const integrationId = await stage.connect(site);
  const ready = `ready-credential:${integrationId}`;
  expect(stage.app.entries.secretKeys(site)).toContain(ready);
  expect(readyWhileRequired(stage, site)).toEqual([]);
  const { entries } = stage.app;
  const required = { requireUserPat: true, branchActions: true, pullRequestActions: true };
  entries.set(site, 'value', 'settings', JSON.stringify(required), undefined);
  expect(readyWhileRequired(stage, site).join()).toContain(ready);
  entries.delete(site, 'value', 'settings');
  const key = `integration:${integrationId}`;
  const record = JSON.parse(entries.get(site, 'value', key)?.json ?? '') as object;
  entries.set(site, 'value', key, JSON.stringify({ ...record, requireUserPat: true }), undefined);
  expect(readyWhileRequired(stage, site).join()).toContain(ready);
  entries.clear(site);
});

describe('Whatever happens at any step of an action', () => {
  let cases: Case[];
  beforeAll(async () => {
    cases = await spoilEverything(
      [stage],
      useCases.filter(({ name }) => chosen.includes(name)),
      (fault) => !/hang|slow/.test(fault),
    );
  });

  it('no secret is left that nothing leads to', () => {
    expect(cases.length).toBeGreaterThan(100);
    expect(cases.filter(({ orphans }) => orphans.length > 0)).toEqual([]);
  });

  it('the service is asked to write at most once', () => {
    expect(cases.filter(({ writes }) => writes > 1)).toEqual([]);
  });

  it('the answer is typed, unless there is nobody left to give one', () => {
    expect(cases.filter(({ untyped, timedOut }) => untyped !== undefined || timedOut)).toEqual([]);
  });

  it('what was acknowledged is there, and doing it again brings it about exactly once', () => {
    expect(cases.filter(({ lost }) => lost !== undefined)).toEqual([]);
    expect(cases.filter(({ outcome }) => outcome === 'ok').length).toBeGreaterThan(20);
    expect(cases.filter(({ outcome }) => outcome === 'killed').length).toBeGreaterThan(30);
  });
});
