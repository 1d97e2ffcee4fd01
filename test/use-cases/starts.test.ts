import { openOffice, type Office } from './office';
import { TAGGED } from '../../rig/small-git-hub';

let office: Office;

beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

let made = 0;
async function start(id: string, from: object, more: { as?: string } & Record<string, unknown> = {}) {
  const { as = 'alice', ...rest } = more;
  const name = `DEMO-1-start-${(made += 1)}`;
  const payload = { integrationId: id, repository: 'acme/web', name, ...from, ...rest };
  const before = office.app.requests().length;
  const answer = await office.onIssue('create-branch', payload, { as });
  const requests = office.app.requests().slice(before);
  return { answer, name, requests, code: answer.error?.code };
}

describe('A branch that starts at a tag or a commit', () => {
  it.each([
    ['a tag', { sourceTag: 'v1' }, 'v1', 2],
    ['the beginning of a commit’s id', { sourceId: 'ABCDEF12' }, 'abcdef12', 2],
    ['a whole id', { sourceId: TAGGED }, TAGGED, 1],
  ])('is made by the person’s own token: %s', async (_, from, source, requests) => {
    const id = await office.connect({ saved: true });
    // A commit that a branch has is found by the beginning of its id.
    const first = await start(id, { sourceTag: 'v1' });
    const seen = await start(id, from);
    expect([first.code, seen.code]).toEqual([undefined, undefined]);
    expect(seen.answer.value.card).toMatchObject({ branch: seen.name, commit: TAGGED, actor: 'person' });
    expect(seen.requests).toHaveLength(requests);
    expect((await office.noted({ integrationId: id }))[0]).toMatchObject({ source, commit: TAGGED });
  });

  it.each([
    ['that does not exist', { sourceTag: 'main' }],
    ['whose id begins no commit', { sourceId: 'fffffff' }],
    ['whose whole id is unknown', { sourceId: 'f'.repeat(40) }],
  ])('is not made at one %s', async (_, from) => {
    const id = await office.connect({ saved: true });
    const { code, name } = await start(id, from);
    expect([code, office.gitHub.hasBranch(name)]).toEqual(['SOURCE_MISSING', false]);
  });

  it.each([
    ['a tag', { sourceTag: 'v1' }],
    ['a tag that is called as a branch is', { sourceTag: 'main' }],
    ['a commit that a branch has', { sourceId: TAGGED }],
  ])('is never made by the integration account, which sends no request: %s', async (_, from) => {
    const id = await office.connect({ saved: true });
    const others = [await start(id, from, { as: 'bob' }), await start(id, from, { actAs: 'integration' })];
    expect(others.map(({ code }) => code)).toEqual(['OWN_TOKEN_NEEDED', 'OWN_TOKEN_NEEDED']);
    expect(others.flatMap(({ requests }) => requests)).toEqual([]);
    expect(others.map(({ name }) => office.gitHub.hasBranch(name))).toEqual([false, false]);
  });

  it.each([
    ['nothing', {}],
    ['two at once', { sourceBranch: 'main', sourceTag: 'v1' }],
    ['a tag that is a whole ref', { sourceTag: 'refs/heads/main' }],
    ['a tag that is a place', { sourceTag: 'v1~2' }],
    ['a tag of another owner', { sourceTag: 'alice:v1' }],
    ['a tag that is a range', { sourceTag: 'v1..v2' }],
    ['an id that is too short', { sourceId: 'abcdef' }],
    ['an id that is none', { sourceId: 'refs/heads/main' }],
    ['a name for an id', { sourceId: 'main' }],
  ])('sends no request for an impossible one: %s', async (_, from) => {
    const id = await office.connect({ saved: true });
    const { code, requests } = await start(id, from);
    expect([code, requests]).toEqual(['INVALID_INPUT', []]);
  });

  it('has no tag at a service without tags', async () => {
    const id = await office.pretend('codecommit', 'eu-central-1', { owners: 'all' });
    const answer = await office.onIssue('create-branch', {
      ...{ integrationId: id, repository: 'warehouse', name: 'DEMO-1-tagged', sourceTag: 'v1' },
    });
    expect(answer.error).toMatchObject({ code: 'INVALID_INPUT', params: { field: 'sourceTag' } });
  });
});
