import { gitlab } from '../../../src/providers/gitlab';
import type { Reply, ScriptedService } from '../../support/scripted-service';
import { connection, failure, mergeRequest, namesOf, openGitLab, pullRequest, says, success } from './gitlab';

let service: ScriptedService;
beforeAll(async () => {
  service = await openGitLab();
});
afterAll(() => service.close());

const commit = 'a'.repeat(40);
const hidden = says(404, '404 Not Found');
const denied = says(403, '403 Forbidden');
const GROUP = 'GET groups/acme/merge_requests';
const branchesOf = (repository: string) => `GET projects/${repository}/repository/branches`;
const requestsOf = (repository: string) => `GET projects/${repository}/merge_requests`;
const list = (...body: unknown[]): Reply => ({ body });
/** No merge request from any branch of these projects. */
const nothingFrom = (...projects: string[]) => Object.fromEntries(projects.map((one) => [requestsOf(one), list()]));
const branch = (name: string) => ({ name, commit: { id: commit } });
const many = (count: number, prefix: string) => Array.from({ length: count }, (_, n) => `${prefix}${n}`);
const find = (repositories: string[] = [], owners: string[] = ['acme']) =>
  gitlab.findWork(connection(), { issueKey: 'DEMO-1', owners, repositories });
async function found(...args: Parameters<typeof find>) {
  const answer = await find(...args);
  if (!answer.ok) throw new Error(answer.error.code);
  return answer.value;
}
const numbers = async (...args: Parameters<typeof find>) =>
  (await found(...args)).pullRequests.map(({ number }) => number);

describe('The merge requests of an issue at GitLab', () => {
  it('are searched for where the owner is, with one request', async () => {
    service.play({ [GROUP]: list(mergeRequest()) });
    expect(await find()).toEqual(success({ branches: [], pullRequests: [pullRequest] }));
    expect(namesOf(service)).toEqual([GROUP]);
    expect(service.asked[0]?.query).toEqual({
      ...{ search: 'DEMO-1', in: 'title', order_by: 'updated_at', per_page: '100', page: '1' },
    });
  });

  it.each([
    [{ state: 'opened' }, { state: 'open' }],
    [{ state: 'opened', draft: true }, { state: 'draft' }],
    [{ state: 'opened', draft: undefined }, { state: 'open' }],
    [{ state: 'locked' }, { state: 'open' }],
    [{ state: 'merged', draft: true }, { state: 'merged' }],
    [{ state: 'closed', draft: true }, { state: 'closed' }],
    [{ references: { full: 'acme/sub/a!b!12' } }, { repository: 'acme/sub/a!b' }],
    [{ updated_at: '2026-01-02T03:04:05Z' }, { updatedAt: '2026-01-02T03:04:05.000Z' }],
  ])('with %j come with %j', async (more, told) => {
    service.play({ [GROUP]: list(mergeRequest(more)) });
    expect((await found()).pullRequests).toEqual([{ ...pullRequest, ...told }]);
  });

  it.each([null, undefined])('have no author where GitLab names none: %s', async (author) => {
    service.play({ [GROUP]: list(mergeRequest({ author })) });
    const { author: _, ...anonymous } = pullRequest;
    expect((await found()).pullRequests).toEqual([anonymous]);
  });

  it('name it in title or branch, as a whole word', async () => {
    const requests = [
      mergeRequest({ iid: 1, title: 'demo-1' }),
      mergeRequest({ iid: 2, title: 'Login', source_branch: 'fix/DEMO-1' }),
      mergeRequest({ iid: 3, title: 'DEMO-12' }),
      mergeRequest({ iid: 4, title: 'DEMO-', source_branch: '1' }),
      mergeRequest({ iid: 5, references: { full: 'other/web!5' } }),
    ].map((one) => ({ ...one, web_url: `https://gitlab.com/${one.iid}` }));
    service.play({ [GROUP]: list(...requests) });
    expect((await numbers()).sort()).toEqual([1, 2]);
  });

  it('of several owners come together, the last changed first, each once', async () => {
    const at = (iid: number, day: string, path: string) =>
      mergeRequest({
        iid,
        ...{ web_url: `https://gitlab.com/${iid}`, updated_at: `2026-01-${day}T00:00:00Z` },
        references: { full: `${path}!${iid}` },
      });
    service.play({
      [GROUP]: list(at(1, '02', 'acme/web'), at(2, '04', 'acme/sub/x')),
      'GET groups/acme/sub/merge_requests': list(at(2, '04', 'acme/sub/x')),
      'GET groups/b/merge_requests': list(at(3, '03', 'b/web')),
    });
    expect(await numbers([], ['acme', 'acme/sub', 'b'])).toEqual([2, 3, 1]);
    expect(service.asked).toHaveLength(3);
  });

  it('of more than ten owners are searched everywhere, and limited to the owners', async () => {
    const foreign = mergeRequest({ iid: 8, references: { full: 'foreign/web!8' } });
    service.play({ 'GET merge_requests': list(mergeRequest(), foreign) });
    expect(await numbers([], ['acme', ...many(10, 'x')])).toEqual([7]);
    expect(namesOf(service)).toEqual(['GET merge_requests']);
    expect(service.asked[0]?.query).toMatchObject({ scope: 'all', search: 'DEMO-1' });
    const nine = many(9, 'x').map((owner) => [`GET groups/${owner}/merge_requests`, list()]);
    service.play({ [GROUP]: list(mergeRequest()), ...Object.fromEntries(nine) });
    expect(await numbers([], ['acme', ...many(9, 'x')])).toEqual([7]);
    expect(service.asked).toHaveLength(10);
  });

  it.each([
    ['is a person', hidden],
    ['is closed to one', denied],
  ])('of an owner who %s are searched for in those projects of theirs that are known', async (_, reply) => {
    service.play({
      'GET groups/alice/merge_requests': reply,
      [requestsOf('alice/a')]: hidden,
      [requestsOf('alice/b')]: list(mergeRequest({ references: { full: 'alice/b!7' } })),
      ...Object.fromEntries(['alice/a', 'alice/b', 'acme/web'].map((one) => [branchesOf(one), list()])),
    });
    expect(await numbers(['alice/a', 'alice/b', 'acme/web'], ['alice'])).toEqual([7]);
    const searches = service.asked.filter(({ path }) => path.endsWith('/merge_requests'));
    expect(searches).toHaveLength(3);
    expect(searches[1]?.query).toMatchObject({ search: 'DEMO-1', in: 'title' });
  });

  it('of a person are searched for in ten projects at most', async () => {
    const projects = many(12, 'alice/p');
    service.play({
      'GET groups/alice/merge_requests': hidden,
      ...Object.fromEntries(projects.flatMap((one) => [branchesOf(one), requestsOf(one)]).map((one) => [one, list()])),
    });
    await found(projects, ['alice']);
    expect(namesOf(service).filter((name) => /projects.*merge_requests$/.test(name))).toHaveLength(10);
  });

  it('of an owner who is nowhere are none, and hide no others', async () => {
    service.play({ [GROUP]: list(mergeRequest()), 'GET groups/gone/merge_requests': hidden });
    expect(await numbers([], ['gone', '..', 'acme'])).toEqual([7]);
  });

  it.each<[Reply, object]>([
    [{ status: 500, body: {} }, failure('UNEXPECTED_ANSWER', { status: 500, reading: true })],
    [says(401, '401 Unauthorized'), failure('AUTH_INVALID')],
    [{ body: {} }, failure('NOT_AN_API_ANSWER')],
    [list({}), failure('NOT_AN_API_ANSWER')],
    [list(mergeRequest({ state: 'unheard-of' })), failure('NOT_AN_API_ANSWER')],
    [list(mergeRequest({ updated_at: 'soon' })), failure('NOT_AN_API_ANSWER')],
  ])('are no short list after %j', async (reply, refused) => {
    service.play({ [GROUP]: reply, 'GET groups/b/merge_requests': list(mergeRequest()) });
    expect(await find([], ['b', 'acme'])).toEqual(refused);
    expect(service.asked).toHaveLength(2);
  });
});

