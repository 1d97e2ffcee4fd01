import { readFileSync } from 'node:fs';
import ts from 'typescript';

/** A test, a block of tests, or a story with its steps (`test/support/story.ts`), as its file writes it: `titles` from the outermost `describe` to itself. */
export type TestName = { titles: readonly string[]; skipped: boolean };

const blocks = new Set(['describe', 'it', 'test', 'xdescribe', 'xit', 'xtest', 'fdescribe', 'fit', 'story', 'step']);
const skipping = new Set(['skip', 'todo', 'failing']);

/**
 * The tests and blocks of a file, which is read and not run. Titles are as written: with `%s` and `$name` where a table fills them in, and
 * with `${…}` where code does.
 */
export function testNames(file: string): TestName[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const found: TestName[] = [];
  const visit = (node: ts.Node, titles: readonly string[], skipped: boolean): void => {
    const block = ts.isCallExpression(node) ? blockOf(node) : undefined;
    const inside = block ? [...titles, block.title] : titles;
    const left = skipped || block?.skipped === true;
    if (block) found.push({ titles: inside, skipped: left });
    ts.forEachChild(node, (child) => visit(child, inside, left));
  };
  visit(source, [], false);
  return found;
}

function blockOf(call: ts.CallExpression): { title: string; skipped: boolean } | undefined {
  const [title, body] = call.arguments;
  const words = chain(call.expression);
  const [name = '', ...modifiers] = words;
  if (!title || !blocks.has(name)) return undefined;
  // `it.each(rows)` is a call of its own; only the one that follows has a title.
  if (modifiers.at(-1) === 'each') return undefined;
  return {
    title: ts.isStringLiteralLike(title) ? title.text : title.getText().replace(/^`|`$/g, ''),
    skipped: name.startsWith('x') || isEmpty(body) || modifiers.some((word) => skipping.has(word)),
  };
}

/** A test or block that does nothing proves nothing, so it counts as skipped. */
function isEmpty(body: ts.Expression | undefined): boolean {
  if (!body) return true;
  const isFunction = ts.isArrowFunction(body) || ts.isFunctionExpression(body);
  return isFunction && ts.isBlock(body.body) && body.body.statements.length === 0;
}

/** `it.skip.each(rows)` → `it`, `skip`, `each`, `(…)`. Nothing for anything else that can be called. */
function chain(expression: ts.Expression): string[] {
  if (ts.isIdentifier(expression)) return [expression.text];
  if (ts.isPropertyAccessExpression(expression)) {
    // `/x/.test(text)` is no test.
    const before = chain(expression.expression);
    return before.length === 0 ? [] : [...before, expression.name.text];
  }
  if (ts.isCallExpression(expression)) return [...chain(expression.expression), '(…)'];
  if (ts.isTaggedTemplateExpression(expression)) return [...chain(expression.tag), '(…)'];
  return [];
}

/** Whether a name, as it is printed or as it is written in the source, is this title. */
export function isTitle(name: string, title: string): boolean {
  if (name === title) return true;
  const parts = title.split(/%[sdifjop#%]|\$\{[^}]*\}|\$[\w.#]+/);
  if (parts.length === 1 || parts.join('').trim().length < 4) return false;
  return new RegExp(
    `^${parts.map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)).join('.+')}$`,
    's',
  ).test(name);
}

/**
 * The state of `describe › … › test` in a file's tests: the last title is that of a test, or of a block for all in it. The titles
 * before it are the blocks around it, as many as are needed to find it.
 */
export function stateOf(path: readonly string[], names: readonly TestName[]): 'runs' | 'skipped' | 'missing' {
  const meant = names.filter(
    ({ titles }) =>
      titles.length >= path.length && path.every((name, at) => isTitle(name, titles.at(at - path.length) ?? '')),
  );
  if (meant.length === 0) return 'missing';
  return meant.some(({ skipped }) => skipped) ? 'skipped' : 'runs';
}
