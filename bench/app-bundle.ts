import { createRequire } from 'node:module';
import { join } from 'node:path';

/** The handlers as they would be deployed: `npm run build:backend` makes them. */
export async function appBundle(): Promise<Record<string, unknown>> {
  const file = join(process.cwd(), 'dist/backend/index.cjs');
  return createRequire(file)(file) as Record<string, unknown>;
}

/** Ends the process by itself when the work takes longer than it should ever take, so that nothing runs on unseen. */
export function endAfter(minutes: number): void {
  setTimeout(() => {
    process.stderr.write(`Not done after ${minutes} minutes.\n`);
    process.exit(1);
  }, minutes * 60_000).unref();
}
