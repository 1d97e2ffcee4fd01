import { tokens } from '../../rig/github-tokens';
import type { Tap } from 'local-forge';
import { everythingOn, openOffice, people, serviceAnswers, site, token, type Office } from './office';

let office: Office;

beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());
afterEach(() => office.usualSettings());

const repository = 'acme/web';
const branch = (integrationId: string, name: string, more: object = {}) => ({
  integrationId,
  repository,
  sourceBranch: 'main',
  name,
  ...more,
});
const pull = (integrationId: string, sourceBranch: string, more: object = {}) => ({
  integrationId,
  repository,
  sourceBranch,
  targetBranch: 'main',
  title: 'DEMO-1 Login',
  ...more,
});

describe('A branch that is created', () => {
  it('is made by the integration account, stored for the issue, and recorded', async () => {
    const id = await office.connect();
    const answer = await office.onIssue('create-branch', branch(id, ' DEMO-1-by-the-bot '));
    expect(answer).toEqual({
      ok: true,
      value: {
        card: {
          kind: 'branch',
          integrationId: id,
          repository,
          url: 'https://github.com/acme/web/tree/DEMO-1-by-the-bot',
          title: 'DEMO-1-by-the-bot',
          branch: 'DEMO-1-by-the-bot',
          author: 'acme-bot',
          actor: 'integration',
          updatedAt: expect.any(String),
          commit: expect.any(String),
          places: {
            clone: 'https://github.com/acme/web.git',
            webEditor: { url: 'https://github.dev/acme/web/tree/DEMO-1-by-the-bot', name: 'github.dev' },
          },
        },
      },
    });
    expect(office.gitHub.creatorOf('DEMO-1-by-the-bot')).toBe('acme-bot');
    expect((await office.onIssue('load-issue')).value.cards).toContainEqual(answer.value.card);
    expect(office.stored('project-repositories:DEMO')[0]).toEqual({ integrationId: id, repository });
    const [noted] = await office.noted({ integrationId: id });
    expect(noted).toMatchObject({
      action: 'create-branch',
      outcome: 'done',
      person: { accountId: people.alice },
      integration: { id, name: expect.stringMatching(/^one /) },
      actor: 'integration',
      login: 'acme-bot',
      issueKey: 'DEMO-1',
      repository,
      branch: 'DEMO-1-by-the-bot',
    });
    expect(noted).not.toHaveProperty('error');
    expect(noted).not.toHaveProperty('target');
  });

  it('is the person’s own where they have a token, and the token counts as used', async () => {
    const id = await office.connect({ saved: true });
    const { value } = await office.onIssue('create-branch', branch(id, 'DEMO-1-by-alice'));
    expect(value.card).toMatchObject({ author: 'alice', actor: 'person' });
    expect(office.gitHub.creatorOf('DEMO-1-by-alice')).toBe('alice');
    const { lastUsedAt } = office.stored(`token-trail:${people.alice}:${id}`);
    expect(Date.now() - Date.parse(lastUsedAt)).toBeLessThan(60_000);
    const { integrations } = (await office.onIssue('load-issue')).value;
    expect(integrations.find((one: any) => one.id === id).attribution.token.lastUsedAt).toBe(lastUsedAt);
    expect((await office.noted({ integrationId: id }))[0]).toMatchObject({ actor: 'person', login: 'alice' });
  });

  it('is the integration account’s by an explicit choice, and the token does not count as used', async () => {
    const id = await office.connect({ saved: true });
    const asked = branch(id, 'DEMO-1-by-choice', { actAs: 'integration' });
    expect((await office.onIssue('create-branch', asked)).value.card.actor).toBe('integration');
    expect(office.stored(`token-trail:${people.alice}:${id}`)).not.toHaveProperty('lastUsedAt');
  });

  it.each([
    ['starts at the commit the page showed', 30_000, 2],
    ['starts at its source as it is now when what the page showed is old', 30_001, 1],
  ])('%s', async (_, ageMs, times) => {
    const id = await office.connect({ saved: true });
    let asked = '';
    const commit = 'f'.repeat(40);
    const answer = await office.onIssue(
      'create-branch',
      branch(id, `DEMO-1-at-${ageMs}`, { sourceCommit: { commit, ageMs } }),
      { tap: ({ to, what }) => void (asked += to === 'service' ? `${what}\n` : '') },
    );
    expect(answer.ok).toBe(true);
    // GitHub does not know this commit: only a commit from the page leads to a second request.
    expect(asked.match(/^POST .*\/git\/refs$/gm)).toHaveLength(times);
  });

  it('is refused, with the reason, when git would refuse its name', async () => {
    const id = await office.connect();
    const answer = await office.onIssue('create-branch', branch(id, 'DEMO-1..x'));
    expect(answer.error).toEqual({ code: 'BRANCH_NAME_INVALID', params: { branch: 'DEMO-1..x', reason: 'dots' } });
    const long = `DEMO-1/${'x'.repeat(120)}/${'x'.repeat(120)}`;
    expect((await office.onIssue('create-branch', branch(id, long))).error.params.reason).toBe('long');
    // Once in a minute.
    const noted = await office.noted({ integrationId: id, outcome: 'refused' });
    expect(noted.at(-1)).toMatchObject({ error: 'BRANCH_NAME_INVALID', branch: 'DEMO-1..x' });
  });

  it('is refused when the service refuses it, in our words', async () => {
    const id = await office.connect();
    const answer = await office.onIssue('create-branch', branch(id, 'develop'));
    expect(answer.error).toMatchObject({
      code: 'BRANCH_EXISTS',
      params: {
        branch: 'develop',
        source: 'main',
        repository,
        service: 'GitHub',
        host: 'github.com',
        login: 'acme-bot',
      },
    });
    expect((await office.noted({ integrationId: id }))[0]).toMatchObject({
      outcome: 'refused',
      error: 'BRANCH_EXISTS',
      actor: 'integration',
      login: 'acme-bot',
    });
    expect((await office.onIssue('load-issue')).value.cards.map(({ title }: any) => title)).not.toContain('develop');
  });
});

