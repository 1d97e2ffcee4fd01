/**
 * Checks that the project runs on every machine with Node, npm and git: no file names a path of one machine, no code starts a command that
 * nobody declared, and CONTRIBUTING.md lists every environment variable that is read. Prints the problems, and exits with 1.
 */
import { join } from 'node:path';
import { undocumentedVariables } from './environment-variables.ts';
import { machinePaths } from './machine-paths.ts';
import { undeclaredCommands } from './started-commands.ts';
import { trackedFiles } from './tracked-files.ts';

const root = join(import.meta.dirname, '..');
const files = trackedFiles(root);
const problems = [
  ...machinePaths(root, files),
  ...undeclaredCommands(root, files),
  ...undocumentedVariables(root, files),
];
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
else console.log(`${files.length} files ask nothing of a machine but Node, npm and git.`);
