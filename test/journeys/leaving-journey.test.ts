import type { FrameLocator, Page, Route } from 'playwright-core';
import { actsAtOnce } from '../support/acts-at-once';
import { app, openStage, type Stage } from '../support/browser-stage';
import { choose } from '../support/steps';
import { byDay, whole } from '../support/whole';
import { exits, type Write } from '../support/ways-out';
import { type Ground, groundOf, writesOn } from '../support/writes';

let stage: Stage;
let ground: Ground;

beforeAll(async () => {
  stage = await openStage();
  ground = await groundOf(stage);
});

beforeEach(() => stage.sandbox.forgetPace());
afterAll(() => stage.close());

/** Before the call was sent; when it is done and not answered; or it fails. */
type Moment = 'request' | 'answer' | 'failure';
type Held = { reached: Promise<void>; goOn: () => Promise<void> };

const refusal = { result: { ok: false, error: { code: 'STORAGE_BUSY', params: {} } } };

/** Holds the next call of this name at a moment. */
async function holdCall(page: Page, name: string, moment: Moment): Promise<Held> {
  const [gate, reached, ended] = [0, 1, 2].map(() => Promise.withResolvers<void>()) as [Waited, Waited, Waited];
  const pass = async (route: Route) => {
    const answer = moment === 'answer' ? { response: await route.fetch() } : { json: refusal };
    reached.resolve();
    await gate.promise;
    return moment === 'request' ? route.continue() : route.fulfill(answer);
  };
  let isOver = false;
  await page.route('**/sandbox/bridge', async (route) => {
    const { payload } = route.request().postDataJSON() as { payload?: { functionKey?: string } };
    if (payload?.functionKey !== name || isOver) return route.fallback();
    isOver = true;
    // Its tab can be gone.
    await pass(route).catch(() => undefined);
    ended.resolve();
  });
  return {
    reached: reached.promise,
    goOn: () => {
      gate.resolve();
      return ended.promise;
    },
  };
}

type Waited = ReturnType<typeof Promise.withResolvers<void>>;

const writes = writesOn(() => ground).map((write, index) => ({ ...write, index }));
const everyFew = <Row>(rows: readonly Row[], index: number): readonly Row[] =>
  whole ? rows : rows.slice(index % rows.length, (index % rows.length) + 1);

let rounds = 0;

/** A page on which the write can be done, and a word of its own. */
async function begin({
  prepare,
  path,
  as,
}: Pick<Write, 'prepare' | 'path' | 'as'>): Promise<{ page: Page; round: string }> {
  const round = `n${++rounds}n`;
  await prepare(round);
  return { page: await stage.open(path, as), round };
}

const formOf = ({ surface }: Write, page: Page): FrameLocator => app(page, surface);

async function leaveBy(exit: keyof typeof exits, write: Write, page: Page): Promise<void> {
  const form = formOf(write, page);
  await exits[exit](form, page);
  if (exit === 'Cancel' && write.cancelGoesBack) await exits.x(form);
  // A press beside a dialog loses no input: the dialog remains open.
  if (exit === 'a press beside it') {
    expect(await write.submit(form).isVisible()).toBe(true);
    await exits.x(form);
  }
  if (write.surface === 'dialogs') await page.getByRole('dialog').waitFor({ state: 'detached' });
}

async function expectDone(write: Pick<Write, 'done'>, page: Page, round: string, isDone: boolean): Promise<void> {
  let truths = await write.done(page, round);
  // A message may be there before the page is drawn anew. Each look is a call of this person's, who has so many in a minute.
  for (let look = 0; isDone && look < 30 && !Object.values(truths).every(Boolean); look++) {
    await page.waitForTimeout(1_000);
    truths = await write.done(page, round);
  }
  expect(truths).toEqual(Object.fromEntries(Object.keys(truths).map((where) => [where, isDone])));
}

async function expectNobodyLeaves(write: Write, page: Page): Promise<void> {
  const form = formOf(write, page);
  const button = write.submit(form);
  for (const exit of write.exits) await exits[exit](form, page);
  expect(await button.isVisible()).toBe(true);
  const fields = await button.evaluate((one) =>
    [...(one.closest('form')?.querySelectorAll('input, textarea') ?? [])].map(
      (field) => field.closest('[inert]') !== null,
    ),
  );
  expect(fields).not.toContain(false);
  for (const name of ['Cancel', 'Close'].filter((one) => write.surface === 'dialogs' || one === 'Cancel')) {
    const way = form.getByRole('button', { name, exact: true });
    if (write.exits.includes('Cancel')) expect(await way.last().isDisabled()).toBe(true);
  }
}

/** One page for each pair: what is left without a trace can be done there afterwards. */
const pairs = [
  ['before it is sent', 'request'],
  ['after it failed', 'answer'],
] as const;

