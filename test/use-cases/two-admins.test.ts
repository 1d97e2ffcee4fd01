import { tokens } from '../../rig/github-tokens';
import type { Step, Tap } from 'local-forge';
import { isCount } from '../../rig/trials/consistency';
import { everythingOn, openOffice, token, type Office } from './office';

let office: Office;

beforeAll(async () => (office = await openOffice()));
afterAll(() => office.close());
afterEach(() => office.usualSettings());

/** Holds all steps of a kind until they are released; `reached` resolves once one is held. */
function holding(isIt: (step: Step) => boolean) {
  let letGo = (): void => undefined;
  let arrive = (): void => undefined;
  const until = new Promise<void>((resolve) => (letGo = resolve));
  const reached = new Promise<void>((resolve) => (arrive = resolve));
  const tap: Tap = (step) => {
    if (!isIt(step)) return undefined;
    arrive();
    return { kind: 'wait', until };
  };
  return { tap, reached, letGo: () => letGo() };
}
const isStored = ({ to, writes, keys }: Step) =>
  to === 'storage' && writes && !keys.some((key) => /^activity/.test(key));
const isPost = ({ to, what }: Step) => to === 'service' && what.startsWith('POST');
const asksService = ({ to }: Step) => to === 'service';
/** The read right before the integration account writes: the second one of an admin's decisions. */
function looksAgain(what: RegExp) {
  let times = 0;
  return ({ keys }: Step) => keys.some((key) => what.test(key)) && (times += 1) > 1;
}

/** Runs one act to its end while another is held at one of its steps. */
async function during(
  isIt: (step: Step) => boolean,
  held: (tap: Tap) => Promise<any>,
  meanwhile: () => Promise<any>,
): Promise<any> {
  const hold = holding(isIt);
  const answer = held(hold.tap);
  await hold.reached;
  expect((await meanwhile()).ok).toBe(true);
  hold.letGo();
  return answer;
}

const options = { name: '', owners: ['acme'], requireUserPat: false, projects: 'all' };
const update = (id: string, more: object = {}, tap?: Tap) =>
  office.asAdmin('update-integration', { id, ...options, name: id, ...more }, tap && { tap });
const shown = async (id: string) =>
  (await office.asAdmin('load-site')).value.integrations.find((one: any) => one.id === id);
const settle = () => office.app.settle({ hurry: true });
const branch = (integrationId: string, name: string, more: object = {}) => ({
  ...{ integrationId, repository: 'acme/web', sourceBranch: 'main', name, ...more },
});

describe('An answer to one admin is not undone by another', () => {
  it('when the site requires tokens while its branch name rule is saved', async () => {
    const rule = { template: '${issuekey}_x', separator: '_', maxBytes: 99 };
    await during(
      isStored,
      (tap) => office.asAdmin('save-branch-name-rule', rule, { tap }),
      () => office.asAdmin('save-site-settings', { requireUserPat: true }),
    );
    const { settings, branchName } = (await office.asAdmin('load-site')).value;
    expect(settings).toEqual({ ...everythingOn, requireUserPat: true });
    expect(branchName).toEqual(rule);
  });

  it.each([
    ['a switch', (id: string, tap: Tap) => office.asAdmin('switch-integration', { id, enabled: true }, { tap })],
    ['a rename', (id: string, tap: Tap) => update(id, { name: `renamed ${id}` }, tap)],
    ['a new credential', (id: string, tap: Tap) => update(id, { credential: token(tokens.bot) }, tap)],
  ])('when an integration requires tokens, or is disconnected, during %s', async (_, act) => {
    const [required, gone] = [await office.connect(), await office.connect({ saved: true })];
    await during(
      isStored,
      (tap) => act(required, tap),
      () => update(required, { requireUserPat: true }),
    );
    expect((await shown(required)).requireUserPat).toBe(true);
    await during(
      isStored,
      (tap) => act(gone, tap),
      () => office.asAdmin('disconnect-integration', { id: gone }),
    );
    expect((await shown(gone)).status).toBe('disconnecting');
    await settle();
    expect(await shown(gone)).toBeUndefined();
    expect(office.app.entries.secretKeys('acme').filter((key) => key.includes(gone))).toEqual([]);
  });

  it('when it is disabled while its credential is replaced', async () => {
    const id = await office.connect();
    await during(
      asksService,
      (tap) => update(id, { credential: token(tokens.bot) }, tap),
      () => office.asAdmin('switch-integration', { id, enabled: false }),
    );
    expect((await shown(id)).status).toBe('disabled');
  });

  it('when two change two fields, or the credential, at the same time', async () => {
    const id = await office.connect();
    await update(id);
    await during(
      isStored,
      (tap) => update(id, { projects: ['DEMO'], credential: token(tokens.aliceEndless) }, tap),
      () => update(id, { name: `named ${id}`, credential: token(tokens.bot) }),
    );
    await settle();
    expect(await shown(id)).toMatchObject({ name: `named ${id}`, projects: ['DEMO'], status: 'connected' });
  });
});

