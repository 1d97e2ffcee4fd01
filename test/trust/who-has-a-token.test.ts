import { issueCalls, manageRepositoriesCalls, userSettingsCalls } from '../../src/contract/calls';
import { tokens } from '../support/github-world';
import { openStage, type Stage } from '../support/stage';

const site = 'acme';
let stage: Stage;
let integrationId: string;

beforeAll(async () => {
  stage = await openStage({ load: () => import('../../src') });
  integrationId = await stage.connect(site);
});
afterAll(() => stage.close());

/** What every call of a page can be asked with; each takes what it knows. */
const payload = () => ({
  ...{ issueKey: 'DEMO-1', projectKey: 'DEMO', integrationId, id: integrationId, repository: 'acme/web', search: '' },
  ...{
    sourceBranch: 'no-such',
    targetBranch: 'main',
    branch: 'no-such',
    name: 'a b',
    title: 'x',
    news: '0'.repeat(40),
  },
  ...{ address: 'https://github.com/acme/no-such', cleared: { of: 'project' }, accountIds: [alice], reason: 'x' },
  ...{ edition: 'github.com', credential: { kind: 'token', token: 'no-such' }, enabled: true, rules: null },
});
const alice = '712020:a11ce000-0000-4000-8000-000000000002';
const surfaces = {
  'issue-context': issueCalls,
  'user-settings': userSettingsCalls,
  'manage-repositories': manageRepositoriesCalls,
};
const others = ['bob', 'carol', 'erin', 'anonymous'];

/** Everything that people who are no admins are told by every call there is, without what differs each time. */
async function told(): Promise<Record<string, string>> {
  const answers: Record<string, string> = {};
  for (const [module, calls] of Object.entries(surfaces))
    for (const call of Object.keys(calls))
      for (const as of others) {
        const answer: unknown = await stage.app
          .invoke({ site, as, module, call, payload: payload() })
          .catch((refused: Error & { code?: string }) => refused.code);
        answers[`${module} ${call} as ${as}`] = JSON.stringify(answer, (key, value: unknown) =>
          key === 'ticket' ? '' : value,
        ).replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME');
      }
  return answers;
}

it('Whether somebody has a token is no difference in any answer to others, nor does a log name anybody', async () => {
  // What they stored themselves is there from now on.
  await told();
  const before = await told();
  await stage.saveToken(site, 'alice', integrationId);
  const has = await told();
  expect(has).toEqual(before);
  await stage.app.invoke({
    site,
    as: 'alice',
    module: 'user-settings',
    call: 'remove-token',
    payload: { integrationId },
  });
  expect(await told()).toEqual(before);
  expect(Object.values(before).filter((answer) => answer.startsWith('{"ok":true')).length).toBeGreaterThan(8);
  // She herself sees a difference, so that there is one to be seen.
  const mine = async () =>
    JSON.stringify(
      await stage.app.invoke({ site, as: 'alice', module: 'user-settings', call: 'load-user-settings', payload: {} }),
    );
  const without = await mine();
  await stage.saveToken(site, 'alice', integrationId);
  expect(await mine()).not.toBe(without);
  const log = stage.app.written().logs.join('\n');
  for (const secret of [alice, 'alice', ...Object.values(tokens)]) expect(log).not.toContain(secret);
});
