import type { EditionId } from '../../../src/domain/editions';
import type { Provider } from '../../../src/providers/provider';
import type { Reply, ScriptedService } from '../../support/scripted-service';
import {
  branches,
  connection,
  failure,
  FIND,
  heads,
  list,
  nameOf,
  OPEN,
  openAzureDevOps,
  pull,
  repository,
  says,
} from './azure-devops';

let service: ScriptedService;
let azureDevOps: Provider;

beforeAll(async () => {
  ({ azureDevOps } = await import('../../../src/providers/azure-devops'));
  service = await openAzureDevOps();
});
afterAll(() => service.close());

const asked = () => service.asked.map(nameOf);
const url = 'https://dev.azure.com/acme/Shop/_git/web/pullrequest/7';
const opened = {
  ...{ repository, number: 7, title: 'DEMO-1', url, state: 'open', source: 'fix', target: 'main' },
  ...{ author: 'Alice Example', updatedAt: '2026-11-20T12:00:00.000Z' },
};
const open = (more: object = {}, edition?: EditionId) =>
  azureDevOps.createPullRequest(connection(edition), {
    ...{ repository, source: 'fix', target: 'main', title: 'DEMO-1', description: 'Why', draft: false },
    ...more,
  });
const made = (more: object = {}): Reply => ({ status: 201, body: pull(more) });

