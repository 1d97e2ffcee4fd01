import { gitlab } from '../../../src/providers/gitlab';
import type { Reply, ScriptedService } from '../../support/scripted-service';
import { branches, connection, failure, namesOf, openGitLab, project, repository, says, success } from './gitlab';

let service: ScriptedService;
beforeAll(async () => {
  service = await openGitLab();
});
afterAll(() => service.close());

const [commit, other] = ['a'.repeat(40), 'b'.repeat(40)];
const CREATE = `POST ${branches}`;
const LIST = `GET ${branches}`;
const PROJECT = `GET ${project}`;
const show = (name: string) => `GET ${branches}/${name}`;
const branch = (name: string, id = commit): Reply => ({ body: { name, commit: { id } } });
const missing = says(404, '404 Branch Not Found');
const denied = says(403, '403 Forbidden');

describe('Creating a branch at GitLab', () => {
  const create = (name = 'new') => gitlab.createBranch(connection(), { repository, name, source: 'main' });

  it('uses the source by its name, in one request', async () => {
    service.play({ [CREATE]: branch('new') });
    expect(await create()).toEqual(success({ name: 'new', commit }));
    expect(service.asked.map(({ body, query }) => [body, query])).toEqual([[{ branch: 'new', ref: 'main' }, {}]]);
  });

  it.each<[string, Reply, object]>([
    ['connection', 'lost', { code: 'UNREACHABLE' }],
    ['page', { status: 201, body: '<html>' }, { code: 'NOT_AN_API_ANSWER' }],
    ['answer', { status: 201, body: {} }, { code: 'NOT_AN_API_ANSWER' }],
    ['silence', { status: 201 }, { code: 'NOT_AN_API_ANSWER' }],
    ['server', { status: 502, body: {} }, { code: 'SERVICE_UNAVAILABLE', status: 502 }],
  ])('after a broken %s counts when it is at the commit of its source, and is sent once', async (_, broken, error) => {
    const lost = { ok: false, error };
    service.play({ [CREATE]: broken, [show('new')]: branch('new'), [show('main')]: branch('main') });
    expect(await create()).toEqual(success({ name: 'new', commit }));
    expect(namesOf(service).sort()).toEqual([show('main'), show('new'), CREATE]);
    service.play({ [CREATE]: broken, [show('new')]: branch('new', other), [show('main')]: branch('main') });
    expect(await create()).toEqual(lost);
    service.play({ [CREATE]: broken, [show('new')]: missing, [show('main')]: branch('main') });
    expect(await create()).toEqual(lost);
    service.play({ [CREATE]: broken, [show('new')]: branch('new'), [show('main')]: missing });
    expect(await create()).toEqual(lost);
    expect(namesOf(service).filter((name) => name === CREATE)).toHaveLength(1);
  });

  it('is refused with GitLab’s reason, and nothing else is requested', async () => {
    service.play({ [CREATE]: says(400, 'Branch already exists') });
    expect(await create()).toEqual(failure('BRANCH_EXISTS'));
    service.play({ [CREATE]: { status: 418, body: {} } });
    expect(await create()).toEqual(failure('REQUEST_REFUSED', { status: 418 }));
    expect(namesOf(service)).toEqual([CREATE]);
  });

  it.each([
    ['fix/login', ['fix-1', 'fix'], 'fix'],
    ['fix/login', ['fixes', 'fix/login/form'], 'fix/login/form'],
    ['fix/login/form', ['fix/login'], 'fix/login'],
    ['fix', ['fix/login'], 'fix/login'],
    ['fix/login', ['fixes'], 'fix'],
    ['fix/login/form', [], 'fix'],
  ])('%s beside %j is in the way of %s', async (name, others, conflict) => {
    const refused = says(
      400,
      `Failed to create branch '${name}': Branch name conflicts with existing branch hierarchy.`,
    );
    service.play({ [CREATE]: refused, [LIST]: { body: others.map((one) => ({ name: one, commit: { id: commit } })) } });
    expect(await create(name)).toEqual(failure('BRANCH_NAME_CONFLICT', { conflict }));
    expect(service.asked[1]?.query).toEqual({ search: '^fix', per_page: '100', page: '1' });
  });

  it('names the folder when the list does not come, and what GitLab itself names without one', async () => {
    const refused = says(400, 'reference conflict');
    service.play({ [CREATE]: refused, [LIST]: { status: 500, body: {} } });
    expect(await create('fix/login/form')).toEqual(failure('BRANCH_NAME_CONFLICT', { conflict: 'fix' }));
    service.play({ [CREATE]: says(400, "cannot lock ref 'refs/heads/a/b': 'refs/heads/a' exists; cannot create it") });
    expect(await create('a/b')).toEqual(failure('BRANCH_NAME_CONFLICT', { conflict: 'a' }));
    expect(namesOf(service)).toEqual([CREATE]);
  });
});

