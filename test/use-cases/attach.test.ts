import { tokens } from '../../rig/github-tokens';
import { openOffice, site, token, type Office } from './office';

let office: Office;
let id: string;

beforeEach(async () => {
  office = await openOffice();
  id = await office.connect({ saved: true });
  await settled();
});
afterEach(() => office.close());

const repository = 'acme/web';
const settled = () => office.app.settle({ hurry: true });
const onGitHub = 'https://github.com/acme/web';
const attach = (address: string, as = 'alice') => office.onIssue('attach-address', { address }, { as });
const choose = (branch: string, as = 'alice') =>
  office.onIssue('attach-branch', { integrationId: id, repository, branch }, { as });
const detach = (card: object, as = 'alice') =>
  office.onIssue('detach-work', { integrationId: id, repository, branch: 'x', ...card }, { as });
const cards = async (as = 'alice') =>
  (await office.onIssue('load-issue', {}, { as })).value.cards.map(({ title, state, attached }: any) => ({
    ...{ title, attached },
    ...(state && { state }),
  }));
/** The issue's development information in Jira. */
const shown = () =>
  office.app.jira
    .development(site)
    .map(({ data }) => ('name' in data ? data.name : `${data.displayId} ${data.status}`))
    .sort();
async function look(as = 'alice') {
  const { value } = await office.onIssue('list-cards', { integrationId: id }, { as });
  if (value.news) await office.onIssue('tell-jira', { integrationId: id, news: value.news }, { as });
  return value;
}
/** The last information for Jira was sent an hour ago. */
function askedLongAgo(): void {
  for (const { key, json } of office.app.entries.list(site, 'development:', undefined, 100))
    office.put(key, { ...JSON.parse(json), at: Date.now() - 3_600_000 });
}
/** A pull request that names no issue. */
const openElsewhere = () =>
  office.onIssue('create-pull-request', {
    ...{ issueKey: 'DEMO-2', integrationId: id, repository, title: 'Faster builds' },
    ...{ sourceBranch: 'release/1.0', targetBranch: 'main' },
  });

describe('A branch or pull request that names no issue', () => {
  it('belongs to the issue once its address is pasted, for everybody who sees the integration, and Jira gets it', async () => {
    await openElsewhere();
    await settled();
    expect(await cards()).toEqual([]);
    const pull = await attach(`${onGitHub}/pull/1/files`);
    expect(pull.value.card).toMatchObject({ title: 'Faster builds', number: 1, state: 'open', attached: true });
    expect(pull.value.card.places.clone).toBe('https://github.com/acme/web.git');
    expect((await attach(`${onGitHub}/tree/release/1.0`)).value.card).toMatchObject({ branch: 'release/1.0' });
    expect(await cards('bob')).toEqual(await cards());
    expect((await cards()).map(({ title }: { title: string }) => title).sort()).toEqual([
      'Faster builds',
      'release/1.0',
    ]);
    await settled();
    expect(shown()).toEqual(['#1 OPEN', '#1 OPEN', 'release/1.0']);
    expect((await office.noted({ action: 'attach-work' })).map(({ branch, issueKey }) => [branch, issueKey])).toEqual([
      ['release/1.0', 'DEMO-1'],
      ['release/1.0', 'DEMO-1'],
    ]);
  });

  it('is read with the issue: a merged pull request is shown as merged, a deleted branch leaves Jira', async () => {
    await openElsewhere();
    await attach(`${onGitHub}/pull/1`);
    await choose('develop');
    await settled();
    office.gitHub.merge(1);
    office.gitHub.removeBranch('develop');
    askedLongAgo();
    expect((await look()).cards).toContainEqual(expect.objectContaining({ number: 1, state: 'merged' }));
    await settled();
    expect(await cards()).toContainEqual({ title: 'Faster builds', state: 'merged', attached: true });
    expect(shown()).toEqual(['#1 MERGED', '#1 OPEN', 'feature/DEMO-1-login']);
  });

  it('no longer belongs to the issue once it is detached, in Jira neither, and can be attached again', async () => {
    await choose('develop');
    await choose('release/1.0');
    await settled();
    expect(shown()).toEqual(['develop', 'release/1.0']);
    expect(await detach({ branch: 'develop' }, 'bob')).toMatchObject({ ok: true });
    await settled();
    expect(shown()).toEqual(['release/1.0']);
    expect(await cards()).toEqual([{ title: 'release/1.0', attached: true }]);
    // Detached and attached again before Jira got it.
    await detach({ branch: 'release/1.0' });
    await choose('release/1.0');
    await settled();
    expect(shown()).toEqual(['release/1.0']);
    expect(await cards()).toEqual([{ title: 'release/1.0', attached: true }]);
    expect((await office.noted({ action: 'detach-work' })).map(({ branch }) => branch)).toEqual([
      'release/1.0',
      'develop',
    ]);
  });

  it('moves no issue, because it existed before', async () => {
    await office.asAdmin('save-site-settings', { developmentTransitions: true });
    await choose('develop');
    await settled();
    expect(office.app.jira.development(site).map(({ preventTransitions }) => preventTransitions)).toEqual([true]);
  });
});

