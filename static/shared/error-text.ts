import type { ErrorNames, PageError } from '../../src/contract/errors';
import type { IntegrationView, ManagedIntegrationView } from '../../src/contract/views';
import type { ErrorCode, NextAction } from '../../src/domain/errors';
import { sentencesOf, type Situation } from './error-sentences';
import type { Text } from './text';
import type { MessageKey, Params } from './translate';

/** The page's own names for the place of an error; the error's own values win over them. */
export type Around = {
  integration?:
    Pick<IntegrationView | ManagedIntegrationView, 'name' | 'serviceName' | 'host' | 'provider'> | undefined;
  situation?: Situation | undefined;
  params?: Params | undefined;
  /** Names that the page knows better than the error: these win over its values. */
  instead?: Params | undefined;
};

export type ErrorText = {
  title: string;
  why: string;
  next: string;
  /** The service's own words, marked as such. */
  said?: string;
  action: NextAction;
  params: Params;
};

/** An error in words: what, why and the next step. Every placeholder gets a value, so no sentence ever has a hole. */
export function errorText(error: PageError, text: Text, around: Around = {}): ErrorText {
  const known = asTexts({ ...error.params, ...around.instead });
  const { title, why, next, action } = sentencesOf({ ...error, params: known }, around.situation, text.has);
  const reason = reasonOf(error, text, around.integration?.serviceName);
  const params = { ...paramsOf(known, text, around), ...reason };
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

/** The title of an error with a code and some names only. */
export function errorTitle(
  code: ErrorCode,
  names: ErrorNames,
  text: Text,
  around: Around,
): Pick<ErrorText, 'title' | 'params'> {
  const known = asTexts(names);
  const params = paramsOf(known, text, around);
  return { title: text.t(sentencesOf({ code, params: known }, around.situation, text.has).title, params), params };
}

function paramsOf(known: Known, text: Text, { integration, params }: Around): Params {
  return {
    ...text.fallbacks(),
    ...text.words(integration?.provider),
    ...(integration && { integration: integration.name, service: integration.serviceName, host: integration.host }),
    ...params,
    ...known,
    ...fieldOf(known, text),
    ...instants(known, text),
  };
}

type Value = string | number | true | readonly string[] | undefined;
type Known = Readonly<Record<string, string>>;

/** Lists and figures as a sentence has them. Unknown values and empty lists are left out. */
function asTexts(params: Readonly<Record<string, Value>>): Known {
  return Object.fromEntries(
    Object.entries(params).flatMap(([name, value]) => {
      const text = typeof value === 'object' ? value.join(', ') : String(value ?? '');
      return text === '' ? [] : [[name, text]];
    }),
  );
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

function fieldOf({ field }: Known, text: Text): Params {
  if (field === undefined) return {};
  const name = field.split('.')[0] ?? '';
  const key = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return { field: key ? text.t('word.quoted', { text: text.t(key) }) : text.t('fallback.field') };
}

function instants({ expiredAt, retryAt }: Known, text: Text): Params {
  return {
    ...(expiredAt && { expiredAt: text.longDate(expiredAt) }),
    ...(retryAt && { retryAt: text.fromNow(retryAt) }),
  };
}

function reasonOf(error: PageError, text: Text, service: string | undefined): Params {
  if (error.code !== 'BRANCH_NAME_INVALID') return {};
  const key = `name.${error.params.reason}`;
  return text.has(key) ? { reason: text.t(key, { service: service ?? text.t('fallback.service') }) } : {};
}
