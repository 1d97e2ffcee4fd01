import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TOKEN, openSimulatedGitHub } from '../support/simulated-github';
import type { SimulatedGitHub } from '../support/simulated-github';

let github: SimulatedGitHub;
let folder: string;
beforeEach(async () => {
  github = await openSimulatedGitHub();
  folder = await mkdtemp(join(tmpdir(), 'clone-'));
});
afterEach(async () => {
  await github.close();
  await rm(folder, { recursive: true, force: true });
});

/** The person's own git, without anything of this machine's configuration. */
const git = (...args: string[]): Promise<{ ok: boolean; out: string }> =>
  new Promise((resolve) => {
    const identity = {
      GIT_AUTHOR_NAME: 'A',
      GIT_AUTHOR_EMAIL: 'a@acme.example',
      GIT_COMMITTER_NAME: 'A',
      GIT_COMMITTER_EMAIL: 'a@acme.example',
    };
    const quiet = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', GIT_TERMINAL_PROMPT: '0', HOME: folder };
    execFile(
      'git',
      args,
      { cwd: folder, env: { PATH: process.env['PATH'], ...identity, ...quiet } },
      (error, stdout, stderr) => resolve({ ok: error === null, out: stdout + stderr }),
    );
  });

const remote = (token?: string, repository = 'acme/web'): string =>
  github.served
    .url('github.com', `/${repository}.git`)
    .replace('//', token === undefined ? '//' : `//anyone:${token}@`);
async function pushCommit(token: string, branch: string, from = 'main', ...options: string[]) {
  await git('clone', '--quiet', '--branch', from, remote(TOKEN.ada), 'work');
  await writeFile(join(folder, 'work', 'more.txt'), branch);
  await git('-C', 'work', 'add', '.');
  await git('-C', 'work', 'commit', '--quiet', '--message', 'More');
  return git('-C', 'work', 'push', ...options, remote(token), `HEAD:refs/heads/${branch}`);
}
const activity = async () => (await github.api('GET', '/repos/acme/web/activity')).body;

