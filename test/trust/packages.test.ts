import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '../..');

describe('The packages that ship', () => {
  it('run no script when they are installed', () => {
    const folder = mkdtempSync(join(tmpdir(), 'undersigned-packages-'));
    try {
      const scripts = Object.fromEntries(
        ['preinstall', 'install', 'postinstall'].map((name) => [name, `node -e "fs.writeFileSync('ran','')"`]),
      );
      mkdirSync(join(folder, 'planted'));
      writeFileSync(
        join(folder, 'planted/package.json'),
        JSON.stringify({ name: 'planted', version: '1.0.0', scripts }),
      );
      writeFileSync(join(folder, 'package.json'), JSON.stringify({ dependencies: { planted: 'file:planted' } }));
      copyFileSync(join(root, '.npmrc'), join(folder, '.npmrc'));
      execFileSync('npm', ['install', '--offline'], { cwd: folder, stdio: 'ignore' });
      expect(existsSync(join(folder, 'node_modules/planted/package.json'))).toBe(true);
      expect(existsSync(join(folder, 'planted/ran'))).toBe(false);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
