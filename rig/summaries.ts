import { randomFrom } from './random.ts';

/** Blocks of letters as they come in summaries of issues, first and last code point. */
const scripts: readonly (readonly [string, number, number])[] = [
  ['Latin', 0x41, 0x7a], ['Latin with accents', 0xc0, 0x24f], ['Latin, extended', 0x1e00, 0x1eff], ['Greek', 0x370, 0x3ff],
  ['Greek with breathings', 0x1f00, 0x1fff], ['Cyrillic', 0x400, 0x52f], ['Armenian', 0x531, 0x58a], ['Hebrew', 0x591, 0x5f4],
  ['Arabic', 0x600, 0x6ff], ['Syriac', 0x700, 0x74f], ['Thaana', 0x780, 0x7b1], ['Devanagari', 0x900, 0x97f],
  ['Bengali', 0x980, 0x9fe], ['Gurmukhi', 0xa01, 0xa76], ['Gujarati', 0xa81, 0xaff], ['Tamil', 0xb82, 0xbfa],
  ['Telugu', 0xc00, 0xc7f], ['Kannada', 0xc80, 0xcf3], ['Malayalam', 0xd00, 0xd7f], ['Sinhala', 0xd81, 0xdf4],
  ['Thai', 0xe01, 0xe5b], ['Lao', 0xe81, 0xedf], ['Tibetan', 0xf00, 0xfda], ['Myanmar', 0x1000, 0x109f],
  ['Georgian', 0x10a0, 0x10ff], ['Hangul letters', 0x1100, 0x11ff], ['Ethiopic', 0x1200, 0x137c], ['Cherokee', 0x13a0, 0x13fd],
  ['Khmer', 0x1780, 0x17f9], ['Mongolian', 0x1800, 0x18aa], ['Hiragana', 0x3041, 0x309f], ['Katakana', 0x30a0, 0x30ff],
  ['Bopomofo', 0x3105, 0x312f], ['Han', 0x4e00, 0x9fff], ['Hangul', 0xac00, 0xd7a3], ['Arabic forms', 0xfb50, 0xfdff],
  ['Half and full width', 0xff01, 0xffee], ['Gothic', 0x10330, 0x1034a], ['Mathematical letters', 0x1d400, 0x1d7ff],
  ['Emoji', 0x1f300, 0x1faff], ['Han, extended', 0x20000, 0x2a6df], ['Punctuation', 0x2000, 0x206f], ['Controls', 0x0, 0x1f],
  ['Surrogates on their own', 0xd800, 0xdfff], ['Private use', 0xe000, 0xe0ff], ['Tags', 0xe0000, 0xe007f],
]; // prettier-ignore

/** Texts that have broken branch names before. */
const troubles = [
  '..', '/', '//', '-', '--', '.', '.lock', '.lock.lock', '@', '@{', '~', '^', ':', '?', '*', '[', '\\', ' ', '\t', '\n', '\u00a0',
  '\u200d', '\ufeff', '\u0301', '$', '${summary}', '${issuekey}', '`', "'", '"', '%2F', 'HEAD', 'DEMO-2', '7', '_', '__', '+', '#', '&',
]; // prettier-ignore

/** Summaries in every script, alone and mixed, up to 255 characters (Jira's limit), sprinkled with trouble. */
export function summaries(count: number, seed: number): string[] {
  const random = randomFrom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  return Array.from({ length: count }, (_, index) => {
    const length = below(random() < 0.2 ? 255 : 50);
    let [, first, last] = scripts[index % scripts.length] ?? ['', 0x41, 0x7a];
    let text = '';
    while (text.length < length) {
      const dice = random();
      if (dice < 0.12) text += ' ';
      else if (dice < 0.18) text += troubles[below(troubles.length)] ?? '';
      else if (dice < 0.2) [, first, last] = scripts[below(scripts.length)] ?? ['', 0x41, 0x7a];
      else text += String.fromCodePoint(first + below(last - first + 1));
    }
    return text;
  });
}
