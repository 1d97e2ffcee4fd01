import { git, openStarter, runGit } from '../../sandbox/services/git/run-git';

describe('git, started by a process of its own', () => {
  it('gets its input and answers byte for byte, for many requests at once', async () => {
    const bytes = Uint8Array.from({ length: 200_000 }, (_, index) => index % 256);
    const ask = () => runGit(['hash-object', '--stdin', '--no-filters'], { input: bytes });
    const answers = await Promise.all([ask(), ask(), ask()]);
    expect(new Set(answers.map(({ stdout }) => stdout.toString().trim())).size).toBe(1);
    expect(answers[0]).toMatchObject({ code: 0, stderr: '' });
    expect(answers[0]?.stdout.toString()).toMatch(/^[0-9a-f]{40}\n$/);
  });

  it('says why it failed', async () => {
    expect(await runGit(['no-such-command'])).toMatchObject({ code: 1 });
    await expect(git(['no-such-command'])).rejects.toThrow(/not a git command/);
  });

  it('is refused where its folder does not exist, and works afterwards', async () => {
    await expect(runGit(['--version'], { cwd: '/no/such/folder' })).rejects.toThrow(/ENOENT/);
    expect(await git(['--version'])).toContain('git version');
  });

  it('works again after a pause in which the process ended', async () => {
    const order = { args: ['--version'], input: '', env: { PATH: process.env['PATH'] ?? '' } };
    let letGo = (): void => undefined;
    const gone = new Promise<void>((resolve) => (letGo = resolve));
    const start = openStarter(1, () => letGo());
    await start(order);
    await gone;
    expect((await start(order)).stdout.toString()).toContain('git version');
  });
});
