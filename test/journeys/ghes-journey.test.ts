import { execFileSync } from 'node:child_process';
import { demoWorld } from '../../sandbox/world/demo';
import { worldSchema } from '../../sandbox/world/world';
import { app, openStage, type Stage } from '../support/browser-stage';
import * as steps from '../support/steps';
import { story } from '../support/story';

const tile = 'GitHub Enterprise';
const host = 'git.acme.example';
const below = 'code.acme.example';
const repository = 'platform/billing';
const branch = 'DEMO-1-on-our-server';

/** Administers Jira, and not the site: Atlassian lets her allow no host. */
const zora = { id: 'zora', accountId: '712020:2044a000', displayName: 'Zora', jiraAdmin: true, siteAdmin: false };

let stage: Stage;

beforeAll(async () => {
  const server = demoWorld.services.find((service) => service.kind === 'github' && service.edition === 'ghes');
  const services = [server, { ...server, webHost: below, apiHost: below, path: '/ghe' }];
  const sites = demoWorld.sites.map((site) => ({ ...site, people: [...site.people, zora] }));
  stage = await openStage({ world: worldSchema.parse({ ...demoWorld, sites, services }) });
});

afterAll(() => stage.close());

const botToken = (place = host): Promise<string[]> =>
  steps.credentialFrom(stage, `${place}/settings/tokens/new?scopes=repo`, 'github', 'ghe-bot');

/** The server reports this version at the next request. */
async function upgraded(installed_version: string): Promise<void> {
  const body = JSON.stringify({ path: '/meta', status: 200, body: { installed_version } });
  const armed = await fetch(`${stage.sandbox.services}/${host}/sandbox/faults`, { method: 'POST', body });
  expect(armed.status).toBeLessThan(300);
}

function branches(): string {
  const services = stage.sandbox.services.replace('http://', `http://x:${stage.secrets[0]}@`);
  return execFileSync('git', ['ls-remote', '--heads', `${services}/${host}/${repository}.git`], { encoding: 'utf8' });
}

