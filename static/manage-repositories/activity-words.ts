import type { ActivityView, ManagedIntegrationView } from '../../src/contract/views';
import type { ErrorCode } from '../../src/contract/errors';
import { isErrorCode } from '../../src/messages';
import { errorText } from '../shared/error-text';
import type { Text } from '../shared/text';

type Integrations = readonly Pick<ManagedIntegrationView, 'id' | 'name' | 'serviceName' | 'host' | 'provider'>[];

/** What is noted of a person's token without their doing. */
const withoutThem: readonly ActivityView['action'][] = ['reject-token', 'erase-token'];

/** Who did it: `who`, and whose token it was about where the person named is not the one who did it. */
export function doerOf(
  entry: ActivityView,
  { t }: Text,
  integrations: Integrations,
): { who: string; tokenOf?: string } {
  const { person, action, integration } = entry;
  const named = person ? (person.name ?? person.accountId) : t('activity.closed');
  if (!withoutThem.includes(action)) return { who: named };
  const service = integrations.find(({ id }) => id === integration?.id)?.serviceName ?? t('activity.by.service');
  return { who: action === 'reject-token' ? service : t('activity.by.app'), tokenOf: named };
}

/** Why it was refused or failed, in words for whoever reads it later; nothing when it went well. */
export function reasonOf(entry: ActivityView, text: Text, integrations: Integrations): string | undefined {
  const { error, integration, repository, branch, source, target, login, issueKey, actor } = entry;
  if (error === undefined) return undefined;
  const found = integrations.find(({ id }) => id === integration?.id);
  const known = { repository, branch, source, target, login, issue: issueKey, integration: integration?.name };
  const params = Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined)) as Record<
    string,
    string
  >;
  const around = {
    integration: found,
    situation: actor === 'integration' ? 'integration-account' : 'own-token',
  } as const;
  if (!isErrorCode(error)) return text.t('activity.reason.unknown');
  const { title, params: all } = errorText({ code: error, params }, text, around);
  return aboutOthers(error) ? text.t(`activity.reason.${error}`, all) : title;
}

/** Sentences of errors that speak to the person they happened to; here somebody else reads them. */
const ofSomebody = [
  'AUTH_INVALID', 'AUTH_EXPIRED', 'SCOPE_MISSING', 'TOKEN_LIFETIME_TOO_LONG', 'TOKEN_WAITS_FOR_APPROVAL', 'TOKEN_REQUIRED',
  'TOKEN_REPLACED', 'NO_JIRA_PERMISSION', 'NOT_LOGGED_IN', 'INVALID_INPUT', 'ACTION_SWITCHED_OFF', 'SIGN_IN_FIRST',
] as const satisfies readonly ErrorCode[]; // prettier-ignore

function aboutOthers(code: ErrorCode): code is (typeof ofSomebody)[number] {
  return (ofSomebody as readonly ErrorCode[]).includes(code);
}
