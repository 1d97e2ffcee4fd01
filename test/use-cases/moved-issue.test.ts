import { openOffice, site, type Office } from './office';

let office: Office;
let integrationId: string;

beforeAll(async () => {
  office = await openOffice();
  integrationId = await office.connect({ saved: true });
  // A queue makes the key of tickets.
  await office.app.settle({ hurry: true });
});
afterAll(() => office.close());

describe('An issue that was moved to another project', () => {
  it('still has its branches, and they can be deleted, with the key from before and with the present one', async () => {
    const at = { integrationId, repository: 'acme/web' };
    const branch = { ...at, issueKey: 'DEMO-2', sourceBranch: 'main', name: 'feature/DEMO-2-before' };
    expect(await office.onIssue('create-branch', branch)).toMatchObject({ ok: true });
    office.gitHub.makeBranch('DEMO-2-by-hand');
    const issueKey = office.app.jira.moveIssue(site, 'DEMO-2', 'OPS');
    office.gitHub.makeBranch(`fix/${issueKey}-after`);
    office.gitHub.makeBranch('DEMO-1-other');

    const { ticket } = (await office.onIssue('load-issue', { issueKey })).value;
    for (const known of [{}, { ticket }]) {
      const told = await office.onIssue('list-cards', { integrationId, issueKey, ...known });
      expect(told.value.cards.map((card: { branch: string }) => card.branch).sort()).toEqual([
        'DEMO-2-by-hand',
        'feature/DEMO-2-before',
        `fix/${issueKey}-after`,
      ]);
    }
    const remove = (name: string) => office.onIssue('delete-branch', { ...at, issueKey, ticket, branch: name });
    expect(await remove('DEMO-2-by-hand')).toMatchObject({ ok: true });
    expect(await remove(`fix/${issueKey}-after`)).toMatchObject({ ok: true });
    expect((await remove('DEMO-1-other')).error.code).toBe('BRANCH_NOT_OF_ISSUE');
    // Its former key leads to it still.
    expect((await office.onIssue('load-issue', { issueKey: 'DEMO-2' })).value.key).toBe(issueKey);
  });

  it('gets no other keys from changes that are no move', async () => {
    const histories = [
      { items: [{ field: 'summary', fromString: 'DEMO-12' }, null, 'Key'] },
      {
        items: [
          { field: 'Key', fromString: 'not a key' },
          { field: 'Key', fromString: null },
        ],
      },
      {},
      { items: 'none' },
    ];
    const fields = { summary: 'x', project: { key: 'DEMO' }, issuetype: { name: 'Task' } };
    for (const changelog of [{ histories }, { histories: null }, undefined]) {
      const body = JSON.stringify({ id: '10100', key: 'DEMO-1', fields, changelog });
      const asked = await office.onIssue(
        'list-cards',
        { integrationId },
        {
          tap: ({ what }) => (/\/issue\/[^/]+$/.test(what) ? { kind: 'answer', status: 200, body } : undefined),
        },
      );
      expect(asked).toMatchObject({ ok: true });
      expect(asked.value.cards.map((card: { branch: string }) => card.branch)).not.toContain('DEMO-12-other');
    }
  });
});
