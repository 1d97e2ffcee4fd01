import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waysToOpen } from '../../static/shared/ways-to-open';

const places = { clone: 'https://github.com/acme/web.git' };

function way(id: string, branch: string, more: Partial<Parameters<typeof waysToOpen>[0]['places']> = {}): string {
  const found = waysToOpen({ branch, places: { ...places, ...more } }).find((one) => one.id === id);
  return found?.text ?? '';
}

/** The arguments that a POSIX shell gives to `git` for each command of a line. */
function argumentsOf(command: string): string[][] {
  const script = `PATH=; git() { for word in "$@"; do printf '%s\\0' "$word"; done; printf '\\0'; }; ${command}`;
  const home = mkdtempSync(join(tmpdir(), 'ways-'));
  try {
    const said = execFileSync('sh', ['-c', script], { cwd: home, encoding: 'utf8' });
    return said
      .split('\0\0')
      .slice(0, -1)
      .map((one) => one.split('\0'));
  } finally {
    rmSync(home, { recursive: true });
  }
}

const oddNames = [
  'DEMO-1-login/fails',
  'a;rm${IFS}-rf',
  '$(reboot)',
  "it's",
  'a&b|c>d`e`',
  'a;b',
  'a|b',
  'a&b',
  '~x',
  'a*',
  '!!',
  '#1',
  'straße/名',
  '"quoted"',
  '{a,b}',
];

describe('The ways to a branch', () => {
  it('are plain words for a plain name', () => {
    expect(way('switch', 'DEMO-1-login')).toBe('git fetch && git switch DEMO-1-login');
    expect(way('worktree', 'fix/DEMO-1')).toBe('git fetch && git worktree add ../fix-DEMO-1 fix/DEMO-1');
    expect(way('clone', 'DEMO-1')).toBe('git clone --branch=DEMO-1 https://github.com/acme/web.git');
  });

  it.each(oddNames)('hand %s to git as it is, and nothing to the shell', (branch) => {
    const helper = 'git-remote-codecommit';
    const address = "codecommit::eu-west-1://o'dd";
    expect(argumentsOf(way('switch', branch))).toEqual([['fetch'], ['switch', branch]]);
    const [fetched, [worktree, add, folder = '', last] = []] = argumentsOf(way('worktree', branch));
    expect([fetched, worktree, add, last]).toEqual([['fetch'], 'worktree', 'add', branch]);
    expect(folder).toMatch(/^\.\.\/[\p{L}\p{N}_.-]+$/u);
    expect(argumentsOf(way('clone', branch))).toEqual([['clone', `--branch=${branch}`, places.clone]]);
    expect(argumentsOf(way('helper', branch, { withHelper: { address, helper } }))).toEqual([
      ['clone', `--branch=${branch}`, address],
    ]);
  });

  it('quote characters that other shells interpret', () => {
    expect(way('switch', '=ls')).toBe("git fetch && git switch '=ls'");
  });

  it('never let git take a name for an option', () => {
    expect(way('switch', '-Cx')).toBe('git fetch && git switch -- -Cx');
    expect(way('worktree', '-Cx')).toBe('git fetch && git worktree add -- ../-Cx -Cx');
  });

  it('lead to VS Code with the whole address and the whole name', () => {
    const { searchParams, protocol } = new URL(way('vscode', 'a&ref=b#c'));
    expect([protocol, searchParams.get('url'), searchParams.get('ref')]).toEqual([
      'vscode:',
      places.clone,
      'a&ref=b#c',
    ]);
  });

  it('are those without an address where none is known', () => {
    expect(waysToOpen({ branch: 'DEMO-1' }).map(({ id }) => id)).toEqual(['switch', 'worktree']);
  });
});
