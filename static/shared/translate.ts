import type { MessageKey } from '../../src/messages';
import { fill, inForm, type Message, type Params } from './message-format';

export type { MessageKey } from '../../src/messages';
export type { Params } from './message-format';
export type Messages = Readonly<Record<MessageKey, Message>>;

/** A sentence of one language, in the form of its values and with its placeholders filled. One without a value stays visible as it is written. */
export type Translate = (key: MessageKey, params?: Params) => string;

/** These keys, all of which have to be allowed: one that is not does not compile. */
export type AllOf<Key extends Allowed, Allowed> = Key;

/** The key of a sentence that need not be there. */
export type HasMessage = (key: string) => key is MessageKey;

/** How one language finds the form of a sentence and fills it in. Its rules and its figures are made when they are first needed. */
export function createTranslate(messages: Messages, locale: string) {
  let rules: Intl.PluralRules | undefined;
  let figures: Intl.NumberFormat | undefined;
  const form = (key: MessageKey, params: Readonly<Record<string, unknown>> = {}): string =>
    inForm(messages[key], params, () => (rules ??= new Intl.PluralRules(locale)));
  // A whole number below a thousand is written alike in all languages here.
  const number = (value: number): string =>
    Number.isInteger(value) && Math.abs(value) < 1000
      ? String(value)
      : (figures ??= new Intl.NumberFormat(locale)).format(value);
  const t: Translate = (key, params) => fill(form(key, params), params, number);
  return { t, form };
}
