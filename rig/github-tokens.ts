import { createHash } from 'node:crypto';

/** A token of GitHub's shape, the same for the same name: tests know it, nobody else uses it. */
function classic(name: string): string {
  return `ghp_${createHash('sha512').update(name).digest('hex').slice(0, 36)}`;
}

function fineGrained(name: string): string {
  const hex = createHash('sha512').update(name).digest('hex');
  return `github_pat_${hex.slice(0, 22)}_${hex.slice(22, 81)}`;
}

export const tokens = {
  bot: classic('bot'),
  alice: classic('alice'),
  aliceEndless: classic('alice endless'),
  alicePublic: classic('alice public_repo only'),
  aliceNoScope: classic('alice without scopes'),
  aliceExpired: classic('alice expired'),
  aliceRevoked: classic('alice revoked'),
  aliceFine: fineGrained('alice fine-grained'),
  aliceFineRead: fineGrained('alice fine-grained, read only'),
  bob: classic('bob'),
  carol: classic('carol'),
} as const;
