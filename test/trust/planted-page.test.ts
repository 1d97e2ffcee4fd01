import { tokens } from '../../rig/github-tokens';
import { app, openStage, type Stage } from '../support/browser-stage';

let stage: Stage;

beforeAll(async () => (stage = await openStage()));
afterAll(() => stage.close());

it('A secret in a seen page makes its journey fail', async () => {
  stage.secrets.push(tokens.alice);
  const page = await stage.open('/settings/apps', 'ada');
  const shown = app(page, 'manage-repositories').locator('h1').first();
  await shown.waitFor();
  await stage.look(page, 'without');
  await stage.expectNothingLeft();
  await shown.evaluate((heading, secret) => heading.setAttribute('title', secret), tokens.alice);
  await stage.look(page, 'planted');
  await expect(stage.expectNothingLeft()).rejects.toThrow();
});
