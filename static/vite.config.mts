import { createRequire } from 'node:module';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import type { InlineConfig, Plugin } from 'vite';
import { compileMessages, type Sentences } from './compile-messages.mts';

/** The resources of `manifest.yml` that are pages; each has a folder of this name. */
export const pages = ['issue-panel', 'dialogs', 'user-settings', 'manage-repositories'] as const;
export type PageName = (typeof pages)[number];

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const { default: tokenNames } = createRequire(import.meta.url)('@atlaskit/tokens/token-names') as {
  default: Record<string, string>;
};

/**
 * Atlaskit reads feature gates (`fg('…')`) that nobody answers outside Atlassian's own products, where they are all off.
 * Writing the answer in lets the code behind them be left out.
 */
function foldGates(): Plugin {
  return {
    name: 'fold-atlaskit-gates',
    enforce: 'pre',
    transform: {
      filter: { id: /node_modules\/@atlaskit\/.*\.js$/, code: /\bfg\(/ },
      handler: (code) => ({ code: code.replace(/\bfg\((['"])[\w.-]+\1\)/g, 'false'), map: null }),
    },
  };
}

/** Jira brings the themes into a page's frame (`view.theme.enable`): Atlaskit itself would load 22 files a page that nobody needs. */
function leaveOutThemes(): Plugin {
  return {
    name: 'leave-out-themes',
    enforce: 'pre',
    transform: {
      filter: { id: /@atlaskit\/tokens\/.*\/artifacts\/theme-import-map\.js$/ },
      handler: () => ({ code: 'export const themeImportMap = {}; export default themeImportMap;', map: null }),
    },
  };
}

/** A design token in our own style sheet that does not exist would silently be no colour at all: refuse to build. */
function checkTokens(): Plugin {
  const known = new Set(Object.values(tokenNames));
  return {
    name: 'check-tokens',
    enforce: 'pre',
    transform: {
      filter: { id: /static\/[\w-]+\/[\w-]+\.css$/ },
      handler(code, id) {
        for (const [name] of code.matchAll(/--ds-[\w-]+/g))
          if (!known.has(name)) this.error(`unknown token ${name} in ${id}`);
        return undefined;
      },
    },
  };
}

/** Sentences a page never shows, by the beginning of their key. The panel is on every issue, so it carries no others' text. */
const unused: Readonly<Partial<Record<PageName, readonly string[]>>> = {
  'user-settings': [
    'activity',
    'attach',
    'openIn',
    'start',
    'people',
    'template',
    'address',
    'admin',
    'add',
    'edit',
    'impact',
    'disconnect',
    'disable',
    'blocked',
    'branch',
    'request',
    'delete',
    'dialog',
    'module',
  ],
  'issue-panel': [
    'activity',
    'people',
    'template',
    'help',
    'integrations',
    'address',
    'add',
    'admin',
    'edit',
    'impact',
    'disconnect',
    'disable',
    'removeToken',
    'settings',
    'select',
    'module',
    'dialog',
    'blocked',
    'branch',
    'request',
    'delete',
    'default',
    'attach',
  ],
  dialogs: [
    'activity',
    'people',
    'template',
    'address',
    'module',
    'admin',
    'add',
    'edit',
    'impact',
    'settings',
    'integrations',
  ],
};

/** Sentences as pages have them. */
function compileLocales(): Plugin {
  return {
    name: 'compile-locales',
    enforce: 'pre',
    transform: {
      filter: { id: /\/locales\/[\w-]+\.json$/ },
      handler(code, id) {
        const locale = basename(id, '.json');
        return { code: JSON.stringify(compileMessages(locale, JSON.parse(code) as Sentences)), map: null };
      },
    },
  };
}

/** Leaves those sentences out of a page, and refuses to build when its code uses one of them. */
function leaveOutSentences(page: PageName): Plugin {
  const prefixes = unused[page] ?? [];
  // Sentences about a token just pasted are for dialogs.
  const isUnused = (key: string) =>
    (page === 'issue-panel' && key.includes('.new-token.')) || prefixes.some((prefix) => key.startsWith(`${prefix}.`));
  return {
    name: 'leave-out-sentences',
    enforce: 'pre',
    transform: {
      filter: { id: /\/(locales\/[\w-]+\.json|static\/[\w-]+\/[\w-]+\.tsx?)$/ },
      handler(code, id) {
        if (id.endsWith('.json')) {
          const kept = Object.entries(JSON.parse(code) as Record<string, unknown>).filter(([key]) => !isUnused(key));
          // A browser reads JSON faster than it compiles a literal of this size.
          const json = JSON.stringify(JSON.stringify(Object.fromEntries(kept)));
          return { code: `export default JSON.parse(${json});`, map: null, moduleType: 'js' };
        }
        for (const [, key = ''] of code.matchAll(/['"`]([a-zA-Z]+\.[\w.$-]+)/g))
          if (isUnused(key)) this.error(`${page} leaves out the sentence ${key}, which ${id} asks for`);
        return undefined;
      },
    },
  };
}

/** Tells a page where the guides are; `static/shared/guide-url.ts` reads it. */
function tellGuides(address: string): Plugin {
  return {
    name: 'tell-guides',
    transformIndexHtml: () => (address === '' ? [] : [{ tag: 'meta', attrs: { name: 'guides', content: address } }]),
  };
}

/**
 * One page: relative addresses, no inline script or style, nothing that the strict content security policy refuses. `guides`:
 * the address of the folder with the guides; without it no page links to them.
 */
export function pageConfig(page: PageName, guides = ''): InlineConfig {
  const shim = (find: RegExp, file: string) => ({ find, replacement: here(`./shims/${file}`) });
  return {
    configFile: false,
    root: here(`./${page}`),
    base: './',
    logLevel: 'warn',
    // Icons of Atlaskit are CommonJS whose default export is one by `__esModule`. To a package that is an ES module, as this one is, they would be
    // objects, as Node has them, and no page that shows one could be drawn.
    legacy: { inconsistentCjsInterop: true },
    plugins: [
      foldGates(),
      leaveOutThemes(),
      checkTokens(),
      compileLocales(),
      leaveOutSentences(page),
      tellGuides(guides),
      react(),
    ],
    resolve: {
      dedupe: ['react', 'react-dom'],
      mainFields: ['module:es2019', 'module', 'browser', 'main'],
      alias: [
        shim(/^@atlaskit\/platform-feature-flags(\/fg)?$/, 'platform-feature-flags.ts'),
        shim(/^@atlaskit\/react-compiler-gating$/, 'react-compiler-gating.ts'),
        shim(/^@forge\/bridge$/, 'forge-bridge.ts'),
        shim(/^@forge\/i18n$/, 'forge-i18n.ts'),
      ],
    },
    build: {
      outDir: here(`./dist/${page}`),
      emptyOutDir: true,
      target: 'es2022',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      rolldownOptions: {
        // The code that a page cannot start without is one file, not one for each set of later files that shares it.
        output: { codeSplitting: { groups: [{ name: 'page', tags: ['$initial'] }] } },
        // A page gets the parts of the bridge that it uses.
        treeshake: { moduleSideEffects: [{ test: /\/node_modules\/@forge\/bridge\/out\//, sideEffects: false }] },
      },
    },
  };
}
