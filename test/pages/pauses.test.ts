import { keepPause, pauseOf } from '../../static/shared/pauses';
import { platformError } from '../../static/shared/platform-error';
import { keepTicket, ticketFor } from '../../static/shared/tickets';

describe('A call that has to wait', () => {
  const now = Date.parse('2026-11-30T12:00:00Z');
  beforeEach(() => jest.useFakeTimers({ now }));
  afterEach(() => jest.useRealTimers());

  it('is refused until its time, and then sent', () => {
    const error = { code: 'JIRA_LIMITED', params: { retryAt: '2026-11-30T12:01:00Z' } } as const;
    keepPause('load-issue', error);
    expect([pauseOf('load-issue'), pauseOf('list-cards')]).toEqual([error, undefined]);
    jest.setSystemTime(now + 60_000);
    expect(pauseOf('load-issue')).toBeUndefined();
  });

  it.each([
    { code: 'JIRA_UNAVAILABLE', params: {} },
    { code: 'RATE_LIMITED', params: { retryAt: '2026-11-30T12:01:00Z' } },
    { code: 'JIRA_LIMITED', params: { retryAt: 'later' } },
  ] as const)('has an end: %o is none', (error) => {
    keepPause('list-branches', error);
    expect(pauseOf('list-branches')).toBeUndefined();
  });
});

describe('A message of the platform in place of an answer', () => {
  it.each([
    ['Error: Resolver calls are rate limited at 500req/25s', 'PLATFORM_LIMITED'],
    ['Error: Too many requests', 'PLATFORM_LIMITED'],
    ['Error: There was an error invoking the function - 429', 'PLATFORM_LIMITED'],
    ['Error: There was an error invoking the function - the function timed out', 'TIMEOUT'],
    ['Error: There was an error invoking the function - the function crashed', 'INTERNAL'],
  ])('%s', (said, code) => expect(platformError(said).code).toBe(code));

  it('allows another try a minute later', () => {
    jest.useFakeTimers({ now: Date.parse('2026-11-30T12:00:00Z') });
    expect(platformError('rate limit exceeded').params).toEqual({ retryAt: '2026-11-30T12:01:00.000Z' });
    jest.useRealTimers();
  });
});

describe('Tickets in a browser', () => {
  const open = (kept?: string) => {
    let text: string | null = kept ?? null;
    return () => ({ getItem: () => text, setItem: (_: string, value: string) => void (text = value) });
  };

  it('belong to the issue they were given for, the newest one', () => {
    const storage = open();
    keepTicket('DEMO-1', 'a', storage);
    keepTicket('DEMO-2', 'b', storage);
    keepTicket('DEMO-1', 'c', storage);
    expect(['DEMO-1', 'DEMO-2', 'DEMO-3'].map((key) => ticketFor(key, storage))).toEqual(['c', 'b', undefined]);
  });

  it('make room for others, the oldest first', () => {
    const storage = open();
    for (let n = 0; n <= 50; n++) keepTicket(`DEMO-${n}`, 'x', storage);
    expect([ticketFor('DEMO-0', storage), ticketFor('DEMO-1', storage)]).toEqual([undefined, 'x']);
  });

  it('are missing where a browser stores nothing, or something else', () => {
    const forbidden = () => {
      throw new Error('SecurityError');
    };
    keepTicket('DEMO-1', 'a', forbidden);
    expect(ticketFor('DEMO-1', forbidden)).toBeUndefined();
    for (const kept of ['{', '{}', '[null, 5, ["DEMO-1"]]']) expect(ticketFor('DEMO-1', open(kept))).toBeUndefined();
  });
});
