import { permissions } from '@forge/bridge';

type Configured = Parameters<typeof permissions.egress.set>[0]['egresses'][number]['configured'][number];

/** Forge's limits (docs page "Customer-managed egress and remotes"): 10 domains a group, 40 in all. */
const GROUPS = ['git-services', 'git-services-2', 'git-services-3', 'git-services-4'] as const;
const PER_GROUP = 10;
const BACKEND = 'FETCH_BACKEND_SIDE' as Configured['type'][number];

/**
 * Lets the app's backend call an origin: asks for consent in Atlassian's own window, unless it was given before. Setting a
 * group replaces it, so what is in it already goes along. False: declined, or no more room.
 */
export async function allowEgress(origin: string, description: string): Promise<boolean> {
  try {
    const { results } = await permissions.egress.get({ keys: [...GROUPS] });
    const configuredIn = (key: string): Configured[] => results.find((group) => group.key === key)?.configured ?? [];
    if (GROUPS.some((key) => configuredIn(key).some(({ domain, type }) => domain === origin && type.includes(BACKEND))))
      return true;
    const key = GROUPS.find((one) => configuredIn(one).length < PER_GROUP);
    if (!key) return false;
    const configured = [...configuredIn(key), { domain: origin, type: [BACKEND] }];
    await permissions.egress.set({ egresses: [{ key, description, configured }] });
    return true;
  } catch {
    return false;
  }
}