describe('The branches of an issue at GitLab', () => {
  it('are requested in every repository, and name it as a whole word', async () => {
    service.play({
      [GROUP]: list(),
      [branchesOf('acme/web')]: list(branch('DEMO-1-x'), branch('DEMO-12')),
      [branchesOf('acme/api')]: list(branch('fix/demo-1')),
      ...nothingFrom('acme/web', 'acme/api'),
    });
    expect(await find(['acme/web', 'acme/api'])).toEqual(
      success({
        branches: [
          { name: 'DEMO-1-x', commit, repository: 'acme/web' },
          { name: 'fix/demo-1', commit, repository: 'acme/api' },
        ],
        pullRequests: [],
      }),
    );
    const questions = service.asked.filter(({ path }) => path.endsWith('/branches'));
    expect(questions.map(({ query }) => query)).toEqual(
      Array.from({ length: 2 }, () => ({ search: 'DEMO-1', per_page: '50', page: '1' })),
    );
  });

  it('are found in all of many repositories, with one request each', async () => {
    const repositories = many(21, 'acme/r');
    service.play({
      [GROUP]: list(),
      ...Object.fromEntries(repositories.map((one) => [branchesOf(one), list(branch('DEMO-1'))])),
      ...nothingFrom(...repositories),
    });
    expect((await found(repositories)).branches.map(({ repository }) => repository)).toEqual(repositories);
    expect(service.asked.filter(({ path }) => path.endsWith('/branches'))).toHaveLength(21);
  });

  it.each([
    ['gone', hidden],
    ['closed to the person', denied],
    ['moved', { status: 405, body: { message: 'Non GET methods are not allowed for moved projects' } }],
  ])('are found although a repository is %s', async (_, reply) => {
    service.play({
      ...{ [GROUP]: list(), [branchesOf('acme/x')]: reply },
      [branchesOf('acme/web')]: list(branch('DEMO-1')),
      ...nothingFrom('acme/web'),
    });
    expect((await found(['acme/x', 'acme/web'])).branches.map(({ repository }) => repository)).toEqual(['acme/web']);
  });

  it('are no short list when a repository fails', async () => {
    service.play({ [GROUP]: list(mergeRequest()), [branchesOf('acme/web')]: { status: 500, body: {} } });
    expect(await find(['acme/web'])).toEqual(failure('UNEXPECTED_ANSWER', { status: 500, reading: true }));
  });

  const byHand = mergeRequest({ title: 'Fix the login', source_branch: 'feature/DEMO-1-by-hand' });

  // github-for-jira#153: GitLab searches titles only.
  it('bring their merge requests along, though no title names it', async () => {
    service.play({
      [GROUP]: list(),
      [branchesOf('acme/web')]: list(branch('feature/DEMO-1-by-hand')),
      [requestsOf('acme/web')]: list(byHand),
    });
    expect((await found(['acme/web'])).pullRequests).toMatchObject([{ title: 'Fix the login', number: 7 }]);
    expect(service.asked.at(-1)?.query).toMatchObject({ source_branch: 'feature/DEMO-1-by-hand' });
  });

  it('lead to no request for a known merge request, nor beyond the limit of one look', async () => {
    const known = mergeRequest({ source_branch: 'DEMO-1-a' });
    const script = { [GROUP]: list(known), [branchesOf('acme/web')]: list(branch('DEMO-1-a')) };
    service.play(script);
    expect((await found(['acme/web'])).pullRequests).toHaveLength(1);
    expect(service.asked).toHaveLength(2);
    service.play({ ...script, [branchesOf('acme/web')]: list(branch('DEMO-1-a'), branch('DEMO-1-b')) });
    const query = { issueKey: 'DEMO-1', owners: ['acme'], repositories: ['acme/web'], requests: 3 };
    expect(await gitlab.findWork(connection(), query)).toMatchObject({ ok: true });
    expect(service.asked).toHaveLength(2);
  });

  // lib/api/helpers.rb: a moved project is answered with 301 and its number.
  it('of a project that was moved are read where it is now, under its name of now, and once', async () => {
    const moved = { ...branch('DEMO-1'), web_url: 'https://gitlab.com/acme/new/-/tree/DEMO-1' };
    service.play({
      [GROUP]: list(mergeRequest({ source_branch: 'DEMO-1', references: { full: 'acme/new!7' } })),
      [branchesOf('acme/old')]: {
        status: 301,
        headers: { location: 'https://gitlab.com/api/v4/projects/654/repository/branches' },
        body: 'This resource has been moved permanently to https://gitlab.com/api/v4/projects/654/repository/branches.',
      },
      [branchesOf('654')]: list(moved),
      [branchesOf('acme/new')]: list(moved),
    });
    const { branches } = await found(['acme/old', 'acme/new']);
    expect(branches).toEqual([{ name: 'DEMO-1', commit, repository: 'acme/new' }]);
  });

  it.each(['https://evil.example/api/v4/projects/654', 'https://gitlab.com/users/sign_in'])(
    'are requested nowhere else: a redirect to %s does not belong to the API',
    async (location) => {
      service.play({ [GROUP]: list(), [branchesOf('acme/old')]: { status: 301, headers: { location } } });
      expect(await find(['acme/old'])).toEqual(failure('NOT_AN_API_ANSWER'));
      expect(service.asked).toHaveLength(2);
    },
  );

  it('are no issue without work where their merge requests cannot be read', async () => {
    service.play({
      [GROUP]: list(),
      [branchesOf('acme/web')]: list(branch('DEMO-1')),
      [requestsOf('acme/web')]: { status: 500, body: {} },
    });
    expect(await find(['acme/web'])).toEqual(failure('UNEXPECTED_ANSWER', { status: 500, reading: true }));
  });
});

