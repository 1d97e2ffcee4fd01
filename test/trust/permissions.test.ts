import { tokens } from '../../rig/github-world';
import { openStage, type Stage } from '../../rig/stage';
import { tryEverything, type Row } from '../../rig/trials/permissions';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage({ load: () => import('../../src') });
});
afterAll(() => stage.close());

describe('Every call, from every module, by everybody', () => {
  let rows: Row[];
  beforeAll(async () => {
    rows = await tryEverything(stage);
  });

  it('executes allowed calls, and refuses the rest before any change and any request to a service', () => {
    expect(rows.filter(({ problem }) => problem !== undefined)).toEqual([]);
  });

  it('is tried: each role is refused somewhere, and each call is allowed to somebody', () => {
    const refused = new Set(rows.filter(({ expected }) => expected === 'refuse').map(({ role }) => role));
    expect(refused.size).toBe(7);
    // Names that every object has are tried as well, and are nobody's.
    const calls = new Set(rows.map(({ call }) => call).filter((call) => !(call in Object.prototype)));
    const served = new Set(
      rows.filter(({ expected, problem }) => expected === 'allow' && problem === undefined).map(({ call }) => call),
    );
    expect([...calls].filter((call) => !served.has(call))).toEqual([]);
    expect(rows.filter(({ forged }) => forged !== undefined).length).toBeGreaterThan(100);
  });
});

it('An account id in a payload is ignored: the token is stored for the caller', async () => {
  const integrationId = await stage.connect('acme', { name: 'for forged accounts' });
  const bob = '712020:b0b00000-0000-4000-8000-000000000003';
  const payload = { integrationId, accountId: bob, credential: { kind: 'token', token: tokens.alice, accountId: bob } };
  const saved = await stage.app.invoke({ as: 'alice', module: 'user-settings', call: 'save-token', payload });
  expect(saved).toMatchObject({ ok: true });
  const kept = stage.app.entries.secretKeys('acme').filter((key) => key.endsWith(integrationId));
  expect(kept).toContain(`token:712020:a11ce000-0000-4000-8000-000000000002:${integrationId}`);
  expect(kept.filter((key) => key.includes(bob))).toEqual([]);
});
