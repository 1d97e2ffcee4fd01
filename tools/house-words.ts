/** Finds words that docs/words.md rules out, in documents and in comments. */

/** Quotations, code and addresses of links: their words are not ours. */
const quoted = /`[^`\n]*`|"[^"\n]*"|“[^”\n]*”|\]\([^)\s]*\)|\*[^*\n]+\*/g;

/** The words of the table under *Words that are not used*. */
export function forbiddenWords(page: string): readonly string[] {
  const [, section = ''] = page.split('## Words that are not used\n');
  const [table = ''] = section.split('\n## ');
  const cells = [...table.matchAll(/^\| ([^|*-]+?) \|/gm)].map(([, cell = '']) => cell).slice(1);
  return cells.flatMap((cell) => cell.split(', '));
}

/** The prose of a file by its lines: a document without code, a source's comments. */
function proseOf(file: string, text: string): string[] {
  if (file.endsWith('.md')) {
    const withoutCode = text.replaceAll(/```[^]*?```/g, (code) => code.replaceAll(/[^\n]/g, ''));
    return withoutCode.split('\n').map((line) => line.replaceAll(quoted, ' '));
  }
  return text
    .split('\n')
    .map((line) => /(?:^\s*\/?\*+\s|(?<!:)\/\/\s|\{\/\*\s)(.*)/.exec(line)?.[1] ?? '')
    .map((line) => line.replaceAll(quoted, ' '));
}

/** A clause in place of a subject: a sentence of a document that begins with it and is no question. Tables may have such titles. */
const clause = /(?:^|[.:;] )(?:What|Who|Whose|Whoever) [^.?]*(?:\.|$)/;

/** The complaint about a word in a line of prose, if it has one. */
export function wordsIn(line: string, at: string, forbidden: readonly string[]): string[] {
  const [, found] = new RegExp(`\\b(${forbidden.join('|')})\\b`, 'i').exec(line) ?? [];
  return found === undefined ? [] : [`${at} says “${found}” (docs/words.md has better words)`];
}

/** Words in a file that break the rules of docs/words.md, one line each. */
export function wordsAgainst(file: string, text: string, forbidden: readonly string[]): string[] {
  return proseOf(file, text).flatMap((line, index) => {
    const at = `${file}:${index + 1}`;
    return [
      ...wordsIn(line, at, forbidden),
      ...(file.endsWith('.md') && /^[^|#]/.test(line) && clause.test(line)
        ? [`${at} has a clause for a subject (docs/words.md)`]
        : []),
    ];
  });
}
