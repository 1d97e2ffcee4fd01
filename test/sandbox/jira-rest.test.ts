import { openJira, type Jira, type RestCaller } from '../../packages/local-forge/src/jira/open-jira';
import { demoWorld } from '../../sandbox/world/demo';

const account = (id: string) => demoWorld.sites[0]?.people.find((person) => person.id === id)?.accountId ?? '';
const scopes = ['read:jira-work', 'read:jira-user'];
const as = (id: string): RestCaller => ({ siteId: 'acme', as: 'user', accountId: account(id), scopes });

async function get(jira: Jira, path: string, caller: RestCaller, method = 'GET') {
  const response = await jira.rest(new Request(`https://acme.atlassian.net${path}`, { method }), caller);
  return { status: response.status, body: (await response.json()) as never };
}

describe('mypermissions', () => {
  it('gives the person’s permissions on an issue, in Jira’s shape', async () => {
    const jira = openJira(demoWorld.sites);
    const path = '/rest/api/3/mypermissions?permissions=ADMINISTER,VIEW_DEV_TOOLS,BROWSE_PROJECTS&issueKey=DEMO-1';
    const { status, body } = await get(jira, path, as('alice'));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      permissions: {
        ADMINISTER: { id: '0', key: 'ADMINISTER', name: 'Administer Jira', type: 'GLOBAL', havePermission: false },
        VIEW_DEV_TOOLS: { id: '29', key: 'VIEW_DEV_TOOLS', type: 'PROJECT', havePermission: true },
        BROWSE_PROJECTS: { id: '10', key: 'BROWSE_PROJECTS', type: 'PROJECT', havePermission: true },
      },
    });
  });

  it.each([
    ['ada', 'ADMINISTER', true],
    ['alice', 'ADMINISTER', false],
    ['carol', 'VIEW_DEV_TOOLS', false],
    ['carol', 'BROWSE_PROJECTS', true],
  ])('of %s: %s on DEMO-1 is %s', async (person, permission, have) => {
    const path = `/rest/api/3/mypermissions?permissions=${permission}&issueKey=DEMO-1`;
    const { body } = await get(openJira(demoWorld.sites), path, as(person));
    expect(body).toMatchObject({ permissions: { [permission]: { havePermission: have } } });
  });

  it('hides an issue the person may not browse, like one that does not exist', async () => {
    const jira = openJira(demoWorld.sites);
    const hidden = await get(jira, '/rest/api/3/mypermissions?permissions=VIEW_DEV_TOOLS&issueKey=OPS-1', as('carol'));
    const missing = await get(
      jira,
      '/rest/api/3/mypermissions?permissions=VIEW_DEV_TOOLS&issueKey=OPS-99',
      as('carol'),
    );
    expect(hidden.status).toBe(404);
    expect(hidden).toEqual(missing);
  });

  it('refuses permissions that do not exist, and a call without any', async () => {
    const jira = openJira(demoWorld.sites);
    expect((await get(jira, '/rest/api/3/mypermissions?permissions=NO_SUCH', as('ada'))).status).toBe(400);
    expect((await get(jira, '/rest/api/3/mypermissions', as('ada'))).status).toBe(400);
  });

  it('means any project when none is named', async () => {
    const jira = openJira(demoWorld.sites);
    const ask = () => get(jira, '/rest/api/3/mypermissions?permissions=VIEW_DEV_TOOLS', as('alice'));
    jira.setPermission({
      site: 'acme',
      person: 'alice',
      permission: 'VIEW_DEV_TOOLS',
      project: 'DEMO',
      granted: false,
    });
    expect((await ask()).body).toMatchObject({ permissions: { VIEW_DEV_TOOLS: { havePermission: true } } });
    jira.setPermission({ site: 'acme', person: 'alice', permission: 'VIEW_DEV_TOOLS', project: 'OPS', granted: false });
    expect((await ask()).body).toMatchObject({ permissions: { VIEW_DEV_TOOLS: { havePermission: false } } });
  });

  it('grants the app itself every project, but not administration', async () => {
    const path = '/rest/api/3/mypermissions?permissions=ADMINISTER,BROWSE_PROJECTS&issueKey=OPS-1';
    const { body } = await get(openJira(demoWorld.sites), path, { siteId: 'acme', as: 'app', scopes });
    expect(body).toMatchObject({
      permissions: { ADMINISTER: { havePermission: false }, BROWSE_PROJECTS: { havePermission: true } },
    });
  });
});

