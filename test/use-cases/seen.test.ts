import type { Step, Tap } from 'local-forge';
import { openOffice, serviceAnswers, type Office } from './office';

let office: Office;

beforeAll(async () => (office = await openOffice()));
afterAll(() => office.close());
afterEach(() => office.usualSettings());

async function update(id: string, change: object) {
  const { value } = await office.asAdmin('load-site');
  const { name, owners, requireUserPat, projects } = value.integrations.find((one: { id: string }) => one.id === id);
  return office.asAdmin('update-integration', { id, name, owners, requireUserPat, projects, ...change });
}
const inRepository = (id: string) => ({ integrationId: id, repository: 'acme/web', search: '', name: 'DEMO-1-x' });
const looks = [
  'list-cards',
  'list-repositories',
  'list-branches',
  'search-work',
  'check-branch-name',
  'list-reviewers',
];

/** The result of a look without a token, and its requests. */
async function look(id: string, call: string, as = 'bob'): Promise<{ code: string; reached: boolean }> {
  let reached = false;
  const isFar = ({ to, keys }: Step) => to === 'service' || keys.some((key) => key.includes('-credential:'));
  const answered = serviceAnswers(500);
  const tap: Tap = (step, index) => {
    reached ||= isFar(step);
    return answered(step, index);
  };
  const answer = await office.onIssue(call, inRepository(id), { as, tap });
  return { code: answer.error?.code ?? 'ok', reached };
}
const refused = { code: 'TOKEN_REQUIRED', reached: false };

describe('People without a token', () => {
  it('see what the integration account sees where nothing is required, and nothing where a token is', async () => {
    const [free, strict] = [await office.connect(), await office.connect({ requireUserPat: true })];
    for (const call of looks)
      expect([call, await look(free, call)]).toEqual([call, expect.objectContaining({ reached: true })]);
    for (const call of looks) expect([call, await look(strict, call)]).toEqual([call, refused]);
    await office.asAdmin('save-site-settings', { requireUserPat: true });
    for (const call of looks) expect([call, await look(free, call)]).toEqual([call, refused]);
  });

  it('see nothing of it in a project either', async () => {
    const strict = await office.connect({ requireUserPat: true });
    for (const call of ['list-repositories', 'list-branches'])
      expect(
        (await office.inSettings(call, { ...inRepository(strict), projectKey: 'DEMO' }, { as: 'bob' })).error,
      ).toMatchObject({
        code: 'TOKEN_REQUIRED',
      });
  });

  it('see what an admin chose, whatever is required, and can do nothing where they see nothing', async () => {
    const [open, shut] = [await office.connect({ requireUserPat: true }), await office.connect()];
    expect((await update(open, { seenWithoutToken: 'account' })).value.integration.seenWithoutToken).toBe('account');
    expect((await update(shut, { seenWithoutToken: 'nothing' })).ok).toBe(true);
    for (const call of looks) expect((await look(open, call)).reached).toBe(true);
    for (const call of looks) expect([call, await look(shut, call)]).toEqual([call, refused]);
    const states = (await office.onIssue('load-issue', {}, { as: 'bob' })).value.integrations;
    expect(states.find((one: { id: string }) => one.id === shut).attribution.state).toBe('setup-required');
    for (const actAs of [undefined, 'integration']) {
      const made = { ...inRepository(shut), sourceBranch: 'main', ...(actAs && { actAs }) };
      expect((await office.onIssue('create-branch', made, { as: 'bob' })).error.code).toBe('TOKEN_REQUIRED');
    }
    // Another change does not change the choice.
    await update(shut, { name: `renamed ${shut}` });
    expect(await look(shut, 'list-cards')).toEqual(refused);
    const [, noted] = await office.noted({ integrationId: shut, action: 'update-integration' });
    expect(noted.changes).toEqual([{ field: 'seenWithoutToken', from: 'usual', to: 'nothing' }]);
  });

  it('make nothing once an admin chose nothing, even in the middle of an act', async () => {
    const id = await office.connect();
    await office.app.settle({ hurry: true });
    let decided: Promise<unknown> | undefined;
    const tap: Tap = ({ to, what }) => {
      if (to !== 'service' || what.startsWith('POST')) return undefined;
      decided ??= update(id, { seenWithoutToken: 'nothing' });
      return { kind: 'wait', until: decided.then(() => undefined) };
    };
    const made = { ...inRepository(id), name: 'DEMO-1-too-late', sourceBranch: 'main' };
    expect((await office.onIssue('create-branch', made, { as: 'bob', tap })).error.code).toBe('TOKEN_REQUIRED');
    expect(decided).toBeDefined();
    expect(office.gitHub.hasBranch('DEMO-1-too-late')).toBe(false);
  });
});

