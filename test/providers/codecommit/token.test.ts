import { inspect } from 'node:util';
import type { PastedCredential } from '../../../src/domain/credential';
import { sealed } from '../../../src/domain/credential';
import { serviceAt } from '../../../src/domain/service';
import { codecommit } from '../../../src/providers/codecommit';
import { codeCommitService } from '../../../sandbox/world/codecommit';
import { leaks } from '../../../rig/canary';
import { codeCommitDefinition, keys } from '../../support/codecommit-world';
import { openCodeCommitStage, type CodeCommitStage } from '../../support/codecommit-stage';

let stage: CodeCommitStage;

beforeAll(async () => {
  stage = await openCodeCommitStage(codeCommitDefinition);
});
afterAll(() => stage.close());
beforeEach(() => stage.again());
afterEach(() => {
  stage.rest();
  expect(stage.complaints()).toEqual([]);
});

function check(key: { id: string; secret: string }) {
  return codecommit.checkToken(stage.connection(key));
}

describe('AWS CodeCommit: whose access key it is', () => {
  it('takes two requests: to the token service, and a first one to CodeCommit', async () => {
    expect(await check(keys.alice)).toEqual({
      ok: true,
      value: {
        login: 'alice',
        accountId: 'arn:aws:iam::111122223333:user/developers/alice',
        expiresAt: 'never',
        missingScopes: [],
        bot: false,
      },
    });
    expect(stage.operations().sort()).toEqual(['GetCallerIdentity', 'ListRepositories']);
  });

  it('does not depend on white space around what was pasted', async () => {
    const key = { id: ` ${keys.alice.id}\n`, secret: `\t${keys.alice.secret} ` };
    expect(await check(key)).toMatchObject({ ok: true, value: { login: 'alice' } });
  });

  it('tells what a key lacks that cannot even list repositories', async () => {
    expect(await check(keys.carol)).toMatchObject({
      ok: true,
      value: { login: 'carol', missingScopes: ['codecommit:ListRepositories'] },
    });
  });

  it.each([
    ['reads everything and writes nothing', keys.bob, 'bob'],
    ['may do little more than write', keys.dave, 'dave'],
  ])('is known for one that %s', async (_, key, login) => {
    expect(await check(key)).toMatchObject({ ok: true, value: { login, missingScopes: [] } });
  });

  it.each([
    ['nobody knows', { ...keys.alice, id: 'AKIAQQQQQQQQQQQQQQQQ' }, 'AUTH_INVALID'],
    ['was switched off', keys.aliceOff, 'AUTH_INVALID'],
    ['has another key’s secret', { ...keys.alice, secret: keys.bob.secret }, 'ACCESS_KEY_SECRET_WRONG'],
    ['has half a secret', { ...keys.alice, secret: keys.alice.secret.slice(0, 20) }, 'ACCESS_KEY_SECRET_WRONG'],
    ['belongs to the root user', keys.root, 'ACCESS_KEY_ROOT'],
  ])('is refused for one that %s', async (_, key, code) => {
    expect(await check(key)).toEqual({ ok: false, error: { code } });
  });

  it.each([
    ['is a temporary one', { ...keys.alice, id: `ASIA${keys.alice.id.slice(4)}` }, 'ACCESS_KEY_TEMPORARY'],
    ['has its parts swapped', { id: keys.alice.secret, secret: keys.alice.id }, 'ACCESS_KEY_SWAPPED'],
    ['is a sentence', { ...keys.alice, id: 'my access key, please' }, 'AUTH_INVALID'],
    ['has an id with a line break in it', { ...keys.alice, id: 'AKIA1234567890\n12345678' }, 'AUTH_INVALID'],
    ['has a secret beyond ASCII', { ...keys.alice, secret: 'gehéim' }, 'AUTH_INVALID'],
    ['is empty', { id: '', secret: '' }, 'AUTH_INVALID'],
    ['has an id only', { ...keys.alice, secret: '' }, 'AUTH_INVALID'],
  ])('is refused without a request for one that %s', async (_, key, code) => {
    expect(await check(key)).toEqual({ ok: false, error: { code } });
    expect(stage.calls).toEqual([]);
  });

  it.each<PastedCredential>([
    { kind: 'token', token: 'ghp_something' },
    { kind: 'password', user: 'alice', password: 'something' },
  ])('is refused without a request for a credential of another kind: $kind', async (pasted) => {
    const connection = { ...stage.connection(keys.alice), credential: sealed(pasted) };
    expect(await codecommit.checkToken(connection)).toEqual({ ok: false, error: { code: 'AUTH_INVALID' } });
    expect(stage.calls).toEqual([]);
  });

  const identity = (arn: string) => ({
    status: 200,
    headers: { 'content-type': 'text/xml' },
    body: `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>${arn}</Arn><UserId>X</UserId><Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`,
  });

  it.each([
    ['of another partition', 'arn:aws-cn:iam::111122223333:user/alice', 'ACCESS_KEY_ELSEWHERE'],
    ['of a role', 'arn:aws:sts::111122223333:assumed-role/dev/alice', 'ACCESS_KEY_TEMPORARY'],
    ['of a federated user', 'arn:aws:sts::111122223333:federated-user/alice', 'ACCESS_KEY_TEMPORARY'],
    ['of nobody', 'arn:aws:iam::111122223333:', 'NOT_AN_API_ANSWER'],
  ])('is refused for a key %s', async (_, arn, code) => {
    await stage.arm('GetCallerIdentity', identity(arn));
    expect(await check(keys.alice)).toEqual({ ok: false, error: { code } });
  });

  const refused = (code: string) => ({
    status: 403,
    headers: { 'content-type': 'text/xml' },
    body: `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>Said by the service</Message></Error><RequestId>1</RequestId></ErrorResponse>`,
  });

  it.each([
    ['ExpiredToken', { code: 'AUTH_EXPIRED' }],
    ['InvalidClientTokenId', { code: 'AUTH_INVALID' }],
    ['IncompleteSignature', { code: 'AUTH_INVALID' }],
    ['SignatureDoesNotMatch', { code: 'ACCESS_KEY_SECRET_WRONG' }],
    ['OptInRequired', { code: 'ACCESS_KEY_ELSEWHERE' }],
    ['RegionDisabledException', { code: 'ACCESS_KEY_ELSEWHERE' }],
    ['RequestExpired', { code: 'CLOCK_SKEW' }],
    ['Throttling', { code: 'RATE_LIMITED', retryAt: expect.stringMatching(/^\d{4}-/) as string }],
    ['SomethingNew', { code: 'REQUEST_REFUSED', status: 403, said: 'Said by the service' }],
  ])('is unknown when the token service answers %s', async (code, error) => {
    await stage.arm('GetCallerIdentity', { ...refused(code), times: 'always' });
    expect(await check(keys.alice)).toMatchObject({ ok: false, error });
  });

  it.each([
    ['a sign-in page answers', { html: true, status: 200 }, { code: 'NOT_AN_API_ANSWER' }],
    [
      'a proxy answers with HTML',
      { html: true, status: 502 },
      { code: 'SERVICE_UNAVAILABLE', status: 502, reading: true },
    ],
    ['JSON answers', { status: 200, body: { Arn: 'x' } }, { code: 'NOT_AN_API_ANSWER' }],
    ['XML of another kind answers', { status: 200, body: '<Hello/>' }, { code: 'NOT_AN_API_ANSWER' }],
    ['broken XML answers', { status: 200, body: '<Hello>' }, { code: 'NOT_AN_API_ANSWER' }],
    ['the service fails', { status: 500 }, { code: 'UNEXPECTED_ANSWER', status: 500, reading: true }],
    [
      'a redirect answers',
      { status: 302, headers: { location: 'https://evil.example/' } },
      { code: 'NOT_AN_API_ANSWER' },
    ],
    ['the connection breaks', { reset: true }, { code: 'UNREACHABLE' }],
  ])('says nothing about the key when %s', async (_, fault, error) => {
    await stage.arm('GetCallerIdentity', { ...fault, times: 'always' });
    expect(await check(keys.alice)).toMatchObject({ ok: false, error });
  });

  it('says nothing about the key when CodeCommit itself can’t be reached', async () => {
    await stage.arm('ListRepositories', { status: 503, times: 'always' });
    expect(await check(keys.alice)).toEqual({
      ok: false,
      error: { code: 'SERVICE_UNAVAILABLE', status: 503, reading: true },
    });
  });

  it('is known although one read fails once', async () => {
    await stage.arm('ListRepositories', { status: 503 });
    expect(await check(keys.alice)).toMatchObject({ ok: true });
  });

  it('comes with no owners and one edition, without a request', async () => {
    expect(await codecommit.findOwners(stage.connection(keys.alice))).toEqual({ ok: true, value: 'all' });
    expect(await codecommit.detect(stage.connection(keys.alice))).toEqual({
      ok: true,
      value: { edition: 'codecommit' },
    });
    expect(stage.calls).toEqual([]);
  });
});