describe('issues and projects', () => {
  it('returns the requested fields of an issue, found in any case or by id', async () => {
    const jira = openJira(demoWorld.sites);
    const path = (key: string) => `/rest/api/3/issue/${key}?fields=summary,project,assignee`;
    const { status, body } = await get(jira, path('demo-1'), as('carol'));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      key: 'DEMO-1',
      fields: {
        summary: 'Login fails after password reset',
        project: { key: 'DEMO' },
        assignee: { displayName: 'Alice Developer' },
      },
    });
    expect(Object.keys((body as { fields: object }).fields).toSorted()).toEqual(['assignee', 'project', 'summary']);
    expect((await get(jira, path('10100'), as('carol'))).body).toEqual(body);
  });

  it('moves an issue, which is found by both keys and has the former one in its changelog', async () => {
    const jira = openJira(demoWorld.sites);
    const path = (key: string) => `/rest/api/3/issue/${key}?fields=project&expand=changelog`;
    const key = jira.moveIssue('acme', 'DEMO-2', 'OPS');
    expect(key).toMatch(/^OPS-\d+$/);
    for (const asked of [key, 'DEMO-2']) {
      const { body } = await get(jira, path(asked), as('alice'));
      expect(body).toMatchObject({
        ...{ key, fields: { project: { key: 'OPS' } } },
        changelog: { total: 1, histories: [{ items: [{ field: 'Key', fromString: 'DEMO-2' }, { field: 'project' }] }] },
      });
    }
    // People who can't see the new project no longer see the issue.
    expect((await get(jira, path('DEMO-2'), as('carol'))).status).toBe(404);
    expect(() => jira.moveIssue('acme', key, 'NOPE')).toThrow('cannot be moved');
    jira.reset();
    expect((await get(jira, path('DEMO-2'), as('alice'))).body).toMatchObject({ key: 'DEMO-2' });
  });

  it('hides issues of projects the person may not browse', async () => {
    const { status, body } = await get(openJira(demoWorld.sites), '/rest/api/3/issue/OPS-1', as('carol'));
    expect(status).toBe(404);
    expect(body).toEqual({
      errorMessages: ['Issue does not exist or you do not have permission to see it.'],
      errors: {},
    });
  });

  it('shows one site nothing of another with the same keys', async () => {
    const jira = openJira(demoWorld.sites);
    const { body } = await get(jira, '/rest/api/3/issue/DEMO-1?fields=summary', { ...as('alice'), siteId: 'globex' });
    expect(body).toMatchObject({ fields: { summary: 'Another customer’s issue with the same key' } });
    expect((await get(jira, '/rest/api/3/issue/OPS-1', { ...as('alice'), siteId: 'globex' })).status).toBe(404);
  });

  it('finds projects by part of their name, page by page, and only visible ones', async () => {
    const jira = openJira(demoWorld.sites);
    const keys = async (query: string, person: string) => {
      const { body } = await get(jira, `/rest/api/3/project/search?${query}`, as(person));
      const page = body as { values: { key: string }[]; total: number; isLast: boolean };
      return { keys: page.values.map(({ key }) => key), total: page.total, isLast: page.isLast };
    };
    expect(await keys('', 'alice')).toEqual({ keys: ['DEMO', 'OPS'], total: 2, isLast: true });
    expect(await keys('', 'carol')).toEqual({ keys: ['DEMO'], total: 1, isLast: true });
    expect(await keys('query=operat', 'alice')).toEqual({ keys: ['OPS'], total: 1, isLast: true });
    expect(await keys('maxResults=1', 'alice')).toEqual({ keys: ['DEMO'], total: 2, isLast: false });
    expect(await keys('maxResults=1&startAt=1', 'alice')).toEqual({ keys: ['OPS'], total: 2, isLast: true });
  });
});

describe('people', () => {
  it('finds people by account id, one or several, and oneself', async () => {
    const jira = openJira(demoWorld.sites);
    const bob = encodeURIComponent(account('bob'));
    expect((await get(jira, '/rest/api/3/myself', as('alice'))).body).toMatchObject({ accountId: account('alice') });
    expect((await get(jira, `/rest/api/3/user?accountId=${bob}`, as('alice'))).body).toMatchObject({
      displayName: 'Bob Developer',
    });
    const { body } = await get(jira, `/rest/api/3/user/bulk?accountId=${bob}&accountId=nobody`, as('alice'));
    expect(body).toMatchObject({ total: 1, values: [{ displayName: 'Bob Developer' }] });
    expect((await get(jira, '/rest/api/3/user?accountId=bob', as('alice'))).status).toBe(404);
  });
});

describe('requests that Jira refuses to everybody', () => {
  it.each([
    ['/rest/api/3/mypermissions?permissions=ADMINISTER', 'read:jira-user'],
    ['/rest/api/3/issue/DEMO-1', 'read:jira-user'],
    ['/rest/api/3/project/search', 'read:jira-user'],
    ['/rest/api/3/myself', 'read:jira-work'],
  ])('%s with the scope %s only', async (path, scope) => {
    const { status, body } = await get(openJira(demoWorld.sites), path, { ...as('ada'), scopes: [scope] });
    expect(status).toBe(401);
    expect(body).toEqual({ code: 401, message: 'Unauthorized; scope does not match' });
  });

  it('acting as a person of no account', async () => {
    const stranger: RestCaller = { siteId: 'acme', as: 'user', accountId: 'unidentified', scopes };
    expect(
      (await get(openJira(demoWorld.sites), '/rest/api/3/mypermissions?permissions=ADMINISTER', stranger)).status,
    ).toBe(401);
  });

  it('seeing issues without being logged in', async () => {
    const nobody: RestCaller = { siteId: 'acme', as: 'none', scopes };
    expect((await get(openJira(demoWorld.sites), '/rest/api/3/issue/DEMO-1', nobody)).status).toBe(404);
  });
});

