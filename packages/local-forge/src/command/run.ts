import type { LogLine } from '../forge/logs.ts';
import type { LocalForge } from '../open-local-forge.ts';
import { UsageError } from './options.ts';

/** Shows a message to the person who started the command; standard output belongs to `--json`. */
export const say = (text: string): void => void process.stderr.write(`${text}\n`);

/** Shows a line of the log. */
export function printLine({ level, source, text }: LogLine): void {
  if (level !== 'debug')
    say(`${source === 'app' ? '[app]' : '[sandbox]'} ${level === 'info' ? '' : `${level}: `}${text}`);
}

/** The people of the first site, by the names that an address has for them. */
export const peopleOf = ({ jira }: LocalForge): string[] =>
  (jira.sites()[0]?.people ?? []).map(
    ({ id, displayName, jiraAdmin }) =>
      `  ?as=${id.padEnd(8)} ${displayName}${jiraAdmin ? ' (Jira administrator)' : ''}`,
  );

/** The query that opens an address of the site from outside: the key, if there is one. */
export const keyOf = ({ key }: LocalForge): string => (key === undefined ? '' : `?key=${key}`);

/** Runs until Ctrl-C or SIGTERM. `open` reports a problem by throwing. The usage follows a `UsageError`. */
export async function runCommand(options: {
  usage: string;
  /** Undefined when only the usage was requested. */
  open: () => Promise<{ forge: LocalForge; json: boolean; welcome: string } | undefined>;
}): Promise<void> {
  // Nobody else can read the files that are created from here on.
  process.umask(0o077);
  try {
    const opened = await options.open();
    if (opened === undefined) {
      process.stdout.write(options.usage);
      return;
    }
    const { forge, json, welcome } = opened;
    let ending = false;
    const end = (): void => {
      if (ending) return;
      ending = true;
      forge.close().then(
        () => process.exit(0),
        (error: unknown) => {
          say(String(error));
          process.exit(1);
        },
      );
    };
    process.on('SIGINT', end);
    process.on('SIGTERM', end);
    process.stdout.write(json ? `${JSON.stringify({ ready: true, url: forge.url, key: forge.key })}\n` : welcome);
  } catch (error) {
    if (error instanceof UsageError) say(`${error.message}\n\n${options.usage}`);
    else say(error instanceof Error ? error.message : String(error));
    process.exitCode = error instanceof UsageError ? 2 : 1;
    // A start that failed half-way must not hang because of a server that it had opened.
    setImmediate(() => process.exit());
  }
}
