import type { SiteSettingsView } from '../../src/contract/views';

/** What of the site's settings is changed and not saved yet. */
export type SettingsDraft = Partial<SiteSettingsView>;

/** Whether a draft says anything else than what is stored. */
export function changesSettings(draft: SettingsDraft, stored: SiteSettingsView): boolean {
  return (Object.keys(draft) as (keyof SiteSettingsView)[]).some((key) => draft[key] !== stored[key]);
}
