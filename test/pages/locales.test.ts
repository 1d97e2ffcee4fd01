import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parse } from 'yaml';
import { compileSentence, outOfStep, parametersOf } from '../../static/compile-messages.mts';
import { languages } from '../../src/languages';
import { loadMessages } from '../../static/shared/languages';
import { sentencesInCode, textsInCode } from '../support/page-texts';

const root = join(__dirname, '../..');
const read = (locale: string) =>
  JSON.parse(readFileSync(join(root, 'locales', `${locale}.json`), 'utf8')) as Record<string, string>;
const locales = readdirSync(join(root, 'locales')).map((file) => file.replace(/\.json$/, ''));
const translated = locales.filter((locale) => locale !== 'en-US');
const english = read('en-US');
const manifest = readFileSync(join(root, 'manifest.yml'), 'utf8');

type Source = { name: string; content: string };

function sourcesBelow(folder: string): Source[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/[\\/]dist/.test(entry.parentPath))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ name: relative(root, path), content: readFileSync(path, 'utf8') }));
}

const pages = sourcesBelow('static');

/** The placeholders of a sentence; none if it is no ICU MessageFormat, which another test reports. */
function placeholders(locale: string, sentence = ''): string[] {
  try {
    return parametersOf(locale, '', sentence).filled;
  } catch {
    return [];
  }
}

describe('The sentences', () => {
  const sources = [...pages, ...sourcesBelow('src')].map(({ content }) => content).join('\n');
  const fromManifest = [...manifest.matchAll(/i18n: ([\w.-]+)/g)].map(([, key]) => key);

  /** A key is used when it is written out, or when a template (`a.${b}.c`) that matches it is. */
  const templates = [...sources.matchAll(/`((?:[\w.-]|\$\{[\w.]+\})*\$\{[\w.]+\}(?:[\w.-]|\$\{[\w.]+\})*)`/g)].map(
    ([, template = '']) => {
      const pattern = template.split(/\$\{[^}]*\}/).map((piece) => piece.replaceAll('.', String.raw`\.`));
      return { fixed: pattern.join('').length, shape: new RegExp(`^${pattern.join(String.raw`[\w.-]+`)}$`) };
    },
  );
  /** Each of them needs a default for an unknown value. */
  const namesInErrors = new Set(
    Object.keys(english)
      .filter((key) => key.startsWith('error.'))
      .flatMap((key) => placeholders('en-US', english[key])),
  );
  const isUsed = (key: string) =>
    sources.includes(`'${key}'`) ||
    templates.some(({ fixed, shape }) => fixed > 3 && shape.test(key)) ||
    (key.startsWith('fallback.') && namesInErrors.has(key.slice('fallback.'.length))) ||
    fromManifest.includes(key);

  it('are all used', () => {
    expect(Object.keys(english).filter((key) => !isUsed(key))).toEqual([]);
  });

  it('that the manifest names exist', () => {
    expect(fromManifest.length).toBeGreaterThan(3);
    expect(fromManifest.filter((key) => english[key ?? ''] === undefined)).toEqual([]);
  });

  it.each(locales)('of %s never hold a token, a machine’s address or markup', (locale) => {
    for (const sentence of Object.values(read(locale))) expect(sentence).not.toMatch(/ghp_|127\.0\.0\.1|localhost|<\w/);
  });

  it.each(locales)('of %s are ICU MessageFormat, each plural in all forms of the language', (locale) => {
    const faults = Object.entries(read(locale)).flatMap(([key, sentence]) => {
      try {
        compileSentence(locale, key, sentence);
        return [];
      } catch (error) {
        return [(error as Error).message];
      }
    });
    expect(faults).toEqual([]);
  });

  it.each(locales)(
    'of %s are one sentence for all numbers: {count, plural, one {# token} other {# tokens}}',
    (locale) => {
      const keys = Object.keys(read(locale));
      const counted = keys.filter((key) => /\.(zero|one|two|few|many)$/.test(key));
      expect(counted.filter((key) => keys.includes(key.replace(/\w+$/, 'other')))).toEqual([]);
    },
  );

  it.each(locales)(
    'of %s fill in no words that a language would have to inflect: {credential, select, key {…} other {…}}',
    (locale) => {
      const words = ['request', 'Request', 'requests', 'token', 'tokenShort', 'aToken', 'pat', 'heading'];
      const spliced = Object.entries(read(locale)).filter(([, sentence]) =>
        placeholders(locale, sentence).some((name) => words.includes(name)),
      );
      expect(spliced).toEqual([]);
    },
  );

  it.each(locales)('of %s that the backend sends are plain', (locale) => {
    const sentences = Object.entries(read(locale)).filter(([key]) =>
      /^(reminder\.|(settings|admin)\.heading$)/.test(key),
    );
    expect(sentences.length).toBeGreaterThan(10);
    for (const [key, sentence] of sentences) expect(compileSentence(locale, key, sentence)).toBe(sentence);
  });

  it('are never used without their values', () => {
    const asked = pages.flatMap(({ name, content }) =>
      sentencesInCode(name, content).flatMap(({ line, key, values }) => {
        const sentence = english[key];
        if (sentence === undefined) return [];
        const { filled, choosing } = parametersOf('en-US', key, sentence);
        return { at: `${name}:${line} ${key}`, lacks: [...filled, ...choosing].filter((one) => !values.includes(one)) };
      }),
    );
    expect(asked.length).toBeGreaterThan(400);
    expect(asked.filter(({ lacks }) => lacks.length > 0)).toEqual([]);
  });

  it('are in the locales, not in the code of the pages', () => {
    const found = pages.flatMap(({ name, content }) => textsInCode(name, content).map((text) => `${name}:${text}`));
    expect(found).toEqual([]);
  });
});

