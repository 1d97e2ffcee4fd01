import fc from 'fast-check';
import { leaks } from '../../rig/canary';
import { tokens } from '../../rig/github-world';
import type { CarriedBy } from 'local-forge';
import { openStage, type Stage } from '../../rig/stage';

/**
 * Two people at two customers in one warm process. On each site each of them has a token, or none and acts as the
 * integration account. In every interleaving, a request must carry the credential of its caller on that site.
 */
const people = ['alice', 'bob'] as const;
const sites = ['acme', 'globex'] as const;
/** The credentials of the four: alice’s token differs by site, and bob has none on globex. */
const tokenOf = {
  acme: { alice: tokens.alice, bob: tokens.bob },
  globex: { alice: tokens.aliceEndless, bob: tokens.bot },
} as const;

let stage: Stage;
const integrations: Record<string, string> = {};

beforeAll(async () => {
  stage = await openStage({ load: () => import('../../src') });
  for (const site of sites) {
    const id = await stage.connect(site);
    integrations[site] = id;
    await stage.saveToken(site, 'alice', id, tokenOf[site].alice);
  }
  await stage.saveToken('acme', 'bob', integrations['acme'] ?? '');
});
afterAll(() => stage.close());

const calls = fc.constantFrom(
  ...['load-issue', 'list-cards', 'list-repositories', 'list-branches', 'check-branch-name', 'list-reviewers'],
  ...['create-branch', 'delete-branch'],
);
const who = fc.record({ site: fc.constantFrom(...sites), as: fc.constantFrom(...people) });
/** Waiting times (ms) of the steps, which decide who overtakes whom. */
const pauses = fc.array(fc.nat(3), { minLength: 1, maxLength: 6 });
const actions = fc.array(fc.record({ who, call: calls, pauses }), { minLength: 2, maxLength: 8 });

let branches = 0;

it('No credential crosses from one person or customer to another, however invocations overlap', async () => {
  const carried: CarriedBy[] = [];
  stage.app.watch((request) => carried.push(request));
  await fc.assert(
    fc.asyncProperty(actions, async (overlapping) => {
      const answers = await Promise.all(
        overlapping.map(async ({ who: { site, as }, call, pauses: waits }) => {
          const name = `DEMO-1-b${branches++}`;
          const payload = {
            issueKey: 'DEMO-1',
            integrationId: integrations[site],
            repository: 'acme/web',
            ...{ search: '', sourceBranch: 'main', name, branch: name },
          };
          const answer: unknown = await stage.app.invoke({
            ...{ site, as, module: 'issue-context', call, payload },
            tap: (_, index) => ({ kind: 'slow', ms: waits[index % waits.length] ?? 0 }),
          });
          return { site, as, text: JSON.stringify(answer) };
        }),
      );
      for (const { text } of answers) expect(leaks(text, Object.values(tokens))).toEqual([]);
    }),
    { numRuns: 25, seed: 20261120 },
  );
  expect(carried.length).toBeGreaterThan(60);
  // A queue reads the information for Jira as the integration account of its site.
  for (const { site, as, authorization } of carried.filter((one) => one.as !== '')) {
    const own = tokenOf[site as (typeof sites)[number]][as as (typeof people)[number]];
    expect({ site, as, own: authorization.endsWith(` ${own}`) }).toEqual({ site, as, own: true });
  }
  expect(new Set(carried.map(({ authorization }) => authorization)).size).toBe(4);
});
