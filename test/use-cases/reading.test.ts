import type { Tap } from 'local-forge';
import { tokens } from '../../rig/github-tokens';
import { everythingOn, openOffice, people, serviceAnswers, site, token, type Office } from './office';

let office: Office;

beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());
afterEach(() => {
  const { entries } = office.app;
  for (const { key } of entries.list(site, '', undefined, 1_000))
    if (/^(setting:|defaults:|project-repositories:|work:)/.test(key)) entries.delete(site, 'value', key);
});

const repository = 'acme/web';
const refused = (code: string, params: object = {}) => ({ ok: false, error: { code, params } });

describe('An issue', () => {
  it('has everything for a page’s first paint, without a request to a service', async () => {
    const id = await office.connect({ saved: true });
    const asked = office.app.requests().length;
    const { value } = await office.onIssue('load-issue');
    expect(office.app.requests()).toHaveLength(asked);
    expect(value).toMatchObject({
      key: 'DEMO-1',
      projectKey: 'DEMO',
      cards: [],
      actions: { branches: true, pullRequests: true },
      defaults: { branches: [] },
      branchName: 'DEMO-1-login-fails-after-password-reset',
      isAdmin: false,
    });
    expect(value.defaults).not.toHaveProperty('repository');
    expect(value.integrations.find((one: any) => one.id === id)).toEqual({
      id,
      name: expect.stringMatching(/^one /),
      provider: 'github',
      edition: 'github.com',
      serviceName: 'GitHub',
      host: 'github.com',
      capabilities: expect.objectContaining({ userTokens: true }),
      newTokenUrl: expect.stringContaining('Undersigned'),
      otherTokenUrl: expect.stringMatching(/^https:\/\/github\.com\//),
      attribution: {
        state: 'person',
        required: false,
        integrationAccount: 'acme-bot',
        token: {
          login: 'alice',
          expiresAt: 'never',
          savedAt: expect.any(String),
          missingScopes: [],
          scopes: ['repo'],
          health: 'good',
        },
      },
    });
  });

  it('says who may manage repositories where none exist, and requests Jira only then', async () => {
    const asked: string[] = [];
    const tap = ({ what }: { what: string }) => void (/mypermissions/.test(what) && asked.push(what));
    const nowhere = { issueKey: 'OPS-1' };
    await office.connect({ projects: ['DEMO'] });
    for (const { key } of office.app.entries.list(site, 'integration:', undefined, 1_000))
      if (key.endsWith(':projects')) office.put(key, ['DEMO']);
    const isAdmin = async (payload: object, as: string) =>
      (await office.onIssue('load-issue', payload, { as, tap })).value.isAdmin;
    expect([await isAdmin(nowhere, 'ada'), await isAdmin(nowhere, 'alice')]).toEqual([true, false]);
    expect(asked).toHaveLength(4);
    expect(await isAdmin({}, 'ada')).toBe(false);
    expect(asked).toHaveLength(5);
  });

  it('has the integrations that are in use and open to its project', async () => {
    const all = await office.connect();
    const here = await office.connect({ projects: ['DEMO'] });
    const elsewhere = await office.connect({ projects: ['OPS'] });
    const gone = await office.pretend('github.com', 'https://github.com', { disconnecting: true });
    const off = await office.pretend('github.com', 'https://github.com', { disabled: true });
    const ids = (await office.onIssue('load-issue')).value.integrations.map(({ id }: any) => id);
    expect(ids).toEqual(expect.arrayContaining([all, here]));
    for (const other of [elsewhere, gone, off]) expect(ids).not.toContain(other);
  });

  it('leaves out work and choices of an integration that no longer exists', async () => {
    const id = await office.connect();
    const at = (integrationId: string) => ({ integrationId, repository });
    const card = (integrationId: string) => ({
      kind: 'branch',
      ...at(integrationId),
      ...{ url: '', title: integrationId, branch: 'x' },
    });
    office.put('work:10100:a', card(id));
    office.put('work:10100:b', card('gone'));
    const branches = [
      { ...at('gone'), branch: 'x' },
      { ...at(id), branch: 'develop' },
    ];
    office.put(`defaults:${people.alice}:DEMO`, { repository: at('gone'), branches });
    const first = (await office.onIssue('load-issue')).value;
    expect(first.cards).toMatchObject([card(id)]);
    expect(first.defaults).toEqual({ branches: [{ ...at(id), branch: 'develop' }] });
    office.put(`defaults:${people.alice}:DEMO`, { repository: at(id), branches: [] });
    expect((await office.onIssue('load-issue')).value.defaults).toEqual({ repository: at(id), branches: [] });
  });

  it('suggests a name by the site’s rule, with the person’s name only where the rule says so', async () => {
    let asked = 0;
    const tap = ({ what }: { what: string }) => void (asked += what.endsWith('/myself') ? 1 : 0);
    await office.onIssue('load-issue', {}, { tap });
    expect(asked).toBe(0);
    const rule = { template: '${displayname}/${issuekey}', separator: '-', maxBytes: 60 };
    await office.asAdmin('save-branch-name-rule', rule);
    expect((await office.onIssue('load-issue', {}, { tap })).value.branchName).toBe('alice-developer/DEMO-1');
    expect(asked).toBe(1);
  });

  it('names the acts that the site switched off', async () => {
    await office.asAdmin('save-site-settings', { ...everythingOn, branchActions: false });
    expect((await office.onIssue('load-issue')).value.actions).toEqual({ branches: false, pullRequests: true });
  });
});

describe('Repositories', () => {
  it('are those of the integration’s owners that can be written to, as the person sees them', async () => {
    const id = await office.connect({ saved: true });
    for (const list of [
      () => office.onIssue('list-repositories', { integrationId: id, search: 'we' }),
      () => office.inSettings('list-repositories', { projectKey: 'DEMO', integrationId: id, search: 'we' }),
    ])
      expect(await list()).toEqual({
        ok: true,
        value: { items: [{ name: repository, url: 'https://github.com/acme/web', defaultBranch: 'main' }] },
      });
    const names = (await office.onIssue('list-repositories', { integrationId: id })).value.items.map(
      ({ name }: any) => name,
    );
    expect(names.sort()).toEqual(['acme/api', 'acme/fresh', 'acme/web']);
  });

  it('that are withheld until a token is approved name the place, for the token’s owner', async () => {
    const listed = async (saved: boolean) => {
      const id = await office.connect({ saved });
      office.put(`integration:${id}:owners`, ['acme', 'acme-secure']);
      return (await office.onIssue('list-repositories', { integrationId: id })).value;
    };
    expect((await listed(true)).approveUrl).toMatch(/^https:\/\/github\.com\/settings\/tokens/);
    expect(await listed(false)).not.toHaveProperty('approveUrl');
  });

  it('and pull requests of an issue are named as withheld beside the others', async () => {
    const cards = async (saved: boolean) => {
      const id = await office.connect({ saved });
      office.put(`integration:${id}:owners`, ['acme', 'acme-secure']);
      return (await office.onIssue('list-cards', { integrationId: id })).value;
    };
    const { withheld } = await cards(true);
    expect(withheld).toMatchObject({ code: 'SSO_REQUIRED', url: expect.stringContaining('/settings/tokens') });
    const ofAll = (await cards(false)).withheld;
    expect(ofAll.code).toBe('SSO_REQUIRED');
    expect(ofAll).not.toHaveProperty('url');
  });

  it('can’t be listed while the service refuses', async () => {
    const id = await office.connect();
    const { error } = await office.onIssue('list-repositories', { integrationId: id }, { tap: serviceAnswers(401) });
    expect(error.code).toBe('INTEGRATION_CREDENTIAL_REJECTED');
    const none = await office.pretend('github.com', 'https://github.com');
    expect((await office.onIssue('list-repositories', { integrationId: none })).error).toEqual({
      code: 'INTEGRATION_WITHOUT_CREDENTIAL',
      params: { integration: none, service: 'GitHub', host: 'github.com' },
    });
  });
});

describe('Branches', () => {
  it('of a repository are searched, from an issue and from the settings', async () => {
    const id = await office.connect();
    const asked = { integrationId: id, repository, search: 'devel' };
    const found = {
      ok: true,
      value: { items: [{ name: 'develop', commit: expect.stringMatching(/^[0-9a-f]{40}$/) }] },
    };
    expect(await office.onIssue('list-branches', asked)).toEqual(found);
    expect(await office.inSettings('list-branches', { ...asked, projectKey: 'DEMO' })).toEqual(found);
  });

  it('of another’s repository are not shown, nor a reason of the service without its names', async () => {
    const id = await office.connect();
    const other = { integrationId: id, repository: 'alice/dotfiles' };
    const no = refused('REPOSITORY_NOT_OF_INTEGRATION', {
      repository: 'alice/dotfiles',
      integration: expect.stringMatching(/^one /),
    });
    expect(await office.onIssue('list-branches', other)).toEqual(no);
    expect(await office.inSettings('list-branches', { ...other, projectKey: 'DEMO' })).toEqual(no);
    expect(await office.onIssue('check-branch-name', { ...other, name: 'x' })).toEqual(no);
    expect(await office.onIssue('list-reviewers', other)).toEqual(no);
    for (const [call, more] of [
      ['list-branches', {}],
      ['check-branch-name', { name: 'x' }],
      ['list-reviewers', {}],
    ] as const) {
      const { error } = await office.onIssue(call, { integrationId: id, repository: 'acme/gone', ...more });
      expect(error).toMatchObject({
        code: 'REPOSITORY_NOT_FOUND',
        params: { repository: 'acme/gone', service: 'GitHub' },
      });
    }
  });

  it('are not requested for people without the permission', async () => {
    const none = await office.pretend('github.com', 'https://github.com');
    for (const [call, more] of [
      ['list-branches', {}],
      ['check-branch-name', { name: 'x' }],
      ['list-reviewers', {}],
      ['list-cards', {}],
    ] as const) {
      const asked = { integrationId: none, repository, ...more };
      expect((await office.onIssue(call, asked)).error.code).toBe('INTEGRATION_WITHOUT_CREDENTIAL');
      expect((await office.onIssue(call, asked, { as: 'carol' })).error.code).toBe('NO_JIRA_PERMISSION');
    }
    expect(
      (
        await office.inSettings(
          'list-branches',
          { projectKey: 'DEMO', integrationId: none, repository },
          { as: 'carol' },
        )
      ).error.code,
    ).toBe('NO_JIRA_PERMISSION');
  });

  it.each([
    ['develop', { conflict: 'develop' }],
    ['develop/x', { conflict: 'develop' }],
    ['release', { conflict: 'release/1.0' }],
    ['DEMO-1-free', {}],
  ])('in the way of %s are found', async (name, value) => {
    const id = await office.connect();
    expect(await office.onIssue('check-branch-name', { integrationId: id, repository, name })).toEqual({
      ok: true,
      value,
    });
  });

  it('are not searched where the service can’t search them by name', async () => {
    const old = await office.pretend('tfs-2018', 'https://tfs.acme.example/tfs/Web');
    const asked = { integrationId: old, repository, name: 'develop' };
    expect(await office.onIssue('check-branch-name', asked)).toEqual({ ok: true, value: {} });
  });
});

describe('Reviewers', () => {
  it('are other people than the caller', async () => {
    const id = await office.connect({ saved: true });
    const logins = async (search: string) =>
      (await office.onIssue('list-reviewers', { integrationId: id, repository, search })).value.reviewers.map(
        ({ login }: any) => login,
      );
    expect(await logins('')).toEqual(expect.arrayContaining(['acme-bot']));
    expect(await logins('ali')).toEqual([]);
  });

  it('are nobody for a service without reviewers', async () => {
    const id = await office.pretend('codecommit', 'eu-west-1', { owners: 'all' });
    const credential = { kind: 'access-key', id: `AKIA${'A'.repeat(16)}`, secret: 'x' };
    const kept = JSON.stringify({ connection: office.stored(`integration:${id}`), credential });
    office.app.entries.set(site, 'secret', `integration-credential:${id}`, kept, undefined);
    const asked = { integrationId: id, repository: 'web', search: '' };
    expect(await office.onIssue('list-reviewers', asked)).toEqual({ ok: true, value: { reviewers: [] } });
  });
});

describe('The beginning of a description', () => {
  const asked = (id: string, more: object = {}) => ({ integrationId: id, repository, targetBranch: 'main', ...more });

  it('is the repository’s template for people with their own token', async () => {
    const id = await office.connect({ saved: true });
    expect(await office.onIssue('read-request-form', asked(id))).toEqual({
      ok: true,
      value: {
        templates: [{ name: 'pull_request_template', text: 'For alice', isDefault: true }],
        labels: [],
        rules: [],
      },
    });
  });

  it('is not read with the credential of the integration', async () => {
    const id = await office.connect({ saved: true });
    let reached = 0;
    const tap: Tap = ({ to }) => void (to === 'service' && (reached += 1));
    expect(await office.onIssue('read-request-form', asked(id), { as: 'bob', tap })).toEqual({
      ok: true,
      value: { templates: [] },
    });
    expect(reached).toBe(0);
  });

  it('is refused like other reads', async () => {
    const id = await office.connect({ saved: true });
    const other = await office.onIssue('read-request-form', asked(id, { repository: 'alice/dotfiles' }));
    expect(other.error.code).toBe('REPOSITORY_NOT_OF_INTEGRATION');
    const gone = await office.onIssue('read-request-form', asked(id, { repository: 'acme/gone' }));
    expect(gone.error).toMatchObject({ code: 'REPOSITORY_NOT_FOUND', params: { repository: 'acme/gone' } });
  });
});

describe('A service’s work of an issue', () => {
  it('is found where the project works, where the person starts, and where it was made', async () => {
    const id = await office.connect();
    const at = (name: string) => ({ integrationId: id, repository: name });
    office.put('project-repositories:DEMO', [
      at(repository),
      at('alice/dotfiles'),
      { ...at('acme/x'), integrationId: 'y' },
    ]);
    office.put(`defaults:${people.alice}:DEMO`, {
      repository: at('acme/api'),
      branches: [{ ...at('acme/fresh'), branch: 'x' }],
    });
    office.put('work:10100:a', { kind: 'branch', ...at('acme/attic'), url: '', title: 'x', branch: 'x' });
    const { value } = await office.onIssue('list-cards', { integrationId: id });
    expect(value.searched).toEqual(['acme/attic', repository, 'acme/api', 'acme/fresh']);
    expect(value.leftOut).toEqual([]);
    expect(value.cards.find(({ title }: any) => title === 'feature/DEMO-1-login')).toMatchObject({
      kind: 'branch',
      integrationId: id,
      repository,
      url: 'https://github.com/acme/web/tree/feature/DEMO-1-login',
      branch: 'feature/DEMO-1-login',
    });
    expect(value.cards.map(({ title }: any) => title)).not.toContain('DEMO-12-other');
  });

  it('has its pull requests too', async () => {
    const id = await office.connect();
    office.gitHub.makeBranch('DEMO-1-known');
    await office.onIssue('create-pull-request', {
      ...{ integrationId: id, repository, sourceBranch: 'DEMO-1-known', targetBranch: 'main', title: 'DEMO-1 Known' },
    });
    const { cards } = (await office.onIssue('list-cards', { integrationId: id })).value;
    expect(cards.find(({ kind }: any) => kind === 'pull-request')).toMatchObject({
      integrationId: id,
      repository,
      title: 'DEMO-1 Known',
      branch: 'DEMO-1-known',
      target: 'main',
    });
  });

  it('has as much as its share of the requests allows, and names the rest', async () => {
    const id = await office.connect();
    const many = Array.from({ length: 25 }, (_, n) => ({ integrationId: id, repository: `acme/r${n}`, branch: 'x' }));
    office.put(`defaults:${people.alice}:DEMO`, { branches: many });
    const { value } = await office.onIssue('list-cards', { integrationId: id, among: 4 });
    expect(value.searched).toHaveLength(20);
    expect(value.leftOut).toEqual(many.slice(20).map((one) => one.repository));
  });

  it('is not shown while the service refuses', async () => {
    const id = await office.connect({ saved: true });
    const { error } = await office.onIssue('list-cards', { integrationId: id }, { tap: serviceAnswers(500) });
    expect(error).toMatchObject({ code: 'UNEXPECTED_ANSWER', params: { service: 'GitHub' } });
  });
});

describe('A token that the service refuses while something is read', () => {
  it('is marked', async () => {
    const id = await office.connect({ saved: true });
    await office.onIssue('list-branches', { integrationId: id, repository }, { tap: serviceAnswers(401) });
    const { value } = await office.inSettings('load-user-settings');
    expect(value.integrations.find((one: any) => one.id === id).attribution.token.health).toBe('rejected');
  });

  it('counts no more when another is saved', async () => {
    const id = await office.connect({ saved: true });
    await office.onIssue('list-branches', { integrationId: id, repository }, { tap: serviceAnswers(401) });
    const saved = await office.inSettings('save-token', { integrationId: id, credential: token(tokens.alice) });
    expect(saved.value.token.health).toBe('good');
  });
});
