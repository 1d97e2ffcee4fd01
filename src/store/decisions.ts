import type { Integration, SiteSettings } from '../domain/integration';
import { integrationOf, keysOf } from './integrations';
import { readValues } from './read';
import { settingKeys, settingsOf } from './settings';

/** What admins decide about an integration: itself, and the site's settings. One request, so that both are of the same moment. */
export async function readDecisions(
  id: string,
): Promise<{ integration: Integration | undefined; settings: SiteSettings }> {
  const own = keysOf(id);
  const values = await readValues([...own, ...settingKeys]);
  return { integration: integrationOf(values.slice(0, own.length)), settings: settingsOf(values.slice(own.length)) };
}
