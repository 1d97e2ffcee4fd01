import type { PageError } from '../../src/contract/errors';
import type { ListView, Result } from '../../src/contract/views';
import { listPartPauseMs } from '../../src/domain/token';

/** Asks for one part of a list after the other, without haste. Ends early once `isOver` says so; what comes back is an error that came. */
export async function askEveryPart<Item>(
  ask: (cursor: string | undefined) => Promise<Result<ListView<Item>, PageError>>,
  take: (items: readonly Item[]) => void,
  isOver: () => boolean,
): Promise<PageError | undefined> {
  let cursor: string | undefined;
  do {
    const rested = new Promise((resolve) => setTimeout(resolve, listPartPauseMs));
    const answer = await ask(cursor);
    if (isOver()) return undefined;
    if (!answer.ok) return answer.error;
    take(answer.value.items);
    cursor = answer.value.next;
    if (cursor !== undefined) await rested;
  } while (cursor !== undefined && !isOver());
  return undefined;
}
