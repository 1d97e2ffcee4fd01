import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Manifest } from '../manifest.ts';

const declared = z.object({
  translations: z
    .object({
      resources: z.array(z.object({ key: z.string(), path: z.string() })),
      fallback: z.record(z.string(), z.unknown()),
    })
    .optional(),
});

/**
 * `__LOCALES__/i18n-info.json` and `__LOCALES__/<locale>.json`, as Forge bundles them with every resource; undefined for
 * anything that the manifest does not declare.
 */
export async function translationFile(appRoot: string, manifest: Manifest, name: string) {
  const { translations } = declared.parse(manifest.raw);
  if (!translations) return undefined;
  const contentType = 'application/json; charset=utf-8';
  if (name === 'i18n-info') {
    const config = {
      locales: translations.resources.map(({ key }) => key).toSorted(),
      fallback: translations.fallback,
    };
    return { content: JSON.stringify({ translations: {}, config }), contentType };
  }
  const path = translations.resources.find(({ key }) => key === name)?.path;
  return path === undefined ? undefined : { content: await readFile(join(appRoot, path), 'utf8'), contentType };
}
