import { openStage, type Stage } from '../../rig/stage';
import { serviceStep } from 'local-forge';
import { serviceNames } from '../../rig/staged-services';
import { contradictions, readyWhileRequired } from '../../rig/trials/consistency';
import { spoilEverything, type Case, type Plan } from '../../rig/trials/faults';
import { randomFrom } from '../../rig/random';
import { spoilPairs } from '../../rig/trials/two-faults';
import { useCases } from '../../rig/trials/use-cases';

let stage: Stage;

beforeAll(async () => {
  const sites = Array.from({ length: 16 }, (_, index) => `site-${index}`);
  stage = await openStage({ load: () => import('../../src'), sites, services: serviceNames, faulty: true });
});
afterAll(() => stage.close());

/** Those that write most; `npm run faults` spoils the others too, and waits for what hangs. */
const chosen = [
  ...['create-pull-request', 'save-token, replaced', 'disconnect-integration'],
  ...['ready-credentials', 'leavers', 'reminders'].map((queue) => `${queue}, the queue’s function`),
];

it('The check finds a secret that nothing leads to, and data of a person whom no report names', async () => {
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

it('The check finds a copy of a credential that exists although a token is required', async () => {
  const [site = ''] = stage.sites.map(({ id }) => id);
  const integrationId = await stage.connect(site);
  await stage.app.settle({ hurry: true });
  const ready = `ready-credential:${integrationId}`;
  expect(stage.app.entries.secretKeys(site)).toContain(ready);
  expect(readyWhileRequired(stage, site)).toEqual([]);
  const { entries } = stage.app;
  entries.set(site, 'value', 'setting:requireUserPat', 'true', undefined);
  expect(readyWhileRequired(stage, site).join()).toContain(ready);
  entries.delete(site, 'value', 'setting:requireUserPat');
  entries.set(site, 'value', `integration:${integrationId}:required`, 'true', undefined);
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

  it('at most one write is requested of the service', () => {
    expect(cases.filter(({ writes }) => writes > 1)).toEqual([]);
  });

  it('the answer is typed, unless the invocation was killed', () => {
    expect(cases.filter(({ untyped, timedOut }) => untyped !== undefined || timedOut)).toEqual([]);
  });

  it('an acknowledged change exists, and repeating the action makes it exactly once', () => {
    expect(cases.filter(({ lost }) => lost !== undefined)).toEqual([]);
    expect(cases.filter(({ outcome }) => outcome === 'ok').length).toBeGreaterThan(20);
    expect(cases.filter(({ outcome }) => outcome === 'killed').length).toBeGreaterThan(30);
  });
});

describe('Two actions that are spoilt at the same time', () => {
  it('leave no secret that nothing leads to, write once each, and answer', async () => {
    const plans: Plan[] = [];
    const some = [
      'create-branch',
      'save-token, replaced',
      'update-integration',
      'disconnect-integration',
      'remove-token',
    ];
    const wanted = useCases.filter(({ name }) => some.includes(name));
    // No plan runs alone here: they are for the pairs.
    await spoilEverything([stage], wanted, undefined, undefined, (all) => void plans.push(...all), true);
    const pairs = await spoilPairs(stage, plans, { each: 4, random: randomFrom(7) });
    expect(pairs.filter(({ wrong }) => wrong.length > 0)).toEqual([]);
    expect(pairs.length).toBe(60);
    expect(pairs.filter(({ struck }) => struck.every(Boolean)).length).toBeGreaterThan(40);
  });
});

describe('At the other services, of everything that can happen', () => {
  const others = serviceNames.filter((name) => name !== 'github');
  const acts = ['create-branch', 'create-pull-request', 'delete-branch', 'save-token, first', 'add-integration'];
  let cases: Case[];
  beforeAll(async () => {
    const random = randomFrom(20261128);
    cases = await spoilEverything(
      others.map((name) => stage.at(name)),
      useCases.filter(({ name }) => acts.includes(name)),
      (fault) => !/hang|slow/.test(fault) && random() < 0.3,
    );
  });

  it('a sample leaves nothing wrong: no orphan, no second write, no untyped answer, nothing lost', () => {
    expect(new Set(cases.map(({ service }) => service))).toEqual(new Set(others));
    expect(cases.length).toBeGreaterThan(40);
    expect(cases.filter(({ orphans, writes }) => orphans.length > 0 || writes > 1)).toEqual([]);
    expect(cases.filter(({ untyped, lost, unjudged, timedOut }) => untyped ?? lost ?? unjudged ?? timedOut)).toEqual(
      [],
    );
  });
});

describe('A request for a change at a service is recognised by its name', () => {
  const aws = (operation: string) => {
    const headers = { 'x-amz-target': `CodeCommit_20150413.${operation}` };
    return serviceStep(
      new Request('https://codecommit.eu-central-1.amazonaws.com/', { method: 'POST', headers }),
      body(),
    );
  };
  const body = (text = '') => new TextEncoder().encode(text);
  const writes = (address: string, method: string, text?: string) =>
    serviceStep(new Request(address, { method }), body(text)).writes;

  it('at AWS, where everything is a POST to the same place', () => {
    expect(['GetBranch', 'ListBranches', 'BatchGetRepositories'].map((one) => aws(one).writes)).toEqual([
      false,
      false,
      false,
    ]);
    expect(['CreateBranch', 'DeleteBranch', 'CreatePullRequest'].map((one) => aws(one).writes)).toEqual([
      true,
      true,
      true,
    ]);
    expect(writes('https://sts.eu-central-1.amazonaws.com/', 'POST', 'Action=GetCallerIdentity&Version=1')).toBe(false);
  });

  it('at the others by the method, but for GraphQL', () => {
    expect(writes('https://api.github.com/graphql', 'POST', JSON.stringify({ query: '{ viewer { login } }' }))).toBe(
      false,
    );
    expect(writes('https://api.github.com/graphql', 'POST', JSON.stringify({ query: 'mutation { x }' }))).toBe(true);
    expect(writes('https://dev.azure.com/acme/p/_apis/git/repositories/r/refs', 'POST', '[]')).toBe(true);
    expect(writes('https://gitlab.com/api/v4/user', 'GET')).toBe(false);
  });
});
