import { unlimitedRates, type Step, type Tap, type Twist } from 'local-forge';
import { tokens } from '../../rig/github-world';
import { openStage, type Stage } from '../../rig/stage';
import { contradictions, tracesBesideActivity, tracesOf } from '../../rig/trials/consistency';
import { forgetPace } from '../support/forget-pace';

const alice = '712020:a11ce000-0000-4000-8000-000000000002';
const DAY_MS = 86_400_000;
const SITE = 'acme';

let stage: Stage;

/** All secrets but the key that signs tickets, which is the site's own. */
function credentialsOf(site: string): string[] {
  return stage.app.entries.secretKeys(site).filter((key) => key !== 'ticket-key');
}
let now = Date.now();

beforeEach(async () => {
  now = Date.now();
  // The clock does not move and the queues are hurried, so a minute never ends.
  const clock = { now: () => new Date(now), rates: unlimitedRates };
  stage = await openStage({ load: () => import('../../src'), ...clock });
});
afterEach(async () => {
  expect(contradictions(stage, SITE)).toEqual([]);
  await stage.close();
});

const onIssue = (call: string, payload: object, tap?: Tap) =>
  stage.app.invoke({
    as: 'alice',
    module: 'issue-context',
    call,
    payload: { issueKey: 'DEMO-1', ...payload },
    ...(tap === undefined ? {} : { tap }),
  });
const settings = async () =>
  (await stage.app.invoke({ as: 'alice', module: 'user-settings', call: 'load-user-settings' })).value.integrations;
const save = (integrationId: string, token: string) =>
  stage.app.invoke({
    as: 'alice',
    module: 'user-settings',
    call: 'save-token',
    payload: { integrationId, credential: { kind: 'token', token } },
  });
const newBranch = (integrationId: string, name: string) => ({
  integrationId,
  repository: 'acme/web',
  sourceBranch: 'main',
  name,
});
/** Makes a token on GitHub's own page, with an expiry; returns it and a way to revoke it. */
async function tokenOfGitHub(expiration: string): Promise<string> {
  const response = await stage.service.handle(
    new Request('https://github.com/settings/tokens/new', {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ account: 'alice', scopes: 'repo', expiration }).toString(),
    }),
  );
  return ((await response.json()) as { token: string }).token;
}

/** Seeds tokens the way `writeToken` leaves them, faster than saving each. */
function seedTokens(integrationId: string, count: number): void {
  const { entries } = stage.app;
  for (let i = 0; i < count; i++) {
    const accountId = `712020:${String(i).padStart(8, '0')}-0000-4000-8000-00000000abcd`;
    entries.set(SITE, 'value', `token-trail:${accountId}:${integrationId}`, '{"id":"x"}', undefined);
    entries.set(SITE, 'value', `token-holder:${integrationId}:${accountId}`, '{}', undefined);
    entries.set(
      SITE,
      'value',
      `account:${accountId}`,
      JSON.stringify({ askedAt: new Date(now).toISOString() }),
      undefined,
    );
    entries.set(SITE, 'secret', `token:${accountId}:${integrationId}`, '{"seeded":true}', undefined);
  }
}

describe('A token that expires', () => {
  it.each([
    ['7', 'ending-soon'],
    ['30', 'ending-soon'],
    ['90', 'good'],
  ])('in %s days is %s in the settings and in what the dialogs show', async (expiration, health) => {
    const integrationId = await stage.connect(SITE);
    await stage.saveToken(SITE, 'alice', integrationId, await tokenOfGitHub(expiration));
    expect((await settings())[0].attribution.token.health).toBe(health);
    const issue = await onIssue('load-issue', {});
    expect(issue.value.integrations[0].attribution.token.health).toBe(health);
  });
});

