import type en from '../locales/en-US.json';
import { factsOf, type ProviderKind } from './domain/editions';

/** A sentence of `locales/`. */
export type MessageKey = keyof typeof en;

/** Words that differ between kinds of service, as placeholders of other sentences (`{request}`, `{token}`, …). */
export type ProviderWord =
  | 'request'
  | 'Request'
  | 'requests'
  | 'token'
  | 'tokenShort'
  | 'aToken'
  /** In user settings, after *Set up your*. */
  | 'pat'
  /** Of the message that it is missing. */
  | 'heading'
  /** Stands before a request's number. */
  | 'mark'
  | 'scopes';

/** The key of a word in the language of one kind of service, or of services in general. */
export function providerWord(provider: ProviderKind | undefined, word: ProviderWord): MessageKey {
  return (provider && factsOf(provider).words?.[word]) ?? `word.${word}`;
}
