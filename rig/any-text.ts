import fc from 'fast-check';

/** Any characters of a text. `fc.string({ unit: 'binary' })` draws the same, but first makes a map of all million of them. */
export function anyCharacters(maxLength: number): fc.Arbitrary<string> {
  // Halves of a pair are no characters.
  const point = fc
    .integer({ min: 0, max: 0x10ffff - 0x800 })
    .map((n) => String.fromCodePoint(n < 0xd800 ? n : n + 0x800));
  return fc.array(point, { maxLength }).map((points) => points.join(''));
}

/** Text in every script, with everything that has ever broken branch names. */
export const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  anyCharacters(100),
  fc.string({
    unit: fc.constantFrom(
      '.',
      '/',
      '-',
      'a',
      ' ',
      '~',
      '@',
      '{',
      '.lock',
      '\u0301',
      'ß',
      '日',
      'ि',
      '\u200d',
      '\ud800',
    ),
    maxLength: 60,
  }),
);
