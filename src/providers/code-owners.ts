import type { ReviewRule } from './provider';

/** As many as a person would read. */
const NAMED = 8;

/**
 * The owners that a CODEOWNERS file names, each once and in its order: people and teams with `@`, or addresses. Whose files a change
 * touches is not looked for: nothing is compared before there is a pull request. GitLab's sections name owners in their heading.
 */
export function codeOwners(file: string): ReviewRule[] {
  const lines = file.split('\n').map((line) =>
    line
      .split(/(?:^|\s)#/, 1)
      .join('')
      .trim(),
  );
  const named = lines.flatMap((line) => {
    const [, ...rest] = /^\^?\[/.test(line)
      ? ['', ...line.slice(line.lastIndexOf(']') + 1).split(/\s+/)]
      : line.split(/\s+/);
    return rest.filter((word) => (word.startsWith('@') ? word.length > 1 : word.indexOf('@') > 0));
  });
  const people = [...new Set(named)];
  return people.length === 0 ? [] : [{ kind: 'code-owners', ...namedOf(people) }];
}

/** People a rule names, and how many are left out. */
export function namedOf(people: readonly string[], unnamed = 0): Pick<ReviewRule, 'people' | 'more'> {
  const more = Math.max(0, people.length - NAMED) + unnamed;
  return { people: people.slice(0, NAMED), ...(more > 0 && { more }) };
}
