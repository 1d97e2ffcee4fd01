/** Why git, or a service, would not take a branch name. */
export type BranchNameProblem =
  | 'empty'
  | 'direction'
  | 'space'
  | 'control'
  | 'character'
  | 'dots'
  | 'slash'
  | 'lock'
  | 'dash'
  | 'at'
  | 'head'
  | 'prefix'
  | 'hash'
  | 'segment-long'
  | 'long';

/** The longest name a service takes, in UTF-8 bytes, without `refs/heads/`. */
export type BranchNameLimits = { bytes: number };

/** A file of git's ref store, `<segment>.lock`, has at most 255 bytes (measured with git 2.39). */
export const SEGMENT_BYTES = 250;

/**
 * Direction marks and other characters that nobody sees (Unicode's `Default_Ignorable_Code_Point`, and the empty Braille pattern): git takes
 * them, people read another name. Joiners and variation selectors belong to words and emoji, but to nothing behind a Latin letter.
 */
const INVISIBLE =
  /(?![\u200C\u200D\uFE0E\uFE0F\u180B-\u180D\u180F])[\p{Cf}\p{DI}\u2800]|(?<=^|[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Nd}\p{P}])[\u200C\u200D]/u;

/** Length in UTF-8 bytes, the way services count. */
export function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** The first check that fails, in the order a person would want to hear of it. Source: `git check-ref-format`. */
const checks: readonly (readonly [BranchNameProblem, (name: string, limits: BranchNameLimits) => boolean])[] = [
  ['empty', (name) => name === ''],
  ['direction', (name) => INVISIBLE.test(name)],
  ['space', (name) => /\s/u.test(name)],
  ['control', (name) => /[\p{Cc}\p{Cs}]/u.test(name)],
  ['character', (name) => /[~^:?*[\\]/.test(name) || name.includes('@{')],
  ['dots', (name) => name.includes('..') || /(^|\/)\./.test(name) || name.endsWith('.')],
  ['slash', (name) => name.startsWith('/') || name.endsWith('/') || name.includes('//')],
  ['lock', (name) => /\.lock(\/|$)/.test(name)],
  ['dash', (name) => name.startsWith('-')],
  ['at', (name) => name === '@'],
  ['head', (name) => name === 'HEAD'],
  // A whole ref, as git writes it: GitHub refuses it (changelog of 2023-03-23), git would make `refs/heads/refs/heads/…` of it.
  ['prefix', (name) => name.startsWith('refs/')],
  // Services refuse a name that reads as a commit: GitHub and GitLab "40 hexadecimal characters".
  ['hash', (name) => /^[0-9a-f]{40}([0-9a-f]{24})?$/i.test(name)],
  ['segment-long', (name) => name.split('/').some((segment) => byteLength(segment) > SEGMENT_BYTES)],
  ['long', (name, limits) => byteLength(name) > limits.bytes],
];

/** Why a name cannot be a branch, or nothing when it can. */
export function branchNameProblem(name: string, limits: BranchNameLimits): BranchNameProblem | undefined {
  return checks.find(([, fails]) => fails(name, limits))?.[0];
}

/** Whether a branch of that name can exist: a service may hold whole refs and names with invisible marks, though nobody is to make one. */
export function canExist(name: string): boolean {
  return checks.every(([problem, fails]) => ['direction', 'prefix'].includes(problem) || !fails(name, { bytes: 1024 }));
}

/** Letters that Unicode does not take apart into a base letter and a mark. */
const LATIN_LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ð: 'd', đ: 'd', þ: 'th', ł: 'l', ħ: 'h', ı: 'i', ŋ: 'n', ĸ: 'k', ŧ: 't', ſ: 's',
}; // prettier-ignore

/**
 * The part of a name that comes from a sentence: lower case, `-` between words, Latin letters without accents, letters
 * and digits of every other script as they are. Applying it twice changes nothing. Empty when the text has no letter or digit.
 */
export function slug(text: string): string {
  return (
    plainLetters(text)
      .replace(/[^\p{L}\p{M}\p{N}]/gu, '-')
      // A mark without a letter before it is no word.
      .replace(/(^|-)\p{M}+/gu, '$1')
      .replace(/-{2,}/g, '-')
      .replace(/^-|-$/g, '')
  );
}

function plainLetters(text: string): string {
  // For most summaries this is all; the tables of Unicode take milliseconds to read.
  if (/^[\0-\x7f]*$/.test(text)) return text.toLowerCase();
  return (
    text
      .toWellFormed()
      .normalize('NFKD')
      .toLowerCase()
      .normalize('NFKD')
      // Joiners inside a word belong to the word.
      .replace(/[\p{Cf}\p{DI}]/gu, '')
      .replace(/[ßæœøðđþłħıŋĸŧſ]/g, (letter) => LATIN_LETTERS[letter] ?? letter)
      .replace(/(\p{Script=Latin})[\u0300-\u036f]+/gu, '$1')
      .normalize('NFC')
  );
}

/** Cuts to at most `bytes`, at a character a reader sees, at the last `-` when at least half remains. */
export function shorten(text: string, bytes: number): string {
  let cut = '';
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)) {
    if (byteLength(cut) + byteLength(segment) > bytes) break;
    cut += segment;
  }
  if (cut.length === text.length || text[cut.length] === '-') return cut;
  const word = cut.lastIndexOf('-');
  return word >= cut.length / 2 ? cut.slice(0, word) : cut;
}

/** The nearest valid name to one that is not: forbidden characters become `-`. Case and script do not change. */
export function fixBranchName(name: string, limits: BranchNameLimits): string {
  const near = nearestName(name, limits);
  // The character behind the joiner was removed.
  return INVISIBLE.test(near) ? nearestName(name.replace(/[\u200C\u200D]/g, ''), limits) : near;
}

function nearestName(name: string, limits: BranchNameLimits): string {
  const allowed = name
    .toWellFormed()
    .replaceAll(new RegExp(INVISIBLE, 'gu'), '')
    .replace(/[\s\p{Cc}~^:?*[\\]|@\{/gu, '-')
    .replace(/\.{2,}/g, '.')
    .replace(/-{2,}/g, '-');
  const parts = allowed.split('/').map((part) => withoutForbiddenEnds(shorten(part, SEGMENT_BYTES)));
  const joined = shorten(withoutPrefix(parts.filter((part) => part !== '').join('/')), limits.bytes);
  const fixed = joined.split('/').map(withoutForbiddenEnds).filter(Boolean).join('/');
  return branchNameProblem(fixed, limits) === undefined
    ? fixed
    : withoutForbiddenEnds(`branch-${fixed.replace(/^[-@]+/, '')}`);
}

/** The branch that a whole ref is about. */
function withoutPrefix(ref: string): string {
  return ref.replace(/^(refs\/(heads\/|tags\/|remotes\/[^/]+\/)?)+/, '');
}

function withoutForbiddenEnds(segment: string): string {
  return segment.replace(/^[-.]+/, '').replace(/(?<!\.lock|[-.])(\.lock|[-.])+$/, '');
}

/** git stores branches in folders, so `fix` and `fix/login` cannot both exist: which of `others` is in the way of `name`. */
export function branchInTheWay(name: string, others: readonly string[]): string | undefined {
  return others.find((other) => name.startsWith(`${other}/`) || other.startsWith(`${name}/`));
}
