import { smithyJudge } from '../oracles/smithy-judge';
import { keys } from '../support/codecommit-world';
import { answerOf, NOON, sha256, signed, useCodeCommit, type Signing } from '../support/simulated-codecommit';

const stsJudge = smithyJudge('codecommit/sts-2011-06-15.json');
const web = { repositoryName: 'web' };
const simulated = useCodeCommit();
const { call, whoAmI } = simulated;

describe('a simulated CodeCommit: signatures', () => {
  it('accepts a request signed with a known key', async () => {
    expect(await call('GetRepository', web)).toMatchObject({ status: 200 });
  });

  const minutes = (count: number) => new Date(NOON.getTime() + count * 60_000);

  it.each<[string, Signing, string, RegExp]>([
    [
      'nobody knows',
      { key: { id: 'AKIAQQQQQQQQQQQQQQQQ', secret: 'x' } },
      'UnrecognizedClientException',
      /token.*invalid/,
    ],
    ['was switched off', { key: keys.aliceOff }, 'UnrecognizedClientException', /token.*invalid/],
    [
      'has another secret',
      { key: { ...keys.alice, secret: keys.bob.secret } },
      'InvalidSignatureException',
      /does not match/,
    ],
    ['is for another region', { region: 'eu-west-1' }, 'InvalidSignatureException', /scoped to a valid region/],
    ['is too late', { at: minutes(-6) }, 'InvalidSignatureException', /Signature expired: 20260120T115400Z/],
    ['is too early', { at: minutes(6) }, 'InvalidSignatureException', /Signature not yet current/],
    [
      'lies about its body',
      { headers: { 'x-amz-content-sha256': sha256('other') } },
      'InvalidSignatureException',
      /does not match/,
    ],
  ])('refuses one whose key or time %s', async (_, signing, type, message) => {
    const answer = await call('GetRepository', web, signing);
    expect(answer).toMatchObject({
      status: 400,
      body: { __type: type, message: expect.stringMatching(message) as string },
    });
  });

  it.each([4, -4])('accepts one that is %i minutes off', async (off) => {
    expect(await call('GetRepository', web, { at: minutes(off) })).toMatchObject({ status: 200 });
  });

  it('refuses one whose body, header or target was changed on the way', async () => {
    const target = 'CodeCommit_20150413.GetRepository';
    const request = signed(JSON.stringify(web), { 'x-amz-target': target });
    const changed = [
      new Request(request.clone(), { body: JSON.stringify({ repositoryName: 'api' }), method: 'POST' }),
      new Request(request.clone(), {
        headers: { ...Object.fromEntries(request.headers), 'x-amz-target': 'CodeCommit_20150413.DeleteBranch' },
      }),
    ];
    for (const one of changed)
      expect((await answerOf(await simulated.handle(one))).body['__type']).toBe('InvalidSignatureException');
    expect(await simulated.handle(request)).toMatchObject({ status: 200 });
  });

  it.each([
    ['no signature', undefined, 'MissingAuthenticationTokenException'],
    ['a signature in pieces', 'AWS4-HMAC-SHA256 Credential=x', 'IncompleteSignatureException'],
    ['a bearer token', 'Bearer x', 'IncompleteSignatureException'],
  ])('refuses %s', async (_, authorization, type) => {
    const headers = {
      'x-amz-target': 'CodeCommit_20150413.GetRepository',
      ...(authorization ? { authorization } : {}),
    };
    const request = new Request('https://codecommit.us-east-1.amazonaws.com/', { method: 'POST', body: '{}', headers });
    expect((await answerOf(await simulated.handle(request))).body['__type']).toBe(type);
  });

  it('names the signer, for the log, and nobody else', async () => {
    const request = signed('{}', { 'x-amz-target': 'CodeCommit_20150413.ListRepositories' });
    expect(await simulated.accountOf(request)).toBe('alice');
    expect(await simulated.accountOf(new Request('https://codecommit.us-east-1.amazonaws.com/'))).toBeUndefined();
  });

  it('sends the time, so that a wrong clock can be corrected', async () => {
    expect((await call('GetRepository', web)).headers.get('date')).toBe('Tue, 20 Jan 2026 12:00:00 GMT');
  });
});

describe('a simulated CodeCommit: the token service', () => {
  const parse = (text: string): Record<string, string> =>
    Object.fromEntries(
      [...text.matchAll(/<(Arn|UserId|Account)>([^<]+)</g)].map(([, name = '', value = '']) => [name, value]),
    );

  it.each([
    ['a user', keys.alice, 'arn:aws:iam::111122223333:user/developers/alice'],
    ['the root user', keys.root, 'arn:aws:iam::111122223333:root'],
    ['somebody no policy allows anything', keys.carol, 'arn:aws:iam::111122223333:user/carol'],
  ])('names %s', async (_, key, arn) => {
    const answer = await whoAmI({ key });
    expect(answer.status).toBe(200);
    expect(parse(answer.text)).toMatchObject({ Arn: arn, Account: '111122223333' });
    expect(stsJudge.answer('GetCallerIdentity', parse(answer.text))).toEqual([]);
  });

  it.each<[string, Signing, string]>([
    ['an unknown key', { key: { id: 'AKIAQQQQQQQQQQQQQQQQ', secret: 'x' } }, 'InvalidClientTokenId'],
    ['a wrong secret', { key: { ...keys.alice, secret: 'x' } }, 'SignatureDoesNotMatch'],
  ])('refuses %s in XML', async (_, signing, code) => {
    const answer = await whoAmI(signing);
    expect(answer).toMatchObject({ status: 403, text: expect.stringContaining(`<Code>${code}</Code>`) as string });
  });

  it('does nothing else', async () => {
    const request = signed('Action=GetSessionToken&Version=2011-06-15', {}, { name: 'sts' });
    expect(await simulated.handle(request)).toMatchObject({ status: 501 });
  });
});

describe('a simulated CodeCommit: policies', () => {
  it.each([
    [
      'nothing allows it',
      keys.carol,
      'GetRepository',
      web,
      'because no identity-based policy allows the codecommit:GetRepository action',
    ],
    [
      'it is another repository',
      keys.dave,
      'GetBranch',
      { repositoryName: 'fresh', branchName: 'main' },
      'because no identity-based policy',
    ],
    [
      'it is only read',
      keys.bob,
      'DeleteBranch',
      { ...web, branchName: 'develop' },
      'because no identity-based policy',
    ],
    [
      'the branch is kept',
      keys.alice,
      'DeleteBranch',
      { ...web, branchName: 'release/1.0' },
      'with an explicit deny in an identity-based policy',
    ],
    [
      'it is denied after all',
      keys.eve,
      'CreatePullRequest',
      { title: 'x', targets: [{ ...web, sourceReference: 'develop' }] },
      'with an explicit deny',
    ],
  ])('refuse when %s', async (_, key, operation, input, why) => {
    const answer = await call(operation, input, { key });
    expect(answer).toMatchObject({
      status: 400,
      body: { __type: 'AccessDeniedException', Message: expect.stringContaining(why) as string },
    });
  });

  it('let the root user do everything', async () => {
    expect(await call('DeleteBranch', { ...web, branchName: 'release/1.0' }, { key: keys.root })).toMatchObject({
      status: 200,
    });
  });
});
