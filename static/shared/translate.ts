import type { MessageKey } from '../../src/messages';

export type { MessageKey } from '../../src/messages';
export type Params = Readonly<Record<string, string | number>>;
export type Messages = Readonly<Record<MessageKey, string>>;

/** A sentence of one language, its placeholders filled. A placeholder without a value stays visible as it is written. */
export type Translate = (key: MessageKey, params?: Params) => string;

const PLACEHOLDER = /\{(\w+)\}/g;

/** These keys, all of which have to be allowed: one that is not does not compile. */
export type AllOf<Key extends Allowed, Allowed> = Key;

/** The key of a sentence that need not be there. */
export type HasMessage = (key: string) => key is MessageKey;

/** Replaces `{name}` by its value. */
export function fill(sentence: string, params: Params = {}): string {
  return sentence.replace(PLACEHOLDER, (written, name: string) => String(params[name] ?? written));
}

/** The same for values that are not text, such as an element around a name: the sentence in pieces. */
export function fillParts<Part>(sentence: string, params: Readonly<Record<string, Part>>): (string | Part)[] {
  return sentence.split(PLACEHOLDER).map((piece, index) => (index % 2 === 0 ? piece : (params[piece] ?? `{${piece}}`)));
}

/** Sentences of one language by key, with their parameters filled in. */
export function createTranslate(messages: Messages): Translate {
  return (key, params) => fill(messages[key], params);
}

/** The sentences of each language, a chunk of its own: a page loads the one it needs. A new language is a line here and in `manifest.yml`. */
const languages: Readonly<Record<string, () => Promise<{ default: Messages }>>> = {
  en: () => import('../../locales/en-US.json'),
  de: () => import('../../locales/de-DE.json'),
};

/**
 * The sentences for a person's locale (`en_US`, `de-AT`, as Jira or a browser writes it) and the locale they are in. Where the
 * language has none both are American English, so that sentences, dates and plurals never mix.
 */
export async function loadMessages(wanted: string | undefined): Promise<{ locale: string; messages: Messages }> {
  const locale = canonical(wanted);
  const language = locale?.split('-')[0] ?? '';
  const load = Object.hasOwn(languages, language) ? languages[language] : undefined;
  if (locale !== undefined && load) return { locale, messages: (await load()).default };
  return { locale: 'en-US', messages: (await import('../../locales/en-US.json')).default };
}

function canonical(locale: string | undefined): string | undefined {
  try {
    return Intl.getCanonicalLocales((locale ?? '').replace('_', '-'))[0];
  } catch {
    return undefined;
  }
}
