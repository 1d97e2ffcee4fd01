import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runGit } from '../../sandbox/services/git/run-git';
import { tokens } from '../support/gitlab-world';
import { openSimulatedGitLab, type SimulatedGitLab } from '../support/simulated-gitlab';

let gitlab: SimulatedGitLab;
let folder: string;
beforeAll(async () => {
  gitlab = await openSimulatedGitLab({ webHost: 'git.acme.example', path: '/gitlab' });
  folder = await mkdtemp(join(tmpdir(), 'gitlab-clone-'));
});
afterAll(async () => {
  await gitlab.close();
  await rm(folder, { recursive: true });
});

const address = (project: string, token?: string): string =>
  gitlab.served
    .url('git.acme.example', `/gitlab/${project}.git`)
    .replace('://', token === undefined ? '://' : `://alice:${token}@`);

const lsRemote = (project: string, token?: string) => runGit(['ls-remote', '--heads', address(project, token)]);

/** Clones, commits on a new branch and pushes it. */
async function push(branch: string, token: string, project = 'acme/web'): Promise<{ code: number; stderr: string }> {
  const cwd = await mkdtemp(join(folder, 'work-'));
  const who = ['-c', 'user.name=Alice', '-c', 'user.email=alice@acme.example'];
  const cloned = await runGit(['clone', '--quiet', address(project, token), cwd]);
  if (cloned.code !== 0) return cloned;
  await runGit(['switch', '--quiet', '-c', branch], { cwd });
  await writeFile(join(cwd, 'new.txt'), branch);
  await runGit(['add', '.'], { cwd });
  await runGit([...who, 'commit', '--quiet', '-m', 'Work'], { cwd });
  return runGit(['push', '--quiet', 'origin', branch], { cwd });
}

describe('Git over HTTPS at the simulated GitLab', () => {
  it('shows what the API made, below the installation’s path and in subgroups', async () => {
    const body = { branch: 'seen/by-git', ref: 'main' };
    await gitlab.api('POST', 'projects/acme%2Fplatform%2Fdeploy/repository/branches', { body });
    const { stdout } = await lsRemote('acme/platform/deploy', tokens.alice);
    expect(stdout.toString()).toContain('refs/heads/seen/by-git');
  });

  it('takes a push, and the API and the log show it', async () => {
    expect(await push('DEMO-1-pushed', tokens.alice)).toMatchObject({ code: 0 });
    const shown = await gitlab.api('GET', 'projects/acme%2Fweb/repository/branches/DEMO-1-pushed');
    expect(shown.body).toMatchObject({ name: 'DEMO-1-pushed', commit: { title: 'Work' } });
    const { body } = await gitlab.api('GET', 'projects/acme%2Fweb/events');
    expect(body).toContainEqual(
      expect.objectContaining({
        action_name: 'pushed new',
        author_username: 'alice',
        push_data: { ref_type: 'branch', ref: 'DEMO-1-pushed' },
      }),
    );
  });

  it.each([
    ['protected branches', 'locked/x', tokens.alice, 'acme/web', 'not allowed to push code to protected branches'],
    ['names against a push rule', 'fix', tokens.alice, 'acme/ruled', 'does not follow the pattern'],
    ['pushes of reporters', 'x', tokens.bob, 'acme/web', '403'],
    ['pushes to archived projects', 'x', tokens.alice, 'acme/attic', '403'],
  ])('refuses %s', async (_, branch, token, project, said) => {
    const pushed = await push(branch, token, project);
    expect(pushed.code).not.toBe(0);
    expect(pushed.stderr).toContain(said);
  });

  it.each([
    ['nobody', undefined, 'acme/web'],
    ['an expired token', tokens.aliceExpired, 'acme/web'],
    ['a revoked token', tokens.aliceRevoked, 'acme/web'],
    ['a token for the API’s reads only', tokens.aliceRead, 'acme/web'],
    ['a stranger', tokens.carol, 'acme/web'],
    ['a guest', tokens.gina, 'acme/web'],
    ['somebody blocked', tokens.shutOut.blocked, 'acme/web'],
    ['a project that is not there', tokens.alice, 'acme/gone'],
  ])('lets no clone go to %s', async (_, token, project) => {
    expect((await lsRemote(project, token)).code).not.toBe(0);
  });

  it('lets anybody clone public projects, and people with a token for git all of theirs', async () => {
    expect((await lsRemote('alice/dotfiles')).stdout.toString()).toContain('refs/heads/main');
    expect((await lsRemote('acme/web', tokens.aliceGitOnly)).code).toBe(0);
  });
});