describe('AWS CodeCommit: what leaves for the service', () => {
  it('is signed with the key and shows nothing of the secret', async () => {
    await check(keys.alice);
    for (const { headers, body } of stage.calls) {
      expect(headers.get('authorization')).toContain(`Credential=${keys.alice.id}/`);
      expect(leaks(`${JSON.stringify([...headers])}${body}`, [keys.alice.secret])).toEqual([]);
    }
    expect(stage.door.requests.map(({ url }) => url).sort()).toEqual([
      'https://codecommit.us-east-1.amazonaws.com/',
      'https://sts.us-east-1.amazonaws.com/',
    ]);
  });

  it('has no signed header that a proxy may change', async () => {
    await check(keys.alice);
    for (const { headers } of stage.calls)
      expect(headers.get('authorization')).not.toMatch(/content-length|user-agent;|trace-id|accept/);
  });

  it('takes nothing from the environment', async () => {
    const before = { ...process.env };
    Object.assign(process.env, {
      AWS_ACCESS_KEY_ID: keys.root.id,
      AWS_SECRET_ACCESS_KEY: keys.root.secret,
      AWS_SESSION_TOKEN: 'from the environment',
      AWS_REGION: 'eu-west-1',
      AWS_ENDPOINT_URL: 'https://evil.example',
      AWS_MAX_ATTEMPTS: '5',
    });
    try {
      expect(await check(keys.alice)).toMatchObject({ ok: true, value: { login: 'alice' } });
      expect(stage.calls.map(({ headers }) => headers.get('x-amz-security-token'))).toEqual([null, null]);
    } finally {
      process.env = before;
    }
  });

  it.each([
    ['wrong', { ...keys.alice, secret: keys.bob.secret }],
    ['right', keys.carol],
  ])('leaves no trace of the key in an answer when it is %s', async (_, key) => {
    const told = await codecommit.createBranch(stage.connection(key), { repository: 'web', name: 'x', source: 'main' });
    expect(told.ok).toBe(false);
    expect(leaks(inspect(told, { depth: 9, showHidden: true }), [key.secret, key.id])).toEqual([]);
  });
});

