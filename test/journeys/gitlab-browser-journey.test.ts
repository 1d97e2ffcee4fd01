import { execFileSync } from 'node:child_process';
import { demoWorld } from '../../sandbox/world/demo';
import { app, openStage, type Stage } from '../support/browser-stage';
import * as steps from '../support/steps';
import { story } from '../support/story';

const host = 'code.acme.example';
const place = `${host}/gitlab`;
const repository = 'acme/mobile';
const branch = 'DEMO-1-on-our-gitlab';

let stage: Stage;

beforeAll(async () => {
  const [gitlab] = demoWorld.services.filter(({ kind }) => kind === 'gitlab');
  stage = await openStage({ services: [{ ...gitlab, webHost: host, path: '/gitlab', version: '16.5' }] });
});

afterAll(() => stage.close());

/** Branches as git itself sees them. */
function branches(): string {
  const services = stage.sandbox.services.replace('http://', `http://x:${stage.secrets[0]}@`);
  return execFileSync('git', ['ls-remote', '--heads', `${services}/${place}/${repository}.git`], { encoding: 'utf8' });
}

/** The project's activity, the latest first. */
async function activity(): Promise<string[]> {
  const page = await stage.openService(`${place}/${repository}/activity`);
  const rows = await page.getByRole('row').allInnerTexts();
  await page.close();
  return rows;
}

story('A company’s own GitLab, below a folder of its host', (step) => {
  step('is connected by ada, who requires everybody’s own token', async () => {
    await steps.connectService(stage, {
      tile: 'GitLab Self-Managed',
      kind: 'gitlab',
      address: ['Address', `https://${place}/`],
      tokenPage: `${place}/-/profile/personal_access_tokens?scopes=api&name=bot`,
      account: 'acme-bot',
      consentTo: host,
      found: 'Connected as acme-bot',
      name: 'acme-gitlab',
    });
  });

  step('requires alice’s token in place, and keeps her input', async () => {
    const page = await stage.open('/browse/DEMO-1', 'alice');
    const dialog = await steps.openCreateBranch(page);
    await dialog.getByLabel('Branch name').fill(branch);
    await dialog
      .getByText('acme-gitlab shows you its repositories once your personal access token is set up.')
      .waitFor();
    await stage.look(page, 'gitlab-required');
    await steps.openTokenForm(dialog, 'gitlab');
    await dialog.getByRole('button', { name: 'How to create one' }).click();
    await dialog.getByText(/at most 365 days ahead/).waitFor();
    await stage.look(page, 'gitlab-token-form');
    await steps.saveCredential(dialog, 'gitlab', await steps.newCredential(stage, page, dialog, 'gitlab', 'alice'));

    await dialog
      .getByText(/You're signed in to GitLab as alice\. This token can create branches and merge requests\./)
      .waitFor();
    await steps.choose(dialog, 'Repository', repository);
    await dialog.getByText(/You are acting as alice on GitLab\./).waitFor();
    await steps.expectKept(dialog, { repository, name: branch });
    await stage.look(page, 'gitlab-acting-as-alice');
    await steps.submitBranch(page, dialog, branch);
    expect(branches()).toContain(`refs/heads/${branch}`);
    expect((await activity())[0]).toMatch(new RegExp(`^alice\\s+pushed new ${branch}`));
    await page.close();
  });

  step('uses GitLab’s word for a request, and shows it as hers', async () => {
    const page = await stage.open('/browse/DEMO-1', 'alice');
    await steps.createRequest(page, 'gitlab', {
      repository,
      source: 'develop',
      target: 'main',
      reviewers: ['bob', 'acme-bot'],
    });
    // The free plan takes one; the flag says so.
    await page
      .getByText(/Couldn't request a review from acme-bot\. Without GitLab Premium/)
      .first()
      .waitFor();
    await stage.look(page, 'gitlab-issue');
    // The panel's own name is the same on every site.
    expect(
      await app(page, 'issue-panel')
        .getByText(/pull request/i)
        .allTextContents(),
    ).toEqual(['Branches and pull requests']);
    expect((await activity())[0]).toMatch(/^alice\s+opened !1/);

    await steps.deleteBranch(page, branch);
    expect(branches()).not.toContain(branch);
    expect((await activity())[0]).toMatch(new RegExp(`^alice\\s+deleted ${branch}`));
    await page.close();
  });

  step('leaves no token behind, and nothing breaks the content security policy', () => stage.expectNothingLeft());
});
