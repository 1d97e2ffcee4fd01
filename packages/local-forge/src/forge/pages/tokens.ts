import { createRequire } from 'node:module';

const themes = ['light', 'dark', 'spacing', 'shape', 'typography', 'motion'];

/** Atlassian's design tokens as the one style sheet that the product puts on its pages. CSS. */
export function tokensCss(): string {
  const load = createRequire(import.meta.url);
  return themes
    .map((theme) => {
      const module = load(`@atlaskit/tokens/dist/cjs/artifacts/themes/atlassian-${theme}.js`) as { default: string };
      return module.default;
    })
    .join('\n');
}