describe('An edit form that another admin has overtaken', () => {
  it('is refused with the other admin’s name, and changes nothing', async () => {
    const id = await office.connect();
    const { revision } = await shown(id);
    expect((await update(id, { requireUserPat: true, revision })).ok).toBe(true);
    const late = await update(id, { name: 'typed long ago', revision });
    expect(late.error).toEqual({ code: 'INTEGRATION_CHANGED', params: { integration: id, who: expect.any(String) } });
    expect(await shown(id)).toMatchObject({ name: id, requireUserPat: true });
    const { revision: now } = await shown(id);
    expect((await update(id, { name: 'typed anew', requireUserPat: true, revision: now })).ok).toBe(true);
  });
});

describe('Rules that another admin has changed since the form was opened', () => {
  const rule = { template: '${issuekey}_x', separator: '_', maxBytes: 99 };
  const rules = { maxDays: 30, untoldEnd: 'ask', graceDays: 0 };
  const who = expect.any(String) as unknown;

  it('of names are not undone: the form is refused with the other admin’s name, and what was seen in time is saved', async () => {
    const shown = (await office.asAdmin('load-site')).value.branchName;
    expect((await office.asAdmin('save-branch-name-rule', rule)).ok).toBe(true);
    const late = await office.asAdmin('save-branch-name-rule', { ...shown, maxBytes: 60, shown });
    expect(late.error).toEqual({ code: 'SETTINGS_CHANGED', params: { who } });
    expect((await office.asAdmin('load-site')).value.branchName).toEqual(rule);
    const again = { ...rule, maxBytes: 60 };
    expect((await office.asAdmin('save-branch-name-rule', { ...again, shown: rule })).value.branchName).toEqual(again);
  });

  it.each(['the site', 'an integration'])('of tokens of %s are not undone', async (of) => {
    const at = of === 'the site' ? {} : { integrationId: await office.connect() };
    const save = (payload: object) => office.asAdmin('save-token-rules', { ...at, ...payload });
    expect((await save({ rules, shown: null })).ok).toBe(true);
    for (const late of [{ ...rules, maxDays: 365 }, null])
      expect((await save({ rules: late, shown: null })).error).toEqual({ code: 'SETTINGS_CHANGED', params: { who } });
    const site = (await office.asAdmin('load-site')).value;
    const stored = of === 'the site' ? site.tokenRules : (await shown(at.integrationId ?? '')).tokenRules;
    expect(stored).toMatchObject(rules);
    expect((await save({ rules: null, shown: stored })).value).toEqual({ rules: null });
  });
});

describe('The activity', () => {
  it('names the changes of an admin, field by field', async () => {
    const id = await office.connect();
    const { name } = await shown(id);
    await update(id, { name: 'other name', requireUserPat: true, projects: ['OPS', 'DEMO'] });
    await office.asAdmin('save-site-settings', { requireUserPat: true });
    await office.asAdmin('save-site-settings', { requireUserPat: true });
    const [site, integration] = await office.noted();
    expect(site).toMatchObject({
      action: 'save-site-settings',
      changes: [{ field: 'requireUserPat', from: 'false', to: 'true' }],
    });
    expect(integration).toMatchObject({
      action: 'require-tokens',
      changes: [
        { field: 'name', from: name, to: 'other name' },
        { field: 'projects', from: 'all', to: 'DEMO, OPS' },
        { field: 'requireUserPat', from: 'false', to: 'true' },
      ],
    });
  });
});

