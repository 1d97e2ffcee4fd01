import { kvs } from '@forge/kvs';
import { z } from 'zod';
import { separators } from '../domain/branch-template';
import { defaultSiteSettings, type SiteSettings } from '../domain/integration';
import { keys } from './keys';
import { readValue } from './read';

const schema = z.object({
  requireUserPat: z.boolean(),
  branchActions: z.boolean(),
  pullRequestActions: z.boolean(),
  branchName: z
    .object({ template: z.string(), separator: z.enum(separators), maxBytes: z.number() })
    .default(defaultSiteSettings.branchName),
});

/** The site's settings; the defaults until somebody changes one. */
export async function readSettings(): Promise<SiteSettings> {
  const stored = await readValue(keys.settings);
  return stored === undefined ? defaultSiteSettings : schema.parse(stored);
}

/** Writes all of the site's settings; the last one to write wins. */
export async function writeSettings(settings: SiteSettings): Promise<void> {
  await kvs.set(keys.settings, schema.parse(settings));
}
