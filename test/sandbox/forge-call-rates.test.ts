import { openCallRates } from '../../packages/local-forge/src/forge/call-rates';
import { forgeRates, unlimitedRates } from '../../packages/local-forge/src/forge/storage/rates';
import { platformError } from '../../static/shared/platform-error';
import { startFixture } from '../fixtures/forge-app/run';

const start = Date.parse('2026-11-30T12:00:00Z');

/** The number of refused calls among so many, each of one person. */
function calling(rates: Partial<typeof forgeRates>) {
  let time = start;
  const limits = openCallRates({ ...unlimitedRates, ...rates }, () => new Date(time));
  return {
    wait: (ms: number) => (time += ms),
    refused: (times: number, accountId = 'alice', site = 'acme') =>
      Array.from({ length: times }, () => limits.ask(site, accountId)).filter((said) => said !== undefined).length,
  };
}

describe('How often pages may call the app', () => {
  it('is what Forge publishes', () => {
    expect(forgeRates).toMatchObject({ callsOfPerson: 1_200, calls: 7_000, callsASecond: 300 });
  });

  it('is limited for a person of a site, by the minute', () => {
    const { refused, wait } = calling({ callsOfPerson: 1_200 });
    expect(refused(1_205)).toBe(5);
    expect([refused(1, 'bob'), refused(1, 'alice', 'globex')]).toEqual([0, 0]);
    wait(59_999);
    expect(refused(1)).toBe(1);
    wait(1);
    expect(refused(1)).toBe(0);
  });

  it('is limited for all of a site, by the minute and by the second', () => {
    const minute = calling({ calls: 10 });
    expect([minute.refused(6), minute.refused(6, 'bob'), minute.refused(6, 'bob', 'globex')]).toEqual([0, 2, 0]);
    const second = calling({ callsASecond: 3 });
    expect(second.refused(5)).toBe(2);
    second.wait(1_000);
    expect(second.refused(3)).toBe(0);
  });

  it('reaches a page in words that it understands, and a minute later calls succeed', async () => {
    let time = start;
    const app = await startFixture({ rates: { ...forgeRates, callsOfPerson: 1 }, now: () => new Date(time) });
    try {
      await app.call('who');
      const call = { module: 'panel', issueKey: 'DEMO-1', call: 'who', payload: {} };
      const { status, body } = await app.post('/sandbox/invoke', { as: 'alice', ...call });
      expect([status, body.error.code]).toEqual([429, 'PLATFORM_RATE_LIMITED']);
      expect(platformError(body.error.message).code).toBe('PLATFORM_LIMITED');
      await app.call('who', {}, { as: 'bob' });
      time += 60_000;
      await app.call('who');
    } finally {
      await app.stop();
    }
  });
});
