import { existsSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { parsed, placeOf, textsOf, within } from './source-files.ts';

type Exception = { file: string; command: string; why: string };

/** The commands of every machine that can run the README's commands. */
const present = ['node', 'npm', 'npx', 'git'];

/** More allowed commands, each with its reason. */
const allowedCommands: readonly Exception[] = [
  {
    file: 'test/domain/branch-name.properties.test.ts',
    command: 'sh',
    why: 'git runs its hooks with it and brings it',
  },
  {
    file: 'test/pages/ways-to-open.test.ts',
    command: 'sh',
    why: 'reads commands as the shell of a person does; git brings it',
  },
  {
    file: 'test/fixtures/forge-app/backend/index.cjs',
    command: 'true',
    why: 'never starts: the runtime has to refuse',
  },
];

const starters = ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync'];
const isChildProcess = (node: ts.Node | undefined): boolean =>
  node !== undefined && ts.isStringLiteralLike(node) && /^(node:)?child_process$/.test(node.text);
const isRequire = (node: ts.Node): boolean =>
  ts.isCallExpression(node) && node.expression.getText() === 'require' && isChildProcess(node.arguments[0]);

/** The names under which a file starts commands: those of `node:child_process`, renamed or turned into promises. */
function startersOf(source: ts.SourceFile): { functions: Set<string>; modules: Set<string> } {
  const functions = new Set<string>();
  const modules = new Set<string>();
  for (const node of within(source)) {
    if (ts.isImportDeclaration(node) && isChildProcess(node.moduleSpecifier)) {
      const { name, namedBindings } = node.importClause ?? {};
      if (name !== undefined) modules.add(name.text);
      if (namedBindings !== undefined && ts.isNamespaceImport(namedBindings)) modules.add(namedBindings.name.text);
      if (namedBindings !== undefined && ts.isNamedImports(namedBindings))
        for (const { name, propertyName } of namedBindings.elements)
          if (starters.includes((propertyName ?? name).text)) functions.add(name.text);
    }
    if (!ts.isVariableDeclaration(node) || node.initializer === undefined) continue;
    const { name, initializer } = node;
    if (isRequire(initializer) && ts.isIdentifier(name)) modules.add(name.text);
    if (isRequire(initializer) && ts.isObjectBindingPattern(name))
      for (const element of name.elements)
        if (starters.includes((element.propertyName ?? element.name).getText())) functions.add(element.name.getText());
    if (ts.isCallExpression(initializer) && initializer.expression.getText() === 'promisify')
      if (initializer.arguments.some((one) => functions.has(one.getText()))) functions.add(name.getText());
  }
  return { functions, modules };
}

/** The calls of a file that start a command. `fork` does not count: it runs Node. */
function startsOf(source: ts.SourceFile): ts.CallExpression[] {
  const { functions, modules } = startersOf(source);
  return [...within(source)].filter((node): node is ts.CallExpression => {
    if (!ts.isCallExpression(node)) return false;
    const called = node.expression;
    if (ts.isIdentifier(called)) return functions.has(called.text);
    if (!ts.isPropertyAccessExpression(called) || !starters.includes(called.name.text)) return false;
    return isRequire(called.expression) || modules.has(called.expression.getText());
  });
}

/** Commands that code starts and a bare machine lacks: neither Node, npm or git, nor a package of this project. */
export function undeclaredCommands(root: string, files: readonly string[]): string[] {
  const isDeclared = (command: string, file: string): boolean =>
    present.includes(command) ||
    existsSync(join(root, 'node_modules/.bin', command)) ||
    allowedCommands.some((one) => one.file === file && one.command === command);
  return parsed(root, files, 'child_process').flatMap((source) =>
    startsOf(source).flatMap((call) => {
      const commands = call.arguments[0] === undefined ? undefined : textsOf(call.arguments[0]);
      if (commands === undefined) return [`${placeOf(call)} starts a command whose name cannot be read`];
      return commands
        .map((line) => line.trim().split(/\s/)[0] ?? '')
        .filter((command) => !isDeclared(command, source.fileName))
        .map((command) => `${placeOf(call)} starts ${command}, which a bare machine may not have`);
    }),
  );
}