describe('Where a project worked last', () => {
  it('is the place of the last creation, before all earlier ones', async () => {
    const id = await office.connect();
    const other = { integrationId: id, repository: 'acme/api' };
    office.put('project-repositories:DEMO', [other]);
    await office.onIssue('create-branch', { ...branch(id, 'DEMO-12-recent'), issueKey: 'DEMO-12' });
    expect(office.stored('project-repositories:DEMO')).toEqual([{ integrationId: id, repository }, other]);
  });
});

describe('A forbidden act', () => {
  it('is refused to people without the permission for development details, and not recorded', async () => {
    const id = await office.connect();
    const { error } = await office.onIssue('create-branch', branch(id, 'DEMO-1-by-carol'), { as: 'carol' });
    expect(error).toEqual({ code: 'NO_JIRA_PERMISSION', params: { issue: 'DEMO-1', project: 'DEMO' } });
    expect((await office.noted({ integrationId: id })).map(({ action }) => action)).toEqual(['add-integration']);
  });

  it('is refused when the site switched it off, and recorded', async () => {
    const id = await office.connect();
    await office.asAdmin('save-site-settings', { ...everythingOn, branchActions: false });
    const refused = { ok: false, error: { code: 'ACTION_SWITCHED_OFF', params: {} } };
    expect(await office.onIssue('create-branch', branch(id, 'DEMO-1-off'))).toEqual(refused);
    expect(await office.onIssue('delete-branch', { integrationId: id, repository, branch: 'x' })).toEqual(refused);
    await office.asAdmin('save-site-settings', { ...everythingOn, pullRequestActions: false });
    expect(await office.onIssue('create-pull-request', pull(id, 'develop'))).toEqual(refused);
    expect((await office.noted({ integrationId: id, outcome: 'refused' })).map(({ action }) => action)).toEqual([
      'create-pull-request',
      'delete-branch',
      'create-branch',
    ]);
  });

  it('is refused in a repository outside the integration', async () => {
    const id = await office.connect();
    const answer = await office.onIssue('create-branch', branch(id, 'DEMO-1-x', { repository: 'alice/dotfiles' }));
    expect(answer.error).toEqual({
      code: 'REPOSITORY_NOT_OF_INTEGRATION',
      params: { repository: 'alice/dotfiles', integration: expect.stringMatching(/^one /) },
    });
  });

  it('is refused without a token where one is required, whatever is chosen', async () => {
    const id = await office.connect({ requireUserPat: true });
    for (const more of [{}, { actAs: 'integration' }]) {
      const { error } = await office.onIssue('create-branch', branch(id, 'DEMO-1-required', more));
      expect(error).toEqual({
        code: 'TOKEN_REQUIRED',
        params: { integration: expect.stringMatching(/^one /), service: 'GitHub', host: 'github.com' },
      });
    }
  });

  it('is refused where tokens are required and the service has none', async () => {
    const id = await office.pretend('tfs-2015', 'https://tfs.acme.example/tfs/Web', { requireUserPat: true });
    const { error } = await office.onIssue('create-branch', branch(id, 'DEMO-1-old'));
    expect(error).toEqual({
      code: 'TOKENS_UNSUPPORTED',
      params: { integration: id, service: 'TFS 2015', host: 'tfs.acme.example/tfs/Web' },
    });
  });

  it('is refused when the integration account has no credential', async () => {
    const id = await office.pretend('github.com', 'https://github.com');
    const { error } = await office.onIssue('create-branch', branch(id, 'DEMO-1-none'));
    expect(error).toMatchObject({ code: 'INTEGRATION_WITHOUT_CREDENTIAL', params: { integration: id } });
    expect((await office.noted({ integrationId: id }))[0]).toMatchObject({ outcome: 'failed' });
  });
});

