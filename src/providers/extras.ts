import type { ProviderError } from '../domain/errors';
import type { Extras, Undone } from './provider';

/** The requested extras that a pull request got. `error`: why it lacks some, where the service gave a reason. */
type Got = { isAssigned: boolean; labels: readonly string[]; error?: ProviderError | undefined };

/** What is missing: services leave out whom they may not assign, and labels that somebody may not set, without a word. */
export function undoneOf({ assignee, labels }: Extras, got: Got): Undone | undefined {
  const has = got.labels.map((label) => label.toLowerCase());
  const missing = labels.filter((label) => !has.includes(label.toLowerCase()));
  const isUnassigned = assignee !== undefined && !got.isAssigned;
  if (!isUnassigned && missing.length === 0) return undefined;
  return {
    ...(isUnassigned && { assignee: true }),
    ...(missing.length > 0 && { labels: missing }),
    error: got.error ?? { code: 'EXTRAS_REFUSED' },
  };
}
