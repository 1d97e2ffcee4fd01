import { globSync, readFileSync } from 'node:fs';
import ts from 'typescript';

/** The length of a hostile text, and the ms that one expression may take for it. */
const LENGTH = 2_000;
const LONGEST = 5;
/** A file out of a repository is longer, and nobody cuts it. Then an expression may take as many times longer, and no more. */
const TIMES = 8;

type Found = { where: string; source: string; flags: string };

/** Every regular expression that is written in a file of the app, and where one is made of text. */
function expressionsIn(file: string): { literals: Found[]; made: string[] } {
  const tree = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const literals: Found[] = [];
  const made: string[] = [];
  const at = (node: ts.Node): string => `${file}:${tree.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
  const look = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const [, source = '', flags = ''] = /^\/(.*)\/([a-z]*)$/s.exec(node.text) ?? [];
      literals.push({ where: at(node), source, flags });
    }
    if ((ts.isNewExpression(node) || ts.isCallExpression(node)) && node.expression.getText() === 'RegExp')
      made.push(at(node));
    ts.forEachChild(node, look);
  };
  look(tree);
  return { literals, made };
}

/** The pieces of an expression: its characters, and one of each class. */
function piecesOf(source: string): string[] {
  const classes: Record<string, string> = { d: '0', w: 'a', s: ' ', S: 'a', W: ' ', D: 'a', b: '', B: '' };
  const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', ...classes };
  const bare = source
    .replaceAll(/\\[pP]\{[^}]*\}/g, 'é')
    .replaceAll(/\\u\{?([0-9a-f]{4,6})\}?/gi, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)))
    .replaceAll(/\\(.)/gs, (_, one: string) => escapes[one] ?? one)
    .replaceAll(/\(\?(?:<?[=!:]|<\w+>)|\{\d*,?\d*\}/g, ' ');
  return [...new Set([...[...bare], ...(bare.match(/[\w:;,.@#"' /<>=-]{2,}/g) ?? [])])].filter((one) => one !== '');
}

/** Texts that keep an expression busy: its pieces again and again, alone, in pairs and behind its own beginning, with and without an end that fits nothing, or that `.` does not reach. */
function hostileTexts(source: string, length: number): string[] {
  const pieces = piecesOf(source).slice(0, 16);
  const words = [...pieces, 'a', '0', ' ', '\n', '-', '.', '/', '['];
  const pairs = pieces.slice(0, 6).flatMap((one) => pieces.slice(0, 6).map((other) => one + other));
  const begun = pieces.join('');
  return [...new Set([...words, ...pairs])].flatMap((unit) => {
    const long = unit.repeat(Math.ceil(length / unit.length)).slice(0, length - 1);
    return [`${long}\u0001`, `${long.slice(0, -1)}\u2028x`, `${begun}${long}`.slice(0, length)];
  });
}

/** ms that an expression takes for a text, at best of some attempts or until it is quick enough: a machine that is busy makes no expression slow. */
function msFor(expression: RegExp, text: string, attempts: number, enough: number): number {
  let best = Infinity;
  for (let attempt = 0; attempt < attempts && best > enough; attempt += 1) {
    const began = performance.now();
    expression.lastIndex = 0;
    // All of them, as `replaceAll` and `split` would; the first one where it looks for one.
    if (expression.global) text.replace(expression, '');
    else expression.exec(text);
    best = Math.min(best, performance.now() - began);
  }
  return best;
}

/** Whether some text keeps it busy for too long. Short texts first: what grows without end shows there. The slowest are tried once more, longer. */
function isSlow({ source, flags }: Pick<Found, 'source' | 'flags'>, longest = LONGEST): boolean {
  const expression = new RegExp(source, flags);
  let slowest: number[] = [];
  for (const length of [20, 200, LENGTH]) {
    const took: { index: number; ms: number }[] = [];
    for (const [index, text] of hostileTexts(source, length).entries()) {
      const ms = msFor(expression, text, 10, longest);
      if (ms > longest) return true;
      took.push({ index, ms });
    }
    slowest = took.sort((one, other) => other.ms - one.ms).map(({ index }) => index);
  }
  const long = hostileTexts(source, LENGTH * TIMES);
  return slowest
    .slice(0, 3)
    .some((index) => msFor(expression, long[index] ?? '', 10, longest * TIMES) > longest * TIMES);
}

const files = globSync('{src,static}/**/*.{ts,tsx}').filter((file) => !file.includes('/dist/'));
const found = files.map((file) => expressionsIn(file));

it('No regular expression of ours takes long for any text', () => {
  const literals = found.flatMap((one) => one.literals);
  expect(literals.length).toBeGreaterThan(100);
  expect(literals.filter((one) => isSlow(one)).map(({ where, source }) => `${where} /${source}/`)).toEqual([]);
});

it('None is made from text that somebody sends, only from constants and from keys with a known shape', () => {
  const made = found.flatMap((one) => one.made.map((where) => where.replace(/:\d+$/, '')));
  expect([...new Set(made)].sort()).toEqual([
    'src/domain/branch-name.ts',
    'src/domain/issue-key.ts',
    'src/providers/codecommit/refusals.ts',
  ]);
});

it.each([
  ['each beginning looks to the end', String.raw`\[([^\]]+)\]`],
  ['without end', '^(a+)+$'],
  ['white space before an end', String.raw`\s+$`],
  ['two ways through a word', String.raw`^(\w+\s?)*:`],
  ['an end that is not reached', String.raw`(^|\s)#.*$`],
])('The check finds an expression that takes long: %s', (_, source) => {
  // A fast machine takes a millisecond where a slow one takes five.
  expect(isSlow({ source, flags: '' }, LONGEST / 5)).toBe(true);
  expect(isSlow({ source: '^[a-z]+$', flags: '' }, LONGEST / 5)).toBe(false);
});
