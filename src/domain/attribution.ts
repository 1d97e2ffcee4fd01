import type { Capabilities } from './editions';
import type { SeenWithoutToken } from './integration';

/** Who will be the author at the git service, or why nobody can be. */
export type AttributionState = 'integration' | 'person' | 'setup-required' | 'unsupported';

export type AttributionQuestion = {
  /** *Require User PAT* of the integration or of the whole site. */
  required: boolean;
  /** What people without a token see there; see `seenWithoutToken`. Who sees nothing can do nothing. */
  seen?: SeenWithoutToken;
  capabilities: Pick<Capabilities, 'userTokens'>;
  /** Whether the person has a token saved for this integration. */
  hasToken: boolean;
};

/**
 * Decides who acts. The page shows the answer and every write asks again.
 *
 * There is no way from `person` to `integration` here: when a person's token fails, that is for the person to solve or,
 * where no token is required, to choose otherwise (see `chooseActor`).
 */
export function attribution({ required, seen, capabilities, hasToken }: AttributionQuestion): AttributionState {
  if (!capabilities.userTokens) return required ? 'unsupported' : 'integration';
  if (hasToken) return 'person';
  return required || seen === 'nothing' ? 'setup-required' : 'integration';
}

/** What somebody may ask for explicitly after their own token failed. */
export type ActorChoice = 'integration';

/**
 * The actor of one write: the attribution, unless the person chose the integration account by hand where they may.
 *
 * A choice is honoured only where no token is required, and only of somebody who sees the integration; otherwise it changes nothing.
 */
export function chooseActor(question: AttributionQuestion, choice: ActorChoice | undefined): AttributionState {
  const { required, seen, hasToken } = question;
  if (choice === 'integration' && !required && (hasToken || seen !== 'nothing')) return 'integration';
  return attribution(question);
}
