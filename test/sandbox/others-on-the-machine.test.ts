import { chmod, mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newFolder, removeFolder } from '../fixtures/forge-app/run';
import { runSandbox, type RunningSandbox } from '../support/run-sandbox';
import { openDatabase } from '../../packages/local-forge/src/forge/database';

describe('With --online, somebody else who uses the machine', () => {
  let sandbox: RunningSandbox;
  beforeAll(async () => {
    sandbox = await runSandbox(['--online', '--world', 'empty']);
  });
  afterAll(() => sandbox.stop());

  const status = async (path: string, init: RequestInit = {}) =>
    (await fetch(`${sandbox.url}${path}`, { redirect: 'manual', ...init })).status;

  it('reaches nothing without the key', async () => {
    const body = JSON.stringify({ as: 'ada', module: 'manage-repositories', call: 'load-site', payload: {} });
    const invoke = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
    expect(await status('/sandbox/invoke', invoke)).toBe(403);
    for (const path of ['/', '/settings/apps?as=ada', '/sandbox/storage', '/sandbox/logs', '/?key=', '/?key=wrong'])
      expect([path, await status(path)]).toEqual([path, 403]);
    const wrong = { ...invoke, headers: { ...invoke.headers, 'x-sandbox-key': 'wrong' } };
    expect(await status('/sandbox/invoke', wrong)).toBe(403);
    expect(await status('/sandbox/reset', { method: 'POST' })).toBe(403);
  });

  it('while the printed address opens everything, and hides the key', async () => {
    const { key = '' } = sandbox;
    expect(key).toMatch(/^[\w-]{24}$/);
    const first = await fetch(`${sandbox.url}/settings/apps?as=ada&key=${key}`, { redirect: 'manual' });
    expect([first.status, first.headers.get('location')]).toEqual([303, `${sandbox.url}/settings/apps?as=ada`]);
    const cookie = first.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/);
    expect(await status('/settings/apps?as=ada', { headers: { cookie: cookie.split(';')[0] ?? '' } })).toBe(200);
    expect(await sandbox.invoke('ada', 'manage-repositories', 'load-site')).toMatchObject({ ok: true });
  });

  it('cannot read a file of it', async () => {
    const files = await readdir(sandbox.data, { recursive: true, withFileTypes: true });
    const open = await Promise.all(
      files.map(async (file) => {
        const path = join(file.parentPath, file.name);
        return ((await stat(path)).mode & 0o077) === 0 ? [] : [path];
      }),
    );
    expect(files.length).toBeGreaterThan(1);
    expect(open.flat()).toEqual([]);
  });
});

it('A database that others could read is closed to them when it is opened', async () => {
  const folder = await newFolder();
  try {
    const data = join(folder, 'data');
    await mkdir(data);
    await chmod(data, 0o755);
    await writeFile(join(data, 'forge.db'), '', { mode: 0o644 });
    const database = openDatabase(data);
    database.exec('CREATE TABLE some (one TEXT)');
    const modes = await Promise.all(
      (await readdir(data)).map(async (name) => [name, (await stat(join(data, name))).mode & 0o077]),
    );
    database.close();
    expect(modes.map(([, mode]) => mode).every((mode) => mode === 0)).toBe(true);
    expect(modes.map(([name]) => name)).toContain('forge.db');
  } finally {
    await removeFolder(folder);
  }
});
