import type { Tap } from 'local-forge';
import { openOffice, type Office } from './office';

let office: Office;

beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

const branch = (integrationId: string, name: string) => ({
  ...{ integrationId, repository: 'acme/web', sourceBranch: 'main', name },
});

describe('A note that storage is too busy for', () => {
  const isNote: Tap = ({ to, writes }) => (to === 'storage' && writes ? { kind: 'answer', status: 429 } : undefined);

  it('is stored a little later by a queue: the branch exists, on its issue and in the activity, once each', async () => {
    const id = await office.connect();
    const { value } = await office.onIssue('create-branch', branch(id, 'DEMO-1-busy'), { tap: isNote });
    expect(value.card.branch).toBe('DEMO-1-busy');
    const titles = async () => (await office.onIssue('load-issue')).value.cards.map(({ title }: any) => title);
    expect(await titles()).not.toContain('DEMO-1-busy');
    let refusals = 0;
    office.app.tapQueues((step, index) => (refusals++ < 2 ? isNote(step, index) : undefined));
    await office.app.settle({ hurry: true });
    office.app.tapQueues(undefined);
    expect(refusals).toBeGreaterThan(2);
    expect(await titles()).toContain('DEMO-1-busy');
    expect(await office.noted({ integrationId: id, action: 'create-branch' })).toMatchObject([
      { branch: 'DEMO-1-busy', outcome: 'done' },
    ]);
  });

  it('is tried again when the queue refuses it too: nothing that was done goes unrecorded', async () => {
    const id = await office.connect();
    let refusals = 0;
    const busy: Tap = (step, index) => {
      if (step.to === 'queue') return refusals++ < 2 ? { kind: 'answer', status: 429 } : undefined;
      return isNote(step, index);
    };
    const { value } = await office.onIssue('create-branch', branch(id, 'DEMO-1-busier'), { tap: busy });
    expect(value.card.branch).toBe('DEMO-1-busier');
    expect(refusals).toBe(3);
    await office.app.settle({ hurry: true });
    expect(await office.noted({ integrationId: id, action: 'create-branch' })).toMatchObject([
      { branch: 'DEMO-1-busier', outcome: 'done' },
    ]);
    const { cards } = (await office.onIssue('load-issue')).value;
    expect(cards.map(({ title }: any) => title)).toContain('DEMO-1-busier');
  });

  it('takes one event of the queue, together with the report to Jira', async () => {
    const id = await office.connect();
    let events = 0;
    const counted: Tap = (step, index) => {
      if (step.to === 'queue') events += 1;
      return isNote(step, index);
    };
    await office.onIssue('create-branch', branch(id, 'DEMO-1-one-event'), { tap: counted });
    expect(events).toBe(1);
    await office.app.settle({ hurry: true });
  });
});
