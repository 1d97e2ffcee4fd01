import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const code =
  /^(src|static|sandbox|rig|test|tools|bench)\/.*\.(ts|tsx|mts|cts|js|mjs|cjs)$|^[^/]+\.(ts|mts|js|mjs|cjs)$/;

/** The code among `files` that contains `word`, parsed. */
export function parsed(root: string, files: readonly string[], word: string): ts.SourceFile[] {
  return files
    .filter((file) => code.test(file))
    .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }))
    .filter(({ text }) => text.includes(word))
    .map(({ file, text }) => ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
}

/** A node and everything below it. */
export function* within(node: ts.Node): Generator<ts.Node> {
  yield node;
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => void children.push(child));
  for (const child of children) yield* within(child);
}

/** `file:line`, as editors open it. */
export function placeOf(node: ts.Node): string {
  const source = node.getSourceFile();
  return `${source.fileName}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}

/**
 * The possible texts of an expression, as far as its own file shows them: literals, both sides of a choice, constants, the elements
 * that a list gives to its callback, and values of properties of the same name (`{ command: 'tsc' }`, destructured later). `undefined` when something remains open.
 */
export function textsOf(node: ts.Node, seen: ReadonlySet<string> = new Set()): string[] | undefined {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isTemplateExpression(node)) return node.head.text.includes(' ') ? [node.head.text] : undefined;
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isSatisfiesExpression(node))
    return textsOf(node.expression, seen);
  if (ts.isConditionalExpression(node)) return all([node.whenTrue, node.whenFalse], seen);
  if (ts.isBinaryExpression(node) && /^(\?\?|\|\|)$/.test(node.operatorToken.getText()))
    return all([node.left, node.right], seen);
  if (node.getText() === 'process.execPath') return ['node'];
  if (!ts.isIdentifier(node) || seen.has(node.text)) return undefined;
  const values = valuesOf(node);
  return values.length === 0 ? undefined : all(values, new Set([...seen, node.text]));
}

function all(nodes: readonly ts.Node[], seen: ReadonlySet<string>): string[] | undefined {
  const texts = nodes.map((node) => textsOf(node, seen));
  return texts.some((one) => one === undefined) ? undefined : texts.flatMap((one) => one ?? []);
}

/** The values of a name: a parameter gets them from the calls of its function, every other name anywhere in its file. */
function valuesOf(name: ts.Identifier): ts.Node[] {
  const parameter = parameterOf(name);
  if (parameter !== undefined) return argumentsFor(parameter);
  return [...within(name.getSourceFile())].flatMap((node) => {
    const isNamed =
      (ts.isVariableDeclaration(node) || ts.isPropertyAssignment(node)) && node.name.getText() === name.text;
    return isNamed && node.initializer !== undefined ? [node.initializer] : [];
  });
}

function parameterOf(name: ts.Identifier): ts.ParameterDeclaration | undefined {
  for (let node: ts.Node = name; !ts.isSourceFile(node); node = node.parent) {
    const parameter = ts.isFunctionLike(node) && node.parameters.find((one) => one.name.getText() === name.text);
    if (parameter) return parameter;
  }
  return undefined;
}

/** The elements of `['a', 'b'].map((name) => …)` for `name`; else the arguments of the calls of a named function. */
function argumentsFor(parameter: ts.ParameterDeclaration): ts.Node[] {
  const callback = parameter.parent;
  const call = callback.parent;
  if (ts.isCallExpression(call) && ts.isPropertyAccessExpression(call.expression)) {
    const list = call.expression.expression;
    return ts.isArrayLiteralExpression(list) ? [...list.elements] : [];
  }
  const name = callback.name ?? (ts.isVariableDeclaration(call) ? call.name : undefined);
  const index = callback.parameters.indexOf(parameter);
  return [...within(parameter.getSourceFile())].flatMap((node) => {
    const isCall = ts.isCallExpression(node) && name !== undefined && node.expression.getText() === name.getText();
    return isCall ? node.arguments.slice(index, index + 1) : [];
  });
}
