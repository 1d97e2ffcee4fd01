import { runSandbox, type Answer, type RunningSandbox } from '../support/run-sandbox';
import { story } from '../support/story';

const ISSUE = 'issue-context';
const SETTINGS = 'user-settings';
const issueKey = 'DEMO-1';
const repository = 'acme/web';

let sandbox: RunningSandbox;
let integrationId: string;

function valueOf(answer: Answer): any {
  expect(answer).toMatchObject({ ok: true });
  return answer.value;
}

beforeAll(async () => {
  sandbox = await runSandbox();
  const added = await sandbox.invoke('ada', 'manage-repositories', 'add-integration', {
    edition: 'github.com',
    credential: { kind: 'token', token: await sandbox.newToken('acme-bot') },
    name: 'acme-github',
    owners: ['acme'],
    requireUserPat: false,
    projects: ['DEMO'],
  });
  integrationId = valueOf(added).integration.id;
});

afterAll(() => sandbox.stop());

async function saveToken(as: string): Promise<void> {
  const credential = { kind: 'token', token: await sandbox.newToken(as) };
  valueOf(await sandbox.invoke(as, ISSUE, 'save-token', { issueKey, integrationId, credential }));
}

async function defaultsOf(as: string): Promise<unknown> {
  return valueOf(await sandbox.invoke(as, ISSUE, 'load-issue', { issueKey })).defaults;
}

describe('Defaults', () => {
  const onIssue = () => ({ issueKey, integrationId, repository });

  story('on an issue', (step) => {
    step('are a person’s own, for one project, and are found again with the issue', async () => {
      valueOf(await sandbox.invoke('alice', ISSUE, 'save-default', onIssue()));
      valueOf(await sandbox.invoke('alice', ISSUE, 'save-default', { ...onIssue(), branch: 'develop' }));
      const mine = {
        repository: { integrationId, repository },
        branches: [{ integrationId, repository, branch: 'develop' }],
      };
      expect(await defaultsOf('alice')).toEqual(mine);
      expect(await defaultsOf('bob')).toEqual({ branches: [] });
      const settings = valueOf(await sandbox.invoke('alice', SETTINGS, 'load-user-settings'));
      expect(settings.defaults).toEqual([{ projectKey: 'DEMO', ...mine }]);
      expect(settings.projects).toContainEqual({ key: 'DEMO', name: 'Demo shop' });
    });

    step('of one repository are replaced, not added up, whatever the case of its name', async () => {
      const shouted = { ...onIssue(), repository: 'ACME/Web', branch: 'main' };
      valueOf(await sandbox.invoke('alice', ISSUE, 'save-default', shouted));
      const { branches } = (await defaultsOf('alice')) as { branches: unknown[] };
      expect(branches).toEqual([{ integrationId, repository: 'ACME/Web', branch: 'main' }]);
    });

    step('can be cleared one by one', async () => {
      valueOf(await sandbox.invoke('alice', ISSUE, 'clear-default', { issueKey, cleared: { of: 'project' } }));
      expect(await defaultsOf('alice')).toEqual({ branches: [expect.objectContaining({ branch: 'main' })] });
      const cleared = { of: 'repository', integrationId, repository };
      valueOf(await sandbox.invoke('alice', ISSUE, 'clear-default', { issueKey, cleared }));
      expect(await defaultsOf('alice')).toEqual({ branches: [] });
      const { values } = await sandbox.get<{ values: { key: string }[] }>('/sandbox/storage');
      expect(values.filter(({ key }) => key.startsWith('defaults:'))).toEqual([]);
    });
  });

  it('are set in the user settings too, for a project the integration is open to', async () => {
    const inProject = { projectKey: 'DEMO', integrationId, repository };
    valueOf(await sandbox.invoke('alice', SETTINGS, 'save-default', inProject));
    expect(await defaultsOf('alice')).toMatchObject({ repository: { repository } });
    const found = valueOf(
      await sandbox.invoke('alice', SETTINGS, 'list-repositories', {
        projectKey: 'DEMO',
        integrationId,
        search: 'web',
      }),
    );
    expect(found.items).toMatchObject([{ name: repository }]);
    const branches = valueOf(await sandbox.invoke('alice', SETTINGS, 'list-branches', { ...inProject, search: 'dev' }));
    expect(branches.items).toMatchObject([{ name: 'develop' }]);
    valueOf(
      await sandbox.invoke('alice', SETTINGS, 'clear-default', { projectKey: 'DEMO', cleared: { of: 'project' } }),
    );
  });

  it.each([
    ['a project the integration is closed to', { projectKey: 'OPS', repository }, 'NOT_OPEN_TO_PROJECT'],
    ['a project nobody knows', { projectKey: 'NONE', repository }, 'NO_JIRA_PERMISSION'],
    ['a repository of somebody else', { projectKey: 'DEMO', repository: 'other/web' }, 'REPOSITORY_NOT_OF_INTEGRATION'],
  ])('are refused for %s', async (_, where, code) => {
    const refused = await sandbox.invoke('alice', SETTINGS, 'save-default', { ...where, integrationId });
    expect(refused).toMatchObject({ ok: false, error: { code } });
  });
});

