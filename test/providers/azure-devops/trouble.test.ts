import { azureDevOps } from '../../../src/providers/azure-devops';
import {
  azure,
  branch,
  door,
  loseAnswers,
  pullsPath,
  refsPath,
  request,
  serving,
  web,
  writes,
} from '../../support/serving-azure-devops';

describe('Azure DevOps in trouble', () => {
  serving('azure-devops');
  const post = { path: refsPath, method: 'POST' };
  const says = (status: number, typeKey: string, message: string) => ({ status, body: { typeKey, message } });

  it.each([
    ['fails', { status: 500 }, { code: 'UNEXPECTED_ANSWER', status: 500 }],
    ['is overloaded', { status: 503 }, { code: 'SERVICE_UNAVAILABLE', status: 503 }],
    ['drops the connection', { reset: true }, { code: 'UNREACHABLE' }],
    [
      'blocks whoever asked too much',
      { rateLimit: 'primary', retryAfter: 90 },
      { code: 'RATE_LIMITED', retryAt: expect.stringMatching(/^\d{4}-.*Z$/) as string },
    ],
    [
      'names the time it lets one in again',
      { ...says(429, '', 'TF400733'), headers: { 'x-ratelimit-reset': '4102444800' } },
      { code: 'RATE_LIMITED', retryAt: expect.stringMatching(/^\d{4}-.*Z$/) as string },
    ],
    [
      'names a date',
      { ...says(429, '', 'TF400733'), headers: { 'retry-after': 'Fri, 01 Jan 2100 00:00:00 GMT' } },
      { code: 'RATE_LIMITED', retryAt: expect.stringMatching(/^\d{4}-.*Z$/) as string },
    ],
    ['names no time', says(429, '', 'TF400733'), { code: 'RATE_LIMITED' }],
    [
      'is fenced in by conditional access',
      says(403, '', 'VS403463: The conditional access policy defined by your administrator has failed.'),
      {
        ...{ code: 'IP_BLOCKED', policy: 'conditional-access', organization: 'acme' },
        said: 'VS403463: The conditional access policy defined by your administrator has failed.',
      },
    ],
    ['does not say why it forbids', says(403, '', ''), { code: 'REQUEST_REFUSED', status: 403 }],
    [
      'names the person it does not let in',
      says(
        401,
        'UnauthorizedRequestException',
        "TF400813: The user 'Alice' is not authorized to access this resource.",
      ),
      { code: 'SCOPE_MISSING', missing: ['Code (Read & write)'] },
    ],
    [
      'does not understand the request',
      says(400, 'Other', 'what?'),
      { code: 'REQUEST_REFUSED', status: 400, said: 'what?' },
    ],
    [
      'is older than it should be',
      says(400, 'VssVersionOutOfRangeException', 'out of range'),
      { code: 'SERVICE_TOO_OLD' },
    ],
  ])('when it %s is written to once', async (_, fault, error) => {
    await azure.arm({ ...post, ...fault });
    expect(await azureDevOps.createBranch(azure.as('alice'), branch)).toEqual({ ok: false, error });
    expect(writes()).toHaveLength(1);
  });

  it('when it takes its time, and says so beside a good answer, is believed', async () => {
    const body = { value: [{ name: 'refs/heads/DEMO-1-new', success: true, updateStatus: 'succeeded' }], count: 1 };
    await azure.arm({
      ...post,
      delay: 300,
      status: 200,
      body,
      headers: { 'retry-after': '30', 'x-ratelimit-delay': '30' },
    });
    expect(await azureDevOps.createBranch(azure.as('alice'), branch)).toMatchObject({ ok: true });
    expect(door.requests).toHaveLength(2);
  });

  it('when it hangs, the deadline ends it', async () => {
    await azure.arm({ path: refsPath, hang: true });
    expect(await azureDevOps.createBranch(azure.as('alice', 700), branch)).toEqual({
      ok: false,
      error: { code: 'TIMEOUT' },
    });
  });

  it('when reading fails for a moment, is requested again', async () => {
    await azure.arm({ path: refsPath, method: 'GET', status: 503 });
    expect(await azureDevOps.createBranch(azure.as('alice'), branch)).toMatchObject({ ok: true });
    expect(door.requests.map(({ method }) => method)).toEqual(['GET', 'GET', 'POST']);
  });

  it.each(['createBranch', 'deleteBranch', 'createPullRequest'] as const)(
    'when the answer to %s is lost, it is looked up and not sent again',
    async (action) => {
      loseAnswers();
      const asked = {
        createBranch: () => azureDevOps.createBranch(azure.as('alice'), branch),
        deleteBranch: () => azureDevOps.deleteBranch(azure.as('eve'), { repository: web, name: 'develop' }),
        createPullRequest: () => azureDevOps.createPullRequest(azure.as('alice'), request),
      };
      expect(await asked[action]()).toMatchObject({ ok: true });
      expect(writes()).toHaveLength(1);
    },
  );

  it('when a write never arrived, it is no success', async () => {
    await azure.arm({ path: pullsPath, method: 'POST', reset: true });
    expect(await azureDevOps.createPullRequest(azure.as('alice'), request)).toEqual({
      ok: false,
      error: { code: 'UNREACHABLE' },
    });
    await azure.arm({ ...post, reset: true });
    expect(await azureDevOps.deleteBranch(azure.as('eve'), { repository: web, name: 'develop' })).toEqual({
      ok: false,
      error: { code: 'UNREACHABLE' },
    });
  });

  it.each([
    ['repositories', '/Shop/_apis/git/repositories'],
    ['branches', refsPath],
    ['pull requests', '/Shop/_apis/git/pullrequests'],
  ])('when it answers a list of %s with 404, nothing is no success', async (_, path) => {
    await azure.arm({ path, status: 404, body: {}, times: 'always' });
    const answers = [
      await azureDevOps.listRepositories(azure.as('alice'), { owners: ['Shop'], search: '' }),
      await azureDevOps.listBranches(azure.as('alice'), { repository: web, search: '' }),
      await azureDevOps.findWork(azure.as('alice'), { issueKey: 'DEMO-1', owners: ['Shop'], repositories: [] }),
    ];
    expect(answers.filter(({ ok }) => !ok)).toEqual([{ ok: false, error: { code: 'REPOSITORY_NOT_FOUND' } }]);
  });

  it.each([
    ['repositories', '/Shop/_apis/git/repositories'],
    ['branches', refsPath],
    ['pull requests', '/Shop/_apis/git/pullrequests'],
  ])('when it answers a list of %s with something else, that is no answer', async (_, path) => {
    await azure.arm({ path, status: 200, body: { value: [{ id: 7 }], count: 1 }, times: 'always' });
    const answers = [
      await azureDevOps.listRepositories(azure.as('alice'), { owners: ['Shop'], search: '' }),
      await azureDevOps.listBranches(azure.as('alice'), { repository: web, search: '' }),
      await azureDevOps.findWork(azure.as('alice'), { issueKey: 'DEMO-1', owners: ['Shop'], repositories: [] }),
    ];
    expect(answers.filter(({ ok }) => !ok)).toEqual([{ ok: false, error: { code: 'NOT_AN_API_ANSWER' } }]);
  });
});
