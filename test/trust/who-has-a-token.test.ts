import { forgetPace } from '../support/forget-pace';
import { issueCalls, manageRepositoriesCalls, userSettingsCalls } from '../../src/contract/calls';
import { tokens } from '../../rig/github-world';
import { openStage, type Stage } from '../../rig/stage';

const site = 'acme';
let stage: Stage;
let integrationId: string;

beforeAll(async () => {
  stage = await openStage({ load: () => import('../../src') });
  integrationId = await stage.connect(site);
});
afterAll(() => stage.close());

/** Values for the payload of every call; each call takes its own fields. */
const payload = () => ({
  ...{ issueKey: 'DEMO-1', projectKey: 'DEMO', integrationId, id: integrationId, repository: 'acme/web', search: '' },
  ...{
    sourceBranch: 'no-such',
    targetBranch: 'main',
    branch: 'no-such',
    name: 'a b',
    title: 'x',
    news: `${'0'.repeat(40)}.0.${'0'.repeat(43)}`,
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

/** All answers of all calls to people who are no admins, without values that differ each time. */
async function told(): Promise<Record<string, string>> {
  const answers: Record<string, string> = {};
  forgetPace(stage.app, site);
  for (const [module, calls] of Object.entries(surfaces))
    for (const call of Object.keys(calls))
      for (const as of others) {
        const answer: unknown = await stage.app
          .invoke({ site, as, module, call, payload: payload() })
          .catch((refused: Error & { code?: string }) => refused.code);
        answers[`${module} ${call} as ${as}`] = JSON.stringify(answer, (key, value: unknown) =>
          key === 'ticket' ? '' : value,
        )
          .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
          // Behind its digest, news says when it was found.
          .replace(/(?<="news":"[0-9a-f]{40})[^"]*/g, '');
      }
  return answers;
}

it('No answer to others depends on whether somebody has a token, and no log names anybody', async () => {
  // Their own stored data exists from now on.
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
  // She herself sees a difference, which proves that one exists.
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
