import { openOffice, type Office } from './office';

let office: Office;

beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

const repository = 'acme/web';
const pull = (integrationId: string, sourceBranch: string, more: object = {}) => ({
  integrationId,
  repository,
  sourceBranch,
  targetBranch: 'main',
  title: 'DEMO-1 Login',
  ...more,
});

describe('A pull request that is opened', () => {
  it('links back to the issue, and is stored for it', async () => {
    const id = await office.connect();
    office.gitHub.makeBranch('DEMO-1-with-commits');
    const asked = pull(id, 'DEMO-1-with-commits', { description: '  Why  ', draft: true });
    const { value } = await office.onIssue('create-pull-request', asked);
    expect(value.card).toMatchObject({
      kind: 'pull-request',
      integrationId: id,
      repository,
      title: 'DEMO-1 Login',
      branch: 'DEMO-1-with-commits',
      target: 'main',
      state: 'draft',
      author: 'acme-bot',
      actor: 'integration',
    });
    expect(value).not.toHaveProperty('unasked');
    expect(office.gitHub.descriptionOf(value.card.number)).toMatch(
      /^Why\n\n---\n\[DEMO-1\]\(https:\/\/[^)]+\/browse\/DEMO-1\) · created with Undersigned for Jira$/,
    );
    expect((await office.onIssue('load-issue')).value.cards).toContainEqual(value.card);
    expect(office.stored('project-repositories:DEMO')[0]).toEqual({ integrationId: id, repository });
    expect((await office.noted({ integrationId: id }))[0]).toMatchObject({
      action: 'create-pull-request',
      branch: 'DEMO-1-with-commits',
      target: 'main',
    });
    const again = await office.onIssue('create-pull-request', asked);
    expect(again.error).toMatchObject({
      code: 'PULL_REQUEST_EXISTS',
      params: { source: 'DEMO-1-with-commits', target: 'main' },
    });
    expect(again.error.url).toMatch(/^https:\/\/github\.com\/acme\/web\/pull\//);
  });

  it.each([
    ['title', { title: 'x'.repeat(257) }, 256],
    ['description', { description: 'x'.repeat(65_500) }, 65_536],
  ])('names the text that is too long, and sends nothing: the %s', async (field, more, limit) => {
    const id = await office.connect();
    office.gitHub.makeBranch('DEMO-1-long');
    const before = office.app.requests().length;
    const { error } = await office.onIssue('create-pull-request', pull(id, 'DEMO-1-long', more));
    expect(error).toMatchObject({
      code: 'PULL_REQUEST_TEXT_TOO_LONG',
      params: { field, limit, service: 'GitHub' },
    });
    expect(office.app.requests()).toHaveLength(before);
  });

  it('has the link to the issue behind the longest description that fits', async () => {
    const id = await office.connect();
    office.gitHub.makeBranch('DEMO-1-fits');
    const { link } = (await office.onIssue('load-issue')).value;
    const description = 'x'.repeat(65_536 - link.length - '\n\n---\n'.length);
    const { value } = await office.onIssue('create-pull-request', pull(id, 'DEMO-1-fits', { description }));
    const sent = office.gitHub.descriptionOf(value.card.number);
    expect(sent).toHaveLength(65_536);
    expect(sent?.endsWith(link)).toBe(true);
  });

  it('names the issue without a link where nobody knows where Jira is', async () => {
    const id = await office.connect();
    office.gitHub.makeBranch('DEMO-1-nowhere');
    const { value } = await office.onIssue('create-pull-request', pull(id, 'DEMO-1-nowhere', { description: ' ' }), {
      context: { siteUrl: undefined },
    });
    expect(office.gitHub.descriptionOf(value.card.number)).toBe('DEMO-1 · created with Undersigned for Jira');
  });

  it('has two branches', async () => {
    const id = await office.connect();
    const { error } = await office.onIssue('create-pull-request', pull(id, 'main'));
    expect(error).toEqual({ code: 'SAME_BRANCH', params: { branch: 'main', source: 'main', target: 'main' } });
  });

  it('requests reviews of people who can', async () => {
    const id = await office.connect({ saved: true });
    office.gitHub.makeBranch('DEMO-1-to-review');
    let asked = 0;
    const { value } = await office.onIssue(
      'create-pull-request',
      pull(id, 'DEMO-1-to-review', { reviewers: ['bob'] }),
      {
        tap: ({ what }) => void (asked += what.includes('/requested_reviewers') ? 1 : 0),
      },
    );
    expect(value).not.toHaveProperty('unasked');
    expect(asked).toBe(1);
  });

  it('remains open when no review could be requested, and names the people and the reason', async () => {
    const id = await office.connect({ saved: true });
    office.gitHub.makeBranch('DEMO-1-unasked');
    const { value } = await office.onIssue('create-pull-request', pull(id, 'DEMO-1-unasked', { reviewers: ['bob'] }), {
      tap: ({ what }) => (what.includes('/requested_reviewers') ? { kind: 'answer', status: 403 } : undefined),
    });
    expect(value.card.branch).toBe('DEMO-1-unasked');
    expect(value.unasked).toMatchObject({
      reviewers: ['bob'],
      error: { code: 'REQUEST_REFUSED', params: { repository } },
    });
  });

  it('requests nobody if nobody was chosen', async () => {
    const id = await office.connect();
    office.gitHub.makeBranch('DEMO-1-alone');
    let asked = 0;
    await office.onIssue('create-pull-request', pull(id, 'DEMO-1-alone'), {
      tap: ({ what }) => void (asked += what.includes('/requested_reviewers') ? 1 : 0),
    });
    expect(asked).toBe(0);
  });
});

