import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { parsed, placeOf, textsOf, within } from './source-files.ts';

const isEnvironment = (node: ts.Node): boolean => /^(globalThis\.)?process\??\.env$/.test(node.getText());

/** Not `process.env['X'] = …`, and no property that is deleted. */
function isWritten(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isDeleteExpression(parent)) return true;
  return (
    ts.isBinaryExpression(parent) && parent.left === node && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken
  );
}

/** The variables a node reads; `undefined` when their names cannot be read from its file. */
function readBy(node: ts.Node): string[] | undefined {
  if (ts.isImportSpecifier(node) && (node.propertyName ?? node.name).text === 'env') return undefined;
  if (ts.isPropertyAccessExpression(node) && isEnvironment(node.expression))
    return isWritten(node) ? [] : [node.name.text];
  if (ts.isElementAccessExpression(node) && isEnvironment(node.expression))
    return isWritten(node) ? [] : textsOf(node.argumentExpression);
  if (ts.isVariableDeclaration(node) && node.initializer !== undefined && isEnvironment(node.initializer))
    return ts.isObjectBindingPattern(node.name)
      ? node.name.elements.map((element) => (element.propertyName ?? element.name).getText())
      : undefined;
  return [];
}

/** `| `NAME`, `OTHER` | … |`: the names in the first cells of a document's section *Environment variables*. */
function documentedIn(markdown: string): string[] {
  const section = /^## Environment variables\n([^]*?)(?=^## |$(?![^]))/m.exec(markdown)?.[1] ?? '';
  return [...section.matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
  );
}

/** Environment variables that code reads and `document` does not list, and those that it lists and no code reads. */
export function undocumentedVariables(root: string, files: readonly string[], document = 'CONTRIBUTING.md'): string[] {
  const documented = documentedIn(readFileSync(join(root, document), 'utf8'));
  const nodes = parsed(root, files, 'env').flatMap((source) => [...within(source)]);
  const reads = nodes.map((node) => ({ node, names: readBy(node) }));
  const read = new Set(reads.flatMap(({ names }) => names ?? []));
  return [
    ...reads.flatMap(({ node, names }) =>
      names === undefined
        ? [`${placeOf(node)} reads an environment variable whose name cannot be read`]
        : names
            .filter((name) => !documented.includes(name))
            .map((name) => `${placeOf(node)} reads ${name}, which ${document} does not list`),
    ),
    ...documented.filter((name) => !read.has(name)).map((name) => `${document} lists ${name}, which no code reads`),
  ];
}
