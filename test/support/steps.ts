import type { FrameLocator, Locator, Page } from 'playwright-core';
import { app, type Stage } from './browser-stage';

/** The words of a kind of service, on our pages and on its own. */
type Words = {
  /** The credential's fields, in the order its parts come. */
  fields: readonly string[];
  /** Heading and link of the banner that says it is missing. */
  banner: string;
  setUp: string;
  newToken: string;
  request: string;
  /** On the service's own page: the boxes, the button, and the places of the parts. */
  tick?: string;
  make: string;
  shown: readonly string[];
};

const token = {
  fields: ['Personal access token'],
  banner: 'Personal Access Token',
  setUp: 'Set up your personal access token',
  newToken: 'New token',
  request: 'pull request',
  shown: ['#new-token'],
} as const;

const words = {
  github: { ...token, make: 'Generate token' },
  gitlab: { ...token, request: 'merge request', make: 'Create personal access token' },
  'azure-devops': { ...token, tick: 'Code (Read & write)', make: 'Create' },
  codecommit: {
    fields: ['Access key ID', 'Secret access key'],
    banner: 'AWS Credentials',
    setUp: 'Set up your AWS credentials',
    newToken: 'New access key',
    request: 'pull request',
    make: 'Create access key',
    shown: ['#access-key-id', '#secret-access-key'],
  },
} as const satisfies Record<string, Words>;

export type Kind = keyof typeof words;

/** Makes a credential on the page of a service that is open, as one of its accounts, and closes the page. */
async function makeCredential(stage: Stage, page: Page, kind: Kind, account: string): Promise<string[]> {
  const { make, shown, ...more }: Words = words[kind];
  await page.getByLabel('Signed in as').selectOption(account);
  if (more.tick !== undefined) await page.getByLabel(more.tick).check();
  await page.getByRole('button', { name: make, exact: true }).click();
  const parts: string[] = [];
  for (const place of shown) parts.push(await page.locator(place).inputValue());
  await page.close();
  stage.secrets.push(...parts.slice(-1));
  return parts;
}

/** Makes a credential at a service's token page, given by its place: `gitlab.com/-/user_settings/personal_access_tokens`. */
export async function credentialFrom(stage: Stage, place: string, kind: Kind, account: string): Promise<string[]> {
  return makeCredential(stage, await stage.openService(place), kind, account);
}

/** Presses *New token* and makes one on the page of the service that opens. */
export async function newCredential(
  stage: Stage,
  page: Page,
  scope: FrameLocator,
  kind: Kind,
  account: string,
): Promise<string[]> {
  const opening = page.waitForEvent('popup');
  await scope.getByRole('button', { name: words[kind].newToken }).click();
  return makeCredential(stage, await opening, kind, account);
}

export async function fillCredential(scope: FrameLocator, kind: Kind, parts: readonly string[]): Promise<void> {
  for (const [at, label] of words[kind].fields.entries()) {
    await scope.getByRole('textbox', { name: label, exact: true }).fill(parts[at] ?? '');
  }
}

/** *Manage Git repositories*, with the form for a new integration open at one tile. */
export async function addIntegration(
  stage: Stage,
  tile: string,
  as = 'ada',
): Promise<{ page: Page; admin: FrameLocator }> {
  const page = await stage.open('/settings/apps', as);
  const admin = app(page, 'manage-repositories');
  await admin.getByRole('heading', { name: 'Manage Git repositories' }).waitFor();
  await admin.getByRole('button', { name: 'Add new integration' }).first().click();
  await admin.getByRole('button', { name: tile, exact: true }).click();
  return { page, admin };
}

/** Presses *Test connection*; where the host is a company's own, Jira asks for consent, and gets it. */
export async function testConnection(page: Page, admin: FrameLocator, consentTo?: string): Promise<void> {
  await admin.getByRole('button', { name: 'Test connection' }).click();
  if (consentTo === undefined) return;
  const consent = page.getByRole('dialog', { name: /Allow access to external domains/ });
  await consent.getByText(`https://${consentTo}`).waitFor();
  await consent.getByRole('button', { name: 'Allow' }).click();
}

type Connecting = {
  tile: string;
  kind: Kind;
  /** Label and content of the field for the address, for services with one. */
  address?: readonly [label: string, typed: string];
  tokenPage: string;
  account: string;
  consentTo?: string;
  /** The expected text of *Test connection*. */
  found: string;
  name: string;
};

