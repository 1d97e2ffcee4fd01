import { gitlab } from '../../../src/providers/gitlab';
import type { ScriptedService } from '../../support/scripted-service';
import { connection, failure, openGitLab, project, repository, says, success } from './gitlab';

let service: ScriptedService;
beforeAll(async () => {
  service = await openGitLab();
});
afterAll(() => service.close());

const MEMBERS = `GET ${project}/members/all`;
const member = (id: number, username: string, more: object = {}) => ({
  ...{ id, username, name: `${username} of Acme`, state: 'active', access_level: 30 },
  ...more,
});
const find = (search = '') => gitlab.findReviewers?.(connection(), { repository, search });
async function logins(search = '') {
  const found = await find(search);
  return found?.ok ? found.value.map(({ login }) => login) : found;
}

describe('Reviewers at GitLab', () => {
  it('are members of the project and the groups above it, in one request', async () => {
    service.play({ [MEMBERS]: { body: [member(5, 'maya')] } });
    expect(await find()).toEqual(success([{ id: '5', login: 'maya', name: 'maya of Acme' }]));
    expect(service.asked.map(({ query }) => query)).toEqual([{ per_page: '100', page: '1' }]);
  });

  it('can read the code, are not shut out and are no machines', async () => {
    const members = [
      member(1, 'reporter', { access_level: 20 }),
      member(2, 'guest', { access_level: 19 }),
      member(3, 'blocked', { state: 'blocked' }),
      member(4, 'project_12_bot_0a1b'),
      member(5, 'group_7_bot1'),
      member(6, 'my_project_12_bot'),
      member(7, 'project_bot'),
    ];
    service.play({ [MEMBERS]: { body: members } });
    expect(await logins()).toEqual(['reporter', 'my_project_12_bot', 'project_bot']);
  });

  it.each([
    ['may', 'may'],
    ['  maya ', 'maya'],
    ['日本語', '日本語'],
  ])('are searched by “%s” at GitLab, which knows more of them', async (search, query) => {
    service.play({ [MEMBERS]: { body: [member(5, 'known-by-mail')] } });
    expect(await logins(search)).toEqual(['known-by-mail']);
    expect(service.asked[0]?.query['query']).toBe(query);
  });

  it.each([
    ['AY', ['maya']],
    [' o ', ['maya', 'bob']],
    ['😀😀', []],
    ['zz', []],
    ['ab', []],
  ])('are searched by “%s” here, because GitLab takes a short text for a whole name', async (search, expected) => {
    const members = [member(5, 'maya'), member(6, 'bob', { name: 'B' })];
    service.play({ [MEMBERS]: { body: members } });
    expect(await logins(search)).toEqual(expected);
    expect(service.asked[0]?.query).not.toHaveProperty('query');
  });

  it('are twenty at most', async () => {
    const many = Array.from({ length: 25 }, (_, n) => member(n + 1, `u${n + 1}`));
    service.play({ [MEMBERS]: { body: many } });
    expect(await logins()).toEqual(many.slice(0, 20).map(({ username }) => username));
  });

  it('are never missing without a reason', async () => {
    service.play({ [MEMBERS]: says(403, '403 Forbidden') });
    expect(await find()).toEqual(failure('PERMISSION_DENIED'));
    service.play({ [MEMBERS]: { body: [{ id: 5 }] } });
    expect(await find()).toEqual(failure('NOT_AN_API_ANSWER'));
  });
});
