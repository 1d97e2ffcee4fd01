import { idOf } from '../../../sandbox/services/azure-devops/context';
import { azureDevOps } from '../../../src/providers/azure-devops';
import { azure, door, pullsPath, request, serving, web } from '../../support/serving-azure-devops';

const [alice, bob, carol] = ['alice', 'bob', 'carol'].map((login) => idOf('account', login)) as [
  string,
  string,
  string,
];

async function find(search: string) {
  const found = await azureDevOps.findReviewers?.(azure.as('alice'), { repository: web, search });
  if (!found?.ok) throw new Error(JSON.stringify(found));
  return found.value;
}

async function ask(...reviewers: string[]) {
  const made = await azureDevOps.createPullRequest(azure.as('alice'), { ...request, reviewers });
  if (!made.ok) throw new Error(made.error.code);
  const { number } = made.value;
  door.requests.length = 0;
  const unasked = await azureDevOps.requestReviewers?.(azure.as('alice'), { repository: web, number, reviewers });
  const pull = (await (await azure.ask('GET', `${pullsPath}/${number}`)).json()) as { reviewers: { id: string }[] };
  return { unasked, asked: pull.reviewers.map(({ id }) => id) };
}

describe.each(['azure-devops', 'azure-devops-server-2019', 'tfs-2017'] as const)(
  'People to review at %s',
  (edition) => {
    serving(edition);

    it('are those of the newest pull requests and pushes, which Code (read) shows', async () => {
      await azureDevOps.createBranch(azure.as('eve'), { repository: web, name: 'by-eve', source: 'develop' });
      await ask(bob);
      door.requests.length = 0;
      expect(await find('')).toEqual(
        ['Ada', 'Alice', 'Bob', 'Eve'].map((name) => ({
          id: idOf('account', name.toLowerCase()),
          login: `${name.toLowerCase()}@acme.example`,
          name: `${name} Example`,
        })),
      );
      expect(door.requests.map(({ url }) => new URL(url).pathname.replace(/^.*\/web\//, '')).sort()).toEqual([
        'pullrequests',
        'pushes',
      ]);
    });

    it('are requested one by one: refused people are named, the others are requested', async () => {
      const { asked, unasked } = await ask(bob, carol, 'nobody', '../x');
      expect(asked).toEqual([bob]);
      expect(unasked).toEqual({ reviewers: [carol, 'nobody', '../x'], error: { code: 'REVIEWERS_REFUSED' } });
      expect(door.requests.filter(({ method }) => method === 'PUT')).toHaveLength(4);
    });

    it('are not requested twice when an answer is lost, and do not count as requested', async () => {
      const path = `${pullsPath.replace('pullrequests', 'pullRequests')}/*`;
      await azure.arm({ method: 'PUT', path, times: 'always', status: 503 });
      expect((await ask(bob)).unasked).toEqual({
        reviewers: [bob],
        error: { code: 'SERVICE_UNAVAILABLE', status: 503 },
      });
      expect(door.requests.filter(({ method }) => method === 'PUT')).toHaveLength(1);
    });
  },
);

describe('Azure DevOps in a search of people', () => {
  serving('azure-devops');

  const answer = (body: unknown) =>
    new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json' } });
  const person = (id: string, displayName: string, more = {}) => ({ id, displayName, ...more });

  it('leaves teams out, keeps people of the same name apart, and finds by either name', async () => {
    const pulls = [
      {
        createdBy: person(alice, 'Alex Example', { uniqueName: 'alex@acme.example' }),
        reviewers: [
          person('team', '[Shop]\\Team', { isContainer: true }),
          person(bob, 'Alex Example', { uniqueName: 'ACME\\alex2' }),
          person(carol, 'Nameless'),
        ],
      },
    ];
    globalThis.fetch = async (input) =>
      answer({ value: new Request(input).url.includes('/pushes') ? [{ pushId: 1 }] : pulls, count: 1 });
    expect((await find('')).map(({ login }) => login)).toEqual(['alex@acme.example', 'ACME\\alex2', 'Nameless']);
    expect(await find('acme\\')).toEqual([{ id: bob, login: 'ACME\\alex2', name: 'Alex Example' }]);
    expect((await find('ALEX EX')).map(({ id }) => id)).toEqual([alice, bob]);
  });
});
