import { demoWorld } from '../../sandbox/world/demo';
import { worldSchema } from '../../sandbox/world/world';
import { app, openStage, type Stage } from '../support/browser-stage';
import { choose, rowOf } from '../support/steps';

/** Projects of each site, beside the demo's; a page asks Jira for 50 at a time. */
const sizes = { acme: 120, globex: 10_000 };

let stage: Stage;

beforeAll(async () => {
  const sites = demoWorld.sites.map((site) => ({
    ...site,
    projects: [
      ...site.projects,
      ...Array.from({ length: sizes[site.id as keyof typeof sizes] }, (_, index) => ({
        id: String(20_000 + index),
        key: `P${index}`,
        name: `Project ${index}`,
        permissions: { BROWSE_PROJECTS: '*', VIEW_DEV_TOOLS: ['ada', 'alice'] },
      })),
    ],
  }));
  stage = await openStage({ world: worldSchema.parse({ ...demoWorld, sites }) });
  for (const site of Object.keys(sizes)) await connect(site);
});

afterAll(() => stage.close());

async function connect(site: string): Promise<void> {
  const token = await stage.sandbox.newToken('acme-bot');
  const integration = { edition: 'github.com', credential: { kind: 'token', token }, name: 'acme-github' };
  const options = { owners: ['acme'], requireUserPat: false, projects: 'all' };
  const payload = { ...integration, ...options };
  const added = await stage.sandbox.invoke('ada', 'manage-repositories', 'add-integration', payload, site);
  expect(added).toMatchObject({ ok: true });
}

describe.each(Object.entries(sizes))('On %s with %d projects', (site, count) => {
  const last = `Project ${count - 1}`;
  const open = async (path: string, as: string) => {
    const page = await stage.newPage();
    await page.goto(`${stage.sandbox.url}${path}?as=${as}&site=${site}`);
    return page;
  };

  it('an admin finds the last one by its name, and opens the integration to it alone', async () => {
    const page = await open('/settings/apps', 'ada');
    const admin = app(page, 'manage-repositories');
    await rowOf(admin, 'acme-github')
      .getByRole('button', { name: /Actions/ })
      .click();
    await admin.getByRole('menuitem', { name: 'Edit integration settings' }).click();
    await admin.getByRole('checkbox', { name: 'Available to all projects' }).uncheck();
    const field = admin.getByRole('combobox', { name: 'Projects that may use it' });
    await field.fill(last);
    // By keyboard, before the search has an answer: it never takes another one.
    await admin.getByRole('option', { name: `${last} (P${count - 1})` }).waitFor();
    await field.press('Enter');
    await admin.getByRole('button', { name: `Remove ${last} (P${count - 1})` }).waitFor();
    await admin.getByRole('button', { name: 'Update' }).click();
    await rowOf(admin, 'acme-github').waitFor();
    await page.close();
    const { value } = await stage.sandbox.invoke('ada', 'manage-repositories', 'load-site', {}, site);
    expect(value.integrations).toMatchObject([{ projects: [`P${count - 1}`] }]);
  });

  it('a person gets more of the list by scrolling, finds the last one, and starts there with a repository', async () => {
    const page = await open('/settings/personal', 'alice');
    const settings = app(page, 'user-settings');
    await settings.getByRole('button', { name: 'Add default repository' }).click();
    const field = settings.getByRole('combobox', { name: 'Project' });
    await field.fill('project');
    const options = settings.getByRole('option');
    await options.nth(49).waitFor();
    expect(await options.count()).toBe(50);
    await options.first().hover();
    await page.mouse.wheel(0, 10_000);
    await options.nth(50).waitFor();
    await field.fill(last);
    await settings.getByRole('option', { name: `${last} (P${count - 1})` }).click();
    await choose(settings, 'Repository', 'acme/web');
    await settings.getByRole('button', { name: 'Save' }).click();
    await settings.getByRole('row', { name: new RegExp(`P${count - 1}.*acme/web`) }).waitFor();
    await page.close();
  });
});
