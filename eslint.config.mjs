import importX from 'eslint-plugin-import-x';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import tseslint from 'typescript-eslint';

/** A wall: files of `target` may not import from `from`. Drawn in docs/architecture.md. */
const wall = (target, from, message, except) => ({
  target: `./${target}`,
  from: from.map((room) => `./${room}`),
  message,
  ...(except && { except }),
});

/** What `@types/jest` declares for every file. */
const globalsOfTests = [
  ...['jest', 'describe', 'it', 'test', 'expect', 'fail', 'pending', 'spyOn', 'jasmine', 'beforeAll', 'beforeEach'],
  ...['afterAll', 'afterEach', 'fdescribe', 'xdescribe', 'fit', 'xit', 'xtest'],
];

const walls = [
  wall(
    'src',
    ['sandbox', 'packages', 'static', 'rig', 'test', 'tools', 'bench'],
    'What ships never knows the sandbox or the pages.',
  ),
  wall(
    'src/domain',
    ['src/contract', 'src/resolvers', 'src/use-cases', 'src/jira', 'src/store', 'src/messages.ts'],
    'The domain knows nobody but the facts of providers.',
  ),
  wall('src/domain', ['src/providers'], 'Of providers the domain knows their facts.', [
    './facts.ts',
    './provider-facts.ts',
  ]),
  wall(
    'src/contract',
    ['src/resolvers', 'src/use-cases', 'src/providers', 'src/jira', 'src/store'],
    'The contract knows the domain only.',
  ),
  wall(
    'src/providers',
    ['src/store', 'src/jira', 'src/use-cases', 'src/resolvers', 'src/contract'],
    'Providers know neither storage nor Jira.',
  ),
  wall(
    'src/store',
    ['src/providers', 'src/jira', 'src/use-cases', 'src/resolvers', 'src/contract'],
    'Storage knows neither services, Jira nor what a page gets.',
  ),
  wall(
    'src/jira',
    ['src/providers', 'src/store', 'src/use-cases', 'src/resolvers'],
    'Jira knows neither services nor storage.',
  ),
  ...[
    'src/domain',
    'src/use-cases',
    'src/jira',
    'src/store',
    'src/resolvers',
    'src/contract',
    'src/index.ts',
    'static',
  ].map((room) =>
    wall(
      room,
      ['src/providers/!(*.ts)/**'],
      'What is in a provider’s folder is reached through its facts and its adapter.',
    ),
  ),
  wall('src/use-cases', ['src/resolvers'], 'A use case does not know who calls it.'),
  wall(
    'static',
    ['src/resolvers', 'src/use-cases', 'src/providers', 'src/jira', 'src/store', 'sandbox', 'packages', 'rig', 'test'],
    'Pages know the contract, the pure domain, the messages and the locales.',
  ),
  wall(
    'packages/local-forge',
    ['src', 'static', 'sandbox', 'rig', 'test', 'tools', 'bench'],
    'The local Forge runs any app; it knows none.',
  ),
  wall(
    'sandbox',
    ['src', 'static', 'rig', 'test', 'tools', 'bench'],
    'The sandbox runs what was built; it knows nothing of the app’s insides.',
  ),
  ...['rig', 'bench', 'tools'].map((room) =>
    wall(room, ['test'], 'Only tests import from test/: the rest is shared in rig/.'),
  ),
  wall('rig', ['bench', 'tools'], 'The rig knows nobody who uses it.'),
  ...['bench', 'tools'].map((room) =>
    wall(room, ['rig/!(index.ts)', 'rig/*/**'], 'The rig is imported as rig/index.ts.'),
  ),
];

/** Warm processes serve many customers: what a module keeps, the next customer meets. */
const moduleState = [
  { selector: 'Program > VariableDeclaration[kind=/^(let|var)$/]', message: 'No mutable module state.' },
  {
    selector: 'Program > ExportNamedDeclaration > VariableDeclaration[kind=/^(let|var)$/]',
    message: 'No mutable module state.',
  },
  {
    selector:
      ':matches(Program, Program > ExportNamedDeclaration) > VariableDeclaration > VariableDeclarator > NewExpression[callee.name=/^(Map|Set|WeakMap|WeakSet|Array)$/]',
    message: 'No mutable module state: a collection at module level outlives the invocation.',
  },
  {
    selector:
      ':matches(Program, Program > ExportNamedDeclaration) > VariableDeclaration > VariableDeclarator:not([id.typeAnnotation]) > :matches(ArrayExpression, ObjectExpression)',
    message: 'No mutable module state: type it readonly or write `as const`.',
  },
];

