import type en from '../locales/en-US.json';
import type { ProviderKind } from './domain/editions';

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

/** Where a kind of service speaks differently from the rest. */
const ownWords: Readonly<Record<ProviderKind, Readonly<Partial<Record<ProviderWord, MessageKey>>>>> = {
  github: { scopes: 'word.github.scopes' },
  gitlab: {
    request: 'word.gitlab.request',
    Request: 'word.gitlab.Request',
    requests: 'word.gitlab.requests',
    mark: 'word.gitlab.mark',
    scopes: 'word.gitlab.scopes',
  },
  'azure-devops': { mark: 'word.azure-devops.mark', scopes: 'word.azure-devops.scopes' },
  codecommit: {
    token: 'word.codecommit.token',
    tokenShort: 'word.codecommit.tokenShort',
    aToken: 'word.codecommit.aToken',
    pat: 'word.codecommit.pat',
    heading: 'word.codecommit.heading',
    scopes: 'word.codecommit.scopes',
  },
};

/** The key of a word in the language of one kind of service. */
export function providerWord(provider: ProviderKind, word: ProviderWord): MessageKey {
  return ownWords[provider][word] ?? `word.${word}`;
}