describe('Deleting a branch at GitLab', () => {
  const DELETE = `DELETE ${branches}/fix/old`;
  const remove = () => gitlab.deleteBranch(connection(), { repository, name: 'fix/old' });

  it('takes one request with an empty answer', async () => {
    service.play({ [DELETE]: { status: 204 } });
    expect(await remove()).toEqual(success(undefined));
    expect(service.asked.map(({ method, body }) => [method, body])).toEqual([['DELETE', '']]);
  });

  // GitLab answers 204: an empty 200, or any other status, can come from a proxy.
  it.each<Reply>([{ status: 200 }, { body: 'null' }, { body: { branch_name: 'fix/old' } }, { status: 202 }])(
    'answered with %j counts when the branch is gone',
    async (reply) => {
      service.play({ [DELETE]: reply, [show('fix/old')]: missing });
      expect(await remove()).toEqual(success(undefined));
      service.play({ [DELETE]: reply, [show('fix/old')]: branch('fix/old') });
      expect(await remove()).toEqual(failure('NOT_AN_API_ANSWER'));
      expect(namesOf(service)).toEqual([DELETE, show('fix/old')]);
    },
  );

  it.each<Reply>(['lost', { status: 500, body: {} }])('after %j counts when the branch is gone', async (broken) => {
    const lost = broken === 'lost' ? failure('UNREACHABLE') : failure('UNEXPECTED_ANSWER', { status: 500 });
    service.play({ [DELETE]: broken, [show('fix/old')]: missing });
    expect(await remove()).toEqual(success(undefined));
    expect(namesOf(service)).toEqual([DELETE, show('fix/old')]);
    service.play({ [DELETE]: broken, [show('fix/old')]: branch('fix/old') });
    expect(await remove()).toEqual(lost);
    service.play({ [DELETE]: broken, [show('fix/old')]: says(404, '404 Project Not Found') });
    expect(await remove()).toEqual(lost);
    expect(namesOf(service)).toEqual([DELETE, show('fix/old')]);
  });

  it.each([
    [404, 'No such branch', 'BRANCH_MISSING'],
    [405, 'Protected branch cant be removed', 'BRANCH_PROTECTED'],
  ])('is refused with %i “%s”, and nothing else is requested', async (status, message, code) => {
    service.play({ [DELETE]: says(status, message) });
    expect(await remove()).toEqual(failure(code));
    expect(namesOf(service)).toEqual([DELETE]);
  });
});

describe.each([
  ['creating', CREATE, () => gitlab.createBranch(connection(), { repository, name: 'new', source: 'main' })],
  ['deleting', `DELETE ${branches}/new`, () => gitlab.deleteBranch(connection(), { repository, name: 'new' })],
])('A vague refusal of GitLab on %s a branch', (_, WRITE, write) => {
  it('quotes a server hook that refuses it', async () => {
    service.play({ [WRITE]: says(400, 'GitLab: Computer says no (ticket 4711)') });
    const said = 'GitLab: Computer says no (ticket 4711)';
    expect(await write()).toEqual(failure('REQUEST_REFUSED', { status: 400, said }));
    service.play({ [WRITE]: says(422, 'No') });
    expect(await write()).toEqual(failure('REQUEST_REFUSED', { status: 422, said: 'No' }));
  });

  it.each<[Reply, string]>([
    [{ body: { archived: true } }, 'REPOSITORY_ARCHIVED'],
    [{ body: { archived: false, repository_access_level: 'disabled' } }, 'REPOSITORY_DISABLED'],
    [{ body: { archived: false } }, 'PERMISSION_DENIED'],
    [{ body: {} }, 'PERMISSION_DENIED'],
    [{ status: 500, body: {} }, 'PERMISSION_DENIED'],
  ])('is a missing right, or an archive: the project is %j', async (reply, code) => {
    service.play({ [WRITE]: denied, [PROJECT]: reply });
    expect(await write()).toEqual(failure(code));
    expect(namesOf(service)).toEqual([WRITE, PROJECT]);
  });

  it.each<[Reply, object]>([
    [{ body: { path_with_namespace: 'acme/shop' } }, { newName: 'acme/shop' }],
    [{ body: { path_with_namespace: repository } }, {}],
    [{ status: 500, body: {} }, {}],
  ])('is a project that was moved, named where it is now: it is %j', async (reply, more) => {
    service.play({ [WRITE]: says(405, 'Non GET methods are not allowed for moved projects'), [PROJECT]: reply });
    expect(await write()).toEqual(failure('REPOSITORY_MOVED', more));
    expect(namesOf(service)).toEqual([WRITE, PROJECT]);
  });
});
