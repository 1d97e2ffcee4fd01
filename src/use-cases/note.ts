import { outcomeOf, type Activity, type ActivityAction } from '../domain/activity';
import type { ErrorCode } from '../domain/errors';
import type { Integration } from '../domain/integration';
import { keepNote, noteOf } from '../store/notes';
import { afterwards } from './afterwards';
import type { Person } from './open';

/**
 * Notes what became of a token or what an admin decided, with the integration under the name it has now. One write: it goes out
 * together with those it records, and when it is lost they remain. `act` records everything that is made or deleted at a service.
 */
export function note(
  { accountId }: Pick<Person, 'accountId'>,
  action: ActivityAction,
  integration?: Pick<Integration, 'id' | 'name'>,
  more: Pick<Activity, 'login' | 'said' | 'changes' | 'whose' | 'reason' | 'issueKey' | 'repository' | 'branch'> & {
    error?: ErrorCode;
  } = {},
): Promise<void> {
  return afterwards(
    keepNote(
      noteOf({
        at: new Date().toISOString(),
        action,
        outcome: outcomeOf(more.error),
        accountId,
        integration: integration && { id: integration.id, name: integration.name },
        ...(more.login !== undefined && more.whose === undefined && { actor: 'person' as const }),
        ...more,
      }),
    ),
  );
}