/** What a provider's facts are made of: files that pages read too, so they do and load nothing. */
const factFiles = 'src/providers/*/{facts,links,address,regions,policy}.ts';
const factImports = String.raw`^(?!\.{1,2}/(facts|links|address|regions|policy|provider-facts)$|\.\./\.\./(domain/|messages$))`;

/** Who launches a browser of its own finds one on one machine and none on the next. */
const browserDoor = 'Browsers are opened by launchBrowser of rig/browser.ts alone.';
const browserPackages = '^@?(playwright|puppeteer|selenium|sparticuz)';
const browsers = [
  { selector: `ImportExpression[source.value=/${browserPackages}/]`, message: browserDoor },
  {
    selector: `CallExpression[callee.name="require"][arguments.0.value=/${browserPackages}/]`,
    message: browserDoor,
  },
];

const manners = [
  { selector: 'TSEnumDeclaration', message: 'No enums: a union of literals says the same.' },
  { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
  {
    selector:
      ':matches(Program, Program > ExportNamedDeclaration) > VariableDeclaration > VariableDeclarator:not([id.typeAnnotation]) > :matches(FunctionExpression, ArrowFunctionExpression[body.type="BlockStatement"])',
    message: 'A function with statements is declared: `function name() { … }`. An arrow is for one expression.',
  },
];
const style = [...browsers, ...manners];

const lines = (max) => ({ max, skipBlankLines: true, skipComments: true });

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      'node_modules/**',
      '.forge/**',
      'coverage/**',
      '.stryker/**',
      'test/oracles/**/*.json',
      'test/fixtures/example-provider/src/**',
    ],
  },
  {
    files: ['**/*.{ts,tsx,mts}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    // One program for all: a third quicker than one for each room. `npm run types` compiles each room by its own.
    languageOptions: { parserOptions: { project: 'tsconfig.lint.json' } },
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [
        createTypeScriptImportResolver({
          noWarnOnMultipleProjects: true,
          project: [
            'tsconfig.json',
            'sandbox/tsconfig.json',
            'packages/local-forge/tsconfig.json',
            'static/tsconfig.json',
            'test/tsconfig.json',
          ],
        }),
      ],
    },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones: walls }],
      'import-x/no-cycle': 'error',
      'no-restricted-syntax': ['error', ...style],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/require-await': 'off',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  // They are compiled with the tests, whose globals a page does not have.
  { files: ['static/**/*.{ts,tsx,mts}'], rules: { 'no-restricted-globals': ['error', ...globalsOfTests] } },
  { files: ['src/**/*.ts'], rules: { 'no-restricted-syntax': ['error', ...style, ...moduleState] } },
  {
    files: ['**/*.{ts,tsx,mts,mjs,cjs}'],
    ignores: ['rig/browser.ts'],
    plugins: { '@typescript-eslint': tseslint.plugin },
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { patterns: [{ regex: browserPackages, message: browserDoor, allowTypeImports: true }] },
      ],
    },
  },
  {
    files: ['{sandbox,rig,test,tools,bench}/**/*.{ts,mts,mjs,cjs}'],
    // The package's own tests look at its parts.
    ignores: ['test/sandbox/**', 'test/fixtures/bridge-page/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '(^|/)packages/|^local-forge/(?!html$)',
              message: 'The local Forge is imported as `local-forge`.',
            },
          ],
        },
      ],
    },
  },
  {
    files: [factFiles],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { regex: factImports, message: 'Facts of a provider import the domain and one another: pages read them.' },
          ],
        },
      ],
    },
  },
  // A file usually holds one thing; so does a function. A component is mostly markup, and is long before it is unclear. Not
  // measured: tests (a `describe` is no function to read) and the sandbox, whose factories are as long as what they return.
  { files: ['**/*.{ts,tsx,mts}'], rules: { 'max-lines': ['error', 400] } },
  { files: ['{src,tools,bench}/**/*.ts'], rules: { 'max-lines-per-function': ['error', lines(60)] } },
  { files: ['static/**/*.{ts,tsx}'], rules: { 'max-lines-per-function': ['error', lines(120)] } },
  // Journeys look into answers as JSON, the way a stranger to the types would.
  {
    files: ['{rig,test}/**/*.ts'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  { files: ['rig/browser.ts'], rules: { 'no-restricted-syntax': ['error', ...manners] } },
  { files: ['**/*.{mjs,cjs}'], rules: { 'no-restricted-syntax': ['error', ...browsers] } },
  // Tools that ask for a default export.
  {
    files: ['**/*.config.{mjs,mts,cjs,js}', '**/vite.config.mts', '**/*.d.ts'],
    rules: { 'no-restricted-syntax': ['error', ...browsers] },
  },
);