describe('The assignee and the labels of a pull request', () => {
  const extras = { assignMe: true, labels: ['bug'] };
  const open = async (name: string, more: object, options: Parameters<Office['onIssue']>[2] = {}) => {
    const id = await office.connect({ saved: true });
    office.gitHub.makeBranch(name);
    const before = office.app.requests().length;
    const answer = await office.onIssue('create-pull-request', pull(id, name, more), options);
    const asked = office.app
      .requests()
      .slice(before)
      .map(({ path }) => path.replace(/\d+/, 'N'));
    return { ...answer, asked };
  };

  it('are set in the person’s own name once it is open', async () => {
    const { value, asked } = await open('DEMO-1-extras', extras);
    expect(value).not.toHaveProperty('undone');
    const issue = '/repos/acme/web/issues/N';
    expect(asked.slice(1).sort()).toEqual([`${issue}/assignees`, `${issue}/labels`]);
  });

  it('cost nothing where none are wanted', async () => {
    expect((await open('DEMO-1-no-extras', {})).asked).toHaveLength(1);
  });

  it('are reported if the service leaves them out or fails, and undo nothing', async () => {
    const left = await open('DEMO-1-left', { ...extras, labels: ['bug', 'gone'] });
    expect(left.value).toMatchObject({
      card: { branch: 'DEMO-1-left' },
      undone: { labels: ['gone'], error: { code: 'EXTRAS_REFUSED', params: { repository, service: 'GitHub' } } },
    });
    expect(left.value.undone).not.toHaveProperty('assignee');
    const tap = ({ to, what }: { to: string; what: string }) =>
      to === 'service' && what.includes('/assignees') ? ({ kind: 'answer', status: 403 } as const) : undefined;
    const failed = await open('DEMO-1-failed', extras, { tap });
    expect(failed.value).toMatchObject({
      card: { branch: 'DEMO-1-failed' },
      undone: { assignee: true, error: { code: expect.stringMatching(/^(PERMISSION_DENIED|REQUEST_REFUSED)$/) } },
    });
  });

  it('are never set by the integration account, which says so', async () => {
    const { value, asked } = await open('DEMO-1-as-bot', { ...extras, actAs: 'integration' });
    expect(value).toMatchObject({
      card: { branch: 'DEMO-1-as-bot', actor: 'integration' },
      undone: { assignee: true, labels: ['bug'], error: { code: 'OWN_TOKEN_NEEDED' } },
    });
    expect(asked.filter((path: string) => /assignees|labels/.test(path))).toEqual([]);
  });
});
