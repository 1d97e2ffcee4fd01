import en from '../../locales/en-US.json';
import type { MessageKey } from '../../src/messages';

export type { MessageKey } from '../../src/messages';
export type Params = Readonly<Record<string, string | number>>;
export type Messages = Readonly<Record<MessageKey, string>>;

/** A sentence of one language, its placeholders filled. A placeholder without a value stays visible as it is written. */
export type Translate = (key: MessageKey, params?: Params) => string;

const PLACEHOLDER = /\{(\w+)\}/g;

/** Replaces `{name}` by its value. */
export function fill(sentence: string, params: Params = {}): string {
  return sentence.replace(PLACEHOLDER, (written, name: string) => String(params[name] ?? written));
}

/** The same for values that are not text, such as an element around a name: the sentence in pieces. */
export function fillParts<Part>(sentence: string, params: Readonly<Record<string, Part>>): (string | Part)[] {
  return sentence.split(PLACEHOLDER).map((piece, index) => (index % 2 === 0 ? piece : (params[piece] ?? `{${piece}}`)));
}

export function createTranslate(messages: Messages): Translate {
  return (key, params) => fill(messages[key], params);
}

/**
 * The sentences of a locale of Forge's context (`en-US`, `de-DE`); English where there are none. A language other than English is
 * a chunk of its own: add it here when its file exists.
 */
export async function loadMessages(_locale: string): Promise<Messages> {
  return en;
}
