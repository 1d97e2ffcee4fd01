import { mentionsIssue } from '../domain/issue-key';

/** What work is looked for: `words` as far as a service can search for them, and of that what has a title or a branch that `fits`. */
export type Wanted = { words: readonly string[]; fits(...texts: string[]): boolean };

/** Work that names an issue. */
export function namingIssue(key: string): Wanted {
  return { words: [key], fits: (...texts) => texts.some((text) => mentionsIssue(text, key)) };
}

/** Work with all of the words, in any case, in its title or in its branch. Without words that is all work. */
export function withWords(typed: string): Wanted {
  const words = typed.split(/\s+/u).filter((word) => word !== '');
  const wanted = words.map((word) => word.toLowerCase());
  return {
    words,
    fits: (...texts) => texts.some((text) => wanted.every((word) => text.toLowerCase().includes(word))),
  };
}

/** The word that finds least, for a service that searches for one text; nothing without words. */
export function longestOf({ words }: Wanted): string {
  return words.reduce((longest, word) => (word.length > longest.length ? word : longest), '');
}
