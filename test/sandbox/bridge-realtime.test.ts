import { createRealtime, realtimeChannel } from '../../packages/local-forge/src/forge/bridge/realtime';

const at = (issue: string, moduleKey = 'panel') => ({
  moduleKey,
  extension: { issue: { id: issue }, project: { id: '1' } },
});
const onIssue = realtimeChannel.parse({ channelName: 'work', options: { contextOverrides: ['issue'] } });

/** What arrives at a subscription, as far as it has come. */
async function heardBy(response: Response, publish: () => void): Promise<string> {
  const reader = response.body?.getReader();
  await reader?.read();
  publish();
  const next = await Promise.race([reader?.read(), new Promise((resolve) => setImmediate(() => resolve(undefined)))]);
  return new TextDecoder().decode((next as { value?: Uint8Array } | undefined)?.value);
}

describe('A channel of Realtime', () => {
  it.each([
    ['the same issue, another module', at('10'), at('10', 'dialog'), onIssue, true],
    ['another issue', at('10'), at('11'), onIssue, false],
    [
      'the same module and issue, without overrides',
      at('10'),
      at('10'),
      realtimeChannel.parse({ channelName: 'work' }),
      true,
    ],
    [
      'another module, without overrides',
      at('10'),
      at('10', 'dialog'),
      realtimeChannel.parse({ channelName: 'work' }),
      false,
    ],
    [
      'anywhere, where it is global',
      at('10'),
      at('11', 'dialog'),
      realtimeChannel.parse({ channelName: 'work', isGlobal: true }),
      true,
    ],
  ])('is heard from %s: as the platform has it', async (_, hears, tells, channel, isHeard) => {
    const realtime = createRealtime();
    const heard = await heardBy(realtime.stream('acme', hears, channel), () => {
      expect(realtime.publish('acme', tells, channel, { mark: 1 })).toMatchObject({ eventId: expect.any(String) });
    });
    expect(heard).toBe(isHeard ? 'data: {"mark":1}\n\n' : '');
  });

  it('does not reach another site', async () => {
    const realtime = createRealtime();
    const heard = await heardBy(realtime.stream('acme', at('10'), onIssue), () => {
      realtime.publish('globex', at('10'), onIssue, {});
    });
    expect(heard).toBe('');
  });

  it('takes 50 operations of a site in a second', () => {
    let now = 5_000;
    const realtime = createRealtime(() => now);
    const publish = () => realtime.publish('acme', at('10'), onIssue, {});
    for (let count = 0; count < 50; count += 1) expect(publish()).not.toHaveProperty('errors');
    expect(publish()).toMatchObject({ errors: ['Too many requests'] });
    expect(realtime.stream('acme', at('10'), onIssue).status).toBe(429);
    now += 1_000;
    expect(publish()).not.toHaveProperty('errors');
  });

  it.each(['token', 'replaySeconds'])('with %s is refused by name', (option) => {
    expect(realtimeChannel.safeParse({ channelName: 'work', options: { [option]: 'x' } }).error?.message).toContain(
      'not modelled by the sandbox',
    );
  });
});
