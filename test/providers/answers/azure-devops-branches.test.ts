import type { Provider } from '../../../src/providers/provider';
import type { EditionId } from '../../../src/domain/editions';
import type { Reply, ScriptedService } from '../../support/scripted-service';
import {
  branches,
  CHANGE,
  changed,
  commit,
  connection,
  elsewhere,
  failure,
  heads,
  list,
  nameOf,
  openAzureDevOps,
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

const nothing = '0'.repeat(40);
const done = changed('succeeded', true);
const none = list();
const asked = () => service.asked.map(nameOf);
const times = (name: string) => asked().filter((one) => one === name).length;

describe('Creating a branch at Azure DevOps', () => {
  const create = (more: object = {}, edition?: EditionId) =>
    azureDevOps.createBranch(connection(edition), { repository, name: 'new', source: 'main', ...more });
  const created = { ok: true, value: { name: 'new', commit } };

  it('reads the head of its source and makes it there', async () => {
    service.play({ [heads('main')]: branches(['main']), [CHANGE]: done });
    expect(await create()).toEqual(created);
    expect(asked()).toEqual([heads('main'), CHANGE]);
    expect(service.asked[1]?.body).toEqual([{ name: 'refs/heads/new', oldObjectId: nothing, newObjectId: commit }]);
  });

  it('makes it at the given commit, without another read', async () => {
    service.play({ [CHANGE]: done });
    expect(await create({ commit })).toEqual(created);
    expect(asked()).toEqual([CHANGE]);
  });

  it('reads the source when the given commit is gone', async () => {
    service.play({
      [heads('main')]: branches(['main'], elsewhere),
      [CHANGE]: [changed('unresolvableToCommit'), done],
    });
    expect(await create({ commit })).toEqual({ ok: true, value: { name: 'new', commit: elsewhere } });
    expect(asked()).toEqual([CHANGE, heads('main'), CHANGE]);
    service.play({ [heads('main')]: branches(['main']), [CHANGE]: changed('unresolvableToCommit') });
    expect(await create()).toEqual(failure('SOURCE_BRANCH_MISSING'));
    expect(asked()).toEqual([heads('main'), CHANGE]);
  });

  it('does not read the source when the problem is not the given commit', async () => {
    service.play({ [heads('main')]: branches(['main']), [CHANGE]: [changed('locked'), done] });
    expect(await create({ commit })).toEqual(failure('BRANCH_PROTECTED'));
    expect(asked()).toEqual([CHANGE]);
  });

  it('never takes a branch for its source whose name only begins like it', async () => {
    service.play({ [heads('main')]: branches(['main2', 'main/x']), [heads()]: branches(['main2']), [CHANGE]: done });
    expect(await create()).toEqual(failure('SOURCE_BRANCH_MISSING'));
    service.play({ [heads('main')]: branches(['main', 'main2', 'main/x']), [CHANGE]: done });
    expect(await create()).toEqual(created);
  });

  it('separates a missing source from a repository without commits', async () => {
    service.play({ [heads('main')]: none, [heads()]: none });
    expect(await create()).toEqual(failure('REPOSITORY_EMPTY'));
    expect(service.asked[1]?.query['$top']).toBe('1');
    service.play({ [heads('main')]: none, [heads()]: branches(['other']) });
    expect(await create()).toEqual(failure('SOURCE_BRANCH_MISSING'));
    service.play({ [heads('main')]: none, [heads()]: says(500, '') });
    expect(await create()).toEqual(failure('SOURCE_BRANCH_MISSING'));
    service.play({ [heads('main')]: says(404, 'TF401019'), [heads()]: none });
    expect(await create()).toEqual(failure('REPOSITORY_NOT_FOUND'));
    expect(asked()).toEqual([heads('main')]);
  });

  it.each<[string, object]>([
    ['forcePushRequired', { code: 'PERMISSION_DENIED' }],
    ['staleOldObjectId', { code: 'BRANCH_EXISTS' }],
    ['writePermissionRequired', { code: 'PERMISSION_DENIED' }],
    ['manageNotePermissionRequired', { code: 'PERMISSION_DENIED' }],
    ['createBranchPermissionRequired', { code: 'BRANCH_FOLDERS_ONLY' }],
    ['createTagPermissionRequired', { code: 'PERMISSION_DENIED' }],
    ['rejectedByPlugin', { code: 'BRANCH_PROTECTED' }],
    ['locked', { code: 'BRANCH_PROTECTED' }],
    ['rejectedByPolicy', { code: 'BRANCH_PROTECTED' }],
  ])('is refused as %s in an answer of 200, once and for good', async (status, error) => {
    service.play({ [CHANGE]: changed(status), [heads('new')]: branches(['new']) });
    expect(await create({ commit })).toEqual({ ok: false, error });
    expect(asked()).toEqual([CHANGE]);
  });

  it.each<[string, Reply, object]>([
    ['a connection that broke', 'lost', { code: 'UNREACHABLE' }],
    ['an answer that is cut off', { body: '[' }, { code: 'NOT_AN_API_ANSWER' }],
    ['a server that fails', says(502, ''), { code: 'SERVICE_UNAVAILABLE', status: 502 }],
    ['no verdict', list({ updateStatus: 'succeeded' }), { code: 'NOT_AN_API_ANSWER' }],
    ['no result', none, { code: 'NOT_AN_API_ANSWER' }],
    ['two results', list({ success: true }, { success: true }), { code: 'NOT_AN_API_ANSWER' }],
    ['nothing', {}, { code: 'NOT_AN_API_ANSWER' }],
    ['no reason', changed(), { code: 'UNEXPECTED_ANSWER', status: 200 }],
    ['a reason of its own', changed('unprocessed'), { code: 'UNEXPECTED_ANSWER', status: 200 }],
    ['a reason nobody knows', changed('someday'), { code: 'UNEXPECTED_ANSWER', status: 200 }],
  ])('after %s looks whether it was made, and makes it only once', async (_, broken, error) => {
    service.play({ [CHANGE]: broken, [heads('new')]: branches(['new']) });
    expect(await create({ commit })).toEqual(created);
    expect(times(CHANGE)).toBe(1);
    service.play({ [CHANGE]: broken, [heads('new')]: branches(['new'], elsewhere) });
    expect(await create({ commit })).toEqual({ ok: false, error });
    service.play({ [CHANGE]: broken, [heads('new')]: none });
    expect(await create({ commit })).toEqual({ ok: false, error });
    expect(times(CHANGE)).toBe(1);
  });

  it('does not look after an answer that was not lost', async () => {
    service.play({ [CHANGE]: says(418, ''), [heads('new')]: branches(['new']) });
    expect(await create({ commit })).toEqual(failure('REQUEST_REFUSED', { status: 418 }));
    expect(asked()).toEqual([CHANGE]);
  });

  describe('under a name that is refused', () => {
    const make = (name: string, edition?: EditionId) => create({ name, commit }, edition);

    it.each([
      ['fix/login', ['other', 'fix/login/form'], 'fix/login/form'],
      ['fix/login', ['fix'], 'fix'],
    ])('names what is in the way of %s: %j', async (name, others, conflict) => {
      service.play({ [CHANGE]: changed('refNameConflict'), [heads()]: branches(others) });
      expect(await make(name)).toEqual(failure('BRANCH_NAME_CONFLICT', { conflict }));
      expect(service.asked[1]?.query['filterContains']).toBe('fix');
    });

    it.each([
      ['invalidRefName', ['other'], 'BRANCH_NAME_REFUSED'],
      ['refNameConflict', [], 'BRANCH_NAME_REFUSED'],
      ['refNameConflict', ['fix/login'], 'BRANCH_NAME_REFUSED'],
      ['refNameConflict', ['Fix/Login', 'other'], 'BRANCH_EXISTS'],
    ])('%s beside %j is %s', async (status, others, code) => {
      service.play({ [CHANGE]: changed(status), [heads()]: branches(others) });
      expect(await make('fix/login')).toEqual(failure(code));
    });

    it('remains refused where nobody can look', async () => {
      service.play({ [CHANGE]: changed('refNameConflict'), [heads()]: says(500, '') });
      expect(await make('fix/login')).toEqual(failure('BRANCH_NAME_REFUSED'));
    });

    it('requests all branches of a server that can’t search', async () => {
      service.play({ [CHANGE]: changed('refNameConflict'), [heads()]: branches(['fix']) });
      expect(await make('fix/login', 'tfs-2018')).toEqual(failure('BRANCH_NAME_CONFLICT', { conflict: 'fix' }));
      expect(service.asked[1]?.query).toEqual({ filter: 'heads/' });
    });
  });

  it.each(['', 'Shop', 'Shop/', '/web', '../web', 'Shop/..', 'Shop/.', 'Shop/\ud800', '\udc00/web'])(
    'sends no request for “%s”, which can’t be a repository',
    async (name) => {
      service.play({ [CHANGE]: done });
      expect(await create({ repository: name, commit })).toEqual(failure('REPOSITORY_NOT_FOUND'));
      expect(await create({ repository: name })).toEqual(failure('REPOSITORY_NOT_FOUND'));
      expect(asked()).toEqual([]);
    },
  );

  it.each([
    ['..Shop/web..', '/acme/..Shop/_apis/git/repositories/web../refs'],
    ['Back Office/a/b', '/acme/Back Office/_apis/git/repositories/a/b/refs'],
    ['Größe/.config', '/acme/Größe/_apis/git/repositories/.config/refs'],
  ])('uses the name of %s unchanged', async (name, path) => {
    service.play({});
    await create({ repository: name, commit });
    expect(service.asked[0]?.path).toBe(path);
  });
});

describe('Deleting a branch at Azure DevOps', () => {
  const remove = () => azureDevOps.deleteBranch(connection(), { repository, name: 'old' });
  const gone = { ok: true, value: undefined };

  it('deletes it from where it is', async () => {
    service.play({ [heads('old')]: branches(['old', 'older']), [CHANGE]: done });
    expect(await remove()).toEqual(gone);
    expect(asked()).toEqual([heads('old'), CHANGE]);
    expect(service.asked[1]?.body).toEqual([{ name: 'refs/heads/old', oldObjectId: commit, newObjectId: nothing }]);
  });

  it('says what is wrong, and deletes nothing', async () => {
    service.play({ [heads('old')]: branches(['older']), [CHANGE]: done });
    expect(await remove()).toEqual(failure('BRANCH_MISSING'));
    service.play({ [heads('old')]: says(404, 'TF401019'), [CHANGE]: done });
    expect(await remove()).toEqual(failure('REPOSITORY_NOT_FOUND'));
    expect(asked()).toEqual([heads('old')]);
  });

  it('does not delete a branch that moved since it was read', async () => {
    service.play({ [heads('old')]: branches(['old']), [CHANGE]: changed('staleOldObjectId') });
    expect(await remove()).toEqual(failure('BRANCH_MOVED'));
    service.play({ [heads('old')]: [branches(['old']), none], [CHANGE]: changed('rejectedByPolicy') });
    expect(await remove()).toEqual(failure('BRANCH_PROTECTED'));
    expect(asked()).toEqual([heads('old'), CHANGE]);
  });

  it('looks whether it is gone after a lost answer, and deletes it only once', async () => {
    service.play({ [heads('old')]: [branches(['old']), none], [CHANGE]: 'lost' });
    expect(await remove()).toEqual(gone);
    expect(times(CHANGE)).toBe(1);
    service.play({ [heads('old')]: branches(['old']), [CHANGE]: 'lost' });
    expect(await remove()).toEqual(failure('UNREACHABLE'));
    service.play({ [heads('old')]: [branches(['old']), says(401, '')], [CHANGE]: 'lost' });
    expect(await remove()).toEqual(failure('UNREACHABLE'));
    expect(times(CHANGE)).toBe(1);
    service.play({ [heads('old')]: [branches(['old']), none], [CHANGE]: changed('unprocessed') });
    expect(await remove()).toEqual(gone);
  });
});
