import type { Capabilities } from './editions';
import type { SeenWithoutToken } from './integration';

/** The future author at the git service, or the reason why nobody can be. */
export type AttributionState = 'integration' | 'person' | 'setup-required' | 'unsupported';

export type AttributionQuestion = {
  /** *Require User PAT* of the integration or of the whole site. */
  required: boolean;
  /** How much people without a token see there; see `seenWithoutToken`. People who see nothing can do nothing. */
  seen?: SeenWithoutToken;
  capabilities: Pick<Capabilities, 'userTokens'>;
  /** Whether the person has a token saved for this integration. */
  hasToken: boolean;
};

/**
 * Decides who acts. The page shows the answer, and every write decides anew.
 *
 * There is no way from `person` to `integration` here: when a person's token fails, that is for the person to solve or,
 * where no token is required, to choose otherwise (see `chooseActor`).
 */
export function attribution({ required, seen, capabilities, hasToken }: AttributionQuestion): AttributionState {
  if (!capabilities.userTokens) return required ? 'unsupported' : 'integration';
  if (hasToken) return 'person';
  return required || seen === 'nothing' ? 'setup-required' : 'integration';
}

/** An explicit choice of the actor, after the person's own token failed. */
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
