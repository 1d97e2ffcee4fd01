import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { errors } from '../../src/domain/errors';

const root = join(__dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

/** A file with an insertion after one of its texts. */
type Entry = { file: string; after: string; add: string };
const sentences = (parts: readonly string[]) =>
  parts.map((part) => `"error.MOON_IN_THE_WAY.${part}": "The moon is in the way of {service}",`).join('');
const row: Entry = {
  file: 'src/domain/errors.ts',
  after: 'const serviceErrors = {',
  add: "MOON_IN_THE_WAY: row<{ phase?: 'new' | 'full' }>({ mendedBy: ['time'], action: 'try-again' }),",
};
const inLocale = (locale: string, parts: readonly string[] = ['title', 'why', 'next']): Entry => ({
  file: `locales/${locale}.json`,
  after: '{',
  add: sentences(parts),
});
const english = inLocale('en-US');
/** A page can use any language, so each language has the sentences. */
const inOthers = (parts?: readonly string[]): Entry[] =>
  readdirSync(join(root, 'locales'))
    .map((file) => file.replace('.json', ''))
    .filter((locale) => locale !== 'en-US')
    .map((locale) => inLocale(locale, parts));

const { options } = ts.parseJsonConfigFileContent(
  ts.readConfigFile(join(root, 'static/tsconfig.json'), (path) => ts.sys.readFile(path)).config,
  ts.sys,
  join(root, 'static'),
);
const parsed = new Map<string, ts.SourceFile | undefined>();
const resolved = ts.createModuleResolutionCache(root, (name) => name, options);

/** The files of backend, pages and guide that use the catalogue. */
const readers = ['src', 'static', 'tools']
  .flatMap(filesBelow)
  .filter((file) => /\bErrorCode\b|\bMessages\b|domain\/errors'/.test(read(file)))
  .filter((file) => !/^src\/providers\/[\w-]+\//.test(file));

/** The file that checks sentences against the catalogue. */
const sentenceReaders = ['static/shared/error-sentences.ts', 'static/shared/translate.ts'];

/** The compiler's messages for these files with these entries. */
function compilerSays(entries: readonly Entry[], files = readers): string[] {
  const changed = new Map(
    entries.map(({ file, after, add }) => {
      const text = read(file);
      const at = text.indexOf(after);
      if (at === -1) throw new Error(`${file} no longer says "${after}"`);
      return [join(root, file), text.slice(0, at + after.length) + add + text.slice(at + after.length)] as const;
    }),
  );
  const host = ts.createCompilerHost(options);
  const usual = host.getSourceFile.bind(host);
  const program = ts.createProgram({
    rootNames: files.map((file) => join(root, file)),
    options,
    host: {
      ...host,
      getModuleResolutionCache: () => resolved,
      getSourceFile: (name, version) => {
        const text = changed.get(name);
        if (text !== undefined) return ts.createSourceFile(name, text, version);
        if (!parsed.has(name)) parsed.set(name, usual(name, version));
        return parsed.get(name);
      },
    },
  });
  return program
    .getSourceFiles()
    .filter(({ fileName }) => files.includes(relative(root, fileName)))
    .flatMap((file) => program.getSemanticDiagnostics(file))
    .map(
      ({ file, messageText }) =>
        `${relative(root, file?.fileName ?? '')}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
    );
}

function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/(^|[\\/])(dist|shims)[\\/]/.test(file))
    .map((file) => join(folder, file));
}

describe('An error', () => {
  it('is known to backend, pages and guide', () => {
    expect(readers).toEqual(
      expect.arrayContaining(['src/domain/activity.ts', 'src/use-cases/page-error.ts', 'tools/errors-guide.ts']),
    );
    expect(readers.length).toBeLessThan(60);
  });

  it('is a row and its English sentences, also for a value of a parameter and for a situation: nothing else is needed', () => {
    const parts = ['title', 'why', 'next', 'why.phase', 'why.phase-full', 'new-token.why', 'new-token.why.phase-new'];
    expect(compilerSays([row, inLocale('en-US', parts), ...inOthers(parts)])).toEqual([]);
  });

  it('needs no more than three English sentences', () => {
    expect(compilerSays([row, english, ...inOthers()], sentenceReaders)).toEqual([]);
  });

  it.each([
    ['its row', [english, ...inOthers()], 'static/shared/error-sentences.ts'],
    ['its English', [row, ...inOthers()], 'static/shared/error-sentences.ts'],
    [
      'one of its English sentences',
      [row, inLocale('en-US', ['title', 'next']), ...inOthers()],
      'static/shared/error-sentences.ts',
    ],
  ] as const)('does not compile without %s', (_, entries, where) => {
    expect(compilerSays(entries, sentenceReaders).map((said) => said.split(':')[0])).toContain(where);
  });

  it.each([
    ['a value that its parameter never has', 'why.phase-half'],
    ['a parameter it does not have', 'why.orbit'],
    ['a situation there is none of', 'old-token.why'],
  ])('does not compile with a sentence for %s', (_, part) => {
    const parts = ['title', 'why', 'next', part];
    const said = compilerSays([row, inLocale('en-US', parts), ...inOthers(parts)], sentenceReaders);
    expect(said.join()).toContain(`error.MOON_IN_THE_WAY.${part}`);
  });
});

describe('Lists of errors', () => {
  const codes = new Set<string>(Object.keys(errors));

  /** Lists, tables and unions of four codes and more. Only an adapter says what its service's answers mean. */
  function listsIn(file: string, text: string): string[] {
    const found: string[] = [];
    const look = (node: ts.Node): void => {
      const members = ts.isArrayLiteralExpression(node)
        ? node.elements.map((one) => one.getText())
        : ts.isObjectLiteralExpression(node)
          ? node.properties.map((one) => one.name?.getText() ?? '')
          : ts.isUnionTypeNode(node)
            ? node.types.map((one) => one.getText())
            : ts.isCaseBlock(node)
              ? node.clauses.map((one) => (ts.isCaseClause(one) ? one.expression.getText() : ''))
              : [];
      const named = members.map((one) => one.replaceAll(/['"]/g, '')).filter((one) => codes.has(one));
      if (named.length > 3) found.push(`${file}: ${named.join(', ')}`);
      ts.forEachChild(node, look);
    };
    look(ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true));
    return found;
  }

  it('are nowhere but in the catalogue', () => {
    const files = ['src', 'static', 'tools', 'bench'].flatMap(filesBelow);
    const others = files.filter((file) => !file.startsWith('src/providers/') && file !== 'src/domain/errors.ts');
    expect(others.length).toBeGreaterThan(100);
    expect(others.flatMap((file) => listsIn(file, read(file)))).toEqual([]);
  });

  it.each([
    "const personal = ['AUTH_INVALID', 'AUTH_EXPIRED', 'SCOPE_MISSING', 'SSO_REQUIRED'];",
    "const who = { TIMEOUT: 'time', UNREACHABLE: 'time', INTERNAL: 'time', RATE_LIMITED: 'time' };",
    "type Code = 'TIMEOUT' | 'UNREACHABLE' | 'INTERNAL' | 'RATE_LIMITED';",
    "switch (code) { case 'TIMEOUT': case 'UNREACHABLE': case 'INTERNAL': case 'RATE_LIMITED': break; }",
  ])('are found in %s', (text) => {
    expect(listsIn('a.ts', text)).toHaveLength(1);
  });
});