describe('Cards of what was made through the app', () => {
  const cardsOf = async (id: string, as: string): Promise<string[]> =>
    (await office.onIssue('load-issue', {}, { as })).value.cards
      .filter((card: { integrationId: string }) => card.integrationId === id)
      .map((card: { branch: string }) => card.branch);

  it('are for those who see the integration, and of owners that are ticked', async () => {
    const id = await office.connect({ saved: true });
    const made = { ...inRepository(id), name: 'DEMO-1-card', sourceBranch: 'main' };
    expect((await office.onIssue('create-branch', made)).ok).toBe(true);
    expect([await cardsOf(id, 'alice'), await cardsOf(id, 'bob')]).toEqual([['DEMO-1-card'], ['DEMO-1-card']]);
    await update(id, { seenWithoutToken: 'nothing' });
    expect([await cardsOf(id, 'alice'), await cardsOf(id, 'bob')]).toEqual([['DEMO-1-card'], []]);
    await update(id, { seenWithoutToken: 'account', owners: ['globex'] });
    expect([await cardsOf(id, 'alice'), await cardsOf(id, 'bob')]).toEqual([[], []]);
  });
});

describe('Where branches were searched', () => {
  it('names no repository that the service hides from the person', async () => {
    const id = await office.connect({ saved: true });
    for (const repository of ['acme/hidden', 'acme/web'])
      office.put(`work:10100:${id}-${repository.length}`, {
        ...{ kind: 'branch', integrationId: id, repository, url: '', title: 'x', branch: 'x' },
      });
    const nodes = { refs: { nodes: [] } };
    const answerFor = (repositories: Record<string, unknown>) =>
      serviceAnswers(200, JSON.stringify({ data: { search: { nodes: [] }, ...repositories } }));
    const tap = answerFor({ r0: null, p0: null, r1: nodes, p1: nodes });
    const { value } = await office.onIssue('list-cards', { integrationId: id }, { tap });
    expect(value.searched).toHaveLength(1);
    const all = await office.onIssue(
      'list-cards',
      { integrationId: id },
      { tap: answerFor({ r0: nodes, p0: nodes, r1: nodes, p1: nodes }) },
    );
    expect(all.value.searched).toHaveLength(2);
  });
});

describe('In the user settings', () => {
  const shownTo = async (as: string): Promise<string[]> =>
    (await office.inSettings('load-user-settings', {}, { as })).value.integrations.map((one: { id: string }) => one.id);

  it('an integration is there that is open to a project one can see, or has a token of one’s own', async () => {
    const [open, hidden] = [
      await office.connect({ projects: ['DEMO'] }),
      await office.connect({ projects: ['SECRET'] }),
    ];
    expect(await shownTo('bob')).toContain(open);
    expect(await shownTo('bob')).not.toContain(hidden);
    const pasted = { integrationId: hidden, credential: { kind: 'token', token: 'ghp_anything' } };
    const tap: Tap = ({ to }) => {
      if (to === 'service') throw new Error('a token was sent');
      return undefined;
    };
    expect((await office.inSettings('save-token', pasted, { as: 'bob', tap })).error.code).toBe(
      'INTEGRATION_NOT_FOUND',
    );
    await update(hidden, { projects: 'all' });
    const saved = await office.connect({ saved: true });
    await update(saved, { projects: ['SECRET'] });
    expect(await shownTo('alice')).toContain(saved);
    expect(await shownTo('bob')).not.toContain(saved);
  });
});
