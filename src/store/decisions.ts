import type { Integration, SiteSettings } from '../domain/integration';
import { integrationOf, keysOf } from './integrations';
import { readTogether, type Part } from './read';
import { settingsAt } from './settings';

/** What admins decide about an integration: itself, and the site's settings. */
export type Decided = { integration: Integration | undefined; settings: SiteSettings };

/** Where it lies. */
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