describe('A branch that was made here', () => {
  it('does not change when it is attached, and can’t be detached', async () => {
    const name = 'DEMO-1-made';
    const made = await office.onIssue('create-branch', { integrationId: id, repository, sourceBranch: 'main', name });
    expect((await choose(name)).value.card).toEqual(made.value.card);
    expect((await detach({ branch: name })).error.code).toBe('WORK_NOT_FOUND');
    expect(await cards()).toEqual([{ title: name }]);
  });
});

describe('An attached branch', () => {
  it('is deleted by a person with a right of their own, and never by the integration account', async () => {
    await choose('develop');
    const remove = (as: string) =>
      office.onIssue('delete-branch', { integrationId: id, repository, branch: 'develop' }, { as });
    expect((await remove('bob')).error.code).toBe('BRANCH_NOT_OF_ISSUE');
    expect(office.gitHub.hasBranch('develop')).toBe(true);
    expect((await remove('alice')).ok).toBe(true);
  });
});

describe('Nobody finds out by trying', () => {
  const nothing = { ok: false, error: { code: 'WORK_NOT_FOUND', params: {} } };
  const tries = [
    `${onGitHub}/tree/release/1.0`,
    `${onGitHub}/tree/no/such/branch`,
    `${onGitHub}/pull/1`,
    `${onGitHub}/pull/99`,
    'https://github.com/acme/no-such-repository/tree/main',
    'https://github.com/globex/web/tree/main',
    'https://github.com/acme/web',
    'https://gitlab.com/acme/web/-/tree/main',
    'https://github.com/acme/web/tree/-x',
    'https://github.com/acme/web/tree/a..b',
    'javascript:alert(1)',
    'release/1.0',
  ];

  it('which repositories, branches and pull requests there are: hidden and missing are one answer', async () => {
    await openElsewhere();
    await office.inSettings('save-token', { integrationId: id, credential: token(tokens.bob) }, { as: 'bob' });
    office.gitHub.hideFrom('bob');
    for (const address of tries) expect([address, await attach(address, 'bob')]).toEqual([address, nothing]);
    expect(await choose('develop', 'bob')).toEqual(nothing);
    expect(await cards()).toEqual([]);
    expect(await office.noted({ action: 'attach-work' })).toEqual([]);
    // A missing one gives the same answer, also for people who see the repository.
    for (const missing of ['tree/no/such/branch', 'pull/99'])
      expect(await attach(`${onGitHub}/${missing}`)).toEqual(nothing);
    // It is there, for somebody who may see it.
    expect((await attach(tries[0] ?? '')).ok).toBe(true);
  });

  it('not through the integration account either, where people without a token see nothing', async () => {
    await office.asAdmin('save-site-settings', { requireUserPat: true });
    for (const address of [`${onGitHub}/tree/main`, `${onGitHub}/tree/none`])
      expect((await attach(address, 'bob')).error.code).toBe('TOKEN_REQUIRED');
    await choose('develop');
    expect((await detach({ branch: 'develop' }, 'bob')).error.code).toBe('WORK_NOT_FOUND');
    expect(await cards()).toEqual([{ title: 'develop', attached: true }]);
  });

  it('and not where the integration is disabled, or closed to the project', async () => {
    await office.asAdmin('switch-integration', { id, enabled: false });
    expect(await attach(`${onGitHub}/tree/main`)).toEqual(nothing);
    expect((await choose('main')).error.code).toBe('INTEGRATION_DISABLED');
  });
});
