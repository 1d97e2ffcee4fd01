import type { Ticket } from '../../src/domain/ticket';
import { claimsOf, sealTicket } from '../../src/use-cases/ticket';
import type { Tap } from 'local-forge';
import { openOffice, people, site, type Office } from './office';

let office: Office;
/** Alice has a token at one integration and none at the other. */
let own: string;
let shared: string;

beforeAll(async () => {
  office = await openOffice();
  own = await office.connect({ saved: true });
  shared = await office.connect();
  // A queue makes the key, with the first connection.
  await office.app.settle({ hurry: true });
});
afterAll(() => office.close());
afterEach(() => office.app.jira.reset());

/** The requests to Jira while a call ran, and its answer. */
async function during(call: string, payload: object = {}, as = 'alice') {
  const asked: string[] = [];
  const tap: Tap = ({ to, what }) => {
    if (to === 'jira') asked.push(what.includes('/mypermissions') ? 'permission' : 'issue');
    return undefined;
  };
  const { ok, value, error } = await office.onIssue(call, payload, { as, tap });
  return { asked: asked.sort(), code: ok ? 'ok' : error.code, value };
}

const ticketOf = async (as = 'alice'): Promise<string> => (await during('load-issue', {}, as)).value.ticket;
function storedKey() {
  const stored = JSON.parse(office.app.entries.get(site, 'secret', 'ticket-key')?.json ?? 'null');
  return new Uint8Array(Buffer.from(stored, 'base64url'));
}
/** A ticket of alice's that the app could have signed: another time, another claim. */
async function signed(changes: Partial<Ticket> | ((ticket: Ticket) => Partial<Ticket>), key = storedKey()) {
  const ticket = claimsOf(await ticketOf()) as Ticket;
  return sealTicket({ ...ticket, ...(typeof changes === 'function' ? changes(ticket) : changes) }, key);
}
const aged = (seconds: number) =>
  signed(({ allowedAt, namedAt }) => ({ allowedAt: allowedAt - seconds * 1000, namedAt: namedAt - seconds * 1000 }));
const lose = (permission: 'VIEW_DEV_TOOLS' | 'BROWSE_PROJECTS') =>
  office.app.jira.setPermission({ site, person: 'alice', permission, project: 'DEMO', granted: false });

let made = 0;
function branch(integrationId: string, more: object = {}) {
  const at = { integrationId, repository: 'acme/web', sourceBranch: 'main' };
  return { ...at, name: `DEMO-1-ticket-${(made += 1)}`, ...more };
}
const both = ['issue', 'permission'];