describe('A token the service refuses', () => {
  it('is marked at a definite no, its owner sees that, and a new one replaces it', async () => {
    const integrationId = await stage.connect(SITE, { requireUserPat: true });
    await stage.saveToken(SITE, 'alice', integrationId);
    const refuse: Tap = ({ to }) => (to === 'service' ? { kind: 'answer', status: 401 } : undefined);
    const refused = await onIssue('create-branch', newBranch(integrationId, 'DEMO-1-refused'), refuse);
    expect(refused.error.code).toBe('AUTH_INVALID');
    expect((await settings())[0].attribution.token.health).toBe('rejected');
    expect((await save(integrationId, tokens.aliceEndless)).value.token.health).toBe('good');
    expect((await settings())[0].attribution.token.health).toBe('good');
    expect(stage.app.entries.secretKeys(SITE).filter((key) => key.startsWith('token:'))).toHaveLength(1);
  });

  const harmless: [string, Twist][] = [
    ['500', { kind: 'answer', status: 500 }],
    ['502', { kind: 'answer', status: 502 }],
    ['503', { kind: 'answer', status: 503 }],
    ['429', { kind: 'answer', status: 429 }],
    ['403', { kind: 'answer', status: 403 }],
    ['a broken connection', { kind: 'reset' }],
  ];
  it.each(harmless)('is not marked for %s', async (_, twist) => {
    const integrationId = await stage.connect(SITE);
    await stage.saveToken(SITE, 'alice', integrationId);
    const tap: Tap = ({ to }) => (to === 'service' ? twist : undefined);
    expect((await onIssue('create-branch', newBranch(integrationId, 'DEMO-1-x'), tap)).ok).toBe(false);
    expect((await onIssue('list-repositories', { integrationId }, tap)).ok).toBe(false);
    expect((await settings())[0].attribution.token.health).toBe('good');
  });

  it.each([tokens.aliceRevoked, tokens.aliceExpired, tokens.aliceNoScope])(
    'is not saved, and the earlier one remains',
    async (bad) => {
      const integrationId = await stage.connect(SITE);
      await stage.saveToken(SITE, 'alice', integrationId);
      expect((await save(integrationId, bad)).ok).toBe(false);
      expect((await settings())[0].attribution.token).toMatchObject({ login: 'alice', health: 'good' });
    },
  );
});

describe('A token that is removed by its owner', () => {
  it('is gone at once; when its records have expired, the next report leaves nothing of the person', async () => {
    const integrationId = await stage.connect(SITE);
    await stage.saveToken(SITE, 'alice', integrationId);
    const payload = { integrationId };
    await stage.app.invoke({ as: 'alice', module: 'user-settings', call: 'remove-token', payload });
    await stage.app.settle();
    expect(tracesBesideActivity(stage, SITE, alice)).toEqual([`account:${alice}`]);
    backdateAccounts(8);
    await stage.app.run('daily-trigger');
    expect(tracesBesideActivity(stage, SITE, alice)).toEqual([`account:${alice}`]);
    now += 366 * DAY_MS;
    backdateAccounts(8);
    await stage.app.run('daily-trigger');
    expect(tracesOf(stage, SITE, alice)).toEqual([]);
  });
});

describe('A token that is removed in one tab while it is saved in another', () => {
  const remove = (integrationId: string) =>
    stage.app.invoke({ as: 'alice', module: 'user-settings', call: 'remove-token', payload: { integrationId } });
  /** Saves a token slowly, and removes it when the save has reached a point; returns whether a token is stored in the end. */
  const race = async (integrationId: string, isThere: (step: Step) => boolean, slow: (step: Step) => boolean) => {
    let removed: Promise<unknown> | undefined;
    const payload = { integrationId, credential: { kind: 'token', token: tokens.alice } };
    const tap: Tap = (step) => {
      if (removed === undefined && isThere(step))
        removed = new Promise((done) => setTimeout(done, 50)).then(() => remove(integrationId));
      return slow(step) ? { kind: 'slow', ms: 600 } : undefined;
    };
    const saved = await stage.app.invoke({ as: 'alice', module: 'user-settings', call: 'save-token', payload, tap });
    expect([saved.ok, removed === undefined]).toEqual([true, false]);
    await removed;
    await stage.app.settle({ hurry: true });
    return stage.app.entries.secretKeys(SITE).includes(`token:${alice}:${integrationId}`);
  };
  const isSecret = ({ to, writes, keys }: Step) =>
    to === 'storage' && writes && keys.some((key) => key.startsWith('token:'));

  it.each([
    ['a first one', false],
    ['in the place of another', true],
  ])('is found by its entries, which are stored before it: %s', async (_, replaces) => {
    const integrationId = await stage.connect(SITE);
    if (replaces) await stage.saveToken(SITE, 'alice', integrationId);
    expect(await race(integrationId, isSecret, isSecret)).toBe(true);
    expect(contradictions(stage, SITE)).toEqual([]);
  });

  it('is found, too, when it was removed during the check at the service', async () => {
    const integrationId = await stage.connect(SITE);
    const isService = ({ to }: Step) => to === 'service';
    expect(await race(integrationId, isService, isService)).toBe(true);
    expect(contradictions(stage, SITE)).toEqual([]);
  });
});

