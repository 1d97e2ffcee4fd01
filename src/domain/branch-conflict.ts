/**
 * git stores branches as files in folders: beside `fix/login` there can be neither `fix` nor `fix/login/form`. So a name is taken by
 * itself, by one of its folders, or by a branch below it.
 */

/** How many folders of a name are searched for; deeper ones are for the service to refuse. */
const FOLDERS = 3;

/** The searches that find every branch in the way of a name. */
export function searchesFor(name: string): string[] {
  return [name, ...foldersOf(name).slice(0, FOLDERS)];
}

/** `a/b/c` is in `a` and `a/b`. */
function foldersOf(name: string): string[] {
  const segments = name.split('/');
  return segments.slice(1).map((_, index) => segments.slice(0, index + 1).join('/'));
}

/** The first of some branches that is in the way of a new one. */
export function conflictAmong(name: string, branches: readonly string[]): string | undefined {
  const taken = [name, ...foldersOf(name)];
  return branches.find((branch) => taken.includes(branch)) ?? branches.find((branch) => branch.startsWith(`${name}/`));
}

/** A name near to one that `conflict` is in the way of, where that takes no guess at what else there is: `fix/login` beside `fix` → `fix-login`. */
export function nameBeside(name: string, conflict: string): string | undefined {
  return name.startsWith(`${conflict}/`) ? name.replace(`${conflict}/`, `${conflict}-`) : undefined;
}
