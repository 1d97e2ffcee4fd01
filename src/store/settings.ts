import { kvs } from '@forge/kvs';
import { z } from 'zod';
import { separators } from '../domain/branch-name-rule';
import {
  defaultDailySettings,
  defaultSiteSettings,
  type DailySettings,
  type SiteSettings,
} from '../domain/integration';
import { reminderChannels } from '../domain/reminder';
import type { TokenRulesInForce } from '../domain/token-rules';
import { keys } from './keys';
import { readTogether, type Part } from './read';
import { tokenRulesSchema } from './token-rules-schema';

const schema = z.object({
  requireUserPat: z.boolean(),
  branchActions: z.boolean(),
  pullRequestActions: z.boolean(),
  tokenRules: tokenRulesSchema.exactOptional(),
  developmentInfo: z.boolean(),
  developmentTransitions: z.boolean(),
  branchName: z.object({
    template: z.string(),
    separator: z.enum(separators),
    maxBytes: z.number(),
    requestTitle: z.string().optional(),
    requestTitles: z.record(z.string(), z.string()).optional(),
  }),
});

const dailySchema = z.object({ leaverDays: z.number(), reminders: z.enum(reminderChannels) });

/** Settings under a key each; the usual ones where nobody has changed one. */
function partOf<Settings extends object>(shape: z.ZodObject & z.ZodType<Settings>, usual: Settings): Part<Settings> {
  const names = Object.keys(shape.shape);
  return {
    keys: names.map((name) => keys.setting(name)),
    of: (values) => {
      const stored = names.flatMap((name, index) => (values[index] === undefined ? [] : [[name, values[index]]]));
      return shape.parse({ ...usual, ...Object.fromEntries(stored) });
    },
  };
}

/** The site's settings. */
export const settingsAt: Part<SiteSettings> = partOf(schema, defaultSiteSettings);
const dailyAt: Part<DailySettings> = partOf(dailySchema, defaultDailySettings);

/** The same, read alone. */
export async function readSettings(): Promise<SiteSettings> {
  const [settings] = await readTogether(settingsAt);
  return settings;
}

/** Those of the daily work. */
export async function readDailySettings(): Promise<DailySettings> {
  const [settings] = await readTogether(dailyAt);
  return settings;
}

/** Both in one request. */
export async function readAllSettings(): Promise<[SiteSettings, DailySettings]> {
  return readTogether(settingsAt, dailyAt);
}

/** Rules for the tokens of the site; none: tokens have no rules. */
export async function writeSiteRules(rules: TokenRulesInForce | undefined): Promise<void> {
  const key = keys.setting('tokenRules' satisfies keyof SiteSettings);
  await (rules === undefined ? kvs.delete(key) : kvs.set(key, tokenRulesSchema.parse(rules)));
}

/**
 * Writes some of the site's settings, together or not at all. Each has a key of its own: two admins who change two settings at the
 * same time never undo each other.
 */
export async function writeSettings(changed: Partial<SiteSettings & DailySettings>): Promise<void> {
  const transaction = kvs.transact();
  for (const [name, value] of Object.entries(schema.extend(dailySchema.shape).partial().parse(changed)))
    transaction.set(keys.setting(name), value);
  await transaction.execute();
}
