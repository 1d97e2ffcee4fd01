/**
 * `npm run verify`: holds a real service to docs/provider-contract.md, in a scratch repository. docs/verify.md says how.
 */
import { writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { readSentences } from './verify/findings.ts';
import { readCredential, readOptions, usage, UsageError } from './verify/options.ts';
import { verify } from './verify/run.ts';

const say = (line: string) => void process.stderr.write(`${line}\n`);

async function agreed(yes: boolean): Promise<boolean> {
  if (yes) return true;
  if (!process.stdin.isTTY) throw new UsageError('Nobody can be asked here: --yes agrees to the plan.');
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await asking.question('Begin? [y/N] ')).trim());
  } finally {
    asking.close();
  }
}

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') {
    process.stdout.write(usage);
    return 0;
  }
  const { credential, open } = readCredential(options);
  if (open) say('Others on this machine can read the token file: chmod 600 keeps them out.');
  const stop = new AbortController();
  let begun = false;
  const end = () => {
    // The second Ctrl-C ends it at once, and so does the first before any request.
    if (!begun || stop.signal.aborted) process.exit(130);
    say('Stopping: what was made is being removed. Ctrl-C once more leaves it to the next run.');
    stop.abort();
  };
  process.on('SIGINT', end).on('SIGTERM', end);
  const confirm = async () => {
    begun = await agreed(options.yes);
    return begun;
  };
  const sentences = readSentences(`${import.meta.dirname}/..`);
  const { code, report } = await verify(options, credential, { sentences, stop: stop.signal, say, confirm });
  if (report !== undefined && options.report !== undefined) writeFileSync(options.report, report);
  else if (report !== undefined) process.stdout.write(report);
  return code;
}

try {
  process.exitCode = await main();
} catch (problem) {
  if (!(problem instanceof UsageError)) throw problem;
  say(`${problem.message}\n\n${usage}`);
  process.exitCode = 2;
}
