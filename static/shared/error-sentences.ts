import type { ErrorNames } from '../../src/contract/errors';
import { errors, type ErrorCode, type ErrorParams, type NextAction } from '../../src/domain/errors';
import type { AllOf, HasMessage, MessageKey } from './translate';

/**
 * The credential that failed, where that changes the sentence: the person's stored one, one just pasted (to a server of Azure
 * DevOps or TFS: `server-token`), a name and a password just typed, or the integration's.
 */
export type Situation = 'own-token' | 'new-token' | 'server-token' | 'password' | 'integration-account';

/** Situations with sentences of their own, the closest first. */
const nearest: Readonly<Record<Situation, readonly Situation[]>> = {
  'own-token': [],
  'new-token': ['new-token'],
  'server-token': ['server-token', 'new-token'],
  password: ['password', 'new-token'],
  'integration-account': ['integration-account'],
};

type Part = 'title' | 'why' | 'next';
/** An error on a page: the keys of its sentences, and its actions. */
export type ErrorSentences = Record<Part, MessageKey> & { action: NextAction };

/** An error as far as its sentences depend on it. `params`: as text. */
type Subject = { code: ErrorCode; url?: string | undefined; params: Readonly<Record<string, string>> };

/**
 * The sentences of an error: `error.CODE.title`, `.why` and `.next`. A situation may have three of its own
 * (`error.CODE.integration-account.title`), and each one that says more where a parameter is known, or has a certain value
 * (`….why.days`, `….why.refused-classic`). Only the locale knows which exist; `has` looks there.
 */
export function sentencesOf(
  { code, url, params }: Subject,
  situation: Situation | undefined,
  has: HasMessage,
): ErrorSentences {
  // A certain value says more than that there is one.
  const details = [...Object.entries(params).map(([name, value]) => `${name}-${value}`), ...Object.keys(params)];
  const within = nearest[situation ?? 'own-token'].find((one) => has(`error.${code}.${one}.title`));
  const keyOf = (part: Part): MessageKey => {
    const plain: Shown = `error.${code}.${part}`;
    const ofSituation = `error.${code}.${within}.${part}`;
    const key = has(ofSituation) ? ofSituation : plain;
    return details.map((detail) => `${key}.${detail}`).find(has) ?? key;
  };
  return { title: keyOf('title'), why: keyOf('why'), next: keyOf('next'), action: actionOf() };

  function actionOf(): NextAction {
    const { action = 'none', otherAction } = errors[code];
    const detail = details.find((one) => otherAction !== undefined && Object.hasOwn(otherAction, one));
    if (detail !== undefined) return otherAction?.[detail] ?? action;
    // The integration account's credential is an admin's to mend, wherever that is done.
    if (situation === 'integration-account' && ['open-url', 'replace-token'].includes(action))
      return 'manage-repositories';
    // The other actions of a row are for the person's own stored credential.
    if (within !== undefined) return action === 'try-again' ? action : 'none';
    if (url !== undefined) return action;
    return action === 'open-url' ? 'try-again' : action === 'open-existing' ? 'none' : action;
  }
}

type Values<Value> = Value extends string ? (string extends Value ? never : Value) : never;
/** A parameter, or one of the values of a parameter that has only certain ones. */
type Detail<Params> = Params extends object
  ? { [Name in keyof Params & string]: Name | `${Name}-${Values<Params[Name]>}` }[keyof Params & string]
  : never;
type Keys = {
  [
    Code in ErrorCode
  ]: `error.${Code}.${`${Exclude<Situation, 'own-token'>}.` | ''}${Part}${`.${Detail<Required<ErrorParams<Code> & ErrorNames>>}` | ''}`;
}[ErrorCode];
type OfErrors = Extract<MessageKey, `error.${string}`>;
/** The sentences of errors. One that no error would ever show (of no code, no situation, no parameter of its row) does not compile. */
type Shown = AllOf<OfErrors, Keys | 'error.said'>;
