import type { Tap } from 'local-forge';
import { faultHeader } from '../../rig/faulty-service';
import { openStage, type Stage } from '../../rig/stage';
import { letOut } from '../trust/let-out';

const DAY_MS = 86_400_000;
const site = 'acme';
const alice = '712020:a11ce000-0000-4000-8000-000000000002';
let stage: Stage;
let id: string;

beforeAll(async () => {
  stage = await openStage({ load: () => import('../../src'), services: ['gitlab'], faulty: true });
});
afterAll(() => stage.close());

/** A token as GitLab's page makes it, for so many days. */
async function made(days = 20, scopes = 'api'): Promise<string> {
  const address = 'https://gitlab.com/-/user_settings/personal_access_tokens';
  const body = new URLSearchParams({ account: 'alice', name: 'x', scopes, expires_at: dayIn(days) });
  const answer = await stage.service.handle(
    new Request(address, { method: 'POST', body, headers: { accept: 'application/json' } }),
  );
  return ((await answer.json()) as { token: string }).token;
}
const dayIn = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);
const whole = (day: string) => `${day}T00:00:00.000Z`;
/** GitLab's own facts about a token. */
async function statusOf(token: string, path = 'user', method = 'GET'): Promise<number> {
  const request = new Request(`https://gitlab.com/api/v4/${path}`, { method, headers: { 'private-token': token } });
  return (await stage.service.handle(request)).status;
}
const rotation = 'personal_access_tokens/self/rotate';

async function begin(token: string): Promise<void> {
  stage.app.entries.clear(site);
  id = await stage.connect(site);
  await stage.saveToken(site, 'alice', id, token);
}
const inSettings = (call: string, payload: object = { integrationId: id }, tap?: Tap): Promise<any> =>
  stage.app.invoke({ site, as: 'alice', module: 'user-settings', call, payload, ...(tap && { tap }) });
function stored(): any {
  const entry = stage.app.entries.get(site, 'secret', `token:${alice}:${id}`);
  return JSON.parse(entry?.json ?? 'null');
}
const mine = async () => (await inSettings('load-user-settings', {})).value.integrations[0].attribution.token;
let n = 0;
const act = (): Promise<any> =>
  stage.app.invoke({
    ...{ site, as: 'alice', module: 'issue-context', call: 'create-branch' },
    payload: {
      issueKey: 'DEMO-1',
      integrationId: id,
      repository: stage.repository,
      sourceBranch: 'main',
      name: `DEMO-1-renewed-${(n += 1)}`,
    },
  });

