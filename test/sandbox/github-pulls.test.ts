import { TOKEN, at, openSimulatedGitHub } from '../support/simulated-github';
import type { SimulatedGitHub } from '../support/simulated-github';

let github: SimulatedGitHub;
beforeEach(async () => (github = await openSimulatedGitHub()));
afterEach(() => github.close());

const wanted = { title: 'DEMO-12: Currency', head: 'feature/DEMO-12-currency', base: 'main' };
const open = (changes: object = {}, repository = 'acme/web', token: string = TOKEN.alice) =>
  github.api('POST', `/repos/${repository}/pulls`, { token, body: { ...wanted, ...changes } });
const get = (path: string) => github.api('GET', path);
const numbers = async (query: string) =>
  ((await get(`/repos/acme/web/pulls?${query}`)).body as { number: number }[]).map(({ number }) => number);

describe('opening a pull request', () => {
  it('is done in the name of the token’s owner', async () => {
    const answer = await open({ body: 'Closes it', draft: true }, 'acme/web', TOKEN.ada);
    expect(answer).toMatchObject({
      status: 201,
      body: {
        number: 1,
        state: 'open',
        draft: true,
        title: wanted.title,
        body: 'Closes it',
        user: { login: 'ada' },
        html_url: 'https://github.com/acme/web/pull/1',
        head: { ref: wanted.head, label: `acme:${wanted.head}` },
        base: { ref: 'main', sha: await github.shaOf('main') },
        commits: 1,
        changed_files: 1,
      },
    });
    expect((await get('/repos/acme/web/pulls/1')).body).toMatchObject({ number: 1, commits: 1, merged: false });
  });

  it('takes the head with its owner in front', async () => {
    expect(await open({ head: `acme:${wanted.head}` })).toMatchObject({
      status: 201,
      body: { head: { ref: wanted.head } },
    });
  });

  it('is refused a second time for the same branches, and again possible towards another', async () => {
    await open();
    expect(await open()).toMatchObject({
      status: 422,
      body: {
        message: 'Validation Failed',
        errors: [
          {
            message: `A pull request already exists for acme:${wanted.head}.`,
            resource: 'PullRequest',
            code: 'custom',
          },
        ],
      },
    });
    expect(await open({ base: 'develop' })).toMatchObject({ status: 201, body: { number: 2 } });
  });

  it('is possible once when tried several times at once', async () => {
    const answers = await Promise.all(Array.from({ length: 4 }, () => open()));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422, 422, 422]);
  });

  it.each([
    ['without commits of its own', { head: 'same-as-main' }, [{ message: 'No commits between main and same-as-main' }]],
    ['from a branch that is not there', { head: 'none' }, [{ field: 'head', code: 'invalid' }]],
    ['from a fork', { head: 'bob:main' }, [{ field: 'head', code: 'invalid' }]],
    ['to a branch that is not there', { base: 'none' }, [{ field: 'base', code: 'invalid' }]],
    ['without a title', { title: undefined }, [{ field: 'title', code: 'missing_field' }]],
    ['onto itself', { base: wanted.head }, [{ message: `No commits between ${wanted.head} and ${wanted.head}` }]],
  ])('is refused %s', async (_what, changes, errors) => {
    expect(await open(changes)).toMatchObject({ status: 422, body: { message: 'Validation Failed', errors } });
  });

  it('is refused to somebody who may only read', async () => {
    const errors = [{ message: 'must be a collaborator' }];
    expect(await open({}, 'acme/web', TOKEN.bob)).toMatchObject({ status: 422, body: { errors } });
  });

  it('is refused when members are missing or of another kind', async () => {
    expect(at((await open({ head: undefined, base: undefined })).body, 'message')).toContain(
      '"head", "base" weren\'t supplied',
    );
    expect(at((await open({ draft: 'yes' })).body, 'message')).toContain('is not a boolean');
  });
});

describe('listing pull requests', () => {
  it('filters by state, head and base', async () => {
    await open();
    await open({ head: 'develop' });
    await open({ base: 'develop' });
    expect(await numbers('')).toEqual([3, 2, 1]);
    expect(await numbers(`head=acme:${wanted.head}&state=all`)).toEqual([3, 1]);
    expect(await numbers('base=develop')).toEqual([3]);
    expect(await numbers('state=closed')).toEqual([]);
    expect(await github.api('GET', '/repos/acme/web/pulls?state=odd')).toMatchObject({ status: 422 });
  });
});

describe('a pull request', () => {
  it('closes when its branch is deleted, and another can be opened then', async () => {
    const sha = await github.shaOf(wanted.head);
    await open();
    github.clock.now = new Date('2026-01-21T08:00:00Z');
    await github.api('DELETE', `/repos/acme/web/git/refs/heads/${wanted.head}`);
    expect((await get('/repos/acme/web/pulls/1')).body).toMatchObject({
      state: 'closed',
      merged: false,
      closed_at: '2026-01-21T08:00:00Z',
      head: { sha },
    });
    expect(await numbers('state=all')).toEqual([1]);
    await github.api('POST', '/repos/acme/web/git/refs', { body: { ref: `refs/heads/${wanted.head}`, sha } });
    expect(await open()).toMatchObject({ status: 201, body: { number: 2 } });
  });

  it('takes reviewers who belong to the repository, and nobody else', async () => {
    await open();
    const ask = (...reviewers: string[]) =>
      github.api('POST', '/repos/acme/web/pulls/1/requested_reviewers', { body: { reviewers } });
    expect(await ask('bob')).toMatchObject({ status: 201, body: { requested_reviewers: [{ login: 'bob' }] } });
    expect(await ask('alice')).toMatchObject({ status: 422 });
    expect(at((await ask('stranger')).body, 'message')).toContain('Reviews may only be requested from collaborators.');
  });

  it('is found by the words of its title and body, not by parts of a key', async () => {
    await open({ body: 'See DEMO-7' });
    const query = 'query ($q: String!) { search(type: ISSUE, query: $q, first: 9) { issueCount } }';
    const found = async (q: string) =>
      at((await github.graphql(query, TOKEN.alice, { q })).body, 'data.search.issueCount');
    expect(await found('DEMO-12 is:pr repo:acme/web')).toBe(1);
    expect(await found('DEMO-1 is:pr repo:acme/web')).toBe(0);
    expect(await found('DEMO-7 is:pr in:title,body')).toBe(1);
    expect(await found('DEMO-7 in:title')).toBe(0);
    expect(await found('DEMO-12 is:merged')).toBe(0);
    expect(await found('DEMO-12 is:open author:@me')).toBe(1);
  });

  it('does not exist under a number nobody opened', async () => {
    expect(await get('/repos/acme/web/pulls/99')).toMatchObject({ status: 404 });
  });
});
