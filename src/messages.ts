import type en from '../locales/en-US.json';
import { factsOf, type ProviderKind } from './domain/editions';

/** A sentence of `locales/`. */
export type MessageKey = keyof typeof en;

/** What differs between kinds of service, as placeholders of sentences. `mark` stands before the number of a pull request. */
export type ProviderWord = 'mark' | 'scopes';

/** The key of a word in the language of one kind of service, or of services in general. */
export function providerWord(provider: ProviderKind | undefined, word: ProviderWord): MessageKey {
  return (provider && factsOf(provider).words?.[word]) ?? `word.${word}`;
}
