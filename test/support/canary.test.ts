import { leaks } from '../../rig/canary';

const secret = 'ghp_0123456789abcdefghijABCDEFGHIJ012345';

describe('The search for leaked secrets', () => {
  it.each([
    ['plain', `token ${secret}!`],
    ['in base64', Buffer.from(secret).toString('base64')],
    ['as the password of Basic credentials', `Basic ${Buffer.from(`alice:${secret}`).toString('base64')}`],
    ['as Basic credentials with a name of another length', `Basic ${Buffer.from(`bob:${secret}`).toString('base64')}`],
    ['as Basic credentials without a name', `Basic ${Buffer.from(`:${secret}`).toString('base64')}`],
    ['in base64 for URLs', Buffer.from(`?>?>${secret}`).toString('base64url')],
    ['in hex', Buffer.from(secret).toString('hex')],
    ['in an address', `https://x.example/?t=${encodeURIComponent(secret)}`],
  ])('finds an existing one %s', (_, text) => {
    expect(leaks(text, ['other-secret-value', secret])).toEqual([1]);
  });

  it('finds nothing where there is nothing', () => {
    expect(leaks('ghp_ and some base64 Z2hwXw==', [secret])).toEqual([]);
  });
});
