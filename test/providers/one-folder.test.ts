import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import * as ts from 'typescript';
import { editionIds, providers } from '../../src/domain/editions';

const root = join(__dirname, '../..');
const names: ReadonlySet<string> = new Set([
  ...providers.flatMap(({ kind, offerings }) => [kind, ...offerings.map(({ key }) => key)]),
  ...editionIds,
]);

/** Places that name a provider, an edition or a tile: in a comparison, a case, a list or as the key of a table. Types have no effect at run time. */
function named(file: string, content: string): string[] {
  const source = ts.createSourceFile(file, content, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    // The place of the guide's example decides nothing.
    if (file === 'src/domain/errors.ts' && ts.isPropertyAssignment(node) && node.name.getText() === 'example') return;
    const isName =
      ts.isStringLiteralLike(node) ||
      (ts.isIdentifier(node) && ts.isPropertyAssignment(node.parent) && node.parent.name === node);
    if (isName && names.has(node.text))
      found.push(`${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1} ${node.text}`);
    if (ts.isRegularExpressionLiteral(node)) {
      const words = node.text.split(/[^\w.-]+/).filter((word) => names.has(word));
      found.push(...words.map((word) => `${file}:${word}`));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter(
      (entry) => entry.isFile() && /\.m?tsx?$/.test(entry.name) && !/[\\/](dist|node_modules)/.test(entry.parentPath),
    )
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((file) => !providers.some(({ kind }) => file.startsWith(join('src/providers', kind, '/'))));
}

describe('A provider', () => {
  it('is named in its folder alone', () => {
    const found = [...filesBelow('src'), ...filesBelow('static')].flatMap((file) =>
      named(file, readFileSync(join(root, file), 'utf8')),
    );
    expect(found).toEqual([]);
  });

  it.each([
    [`if (provider === 'gitlab') open();`, 1],
    [`switch (edition.id) { case 'ghes': open(); }`, 1],
    ['const signs = { gitlab: "!", codecommit: "#" };', 2],
    [`const signs = { 'azure-devops': '!' };`, 1],
    [`['tfs-2015', 'tfs-2013'].includes(id);`, 2],
    ['/^(github|gitlab)$/.test(kind);', 2],
    [`type Kind = 'gitlab'; export { gitlab } from './gitlab/facts'; t('word.gitlab.request');`, 0],
  ])('would be found in %s', (code, count) => {
    expect(named('planted.ts', code)).toHaveLength(count);
  });
});
