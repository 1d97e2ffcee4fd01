import { chosenStep, startWork } from '../../static/dialogs/start-work';

const steps = [
  { id: '11', name: 'To Do' },
  { id: '21', name: 'In Progress' },
];

describe('The step of *Move to …*', () => {
  it.each([
    ['the first, until somebody has chosen', undefined, steps, '11'],
    ['the one that was chosen last, where the issue has it', '21', steps, '21'],
    ['left to the person where the issue has it no more', '31', steps, ''],
    ['left to the person where the issue has no step', '21', [], ''],
    ['none where there is none, and nobody has chosen', undefined, [], undefined],
  ])('is %s', (_, last, offered, chosen) => {
    expect(chosenStep(last, offered)).toBe(chosen);
  });

  it.each([[''], [undefined]])('moves nothing while it is %j, whatever is ticked', async (to) => {
    expect(await startWork('DEMO-1', 'alice', { move: true, ...(to !== undefined && { to }) })).toEqual({});
  });

  it('moves nothing that is not ticked', async () => {
    expect(await startWork('DEMO-1', 'alice', { to: '21' })).toEqual({});
  });
});

describe('A start of work', () => {
  const failed = { ok: false, said: 'No' } as const;
  /** The changes that Jira is asked for, in order. */
  async function start(choice: Parameters<typeof startWork>[2], assigned: { ok: true } | typeof failed = { ok: true }) {
    const asked: string[] = [];
    const jira = {
      assignTo: async (issue: string, account: string) => (asked.push(`${issue} to ${account}`), assigned),
      move: async (issue: string, { id }: { id: string }) => (asked.push(`${issue} by ${id}`), { ok: true } as const),
    };
    return { started: await startWork('DEMO-1', 'alice', choice, async () => jira), asked };
  }

  it.each([
    ['nothing', {}, []],
    ['nothing without a tick', { to: '21' }, []],
    ['assigns alone', { assign: true, to: '21' }, ['DEMO-1 to alice']],
    ['moves alone', { move: true, to: '21' }, ['DEMO-1 by 21']],
    ['assigns, then moves', { assign: true, move: true, to: '21' }, ['DEMO-1 to alice', 'DEMO-1 by 21']],
  ])('does what was wanted and no more: %s', async (_, choice, asked) => {
    expect((await start(choice)).asked).toEqual(asked);
  });

  it('reports each of the two, and moves the issue though it could not be assigned', async () => {
    const { started, asked } = await start({ assign: true, move: true, to: '21' }, failed);
    expect(started).toEqual({ assigned: failed, moved: { ok: true } });
    expect(asked).toHaveLength(2);
  });

  it('reports what is not done where the code for it cannot be loaded', async () => {
    const started = await startWork('DEMO-1', 'alice', { assign: true }, () => Promise.reject(new Error('gone')));
    expect(started).toEqual({ assigned: { ok: false, said: '' } });
  });
});
