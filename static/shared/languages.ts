import { languageFor, languages } from '../../src/languages';
import type { Messages } from './translate';

/** The sentences for a person's locale, compiled when the pages were built, and the locale they are in. A page loads the language it needs. */
export async function loadMessages(wanted: string | undefined): Promise<{ locale: string; messages: Messages }> {
  const { key, locale } = languageFor(wanted);
  return { locale, messages: (await languages[key]()).default };
}
