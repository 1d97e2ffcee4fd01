import { TOKEN, at, openSimulatedGitHub } from '../support/simulated-github';
import type { SimulatedGitHub } from '../support/simulated-github';

let github: SimulatedGitHub;
let main: string;
beforeEach(async () => {
  github = await openSimulatedGitHub();
  main = await github.shaOf('main');
});
afterEach(() => github.close());

const create = (ref: unknown, sha: unknown = main, repository = 'acme/web', token: string = TOKEN.alice) =>
  github.api('POST', `/repos/${repository}/git/refs`, { token, body: { ref, sha } });
const remove = (branch: string, repository = 'acme/web', token: string = TOKEN.alice) =>
  github.api('DELETE', `/repos/${repository}/git/refs/heads/${branch}`, { token });
const get = (path: string, token: string | null = TOKEN.alice) => github.api('GET', path, { token });

describe('reading branches over REST', () => {
  it.each(['feature/DEMO-12-currency', 'feature%2FDEMO-12-currency'])(
    'finds %s, its slash raw or encoded',
    async (name) => {
      const answer = await get(`/repos/acme/web/git/ref/heads/${name}`);
      expect(answer.status).toBe(200);
      expect(at(answer.body, 'ref')).toBe('refs/heads/feature/DEMO-12-currency');
    },
  );

  it('does not take the beginning of a name for a branch', async () => {
    expect(await get('/repos/acme/web/git/ref/heads/feature')).toMatchObject({ status: 404 });
  });

  it('matches refs by the beginning of their name', async () => {
    const { body } = await get('/repos/acme/web/git/matching-refs/heads/feature/DEMO-1');
    expect(body).toMatchObject([{ ref: 'refs/heads/feature/DEMO-12-currency' }]);
    expect((await get('/repos/acme/web/git/matching-refs/heads/none')).body).toEqual([]);
  });

  it('answers 409 for a repository without commits', async () => {
    const message = 'Git Repository is empty.';
    expect(await get('/repos/acme/fresh/git/ref/heads/main')).toMatchObject({ status: 409, body: { message } });
    expect(await get('/repos/acme/fresh/git/matching-refs/heads')).toMatchObject({ status: 409, body: { message } });
    expect(await create('refs/heads/x', main, 'acme/fresh')).toMatchObject({ status: 409, body: { message } });
  });
});

describe('creating a branch over REST', () => {
  it('makes a branch that git sees, and records who did it', async () => {
    const answer = await create('refs/heads/feature/DEMO-1-login');
    expect(answer).toMatchObject({
      status: 201,
      body: { ref: 'refs/heads/feature/DEMO-1-login', object: { sha: main } },
    });
    expect(await github.shaOf('feature/DEMO-1-login')).toBe(main);
    const activity = await get('/repos/acme/web/activity');
    expect(activity.body).toMatchObject([
      {
        activity_type: 'branch_creation',
        actor: { login: 'alice' },
        ref: 'refs/heads/feature/DEMO-1-login',
        before: '0'.repeat(40),
        after: main,
        timestamp: '2026-01-20T12:00:00Z',
      },
    ]);
  });

  it.each([
    ['a name that exists', 'refs/heads/develop', 'Reference already exists'],
    ['a name under an existing branch', 'refs/heads/develop/more', 'Reference update failed'],
    ['a name above an existing branch', 'refs/heads/feature', 'Reference update failed'],
    ['a name a ruleset keeps', 'refs/heads/release/2.0', 'Reference update failed'],
    ['a name of 40 hex characters', `refs/heads/${'a'.repeat(40)}`, 'Reference update failed'],
    ['a name git does not take', 'refs/heads/a..b c', 'refs/heads/a..b c is not a valid ref name.'],
    ['a name without refs/', 'heads/x', "Reference name must start with 'refs/'."],
    ['a name with too few parts', 'refs/x', 'Reference name must contain at least three slash-separated components.'],
  ])('refuses %s', async (_what, ref, message) => {
    expect(await create(ref)).toMatchObject({ status: 422, body: { message } });
  });

  it('refuses an id that is missing or no commit', async () => {
    expect(await create('refs/heads/x', 'a'.repeat(40))).toMatchObject({
      status: 422,
      body: { message: 'Object does not exist' },
    });
    const message = 'The sha parameter must be exactly 40 characters and contain only [0-9a-f].';
    expect(await create('refs/heads/x', 'main')).toMatchObject({ status: 422, body: { message } });
  });

  it('refuses a body that says too little, something else, or nothing readable', async () => {
    expect(at((await create(undefined, undefined)).body, 'message')).toContain('"ref" wasn\'t supplied');
    expect(at((await create(5)).body, 'message')).toContain("For 'properties/ref', 5 is not a string");
    const send = (body: string) => github.api('POST', '/repos/acme/web/git/refs', { body });
    expect(await send('{"ref":')).toMatchObject({ status: 400, body: { message: 'Problems parsing JSON' } });
    expect(await send('[]')).toMatchObject({ status: 400, body: { message: 'Body should be a JSON object' } });
  });

  it('lets one of several at the same time through', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => create('refs/heads/race')));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422, 422, 422, 422]);
    expect((await get('/repos/acme/web/activity')).body).toMatchObject([{ ref: 'refs/heads/race' }]);
  });
});

describe('deleting a branch over REST', () => {
  it('removes it and records who did it', async () => {
    const before = await github.shaOf('develop');
    expect(await remove('develop')).toMatchObject({ status: 204, text: '' });
    expect(await get('/repos/acme/web/git/ref/heads/develop')).toMatchObject({ status: 404 });
    expect((await get('/repos/acme/web/activity')).body).toMatchObject([
      { activity_type: 'branch_deletion', actor: { login: 'alice' }, before, after: '0'.repeat(40) },
    ]);
  });

  it.each([
    ['a branch that is not there', 'none', 'Reference does not exist'],
    ['the default branch', 'main', 'Cannot delete the default branch'],
    ['a protected branch', 'release%2F1.0', 'Cannot delete a protected branch'],
  ])('refuses %s', async (_what, branch, message) => {
    expect(await remove(branch)).toMatchObject({ status: 422, body: { message } });
    expect((await get('/repos/acme/web/activity')).body).toEqual([]);
  });
});

describe('the activity of a repository', () => {
  it('lists the newest first', async () => {
    await create('refs/heads/one');
    await create('refs/heads/two', main, 'acme/web', TOKEN.ada);
    const refs = async (query: string) =>
      ((await get(`/repos/acme/web/activity?${query}`)).body as { ref: string }[]).map(({ ref }) => ref);
    expect(await refs('')).toEqual(['refs/heads/two', 'refs/heads/one']);
    expect(await refs('per_page=1')).toEqual(['refs/heads/two']);
  });
});
