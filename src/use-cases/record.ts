import { outcomeOf, type Activity, type ActivityAction } from '../domain/activity';
import type { ErrorCode } from '../domain/errors';
import type { Integration } from '../domain/integration';
import { storeNotes, noteOf, type Note } from '../store/notes';
import { afterwards } from './afterwards';
import type { Person } from './open';

type More = Pick<Activity, 'login' | 'said' | 'changes' | 'whose' | 'reason' | 'issueKey' | 'repository' | 'branch'> & {
  error?: ErrorCode;
};

/**
 * Records what became of a token or what an admin decided, with the integration under the name it has now. One write: it goes out
 * together with those it records, and when it is lost they remain. `act` records everything that is made or deleted at a service.
 */
export function record(
  person: Pick<Person, 'accountId'>,
  action: ActivityAction,
  integration?: Pick<Integration, 'id' | 'name'>,
  more: More = {},
): Promise<void> {
  return afterwards(storeNotes([noteOn(person, action, integration, more)]));
}

/** The same note, to be written together with others. */
export function noteOn(
  { accountId }: Pick<Person, 'accountId'>,
  action: ActivityAction,
  integration?: Pick<Integration, 'id' | 'name'>,
  more: More = {},
): Note {
  return noteOf({
    at: new Date().toISOString(),
    action,
    outcome: outcomeOf(more.error),
    accountId,
    integration: integration && { id: integration.id, name: integration.name },
    ...(more.login !== undefined && more.whose === undefined && { actor: 'person' as const }),
    ...more,
  });
}
