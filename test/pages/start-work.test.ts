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
