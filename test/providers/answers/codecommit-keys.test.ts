import type { PastedCredential } from '../../../src/domain/credential';
import type { Provider } from '../../../src/providers/provider';
import type { Reply, ScriptedService } from '../../support/scripted-service';
import { caller, connection, failure, key, openAws, operationOf, refused, refusedInXml } from './codecommit';

let service: ScriptedService;
let codecommit: Provider;

beforeAll(async () => {
  ({ codecommit } = await import('../../../src/providers/codecommit'));
  service = await openAws();
});
afterAll(() => service.close());

const alice = 'arn:aws:iam::111122223333:user/developers/alice';
const listed = { body: { repositories: [] } };
const identity = { login: 'alice', accountId: alice, expiresAt: 'never', missingScopes: [], bot: false };
const check = (credential?: PastedCredential) => codecommit.checkToken(connection(credential));

describe('The owner of an access key', () => {
  it('comes from the token service, for a key that opens CodeCommit', async () => {
    service.play({ GetCallerIdentity: caller(alice), ListRepositories: listed });
    expect(await check()).toEqual({ ok: true, value: identity });
    expect(service.asked.map(operationOf).sort()).toEqual(['GetCallerIdentity', 'ListRepositories']);
    for (const { headers } of service.asked) {
      expect(headers['authorization']).toContain('Credential=AKIAAAAAAAAAAAAAAAAA/');
      expect(headers['authorization']).toContain('/us-east-1/');
      expect(headers['authorization']).not.toMatch(/content-length|x-amzn-trace-id/);
      expect(headers['user-agent']).toContain('undersigned-for-jira');
    }
  });

  it('does not depend on blanks around the pasted key', async () => {
    service.play({ GetCallerIdentity: caller(alice), ListRepositories: listed });
    const { id, secret } = key;
    expect(await check({ kind: 'access-key', id: ` ${id}\n`, secret: `\t${secret} ` })).toMatchObject({ ok: true });
    expect(service.asked[0]?.headers['authorization']).toContain(`Credential=${id}/`);
  });

  it('is requested in the partition of the region', async () => {
    const arn = 'arn:aws-cn:iam::111122223333:user/li';
    service.play({ GetCallerIdentity: caller(arn), ListRepositories: listed });
    const answer = await codecommit.checkToken(connection(key, 10_000, 'cn-north-1'));
    expect(answer).toMatchObject({ ok: true, value: { login: 'li', accountId: arn } });
  });

  it('comes with the missing rights for a list of repositories', async () => {
    const message = `User: ${alice} is not authorized to perform: codecommit:ListRepositories because no policy`;
    service.play({ GetCallerIdentity: caller(alice), ListRepositories: refused('AccessDeniedException', message) });
    expect(await check()).toEqual({
      ok: true,
      value: { ...identity, missingScopes: ['codecommit:ListRepositories'] },
    });
    service.play({ GetCallerIdentity: caller(alice), ListRepositories: refused('RegionDisabledException') });
    expect(await check()).toEqual(failure('ACCESS_KEY_ELSEWHERE'));
  });

  it.each([
    ['arn:aws-cn:iam::111122223333:user/alice', 'ACCESS_KEY_ELSEWHERE'],
    ['arn:aws:iam::111122223333:root', 'ACCESS_KEY_ROOT'],
    ['arn:aws:sts::111122223333:assumed-role/dev/alice', 'ACCESS_KEY_TEMPORARY'],
    ['arn:aws:iam::111122223333:', 'NOT_AN_API_ANSWER'],
  ])('can’t be somebody without access here: %s', async (arn, code) => {
    service.play({ GetCallerIdentity: caller(arn), ListRepositories: listed });
    expect(await check()).toEqual(failure(code));
  });

  it.each<[string, PastedCredential, string]>([
    ['a temporary one', { ...key, id: `ASIA${'A'.repeat(16)}` }, 'ACCESS_KEY_TEMPORARY'],
    ['swapped', { ...key, id: key.secret, secret: key.id }, 'ACCESS_KEY_SWAPPED'],
    ['a sentence', { ...key, id: 'my access key, please' }, 'AUTH_INVALID'],
    ['too short', { ...key, id: 'AKIAAAAAAAAAAAA' }, 'AUTH_INVALID'],
    ['too long', { ...key, id: `AKIA${'A'.repeat(125)}` }, 'AUTH_INVALID'],
    ['beyond ASCII', { ...key, secret: 'gehéim' }, 'AUTH_INVALID'],
    ['with a blank in its secret', { ...key, secret: 'a b' }, 'AUTH_INVALID'],
    ['without a secret', { ...key, secret: '' }, 'AUTH_INVALID'],
    ['another kind of credential', { kind: 'token', token: 'ghp_x' }, 'AUTH_INVALID'],
  ])('is not requested for %s', async (_, credential, code) => {
    service.play({ GetCallerIdentity: caller(alice), ListRepositories: listed });
    expect(await check(credential)).toEqual(failure(code));
    expect(service.asked).toEqual([]);
  });

  it('may have two ids, then none is swapped', async () => {
    service.play({ GetCallerIdentity: caller(alice), ListRepositories: listed });
    expect(await check({ ...key, secret: key.id })).toMatchObject({ ok: true });
  });

  it.each([
    ['ExpiredToken', 'AUTH_EXPIRED'],
    ['InvalidClientTokenId', 'AUTH_INVALID'],
    ['SignatureDoesNotMatch', 'ACCESS_KEY_SECRET_WRONG'],
    ['AccessDenied', 'PERMISSION_DENIED'],
  ])('is unknown: %s is %s', async (type, code) => {
    service.play({ GetCallerIdentity: refusedInXml(type), ListRepositories: listed });
    expect(await check()).toMatchObject(failure(code));
  });

  it('has one edition and no owners, without a request', async () => {
    service.play({});
    expect(await codecommit.detect(connection())).toEqual({ ok: true, value: { edition: 'codecommit' } });
    expect(await codecommit.findOwners(connection())).toEqual({ ok: true, value: 'all' });
    expect(service.asked).toEqual([]);
  });
});

