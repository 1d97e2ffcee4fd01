import { withoutCredential } from '../../src/providers/scrub';

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