describe('AWS CodeCommit: when the clocks do not agree', () => {
  const alone = codeCommitService.parse({ ...codeCommitDefinition, repositories: [{ name: 'web' }] });

  it.each([
    ['late', 10 * 60_000],
    ['early', -10 * 60_000],
  ])('a %s clock is corrected once, by the service’s own, and a write is done once', async (_, off) => {
    const elsewhere = await openCodeCommitStage(alone, { now: () => new Date(Date.now() + off) });
    stage.rest();
    try {
      await elsewhere.again();
      const created = await codecommit.createBranch(elsewhere.connection(keys.alice), {
        repository: 'web',
        name: 'DEMO-1',
        source: 'main',
      });
      expect(created).toMatchObject({ ok: true, value: { name: 'DEMO-1' } });
      expect(elsewhere.operations()).toEqual(['GetBranch', 'GetBranch', 'CreateBranch']);
      elsewhere.calls.length = 0;
      const deleted = await codecommit.deleteBranch(elsewhere.connection(keys.alice), {
        repository: 'web',
        name: 'DEMO-1',
      });
      expect(deleted).toEqual({ ok: true, value: undefined });
      expect(elsewhere.calls.map(({ operation, status }) => [operation, status])).toEqual([
        ['DeleteBranch', 400],
        ['DeleteBranch', 200],
      ]);
      expect(await codecommit.checkToken(elsewhere.connection(keys.alice))).toMatchObject({ ok: true });
    } finally {
      elsewhere.rest();
      await elsewhere.close();
    }
  });

  it('a wrong secret is still a wrong secret', async () => {
    const elsewhere = await openCodeCommitStage(alone, { now: () => new Date(Date.now() + 600_000) });
    stage.rest();
    try {
      await elsewhere.again();
      const key = { ...keys.alice, secret: keys.bob.secret };
      expect(await codecommit.checkToken(elsewhere.connection(key))).toEqual({
        ok: false,
        error: { code: 'ACCESS_KEY_SECRET_WRONG' },
      });
    } finally {
      elsewhere.rest();
      await elsewhere.close();
    }
  });

  const expired = {
    status: 400,
    body: { __type: 'InvalidSignatureException', message: 'Signature expired: a is now earlier than b (c - 5 min.)' },
  };

  it.each([
    ['has no date', {}],
    ['agrees with us', { date: new Date().toUTCString() }],
  ])('is said when the answer %s', async (_, headers) => {
    await stage.arm('CreateBranch', { ...expired, headers, times: 'always' });
    const connection = stage.connection(keys.alice);
    expect(await codecommit.createBranch(connection, { repository: 'web', name: 'x', source: 'main' })).toEqual({
      ok: false,
      error: { code: 'CLOCK_SKEW' },
    });
    expect(stage.operations()).toEqual(['GetBranch', 'CreateBranch']);
  });
});

describe('AWS CodeCommit: where it is', () => {
  it.each([
    ['us-east-1', 'https://codecommit.us-east-1.amazonaws.com', 'https://us-east-1.console.aws.amazon.com'],
    ['cn-north-1', 'https://codecommit.cn-north-1.amazonaws.com.cn', 'https://cn-north-1.console.amazonaws.cn'],
    [
      'us-gov-west-1',
      'https://codecommit.us-gov-west-1.amazonaws.com',
      'https://us-gov-west-1.console.amazonaws-us-gov.com',
    ],
    ['eu-future-7', 'https://codecommit.eu-future-7.amazonaws.com', 'https://eu-future-7.console.aws.amazon.com'],
  ])('follows from the region %s, also when the console’s address was stored', (region, apiUrl, webUrl) => {
    expect(serviceAt('codecommit', region)).toMatchObject({ apiUrl, webUrl, place: `AWS ${region}` });
    expect(serviceAt('codecommit', webUrl)).toEqual(serviceAt('codecommit', region));
  });

  it.each(['', 'evil.example', 'us-east-1/x', 'us-east-1@evil', 'https://evil.example/', 'US-EAST-1', 'us east 1'])(
    'is nowhere for what is no region: %p',
    (address) => {
      expect(() => serviceAt('codecommit', address)).toThrow('never accepted');
    },
  );
});