describe('The name of a new branch', () => {
  it.each([
    ['develop', 'develop'],
    ['develop/DEMO-1', 'develop'],
    ['release', 'release/1.0'],
    ['feature/DEMO-1', undefined],
    ['DEMO-1-new', undefined],
  ])('%s meets %s', async (name, conflict) => {
    const checked = await sandbox.invoke('alice', ISSUE, 'check-branch-name', {
      issueKey,
      integrationId,
      repository,
      name,
    });
    expect(checked).toEqual({ ok: true, value: conflict === undefined ? {} : { conflict } });
  });
});

describe('Reviewers', () => {
  beforeAll(() => saveToken('alice'));

  const request = (title: string, sourceBranch: string, reviewers: string[]) => ({
    issueKey,
    integrationId,
    repository,
    sourceBranch,
    targetBranch: 'main',
    title,
    reviewers,
  });

  it('are searched by login and name, without the one who asks', async () => {
    const search = (text: string) =>
      sandbox.invoke('alice', ISSUE, 'list-reviewers', { issueKey, integrationId, repository, search: text });
    expect(
      valueOf(await search(''))
        .reviewers.map((one: { login: string }) => one.login)
        .sort(),
    ).toEqual(['acme-bot', 'ada', 'bob']);
    expect(valueOf(await search('bob dev')).reviewers).toEqual([{ id: 'bob', login: 'bob', name: 'Bob Developer' }]);
  });

  it('are requested once the pull request is made', async () => {
    const made = valueOf(
      await sandbox.invoke('alice', ISSUE, 'create-pull-request', request('DEMO-1 asked', 'develop', ['bob'])),
    );
    expect(made).toEqual({ card: expect.objectContaining({ title: 'DEMO-1 asked' }) });
    const page = await (await fetch(`${sandbox.services}/github.com/acme/web/pull/${made.card.number}`)).text();
    expect(page).toContain('Review requested from bob');
  });

  it('who can’t be requested do not undo the pull request, and the answer names them', async () => {
    const made = valueOf(
      await sandbox.invoke(
        'alice',
        ISSUE,
        'create-pull-request',
        request('DEMO-1 not asked', 'feature/DEMO-12-currency', ['nobody-here']),
      ),
    );
    expect(made).toMatchObject({
      card: { title: 'DEMO-1 not asked', state: 'open' },
      unasked: { reviewers: ['nobody-here'], error: { code: 'REVIEWERS_REFUSED', params: { repository } } },
    });
  });
});

describe('A token removed from a dialog of the issue', () => {
  it('is gone, and the answer names the actor from then on', async () => {
    await saveToken('bob');
    const removed = valueOf(await sandbox.invoke('bob', ISSUE, 'remove-token', { issueKey, integrationId }));
    expect(removed.integration.attribution).toMatchObject({ state: 'integration' });
    const { secrets } = await sandbox.get<{ secrets: (string | { key: string })[] }>('/sandbox/storage');
    expect(JSON.stringify(secrets)).not.toContain('b0b00000');
  });
});