describe('Renewing a token with one press', () => {
  it('makes GitLab create another one with the same lifetime, stores it, and continues with it', async () => {
    const old = await made(20);
    await begin(old);
    expect(await mine()).toMatchObject({ renewable: true });
    const answer = await inSettings('renew-token');
    expect(answer.value.renewed).toBe(true);
    expect(answer).toMatchObject({ ok: true, value: { token: { login: 'alice', expiresAt: whole(dayIn(20)) } } });
    expect(JSON.stringify(answer)).not.toContain('glpat-');
    const token = stored().credential.token as string;
    expect(token).not.toBe(old);
    expect([await statusOf(old), await statusOf(token)]).toEqual([401, 200]);
    expect(await act()).toMatchObject({ ok: true });
    expect(await letOut(stage, [answer, await mine()], [old, token])).toEqual([]);
    const { entries } = (
      await stage.app.invoke({ site, as: 'ada', module: 'manage-repositories', call: 'list-activity', payload: {} })
    ).value;
    expect(entries.map(({ action }: { action: string }) => action)).toContain('renew-token');
    // The next renewal is of the new one.
    expect(await inSettings('renew-token')).toMatchObject({ ok: true });
    expect(await act()).toMatchObject({ ok: true });
  });

  it('lives no longer than a rule of an admin’s allows', async () => {
    await begin(await made(20));
    await stage.app.invoke({
      ...{ site, as: 'ada', module: 'manage-repositories', call: 'save-token-rules' },
      payload: { rules: { maxDays: 5, untoldEnd: 'ask', graceDays: 30 } },
    });
    const { value } = await inSettings('renew-token');
    expect(value.token.expiresAt).toBe(whole(dayIn(5)));
    expect(value.attribution.token).not.toHaveProperty('against');
  });

  it.each([
    ['without a scope for it', 'read_api'],
    ['with one', 'read_api,self_rotate'],
  ])('is offered to a token as GitLab allows it: %s', async (_, scopes) => {
    await begin(await made(20));
    const key = `token:${alice}:${id}`;
    const changed = { ...stored(), scopes: scopes.split(',') };
    stage.app.entries.set(site, 'secret', key, JSON.stringify(changed), undefined);
    const may = scopes.includes('self_rotate');
    expect('renewable' in (await mine())).toBe(may);
    if (!may) expect(await inSettings('renew-token')).toMatchObject({ error: { code: 'TOKEN_NOT_RENEWABLE' } });
  });

  it('is done once by two who press at the same time, and both end with a token that works', async () => {
    await begin(await made());
    let rotations = 0;
    const count: Tap = ({ to, what }) => {
      if (to === 'service' && what.includes('rotate')) rotations += 1;
      return undefined;
    };
    const answers = await Promise.all([1, 2, 3].map(() => inSettings('renew-token', { integrationId: id }, count)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(rotations).toBe(1);
    expect(await act()).toMatchObject({ ok: true });
  });

  it('changes nothing where GitLab refuses, and can be tried again', async () => {
    const old = await made();
    await begin(old);
    const refused: Tap = ({ to, what }) =>
      to === 'service' && what.includes('rotate')
        ? {
            kind: 'answer',
            status: 400,
            body: '{"message":"400 Bad request - Expiration date must be before 2027-01-01"}',
          }
        : undefined;
    expect(await inSettings('renew-token', { integrationId: id }, refused)).toMatchObject({
      error: { code: 'REQUEST_REFUSED' },
    });
    expect(await statusOf(old)).toBe(200);
    const echo: Tap = ({ to, what }) =>
      to === 'service' && what.includes('rotate')
        ? { kind: 'answer', status: 400, body: JSON.stringify({ message: `400 Bad request - ${old}` }) }
        : undefined;
    expect(await letOut(stage, [await inSettings('renew-token', { integrationId: id }, echo)], [old])).toEqual([]);
    expect(await mine()).toMatchObject({ renewable: true });
    expect(await inSettings('renew-token')).toMatchObject({ ok: true });
  });

  it('of a token that was revoked marks it, and the person is led to a new one', async () => {
    const old = await made();
    await begin(old);
    expect(await statusOf(old, rotation, 'POST')).toBe(200);
    expect(await inSettings('renew-token')).toMatchObject({ error: { code: 'AUTH_INVALID' } });
    expect(await mine()).toMatchObject({ health: 'rejected' });
  });

  it.each(['reset-after', 'truncated-after', 'status-500-after'])(
    'is never repeated after an unknown outcome: %s',
    async (value) => {
      await begin(await made());
      let rotations = 0;
      const lose: Tap = ({ to, what }) => {
        if (to !== 'service' || !what.includes('rotate')) return undefined;
        rotations += 1;
        return { kind: 'header', name: faultHeader, value };
      };
      for (const _ of [1, 2])
        expect(await inSettings('renew-token', { integrationId: id }, lose)).toMatchObject({
          error: { code: 'TOKEN_RENEWAL_UNFINISHED' },
        });
      expect(rotations).toBe(1);
      expect(await mine()).toMatchObject({ renewalUnfinished: true });
      expect(await mine()).not.toHaveProperty('renewable');
      await stage.saveToken(site, 'alice', id, await made());
      expect(await mine()).toMatchObject({ renewable: true });
      expect(await act()).toMatchObject({ ok: true });
    },
  );

  it('leaves a token that works, or the advice to make a new one, at whatever step it is killed or storage fails', async () => {
    for (const twist of [{ kind: 'kill-before' }, { kind: 'kill-after' }, { kind: 'answer', status: 500 }] as const) {
      for (let step = 0; ; step += 1) {
        await begin(await made());
        const old = stored().credential.token as string;
        let steps = 0;
        const spoil: Tap = () => (steps++ === step ? twist : undefined);
        await inSettings('renew-token', { integrationId: id }, spoil).catch(() => undefined);
        if (steps <= step) break;
        const shown = await mine();
        const acted = await act();
        const isTold = shown.renewalUnfinished === true || acted.error?.code === 'AUTH_INVALID';
        expect({ twist, step, fine: acted.ok === true || isTold }).toEqual({ twist, step, fine: true });
        // Pressing again never rotates a token that was rotated.
        const isDead = (await statusOf(old)) === 401 && stored().credential.token === old;
        let again = 0;
        const count: Tap = ({ to, what }) => {
          if (to === 'service' && what.includes('rotate')) again += 1;
          return undefined;
        };
        await inSettings('renew-token', { integrationId: id }, count);
        if (isDead) expect({ twist, step, again }).toEqual({ twist, step, again: 0 });
      }
    }
  });
});
