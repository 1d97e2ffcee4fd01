import type { FrameLocator, Page, Request } from 'playwright-core';
import en from '../../locales/en-US.json';
import type { PageError } from '../../src/contract/errors';
import { errors, type ErrorCode } from '../../src/domain/errors';
import { errorButtons } from '../../static/shared/error-buttons';
import { errorText } from '../../static/shared/error-text';
import { createText } from '../../static/shared/text';
import { app, openStage, type Stage } from '../support/browser-stage';
import { connectGitHub, connectGitLab, newGitLabToken, saveToken } from '../support/connected';
import { choose } from '../support/steps';
import { byDay, whole } from '../support/whole';

const text = createText(en, { locale: 'en-US', timeZone: 'Europe/Berlin' });
const issueKey = 'DEMO-1';
const name = 'DEMO-1-in-trouble';
const gitHub = { name: 'acme-github', serviceName: 'GitHub', host: 'github.com', provider: 'github' } as const;

let stage: Stage;
let page: Page;
let integrationId: string;
/** Sent and not answered. */
const pending = new Set<Request>();
/** Calls that get an error: those about GitHub's integration or, if it is the same everywhere, about any. */
let trouble: { calls: readonly string[]; error: PageError } | undefined;

beforeAll(async () => {
  stage = await openStage();
  integrationId = await connectGitHub(stage);
  await saveToken(stage, 'alice', integrationId, await stage.sandbox.newToken('alice'));
  await saveToken(stage, 'alice', await connectGitLab(stage), await newGitLabToken(stage, 'alice'));
  const web = { issueKey, integrationId, repository: 'acme/web' };
  for (const branch of [{}, { branch: 'main' }])
    await stage.sandbox.invoke('alice', 'issue-context', 'save-default', { ...web, ...branch });
  await stage.sandbox.invoke('alice', 'issue-context', 'create-branch', { ...web, sourceBranch: 'main', name });
  page = await stage.open('/browse/DEMO-1', 'alice');
  page.on('request', (request) => void (request.url().endsWith('/sandbox/bridge') && pending.add(request)));
  for (const end of ['requestfinished', 'requestfailed'] as const)
    page.on(end as 'requestfinished', (request) => void pending.delete(request));
  await page.route('**/sandbox/bridge', async (route) => {
    const { command, payload } = route.request().postDataJSON() as Asked;
    const isMeant = command === 'invoke' && trouble?.calls.includes(payload.functionKey);
    if (!isMeant || !(errors[trouble!.error.code].everywhere || concernsGitHub(payload.payload)))
      return route.continue();
    return route.fulfill({ json: { result: { ok: false, error: trouble!.error } } });
  });
});

afterAll(() => stage.close());

type Asked = { command: string; payload: { functionKey: string; payload?: { integrationId?: string } } };

const concernsGitHub = (payload: { integrationId?: string } | undefined) =>
  payload?.integrationId === undefined || payload.integrationId === integrationId;

const panel = () => app(page, 'issue-panel');
const dialog = () => app(page, 'dialogs');
const admin = () => app(page, 'manage-repositories');
const settings = () => app(page, 'user-settings');
const press = (scope: FrameLocator, label: string) => scope.getByRole('button', { name: label }).first().click();

type Where = { path: string; as: string };
const onIssue: Where = { path: '/browse/DEMO-1', as: 'alice' };
const inAdmin: Where = { path: '/settings/apps', as: 'ada' };
const inSettings: Where = { path: '/settings/personal', as: 'alice' };

type Place = {
  /** The page it is on, and whose: the issue, as alice, when left out. */
  at?: Where;
  /** Which errors can occur there; all when left out. */
  occurs?: (code: ErrorCode) => boolean;
  /** Calls of the lists that fail when it is opened, and the one that then fails when something is sent. */
  lists: readonly string[];
  writes?: string;
  /** Goes there, and waits until everything that fails has failed. */
  open: () => Promise<void>;
  submit?: () => Promise<void>;
  leave: () => Promise<void>;
  scope: () => FrameLocator;
};

async function leaveDialog() {
  await dialog().locator('.dialog-close').click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

/** Until all requests are answered and their results drawn. */
async function quiet(scope: FrameLocator): Promise<void> {
  do {
    await Promise.all([...pending].map((request) => request.response().catch(() => undefined)));
    await scope.locator('body').evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))));
  } while (pending.size > 0);
  await scope.locator('.message-skeleton').first().waitFor({ state: 'detached' });
}

/** Errors that are the same for everything. Others have sentences of their own in these places. */
const everywhere = { occurs: (code: ErrorCode) => errors[code].everywhere === true };

/** A part of the admin page that saves something. */
function part(label: string, writes: string, fill: () => Promise<void>): Place {
  return {
    ...everywhere,
    at: inAdmin,
    lists: [],
    writes,
    submit: () => admin().locator('form button[type=submit]').first().click(),
    open: async () => {
      const known = trouble;
      trouble = undefined;
      await page.reload();
      await admin().getByRole('row').nth(1).waitFor();
      trouble = known;
      await press(admin(), label);
      await fill();
    },
    leave: async () => undefined,
    scope: admin,
  };
}

