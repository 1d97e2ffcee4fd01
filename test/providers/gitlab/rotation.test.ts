import { gitlab } from '../../../src/providers/gitlab';
import { renewsTokens } from '../../../src/providers/gitlab/links';
import { tokens } from '../../support/gitlab-world';
import { kinds, useInstallation } from './connected';

const DAY_MS = 86_400_000;
const dayIn = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);

describe.each(kinds)('A token of %s', (_, kind) => {
  const at = useInstallation(kind);
  const rotate = (token: string, maxDays?: number) => gitlab.rotateToken?.(at.as(token), { maxDays });
  const isNew = kind.version === 'current';

  it('may be renewed with the scope for it, since 16.10', () => {
    const { service } = at.as(tokens.alice);
    expect(renewsTokens(service, ['api'])).toBe(isNew);
    expect(renewsTokens(service, ['read_api', 'self_rotate'])).toBe(isNew);
    expect(renewsTokens(service, ['read_api'])).toBe(false);
    expect(renewsTokens(service, undefined)).toBe(false);
  });

  if (!isNew) return;

  it('is replaced once, by one with the requested day', async () => {
    const made = await rotate(tokens.bob, 3);
    expect(made).toMatchObject({ ok: true, value: { expiresAt: `${dayIn(3)}T00:00:00.000Z` } });
    const token = made?.ok && made.value.credential.kind === 'token' ? made.value.credential.token.reveal() : '';
    expect((await at.gitlab.api('GET', 'user', { token })).status).toBe(200);
    expect((await at.gitlab.api('GET', 'user', { token: tokens.bob })).status).toBe(401);
    expect(String(made?.ok && made.value.credential.kind === 'token' && made.value.credential.token)).toBe('[secret]');
    // As at GitLab: the use of the old token revokes the new one, too.
    expect(await rotate(tokens.bob)).toMatchObject({ ok: false, error: { code: 'AUTH_INVALID' } });
    expect((await at.gitlab.api('GET', 'user', { token })).status).toBe(200);
    const again = await at.gitlab.api('POST', 'personal_access_tokens/self/rotate', { token: tokens.bob });
    expect(again.status).toBe(401);
    expect((await at.gitlab.api('GET', 'user', { token })).status).toBe(401);
  });

  it('would expire after a week without a requested day, and remains when a day is refused', async () => {
    const path = 'personal_access_tokens/self/rotate';
    const refused = await at.gitlab.api('POST', path, { token: tokens.carol, body: { expires_at: dayIn(400) } });
    expect(refused.status).toBe(400);
    expect((await at.gitlab.api('GET', 'user', { token: tokens.carol })).status).toBe(200);
    const made = await at.gitlab.api('POST', path, { token: tokens.carol });
    expect(made).toMatchObject({ status: 200, body: { expires_at: dayIn(7) } });
  });

  it('remains with a scope that is not enough', async () => {
    expect(await rotate(tokens.aliceRead)).toMatchObject({ ok: false, error: { code: 'SCOPE_MISSING' } });
    expect((await at.gitlab.api('GET', 'user', { token: tokens.aliceRead })).status).toBe(200);
  });
});