describe('git over HTTPS', () => {
  it('sees a branch made over the API', async () => {
    const sha = await github.shaOf('main');
    await github.api('POST', '/repos/acme/web/git/refs', { body: { ref: 'refs/heads/DEMO-1-x', sha } });
    const seen = await git('ls-remote', '--heads', remote(TOKEN.bob), 'DEMO-1-x');
    expect(seen).toEqual({ ok: true, out: `${sha}\trefs/heads/DEMO-1-x\n` });
  });

  it('clones with a token, and public repositories without', async () => {
    expect(await git('clone', '--quiet', remote(TOKEN.bob), 'a')).toMatchObject({ ok: true });
    expect((await git('-C', 'a', 'log', '--format=%s')).out).toContain('First commit');
    expect(await git('clone', '--quiet', remote(undefined, 'alice/dotfiles'), 'b')).toMatchObject({ ok: true });
  });

  it.each([
    ['no token', undefined, 'acme/web', 'could not read Username'],
    ['an unknown token', 'ghp_nobody', 'acme/web', 'Authentication failed'],
    ['a token of somebody outside', TOKEN.stranger, 'acme/web', 'Repository not found'],
    ['a token without scope', TOKEN.noScope, 'acme/web', 'Repository not found'],
    ['a token without single sign-on', TOKEN.alice, 'acme-secure/vault', 'SAML SSO'],
    [
      'a classic token where none may enter',
      TOKEN.alice,
      'modern/app',
      'Personal access tokens (classic) are forbidden',
    ],
  ])('is refused with %s', async (_what, token, repository, message) => {
    const refused = await git('ls-remote', remote(token, repository));
    expect(refused.ok).toBe(false);
    expect(refused.out).toContain(message);
  });

  it('accepts a push into a new branch and records who did it', async () => {
    expect(await pushCommit(TOKEN.alice, 'DEMO-1-pushed')).toMatchObject({ ok: true });
    const after = await github.shaOf('DEMO-1-pushed');
    expect(await activity()).toMatchObject([
      { activity_type: 'branch_creation', actor: { login: 'alice' }, ref: 'refs/heads/DEMO-1-pushed', after },
    ]);
  });

  it('separates a push from a forced push and a deletion', async () => {
    await pushCommit(TOKEN.alice, 'develop', 'develop');
    await git('-C', 'work', 'push', '--force', remote(TOKEN.ada), 'HEAD~1:refs/heads/develop');
    await git('-C', 'work', 'push', remote(TOKEN.alice), ':refs/heads/same-as-main');
    expect(await activity()).toMatchObject([
      { activity_type: 'branch_deletion', actor: { login: 'alice' }, ref: 'refs/heads/same-as-main' },
      { activity_type: 'force_push', actor: { login: 'ada' }, ref: 'refs/heads/develop' },
      { activity_type: 'push', actor: { login: 'alice' }, ref: 'refs/heads/develop' },
    ]);
  });

  it.each([
    ['who may only read', TOKEN.bob, 'x', 'Permission to acme/web.git denied to bob.'],
    [
      'with a fine-grained token without the permission',
      TOKEN.fineReadOnly,
      'x',
      'Write access to repository not granted.',
    ],
    [
      'to a protected branch',
      TOKEN.ada,
      'release/1.0',
      'GH006: Protected branch update failed for refs/heads/release/1.0.',
    ],
    ['to a name of 40 hex characters', TOKEN.ada, 'a'.repeat(40), 'GH002'],
  ])('refuses a push of somebody %s', async (_what, token, branch, message) => {
    const refused = await pushCommit(token, branch, branch.startsWith('release') ? branch : 'main');
    expect(refused.ok).toBe(false);
    expect(refused.out).toContain(message);
    expect(await activity()).toEqual([]);
  });

  it('refuses to delete the default branch and to push into an archive', async () => {
    await git('clone', '--quiet', remote(TOKEN.ada), 'work');
    const gone = await git('-C', 'work', 'push', remote(TOKEN.ada), ':refs/heads/main');
    expect(gone.out).toContain('refusing to delete the current branch');
    const archived = await git('-C', 'work', 'push', remote(TOKEN.alice, 'acme/web-attic'), 'HEAD:refs/heads/x');
    expect(archived.out).toContain('This repository was archived so it is read-only.');
  });

  it('merges a pull request by pushing its commits to the base, and shows its commits as refs/pull/N/head', async () => {
    const head = 'feature/DEMO-12-currency';
    const sha = await github.shaOf(head);
    await github.api('POST', '/repos/acme/web/pulls', { body: { title: 'DEMO-12', head, base: 'main' } });
    expect((await git('ls-remote', remote(TOKEN.bob), 'refs/pull/*')).out).toBe(`${sha}\trefs/pull/1/head\n`);
    await git('clone', '--quiet', '--branch', head, remote(TOKEN.ada), 'work');
    expect(await git('-C', 'work', 'push', remote(TOKEN.ada), 'HEAD:refs/heads/main')).toMatchObject({ ok: true });
    const { body } = await github.api('GET', '/repos/acme/web/pulls/1');
    expect(body).toMatchObject({ state: 'closed', merged: true, merged_at: '2026-01-20T12:00:00Z' });
  });

  it('follows the commits pushed to the branch of a pull request', async () => {
    const head = 'feature/DEMO-12-currency';
    await github.api('POST', '/repos/acme/web/pulls', { body: { title: 'DEMO-12', head, base: 'main' } });
    await pushCommit(TOKEN.alice, head, head);
    const { body } = await github.api('GET', '/repos/acme/web/pulls/1');
    expect(body).toMatchObject({ state: 'open', commits: 2, head: { sha: await github.shaOf(head) } });
  });
});