describe('a part that the sandbox does not model', () => {
  it.each([
    ['GET', '/rest/api/3/field'],
    ['PUT', '/rest/api/3/issue/DEMO-1'],
    ['GET', '/rest/api/3/issue/DEMO-1?fields=description'],
    ['GET', '/rest/api/3/issue/DEMO-1?expand=names'],
    ['GET', '/rest/api/3/project/search?typeKey=software'],
  ])('%s %s is refused by name', async (method, path) => {
    const { status, body } = await get(openJira(demoWorld.sites), path, as('ada'), method);
    expect(status).toBe(501);
    expect((body as { errorMessages: string[] }).errorMessages[0]).toContain('Not modelled by the sandbox');
  });
});

it('goes back to the world on reset', async () => {
  const jira = openJira(demoWorld.sites);
  jira.setPermission({ site: 'acme', person: 'carol', permission: 'VIEW_DEV_TOOLS', project: 'DEMO', granted: true });
  expect(jira.can('acme', account('carol'), 'VIEW_DEV_TOOLS', 'DEMO')).toBe(true);
  jira.reset();
  expect(jira.can('acme', account('carol'), 'VIEW_DEV_TOOLS', 'DEMO')).toBe(false);
});

describe('a message about an issue', () => {
  const app: RestCaller = { siteId: 'acme', as: 'app', scopes: ['send:notification:jira'] };
  const to = (...ids: string[]) => ({ to: { users: ids.map((id) => ({ accountId: account(id) || id })) } });
  const restrict = { permissions: [{ key: 'BROWSE_PROJECTS' }] };
  async function send(jira: Jira, body: object, caller = app, issue = 'DEMO-1') {
    const address = `https://acme.atlassian.net/rest/api/3/issue/${issue}/notify`;
    return (await jira.rest(new Request(address, { method: 'POST', body: JSON.stringify(body) }), caller)).status;
  }

  it('is queued for those who may browse the issue and are active', async () => {
    const jira = openJira(demoWorld.sites);
    jira.setActive('acme', 'bob', false);
    jira.setPermission({
      ...{ site: 'acme', person: 'carol', permission: 'BROWSE_PROJECTS', project: 'DEMO', granted: false },
    });
    expect(
      await send(jira, { ...to('alice', 'bob', 'carol'), subject: 's', textBody: 't', htmlBody: 'h', restrict }),
    ).toBe(204);
    expect(jira.notifications('acme')).toMatchObject([
      { issueKey: 'DEMO-1', accountId: account('alice'), subject: 's' },
    ]);
    jira.reset();
    expect(jira.notifications('acme')).toEqual([]);
  });

  it.each([
    ['400 without anybody', {}, 400],
    ['400 for nobody', { to: { users: [] } }, 400],
    ['400 for somebody who is not there', to('712020:stranger'), 400],
    ['501 for what is not modelled', { to: { reporter: true } }, 501],
  ])('is %s', async (_, body, status) => {
    const jira = openJira(demoWorld.sites);
    expect(await send(jira, body)).toBe(status);
    expect(jira.notifications('acme')).toEqual([]);
  });

  it('is refused to oneself, about a missing issue, without e-mail and without the scope', async () => {
    const jira = openJira(demoWorld.sites);
    const alice: RestCaller = { ...app, as: 'user', accountId: account('alice') };
    expect(await send(jira, to('alice'), alice)).toBe(400);
    expect(await send(jira, to('alice'), app, 'DEMO-99')).toBe(404);
    jira.setMail('acme', false);
    expect(await send(jira, to('alice'))).toBe(403);
    jira.setMail('acme', true);
    expect(await send(jira, to('alice'), { ...app, scopes })).toBe(401);
    expect(jira.notifications('acme')).toEqual([]);
  });
});

describe('the permissions of somebody, requested by an app', () => {
  it('are global ones as well', async () => {
    const jira = openJira(demoWorld.sites);
    const app: RestCaller = { siteId: 'acme', as: 'app', scopes };
    const ask = async (body: object) => {
      const address = 'https://acme.atlassian.net/rest/api/3/permissions/check';
      const response = await jira.rest(new Request(address, { method: 'POST', body: JSON.stringify(body) }), app);
      return { status: response.status, body: (await response.json()) as object };
    };
    const granted = async (id: string) =>
      (await ask({ accountId: account(id), globalPermissions: ['ADMINISTER'] })).body;
    expect(await granted('ada')).toEqual({ projectPermissions: [], globalPermissions: ['ADMINISTER'] });
    expect(await granted('alice')).toEqual({ projectPermissions: [], globalPermissions: [] });
    expect((await ask({ accountId: account('ada'), globalPermissions: ['BROWSE_PROJECTS'] })).status).toBe(400);
  });
});
