import type { Integration, SiteSettings } from '../domain/integration';
import { integrationOf, keysOf } from './integrations';
import { readTogether, type Part } from './read';
import { settingsAt } from './settings';

/** The decisions of admins about an integration: its own, and the site's settings. */
export type Decided = { integration: Integration | undefined; settings: SiteSettings };

/** The keys of both. */
export function decisionsAt(id: string): Part<Decided> {
  const own = keysOf(id);
  return {
    keys: [...own, ...settingsAt.keys],
    of: (values) => ({
      integration: integrationOf(values.slice(0, own.length)),
      settings: settingsAt.of(values.slice(own.length)),
    }),
  };
}

/** One request, so that both are of the same moment. */
export async function readDecisions(id: string): Promise<Decided> {
  const [decided] = await readTogether(decisionsAt(id));
  return decided;
}
