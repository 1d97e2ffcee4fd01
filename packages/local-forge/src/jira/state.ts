import type { Issue, Person, Project, Site } from '../sites.ts';

/** The permission keys of Jira that the stand-in site models. */
export type PermissionKey =
  'ADMINISTER' | 'BROWSE_PROJECTS' | 'VIEW_DEV_TOOLS' | 'TRANSITION_ISSUES' | 'ASSIGN_ISSUES' | 'ASSIGNABLE_USER';
export type ProjectPermissionKey = Exclude<PermissionKey, 'ADMINISTER'>;

/** The present state of the stand-in Jira. It begins as the world says. Tests change permissions, and people add panels. */
export type JiraState = {
  sites(): readonly Site[];
  site(siteId: string): Site | undefined;
  /** By short name or account id. */
  person(siteId: string, idOrAccountId: string): Person | undefined;
  project(siteId: string, key: string): Project | undefined;
  /** By key (any case), by a key it had before it was moved, or by numeric id, without a check of permissions. */
  issue(siteId: string, keyOrId: string): Issue | undefined;
  /**
   * Whether a person holds a permission. ADMINISTER is global. A project permission without `projectKey` means "in any
   * project" (docs page "Get my permissions"). The account `undefined` is a person who is not logged in, and holds none.
   */
  can(siteId: string, accountId: string | undefined, permission: PermissionKey, projectKey?: string): boolean;
  setPermission(change: PermissionChange): void;
  /** Whether a person's account is active; admins deactivate accounts. */
  isActive(siteId: string, accountId: string): boolean;
  setActive(siteId: string, personId: string, active: boolean): void;
  /** The language of a person's Jira, from their profile. Jira writes `de_DE`. */
  setLocale(siteId: string, personId: string, locale: string): void;
  /** Whether somebody added the app's issue panel to an issue. It remains there for everybody. */
  hasPanel(siteId: string, issueKey: string, moduleKey: string): boolean;
  setPanel(siteId: string, issueKey: string, moduleKey: string, shown: boolean): void;
  /** Moves an issue to another project, where it gets the next key; the old key still leads to it. Returns the new key. */
  moveIssue(siteId: string, key: string, projectKey: string): string;
  /** Resets the state to the world. */
  reset(): void;
};

export type PermissionChange = {
  site: string;
  /** Short name. */
  person: string;
  permission: PermissionKey;
  /** Of a project permission. */
  project?: string;
  granted: boolean;
};

/** The state of all Jira sites of a world, in memory. */
export function createState(world: readonly Site[]): JiraState {
  let sites = structuredClone(world) as Site[];
  const panels = new Set<string>();
  const deactivated = new Set<string>();
  const site = (siteId: string) => sites.find((one) => one.id === siteId);
  const person = (siteId: string, wanted: string) =>
    site(siteId)?.people.find((one) => one.id === wanted || one.accountId === wanted);
  const project = (siteId: string, key: string) => site(siteId)?.projects.find((one) => one.key === key);

  return {
    sites: () => sites,
    site,
    person,
    project,
    issue: (siteId, keyOrId) =>
      site(siteId)?.issues.find((one) => one.id === keyOrId || one.key === keyOrId.toUpperCase()) ??
      site(siteId)?.issues.find((one) => one.formerKeys.includes(keyOrId.toUpperCase())),
    can(siteId, accountId, permission, projectKey) {
      const who = accountId === undefined ? undefined : person(siteId, accountId);
      if (!who) return false;
      if (permission === 'ADMINISTER') return who.jiraAdmin;
      const asked = projectKey === undefined ? site(siteId)?.projects : [project(siteId, projectKey)];
      return (asked ?? []).some((one) => one !== undefined && holds(one, permission, who.id));
    },
    setPermission({ site: siteId, person: personId, permission, project: projectKey, granted }) {
      const who = person(siteId, personId);
      if (!who) throw new Error(`The site ${siteId} has no person ${personId}.`);
      if (permission === 'ADMINISTER') {
        who.jiraAdmin = granted;
        return;
      }
      const where = project(siteId, projectKey ?? '');
      if (!where) throw new Error(`The site ${siteId} has no project ${projectKey ?? '(none given)'}.`);
      const held = where.permissions[permission] ?? (usual.includes(permission) ? '*' : []);
      const people = held === '*' ? (site(siteId)?.people.map((one) => one.id) ?? []) : held;
      where.permissions[permission] = granted
        ? [...new Set([...people, who.id])]
        : people.filter((id) => id !== who.id);
    },
    isActive: (siteId, accountId) => !deactivated.has(`${siteId}\n${accountId}`),
    setActive(siteId, personId, active) {
      const who = person(siteId, personId);
      if (!who) throw new Error(`The site ${siteId} has no person ${personId}.`);
      if (active) deactivated.delete(`${siteId}\n${who.accountId}`);
      else deactivated.add(`${siteId}\n${who.accountId}`);
    },
    setLocale(siteId, personId, locale) {
      const who = person(siteId, personId);
      if (!who) throw new Error(`The site ${siteId} has no person ${personId}.`);
      who.locale = locale;
    },
    hasPanel: (siteId, issueKey, moduleKey) => panels.has(panelId(siteId, issueKey, moduleKey)),
    setPanel(siteId, issueKey, moduleKey, shown) {
      if (shown) panels.add(panelId(siteId, issueKey, moduleKey));
      else panels.delete(panelId(siteId, issueKey, moduleKey));
    },
    moveIssue(siteId, key, projectKey) {
      const moved = site(siteId)?.issues.find((one) => one.key === key);
      if (!moved || !project(siteId, projectKey)) throw new Error(`${key} cannot be moved to ${projectKey}.`);
      const numbers = (site(siteId)?.issues ?? [])
        .flatMap((one) => [one.key, ...one.formerKeys])
        .filter((one) => projectKeyOf(one) === projectKey)
        .map((one) => Number(one.slice(projectKey.length + 1)));
      moved.formerKeys.unshift(moved.key);
      moved.key = `${projectKey}-${Math.max(0, ...numbers) + 1}`;
      return moved.key;
    },
    reset() {
      sites = structuredClone(world) as Site[];
      panels.clear();
      deactivated.clear();
    },
  };
}

/** The permissions of everybody in a project, until a world or a test changes them. */
const usual: readonly ProjectPermissionKey[] = ['TRANSITION_ISSUES', 'ASSIGN_ISSUES', 'ASSIGNABLE_USER'];

function holds(project: Project, permission: ProjectPermissionKey, personId: string): boolean {
  const held = project.permissions[permission] ?? (usual.includes(permission) ? '*' : []);
  return held === '*' || held.includes(personId);
}

function panelId(siteId: string, issueKey: string, moduleKey: string): string {
  return [siteId, issueKey, moduleKey].join('\n');
}

/** `DEMO-1` belongs to `DEMO`. */
export function projectKeyOf(issueKey: string): string {
  return issueKey.slice(0, issueKey.lastIndexOf('-'));
}
