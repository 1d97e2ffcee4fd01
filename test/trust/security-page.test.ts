import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';

const page = readFileSync('docs/security.md', 'utf8');
const promises = page.slice(page.indexOf('## Promises'), page.indexOf('## Limits'));
const rows = promises.split('\n').filter((line) => line.startsWith('| ') && line.includes('`test/'));

describe('The security page', () => {
  it('has a test for each promise', () => {
    const claims = promises.split('\n').filter((line) => line.startsWith('| ') && !/^\| (promise|-)/.test(line));
    expect(claims.length).toBeGreaterThan(15);
    expect(claims.filter((line) => !rows.includes(line))).toEqual([]);
  });

  it.each(rows.map((row) => [row.split('|')[1]?.trim(), row]))('%s: its tests exist', (_, row) => {
    const proofs = row.split(/(?=`test\/)/).slice(1);
    expect(proofs.length).toBeGreaterThan(0);
    for (const proof of proofs) {
      const file = /`(test\/[^`]+)`/.exec(proof)?.[1] ?? '';
      expect(existsSync(file)).toBe(true);
      const names = [...proof.matchAll(/"([^"]+)"/g)].map((found) => found[1]);
      expect(names.length).toBeGreaterThan(0);
      const source = readFileSync(file, 'utf8');
      expect(names.filter((name) => !source.includes(name ?? ''))).toEqual([]);
    }
  });

  it('names the scopes of the manifest, all of them', () => {
    const manifest = parse(readFileSync('manifest.yml', 'utf8')) as { permissions: { scopes: string[] } };
    expect(manifest.permissions.scopes.filter((scope) => !page.includes(`\`${scope}\``))).toEqual([]);
    expect(page).toContain(`eight: \`${manifest.permissions.scopes[0]}\``);
    expect(manifest.permissions.scopes).toHaveLength(8);
  });
});