describe('Opening a pull request at Azure DevOps', () => {
  it('opens it as requested', async () => {
    service.play({ [OPEN]: made() });
    expect(await open()).toEqual({ ok: true, value: opened });
    expect(asked()).toEqual([OPEN]);
    expect(service.asked[0]?.body).toEqual({
      ...{ sourceRefName: 'refs/heads/fix', targetRefName: 'refs/heads/main' },
      ...{ title: 'DEMO-1', description: 'Why', isDraft: false },
    });
  });

  it('opens a draft where drafts exist, and leaves the option out elsewhere', async () => {
    service.play({ [OPEN]: made({ isDraft: true }) });
    expect(await open({ draft: true })).toEqual({ ok: true, value: { ...opened, state: 'draft' } });
    expect(service.asked[0]?.body.isDraft).toBe(true);
    service.play({ [OPEN]: made({ isDraft: undefined }) });
    expect(await open({ draft: true }, 'tfs-2018')).toMatchObject({ ok: true, value: { state: 'open' } });
    expect(Object.keys(service.asked[0]?.body)).not.toContain('isDraft');
  });

  it('never cuts a description: the service says when it is too long', async () => {
    const says400 = 'Parameter name: A description for a pull request must not be longer than 4000 characters.';
    service.play({ [OPEN]: says(400, says400, 'InvalidArgumentValueException') });
    const tooLong = failure('PULL_REQUEST_TEXT_TOO_LONG', { field: 'description', limit: 4000 });
    expect(await open({ description: 'x'.repeat(4001) })).toEqual(tooLong);
    expect(service.asked[0]?.body.description).toBe('x'.repeat(4001));
  });

  it('leaves out missing values', async () => {
    const { author: _, updatedAt: __, ...rest } = opened;
    service.play({ [OPEN]: made({ createdBy: undefined, creationDate: undefined }) });
    expect(await open()).toEqual({ ok: true, value: rest });
  });

  it('sends no request for an impossible repository', async () => {
    service.play({ [OPEN]: made() });
    expect(await open({ repository: '../web' })).toEqual(failure('REPOSITORY_NOT_FOUND'));
    expect(asked()).toEqual([]);
  });

  it.each([
    [403, "TF401027: You need the Git 'PullRequestContribute' permission", 'PERMISSION_DENIED'],
    [404, 'TF401019: The Git repository does not exist', 'REPOSITORY_NOT_FOUND'],
  ])('is refused with %i “%s”: %s', async (status, message, code) => {
    service.play({ [OPEN]: says(status, message), [FIND]: list(pull()) });
    expect(await open()).toEqual(failure(code));
    expect(asked()).toEqual([OPEN]);
  });

  describe('beside one that is open already', () => {
    const exists = says(409, 'TF401179: An active pull request already exists.', 'GitPullRequestExistsException');

    it('says which', async () => {
      service.play({ [OPEN]: exists, [FIND]: list(pull({ title: 'of somebody else' })) });
      expect(await open()).toEqual(failure('PULL_REQUEST_EXISTS', { url }));
      expect(service.asked[1]?.query).toEqual({
        'searchCriteria.sourceRefName': 'refs/heads/fix',
        'searchCriteria.targetRefName': 'refs/heads/main',
        'searchCriteria.status': '1',
      });
    });

    it.each(['tfs-2015', 'tfs-2013'] as const)('requests %s in its own words, too', async (edition) => {
      service.play({ [OPEN]: exists, [FIND]: list(pull()) });
      const there = 'https://tfs.acme.example/tfs/Main/Shop/_git/web/pullrequest/7';
      expect(await open({}, edition)).toEqual(failure('PULL_REQUEST_EXISTS', { url: there }));
      expect(service.asked[1]?.query).toMatchObject({
        ...{ sourceRefName: 'refs/heads/fix', targetRefName: 'refs/heads/main', status: 'active' },
        ...{ 'searchCriteria.sourceRefName': 'refs/heads/fix' },
      });
    });

    it.each<[string, Reply]>([
      ['from another source', list(pull({ sourceRefName: 'refs/heads/fix2' }))],
      ['to another target', list(pull({ targetRefName: 'refs/heads/next' }))],
      ['nobody finds', list()],
      ['nobody can look for', says(500, '')],
    ])('does not point to one %s', async (_, found) => {
      service.play({ [OPEN]: exists, [FIND]: found });
      expect(await open()).toEqual(failure('PULL_REQUEST_EXISTS'));
    });

    it('finds it among those a server did not filter', async () => {
      const others = [pull({ pullRequestId: 5, sourceRefName: 'refs/heads/fix2' }), pull({ pullRequestId: 6 })];
      service.play({ [OPEN]: exists, [FIND]: list(...others) });
      expect(await open()).toEqual(failure('PULL_REQUEST_EXISTS', { url: url.replace('/7', '/6') }));
    });
  });

  it.each<[string, Reply, object]>([
    ['a connection that broke', 'lost', { code: 'UNREACHABLE' }],
    ['an answer of another shape', list(), { code: 'NOT_AN_API_ANSWER' }],
    ['a server that fails', says(503, ''), { code: 'SERVICE_UNAVAILABLE', status: 503 }],
  ])('after %s looks whether it was opened, and opens it only once', async (_, broken, error) => {
    service.play({ [OPEN]: broken, [FIND]: list(pull()) });
    expect(await open()).toEqual({ ok: true, value: opened });
    expect(asked()).toEqual([OPEN, FIND]);
    service.play({ [OPEN]: broken, [FIND]: list(pull({ title: 'of somebody else' })) });
    expect(await open()).toEqual({ ok: false, error });
    service.play({ [OPEN]: broken, [FIND]: list() });
    expect(await open()).toEqual({ ok: false, error });
    expect(asked()).toEqual([OPEN, FIND]);
  });

  describe('between branches of which one is missing', () => {
    const missing = says(400, 'TF401398: The source and/or the target branch no longer exists');
    const [from, to] = [heads('fix'), heads('main')];
    const there = (name: string) => branches([name]);

    it.each<[string, Reply, Reply]>([
      ['TARGET_BRANCH_MISSING', there('fix'), list()],
      ['TARGET_BRANCH_MISSING', there('fix'), there('main2')],
      ['SOURCE_BRANCH_MISSING', list(), there('main')],
      ['SOURCE_BRANCH_MISSING', list(), list()],
      ['SOURCE_BRANCH_MISSING', there('fix'), there('main')],
      ['SOURCE_BRANCH_MISSING', there('fix'), says(500, '')],
    ])('it is the %s where the source is %j and the target %j', async (code, source, target) => {
      service.play({ [OPEN]: missing, [from]: source, [to]: target });
      expect(await open()).toEqual(failure(code));
      expect(asked().sort()).toEqual([from, to, OPEN]);
    });
  });
});