describe('A refusal of the service', () => {
  const asked = (id: string) => branch(id, 'DEMO-1-no');

  it('to a person’s token is stored, recorded once, and they may continue as the integration account', async () => {
    const id = await office.connect({ saved: true });
    await office.onIssue('create-branch', branch(id, 'DEMO-1-before'));
    const { lastUsedAt: used } = office.stored(`token-trail:${people.alice}:${id}`);
    expect(used).toMatch(/^\d{4}-/);
    const first = await office.onIssue('create-branch', asked(id), { tap: serviceAnswers(401) });
    expect(first.error).toMatchObject({
      code: 'AUTH_INVALID',
      mayContinueAsIntegration: true,
      params: { login: 'alice', service: 'GitHub', branch: 'DEMO-1-no' },
    });
    const { rejectedAt, lastUsedAt } = office.stored(`token-trail:${people.alice}:${id}`);
    expect(Date.now() - Date.parse(rejectedAt)).toBeLessThan(60_000);
    expect(lastUsedAt).toBe(used);
    expect(await office.noted({ integrationId: id, action: 'reject-token' })).toHaveLength(1);
    await office.onIssue('create-branch', asked(id), { tap: serviceAnswers(401) });
    expect(await office.noted({ integrationId: id, action: 'reject-token' })).toMatchObject([
      { error: 'AUTH_INVALID', login: 'alice', actor: 'person', outcome: 'refused' },
    ]);
  });

  it('to a person’s expired token says when it expired', async () => {
    const id = await office.connect({ saved: true });
    const secret = JSON.parse(office.app.entries.get(site, 'secret', `token:${people.alice}:${id}`)?.json ?? '{}');
    const expiresAt = new Date(Date.now() - 1000).toISOString();
    const ended = JSON.stringify({ ...secret, expiresAt });
    office.app.entries.set(site, 'secret', `token:${people.alice}:${id}`, ended, undefined);
    const { error } = await office.onIssue('create-branch', asked(id), { tap: serviceAnswers(401) });
    expect(error).toMatchObject({ code: 'AUTH_EXPIRED', params: { expiredAt: expiresAt } });
  });

  it('where a token is required leaves no way around it', async () => {
    const id = await office.connect({ saved: true, requireUserPat: true });
    const rejected = await office.onIssue('create-branch', asked(id), { tap: serviceAnswers(401) });
    expect(rejected.error).not.toHaveProperty('mayContinueAsIntegration');
    const denied = await office.onIssue('create-branch', asked(id), { tap: serviceAnswers(403) });
    expect(denied.error).not.toHaveProperty('mayContinueAsIntegration');
  });

  it('about the person’s rights lets them go on as the integration account; an outage does not', async () => {
    const id = await office.connect({ saved: true });
    const denied = await office.onIssue('create-branch', asked(id), { tap: serviceAnswers(403) });
    expect(denied.error).toMatchObject({ code: 'REQUEST_REFUSED', mayContinueAsIntegration: true });
    const down = await office.onIssue('create-branch', asked(id), { tap: serviceAnswers(500) });
    expect(down.error).toMatchObject({ code: 'UNEXPECTED_ANSWER', params: { status: 500 } });
    expect(down.error).not.toHaveProperty('mayContinueAsIntegration');
    expect(office.stored(`token-trail:${people.alice}:${id}`)).not.toHaveProperty('rejectedAt');
    expect((await office.noted({ integrationId: id }))[0]).toMatchObject({ outcome: 'failed' });
  });

  it('to the integration account’s credential is the admin’s to solve, and marks nobody’s token', async () => {
    const id = await office.connect({ saved: true });
    const chosen = { ...asked(id), actAs: 'integration' };
    const { error } = await office.onIssue('create-branch', chosen, { tap: serviceAnswers(401) });
    expect(error).toEqual({
      code: 'INTEGRATION_CREDENTIAL_REJECTED',
      params: expect.objectContaining({ login: 'acme-bot', service: 'GitHub', host: 'github.com' }),
    });
    expect(office.stored(`token-trail:${people.alice}:${id}`)).not.toHaveProperty('rejectedAt');
    const denied = await office.onIssue('create-branch', chosen, { tap: serviceAnswers(403) });
    expect(denied.error).not.toHaveProperty('mayContinueAsIntegration');
  });

  it('names the scope that is missing', async () => {
    const id = await office.connect({ saved: true });
    await office.app.invoke({
      ...{ site, as: 'alice', module: 'user-settings', call: 'save-token' },
      payload: { integrationId: id, credential: token(tokens.aliceFineRead) },
    });
    const { error } = await office.onIssue('create-branch', asked(id));
    expect(error).toMatchObject({ code: 'SCOPE_MISSING', params: { missing: ['contents: write'] } });
  });
});

