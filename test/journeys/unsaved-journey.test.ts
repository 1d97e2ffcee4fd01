import type { FrameLocator, Page } from 'playwright-core';
import { app, openStage, type Stage } from '../support/browser-stage';
import { story } from '../support/story';

let stage: Stage;
let page: Page;
let admin: FrameLocator;

beforeAll(async () => {
  stage = await openStage();
  for (const [name, requireUserPat] of [
    ['acme-github', true],
    ['acme-mirror', false],
  ] as const) {
    const credential = { kind: 'token', token: await stage.sandbox.newToken('acme-bot', { expiration: '7' }) };
    await stage.sandbox.invoke('ada', 'manage-repositories', 'add-integration', {
      ...{ edition: 'github.com', credential, name, owners: ['acme'], requireUserPat, projects: 'all' },
    });
  }
});

afterAll(() => stage.close());

beforeEach(async () => {
  page = await stage.open('/settings/apps', 'ada');
  admin = app(page, 'manage-repositories');
});

afterEach(() => page.close());

const tab = (name: string) => admin.getByRole('button', { name });
const everywhere = () => admin.getByRole('checkbox', { name: 'Require User PAT for all integrations' });
const card = () => admin.getByRole('form', { name: /whole site|Site-wide/ });

story('A change that an admin has not saved', (step) => {
  step('is not counted as saved, and the buttons exist before', async () => {
    await card().getByText('1 of 2 integrations').waitFor();
    expect(await card().getByRole('button', { name: 'Update' }).isDisabled()).toBe(true);
    await everywhere().check();
    const said = await card().innerText();
    expect(said).toMatch(/1 of 2 integrations/);
    expect(said).toMatch(/After you update: 2 of 2/);
    expect(said).toContain('Not saved yet');
  });

  step('remains while other parts of the page are read, and each part says so', async () => {
    await tab('Branch names').click();
    await admin.getByLabel('Template').fill('${issuekey}/mine');
    await tab('Activity').click();
    await tab('Branch names (Not saved yet)').waitFor();
    await tab('Integrations (Not saved yet)').click();
    expect(await everywhere().isChecked()).toBe(true);
    await tab('Branch names').click();
    expect(await admin.getByLabel('Template').inputValue()).toBe('${issuekey}/mine');
  });

  step('makes the browser ask before the page is left, and no longer once it is saved or dropped', async () => {
    expect(await asksWhenLeft()).toBe(true);
    await admin.getByRole('button', { name: 'Cancel' }).click();
    expect(await admin.getByLabel('Template').inputValue()).not.toContain('mine');
    await tab('Integrations').click();
    expect(await asksWhenLeft()).toBe(true);
    await card().getByRole('button', { name: 'Update' }).click();
    await card().getByText('2 of 2 integrations').waitFor();
    expect(await card().innerText()).not.toContain('After you update');
    expect(await asksWhenLeft()).toBe(false);
  });

  /** The browser's event before it leaves a page. */
  async function asksWhenLeft(): Promise<boolean> {
    const frame = page.frames().find((one) => one.url().includes('manage-repositories'));
    return (
      (await frame?.evaluate(() => !window.dispatchEvent(new Event('beforeunload', { cancelable: true })))) ?? false
    );
  }
});

describe('The token of an integration account', () => {
  it('is said to expire in the table, above it and where it is replaced', async () => {
    await admin.getByText('Replace the credentials of these integrations').waitFor();
    await admin.getByRole('row', { name: /acme-mirror.*expires in 7 days/i }).waitFor();
    await admin.getByRole('button', { name: 'Actions for acme-mirror' }).click();
    await admin.getByRole('menuitem', { name: 'Edit integration settings' }).click();
    // The list of before names the same account twice.
    await admin.getByRole('heading', { name: 'Edit integration settings' }).waitFor();
    await admin.getByText('Token of acme-bot: expires in 7 days').waitFor();
  });
});

describe('A form that another admin has overtaken', () => {
  const save = (call: string, payload: Record<string, unknown>) =>
    stage.sandbox.invoke('ada', 'manage-repositories', call, payload);
  const changed = () => admin.getByText('These settings have changed in the meantime');

  it('is not saved: the page shows what is stored and what was typed, and saves both when it is asked again', async () => {
    await tab('Branch names').click();
    await admin.getByLabel('Template').fill('${issuekey}/mine');
    await save('save-branch-name-rule', { template: '${issuekey}', separator: '_', maxBytes: 99 });
    await admin.getByRole('button', { name: 'Update' }).click();
    await changed().waitFor();
    await admin.getByText(/^Ada.* changed them after you opened this page/).waitFor();
    expect(await admin.getByLabel('Template').inputValue()).toBe('${issuekey}/mine');
    expect(await admin.getByRole('radio', { name: /underscore/i }).isChecked()).toBe(true);
    await admin.getByRole('button', { name: 'Update' }).click();
    await changed().waitFor({ state: 'hidden' });
    const { branchName } = (await save('load-site', {})).value;
    expect(branchName).toEqual({ template: '${issuekey}/mine', separator: '_', maxBytes: 99 });

    await tab('Token rules').click();
    await admin.getByLabel('Longest lifetime').fill('365');
    await save('save-token-rules', { rules: { fineGrainedOnly: true, untoldEnd: 'ask', graceDays: 3 } });
    await admin.getByRole('button', { name: 'Save rules' }).click();
    await changed().waitFor();
    expect(await admin.getByLabel('Longest lifetime').inputValue()).toBe('365');
    expect(await admin.getByRole('checkbox', { name: /fine-grained/i }).isChecked()).toBe(true);
  });
});