/** As if the last report to Atlassian was so many days ago. */
function backdateAccounts(days: number): void {
  const askedAt = new Date(Date.now() - days * DAY_MS).toISOString();
  for (const { key } of stage.app.entries.list(SITE, 'account:', undefined, 1_000_000))
    stage.app.entries.set(SITE, 'value', key, JSON.stringify({ askedAt }), undefined);
}

describe('An account that was closed', () => {
  it('is noticed within 7 days, and everything of it is erased on that site', async () => {
    const integrationId = await stage.connect(SITE);
    await stage.saveToken(SITE, 'alice', integrationId);
    await stage.saveToken(SITE, 'bob', integrationId);
    stage.app.closedAccounts.close(alice);
    await stage.app.run('daily-trigger');
    // Saved a moment ago: not due yet.
    expect(tracesOf(stage, SITE, alice)).not.toEqual([]);
    backdateAccounts(6);
    await stage.app.run('daily-trigger');
    expect(tracesOf(stage, SITE, alice)).toEqual([]);
    // Bob's token, and the integration account's credential with its copy.
    expect(credentialsOf(SITE)).toHaveLength(3);
  });

  it('loses its defaults and its name in the activity, while the acts remain', async () => {
    const integrationId = await stage.connect(SITE);
    await onIssue('save-default', { integrationId, repository: 'acme/web', branch: 'develop' });
    await onIssue('create-branch', newBranch(integrationId, 'DEMO-1-by-alice'));
    stage.app.closedAccounts.close(alice);
    backdateAccounts(6);
    await stage.app.run('daily-trigger');
    expect(tracesOf(stage, SITE, alice)).toEqual([]);
    const noted = await stage.app.invoke({ as: 'ada', module: 'manage-repositories', call: 'list-activity' });
    expect(noted.value.entries[0]).toMatchObject({ action: 'create-branch', branch: 'DEMO-1-by-alice' });
    expect(noted.value.entries[0].person).toBeUndefined();
  });

  it('is reported even when only the activity names it, and then once a cycle', async () => {
    const integrationId = await stage.connect(SITE);
    await onIssue('create-branch', newBranch(integrationId, 'DEMO-1-noted'));
    // Beside the activity, the mark that she acted without a token.
    expect(tracesBesideActivity(stage, SITE, alice)).toEqual([`acted-without:${integrationId}:${alice}`]);
    let reports = 0;
    const tap: Tap = ({ to }) => {
      if (to === 'privacy') reports++;
      return undefined;
    };
    await stage.app.run('daily-trigger', { tap });
    await stage.app.run('daily-trigger', { tap });
    expect(reports).toBe(1);
    stage.app.closedAccounts.close(alice);
    backdateAccounts(6);
    await stage.app.run('daily-trigger', { tap });
    expect(tracesOf(stage, SITE, alice)).toEqual([]);
  });

  it('is reported among at most 90 at once, one report after the other, and nobody twice within 6 days', async () => {
    const integrationId = await stage.connect(SITE);
    seedTokens(integrationId, 200);
    backdateAccounts(6);
    let running = 0;
    const reports: number[] = [];
    const tap: Tap = ({ to }) => {
      if (to === 'privacy') {
        running++;
        reports.push(running);
      } else running = 0;
      return undefined;
    };
    await stage.app.run('daily-trigger', { tap });
    expect(reports).toEqual([1, 1, 1]);
    await stage.app.run('daily-trigger', { tap });
    expect(reports).toHaveLength(3);
  });

  it('is found again after a crash at any step of the erasure', async () => {
    const integrationId = await stage.connect(SITE);
    const close = async (tap: Tap): Promise<unknown> => {
      forgetPace(stage.app, SITE);
      await stage.saveToken(SITE, 'alice', integrationId);
      await onIssue('save-default', { integrationId, repository: 'acme/web' });
      backdateAccounts(7);
      stage.app.closedAccounts.close(alice);
      return stage.app.run('daily-trigger', { tap });
    };
    let steps = 0;
    await close(() => void steps++);
    for (let at = 0; at < steps; at++) {
      const shot = close((_, index) => (index === at ? { kind: 'kill-after' } : undefined));
      await expect(shot).rejects.toMatchObject({ code: 'PLATFORM_CRASHED' });
      expect(contradictions(stage, SITE)).toEqual([]);
      await stage.app.run('daily-trigger');
      expect(tracesOf(stage, SITE, alice)).toEqual([]);
    }
    expect(steps).toBeGreaterThan(5);
  });

  it('costs nobody else their token when Atlassian refuses the report', async () => {
    const integrationId = await stage.connect(SITE);
    await stage.saveToken(SITE, 'alice', integrationId);
    backdateAccounts(7);
    const tap: Tap = ({ to }) => (to === 'privacy' ? { kind: 'answer', status: 429 } : undefined);
    await expect(stage.app.run('daily-trigger', { tap })).rejects.toMatchObject({ code: 'PLATFORM_APP_ERROR' });
    expect((await settings())[0].attribution.token.login).toBe('alice');
    stage.app.closedAccounts.close(alice);
    await stage.app.run('daily-trigger');
    expect(tracesOf(stage, SITE, alice)).toEqual([]);
  });
});

