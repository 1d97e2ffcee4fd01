import type { Provider } from '../../../src/providers/provider';
import type { Reply, ScriptedService } from '../../support/scripted-service';
import { connection, failure, FIND, list, nameOf, openAzureDevOps, PUSHES, repository, says } from './azure-devops';

let service: ScriptedService;
let azureDevOps: Provider;

beforeAll(async () => {
  ({ azureDevOps } = await import('../../../src/providers/azure-devops'));
  service = await openAzureDevOps();
});
afterAll(() => service.close());

const asked = () => service.asked.map(nameOf);
const person = (id: string, displayName = id, more: object = {}) => ({ id, displayName, ...more });
const bob = person('bob', 'Bob Example', { uniqueName: 'ACME\\robert' });

describe('People to review at Azure DevOps', () => {
  const find = (search = '', name = repository) =>
    azureDevOps.findReviewers?.(connection(), { repository: name, search });
  const ids = async (search = '') => {
    const found = await find(search);
    return found?.ok ? found.value.map(({ id }) => id) : found;
  };

  it('are those of the newest pull requests and pushes, once each, by name', async () => {
    service.play({
      [FIND]: list({ createdBy: person('zoe', 'Zoe'), reviewers: [bob, person('carol', 'Carol')] }, { createdBy: bob }),
      [PUSHES]: list({ pushedBy: bob }, { pushedBy: person('ada', 'Ada', { uniqueName: 'ada@acme.example' }) }),
    });
    expect(await find()).toEqual({
      ok: true,
      value: [
        { id: 'ada', login: 'ada@acme.example', name: 'Ada' },
        { id: 'bob', login: 'ACME\\robert', name: 'Bob Example' },
        { id: 'carol', login: 'Carol' },
        { id: 'zoe', login: 'Zoe' },
      ],
    });
    expect(asked().sort()).toEqual([FIND, PUSHES].sort());
    expect(service.asked.find(({ path }) => path.endsWith('pullrequests'))?.query).toEqual({
      ...{ 'searchCriteria.status': '4', $skip: '0', $top: '100' },
    });
    expect(service.asked.find(({ path }) => path.endsWith('pushes'))?.query).toEqual({ $skip: '0', $top: '100' });
  });

  it.each([
    ['ROBERT', ['bob']],
    ['  bob ex ', ['bob']],
    ['acme\\', ['bob']],
    ['example', ['ada', 'bob']],
    ['.*', []],
  ])('are found by “%s” in their names', async (search, found) => {
    const ada = person('ada', 'Ada', { uniqueName: 'ada@acme.example' });
    service.play({ [FIND]: list({ createdBy: bob }), [PUSHES]: list({ pushedBy: ada }) });
    expect(await ids(search)).toEqual(found);
  });

  it('are no teams, and nobody who is hidden', async () => {
    service.play({
      [FIND]: list(
        { createdBy: { name: 'of another shape' }, reviewers: [bob, person('team', 'Team', { isContainer: true })] },
        { reviewers: 'none' },
        { reviewers: [{ id: 'nameless' }] },
      ),
      [PUSHES]: list({ pushId: 1 }, { pushedBy: { id: 7 } }),
    });
    expect(await ids()).toEqual(['bob']);
  });

  it('are twenty at most', async () => {
    const reviewers = Array.from({ length: 21 }, (_, at) => person(`p${100 + at}`));
    service.play({ [FIND]: list({ reviewers }), [PUSHES]: list() });
    expect(await ids()).toEqual(reviewers.slice(0, 20).map(({ id }) => id));
  });

  it.each<[string, Reply, Reply, object]>([
    ['pull requests', says(401, ''), list(), failure('AUTH_INVALID', { organization: 'acme' })],
    ['pushes', list(), says(404, ''), failure('REPOSITORY_NOT_FOUND')],
    ['pull requests', { body: {} }, list(), failure('NOT_AN_API_ANSWER')],
    ['pushes', list(), { body: {} }, failure('NOT_AN_API_ANSWER')],
  ])('are unknown where the %s can’t be read', async (_, pulls, pushed, refused) => {
    service.play({ [FIND]: pulls, [PUSHES]: pushed });
    expect(await find()).toEqual(refused);
  });

  it('are not requested for an impossible repository', async () => {
    service.play({});
    expect(await find('', 'Shop/..')).toEqual(failure('REPOSITORY_NOT_FOUND'));
    expect(asked()).toEqual([]);
  });
});

describe('Asking for a review at Azure DevOps', () => {
  const ask = (id: string) => `PUT /Shop/_apis/git/repositories/web/pullRequests/7/reviewers/${id}`;
  const request = (reviewers: readonly string[], name = repository) =>
    azureDevOps.requestReviewers?.(connection(), { repository: name, number: 7, reviewers });

  it('requests each person, without a vote', async () => {
    service.play({ [ask('bob')]: { body: bob }, [ask('carol')]: { body: person('carol') } });
    expect(await request(['bob', 'carol'])).toBeUndefined();
    expect(asked().sort()).toEqual([ask('bob'), ask('carol')]);
    expect(service.asked.map(({ body }) => body)).toEqual([{ vote: 0 }, { vote: 0 }]);
  });

  it('requests nobody for an empty list', async () => {
    service.play({});
    expect(await request([])).toBeUndefined();
    expect(asked()).toEqual([]);
  });

  it.each<[string, Reply, object]>([
    ['nobody knows', says(400, 'TF50309'), { code: 'REVIEWERS_REFUSED' }],
    ['does not see it', says(404, ''), { code: 'REVIEWERS_REFUSED' }],
    ['may not be asked by this account', says(403, 'TF401027'), { code: 'PERMISSION_DENIED' }],
    ['is refused otherwise', says(409, ''), { code: 'REQUEST_REFUSED', status: 409 }],
    ['may have been asked', says(503, ''), { code: 'SERVICE_UNAVAILABLE', status: 503 }],
    ['is not in the answer', { body: {} }, { code: 'NOT_AN_API_ANSWER' }],
  ])('names people who %s, once, and requests the others', async (_, reply, error) => {
    service.play({ [ask('bob')]: reply, [ask('carol')]: { body: person('carol') } });
    expect(await request(['bob', 'carol'])).toEqual({ reviewers: ['bob'], error });
    expect(asked().sort()).toEqual([ask('bob'), ask('carol')]);
  });

  it('names everybody who was not requested, with the first reason', async () => {
    service.play({ [ask('bob')]: says(400, ''), [ask('carol')]: says(500, '') });
    const unasked = { reviewers: ['bob', 'carol'], error: { code: 'REVIEWERS_REFUSED' } };
    expect(await request(['bob', 'carol'])).toEqual(unasked);
    expect(await request(['bob', 'carol'], '../web')).toEqual(unasked);
  });
});
