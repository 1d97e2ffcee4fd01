import type { ConnectionView } from '../../src/contract/views';
import type { SeenWithoutToken } from '../../src/domain/integration';

/** An admin's decisions about one integration; the same when adding and when editing. */
export type Options = {
  name: string;
  requireUserPat: boolean;
  /** None as long as nobody has chosen: it follows the requirement then. */
  seenWithoutToken?: SeenWithoutToken;
  projects: 'all' | string[];
  owners: ConnectionView['owners'];
};

/** Whether everything needed is there. */
export function isComplete({ name, owners, projects }: Options): boolean {
  return name.trim() !== '' && owners.length > 0 && projects.length > 0;
}

/** The options as the backend takes them. */
export function payloadOf({ owners, name, ...rest }: Options) {
  return { ...rest, name: name.trim(), owners: typeof owners === 'string' ? owners : [...owners] };
}
