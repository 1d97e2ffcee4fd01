import type { PageError } from '../contract/errors';
import { ForeignCursor, storageRefusal } from '../store/refusal';
import { refuse } from './page-error';

/**
 * A fault of the platform or of ours, or a cursor that somebody made up. The log gets the kind of error, for messages of others may
 * hold anything.
 */
export function unexpected(call: string, thrown: unknown): { ok: false; error: PageError } {
  if (thrown instanceof ForeignCursor) return refuse('INVALID_INPUT', { field: 'cursor' });
  const { name, code } =
    thrown instanceof Error ? (thrown as Error & { code?: unknown }) : { name: typeof thrown, code: undefined };
  console.error(`${call} failed: ${name}${typeof code === 'string' ? ` ${code}` : ''}`);
  switch (storageRefusal(thrown)) {
    case 'busy':
      return refuse('STORAGE_BUSY');
    case 'unavailable':
      return refuse('STORAGE_UNAVAILABLE');
    case undefined:
      return refuse('INTERNAL');
  }
}