const SAID = expect.stringContaining('is not authorized to perform') as string;

describe('What CodeCommit refuses', () => {
  const list = () => codecommit.listBranches(connection(), { repository: 'web', search: '' });

  it.each([
    ['UnrecognizedClientException', 'AUTH_INVALID'],
    ['InvalidClientTokenIdException', 'AUTH_INVALID'],
    ['IncompleteSignatureException', 'AUTH_INVALID'],
    ['MissingAuthenticationTokenException', 'AUTH_INVALID'],
    ['ExpiredTokenException', 'AUTH_EXPIRED'],
    ['OptInRequired', 'ACCESS_KEY_ELSEWHERE'],
    ['RepositoryDoesNotExistException', 'REPOSITORY_NOT_FOUND'],
    ['InvalidRepositoryNameException', 'REPOSITORY_NOT_FOUND'],
    ['EncryptionKeyDisabledException', 'ENCRYPTION_KEY_UNAVAILABLE'],
    ['com.amazonaws.codecommit#BranchDoesNotExistException', 'BRANCH_MISSING'],
  ])('%s is %s', async (type, code) => {
    service.play({ ListBranches: refused(type) });
    expect(await list()).toEqual(failure(code));
  });

  it('is unexplained in any other case', async () => {
    service.play({ ListBranches: refused('SomethingElse', '', 418) });
    expect(await list()).toEqual(failure('REQUEST_REFUSED', { status: 418 }));
    service.play({ ListBranches: { status: 500, body: '<html>' } });
    expect(await list()).toEqual(failure('UNEXPECTED_ANSWER', { status: 500, reading: true }));
    service.play({ ListBranches: { body: '<html>' } });
    expect(await list()).toEqual(failure('NOT_AN_API_ANSWER'));
    service.play({ ListBranches: { body: { branches: 7 } } });
    expect(await list()).toEqual(failure('NOT_AN_API_ANSWER'));
  });

  it('is repeated once for a read, when the service only failed for a moment', async () => {
    const failed: Reply = { status: 503, body: { __type: 'ServiceUnavailable' } };
    service.play({ ListBranches: [failed, { body: { branches: ['main'] } }] });
    expect(await list()).toEqual({ ok: true, value: { items: [{ name: 'main' }] } });
    service.play({
      GetCallerIdentity: [failed, caller('arn:aws:iam::111122223333:user/alice')],
      ListRepositories: { body: {} },
    });
    expect(await codecommit.checkToken(connection())).toMatchObject({ ok: true });
    service.play({ DeleteBranch: failed, GetBranch: failed });
    expect(await codecommit.deleteBranch(connection(), { repository: 'web', name: 'x' })).toMatchObject({ ok: false });
    expect(service.asked.filter((one) => operationOf(one) === 'DeleteBranch')).toHaveLength(1);
  });

  it('does not count when the answer is cut off, or of another shape', async () => {
    service.play({ ListBranches: { body: '{"branches": ["ma' } });
    expect(await list()).toEqual(failure('NOT_AN_API_ANSWER'));
    service.play({ ListBranches: { status: 400, body: '{"__type": "Some' } });
    expect(await list()).toEqual(failure('REQUEST_REFUSED', { status: 400 }));
    service.play({ ListBranches: { body: '[]' } });
    expect(await list()).toEqual(failure('NOT_AN_API_ANSWER'));
  });

  it.each([
    'Throttling',
    'ThrottlingException',
    'ThrottledException',
    'TooManyRequestsException',
    'RequestLimitExceeded',
    'LimitExceededException',
  ])('%s is over in ten seconds', async (type) => {
    service.play({ ListBranches: refused(type) });
    const answer: any = await list();
    expect(answer).toMatchObject(failure('RATE_LIMITED'));
    expect(Math.abs(Date.parse(answer.error.retryAt) - Date.now() - 10_000)).toBeLessThan(2_000);
  });

  const denied = (policy?: string) => ({ code: 'ACCOUNT_POLICY_DENIED', ...(policy && { policy }), said: SAID });
  it.each<[string, object]>([
    [
      'codecommit:ListBranches on resource: x because no identity-based policy',
      { code: 'SCOPE_MISSING', missing: ['codecommit:ListBranches'] },
    ],
    ['codecommit:CreateBranch on resource: x with an explicit deny in an identity-based policy', denied('identity')],
    ['codecommit:CreateBranch with an explicit deny in an identity-based policy: …/ForceMFA', denied('mfa')],
    ['codecommit:DeleteBranch on resource: x with an Explicit Deny', denied()],
    ['codecommit:CreateBranch with an explicit deny in a service control policy', denied('service-control')],
    ['codecommit:CreateBranch because no service control policy allows it', denied('service-control')],
    ['codecommit:CreateBranch with an explicit deny in a permissions boundary', denied('boundary')],
    ['codecommit:CreateBranch with an explicit deny in a resource-based policy', denied('resource')],
    ['codecommit:CreateBranch because no session policy allows it', denied()],
    ['kms:Decrypt because no', { code: 'ENCRYPTION_KEY_UNAVAILABLE' }],
    ['nothing', { code: 'PERMISSION_DENIED', said: SAID }],
  ])('because one is not authorized to perform %s: %j', async (what, error) => {
    service.play({ ListBranches: refused('AccessDeniedException', `User: x is not authorized to perform: ${what}`) });
    expect(await list()).toEqual({ ok: false, error });
  });

  it.each([
    ['Signature expired: 20261120T000000Z is now earlier than', 'CLOCK_SKEW'],
    ['Signature not yet current: 20261120T000000Z is still later than', 'CLOCK_SKEW'],
    ['The request signature we calculated does not match', 'ACCESS_KEY_SECRET_WRONG'],
  ])('a signature: “%s” is %s', async (message, code) => {
    service.play({ ListBranches: refused('InvalidSignatureException', message) });
    expect(await list()).toEqual(failure(code));
    expect(service.asked).toHaveLength(1);
  });

  it('a signature for the wrong clock is set right by the service’s own, once', async () => {
    const headers = { date: new Date(Date.now() + 3_600_000).toUTCString() };
    const skewed = {
      status: 400,
      headers,
      body: { __type: 'InvalidSignatureException', message: 'Signature expired' },
    };
    service.play({ ListBranches: [skewed, { body: { branches: ['main'] } }] });
    expect(await list()).toEqual({ ok: true, value: { items: [{ name: 'main' }] } });
    service.play({
      ListBranches: [skewed, { ...skewed, headers: { date: new Date(Date.now() - 3_600_000).toUTCString() } }],
    });
    expect(await list()).toEqual(failure('CLOCK_SKEW'));
    expect(service.asked).toHaveLength(2);
  });
});
