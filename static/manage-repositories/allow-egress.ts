import { permissions } from '@forge/bridge';
import { type EgressRefusal, refusalOf } from './egress-refusal';

type Configured = Parameters<typeof permissions.egress.set>[0]['egresses'][number]['configured'][number];

/** Forge's limits (docs page "Customer-managed egress and remotes"): 10 groups of 10 domains each. */
const GROUPS = ['git-services', ...Array.from({ length: 9 }, (_, index) => `git-services-${index + 2}`)];
const PER_GROUP = 10;
const BACKEND = 'FETCH_BACKEND_SIDE' as Configured['type'][number];

/**
 * Lets the app's backend call an origin: has Atlassian's own window ask for consent, unless it was given before. Setting a
 * group replaces it, so what is in it already goes along. Nothing where it is allowed.
 */
export async function allowEgress(origin: string, description: string): Promise<EgressRefusal | undefined> {
  try {
    const groups = await readGroups();
    if (groups.some(({ configured }) => configured.some((one) => isOf(one, origin)))) return undefined;
    const group = groups.find(({ configured }) => configured.length < PER_GROUP);
    if (!group) return 'no-room';
    const configured = [...group.configured, { domain: origin, type: [BACKEND] }];
    await permissions.egress.set({ egresses: [{ key: group.key, description, configured }] });
    return undefined;
  } catch (error) {
    return refusalOf(error);
  }
}

/** Takes back that the backend may call an origin. Where that fails it is still allowed, and nobody calls it. */
export async function withdrawEgress(origin: string): Promise<void> {
  try {
    for (const { key, configured } of await readGroups())
      if (configured.some((one) => isOf(one, origin)))
        await permissions.egress.deleteDomain({ key, domain: origin, type: BACKEND });
  } catch {
    // An admin can do it in Connected apps.
  }
}

async function readGroups() {
  const { results } = await permissions.egress.get({ keys: [...GROUPS] });
  return GROUPS.map((key) => ({ key, configured: results.find((group) => group.key === key)?.configured ?? [] }));
}

function isOf({ domain, type }: Configured, origin: string): boolean {
  return domain === origin && type.includes(BACKEND);
}
