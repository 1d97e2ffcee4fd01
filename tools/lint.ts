/**
 * ESLint over the project, and the types of everything by `tsconfig.lint.json`, whose options are those of `static`, `rig`, `test`, `tools` and
 * `bench`. Both use one program, because the types take most of the time of either. Prints the problems, and exits with 1.
 */
import { join } from 'node:path';
import { ESLint } from 'eslint';
import ts from 'typescript';

const root = join(import.meta.dirname, '..');

/** The compiler's program for `tsconfig.lint.json`. Every node knows its parent, because ESLint needs that. */
function openProgram(): ts.Program {
  const read = ts.readConfigFile(join(root, 'tsconfig.lint.json'), (file) => ts.sys.readFile(file));
  if (read.error !== undefined) throw new Error(ts.flattenDiagnosticMessageText(read.error.messageText, '\n'));
  const { fileNames, options } = ts.parseJsonConfigFileContent(read.config, ts.sys, root);
  return ts.createProgram({ rootNames: fileNames, options, host: ts.createCompilerHost(options, true) });
}

const program = openProgram();
const ofTypes = ts.formatDiagnostics(ts.getPreEmitDiagnostics(program), {
  getCanonicalFileName: (file) => file,
  getCurrentDirectory: () => root,
  getNewLine: () => '\n',
});
const eslint = new ESLint({
  cwd: root,
  overrideConfig: {
    files: ['**/*.{ts,tsx,mts}'],
    languageOptions: { parserOptions: { project: null, programs: [program] } },
  },
});
const ofRules = await (await eslint.loadFormatter('stylish')).format(await eslint.lintFiles(['.']));
const said = ofTypes + ofRules;
if (said !== '') {
  console.error(said);
  process.exitCode = 1;
}
