import { createContext, createElement, Fragment, type ReactNode, useContext } from 'react';
import { providerWord, type ProviderWord } from '../../src/messages';
import type { ProviderKind } from '../../src/contract/views';
import { endOfToken, fromNow, inUnits, longDate, type Place } from './dates';
import {
  createTranslate,
  fillParts,
  type HasMessage,
  type MessageKey,
  type Messages,
  type Params,
  type Translate,
} from './translate';

/** Everything a component needs to speak to a person. */
export type Text = Place & {
  t: Translate;
  has: HasMessage;
  /** What stands for a name that nobody knows, of all the names an error's sentence can have. */
  fallbacks: () => Params;
  /** A sentence with elements in it. */
  rich: (key: MessageKey, params: Readonly<Record<string, ReactNode>>) => ReactNode;
  /** `key` + `.one` or `.other`, as the language counts; `count` is a placeholder as well. */
  plural: (key: PluralKey, count: number, params?: Params) => string;
  /** The words of a kind of service, or of services in general, as placeholders. */
  words: (provider: ProviderKind | undefined) => Record<ProviderWord, string>;
  longDate: (instant: string) => string;
  /** `2 hours ago`, `just now`. In sentences of ours: the browser's own need its tables, 20 ms the first time (Chromium). */
  ago: (instant: string) => string;
  /** `in 5 minutes`, `just now`. */
  fromNow: (instant: string) => string;
  /** When a token ends: a few words for a list, or a sentence about *your token*. */
  ends: (token: Parameters<typeof endOfToken>[0], service: string, form?: 'words' | 'sentence') => string;
};

type PluralKey = MessageKey extends infer K ? (K extends `${infer Base}.other` ? Base : never) : never;

const FALLBACK = 'fallback.';

const providerWords = [
  'request', 'Request', 'requests', 'token', 'tokenShort', 'aToken', 'pat', 'heading', 'mark', 'scopes',
] as const; // prettier-ignore

/** Everything a page says, in one language: sentences, plurals, the words of a service. */
export function createText(messages: Messages, place: Place): Text {
  const t = createTranslate(messages);
  let rules: Intl.PluralRules | undefined;
  const plural: Text['plural'] = (key, count, params) =>
    t(`${key}.${(rules ??= new Intl.PluralRules(place.locale)).select(count) === 'one' ? 'one' : 'other'}`, {
      ...params,
      count,
    });
  return {
    locale: place.locale,
    get timeZone() {
      return place.timeZone;
    },
    t,
    has: (key): key is MessageKey => Object.hasOwn(messages, key),
    fallbacks: () =>
      Object.fromEntries(
        Object.entries(messages).flatMap(([key, words]) =>
          key.startsWith(FALLBACK) ? [[key.slice(FALLBACK.length), words]] : [],
        ),
      ),
    rich: (key, params) =>
      fillParts<ReactNode>(messages[key], params).map((part, index) => createElement(Fragment, { key: index }, part)),
    plural,
    words: (provider) =>
      Object.fromEntries(providerWords.map((word) => [word, t(providerWord(provider, word))])) as Record<
        ProviderWord,
        string
      >,
    longDate: (instant) => longDate(instant, place),
    ago: (instant) => {
      const since = inUnits(Date.now() - Date.parse(instant));
      return since ? plural(`time.${since.unit}`, since.count) : t('time.now');
    },
    fromNow: (instant) => fromNow(instant, Date.now(), place) ?? t('time.now'),
    ends: (token, service, form = 'words') => {
      const { key, params } = endOfToken(token, Date.now(), place);
      return t(form === 'words' ? key : `acting.${key}`, { ...params, service });
    },
  };
}

const TextContext = createContext<Text | undefined>(undefined);
export const TextProvider = TextContext.Provider;

/** The texts of the page a component stands in. */
export function useText(): Text {
  const text = useContext(TextContext);
  if (!text) throw new Error('A component stands outside the text provider');
  return text;
}
