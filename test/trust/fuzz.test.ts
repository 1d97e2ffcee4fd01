import { openStage, type Stage } from '../../rig/stage';
import { whole } from '../support/whole';
import { fuzzedCalls, freshIntegration, fuzz } from '../../rig/trials/fuzz';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage({ load: () => import('../../src') });
});
afterAll(() => stage.close());

it.each(fuzzedCalls)(
  '$module $call answers any payload with a value or a typed error, and changes nothing when it refuses',
  async (call) => {
    const integrationId = await freshIntegration(stage);
    const done = await fuzz(stage, integrationId, call, { runs: whole ? 300 : 100, seed: 20261120, ms: 30_000 });
    expect(done.failure).toBeUndefined();
    expect(done.payloads).toBeGreaterThan(50);
  },
);

it('Half a surrogate pair, which no address can carry, is refused as input', async () => {
  const integrationId = await freshIntegration(stage);
  const payload = { issueKey: 'DEMO-1', integrationId, repository: 'acme/web', sourceBranch: '\ud800', name: 'x' };
  const answer = await stage.app.invoke({ as: 'alice', module: 'issue-context', call: 'create-branch', payload });
  expect(answer).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT', params: { field: 'sourceBranch' } } });
});

it('Nobody can request the activity of Forge’s account for people who are not logged in', async () => {
  const payload = { forExport: false, accountId: 'unidentified' };
  expect(await stage.app.invoke({ as: 'ada', module: 'manage-repositories', call: 'list-activity', payload })).toEqual({
    ok: false,
    error: { code: 'INVALID_INPUT', params: { field: 'accountId' } },
  });
});
