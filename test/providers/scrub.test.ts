import { holdsCredential, withoutCredential, withoutTokens } from '../../src/providers/scrub';
import { traces } from '../../rig/canary';

const basic = (pair: string) => `Basic ${Buffer.from(pair).toString('base64')}`;

describe('What a service repeats of a credential', () => {
  it.each([
    ['a bearer token', { authorization: 'Bearer ghp_secret123' }, 'Bad token ghp_secret123!', 'Bad token …!'],
    ['GitLab’s own header', { 'PRIVATE-TOKEN': 'glpat-secret' }, '{"message":"glpat-secret"}', '{"message":"…"}'],
    ['the token behind Basic', { authorization: basic(':pat-secret') }, 'pat-secret of us', '… of us'],
    ['the whole header', { authorization: basic('bob:pw-secret') }, `got ${basic('bob:pw-secret')}`, 'got Basic …'],
    ['a password, but not the name', { authorization: basic('bob:pw"secret') }, 'bob: pw\\"secret', 'bob: …'],
    ['a token in an address', { authorization: 'token a+b/c=d' }, '?t=a%2Bb%2Fc%3Dd', '?t=…'],
    [
      'the key and the signature of AWS',
      { authorization: 'AWS4-HMAC-SHA256 Credential=AKIAX/2027/eu, SignedHeaders=host, Signature=abc123' },
      'AKIAX signed abc123 for host',
      '… signed … for host',
    ],
    ['nothing without a credential', {}, 'as it is', 'as it is'],
  ])('is taken out: %s', (_, headers, text, left) => {
    expect(withoutCredential(text, headers as Record<string, string>)).toBe(left);
  });
});

describe('A credential in any form', () => {
  const token = 'ghp_1q2W3e4R5t6Z7u8I9o0P';
  const headers = { authorization: `Bearer ${token}` };

  it('is found, and is taken out', () => {
    for (const form of traces(token)) {
      expect([form, holdsCredential(`{"login":"${form}"}`, headers)]).toEqual([form, true]);
      expect(withoutCredential(`before ${form} behind`, headers)).not.toContain(form);
    }
    expect(holdsCredential('{"login":"alice"}', headers)).toBe(false);
  });

  it('is not looked for where it is so short that it may be a word', () => {
    expect(holdsCredential('["main","develop"]', { authorization: basic('bob:main') })).toBe(false);
    expect(holdsCredential('["development"]', { authorization: basic('bob:development') })).toBe(false);
    expect(withoutCredential('wrong password: hunter2', { authorization: basic('bob:hunter2') })).toBe(
      'wrong password: …',
    );
  });
});

it('A password that is no word is found and taken out like a token', () => {
  const sent = { authorization: basic('bob:Blue-42sky') };
  for (const form of ['Blue-42sky', ...traces('Blue-42sky')]) {
    expect([form, holdsCredential(`{"displayName":"${form}"}`, sent)]).toEqual([form, true]);
    expect(withoutCredential(`before ${form} behind`, sent)).not.toContain(form);
  }
});

describe('What looks like a token of anybody', () => {
  it.each([
    'ghp_1q2W3e4R5t6Z7u8I9o0P',
    'github_pat_11ABCDEFG0abcdefghij_abcdef',
    'glpat-abcdefghij1234567890',
    'AKIAIOSFODNN7EXAMPLE',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0',
    Buffer.from('alice:a token of nobody 42').toString('base64'),
    'GitHubTokenR5tXy7Zk9PlmWvBq',
  ])('is taken out: %s', (token) => {
    expect(withoutTokens(`No access with ${token}.`)).not.toContain(token.slice(0, 14));
  });

  it.each([
    'Branch name must match a given regex pattern: ^(feature|bugfix)/[A-Z]{2,10}-[0-9]+.*',
    'User: arn:aws:iam::111122223333:user/Alice is not authorized to perform: codecommit:CreateBranch',
    'https://github.com/settings/personal-access-tokens/4711',
    '1446245ab51f138dc3ea82635856c9f417c12345 does not exist',
    'TF401027: You need the Git "GenericContribute" permission.',
    'acme/a-repository-with-a-long-name-2026',
    'acme/global-search-service and ASIA-PACIFIC-rollout',
    "cannot lock ref 'refs/heads/feature/DEMO-1-login-fails/again': 'refs/heads/feature/DEMO-1-login-fails' exists",
    'arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3',
    'https://github.com/organizations/Acme-Corp-2/settings/personal-access-tokens/4711',
  ])('leaves what services say: %s', (text) => {
    expect(withoutTokens(text)).toBe(text);
  });
});
