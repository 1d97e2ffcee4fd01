import { tokens } from '../../rig/github-tokens';
import { openOffice, token, type Office } from './office';

let office: Office;
let id: string;

beforeEach(async () => {
  office = await openOffice();
  id = await office.connect({ saved: true });
});
afterEach(() => office.close());

const repository = 'acme/web';
const search = (text: string, more: object = {}, as = 'alice') =>
  office.onIssue('search-work', { integrationId: id, search: text, ...more }, { as });
const titles = async (text: string, more: object = {}, as = 'alice') =>
  (await search(text, more, as)).value.items.map(({ title }: { title: string }) => title);
const open = (sourceBranch: string, title: string) =>
  office.onIssue('create-pull-request', {
    ...{ issueKey: 'DEMO-2', integrationId: id, repository, title, sourceBranch, targetBranch: 'main' },
  });

describe('A search for work to attach', () => {
  it('finds pull requests, the open ones first, and branches where the project works', async () => {
    await open('release/1.0', 'Release: faster builds');
    await open('develop', 'Release notes');
    office.gitHub.merge(1);
    expect(await titles('RELEASE')).toEqual(['Release notes', 'release/1.0', 'Release: faster builds']);
    expect(await titles('builds release')).toEqual(['Release: faster builds']);
    expect(await titles('release slower')).toEqual([]);
  });

  it('finds what can then be attached as it is', async () => {
    await open('release/1.0', 'Faster builds');
    const [pull, branch] = (await search('1.0')).value.items;
    expect(pull).toMatchObject({ kind: 'pull-request', number: 1, repository, branch: 'release/1.0' });
    expect(branch).toMatchObject({ kind: 'branch', repository, branch: 'release/1.0' });
    expect(await office.onIssue('attach-address', { address: pull.url })).toMatchObject({ value: { card: pull } });
    expect((await office.onIssue('attach-branch', branch)).value.card).toMatchObject({
      attached: true,
      url: branch.url,
    });
  });

  it('looks through one repository, also where the project has not worked, and without words', async () => {
    expect(await titles('release')).toEqual([]);
    expect(await titles('', { repository })).toContain('release/1.0');
    expect(await titles('release', { repository })).toEqual(['release/1.0']);
    expect((await search('x', { repository: 'globex/web' })).error.code).toBe('REPOSITORY_NOT_OF_INTEGRATION');
  });

  it('leads page by page through all that it found, with nothing lost or repeated', async () => {
    for (let n = 1; n <= 23; n += 1) office.gitHub.addBranch(`many/${n}`);
    const first = (await search('many', { repository })).value;
    const second = (await search('many', { repository, cursor: first.next })).value;
    expect([first.items.length, second.items.length, second.next]).toEqual([20, 3, undefined]);
    expect(new Set([...first.items, ...second.items].map(({ url }) => url)).size).toBe(23);
  });

  it('shows nothing of owners that the integration does not have, whatever the service finds', async () => {
    await open('release/1.0', 'Faster builds');
    const { value } = await office.asAdmin('load-site');
    const { name, requireUserPat, projects } = value.integrations[0];
    const changed = { id, name, requireUserPat, projects, owners: ['alice'] };
    expect((await office.asAdmin('update-integration', changed)).ok).toBe(true);
    expect(await titles('builds')).toEqual([]);
  });

  it('shows nobody what the service hides from them', async () => {
    await open('release/1.0', 'Faster builds');
    await office.inSettings('save-token', { integrationId: id, credential: token(tokens.bob) }, { as: 'bob' });
    expect(await titles('release', {}, 'bob')).toEqual(['Faster builds', 'release/1.0']);
    office.gitHub.hideFrom('bob');
    for (const more of [{}, { repository }]) {
      expect(await titles('release', more, 'bob')).toEqual([]);
      expect(await titles('builds', more, 'bob')).toEqual([]);
    }
    expect(await titles('builds')).toEqual(['Faster builds']);
  });
});
