import type { ActivityView, ManagedIntegrationView } from '../../src/contract/views';
import { isErrorCode, type ErrorCode } from '../../src/domain/errors';
import { errorTitle } from '../shared/error-text';
import type { Text } from '../shared/text';
import type { AllOf, MessageKey } from '../shared/translate';

/** Reasons in words of their own are of codes there are. */
type Reason = AllOf<Extract<MessageKey, `activity.reason.${string}`>, `activity.reason.${ErrorCode | 'unknown'}`>;
type Integrations = readonly Pick<ManagedIntegrationView, 'id' | 'name' | 'serviceName' | 'host' | 'provider'>[];

/** Records of a person's token that are not of their own acts. */
const withoutThem: readonly ActivityView['action'][] = ['reject-token', 'erase-token', 'erase-leaver-token'];

/** The person who acted: `who`, and the owner of the token where that is somebody else. */
export function doerOf(
  entry: ActivityView,
  { t }: Text,
  integrations: Integrations,
): { who: string; tokenOf?: string } {
  const { person, owner, action, integration } = entry;
  const named = person ? (person.name ?? person.accountId) : t('activity.closed');
  if (owner) return { who: named, tokenOf: owner.name ?? owner.accountId };
  if (!withoutThem.includes(action)) return { who: named };
  const service = integrations.find(({ id }) => id === integration?.id)?.serviceName ?? t('activity.by.service');
  return { who: action === 'reject-token' ? service : t('activity.by.app'), tokenOf: named };
}

/** Why it was refused or failed, in words for a later reader; nothing when it went well. */
export function reasonOf(entry: ActivityView, text: Text, integrations: Integrations): string | undefined {
  const { error, integration, repository, branch, source, target, login, issueKey, actor } = entry;
  if (error === undefined) return undefined;
  const found = integrations.find(({ id }) => id === integration?.id);
  const known = { repository, branch, source, target, login, issue: issueKey, integration: integration?.name };
  const around = {
    integration: found,
    situation: actor === 'integration' ? 'integration-account' : 'own-token',
  } as const;
  const unknown: Reason = 'activity.reason.unknown';
  if (!isErrorCode(error)) return text.t(unknown);
  const { title, params } = errorTitle(error, known, text, around);
  // Most sentences of errors are true for everybody; some speak to the person they happened to.
  const ofSomebody = `activity.reason.${error}`;
  return text.has(ofSomebody) ? text.t(ofSomebody, params) : title;
}
