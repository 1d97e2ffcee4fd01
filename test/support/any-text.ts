import fc from 'fast-check';

/** Text in every script, with everything that has broken branch names before. */
export const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.string({ unit: 'binary', maxLength: 100 }),
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