describe('A record that is lost', () => {
  it('undoes nothing, and the log has the kind of the error', async () => {
    const id = await office.connect();
    const { value } = await office.onIssue('create-branch', branch(id, 'DEMO-1-lost'), {
      tap: ({ to, writes }) => (to === 'storage' && writes ? { kind: 'answer', status: 503 } : undefined),
    });
    expect(value.card.branch).toBe('DEMO-1-lost');
    const lines = office.app.logs.lines().map((line) => JSON.stringify(line));
    expect(lines.filter((line) => /a note was lost: Forge\w+/.test(line))).not.toEqual([]);
  });
});

describe('A branch that is deleted', () => {
  const gone = async (integrationId: string, name: string, more: object = {}, context?: Record<string, unknown>) =>
    office.onIssue('delete-branch', { integrationId, repository, branch: name, ...more }, context && { context });

  it('names the issue, and its card is deleted', async () => {
    const id = await office.connect();
    await office.onIssue('create-branch', branch(id, 'DEMO-1-to-delete'));
    expect(await gone(id, 'DEMO-1-to-delete')).toEqual({ ok: true, value: { branch: 'DEMO-1-to-delete' } });
    expect(office.gitHub.hasBranch('DEMO-1-to-delete')).toBe(false);
    const titles = (await office.onIssue('load-issue')).value.cards.map(({ title }: any) => title);
    expect(titles).not.toContain('DEMO-1-to-delete');
    expect((await office.noted({ integrationId: id }))[0]).toMatchObject({
      action: 'delete-branch',
      branch: 'DEMO-1-to-delete',
    });
  });

  it('was made through the app for the issue, whatever its name, with and without a hint from the page', async () => {
    const id = await office.connect();
    const page = { extension: { issue: { id: '10100', key: 'DEMO-1' } } };
    for (const [name, context] of [
      ['named-otherwise', page],
      ['named-otherwise-too', { extension: { issue: { id: '10101', key: 'DEMO-1' } } }],
      ['named-otherwise-again', { extension: {} }],
    ] as const) {
      await office.onIssue('create-branch', branch(id, name));
      expect(await gone(id, name, {}, context)).toEqual({ ok: true, value: { branch: name } });
      expect(office.gitHub.hasBranch(name)).toBe(false);
    }
  });

  it('can be anybody’s that names the issue', async () => {
    const id = await office.connect();
    office.gitHub.makeBranch('fix/demo-1_by-hand');
    expect(await gone(id, 'fix/demo-1_by-hand')).toEqual({ ok: true, value: { branch: 'fix/demo-1_by-hand' } });
  });

  it.each([
    ['beside the permission where the page tells which issue it is', 'of-another-name', '10100', 1, 1],
    ['after it where the page does not', 'of-another-name', undefined, 0, 1],
    ['again after it where the page told another issue', 'of-another-name', '10101', 1, 2],
    ['not at all where its name says so', 'DEMO-1-named', '10100', 0, 0],
  ])('is known as the issue’s %s', async (_, name, issueId, ahead, inAll) => {
    const id = await office.connect();
    const context = { extension: issueId === undefined ? {} : { issue: { id: issueId } } };
    const lookedUp = async (status: number | undefined) => {
      let reads = 0;
      const tap: Tap = ({ what, writes, keys }) => {
        if (!writes && keys.some((key) => key.startsWith('work:'))) reads += 1;
        return status !== undefined && what.includes('/mypermissions') ? { kind: 'answer', status } : undefined;
      };
      await office.onIssue('delete-branch', { integrationId: id, repository, branch: name }, { context, tap });
      return reads;
    };
    expect(await lookedUp(503)).toBe(ahead);
    expect(await lookedUp(undefined)).toBe(inAll);
  });

  it('is any other one only at the service itself', async () => {
    const id = await office.connect();
    for (const name of ['develop', 'DEMO-12-other']) {
      const { error } = await gone(id, name);
      expect(error).toEqual({ code: 'BRANCH_NOT_OF_ISSUE', params: { branch: name, issue: 'DEMO-1' } });
      expect(office.gitHub.hasBranch(name)).toBe(true);
    }
  });
});
