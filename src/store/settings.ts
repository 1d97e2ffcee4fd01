import { kvs } from '@forge/kvs';
import { z } from 'zod';
import { separators } from '../domain/branch-template';
import { defaultSiteSettings, type SiteSettings } from '../domain/integration';
import { keys } from './keys';
import { readValues } from './read';

const schema = z.object({
  requireUserPat: z.boolean(),
  branchActions: z.boolean(),
  pullRequestActions: z.boolean(),
  branchName: z.object({ template: z.string(), separator: z.enum(separators), maxBytes: z.number() }),
});

const names = Object.keys(schema.shape) as (keyof SiteSettings)[];

/** Under which keys they lie. */
export const settingKeys: readonly string[] = names.map((name) => keys.setting(name));

/** The site's settings; the usual ones where nobody has changed one. */
export async function readSettings(): Promise<SiteSettings> {
  return settingsOf(await readValues(settingKeys));
}

/** The settings that lie under `settingKeys`, from the values in that order. */
export function settingsOf(values: readonly unknown[]): SiteSettings {
  const stored = names.flatMap((name, index) => (values[index] === undefined ? [] : [[name, values[index]]]));
  return schema.parse({ ...defaultSiteSettings, ...Object.fromEntries(stored) });
}

/**
 * Writes some of the site's settings, together or not at all. Each has a key of its own: two admins who change two settings at the
 * same time never undo each other.
 */
export async function writeSettings(changed: Partial<SiteSettings>): Promise<void> {
  const transaction = kvs.transact();
  for (const [name, value] of Object.entries(schema.partial().parse(changed)))
    transaction.set(keys.setting(name), value);
  await transaction.execute();
}
