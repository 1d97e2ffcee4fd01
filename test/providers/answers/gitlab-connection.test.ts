import { serviceAt } from '../../../src/domain/service';
import { gitlab } from '../../../src/providers/gitlab';
import { linksOf } from '../../../src/providers/links';
import type { ScriptedService } from '../../support/scripted-service';
import { branches, connection, failure, installation, namesOf, openGitLab, repository, success } from './gitlab';

let service: ScriptedService;
beforeAll(async () => {
  service = await openGitLab();
});
afterAll(() => service.close());

function headersOf(index: number) {
  const { accept, authorization, 'user-agent': agent, 'content-type': type } = service.asked[index]?.headers ?? {};
  return { accept, authorization, agent, type };
}

describe('A request to GitLab', () => {
  const read = { accept: 'application/json', authorization: 'Bearer glpat-alice', agent: 'undersigned-for-jira' };

  it('carries the token as Bearer, and says of which kind its body is', async () => {
    service.play({});
    await gitlab.listBranches(connection(), { repository, search: '' });
    await gitlab.createBranch(connection(), { repository, name: 'new', source: 'main' });
    expect(headersOf(0)).toEqual(read);
    expect(headersOf(1)).toEqual({ ...read, type: 'application/json' });
  });

  it('carries nothing of a credential other than a token', async () => {
    service.play({});
    const password = { kind: 'password', user: 'alice', password: 'hidden' } as const;
    await gitlab.listBranches(connection(password), { repository, search: '' });
    expect(headersOf(0).authorization).toBe('Bearer');
  });

  it('goes below the path of an installation', async () => {
    service.play({});
    const own = connection(undefined, installation());
    await gitlab.listBranches(own, { repository, search: '' });
    await gitlab.findReviewers?.(own, { repository, search: '' });
    expect(service.asked.map(({ path }) => path)).toEqual([
      '/gitlab/api/v4/projects/acme/web/repository/branches',
      '/gitlab/api/v4/projects/acme/web/members/all',
    ]);
  });

  it.each(['.', '..'])('never reaches for something else through the name “%s”', async (name) => {
    service.play({});
    const project = { repository: name, search: '' };
    expect(await gitlab.listBranches(connection(), project)).toEqual(failure('REPOSITORY_NOT_FOUND'));
    expect(await gitlab.findReviewers?.(connection(), project)).toEqual(failure('REPOSITORY_NOT_FOUND'));
    expect(await gitlab.deleteBranch(connection(), { repository, name })).toEqual(failure('BRANCH_MISSING'));
    expect(service.asked).toEqual([]);
  });

  it('names a branch that only has dots in it', async () => {
    const DELETE = `DELETE ${branches}/../v1.2...`;
    service.play({ [DELETE]: { status: 204 } });
    expect(await gitlab.deleteBranch(connection(), { repository, name: '../v1.2...' })).toEqual(success(undefined));
    expect(namesOf(service)).toEqual([DELETE]);
  });
});

describe('Pages of GitLab', () => {
  const links = linksOf(installation());

  it.each([
    ['19.6.1-ee', 'user_settings'],
    ['16.8.0', 'user_settings'],
    ['16.10.0', 'user_settings'],
    ['17.0.0-pre', 'user_settings'],
    [undefined, 'user_settings'],
    ['unknown', 'user_settings'],
    ['nightly 15.4', 'user_settings'],
    ['16.7.9', 'profile'],
    ['15.11.6-ee', 'profile'],
    ['9.5.0', 'profile'],
  ])('of version %s make tokens at %s', (version, place) => {
    expect(links.newToken(installation(version), 'Undersigned for Jira')).toBe(
      `https://git.acme.example/gitlab/-/${place}/personal_access_tokens?name=Undersigned+for+Jira&scopes=api`,
    );
  });

  it('name branches and clones of any name', () => {
    expect(links.branch(installation(), 'acme/platform/web', 'odd/100%-#1?ü')).toBe(
      'https://git.acme.example/gitlab/acme/platform/web/-/tree/odd/100%25-%231%3F%C3%BC',
    );
    expect(links.clone(installation(), 'acme/platform/web')).toBe(
      'https://git.acme.example/gitlab/acme/platform/web.git',
    );
  });

  it('are beside its API', () => {
    expect(installation()).toMatchObject({
      apiUrl: 'https://git.acme.example/gitlab/api/v4',
      place: 'git.acme.example/gitlab',
    });
    expect(serviceAt('gitlab.com', '')).toMatchObject({
      ...{ webUrl: 'https://gitlab.com', apiUrl: 'https://gitlab.com/api/v4', place: 'gitlab.com' },
    });
  });
});