/** A list of the admin page, which is requested when its part is opened. */
function list(label: string, call: string): Place {
  return {
    ...everywhere,
    at: inAdmin,
    lists: [call],
    open: async () => {
      await press(admin(), 'Integrations');
      await press(admin(), label);
    },
    leave: async () => undefined,
    scope: admin,
  };
}

/** A question about an integration, which a menu opens. */
function question(item: string, writes: string): Place {
  return {
    ...everywhere,
    at: inAdmin,
    lists: [],
    writes,
    open: async () => {
      await press(admin(), 'Integrations');
      await press(admin(), 'Actions for acme-github');
      await admin().getByRole('menuitem', { name: item }).press('Enter');
      await dialog().locator('button[type=submit]').waitFor();
    },
    submit: () => dialog().locator('button[type=submit]').click(),
    leave: leaveDialog,
    scope: dialog,
  };
}

const places: Readonly<Record<string, Place>> = {
  'the panel': {
    lists: ['list-cards'],
    open: () => press(panel(), 'Refresh'),
    leave: async () => undefined,
    scope: panel,
  },
  'the panel that cannot be loaded again': {
    occurs: (code) => errors[code].everywhere === true,
    lists: ['list-cards', 'load-issue'],
    open: async () => {
      // The state before it failed.
      const known = trouble;
      trouble = undefined;
      await page.reload();
      await panel().getByRole('listitem').first().waitFor();
      await quiet(panel());
      trouble = known;
      await press(panel(), 'Refresh');
    },
    leave: async () => undefined,
    scope: panel,
  },
  'Create branch': {
    lists: ['list-repositories', 'list-branches'],
    writes: 'create-branch',
    open: async () => {
      await press(panel(), 'Create branch');
      await dialog().getByLabel('Branch name').fill('DEMO-1-never-made');
    },
    submit: () => dialog().locator('button[type=submit]').click(),
    leave: leaveDialog,
    scope: dialog,
  },
  'Create pull request': {
    lists: ['list-repositories', 'list-branches', 'list-reviewers', 'read-request-form'],
    writes: 'create-pull-request',
    open: async () => {
      await press(panel(), 'Create pull request');
      await dialog().getByRole('combobox', { name: 'Reviewers' }).click();
      await dialog().getByRole('combobox', { name: 'Reviewers' }).press('Escape');
    },
    submit: () => dialog().locator('button[type=submit]').click(),
    leave: leaveDialog,
    scope: dialog,
  },
  Attach: {
    ...everywhere,
    lists: [],
    writes: 'attach-address',
    open: async () => {
      await press(panel(), 'Attach');
      const address = dialog().getByLabel('Search, or paste an address');
      await address.fill('https://github.com/acme/web/tree/main');
    },
    submit: () => dialog().locator('button[type=submit]').click(),
    leave: leaveDialog,
    scope: dialog,
  },
  'Delete branch': {
    ...everywhere,
    lists: [],
    writes: 'delete-branch',
    open: async () => {
      await press(panel(), `Actions for ${name}`);
      await panel().getByRole('menuitem', { name: 'Delete branch' }).press('Enter');
      await dialog().locator('button[type=submit]').waitFor();
    },
    submit: () => dialog().locator('button[type=submit]').click(),
    leave: leaveDialog,
    scope: dialog,
  },
  'Branch names': part('Branch names', 'save-branch-name-rule', async () => {
    await admin().getByLabel('Template').fill('${issuekey}/x');
  }),
  'Token rules': part('Token rules', 'save-token-rules', async () => {
    await admin().getByLabel('Longest lifetime, in days (optional)').fill('3000');
  }),
  'the whole site': part('Integrations', 'save-site-settings', async () => {
    await admin().getByRole('checkbox', { name: 'Require User PAT for all integrations' }).check();
  }),
  Activity: list('Activity', 'list-activity'),
  'People and tokens': list('People and tokens', 'list-tokens'),
  Disable: question('Disable', 'switch-integration'),
  Disconnect: question('Disconnect', 'disconnect-integration'),
  'a default in the settings': {
    at: inSettings,
    // An integration that is closed to the project has nothing to choose from, and the table of tokens has the words of *set up a token*.
    occurs: (code) => !['NOT_OPEN_TO_PROJECT', 'TOKEN_REQUIRED'].includes(code),
    lists: ['list-repositories'],
    open: async () => {
      await press(settings(), 'Add default repository');
      await choose(settings(), 'Project', 'Demo shop (DEMO)');
    },
    leave: () => press(settings(), 'Cancel'),
    scope: settings,
  },
  'Remove your token': {
    ...everywhere,
    at: inSettings,
    lists: [],
    writes: 'remove-token',
    open: async () => {
      await press(settings(), 'Edit your PAT for acme-github');
      await press(dialog(), 'Remove');
      await dialog().getByRole('heading', { name: 'Remove your token' }).waitFor();
    },
    submit: () => dialog().locator('button[type=submit]').click(),
    leave: leaveDialog,
    scope: dialog,
  },
  'Test connection': {
    ...everywhere,
    at: inAdmin,
    lists: [],
    writes: 'test-connection',
    open: async () => {
      await press(admin(), 'Add new integration');
      await admin().getByRole('button', { name: 'GitHub', exact: true }).click();
      await admin().getByLabel('Personal access token', { exact: true }).fill('ghp_anything');
    },
    submit: () => press(admin(), 'Test connection'),
    leave: () => admin().getByRole('button', { name: 'Cancel' }).click(),
    scope: admin,
  },
};