describe.each(translated)('The sentences of %s', (locale) => {
  const sentences = read(locale);

  it('exist for every key; missing ones are listed with their English', () => {
    const missing = Object.entries(english).filter(([key]) => sentences[key] === undefined);
    expect(Object.fromEntries(missing)).toEqual({});
  });

  it('exist for no other key', () => {
    expect(Object.keys(sentences).filter((key) => english[key] === undefined)).toEqual([]);
  });

  it('use the values of the English ones', () => {
    const faults = Object.entries(english).flatMap(([key, source]) => {
      const own = sentences[key];
      const why = own === undefined ? '' : outOfStep(locale, key, own, source);
      return why === '' ? [] : [`${key} ${why}`];
    });
    expect(faults).toEqual([]);
  });

  it('are translations: a sentence of several words is never the English one', () => {
    const words = (key: string) => (english[key] ?? '').replace(/\{\w+\}/g, '').match(/\p{L}{2,}/gu)?.length ?? 0;
    const alike = Object.keys(english).filter((key) => words(key) > 1 && sentences[key] === english[key]);
    // A term of the services that some languages use unchanged.
    expect(alike.filter((key) => key !== 'card.request')).toEqual([]);
  });
});

describe('German', () => {
  const sentences = read('de-DE');

  it('uses one word for one thing', () => {
    const strays = /\b(Pull Request|Merge Request|Ticket|Repositories|Issue|Zweig|du|dein\w*|dir)\b/;
    expect(Object.entries(sentences).filter(([, sentence]) => strays.test(sentence))).toEqual([]);
  });
});

describe('A person’s language', () => {
  it.each([
    ['de_DE', 'de-DE', 'Branch erstellen'],
    ['de-AT', 'de-AT', 'Branch erstellen'],
    ['pl_PL', 'pl-PL', 'Utwórz gałąź'],
    ['en_UK', 'en-GB', 'Create branch'],
    ['fr_FR', 'en-US', 'Create branch'],
    ['', 'en-US', 'Create branch'],
    ['not a locale', 'en-US', 'Create branch'],
    ['constructor', 'en-US', 'Create branch'],
    [undefined, 'en-US', 'Create branch'],
  ])('%s has the sentences, dates and plurals of %s', async (wanted, locale, sentence) => {
    const loaded = await loadMessages(wanted);
    expect(loaded.locale).toBe(locale);
    expect(loaded.messages['branch.submit']).toBe(sentence);
  });

  it('is one of those that pages and the backend load, and is declared to Forge with a file of its own; English where there is none', () => {
    expect(Object.keys(languages).sort()).toEqual([...locales].sort());
    const { translations } = parse(manifest) as {
      translations: { resources: { key: string; path: string }[]; fallback: { default: string } };
    };
    expect(translations.resources.map(({ key }) => key).sort()).toEqual([...locales].sort());
    for (const { key, path } of translations.resources) expect(path).toBe(`locales/${key}.json`);
    expect(translations.fallback.default).toBe('en-US');
  });
});

describe('The search for text in code', () => {
  it.each([
    ['<p>Hello</p>', ['1: Hello']],
    ['<p title="Hello there">{name}</p>', ['1: Hello there']],
    ['<p>{ok ? "Yes" : t("a.b")}</p>', ['1: Yes']],
    ['<p>{ok && `Hello ${name}`}</p>', ['1: Hello']],
    ['<p className="a b">{t("a.b")} · {x === "y"} —</p>', []],
    ['<button type="button" aria-label={t("x")}>×&nbsp;</button>', []],
  ])('in %s finds %j', (code, texts) => {
    expect(textsInCode('a.tsx', `export const a = ${code};`)).toEqual(texts);
  });
});