/** ada connects a service and requires everybody's own token. */
export async function connectService(stage: Stage, service: Connecting): Promise<void> {
  const { kind, address, name } = service;
  const { page, admin } = await addIntegration(stage, service.tile);
  if (address) await admin.getByLabel(address[0], { exact: true }).fill(address[1]);
  await fillCredential(admin, kind, await credentialFrom(stage, service.tokenPage, kind, service.account));
  await testConnection(page, admin, service.consentTo);
  await admin.getByText(service.found).first().waitFor();
  await admin.getByLabel('Display name').fill(name);
  await admin.getByRole('checkbox', { name: 'Require User PAT', exact: true }).check();
  await stage.look(page, `${name}-connecting`);
  await admin.getByRole('button', { name: 'Add integration' }).click();
  expect(await rowOf(admin, name).innerText()).toMatch(/\bOn\b/);
  await stage.look(page, `${name}-connected`);
  await page.close();
}

export function rowOf(scope: FrameLocator, name: string): Locator {
  return scope.getByRole('row', { name: new RegExp(name) });
}

/** Opens *Create branch* on an issue. */
export async function openCreateBranch(page: Page): Promise<FrameLocator> {
  await app(page, 'issue-panel').getByRole('button', { name: 'Create branch' }).click();
  return app(page, 'dialogs');
}

/** Chooses from a field that searches; it types the last part of the option's name. */
export async function choose(dialog: FrameLocator, field: string, option: string): Promise<void> {
  await dialog.getByRole('combobox', { name: field }).fill(option.split('/').at(-1) ?? '');
  await dialog.getByRole('option', { name: option }).first().click();
}

/** Checks that the form still holds its input. */
export async function expectKept(dialog: FrameLocator, held: { repository: string; name: string }): Promise<void> {
  expect(await dialog.getByLabel('Branch name').inputValue()).toBe(held.name);
  expect(await dialog.getByText(held.repository, { exact: true }).first().isVisible()).toBe(true);
}

/** Checks that the banner is shown and the form's button disabled; opens the token form from the banner. */
export async function openTokenForm(dialog: FrameLocator, kind: Kind): Promise<void> {
  const { banner, setUp } = words[kind];
  await dialog.getByRole('heading', { name: banner, exact: true }).waitFor();
  expect(
    await dialog
      .getByRole('button', { name: /^Create / })
      .last()
      .isDisabled(),
  ).toBe(true);
  await dialog.getByRole('button', { name: setUp, exact: true }).click();
}

/** Saves the credential in the token form that is open. */
export async function saveCredential(dialog: FrameLocator, kind: Kind, parts: readonly string[]): Promise<void> {
  await fillCredential(dialog, kind, parts);
  await dialog.getByRole('button', { name: 'Update' }).click();
}

/** Presses *Create branch* in the dialog and waits until the issue shows the branch. */
export async function submitBranch(page: Page, dialog: FrameLocator, name: string): Promise<void> {
  await dialog.getByRole('button', { name: 'Create branch' }).click();
  await app(page, 'issue-panel').getByText(name).waitFor();
}

type Request = { repository: string; source: string; target: string; reviewers?: readonly string[] };

/** Opens a pull or merge request with the suggested title from the issue. */
export async function createRequest(
  page: Page,
  kind: Kind,
  { repository, source, target, reviewers = [] }: Request,
): Promise<void> {
  const panel = app(page, 'issue-panel');
  const create = `Create ${words[kind].request}`;
  await panel.getByRole('button', { name: create }).first().click();
  const dialog = app(page, 'dialogs');
  await dialog.getByRole('heading', { name: create }).waitFor();
  await choose(dialog, 'Repository', repository);
  await choose(dialog, 'Source branch', source);
  await choose(dialog, 'Target branch', target);
  for (const reviewer of reviewers) await choose(dialog, 'Reviewers', reviewer);
  const title = `DEMO-1: Merge ${source} to ${target}`;
  expect(await dialog.getByLabel('Title').inputValue()).toBe(title);
  await dialog.getByRole('button', { name: create }).click();
  await panel.getByText(title).waitFor();
}

/** Deletes a branch from its card, and confirms it. */
export async function deleteBranch(page: Page, name: string): Promise<void> {
  const panel = app(page, 'issue-panel');
  const menu = panel.getByRole('button', { name: `Actions for ${name}`, exact: true });
  await menu.click();
  await panel.getByRole('menuitem', { name: 'Delete branch' }).click();
  await app(page, 'dialogs').getByRole('button', { name: 'Delete branch' }).click();
  await menu.waitFor({ state: 'detached' });
}
