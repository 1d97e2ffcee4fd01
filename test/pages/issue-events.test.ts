import type { IssueChange } from '../../static/shared/issue-events';

type Subscription = { event?: string; channelName?: string; callback?: Hear; onEvent?: Hear };
type Hear = (payload: unknown) => unknown;

/** The requests to the bridge, and its listeners. */
const calls: { command: string; payload: unknown }[] = [];
const listening = new Map<string, Hear>();
let isRefused = false;

beforeAll(() => {
  const callBridge = (command: string, payload: unknown) => {
    calls.push({ command, payload });
    if (isRefused) return Promise.reject(new Error('Too many requests'));
    const { callback, onEvent } = (payload ?? {}) as Subscription;
    if (command === 'on' && callback) listening.set('here', callback);
    if (command === 'subscribeRealtimeChannel' && onEvent) listening.set('everywhere', onEvent);
    return Promise.resolve({ unsubscribe: () => listening.clear() });
  };
  Object.assign(globalThis, { __bridge: { callBridge }, window: globalThis });
});

beforeEach(() => {
  jest.useFakeTimers();
  calls.length = 0;
  listening.clear();
  isRefused = false;
});
afterEach(() => jest.useRealTimers());

const card = {
  kind: 'branch',
  integrationId: 'i',
  repository: 'acme/web',
  branch: 'DEMO-1-secret-plan',
  title: 'x',
  url: 'y',
};
const made = { issueKey: 'DEMO-1', change: 'made', card } as IssueChange;

async function listen() {
  const { onChange, tellChange } = await import('../../static/shared/issue-events');
  const heard: IssueChange[] = [];
  const stop = onChange('DEMO-1', (change) => heard.push(change));
  return { heard, stop, tellChange };
}

/** The last event of `tellChange`. */
const published = () => calls.findLast(({ command }) => command === 'publishRealtimeChannel')?.payload;

describe('A change on another screen', () => {
  it('arrives without details, once it is sure that it was not this screen’s own', async () => {
    const { heard } = await listen();
    listening.get('everywhere')?.({ mark: 'theirs' });
    expect(heard).toEqual([]);
    jest.advanceTimersByTime(1_000);
    expect(heard).toEqual([{ issueKey: 'DEMO-1', change: 'elsewhere' }]);
  });

  it.each(['before', 'after'])('does not count when it was made here, %s this screen heard of it', async (when) => {
    const { heard, tellChange } = await listen();
    tellChange(made);
    const [, { payload: emission } = { payload: undefined }] = calls.filter(({ command }) =>
      /^(emit|on)$/.test(command),
    );
    const here = () => listening.get('here')?.((emission as { payload: unknown }).payload);
    const everywhere = () => listening.get('everywhere')?.((published() as { eventPayload: unknown }).eventPayload);
    for (const hear of when === 'before' ? [everywhere, here] : [here, everywhere]) hear();
    jest.advanceTimersByTime(5_000);
    expect(heard.map(({ change }) => change)).toEqual(['made']);
  });

  it('is sent to everybody on the issue without its content', async () => {
    const { tellChange } = await listen();
    tellChange(made);
    expect(published()).toMatchObject({ options: { contextOverrides: ['issue'] } });
    expect(JSON.stringify(published())).not.toContain('secret-plan');
    calls.length = 0;
    tellChange({ issueKey: 'DEMO-1', change: 'stored' });
    expect(published()).toBeUndefined();
  });

  it('that can’t be sent or received causes no error', async () => {
    isRefused = true;
    const { heard, stop, tellChange } = await listen();
    tellChange(made);
    stop();
    await jest.advanceTimersByTimeAsync(5_000);
    expect(heard).toEqual([]);
  });

  it('does not arrive any more after the panel is gone', async () => {
    const { heard, stop } = await listen();
    listening.get('everywhere')?.({ mark: 'theirs' });
    stop();
    jest.advanceTimersByTime(5_000);
    expect(heard).toEqual([]);
  });
});
