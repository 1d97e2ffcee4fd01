import { gitlab as provider } from '../../../src/providers/gitlab';
import { tokens } from '../../support/gitlab-world';
import { kinds, useInstallation } from './connected';

const repository = 'acme/web';
const request = { repository, source: 'develop', title: 'DEMO-1: Ask', description: 'Why', draft: false };
const [[, gitLabCom] = [undefined, undefined]] = kinds;
if (gitLabCom === undefined) throw new Error('No GitLab.com');

describe.each([
  ['without Premium', false],
  ['with Premium', true],
])('GitLab %s', (_, premium) => {
  const at = useInstallation({ ...gitLabCom, premium });

  const find = async (search: string, token = tokens.alice) => {
    const found = await provider.findReviewers?.(at.as(token), { repository, search });
    if (!found?.ok) throw new Error(JSON.stringify(found));
    return found.value;
  };
  const idsOf = async (...logins: string[]) => {
    const people = await find('');
    return logins.map((login) => people.find((one) => one.login === login)?.id ?? '');
  };
  /** Opens a merge request to a branch of its own, and reads its reviewers. */
  const open = async (target: string, reviewers: readonly string[]) => {
    await provider.createBranch(at.as(tokens.alice), { repository, name: target, source: 'main' });
    at.door.requests.length = 0;
    const made = await provider.createPullRequest(at.as(tokens.alice), { ...request, target, reviewers });
    if (!made.ok) throw new Error(made.error.code);
    const { body } = await at.gitlab.api('GET', `projects/acme%2Fweb/merge_requests/${made.value.number}`);
    return {
      ...made.value,
      asked: (body as { reviewers: { username: string }[] }).reviewers.map((one) => one.username),
    };
  };

  it('returns members who can read the code: no guests, no machines, nobody who is blocked', async () => {
    const logins = (await find('')).map(({ login }) => login);
    expect(logins.sort()).toEqual(['acme-bot', 'alice', 'bob', 'maya']);
    expect(at.door.requests.map(({ url }) => new URL(url).pathname)).toEqual([
      '/api/v4/projects/acme%2Fweb/members/all',
    ]);
  });

  it('finds by less than three letters, which GitLab itself would take for a whole name', async () => {
    expect((await find('ay')).map(({ login }) => login)).toEqual(['maya']);
    expect(new URL(at.door.requests[0]?.url ?? '').searchParams.has('query')).toBe(false);
  });

  it('requests one person with the request that opens it', async () => {
    const made = await open('one', await idsOf('maya'));
    expect(made.asked).toEqual(['maya']);
    expect(made.unasked).toBe(undefined);
    expect(at.door.requests.map(({ method }) => method)).toEqual(['POST']);
  });

  it('requests several people where the plan allows it, and names the others where it does not', async () => {
    const [maya = '', bob = ''] = await idsOf('maya', 'bob');
    const made = await open('several', [maya, bob]);
    expect(made.asked).toEqual(premium ? ['maya', 'bob'] : ['maya']);
    expect(made.unasked).toEqual(premium ? undefined : { reviewers: [bob], error: { code: 'ONE_REVIEWER_ONLY' } });
  });

  it('opens it also when nobody can be requested, and says so', async () => {
    const made = await open('nobody', ['1', 'maya', '']);
    expect(made.asked).toEqual([]);
    expect(made.unasked).toEqual({ reviewers: ['1', 'maya', ''], error: { code: 'REVIEWERS_REFUSED' } });
  });

  it('knows who was requested although the answer was lost', async () => {
    const reviewers = await idsOf('maya');
    const through = globalThis.fetch;
    globalThis.fetch = async (input, init) => {
      const response = await through(input, init);
      if (init?.method !== 'POST' || !new Request(input).url.endsWith('/merge_requests')) return response;
      throw new TypeError('fetch failed');
    };
    expect(await open('lost', [...reviewers, '1'])).toMatchObject({ asked: ['maya'], unasked: { reviewers: ['1'] } });
  });
});