describe('A group of GitLab that withholds repositories', () => {
  const sso = says(
    403,
    "Cannot find valid SSO session. Please login via your group's SSO at https://gitlab.com/x/-/saml/sso",
  );
  const withheld = { code: 'SSO_REQUIRED', url: 'https://gitlab.com/x/-/saml/sso' };

  it('hides nothing of another, and is named beside it', async () => {
    service.play({
      [GROUP]: list(mergeRequest()),
      'GET groups/closed/merge_requests': sso,
      [branchesOf('acme/web')]: list(branch('DEMO-1-x')),
      [branchesOf('closed/web')]: sso,
      ...nothingFrom('acme/web'),
    });
    const { branches, ...told } = await found(['acme/web', 'closed/web'], ['acme', 'closed']);
    expect(branches.map(({ name }) => name)).toEqual(['DEMO-1-x']);
    expect(told.pullRequests).toHaveLength(1);
    expect(told.withheld).toEqual(withheld);
  });

  it('is the reason where nothing else came', async () => {
    service.play({ [GROUP]: sso });
    expect(await find()).toEqual(failure('SSO_REQUIRED', { url: withheld.url }));
  });

  it('is no explanation for another failure', async () => {
    service.play({ [GROUP]: sso, 'GET groups/other/merge_requests': says(401, '401 Unauthorized') });
    expect(await find([], ['acme', 'other'])).toEqual(failure('AUTH_INVALID'));
  });
});
