import type { PageError } from '../../src/contract/errors';
import type { IntegrationView, ManagedIntegrationView, ProviderKind } from '../../src/contract/views';
import { branchNameProblems } from '../../src/domain/branch-name';
import { type ErrorMessage, messageFor, type Situation } from '../../src/messages';
import type { Text } from './text';
import type { MessageKey, Params } from './translate';

/** What the page itself knows about where an error happened; the error's own values win. */
export type Around = {
  integration?:
    Pick<IntegrationView | ManagedIntegrationView, 'name' | 'serviceName' | 'host' | 'provider'> | undefined;
  situation?: Situation | undefined;
  params?: Params | undefined;
  /** Whether the person may open *Manage Git repositories*. */
  isAdmin?: boolean | undefined;
};

export type ErrorText = {
  title: string;
  why: string;
  next: string;
  /** What the service itself says, marked as its words. */
  said?: string;
  action: ErrorMessage['action'];
  params: Params;
};

const fallbacks = [
  'service', 'host', 'integration', 'login', 'repository', 'branch', 'source', 'target', 'organization', 'missing',
  'conflict', 'who', 'project', 'issue', 'field', 'reason', 'status', 'days', 'limit', 'pattern', 'newName', 'owners', 'folders',
  'expiredAt', 'retryAt',
] as const; // prettier-ignore

/** An error in words: what, why and the next step. Every placeholder gets a value, so no sentence ever has a hole. */
export function errorText(error: PageError, text: Text, around: Around = {}): ErrorText {
  const { title, why, next, action } = messageFor(error, around.situation);
  const { integration } = around;
  const params: Params = {
    ...Object.fromEntries(fallbacks.map((name) => [name, text.t(`fallback.${name}`)])),
    ...text.words(integration?.provider ?? ('github' satisfies ProviderKind)),
    ...(integration && { integration: integration.name, service: integration.serviceName, host: integration.host }),
    ...around.params,
    ...error.params,
    ...fieldOf(error, text),
    ...instants(error, text),
    ...(error.code === 'BRANCH_NAME_INVALID' && reasonOf(error, text, integration?.serviceName)),
  };
  return {
    title: text.t(title, params),
    why: text.t(why, params),
    next: text.t(next, params),
    ...(error.said !== undefined && {
      said: text.t('error.said', { ...params, said: text.t('word.quoted', { text: error.said }) }),
    }),
    action,
    params,
  };
}

/** Names of a call's payload, as the page calls the field. */
const fields: Readonly<Record<string, MessageKey>> = {
  repository: 'field.repository',
  sourceBranch: 'field.source',
  targetBranch: 'field.target',
  title: 'field.title',
  description: 'field.description',
  token: 'token.field',
  credential: 'token.field',
  endsOn: 'token.endsOn',
  address: 'field.address',
  name: 'options.name',
  owners: 'options.owners',
  projects: 'options.projects',
};

function fieldOf({ params }: PageError, text: Text): Params {
  const { field } = params as { field?: string };
  if (field === undefined) return {};
  const name = field.split('.')[0] ?? '';
  const key = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return { field: key ? text.t('word.quoted', { text: text.t(key) }) : text.t('fallback.field') };
}

function instants({ params }: PageError, text: Text): Params {
  const { expiredAt, retryAt } = params as { expiredAt?: string; retryAt?: string };
  return {
    ...(expiredAt && { expiredAt: text.longDate(expiredAt) }),
    ...(retryAt && { retryAt: text.fromNow(retryAt) }),
  };
}

/** The backend gives the reason as a code of `domain/branch-name.ts`. */
function reasonOf({ params }: PageError, text: Text, service: string | undefined): Params {
  const reason = branchNameProblems.find((known) => known === (params as { reason?: string }).reason);
  if (!reason) return {};
  const key: MessageKey = `name.${reason}`;
  return { reason: text.t(key, { service: service ?? text.t('fallback.service') }) };
}