story('A company’s own GitHub Enterprise Server', (step) => {
  step('ada sees what is wrong with an address before any request', async () => {
    const { page, admin } = await steps.addIntegration(stage, tile);
    const address = admin.getByLabel('Address', { exact: true });
    for (const [typed, problem] of [
      ['http://git.acme.example', /must start with https/],
      ['https://10.0.0.8', /IP address/],
      ['https://github.com/acme', /belongs to another service/],
      ['https://api.acme.ghe.com', /Use this format: https:\/\/example\.ghe\.com\./],
      ['https://git.acme.example//orgs', /path of the address is too long/],
    ] as const) {
      await address.fill(typed);
      await address.blur();
      await admin.getByText(problem).waitFor();
    }
    await stage.look(page, 'ghes-address');
    await steps.fillCredential(admin, 'github', ['not needed yet']);
    await admin.getByRole('button', { name: 'Test connection' }).click();
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await stage.sandbox.requests()).toEqual([]);
    await page.close();
  });

  step(
    'ada declines the consent and nothing is sent, allows it, and the server reports its version, also a new one later',
    async () => {
      const { page, admin } = await steps.addIntegration(stage, tile);
      await admin.getByLabel('Address', { exact: true }).fill(`${host.toUpperCase()}/`);
      await steps.fillCredential(admin, 'github', await botToken());

      await admin.getByRole('button', { name: 'Test connection' }).click();
      const consent = page.getByRole('dialog', { name: /Allow access to external domains/ });
      await consent.getByText(`https://${host}`).waitFor();
      await consent.getByRole('button', { name: 'Cancel' }).click();
      await admin.getByText(`Access to ${host}`).waitFor();
      expect(await stage.sandbox.requests()).toEqual([]);

      await steps.testConnection(page, admin, host);
      await admin.getByText('Connected as ghe-bot').waitFor();
      await admin.getByText('This is GitHub Enterprise Server 3.19.2.').waitFor();
      await admin.getByLabel('Display name').fill('acme-server');
      await admin.getByRole('checkbox', { name: 'Require User PAT', exact: true }).check();
      await admin.getByRole('button', { name: 'Add integration' }).click();
      const row = steps.rowOf(admin, 'acme-server');
      await row.getByText(`GitHub Enterprise Server 3.19.2`).waitFor();

      await row.getByRole('button', { name: /Actions/ }).click();
      await admin.getByRole('menuitem', { name: 'Edit integration settings' }).click();
      await admin.getByRole('button', { name: 'Replace credential' }).click();
      await steps.fillCredential(admin, 'github', await botToken());
      await steps.testConnection(page, admin);
      await admin.getByText('Connected as ghe-bot').waitFor();
      expect(await consent.count()).toBe(0);
      await stage.look(page, 'ghes-replace');
      await upgraded('3.20.1');
      await admin.getByRole('button', { name: 'Update' }).click();
      await row.getByText('GitHub Enterprise Server 3.20.1').waitFor();
      await page.close();
    },
  );

  step('alice finds the server’s own help, sets up her token and creates a branch in her own name', async () => {
    const page = await stage.open('/browse/DEMO-1', 'alice');
    const dialog = await steps.openCreateBranch(page);
    await steps.openTokenForm(dialog, 'github');
    await dialog.getByRole('button', { name: 'How to create one' }).click();
    const fine = dialog.getByRole('link', { name: /New fine-grained token/ });
    expect(await fine.getAttribute('href')).toBe(`https://${host}/settings/personal-access-tokens/new`);
    await steps.saveCredential(dialog, 'github', await steps.newCredential(stage, page, dialog, 'github', 'alice'));
    await dialog.getByText(/You're signed in to GitHub Enterprise Server as alice/).waitFor();

    await steps.choose(dialog, 'Repository', repository);
    await dialog.getByLabel('Branch name').fill(branch);
    await steps.submitBranch(page, dialog, branch);
    expect(branches()).toContain(`refs/heads/${branch}`);
    const requests = await stage.sandbox.requests();
    const writes = requests.filter(({ method, path }) => method === 'POST' && /git\/refs/.test(path));
    expect(writes).toMatchObject([{ host, path: `/api/v3/repos/${repository}/git/refs`, account: 'alice' }]);
    await page.close();
  });

  step('may be below a folder of its host, where alice acts as herself as well', async () => {
    await steps.connectService(stage, {
      tile,
      kind: 'github',
      address: ['Address', `https://${below}/ghe/`],
      tokenPage: `${below}/ghe/settings/tokens/new?scopes=repo`,
      account: 'ghe-bot',
      consentTo: below,
      found: 'This is GitHub Enterprise Server 3.19.2.',
      name: 'acme-below',
    });
    const page = await stage.open('/settings/personal', 'alice');
    const row = steps.rowOf(app(page, 'user-settings'), 'acme-below');
    await row.getByText(`${below}/ghe`).waitFor();
    await row.getByRole('button', { name: 'Set up your PAT for acme-below' }).click();
    const dialog = app(page, 'dialogs');
    await steps.saveCredential(dialog, 'github', await steps.newCredential(stage, page, dialog, 'github', 'alice'));
    await row.getByText('alice').waitFor();
    const asked = (await stage.sandbox.requests()).filter((request) => request.host === below);
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter(({ path }) => !/^\/ghe\/api\/(v3\/|graphql$)/.test(path))).toEqual([]);
    await page.close();
  });

  step('people who get another answer than a consent read it, and nothing is sent', async () => {
    const { sandbox } = stage;
    const post = (path: string, body: object) =>
      fetch(`${sandbox.url}/sandbox/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: sandbox.url },
        body: JSON.stringify(body),
      });
    const sent = (await sandbox.requests()).length;
    const tested = async (as: string) => {
      const opened = await steps.addIntegration(stage, tile, as);
      await opened.admin.getByLabel('Address', { exact: true }).fill('another.acme.example');
      await steps.fillCredential(opened.admin, 'github', await botToken());
      return opened;
    };
    const asZora = await tested('zora');
    await steps.testConnection(asZora.page, asZora.admin);
    await asZora.admin.getByText('Only a site admin can allow').waitFor();
    expect(await asZora.admin.getByRole('button', { name: 'Try again' }).count()).toBe(0);
    await asZora.page.close();

    const { page, admin } = await tested('ada');
    await post('faults', { of: 'egress' });
    await steps.testConnection(page, admin);
    await admin.getByText("Jira couldn't ask for your consent").waitFor();
    await admin.getByRole('button', { name: 'Try again' }).click();
    const consent = page.getByRole('dialog', { name: /Allow access to external domains/ });
    await consent.getByRole('button', { name: 'Cancel' }).click();
    await admin.getByText("You didn't allow it when Jira asked.").waitFor();

    const egresses = Array.from({ length: 10 }, (_, group) => ({
      key: group === 0 ? 'git-services' : `git-services-${group + 1}`,
      description: 'Full',
      configured: Array.from({ length: 10 }, (_domain, index) => ({
        domain: `https://git-${group}-${index}.acme.example`,
        type: ['FETCH_BACKEND_SIDE'],
      })),
    }));
    const asked = { command: '__permission__egressSet', payload: { egresses } };
    const place = { as: 'ada', site: 'acme', module: 'manage-repositories', issueKey: null };
    expect(await (await post('bridge', { ...place, ...asked })).json()).toMatchObject({ result: {} });
    await steps.testConnection(page, admin);
    await admin.getByText('There is no room for another.acme.example').waitFor();
    expect(await consent.count()).toBe(0);
    await page.close();
    expect(await sandbox.requests()).toHaveLength(sent);
  });

  step('leaves no token behind, and nothing breaks the content security policy', () => stage.expectNothingLeft());
});
