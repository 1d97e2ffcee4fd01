import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '../..');

/** The rules that a text breaks as each file. ESLint's configuration is a module, which jest can't load itself. */
function broken(texts: readonly { file: string; text: string }[]): string[][] {
  const script = `
    import { ESLint } from 'eslint';
    const rules = ['@typescript-eslint/no-restricted-imports', 'no-restricted-syntax'];
    // Neither rule asks for types, which take long to find out.
    const overrideConfig = { languageOptions: { parserOptions: { project: null } } };
    const eslint = new ESLint({ overrideConfig, ruleFilter: ({ ruleId }) => rules.includes(ruleId) });
    const said = [];
    for (const { file, text } of ${JSON.stringify(texts)}) {
      const [{ messages }] = await eslint.lintText(text, { filePath: file });
      said.push(messages.map(({ message }) => message));
    }
    console.log(JSON.stringify(said));`;
  const said = execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: root, encoding: 'utf8' });
  return JSON.parse(said) as string[][];
}

describe('A browser', () => {
  const own = `import { chromium } from 'playwright-core';\nawait chromium.launch();\n`;

  it('is launched in one file only', () => {
    const elsewhere = [
      { file: 'test/support/axe.ts', text: own },
      { file: 'test/journeys/panel-journey.test.ts', text: own },
      { file: 'bench/pages.ts', text: own },
      { file: 'tools/screenshots.ts', text: own },
      { file: 'bench/extensions.mjs', text: own },
      { file: 'test/support/axe.ts', text: `import * as playwright from 'playwright-core';\n` },
      { file: 'test/support/axe.ts', text: `import chromium from '@sparticuz/chromium';\n` },
      { file: 'test/support/axe.ts', text: `const { firefox } = await import('playwright-core');\n` },
      { file: 'tools/lint-forge.cjs', text: `const { webkit } = require('playwright-core');\n` },
    ];
    expect(broken(elsewhere)).toEqual(
      elsewhere.map(() => [expect.stringContaining('Browsers are opened by launchBrowser of rig/browser.ts alone.')]),
    );
  });

  it('may be a type everywhere, and is launched in rig/browser.ts', () => {
    const fine = [
      { file: 'test/support/axe.ts', text: `import type { Page } from 'playwright-core';\nexport type A = Page;\n` },
      { file: 'rig/browser.ts', text: own },
    ];
    expect(broken(fine)).toEqual([[], []]);
  });
});
