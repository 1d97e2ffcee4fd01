import type en from '../locales/en-US.json';
import { factsOf, type ProviderKind } from './domain/editions';

/** A sentence of `locales/`. */
export type MessageKey = keyof typeof en;

/** Words that differ between services, as placeholders of sentences. `mark` is written before the number of a pull request. */
export type ProviderWord = 'mark' | 'scopes';

/** The key of a word in the language of one kind of service, or of services in general. */
export function providerWord(provider: ProviderKind | undefined, word: ProviderWord): MessageKey {
  return (provider && factsOf(provider).words?.[word]) ?? `word.${word}`;
}