/** The page's text of an error, without the names in it. */
function saying({ code }: PageError, phase: 'listed' | 'sent') {
  const around = { branch: 'DEMO-1-never-made', source: 'main', target: 'main', issue: issueKey, project: 'DEMO' };
  const ofRequest = { ...around, branch: name, source: name };
  const named = [{}, {}, around, ofRequest].map((some, at) => (at === 0 ? some : { ...some, repository: 'acme/web' }));
  const told = named.map((params) =>
    errorText(asked(code), text, { integration: gitHub, params, situation: 'own-token' }),
  );
  const titles = told.map(({ title }) => title);
  if (errors[code].rejectsCredential) titles.push(text.t('acting.end.rejected', { service: 'GitHub' }));
  if (code === 'TOKEN_REQUIRED' && phase === 'listed')
    titles.push(text.t('list.unseen', { integration: 'acme-github', ...text.words('github') }));
  return { titles: [...new Set(titles)].toSorted((a, b) => b.length - a.length), told: told[0]! };
}

const asked = (code: ErrorCode): PageError =>
  ({ code, params: { service: 'GitHub', integration: 'acme-github' } }) as PageError;

/** The document as text, and the names of its buttons, without the line that always names the author. */
const seen = (scope: FrameLocator) =>
  scope.locator('body').evaluate((body) => ({
    said: (body as HTMLElement).innerText,
    buttons: [...body.querySelectorAll('button')]
      .filter((one) => one.checkVisibility() && one.closest('.acting') === null)
      .map((one) => one.innerText.trim()),
  }));

/** The problems of a page's error message; none for one message with one button that fits. */
async function wrongIn({ scope }: Place, code: ErrorCode, phase: 'listed' | 'sent'): Promise<string[]> {
  const { titles, told } = saying(asked(code), phase);
  const { said, buttons } = await seen(scope());
  let rest = said;
  let times = 0;
  for (const title of titles) {
    const parts = rest.split(title);
    times += parts.length - 1;
    rest = parts.join('');
  }
  const ways = { onTryAgain: () => {}, onToken: () => {} };
  const [first] = errorButtons(asked(code), told, text, ways).map(({ label }) => label);
  const count = (label: string) => buttons.filter((one) => one === label).length;
  const again = text.t('action.try-again');
  return [
    ...(times === 1 ? [] : [`${times} messages`]),
    ...(first === undefined || count(first) === 1 ? [] : [`${count(first)} × ${first}`]),
    ...(first === again || count(again) === 0 || /^(open-url|try-again)$/.test(told.action) ? [] : [`offers ${again}`]),
  ].map((what) => `${code} ${phase}: ${what}`);
}

/** One error of each kind by day: its offers, whether it is the same everywhere, and its effect on the token. */
function codesOfTheDay(): ErrorCode[] {
  const all = Object.keys(errors) as ErrorCode[];
  if (whole) return all;
  const kindOf = (code: ErrorCode) => {
    const { action, everywhere, rejectsCredential, outcome } = errors[code];
    return JSON.stringify([action, everywhere, rejectsCredential, outcome === 'unknown']);
  };
  return [...Map.groupBy(all, kindOf).values()].map(([first]) => first!);
}

const codes = codesOfTheDay();

/** Goes to a place's page, where nothing fails yet. */
async function goTo({ path, as }: Where): Promise<void> {
  const address = `${stage.sandbox.url}${path}?as=${as}`;
  if (page.url() === address) return;
  await page.goto(address);
  const pages = { [onIssue.path]: panel().getByRole('listitem'), [inSettings.path]: settings().getByRole('row') };
  await (pages[path] ?? admin().getByRole('row')).nth(1).waitFor();
}

beforeEach(() => stage.sandbox.forgetPace());

it.each(byDay(Object.entries(places), 6))('%s shows each error once, with the button that fits', async (_, place) => {
  const wrong: string[] = [];
  trouble = undefined;
  await goTo(place.at ?? onIssue);
  for (const code of codes.filter(place.occurs ?? (() => true))) {
    trouble = { calls: place.lists, error: asked(code) };
    await place.open();
    await quiet(place.scope());
    if (place.lists.length > 0) wrong.push(...(await wrongIn(place, code, 'listed')));
    if (place.writes !== undefined && place.submit) {
      trouble = { calls: [...place.lists, place.writes], error: asked(code) };
      const { writes } = place;
      const sent = page.waitForRequest((request) => (request.postData() ?? '').includes(`"functionKey":"${writes}"`));
      await place.submit();
      await sent;
      await quiet(place.scope());
      wrong.push(...(await wrongIn(place, code, 'sent')));
    }
    await place.leave();
  }
  expect(wrong).toEqual([]);
});
