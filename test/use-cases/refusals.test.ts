import { openOffice, type Office } from './office';

let office: Office;

beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

const refused = (code: string, params: object = {}) => ({ ok: false, error: { code, params } });

describe('A person without a permission', () => {
  it('reads what they lack', async () => {
    const id = await office.connect({ projects: ['DEMO'] });
    const name = expect.stringMatching(/^one /);
    const list = { integrationId: id };
    expect(await office.onIssue('list-repositories', list, { as: 'carol' })).toEqual(
      refused('NO_JIRA_PERMISSION', { issue: 'DEMO-1', project: 'DEMO' }),
    );
    expect(await office.onIssue('list-repositories', list, { as: 'erin' })).toEqual(
      refused('ISSUE_NOT_FOUND', { issue: 'DEMO-1' }),
    );
    expect(await office.onIssue('list-repositories', { ...list, issueKey: 'DEMO-99' })).toEqual(
      refused('ISSUE_NOT_FOUND', { issue: 'DEMO-99' }),
    );
    expect(await office.onIssue('list-repositories', { integrationId: 'unknown' })).toEqual(
      refused('INTEGRATION_NOT_FOUND'),
    );
    expect(await office.onIssue('list-repositories', { ...list, issueKey: 'OPS-1' })).toEqual(
      refused('NOT_OPEN_TO_PROJECT', { integration: name, project: 'OPS' }),
    );
    await office.asAdmin('switch-integration', { id, enabled: false });
    expect(await office.onIssue('list-repositories', list)).toEqual(
      refused('INTEGRATION_DISABLED', { integration: name }),
    );
    const gone = await office.pretend('github.com', 'https://github.com', { disconnecting: true });
    expect(await office.onIssue('list-repositories', { integrationId: gone })).toEqual(
      refused('INTEGRATION_NOT_FOUND'),
    );
  });

  it('reads that the issue does not exist if Jira shows them none, whatever it says of their permissions', async () => {
    const body = JSON.stringify({ permissions: { VIEW_DEV_TOOLS: { havePermission: true } } });
    const answer = await office.onIssue(
      'load-issue',
      {},
      {
        as: 'erin',
        tap: ({ what }) => (what.includes('/mypermissions') ? { kind: 'answer', status: 200, body } : undefined),
      },
    );
    expect(answer).toEqual(refused('ISSUE_NOT_FOUND', { issue: 'DEMO-1' }));
  });

  it('reads that Jira does not answer', async () => {
    const id = await office.connect();
    for (const at of ['/mypermissions', '/issue/']) {
      const answer = await office.onIssue(
        'list-repositories',
        { integrationId: id },
        {
          tap: ({ what }) => (what.includes(at) ? { kind: 'answer', status: 503 } : undefined),
        },
      );
      expect(answer).toEqual(refused('JIRA_UNAVAILABLE', { issue: 'DEMO-1' }));
    }
    const down = {
      tap: ({ to }: { to: string }) => (to === 'jira' ? ({ kind: 'answer', status: 503 } as const) : undefined),
    };
    expect(await office.inSettings('load-user-settings', {}, down)).toEqual(refused('JIRA_UNAVAILABLE'));
    expect(await office.asAdmin('load-site', {}, down)).toEqual(refused('JIRA_UNAVAILABLE'));
    expect(await office.inSettings('list-repositories', { projectKey: 'DEMO', integrationId: id }, down)).toEqual(
      refused('JIRA_UNAVAILABLE'),
    );
  });

  it('reads the same outside of an issue, for the project', async () => {
    const id = await office.connect({ projects: ['DEMO'] });
    const asked = { projectKey: 'DEMO', integrationId: id };
    const no = refused('NO_JIRA_PERMISSION', { project: 'DEMO' });
    expect(await office.inSettings('list-repositories', asked, { as: 'carol' })).toEqual(no);
    expect(await office.inSettings('list-repositories', asked, { as: 'erin' })).toEqual(no);
    expect(await office.inSettings('list-repositories', { ...asked, projectKey: 'NOPE' })).toEqual(
      refused('NO_JIRA_PERMISSION', { project: 'NOPE' }),
    );
    expect(await office.inSettings('list-repositories', { ...asked, projectKey: 'OPS' })).toMatchObject(
      refused('NOT_OPEN_TO_PROJECT', { project: 'OPS' }),
    );
    expect(await office.inSettings('list-repositories', { ...asked, integrationId: 'x' })).toEqual(
      refused('INTEGRATION_NOT_FOUND'),
    );
    expect((await office.inSettings('list-repositories', asked)).ok).toBe(true);
    expect(await office.inSettings('load-user-settings', {}, { as: 'erin' })).toEqual(refused('NO_JIRA_PERMISSION'));
  });
});
