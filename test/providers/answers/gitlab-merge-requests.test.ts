import { gitlab } from '../../../src/providers/gitlab';
import type { Reply, ScriptedService } from '../../support/scripted-service';
import {
  connection,
  failure,
  mergeRequest,
  mergeRequests,
  namesOf,
  openGitLab,
  project,
  pullRequest,
  repository,
  says,
  success,
} from './gitlab';

let service: ScriptedService;
beforeAll(async () => {
  service = await openGitLab();
});
afterAll(() => service.close());

const CREATE = `POST ${mergeRequests}`;
const LIST = `GET ${mergeRequests}`;
const made = (more: object = {}): Reply => ({ status: 201, body: mergeRequest(more) });
const open = (more: object = {}) =>
  gitlab.createPullRequest(connection(), {
    ...{ repository, source: 'fix', target: 'main', title: 'DEMO-1 Login', description: 'Why', draft: false },
    ...more,
  });

describe('Opening a merge request at GitLab', () => {
  it('takes one request with all of its values', async () => {
    service.play({ [CREATE]: made() });
    expect(await open()).toEqual(success(pullRequest));
    expect(service.asked.map(({ body }) => body)).toEqual([
      { source_branch: 'fix', target_branch: 'main', title: 'DEMO-1 Login', description: 'Why' },
    ]);
  });

  it.each([
    ['Fix it', true, 'Draft: Fix it'],
    ['Drafty', true, 'Draft: Drafty'],
    ['No draft: yet', true, 'Draft: No draft: yet'],
    ['draft: fix', true, 'draft: fix'],
    ['  [Draft] fix', true, '  [Draft] fix'],
    ['(draft) fix', true, '(draft) fix'],
    ['Fix it', false, 'Fix it'],
    ['Draft: fix', false, 'Draft: fix'],
  ])('has the title “%s”, which says once that it is a draft: %s', async (title, draft, sent) => {
    service.play({ [CREATE]: made({ title: sent, draft }) });
    expect(await open({ title, draft })).toEqual(
      success({ ...pullRequest, title: sent, state: draft ? 'draft' : 'open' }),
    );
    expect(service.asked[0]?.body.title).toBe(sent);
  });

  it.each<[number, unknown, number]>([
    [409, ['Another open merge request already exists for this source branch: !17'], 17],
    [409, 'Another open merge request already exists for this source branch: !8', 8],
    [409, { validate_branches: ['… already exists for this source branch: !5'] }, 5],
  ])('is refused with %i %j, which names the existing one', async (status, message, number) => {
    service.play({ [CREATE]: says(status, message) });
    expect(await open()).toEqual(
      failure('PULL_REQUEST_EXISTS', { url: `https://gitlab.com/acme/web/-/merge_requests/${number}` }),
    );
    expect(namesOf(service)).toEqual([CREATE]);
  });

  it.each<[Reply, object]>([
    [says(409, ['… already exists for this source branch']), failure('PULL_REQUEST_EXISTS')],
    [says(422, 'Title takes no !7'), failure('REQUEST_REFUSED', { status: 422, said: 'Title takes no !7' })],
    [says(400, 'GitLab: says no'), failure('REQUEST_REFUSED', { status: 400, said: 'GitLab: says no' })],
    [says(422, ["You can't use same project/branch for source and target"]), failure('PULL_REQUEST_WITHOUT_COMMITS')],
    [says(400, { source_branch: ['does not exist'] }), failure('SOURCE_BRANCH_MISSING')],
    [says(422, ['Target branch "main" does not exist']), failure('TARGET_BRANCH_MISSING')],
    [
      { status: 413, body: 'Request Entity Too Large' },
      failure('NOT_AN_API_ANSWER', { status: 413, said: 'Request Entity Too Large' }),
    ],
  ])('is refused with %j', async (reply, refused) => {
    service.play({ [CREATE]: reply });
    expect(await open()).toEqual(refused);
    expect(namesOf(service)).toEqual([CREATE]);
  });

  it.each([
    [{ archived: true }, 'REPOSITORY_ARCHIVED'],
    [{ archived: true, merge_requests_access_level: 'disabled' }, 'REPOSITORY_ARCHIVED'],
    [{ archived: false, merge_requests_access_level: 'disabled' }, 'PULL_REQUESTS_DISABLED'],
    [{ archived: false, merge_requests_access_level: 'private' }, 'PERMISSION_DENIED'],
    [{ archived: false }, 'PERMISSION_DENIED'],
  ])('that may not be says whether the project is archived or takes none: %j', async (body, code) => {
    service.play({ [CREATE]: says(403, '403 Forbidden'), [`GET ${project}`]: { body } });
    expect(await open()).toEqual(failure(code));
  });

  it('is searched after a lost answer, by its branches and its title', async () => {
    const draft = { draft: true, title: 'Draft: DEMO-1 Login' };
    service.play({ [CREATE]: 'lost', [LIST]: { body: [mergeRequest(draft), mergeRequest({ iid: 8 })] } });
    expect(await open({ draft: true })).toEqual(success({ ...pullRequest, title: draft.title, state: 'draft' }));
    expect(namesOf(service)).toEqual([CREATE, LIST]);
    expect(service.asked[1]?.query).toEqual({
      ...{ state: 'opened', source_branch: 'fix', target_branch: 'main', per_page: '20', page: '1' },
    });
  });

  it.each<[string, Reply, Reply]>([
    ['somebody else’s is open', 'lost', { body: [mergeRequest({ title: 'Another' })] }],
    ['none is open', 'lost', { body: [] }],
    ['nobody says', 'lost', { status: 500, body: {} }],
    ['the list is none', 'lost', { body: {} }],
  ])('does not count as opened after a lost answer while %s', async (_, lost, list) => {
    service.play({ [CREATE]: lost, [LIST]: list });
    expect(await open()).toEqual(failure('UNREACHABLE'));
    expect(namesOf(service).filter((name) => name === CREATE)).toHaveLength(1);
  });

  it('is searched after an answer of another shape, too', async () => {
    service.play({ [CREATE]: { status: 201, body: {} }, [LIST]: { body: [mergeRequest()] } });
    expect(await open()).toEqual(success(pullRequest));
  });
});