describe('A ticket', () => {
  it('comes with the issue, and spares Jira the requests of the calls that show it', async () => {
    const first = await during('load-issue');
    expect(first.asked).toEqual(both);
    const { ticket } = first.value;
    expect(await during('list-cards', { integrationId: own, ticket })).toMatchObject({ asked: [], code: 'ok' });
    const again = await during('load-issue', { ticket });
    expect(again).toMatchObject({ asked: [], value: { key: 'DEMO-1', ticket } });
    expect(again.value).not.toHaveProperty('branchName');
  });

  it('that is too old for a permission still names its issue', async () => {
    const ticket = await aged(301);
    const seen = await during('load-issue', { ticket });
    expect(seen).toMatchObject({ asked: ['permission'], code: 'ok' });
    expect(await during('list-cards', { integrationId: own, ticket: seen.value.ticket })).toMatchObject({ asked: [] });
  });

  it('does not spare Jira the issue where its summary is needed', async () => {
    const ticket = await ticketOf();
    const named = await during('load-issue', { ticket, named: true });
    expect(named).toMatchObject({ asked: ['issue'], value: { branchName: 'DEMO-1-login-fails-after-password-reset' } });
  });

  it.each([
    ['of another account', () => signed({ accountId: people.bob })],
    ['of another site', () => signed({ site: 'ari:cloud:jira::site/another' })],
    ['of another issue', () => signed({ issueKey: 'DEMO-2' })],
    ['of the future', () => aged(-60)],
    ['signed with another key', () => signed({}, new Uint8Array(32))],
    ['of another version', async () => (await ticketOf()).replace(/^1\./, '2.')],
    [
      'with another claim',
      async () => {
        const [version, claims = '', mac] = (await ticketOf()).split('.');
        const forged = { ...JSON.parse(Buffer.from(claims, 'base64url').toString()), projectKey: 'OPS' };
        return [version, Buffer.from(JSON.stringify(forged)).toString('base64url'), mac].join('.');
      },
    ],
    ['that was cut short', async () => (await ticketOf()).slice(0, -1)],
    ['without a signature', async () => (await ticketOf()).split('.').slice(0, 2).join('.')],
    ['with an empty signature', async () => `${(await ticketOf()).split('.').slice(0, 2).join('.')}.`],
    ['that is none', async () => 'ticket'],
  ])('%s admits nothing: the requests to Jira go out as without one', async (_, make) => {
    const ticket = await make();
    const seen = await during('list-cards', { integrationId: own, ticket });
    expect(seen).toMatchObject({ asked: both, code: 'ok' });
    lose('VIEW_DEV_TOOLS');
    expect((await during('list-cards', { integrationId: own, ticket })).code).toBe('NO_JIRA_PERMISSION');
  });

  it('of alice gains bob nothing', async () => {
    const ticket = await ticketOf();
    expect((await during('list-cards', { integrationId: own, ticket }, 'carol')).code).toBe('NO_JIRA_PERMISSION');
    expect(await during('list-cards', { integrationId: own, ticket }, 'bob')).toMatchObject({ asked: both });
  });

  it('outlives a taken permission by its minutes and no longer', async () => {
    const [young, old] = [await ticketOf(), await aged(301)];
    lose('VIEW_DEV_TOOLS');
    expect((await during('list-cards', { integrationId: own, ticket: young })).code).toBe('ok');
    expect((await during('list-cards', { integrationId: own, ticket: old })).code).toBe('NO_JIRA_PERMISSION');
    office.app.jira.reset();
    lose('BROWSE_PROJECTS');
    expect((await during('list-cards', { integrationId: own, ticket: old })).code).toBe('ISSUE_NOT_FOUND');
  });

  it('lets a person write in their own name for a minute; then Jira is requested again', async () => {
    const [young, old] = [await aged(55), await aged(61)];
    expect(await during('create-branch', branch(own, { ticket: old }))).toMatchObject({
      asked: ['permission'],
      code: 'ok',
    });
    lose('VIEW_DEV_TOOLS');
    expect(await during('create-branch', branch(own, { ticket: young }))).toMatchObject({ asked: [], code: 'ok' });
    expect((await during('create-branch', branch(own, { ticket: old }))).code).toBe('NO_JIRA_PERMISSION');
  });

  it('never lets the integration account write: a taken permission counts at once', async () => {
    const ticket = await ticketOf();
    expect(await during('create-branch', branch(shared, { ticket }))).toMatchObject({ asked: both, code: 'ok' });
    const chosen = branch(own, { ticket, actAs: 'integration' });
    expect(await during('create-branch', chosen)).toMatchObject({ asked: both, code: 'ok' });
    lose('VIEW_DEV_TOOLS');
    const writes = () =>
      office.app.requests().filter(({ method, path }) => method === 'POST' && path.endsWith('/git/refs'));
    const written = writes().length;
    expect(written).toBeGreaterThan(0);
    expect((await during('create-branch', branch(shared, { ticket }))).code).toBe('NO_JIRA_PERMISSION');
    const refused = branch(own, { ticket, actAs: 'integration' });
    expect((await during('create-branch', refused)).code).toBe('NO_JIRA_PERMISSION');
    expect(writes()).toHaveLength(written);
  });

  it.each([
    ['save-default', () => ({ integrationId: own, repository: 'acme/web' })],
    ['clear-default', () => ({ cleared: { of: 'project' } })],
    ['remove-token', () => ({ integrationId: shared })],
  ])('that is older than a minute leads to a request to Jira before %s', async (call, payload) => {
    const [young, old] = [await ticketOf(), await aged(61)];
    expect((await during(call, { ...payload(), ticket: young })).asked).toEqual([]);
    expect((await during(call, { ...payload(), ticket: old })).asked).toEqual(['permission']);
  });
});
