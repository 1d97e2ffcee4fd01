import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import type { InlineConfig, Plugin } from 'vite';

/** The resources of `manifest.yml` that are pages; each has a folder of this name. */
export const pages = ['issue-panel', 'dialogs', 'user-settings', 'manage-repositories'] as const;
export type PageName = (typeof pages)[number];

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const { default: tokenNames } = createRequire(import.meta.url)('@atlaskit/tokens/token-names') as {
  default: Record<string, string>;
};

/**
 * Atlaskit asks feature gates (`fg('…')`) that nobody answers outside Atlassian's own products, where they are all off.
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

/** One page: relative addresses, no inline script or style, nothing that the strict content security policy refuses. */
export function pageConfig(page: PageName): InlineConfig {
  const shim = (find: RegExp, file: string) => ({ find, replacement: here(`./shims/${file}`) });
  return {
    configFile: false,
    root: here(`./${page}`),
    base: './',
    logLevel: 'warn',
    plugins: [foldGates(), checkTokens(), react()],
    resolve: {
      dedupe: ['react', 'react-dom'],
      mainFields: ['module:es2019', 'module', 'browser', 'main'],
      alias: [
        shim(/^@atlaskit\/platform-feature-flags(\/fg)?$/, 'platform-feature-flags.ts'),
        shim(/^@atlaskit\/react-compiler-gating$/, 'react-compiler-gating.ts'),
        shim(/^@atlaskit\/primitives\/pressable$/, 'pressable.ts'),
      ],
    },
    build: {
      outDir: here(`./dist/${page}`),
      emptyOutDir: true,
      manifest: true,
      target: 'es2022',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
    },
  };
}