describe('Asking for a review at GitLab', () => {
  const shown = (...ids: number[]) => ({ reviewers: ids.map((id) => ({ id, username: `u${id}` })) });
  const unasked = (code: string, ...reviewers: string[]) =>
    success({ ...pullRequest, unasked: { reviewers, error: { code } } });

  it('is done with the request that opens it', async () => {
    service.play({ [CREATE]: made(shown(5, 9)) });
    expect(await open({ reviewers: ['9', '5'] })).toEqual(success(pullRequest));
    expect(service.asked[0]?.body.reviewer_ids).toEqual([9, 5]);
    expect(service.asked).toHaveLength(1);
  });

  it('requests nobody else for an invalid id', async () => {
    service.play({ [CREATE]: made(shown(5)) });
    const none = ['', '0', '-3', '1e3', '0x10', ' 7', '7 ', '07', '1.5', 'maya', '9'.repeat(16)];
    expect(await open({ reviewers: [...none, '5'] })).toEqual(unasked('REVIEWERS_REFUSED', ...none));
    expect(service.asked[0]?.body.reviewer_ids).toEqual([5]);
  });

  it.each([
    ['the first alone, as without Premium', [5], 'ONE_REVIEWER_ONLY', ['9', '7']],
    ['another one alone', [9], 'REVIEWERS_REFUSED', ['5', '7']],
    ['some', [5, 9], 'REVIEWERS_REFUSED', ['7']],
    ['nobody', [], 'REVIEWERS_REFUSED', ['5', '9', '7']],
  ])('names the people who were left out when GitLab requested %s', async (_, asked, code, left) => {
    service.play({ [CREATE]: made(shown(...asked)) });
    expect(await open({ reviewers: ['5', '9', '7'] })).toEqual(unasked(code, ...left));
  });

  it('is unknown for versions without reviewers', async () => {
    service.play({ [CREATE]: made({ reviewers: undefined }) });
    expect(await open({ reviewers: ['5'] })).toEqual(unasked('REVIEWERS_REFUSED', '5'));
    expect(await open()).toEqual(success(pullRequest));
  });

  it('is known for one that was opened after all', async () => {
    service.play({ [CREATE]: 'lost', [LIST]: { body: [mergeRequest(shown(5))] } });
    expect(await open({ reviewers: ['5', '9'] })).toEqual(unasked('ONE_REVIEWER_ONLY', '9'));
  });
});
