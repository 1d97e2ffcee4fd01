import type { PermissionKey } from './state.ts';

/** The facts about the person and the place that display conditions use. */
export type Viewer = {
  loggedIn: boolean;
  /** Permission in the project if there is one, otherwise in any project. */
  can(permission: PermissionKey): boolean;
};

/** Whether Jira shows a module to a person. This hides modules and protects nothing (docs page "Display conditions"). */
export type DisplayCondition = (viewer: Viewer) => boolean;

/** Conditions beside each other must all hold. One that is not modelled throws when the manifest is read. */
export function displayCondition(conditions: Record<string, unknown>, where: string): DisplayCondition {
  return all(Object.entries(conditions).map(([name, value]) => one(name, value, where)));
}

function one(name: string, value: unknown, where: string): DisplayCondition {
  switch (name) {
    case 'isLoggedIn':
      return equals(value, where, name, (viewer) => viewer.loggedIn);
    case 'isAdmin':
      return equals(value, where, name, (viewer) => viewer.can('ADMINISTER'));
    case 'hasGlobalPermission':
      return holds(value, where, ['ADMINISTER']);
    case 'hasProjectPermission':
      return holds(value, where, ['BROWSE_PROJECTS', 'VIEW_DEV_TOOLS']);
    case 'and':
      return all(parts(value, where));
    case 'or': {
      const any = parts(value, where);
      return (viewer) => any.some((condition) => condition(viewer));
    }
    case 'not': {
      const none = all(parts(value, where));
      return (viewer) => !none(viewer);
    }
    default:
      throw new Error(`The sandbox does not model the display condition ${name} (${where}).`);
  }
}

function equals(value: unknown, where: string, name: string, ask: DisplayCondition): DisplayCondition {
  if (typeof value !== 'boolean') throw new Error(`${name} of ${where} must be true or false.`);
  return (viewer) => ask(viewer) === value;
}

function holds(value: unknown, where: string, known: readonly PermissionKey[]): DisplayCondition {
  const permission = known.find((key) => key === value);
  if (!permission) throw new Error(`The sandbox does not model the permission ${String(value)} (${where}).`);
  return (viewer) => viewer.can(permission);
}

/** `and`, `or` and `not` hold an object of conditions, or a list of such objects, each of which holds as a whole. */
function parts(value: unknown, where: string): DisplayCondition[] {
  if (Array.isArray(value)) return value.map((group) => all(parts(group, where)));
  if (typeof value !== 'object' || value === null) throw new Error(`A display condition of ${where} is not an object.`);
  return Object.entries(value).map(([name, inner]) => one(name, inner, where));
}

function all(conditions: readonly DisplayCondition[]): DisplayCondition {
  return (viewer) => conditions.every((condition) => condition(viewer));
}