describe('Disconnecting an integration', () => {
  const disconnect = (id: string) =>
    stage.app.invoke({ as: 'ada', module: 'manage-repositories', call: 'disconnect-integration', payload: { id } });

  it('erases 10,000 tokens from a queue, although its function is killed twice', async () => {
    const integrationId = await stage.connect(SITE);
    const kept = await stage.connect(SITE, { name: 'stays' });
    await stage.saveToken(SITE, 'alice', kept);
    seedTokens(integrationId, 10_000);
    let deaths = 0;
    stage.app.tapQueues((_, index) => {
      if (index !== 400 || deaths >= 2) return undefined;
      deaths++;
      return { kind: 'kill-before' };
    });
    expect(await disconnect(integrationId)).toMatchObject({ ok: true });
    await stage.app.settle({ hurry: true });
    expect(deaths).toBe(2);
    expect(tracesBesideActivity(stage, SITE, integrationId)).toEqual([]);
    // The other integration's data: alice's token, the credential and its copy.
    expect(credentialsOf(SITE)).toHaveLength(3);
    expect((await settings())[0].attribution.token.login).toBe('alice');
  });

  it('is continued by the daily trigger when the queue lost it', async () => {
    const integrationId = await stage.connect(SITE);
    await stage.saveToken(SITE, 'alice', integrationId);
    const lose: Tap = ({ to }) => (to === 'queue' ? { kind: 'kill-before' } : undefined);
    const payload = { id: integrationId };
    const call = { as: 'ada', module: 'manage-repositories', call: 'disconnect-integration', payload, tap: lose };
    await expect(stage.app.invoke(call)).rejects.toMatchObject({ code: 'PLATFORM_CRASHED' });
    expect(await settings()).toEqual([]);
    await stage.app.run('daily-trigger');
    await stage.app.settle({ hurry: true });
    expect(tracesBesideActivity(stage, SITE, integrationId)).toEqual([]);
  });

  it('continues a minute later when storage refuses', async () => {
    const integrationId = await stage.connect(SITE);
    await stage.saveToken(SITE, 'alice', integrationId);
    let refusals = 0;
    stage.app.tapQueues(({ to, writes }) => {
      if (to !== 'storage' || !writes || refusals++ > 0) return undefined;
      return { kind: 'answer', status: 429 };
    });
    await disconnect(integrationId);
    await stage.app.settle({ hurry: true });
    expect(refusals).toBeGreaterThan(1);
    expect(tracesBesideActivity(stage, SITE, integrationId)).toEqual([]);
  });

  it('leaves no token behind that was being saved in that moment', async () => {
    const integrationId = await stage.connect(SITE);
    let disconnected: Promise<unknown> | undefined;
    const tap: Tap = ({ what }) => {
      if (what.startsWith('/api/v1/secret/set')) disconnected ??= disconnect(integrationId);
      return disconnected === undefined ? undefined : { kind: 'slow', ms: 200 };
    };
    const payload = { integrationId, credential: { kind: 'token', token: tokens.alice } };
    const saved = await stage.app.invoke({ as: 'alice', module: 'user-settings', call: 'save-token', payload, tap });
    expect(saved).toMatchObject({ ok: true });
    expect(await settings()).toEqual([]);
    // The erasure begins when no invocation that took the integration for connected can still be running.
    now += 31_000;
    await stage.app.settle();
    expect(credentialsOf(SITE)).toEqual([]);
  });
});

describe('Uninstalling', () => {
  it('erases every credential of the site, and none of another', async () => {
    const integrationId = await stage.connect(SITE);
    const elsewhere = await stage.connect('globex');
    await stage.saveToken('globex', 'alice', elsewhere);
    await stage.saveToken(SITE, 'alice', integrationId);
    await stage.connect(SITE, { name: 'with a copy that lies ready' });
    seedTokens(integrationId, 1000);
    const [last] = stage.app.manifest.preUninstall;
    await stage.app.run(last?.function ?? '');
    expect(stage.app.entries.secretKeys(SITE)).toEqual([]);
    expect(credentialsOf('globex')).toHaveLength(3);
  });
});
