import { createRing } from './ring.ts';
import { redact } from './redact.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
export type LogLine = {
  time: string;
  /** `app` wrote it with `console`; `platform` is the sandbox itself. */
  source: 'app' | 'platform';
  level: LogLevel;
  invocation?: string;
  text: string;
  /** True when a part looked like a credential, which the app must not log. */
  redacted: boolean;
};

export type Logs = {
  app(level: LogLevel, text: string, invocation?: string): void;
  platform(level: LogLevel, text: string, invocation?: string): void;
  lines(): readonly LogLine[];
  clear(): void;
};

// Docs page "limits-invocation": 100 lines per minute and 200 KB per invocation.
const maxLines = 100;
const maxBytes = 200 * 1024;

/**
 * Collects the log of app and platform. `print` gets every stored line, already redacted. `hear` gets it before redaction: only for
 * tests, which search it for secrets.
 */
export function createLogs(options: {
  now: () => Date;
  print?: (line: LogLine) => void;
  hear?: (text: string) => void;
}): Logs {
  const ring = createRing<LogLine>(5_000);
  const used = new Map<string, { lines: number; bytes: number }>();
  const add = (source: LogLine['source'], level: LogLevel, text: string, invocation: string | undefined): void => {
    options.hear?.(text);
    const clean = redact(text);
    const line: LogLine = {
      time: options.now().toISOString(),
      source,
      level,
      ...(invocation === undefined ? {} : { invocation }),
      text: clean,
      redacted: clean !== text,
    };
    ring.add(line);
    options.print?.(line);
  };
  return {
    app: (level, text, invocation) => {
      if (invocation === undefined) return add('app', level, text, undefined);
      const before = used.get(invocation) ?? { lines: 0, bytes: 0 };
      const now = { lines: before.lines + 1, bytes: before.bytes + Buffer.byteLength(text) };
      if (used.size > 1_000) used.clear();
      used.set(invocation, now);
      if (now.lines <= maxLines && now.bytes <= maxBytes) return add('app', level, text, invocation);
      if (before.lines > maxLines || before.bytes > maxBytes) return;
      used.set(invocation, { lines: Infinity, bytes: Infinity });
      add(
        'platform',
        'warn',
        'This invocation logs more than 100 lines or 200 KB: the rest is dropped, as on Forge.',
        invocation,
      );
    },
    platform: (level, text, invocation) => add('platform', level, text, invocation),
    lines: () => ring.entries(),
    clear: () => {
      ring.clear();
      used.clear();
    },
  };
}
