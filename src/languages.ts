/** Every file of `locales/`, each loaded where somebody reads it. `manifest.yml` names the same ones. */
export const languages = {
  'en-US': () => import('../locales/en-US.json'),
  'de-DE': () => import('../locales/de-DE.json'),
  'pl-PL': () => import('../locales/pl-PL.json'),
} as const;

/**
 * Which of them is for a person's locale (`en_US`, `de-AT`, as Jira or a browser writes it), and the locale of what is said in it. Where there
 * is no such language both are American English, so that sentences, dates and plurals never mix.
 */
export function languageFor(wanted: string | undefined): { key: keyof typeof languages; locale: string } {
  const locale = canonical(wanted);
  const key = keys.find((one) => languageOf(one) === languageOf(locale));
  return key === undefined ? { key: 'en-US', locale: 'en-US' } : { key, locale };
}

const keys = Object.keys(languages) as (keyof typeof languages)[];

function languageOf(locale: string): string {
  return locale.split('-')[0] ?? '';
}

function canonical(locale: string | undefined): string {
  try {
    return Intl.getCanonicalLocales((locale ?? '').replace('_', '-'))[0] ?? '';
  } catch {
    return '';
  }
}
