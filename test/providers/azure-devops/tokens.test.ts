import { inspect } from 'node:util';
import { azureDevOps } from '../../../src/providers/azure-devops';
import { leaks } from '../../../rig/canary';
import { tokens } from '../../support/azure-devops-world';
import { azure, branch, door, refsPath, request, serving, web, writes } from '../../support/serving-azure-devops';

describe('Azure DevOps and tokens', () => {
  serving('azure-devops');

  it.each([
    ['unknown', 'z'.repeat(84), 'AUTH_INVALID'],
    ['revoked', tokens.aliceRevoked, 'AUTH_INVALID'],
    ['expired', tokens.aliceExpired, 'AUTH_EXPIRED'],
    ['of another organization', tokens.aliceElsewhere, 'AUTH_INVALID'],
    ['a sentence', 'my token is „secret“', 'AUTH_INVALID'],
    ['empty', '', 'AUTH_INVALID'],
  ])('one that is %s is a definite no after one request', async (_, token, code) => {
    const error = { code, ...(code === 'AUTH_INVALID' ? { organization: 'acme' } : {}) };
    expect(await azureDevOps.checkToken(azure.withToken(token))).toMatchObject({ ok: false, error });
    expect(await azureDevOps.createBranch(azure.withToken(token), branch)).toMatchObject({ ok: false, error });
    expect(door.requests).toHaveLength(2);
  });

  it('one limited to this organization is known without any other host', async () => {
    expect(await azureDevOps.checkToken(azure.as('alice'))).toMatchObject({ ok: true });
    expect(door.requests.map(({ url }) => new URL(url).host)).toEqual([
      'dev.azure.com',
      'dev.azure.com',
      'dev.azure.com',
    ]);
  });

  it.each([
    ['read only', tokens.aliceReadOnly],
    ['without code', tokens.aliceNoCode],
  ])('one that is %s lacks what writing needs, and finding that out changes nothing', async (_, token) => {
    expect(await azureDevOps.checkToken(azure.withToken(token))).toMatchObject({
      ok: true,
      value: { login: 'Alice Example', missingScopes: ['Code (Read & write)'] },
    });
    const branches = await azureDevOps.listBranches(azure.as('alice'), { repository: web, search: '' });
    expect(branches.ok && branches.value.items).toHaveLength(8);
  });

  it('one of somebody without repositories is good all the same', async () => {
    expect(await azureDevOps.checkToken(azure.as('carol'))).toMatchObject({ ok: true, value: { missingScopes: [] } });
    expect(await azureDevOps.findOwners(azure.as('carol'))).toEqual({ ok: true, value: [] });
  });

  it.each(['createBranch', 'deleteBranch', 'createPullRequest'] as const)(
    'one that may only read is refused %s with what it lacks',
    async (action) => {
      const reader = azure.withToken(tokens.aliceReadOnly);
      const asked = {
        createBranch: () => azureDevOps.createBranch(reader, branch),
        deleteBranch: () => azureDevOps.deleteBranch(reader, { repository: web, name: 'develop' }),
        createPullRequest: () => azureDevOps.createPullRequest(reader, request),
      };
      expect(await asked[action]()).toEqual({
        ok: false,
        error: { code: 'SCOPE_MISSING', missing: ['Code (Read & write)'] },
      });
    },
  );

  it('nobody in particular is nobody', async () => {
    const id = 'aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa';
    const body = { authenticatedUser: { id, providerDisplayName: 'Anonymous' } };
    await azure.arm({ path: '/_apis/connectionData', status: 200, body });
    expect(await azureDevOps.checkToken(azure.as('alice'))).toEqual({
      ok: false,
      error: { code: 'AUTH_INVALID', organization: 'acme' },
    });
  });

  it('whose owner has no display name is known by the account name', async () => {
    const properties = { Account: { $type: 'System.String', $value: 'alice@acme.example' } };
    await azure.arm({
      path: '/_apis/connectionData',
      status: 200,
      body: { authenticatedUser: { id: 'x', properties } },
    });
    expect(await azureDevOps.checkToken(azure.as('alice'))).toMatchObject({
      ok: true,
      value: { login: 'alice@acme.example' },
    });
  });

  it.each([
    ['a sign-in page with 203', { status: 203, html: true }, { code: 'AUTH_INVALID', organization: 'acme' }],
    [
      'a redirect to the sign-in page',
      { status: 302, headers: { location: 'https://elsewhere.example/_signin' } },
      { code: 'AUTH_INVALID', organization: 'acme' },
    ],
    ['a page of HTML with 200', { status: 200, html: true }, { code: 'NOT_AN_API_ANSWER' }],
    [
      'a page of HTML with 502',
      { status: 502, html: true, times: 'always' },
      { code: 'SERVICE_UNAVAILABLE', status: 502, reading: true },
    ],
    ['a page of HTML with 401', { status: 401, html: true }, { code: 'AUTH_INVALID', organization: 'acme' }],
  ])('answers %s, and the token goes nowhere else', async (_, fault, error) => {
    await azure.arm({ path: refsPath, ...fault });
    expect(await azureDevOps.createBranch(azure.as('alice'), branch)).toMatchObject({ ok: false, error });
    expect(writes()).toHaveLength(0);
    expect(new Set(door.requests.map(({ url }) => new URL(url).host))).toEqual(new Set(['dev.azure.com']));
  });

  it('every request asks for no sign-in page', async () => {
    const asked: (string | null)[] = [];
    const through = globalThis.fetch;
    globalThis.fetch = async (input, init) => {
      asked.push(new Request(input, init).headers.get('x-tfs-fedauthredirect'));
      return through(input, init);
    };
    await azureDevOps.createBranch(azure.as('alice'), branch);
    await azureDevOps.checkToken(azure.as('alice'));
    expect(asked).toEqual(['Suppress', 'Suppress', 'Suppress', 'Suppress', 'Suppress']);
  });

  it('are never in an address or an error', async () => {
    const { alice } = tokens;
    const seen: unknown[] = [];
    for (const fault of [
      { status: 401, body: { message: `TF400813: ${alice}` } },
      { status: 500, body: { message: alice } },
      { status: 409, body: { message: alice } },
      { status: 203, html: true },
      { reset: true },
    ]) {
      await azure.arm({ path: refsPath, ...fault });
      seen.push(await azureDevOps.createBranch(azure.as('alice'), branch));
    }
    seen.push(door.requests.map(({ url, method }) => `${method} ${url}`));
    expect(leaks(inspect(seen, { depth: 20 }), [alice])).toEqual([]);
    expect(leaks(JSON.stringify(azure.as('alice')), [alice])).toEqual([]);
  });
});

describe('A server with IIS Basic authentication on', () => {
  serving('azure-devops-server-2022', { iisBasic: true });

  it('refuses the best of tokens, and takes a password', async () => {
    expect(await azureDevOps.checkToken(azure.withToken(tokens.alice))).toEqual({
      ok: false,
      error: { code: 'AUTH_INVALID' },
    });
    expect(await azureDevOps.checkToken(azure.withPassword('alice', 'correct horse: battery of alice'))).toMatchObject({
      ok: true,
      value: { missingScopes: [] },
    });
  });
});
