import { readFileSync } from 'node:fs';
import { parse, type Token } from '@messageformat/parser';
import type { Choice, Message } from './shared/message-format.ts';

const SOURCE = new URL('../locales/en-US.json', import.meta.url);

/** Sentences in ICU MessageFormat by key, as `locales/` has them. */
export type Sentences = Readonly<Record<string, string>>;

/**
 * The sentences of a locale as pages have them. One that is missing, or has other parameters than the American English one, is in
 * American English: a page shows no hole. `test/pages/locales.test.ts` lists them.
 */
export function compileMessages(
  locale: string,
  sentences: Sentences,
  english = readEnglish(),
): Record<string, Message> {
  return Object.fromEntries(
    Object.entries(english).map(([key, source]) => {
      const own = sentences[key];
      const isWhole = own !== undefined && outOfStep(locale, key, own, source) === '';
      return [key, isWhole ? compileSentence(locale, key, own) : compileSentence('en-US', key, source)];
    }),
  );
}

function readEnglish(): Sentences {
  return JSON.parse(readFileSync(SOURCE, 'utf8')) as Sentences;
}

/** The names of a sentence's parameters, sorted: those that are filled in or counted, and those that only choose a form. */
export function parametersOf(locale: string, key: string, sentence: string): { filled: string[]; choosing: string[] } {
  const found = { filled: new Set<string>(), choosing: new Set<string>() };
  const look = (tokens: readonly Token[]): void => {
    for (const token of tokens) {
      if ('arg' in token) found[token.type === 'select' ? 'choosing' : 'filled'].add(token.arg);
      if ('cases' in token) for (const form of token.cases) look(form.tokens);
    }
  };
  look(parseSentence(locale, key, sentence));
  return { filled: [...found.filled].sort(), choosing: [...found.choosing].sort() };
}

/** By what every sentence about an error can choose: `words` of `static/shared/text.ts`. */
const ofErrors = ['credential', 'requestKind'];

/**
 * Why a translation could not replace the American English sentence; empty when it can. It fills in the same values, and chooses its form
 * by nothing that it is not given.
 */
export function outOfStep(locale: string, key: string, translation: string, english: string): string {
  const own = parametersOf(locale, key, translation);
  const given = parametersOf('en-US', key, english);
  const lacking = given.filled.filter((name) => !own.filled.includes(name));
  const beyond = own.filled.filter((name) => !given.filled.includes(name));
  const kinds = /^(error|activity\.reason)\./.test(key) ? ofErrors : [];
  const unknown = own.choosing.filter((name) => ![...given.choosing, ...given.filled, ...kinds].includes(name));
  return [
    ...lacking.map((name) => `lacks {${name}}`),
    ...beyond.map((name) => `has {${name}}, which it is not given`),
    ...unknown.map((name) => `chooses by {${name}}, which it is not given`),
  ].join(', ');
}

/** One sentence as pages have it. */
export function compileSentence(locale: string, key: string, sentence: string): Message {
  const tokens = parseSentence(locale, key, sentence);
  const { filled } = parametersOf(locale, key, sentence);
  const refuse = (why: string): never => {
    throw new Error(`${locale}: ${key} ${why}: ${sentence}`);
  };
  const piecesOf = (parts: readonly Token[], counted?: string): Message => {
    const pieces: (string | Choice)[] = [];
    const text = (words: string) => {
      const last = pieces.at(-1);
      if (typeof last === 'string') pieces[pieces.length - 1] = last + words;
      else pieces.push(words);
    };
    for (const part of parts) {
      if (part.type === 'content') {
        if (filled.some((name) => part.value.includes(`{${name}}`))) refuse('quotes the name of a parameter');
        text(part.value);
      } else if (part.type === 'argument') text(`{${part.arg}}`);
      else if (part.type === 'octothorpe') text(`{${counted ?? refuse('has # outside a plural')}}`);
      else if (part.type === 'plural' || part.type === 'select') {
        if (part.type === 'plural') {
          if (part.pluralOffset) refuse('counts with an offset, which pages do not know');
          const lacking = categoriesOf(locale).filter((form) => !part.cases.some(({ key: own }) => own === form));
          if (lacking.length > 0) refuse(`lacks the plural ${lacking.join(', ')} for {${part.arg}}`);
        } else if (!part.cases.some((form) => form.key === 'other')) refuse(`lacks other for {${part.arg}}`);
        const within = part.type === 'plural' ? part.arg : counted;
        const of = Object.fromEntries(part.cases.map((form) => [form.key, piecesOf(form.tokens, within)]));
        pieces.push(part.type === 'plural' ? { plural: part.arg, of } : { select: part.arg, of });
      } else refuse(`has a ${part.type}, which pages do not know`);
    }
    return pieces.every((piece) => typeof piece === 'string') ? pieces.join('') : pieces;
  };
  return piecesOf(tokens);
}

function parseSentence(locale: string, key: string, sentence: string): readonly Token[] {
  try {
    return parse(sentence, { cardinal: categoriesOf(locale), strict: true });
  } catch (error) {
    throw new Error(`${locale}: ${key} is no ICU MessageFormat: ${(error as Error).message}`, { cause: error });
  }
}

type Category = Intl.LDMLPluralRule;

/** The forms a language has for whole and broken numbers; Polish: one, few, many, other. */
function categoriesOf(locale: string): Category[] {
  return new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
}
