import { createRequire } from 'node:module';
import { join } from 'node:path';

/** The handlers as they are deployed: `npm run build:backend` makes them. */
export async function appBundle(): Promise<Record<string, unknown>> {
  const file = join(process.cwd(), 'dist/backend/index.cjs');
  return createRequire(file)(file) as Record<string, unknown>;
}

/** Ends the process when the work takes too long, so that nothing continues unseen. */
export function endAfter(minutes: number): void {
  setTimeout(() => {
    process.stderr.write(`Not done after ${minutes} minutes.\n`);
    process.exit(1);
  }, minutes * 60_000).unref();
}
