import type { PayloadOf } from '../../src/contract/answers';
import type { PersonTokenView, TokenState } from '../../src/contract/views';
import type { TokenOrder } from '../../src/domain/token';

/** An admin's filter, and the order. */
export type PeopleFilter = {
  search: string;
  integrationId?: string | undefined;
  state?: TokenState | undefined;
  sort: TokenOrder;
};

export const noPeopleFilter: PeopleFilter = { search: '', sort: 'person' };

/** The filter as the backend takes it: only what is set. */
export function payloadOf({
  search,
  integrationId,
  state,
  sort,
}: PeopleFilter): PayloadOf<'manage-repositories', 'list-tokens'> {
  return { search: search.trim(), sort, ...(integrationId && { integrationId }), ...(state && { state }) };
}

/** Names a row: a person and an integration. */
export function keyOf({ person, integrationId }: PersonTokenView): string {
  return `${person.accountId} ${integrationId}`;
}
