import { app, openStage, type Stage } from '../support/browser-stage';
import { choose } from '../support/steps';
import { story } from '../support/story';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
  await stage.sandbox.invoke('ada', 'manage-repositories', 'add-integration', {
    edition: 'github.com',
    credential: { kind: 'token', token: await stage.sandbox.newToken('acme-bot') },
    name: 'acme-github',
    owners: ['acme'],
    requireUserPat: false,
    projects: 'all',
  });
});

afterAll(() => stage.close());

story('Two people look at one issue', (step) => {
  step('the other one sees a new branch without doing anything', async () => {
    const bob = app(await stage.open('/browse/DEMO-1', 'bob'), 'issue-panel');
    await bob.getByRole('button', { name: 'Create branch' }).waitFor();
    const page = await stage.open('/browse/DEMO-1', 'alice');
    await app(page, 'issue-panel').getByRole('button', { name: 'Create branch' }).click();
    const dialog = app(page, 'dialogs');
    await choose(dialog, 'Repository', 'acme/web');
    await dialog.getByLabel('Branch name').fill('DEMO-1-together');
    await dialog.getByRole('button', { name: 'Create branch' }).click();
    await bob.getByRole('listitem').filter({ hasText: 'DEMO-1-together' }).waitFor();
  });

  step('and no longer sees a deleted one', async () => {
    const bob = app(await stage.open('/browse/DEMO-1', 'bob'), 'issue-panel');
    await bob.getByRole('listitem').filter({ hasText: 'DEMO-1-together' }).waitFor();
    const page = await stage.open('/browse/DEMO-1', 'alice');
    const panel = app(page, 'issue-panel');
    await panel.getByRole('button', { name: 'Actions for DEMO-1-together' }).first().click();
    await panel.getByRole('menuitem', { name: 'Delete branch' }).click();
    await app(page, 'dialogs').getByRole('button', { name: 'Delete branch' }).click();
    await bob.getByText('DEMO-1-together').first().waitFor({ state: 'detached' });
  });
});
