import { createContext, createElement, Fragment, type ReactNode, useContext } from 'react';
import { factsOf, signOf } from '../../src/domain/editions';
import type { ProviderKind } from '../../src/contract/views';
import { endOfToken, fromNow, inUnits, longDate, type Calendar } from './dates';
import { fillParts } from './message-format';
import {
  createTranslate,
  type HasMessage,
  type MessageKey,
  type Messages,
  type Params,
  type Translate,
} from './translate';

/** Everything a component needs to speak to a person. */
export type Text = Calendar & {
  t: Translate;
  has: HasMessage;
  /** The text in place of an unknown name, of all the names an error's sentence can have. */
  fallbacks: () => Params;
  /** A sentence with elements in it. */
  rich: (key: MessageKey, params: Readonly<Record<string, ReactNode>>) => ReactNode;
  /** How the sentences about a kind of service differ, or about services in general. */
  words: (provider: ProviderKind | undefined) => ProviderWords;
  longDate: (instant: string) => string;
  /** `2 hours ago`, `just now`. In sentences of ours: the browser's own need its tables, 20 ms the first time (Chromium). */
  ago: (instant: string) => string;
  /** `in 5 minutes`, `in a moment`. */
  fromNow: (instant: string) => string;
  /** When a token ends: a few words for a list, or a sentence about *your token*. */
  ends: (token: Parameters<typeof endOfToken>[0], service: string, form?: 'words' | 'sentence') => string;
};

/** `credential` and `requestKind` are for sentences to choose by (`{credential, select, key {…} other {…}}`); the others are filled in. */
export type ProviderWords = {
  credential: 'key' | 'token';
  requestKind: 'merge' | 'pull';
  sign: string;
  scopes: string;
};

const FALLBACK = 'fallback.';

/** Everything a page says, in one language: sentences, plurals, the words of a service. */
export function createText(messages: Messages, calendar: Calendar): Text {
  const { t, form } = createTranslate(messages, calendar.locale);
  return {
    locale: calendar.locale,
    get timeZone() {
      return calendar.timeZone;
    },
    t,
    has: (key): key is MessageKey => Object.hasOwn(messages, key),
    fallbacks: () =>
      Object.fromEntries(
        Object.keys(messages).flatMap((key) =>
          key.startsWith(FALLBACK) ? [[key.slice(FALLBACK.length), t(key as MessageKey)]] : [],
        ),
      ),
    rich: (key, params) =>
      fillParts<ReactNode>(form(key, params), params).map((part, index) =>
        createElement(Fragment, { key: index }, part),
      ),
    words: (provider) => ({
      credential: provider && factsOf(provider).credential === 'access-key' ? 'key' : 'token',
      requestKind: (provider && factsOf(provider).requestKind) ?? 'pull',
      sign: signOf(provider),
      scopes: t((provider && factsOf(provider).scopesWord) ?? 'word.scopes'),
    }),
    longDate: (instant) => longDate(instant, calendar),
    ago: (instant) => {
      const since = inUnits(Date.now() - Date.parse(instant));
      return since ? t(`time.${since.unit}`, { count: since.count }) : t('time.now');
    },
    fromNow: (instant) => fromNow(instant, Date.now(), calendar) ?? t('time.soon'),
    ends: (token, service, form = 'words') => {
      const { key, params } = endOfToken(token, Date.now(), calendar);
      return t(form === 'words' ? key : `acting.${key}`, { ...params, service });
    },
  };
}

const TextContext = createContext<Text | undefined>(undefined);
export const TextProvider = TextContext.Provider;

/** The texts of a component's page. */
export function useText(): Text {
  const text = useContext(TextContext);
  if (!text) throw new Error('A component stands outside the text provider');
  return text;
}
