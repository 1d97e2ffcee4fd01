import locales from '../../manifest.yml';
import type { Messages } from './translate';

/**
 * The sentences for a person's locale (`en_US`, `de-AT`, as Jira or a browser writes it) and the locale they are in. Where the
 * language has none both are American English, so that sentences, dates and plurals never mix. The languages are those the manifest declares,
 * each a chunk of its own: a page loads the one it needs.
 */
export async function loadMessages(wanted: string | undefined): Promise<{ locale: string; messages: Messages }> {
  const locale = canonical(wanted);
  const load =
    locale === undefined ? undefined : locales.find(({ key }) => languageOf(key) === languageOf(locale))?.load;
  if (locale !== undefined && load) return { locale, messages: (await load()).default as Messages };
  return loadMessages('en-US');
}

function languageOf(locale: string): string {
  return locale.split('-')[0] ?? '';
}

function canonical(locale: string | undefined): string | undefined {
  try {
    return Intl.getCanonicalLocales((locale ?? '').replace('_', '-'))[0];
  } catch {
    return undefined;
  }
}
