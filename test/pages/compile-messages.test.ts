import { compileMessages, compileSentence } from '../../static/compile-messages.mts';
import { createText } from '../../static/shared/text';
import type { Messages } from '../../static/shared/translate';
import { languages } from '../support/languages';

const english = { 'people.removed': '{count, plural, one {# token} other {# tokens}}', 'flag.tokenSaved': 'Saved' };

/** The texts of a page with only these sentences. */
function text(locale: string, sentences: Record<string, string>) {
  const messages = compileMessages(locale, sentences, english) as Messages;
  return createText(messages, { locale, timeZone: 'UTC' });
}

describe('A language', () => {
  it('counts in all its forms', () => {
    const czech = '{count, plural, one {# token} few {# tokeny} many {# tokenu} other {# tokenů}}';
    const { t } = text('cs-CZ', { 'people.removed': czech });
    expect([1, 3, 5].map((count) => t('people.removed', { count }))).toEqual(['1 token', '3 tokeny', '5 tokenů']);
  });

  it('is American English where it lacks a sentence, or has one for other values', () => {
    const { t } = text('cs-CZ', { 'flag.tokenSaved': 'Uloženo: {name}' });
    expect(t('flag.tokenSaved')).toBe('Saved');
    expect(t('people.removed', { count: 1 })).toBe('1 token');
  });

  it.each([
    ['lacks a form it counts with', '{count, plural, one {# token} other {# tokenů}}', 'lacks the plural few, many'],
    ['has a form it does not count with', '{count, plural, two {a} one {b} few {c} many {d} other {e}}', 'two'],
    ['is not closed', '{count, plural, one {# token}', 'no ICU MessageFormat'],
    ['has nothing for all other kinds', '{count} {kind, select, key {a}}', 'lacks other for {kind}'],
    ['writes a date', '{count, date}', 'which pages do not know'],
  ])('is refused when a sentence %s', (_, sentence, why) => {
    expect(() => compileSentence('cs-CZ', 'people.removed', sentence)).toThrow(why);
  });
});

describe('Polish', () => {
  const polish = languages.find(({ locale }) => locale === 'pl-PL');

  it.each([
    [1, 'Usunięto 1 token'],
    [2, 'Usunięto 2 tokeny'],
    [5, 'Usunięto 5 tokenów'],
    [12, 'Usunięto 12 tokenów'],
    [22, 'Usunięto 22 tokeny'],
    [0, 'Usunięto 0 tokenów'],
    [1.5, 'Usunięto 1,5 tokena'],
  ])('has a form for %s', (count, sentence) => {
    expect(polish?.text.t('people.removed', { count })).toBe(sentence);
  });

  it('puts a noun into the case that the sentence needs', () => {
    const { t, words } = polish?.text ?? languages[0]!.text;
    expect(t('request.working', words('gitlab'))).toBe('Tworzenie merge requesta');
    expect(t('panel.switchedOff.requests', words('github'))).toContain('pull requestów');
    expect(t('error.ACCESS_KEY_SWAPPED.title', words('codecommit'))).toContain('klucza dostępu');
  });

  it('uses one word for one thing', () => {
    const strays = /(?<!\{)\b(tokenu|branch|issue|ticket|Pan|Pani)\b/i;
    const found = Object.entries(polish?.messages ?? {}).filter(([, sentence]) =>
      strays.test(JSON.stringify(sentence)),
    );
    expect(found).toEqual([]);
  });
});
