import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { undocumentedVariables } from '../../tools/environment-variables';
import { machinePaths } from '../../tools/machine-paths';
import { undeclaredCommands } from '../../tools/started-commands';

/** The findings of a check in a project of these files. */
function found(check: (root: string, files: string[]) => string[], files: Record<string, string>): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'undersigned-machine-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    return check(folder, Object.keys(files));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('A path of one machine', () => {
  const of = (...parts: string[]) => ['', ...parts].join('/');
  const windows = ['C:', 'Program Files'].join('\\');
  const pathsIn = (files: Record<string, string>) => found((root, names) => machinePaths(root, names, []), files);

  it.each([
    of('usr', 'bin', 'chromium'),
    of('home', 'somebody', 'project'),
    of('opt', 'google', 'chrome'),
    of('Users', 'somebody'),
    of('work', 'project'),
    of('tmp', 'pictures'),
    of('var', 'tmp', 'pictures'),
  ])('%s is found, in code and in documents', (path) => {
    expect(pathsIn({ 'test/a.ts': `launch('${path}');` })).toEqual([
      `test/a.ts names ${path}, which is a path of one machine`,
    ]);
    expect(pathsIn({ 'docs/a.md': `Pictures are in ${path}.` })).toHaveLength(1);
    expect(pathsIn({ 'start.sh': `PICTURES=${path} run` })).toHaveLength(1);
  });

  it('of Windows is found', () => {
    expect(pathsIn({ 'test/a.ts': `launch('${windows.replace('\\', '\\\\')}');`, 'a.md': windows })).toHaveLength(2);
  });

  it('is none where it is part of an address, of a relative path or of what is put together', () => {
    const text = `https://forge.example/home/alice ./tmp/a node_modules/usr/bin \${folder}/tmp/a /issues/1`;
    expect(pathsIn({ 'test/a.ts': text })).toEqual([]);
  });

  it('may be named where a reason is given, as long as it is named there', () => {
    const allowed = [{ file: /^a\.sh$/, path: of('bin', 'sh'), why: 'a first line' }];
    const check = (root: string, files: string[]) => machinePaths(root, files, allowed);
    expect(found(check, { 'a.sh': `#!${of('bin', 'sh')}` })).toEqual([]);
    expect(found(check, { 'a.sh': 'nothing' })).toEqual([`no file like ^a\\.sh$ names ${of('bin', 'sh')} any more`]);
  });
});

describe('A command that a bare machine does not have', () => {
  const commandsIn = (text: string) => found(undeclaredCommands, { 'tools/a.ts': text });
  const convert = 'starts convert, which a bare machine may not have';

  it.each([
    `import { spawn } from 'node:child_process'; spawn('convert', []);`,
    `import { spawnSync as start } from 'child_process'; start('convert');`,
    `import * as processes from 'node:child_process'; processes.execFileSync('convert');`,
    `import processes from 'node:child_process'; processes.spawn('convert');`,
    `const { execFile } = require('node:child_process'); execFile('convert');`,
    `require('node:child_process').execSync('convert a b');`,
    `import { execFile } from 'node:child_process'; const run = promisify(execFile); await run('convert');`,
    `import { spawn } from 'node:child_process'; const command = isFast ? 'git' : 'convert'; spawn(command);`,
    `import { spawn } from 'node:child_process'; const step = { command: 'convert' }; const run = ({ command }) => spawn(command); run(step);`,
    `import { spawn } from 'node:child_process'; function run(command) { spawn(command); } run('git'); run('convert');`,
  ])('is found: %s', (text) => {
    expect(commandsIn(text)).toEqual([`tools/a.ts:1 ${convert}`]);
  });

  it('can be hidden in code that can’t be read', () => {
    const text = `import { spawn } from 'node:child_process'; spawn(JSON.parse(answer).command);`;
    expect(commandsIn(text)).toEqual(['tools/a.ts:1 starts a command whose name cannot be read']);
  });

  it('is not Node, npm, git or a command of a package', () => {
    const text = `import { spawn, fork } from 'node:child_process'; import db from 'node:sqlite';
      spawn(process.execPath, []); spawn('npm', ['ci']); spawn('git'); spawn('tsc'); fork('a.ts'); db.exec('CREATE TABLE a');`;
    expect(found(undeclaredCommands, { 'tools/a.ts': text, 'node_modules/.bin/tsc': '' })).toEqual([]);
  });
});

describe('An environment variable', () => {
  const table =
    '# Contributing\n\n## Environment variables\n\n| name | |\n|---|---|\n| `A`, `B` | read |\n\n## Next\n\n| `C` | no |\n';
  const variablesIn = (text: string) =>
    found(undocumentedVariables, { 'CONTRIBUTING.md': table, 'src/a.ts': `process.env.A; process.env['B']; ${text}` });

  it.each([
    `process.env['C'];`,
    `process.env.C;`,
    `process?.env['C'];`,
    `const { C: c = '' } = process.env;`,
    `['A', 'C'].map((name) => process.env[name]);`,
    `const name = 'C'; process.env[name];`,
  ])('is found if the list lacks it: %s', (text) => {
    expect(variablesIn(text)).toEqual(['src/a.ts:1 reads C, which CONTRIBUTING.md does not list']);
  });

  it.each([`process.env[secretName()];`, `const all = process.env;`, `import { env } from 'node:process';`])(
    'can be hidden in code that can’t be read: %s',
    (text) => expect(variablesIn(text)).toEqual(['src/a.ts:1 reads an environment variable whose name cannot be read']),
  );

  it('is accepted if the list has it', () => {
    expect(variablesIn('')).toEqual([]);
    expect(found(undocumentedVariables, { 'CONTRIBUTING.md': table, 'src/a.ts': 'process.env.A' })).toEqual([
      'CONTRIBUTING.md lists B, which no code reads',
    ]);
  });

  it('that is only written or handed on is none', () => {
    expect(variablesIn(`process.env['C'] = 'production'; run({ env: { ...process.env, D: '1' } });`)).toEqual([]);
  });
});
