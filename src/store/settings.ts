import { kvs } from '@forge/kvs';
import { z } from 'zod';
import { separators } from '../domain/branch-template';
import { defaultSiteSettings, type SiteSettings } from '../domain/integration';
import type { TokenRulesInForce } from '../domain/token-rules';
import { keys } from './keys';
import { readTogether, type Part } from './read';
import { tokenRulesSchema } from './token-rules-schema';

const schema = z.object({
  requireUserPat: z.boolean(),
  branchActions: z.boolean(),
  pullRequestActions: z.boolean(),
  leaverDays: z.number(),
  tokenRules: tokenRulesSchema.exactOptional(),
  developmentInfo: z.boolean(),
  developmentTransitions: z.boolean(),
  branchName: z.object({ template: z.string(), separator: z.enum(separators), maxBytes: z.number() }),
});

const names = Object.keys(schema.shape) as (keyof SiteSettings)[];

/** The site's settings; the usual ones where nobody has changed one. */
export const settingsAt: Part<SiteSettings> = {
  keys: names.map((name) => keys.setting(name)),
  of: (values) => {
    const stored = names.flatMap((name, index) => (values[index] === undefined ? [] : [[name, values[index]]]));
    return schema.parse({ ...defaultSiteSettings, ...Object.fromEntries(stored) });
  },
};

/** The same, read alone. */
export async function readSettings(): Promise<SiteSettings> {
  const [settings] = await readTogether(settingsAt);
  return settings;
}

/** Rules for the tokens of the site; none: nothing is asked of them. */
export async function writeSiteRules(rules: TokenRulesInForce | undefined): Promise<void> {
  const key = keys.setting('tokenRules' satisfies keyof SiteSettings);
  await (rules === undefined ? kvs.delete(key) : kvs.set(key, tokenRulesSchema.parse(rules)));
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