// By day one of both for each.
describe.each(writes)('$name', (write) => {
  const { index, call, open, submit, told } = write;

  it.each(everyFew(pairs, index))(
    'can be left %s, and nothing is done; can’t be left with the %s under way, shows the outcome, and everything agrees',
    async (when, moment) => {
      const { page, round } = await begin(write);
      const form = formOf(write, page);
      const sent: string[] = [];
      page.on('request', (request) => sent.push(request.postData() ?? ''));
      for (const exit of everyFew(write.exits, Math.floor(index / 2))) {
        const failing = when === 'after it failed' ? await holdCall(page, call, 'failure') : undefined;
        await open(page, round);
        await submit(form).waitFor();
        if (failing) {
          await submit(form).click();
          await failing.goOn();
          await form.getByRole('alert').first().waitFor();
        }
        await leaveBy(exit, write, page);
      }
      const calls = sent.filter((body) => body.includes(`"functionKey":"${call}"`));
      expect(calls.length > 0).toBe(when === 'after it failed');
      await expectDone(write, page, round, false);

      const held = await holdCall(page, call, moment);
      await open(page, round);
      await submit(form).click();
      await held.reached;
      await expectNobodyLeaves(write, page);
      await held.goOn();
      await told(page, round);
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await expectDone(write, page, round, true);
      await page.close();
    },
  );
});

const atOnce = actsAtOnce(() => ground);

describe.each(atOnce)('$name, which is done at once', (act) => {
  it.each(everyFew(['request', 'answer', 'failure'] as const, atOnce.indexOf(act)))(
    'tells how it ended after its %s was held, and everything agrees',
    async (moment) => {
      const { page, round } = await begin(act);
      const held = await holdCall(page, act.call, moment);
      await act.act(page, round);
      await held.reached;
      await held.goOn();
      await (moment === 'failure' ? act.refused(page) : act.told(page, round));
      await expectDone(act, page, round, moment !== 'failure');
      await page.close();
    },
  );
});

describe('A tab that is closed', () => {
  it.each(byDay(writes, 2))('while $name is answered does not undo it, and the next page shows it', async (write) => {
    const { page, round } = await begin(write);
    const held = await holdCall(page, write.call, 'answer');
    await write.open(page, round);
    await write.submit(formOf(write, page)).click();
    await held.reached;
    await page.close();
    await held.goOn();
    const next = await stage.open(write.path, write.as);
    // Each look is a call of this person's, who has so many in a minute.
    while (!Object.values(await write.done(next, round)).every(Boolean)) await next.waitForTimeout(250);
    await next.close();
  });
});

describe('From the menu of the issue', () => {
  async function openFromMenu(page: Page): Promise<FrameLocator> {
    await app(page, 'issue-panel').getByRole('button', { name: 'Create branch' }).waitFor();
    await page.getByRole('button', { name: 'Actions', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Create branch' }).click();
    return app(page, 'dialogs');
  }
  const branch = writes[0]!;
  async function fill(dialog: FrameLocator, name: string): Promise<void> {
    await choose(dialog, 'Repository', 'acme/web');
    await dialog.getByLabel('Branch name').fill(name);
  }
  const showsCard = (page: Page, title: string) =>
    app(page, 'issue-panel').getByRole('listitem').filter({ hasText: title }).waitFor();

  it('a branch that is created is in the panel at once', async () => {
    const { page } = await begin(branch);
    const dialog = await openFromMenu(page);
    await fill(dialog, 'DEMO-1-via-menu');
    await dialog.getByRole('button', { name: 'Create branch' }).click();
    await dialog.getByRole('heading', { name: 'Branch created' }).waitFor();
    await showsCard(page, 'DEMO-1-via-menu');
    await page.close();
  });

  const left = [
    {
      name: 'a branch',
      call: 'create-branch',
      begin: async (dialog: FrameLocator) => {
        await fill(dialog, 'DEMO-1-left-behind');
        await dialog.getByRole('button', { name: 'Create branch' }).click();
      },
      told: 'You closed the dialog before DEMO-1-left-behind was created in acme/web.',
      done: (page: Page) => showsCard(page, 'DEMO-1-left-behind'),
    },
    {
      name: 'a token',
      call: 'save-token',
      begin: async (dialog: FrameLocator) => {
        await choose(dialog, 'Repository', 'acme/web');
        await dialog
          .getByRole('button', { name: /^Replace/ })
          .first()
          .click();
        const field = dialog.getByLabel('Personal access token', { exact: true });
        await field.fill(await stage.sandbox.newToken('alice'));
        await dialog.getByRole('button', { name: 'Update' }).click();
      },
      told: 'Your token is saved',
      done: async () => undefined,
    },
  ];

  it.each(byDay(left, 1))(
    'a dialog that Jira closes while $name is written is answered for by the panel, also after a reload',
    async (one) => {
      const { page } = await begin(branch);
      const held = await holdCall(page, one.call, 'request');
      const dialog = await openFromMenu(page);
      await one.begin(dialog);
      await held.reached;
      await exits.Esc(dialog);
      expect(await page.getByRole('dialog').count()).toBe(1);
      await exits['a press beside it'](dialog, page);
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await held.goOn();
      await page.getByText(one.told).first().waitFor();
      await one.done(page);
      await page.reload();
      await one.done(page);
      await page.close();
    },
  );
});
