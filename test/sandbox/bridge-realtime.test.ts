import { createRealtime, realtimeChannel } from '../../packages/local-forge/src/forge/bridge/realtime';

const at = (issue: string, moduleKey = 'panel') => ({
  moduleKey,
  extension: { issue: { id: issue }, project: { id: '1' } },
});
const onIssue = realtimeChannel.parse({ channelName: 'work', options: { contextOverrides: ['issue'] } });

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
  ])('arrives at %s: as on the platform', (_, hears, tells, channel, isHeard) => {
    const realtime = createRealtime();
    const { last } = realtime.since('acme', hears, channel);
    expect(realtime.publish('acme', tells, channel, { mark: 1 })).toMatchObject({ eventId: expect.any(String) });
    expect(realtime.since('acme', hears, channel, last).payloads).toEqual(isHeard ? [{ mark: 1 }] : []);
  });

  it('arrives once, and only after the subscription', () => {
    const realtime = createRealtime();
    realtime.publish('acme', at('10'), onIssue, 'before');
    const { last } = realtime.since('acme', at('10'), onIssue);
    realtime.publish('acme', at('10'), onIssue, 'after');
    const heard = realtime.since('acme', at('10'), onIssue, last);
    expect(heard.payloads).toEqual(['after']);
    expect(realtime.since('acme', at('10'), onIssue, heard.last).payloads).toEqual([]);
  });

  it('does not reach another site', () => {
    const realtime = createRealtime();
    realtime.publish('globex', at('10'), onIssue, {});
    expect(realtime.since('acme', at('10'), onIssue, 0).payloads).toEqual([]);
  });

  it('takes 50 operations of a site in a second', () => {
    let now = 5_000;
    const realtime = createRealtime(() => now);
    const publish = () => realtime.publish('acme', at('10'), onIssue, {});
    for (let count = 0; count < 50; count += 1) expect(publish()).not.toHaveProperty('errors');
    expect(publish()).toMatchObject({ errors: ['Too many requests'] });
    expect(() => realtime.since('acme', at('10'), onIssue)).toThrow('Too many requests');
    now += 1_000;
    expect(publish()).not.toHaveProperty('errors');
  });

  it.each(['token', 'replaySeconds'])('with %s is refused by name', (option) => {
    expect(realtimeChannel.safeParse({ channelName: 'work', options: { [option]: 'x' } }).error?.message).toContain(
      'not modelled by the sandbox',
    );
  });
});