describe('The integration account', () => {
  it.each([
    ['the integration requires tokens', (id: string) => update(id, { requireUserPat: true }), 'TOKEN_REQUIRED'],
    [
      'the site requires tokens',
      () => office.asAdmin('save-site-settings', { requireUserPat: true }),
      'TOKEN_REQUIRED',
    ],
    [
      'it is disabled',
      (id: string) => office.asAdmin('switch-integration', { id, enabled: false }),
      'INTEGRATION_DISABLED',
    ],
    ['it is disconnected', (id: string) => office.asAdmin('disconnect-integration', { id }), 'INTEGRATION_NOT_FOUND'],
  ])('makes nothing once %s, even in the middle of an act', async (what, decide, code) => {
    const id = await office.connect();
    await settle();
    const name = `DEMO-1-${what.replaceAll(' ', '-')}`;
    const answer = await during(
      looksAgain(what.includes('site') ? /^setting:/ : /^integration:/),
      (tap) => office.onIssue('create-branch', branch(id, name), { tap }),
      () => decide(id),
    );
    expect(answer.error.code).toBe(code);
    expect(office.gitHub.hasBranch(name)).toBe(false);
  });

  it('begins only at a branch that exists, whatever commit is sent, and its start is recorded', async () => {
    const id = await office.connect();
    // A commit of the repository that is not the head of `main`.
    office.gitHub.makeBranch('elsewhere');
    const elsewhere = await office.onIssue('create-branch', branch(id, 'DEMO-1-seen', { sourceBranch: 'elsewhere' }));
    const seen = { commit: elsewhere.value.card.commit as string, ageMs: 0 };
    const lie = branch(id, 'DEMO-1-lie', { sourceBranch: 'no/such/branch', sourceCommit: seen });
    expect((await office.onIssue('create-branch', lie)).error.code).toBe('SOURCE_BRANCH_MISSING');
    const made = await office.onIssue('create-branch', branch(id, 'DEMO-1-true', { sourceCommit: seen }));
    expect(made.value.card.commit).not.toBe(seen.commit);
    const [noted] = await office.noted({ integrationId: id });
    expect(noted).toMatchObject({ branch: 'DEMO-1-true', source: 'main', commit: made.value.card.commit });
  });

  it('deletes a branch with the key as a separate word, or one that is still at its first commit', async () => {
    const id = await office.connect();
    const erase = async (name: string) => {
      office.gitHub.makeBranch(name);
      const asked = { integrationId: id, repository: 'acme/web', branch: name };
      return (await office.onIssue('delete-branch', asked)).error?.code ?? 'deleted';
    };
    for (const name of ['DEMO-1', 'fix/demo-1_x', 'a-DEMO-1-b', 'fix_DEMO-1', '2026_demo-1'])
      expect([name, await erase(name)]).toEqual([name, 'deleted']);
    for (const name of ['demo-1.9', 'other_demo-1-x', 'OTHER_DEMO-1', 'x.DEMO-1'])
      expect([name, await erase(name)]).toEqual([name, 'BRANCH_NOT_OF_ISSUE']);
    expect((await office.onIssue('create-branch', branch(id, 'no-key'))).ok).toBe(true);
    expect(await erase('no-key')).toBe('BRANCH_NOT_OF_ISSUE');
  });
});

describe('Refusals of our own rules', () => {
  it('are recorded once a minute, person and kind, with names that are cut; acts are always recorded', async () => {
    const id = await office.connect();
    const writes: string[] = [];
    const tap: Tap = (step) => void (step.writes && step.to === 'storage' && !isCount(step) && writes.push(step.what));
    const name = `DEMO-1-${'~'.repeat(900)}`;
    for (let time = 0; time < 5; time += 1) {
      writes.length = 0;
      const { error } = await office.onIssue('create-branch', branch(id, name), { tap });
      expect(error.code).toBe('BRANCH_NAME_INVALID');
    }
    expect(writes).toEqual([]);
    expect((await office.onIssue('create-branch', branch(id, 'x/../y'), { as: 'bob' })).error.code).toBe(
      'BRANCH_NAME_INVALID',
    );
    const noted = await office.noted({ integrationId: id, outcome: 'refused' });
    const people: string[] = noted.map(({ person }) => person.name);
    // A minute may begin meanwhile.
    expect(people.filter((one) => one.startsWith('Alice')).length).toBeLessThanOrEqual(2);
    expect(new Set(people).size).toBe(2);
    expect(Math.max(...noted.map((one) => one.branch.length))).toBe(255);
  });
});

describe('At the door', () => {
  it('a branch or a repository in another meaning is refused before any request', async () => {
    const id = await office.connect();
    const refused = async (more: object) => {
      const asked = { ...branch(id, 'DEMO-1-x'), targetBranch: 'main', title: 'DEMO-1', ...more };
      let reached = false;
      const tap: Tap = (step) => void (reached ||= isPost(step) || asksService(step));
      const { error } = await office.onIssue('create-pull-request', asked, { tap });
      expect(reached).toBe(false);
      return error.code;
    };
    expect(await refused({ sourceBranch: 'mallory:main' })).toBe('INVALID_INPUT');
    expect(await refused({ sourceBranch: 'develop', repository: 'acme/web/harmless' })).toBe(
      'REPOSITORY_NOT_OF_INTEGRATION',
    );
    for (const one of ['.', '..', 'a/b'])
      expect(await refused({ sourceBranch: 'develop', reviewers: [one] })).toBe('INVALID_INPUT');
  });

  it('a password is no token of a person, and a disabled integration accepts none', async () => {
    const id = await office.connect();
    const save = async (credential: object) =>
      (await office.inSettings('save-token', { integrationId: id, credential })).error?.code;
    expect(await save({ kind: 'password', user: 'alice', password: tokens.alice })).toBe('INVALID_INPUT');
    await office.asAdmin('switch-integration', { id, enabled: false });
    expect(await save(token(tokens.alice))).toBe('INTEGRATION_DISABLED');
    const own = (await office.inSettings('load-user-settings')).value.integrations.find((one: any) => one.id === id);
    expect(own.disabled).toBe(true);
  });

  it('names that every object has are no calls, for anybody', async () => {
    for (const call of Object.getOwnPropertyNames(Object.prototype))
      for (const as of ['alice', 'anonymous']) await expect(office.onIssue(call, {}, { as })).rejects.toThrow();
  });

  it('a forged cursor shows a person without the right nothing of storage', async () => {
    const asked = { cursor: '0:not-a-cursor' };
    expect((await office.asAdmin('list-activity', asked, { as: 'alice' })).error.code).toBe('NOT_ADMIN');
  });
});
