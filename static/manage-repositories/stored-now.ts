import type { ManagedSiteView } from '../../src/contract/views';
import { call } from '../shared/call';

/** What is stored now, for a form that another admin has overtaken. Nothing where it can't be loaded. */
export async function storedNow(): Promise<ManagedSiteView | undefined> {
  const loaded = await call('manage-repositories', 'load-site', {});
  return loaded.ok ? loaded.value : undefined;
}
