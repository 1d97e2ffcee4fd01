import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

type Keyed = { key: string; handler?: string; path?: string };
type Manifest = {
  modules: Record<string, Keyed[]>;
  resources: { key: string; path: string }[];
  permissions: { scopes: string[]; external: { fetch: { backend: { address: string }[] } } };
};

const root = join(__dirname, '../..');
const manifest = parse(readFileSync(join(root, 'manifest.yml'), 'utf8')) as Manifest;
const guide = readFileSync(join(root, 'docs/deploy.md'), 'utf8');
const filesIn = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((name) => statSync(join(root, name)).isFile());

/** AWS has a host for every region: `https://codecommit.REGION.amazonaws.com`. */
function hostGroup(address: string): string {
  return address.replace(/^https:\/\/(codecommit|sts)\.[a-z0-9-]+\.amazonaws/, 'https://$1.REGION.amazonaws');
}

describe('the deployment guide explains', () => {
  const { modules, resources, permissions } = manifest;
  const keys = [...Object.values(modules).flat(), ...resources].map(({ key }) => key);
  const hosts = permissions.external.fetch.backend.map(({ address }) => hostGroup(address));

  it.each([...new Set([...keys, ...permissions.scopes, ...hosts])])('`%s` of the manifest', (name) => {
    expect(guide).toContain(`\`${name}\``);
  });

  it('no scope and no host that the manifest does not ask for', () => {
    const explained = [...guide.matchAll(/^\| (`[^|]+`) \|/gm)].flatMap(([, cell = '']) => cell.split(', '));
    const asked = [...permissions.scopes, ...hosts].map((name) => `\`${name}\``);
    expect(explained.filter((cell) => /^`(https:|[a-z]+:[a-z-]+`)/.test(cell) && !asked.includes(cell))).toEqual([]);
  });
});

describe('what was built', () => {
  const backend = filesIn('dist/backend');
  const pages = manifest.resources.flatMap(({ path }) => filesIn(path));

  it('exports every handler of the manifest', () => {
    const handlers = (manifest.modules['function'] ?? []).map(({ handler = '' }) => handler.split('.'));
    for (const [file, name = ''] of handlers) {
      const said = execFileSync(
        process.execPath,
        ['-p', `typeof require('./dist/backend/${file}.cjs')[${JSON.stringify(name)}]`],
        { cwd: root, encoding: 'utf8' },
      );
      expect({ name, is: said.trim() }).toEqual({ name, is: 'function' });
    }
    expect(handlers).not.toHaveLength(0);
  });

  it('has every page, which asks for nothing from elsewhere', () => {
    for (const { path } of manifest.resources.filter(({ path }) => path.includes('dist'))) {
      const page = readFileSync(join(root, path, 'index.html'), 'utf8');
      const addresses = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address = '']) => address);
      expect(addresses).not.toHaveLength(0);
      for (const address of addresses) {
        expect(address).toMatch(/^\.\//);
        expect(existsSync(join(root, path, address))).toBe(true);
      }
    }
  });

  it.each([
    ['https://guides.example/docs', 1],
    ['', 0],
  ])('leads to guides at “%s” in %d place', (address, count) => {
    const script = `
      import { build } from 'vite';
      import { pageConfig } from './static/vite.config.mts';
      const config = pageConfig('issue-panel', ${JSON.stringify(address)});
      const { output } = await build({ ...config, build: { ...config.build, write: false } });
      console.log(output.find(({ fileName }) => fileName === 'index.html').source);`;
    const page = execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: root, encoding: 'utf8' });
    expect(page).toContain('<div id="root">');
    expect(page.split(`<meta name="guides" content="${address}">`)).toHaveLength(count + 1);
    expect(page.split('name="guides"')).toHaveLength(count + 1);
  });

  it('holds nothing of this machine, of the sandbox or of the tests', () => {
    for (const file of [...backend, ...pages].filter((name) => /\.(c?js|html|css|json|map)$/.test(name))) {
      const text = readFileSync(join(root, file), 'utf8');
      expect({ file, found: text.includes(root) }).toEqual({ file, found: false });
      expect({ file, found: /simulated (GitHub|GitLab)|sandbox\/(forge|services)/.test(text) }).toEqual({
        file,
        found: false,
      });
    }
  });

  it('is within Forge’s limits (50 resources, 25,000 files, 100 MB) and holds no unused file', () => {
    expect(pages.filter((file) => /\.vite|atlassian-(dark|light)|manifest\.json/.test(file))).toEqual([]);
    const bytes = pages.reduce((sum, file) => sum + statSync(join(root, file)).size, 0);
    expect(manifest.resources.length).toBeLessThanOrEqual(50);
    expect(pages.length).toBeLessThanOrEqual(25_000);
    expect(bytes).toBeLessThanOrEqual(100 * 1024 * 1024);
  });
});
