import type { DatabaseSync } from 'node:sqlite';
import { inTransaction } from './database.ts';

/** One group as `permissions.egress` of `@forge/bridge` shows it. */
export type EgressGroup = { key: string; description: string; configured: { domain: string; type: string[] }[] };

/** The reason of a refusal; `status` as in docs page "Customer-managed egress and remotes API". */
class EgressRefusal extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** *Assumption*: the wording; the docs page has the status. */
const tooMany = (what: string): EgressRefusal => new EgressRefusal(400, `Max egress limit exceeded: ${what}.`);

/**
 * Addresses that an admin approved for one installation, on top of the manifest's. The caller checks the permission and
 * requests the consent.
 */
export type EgressApprovals = {
  /** Replaces each named group; other groups do not change. */
  set(site: string, groups: readonly EgressGroup[]): { results: EgressGroup[] };
  get(
    site: string,
    query?: { keys?: readonly string[]; pageSize?: number; nextPageToken?: string },
  ): { results: EgressGroup[]; lastEvaluatedKey?: string };
  deleteDomain(site: string, what: { key: string; domain: string; type: string }): void;
  deleteGroup(site: string, what: { key: string }): void;
  /** Every address the backend may call in addition. */
  backendAddresses(site: string): string[];
  /** Answers the next requests like too many requests. */
  beBusy(times: number): void;
  clear(site?: string): void;
};

const maxGroups = 10;
const maxDomains = 10;
const backend = 'FETCH_BACKEND_SIDE';

function checkDomain(domain: unknown): string {
  const url =
    typeof domain === 'string' && URL.canParse(domain.replace('//*.', '//'))
      ? new URL(domain.replace('//*.', '//'))
      : undefined;
  if (
    url?.protocol !== 'https:' ||
    !url.hostname.includes('.') ||
    /^[\d.]+$/.test(url.hostname) ||
    url.pathname !== '/' ||
    url.search !== '' ||
    url.username !== ''
  )
    throw new EgressRefusal(
      422,
      `${String(domain)} is no address of the form https://host.example or https://*.host.example.`,
    );
  return domain as string;
}

function checkGroup(group: EgressGroup): EgressGroup {
  if (
    typeof group.key !== 'string' ||
    group.key === '' ||
    typeof group.description !== 'string' ||
    !Array.isArray(group.configured)
  )
    throw new EgressRefusal(400, 'A group has a key, a description and configured domains.');
  if (group.configured.length > maxDomains) throw tooMany(`a group has at most ${maxDomains} domains`);
  for (const { domain, type } of group.configured) {
    checkDomain(domain);
    if (!Array.isArray(type) || type.length === 0 || type.some((one) => one !== backend))
      throw new EgressRefusal(422, `The sandbox models egress of the type ${backend} only.`);
  }
  return group;
}

export function openEgressApprovals(database: DatabaseSync, enabled: boolean): EgressApprovals {
  database.exec(
    'CREATE TABLE IF NOT EXISTS egress_groups (site TEXT NOT NULL, key TEXT NOT NULL, content TEXT NOT NULL, PRIMARY KEY (site, key)) STRICT',
  );
  const write = database.prepare('INSERT OR REPLACE INTO egress_groups VALUES (?, ?, ?)');
  const all = (site: string): EgressGroup[] =>
    (
      database.prepare('SELECT content FROM egress_groups WHERE site = ? ORDER BY key').all(site) as {
        content: string;
      }[]
    ).map(({ content }) => JSON.parse(content) as EgressGroup);
  const save = (site: string, group: EgressGroup): void => void write.run(site, group.key, JSON.stringify(group));
  let busy = 0;
  const ask = (): void => {
    if (busy === 0) return;
    busy -= 1;
    throw new EgressRefusal(429, 'Rate limit exceeded.');
  };
  return {
    set: (site, groups) => {
      ask();
      if (!enabled)
        throw new EgressRefusal(403, 'The manifest does not say permissions.external.configurable.enabled.');
      return inTransaction(database, () => {
        for (const group of groups) save(site, checkGroup(group));
        const now = all(site);
        if (now.length > maxGroups) throw tooMany(`an installation has at most ${maxGroups} groups`);
        return { results: now.filter((group) => groups.some(({ key }) => key === group.key)) };
      });
    },
    get: (site, { keys, pageSize = 100, nextPageToken } = {}) => {
      ask();
      const found = all(site).filter(
        ({ key }) => (keys?.includes(key) ?? true) && (nextPageToken === undefined || key > nextPageToken),
      );
      const results = found.slice(0, pageSize);
      const last = results.at(-1);
      return { results, ...(found.length > results.length && last ? { lastEvaluatedKey: last.key } : {}) };
    },
    // A group that does not exist: 204 as well.
    deleteDomain: (site, { key, domain, type }) => {
      ask();
      const group = all(site).find((one) => one.key === key);
      if (group === undefined) return;
      const configured = group.configured
        .map((one) => (one.domain === domain ? { ...one, type: one.type.filter((each) => each !== type) } : one))
        .filter((one) => one.type.length > 0);
      save(site, { ...group, configured });
    },
    deleteGroup: (site, { key }) => {
      ask();
      database.prepare('DELETE FROM egress_groups WHERE site = ? AND key = ?').run(site, key);
    },
    backendAddresses: (site) =>
      all(site).flatMap((group) =>
        group.configured.filter(({ type }) => type.includes(backend)).map(({ domain }) => domain),
      ),
    beBusy: (times) => void (busy = times),
    clear: (site) =>
      void (site === undefined
        ? database.prepare('DELETE FROM egress_groups').run()
        : database.prepare('DELETE FROM egress_groups WHERE site = ?').run(site)),
  };
}
