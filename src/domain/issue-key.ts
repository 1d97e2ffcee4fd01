/** An issue that was moved more often is found by its latest keys. */
const MOST_FORMER_KEYS = 3;
const ISSUE_KEY = /^[A-Z][A-Z0-9_]+-[1-9]\d*$/;

/** Whether a text has the shape of a Jira issue key (`DEMO-1`). */
export function isIssueKey(text: string): boolean {
  return ISSUE_KEY.test(text);
}

/** Keys an issue had before it was moved, the latest first: only what looks like one, and few, for each is one more search. */
export function formerKeysOf(key: string, told: readonly string[]): string[] {
  return [...new Set(told)].filter((former) => former !== key && isIssueKey(former)).slice(0, MOST_FORMER_KEYS);
}

/** Whether a branch name or title names the issue as a whole word: `DEMO-1` is in `fix/demo-1_x`, not in `DEMO-12` or `XDEMO-1`. */
export function mentionsIssue(text: string, key: string): boolean {
  // In lower case, because a case-insensitive expression about letters takes 2 ms to compile.
  return new RegExp(`(?<![\\p{L}\\p{N}])${key.toLowerCase()}(?!\\d)`, 'u').test(text.toLowerCase());
}

/**
 * Whether a branch has the issue's key as a word of its own: between the ends of the name, `/`, `-` and `_`. Stricter than
 * `mentionsIssue`: `release-1.9` is a version. The part before a `_` may be the beginning of another project's key: `other_demo-1`
 * is an issue of `OTHER_DEMO`. It is none where it is written unlike the rest (`fix_DEMO-1`), or has no letters.
 */
export function namesIssue(branch: string, key: string): boolean {
  return isIn(branch, key, (prefix) => prefix === '');
}

/** Whether the text before the key in a name makes it the key of another project, so that `namesIssue` cannot tell. */
export function readsAsOtherProject(name: string, key: string): boolean {
  return isIn(name, key, (prefix) => prefix !== '') && !namesIssue(name, key);
}

/** Whether the key is there as a word whose prefix, what makes another project's key of it, is as it should be. */
function isIn(name: string, key: string, isMeant: (prefix: string) => boolean): boolean {
  const word = new RegExp(`(?<=^|[/_-])${key}(?=$|[/_-])`, 'gi');
  return [...name.matchAll(word)].some(({ 0: found, index }) => {
    const head = name.slice(0, index);
    const before = head.endsWith('_') ? (head.split(/[^a-z0-9_]/i).at(-1) ?? '') : '';
    return isMeant(/[a-z]/i.test(before) && isInOneCase(`${before}${found}`) ? before : '');
  });
}

function isInOneCase(text: string): boolean {
  return text === text.toUpperCase() || text === text.toLowerCase();
}
