import { openStage, type Stage } from '../support/stage';
import { contradictions } from './consistency';
import { spoilEverything, useCases, type Case } from './faults';

jest.setTimeout(180_000);

let stage: Stage;

beforeAll(async () => {
  const sites = Array.from({ length: 16 }, (_, index) => `site-${index}`);
  stage = await openStage({ load: () => import('../../src'), sites, faulty: true });
});
afterAll(() => stage.close());

/** Those that write most; `npm run faults` spoils the others too, and waits for what hangs. */
const chosen = ['create-pull-request', 'save-token, replaced', 'disconnect-integration'];

it('A secret that nothing leads to would be noticed, and so would a token without its owner', async () => {
  const [site = ''] = stage.sites.map(({ id }) => id);
  const integrationId = await stage.connect(site);
  await stage.saveToken(site, 'alice', integrationId);
  expect(contradictions(stage, site)).toEqual([]);
  for (const prefix of ['account:', 'token-holder:', 'token-trail:', 'integration:']) {
    const [entry] = stage.app.entries.list(site, prefix, undefined, 1);
    if (entry === undefined) throw new Error(`Nothing is kept under ${prefix}`);
    stage.app.entries.delete(site, 'value', entry.key);
    expect(contradictions(stage, site).join()).toContain(prefix === 'integration:' ? 'has no integration' : entry.key);
    stage.app.entries.set(site, 'value', entry.key, entry.json, undefined);
  }
  stage.app.entries.clear(site);
});

describe('Whatever happens at any step of an action', () => {
  let cases: Case[];
  beforeAll(async () => {
    cases = await spoilEverything(
      stage,
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
