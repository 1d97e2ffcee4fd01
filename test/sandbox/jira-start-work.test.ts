import { openJira, type Jira, type RestCaller } from '../../packages/local-forge/src/jira/open-jira';
import { demoWorld } from '../../sandbox/world/demo';

const account = (id: string) => demoWorld.sites[0]?.people.find((person) => person.id === id)?.accountId ?? '';
const scopes = ['read:jira-work', 'write:jira-work'];
const as = (id: string): RestCaller => ({ siteId: 'acme', as: 'user', accountId: account(id), scopes });

let jira: Jira;
beforeEach(() => (jira = openJira(demoWorld.sites)));

async function ask(method: string, path: string, caller: RestCaller, body?: object) {
  const init = { method, ...(body && { body: JSON.stringify(body) }) };
  const response = await jira.rest(new Request(`https://acme.atlassian.net/rest/api/3/issue/${path}`, init), caller);
  return { status: response.status, body: response.status === 204 ? undefined : await response.json() };
}
const take = (permission: 'TRANSITION_ISSUES' | 'ASSIGN_ISSUES' | 'ASSIGNABLE_USER', person = 'alice') =>
  jira.setPermission({ site: 'acme', person, permission, project: 'DEMO', granted: false });
const move = (id: string, caller = as('alice')) => ask('POST', 'DEMO-1/transitions', caller, { transition: { id } });
const assign = (accountId: string, caller = as('alice')) => ask('PUT', 'DEMO-1/assignee', caller, { accountId });

describe('The steps of an issue', () => {
  it('are those the person can make, each with whether it has a screen', async () => {
    const { status, body } = await ask('GET', 'DEMO-1/transitions', as('alice'));
    expect(status).toBe(200);
    const { transitions } = body as { transitions: { name: string; hasScreen: boolean }[] };
    expect(transitions.map(({ name, hasScreen }) => [name, hasScreen])).toEqual([
      ['To Do', false],
      ['In Progress', false],
      ['Done', true],
    ]);
    take('TRANSITION_ISSUES');
    expect((await ask('GET', 'DEMO-1/transitions', as('alice'))).body).toMatchObject({ transitions: [] });
    expect((await ask('GET', 'NONE-1/transitions', as('alice'))).status).toBe(404);
  });

  it('move it, unless there is no such step for the person', async () => {
    expect(await move('11')).toEqual({ status: 204, body: undefined });
    expect(jira.issue('acme', 'DEMO-1')?.status).toBe('To Do');
    expect(await move('99')).toMatchObject({ status: 400, body: { errorMessages: [expect.stringContaining('99')] } });
    take('TRANSITION_ISSUES');
    expect((await move('21')).status).toBe(400);
    expect(jira.issue('acme', 'DEMO-1')?.status).toBe('To Do');
  });
});

describe('An assignee', () => {
  it('is set by people with the permission, to assignable people', async () => {
    expect((await assign(account('bob'))).status).toBe(204);
    expect(jira.issue('acme', 'DEMO-1')?.assignee).toBe('bob');
    take('ASSIGNABLE_USER');
    expect(await assign(account('alice'))).toMatchObject({
      status: 400,
      body: { errors: { assignee: expect.stringContaining('cannot be assigned') } },
    });
    take('ASSIGN_ISSUES');
    expect((await assign(account('bob'))).status).toBe(403);
    expect(jira.issue('acme', 'DEMO-1')?.assignee).toBe('bob');
  });
});

it('Nothing is changed without the scope', async () => {
  const reader = { ...as('alice'), scopes: ['read:jira-work'] };
  expect([(await move('11', reader)).status, (await assign(account('alice'), reader)).status]).toEqual([401, 401]);
  expect(jira.issue('acme', 'DEMO-1')?.status).toBe('In Progress');
});
