const USUAL: readonly string[] = ['main', 'master'];

/**
 * The branch most people would start from, for a service that does not say which is the default: `main`, else `master`, else
 * the only one there is. `isWhole`: no branch is missing from the list.
 */
export function usualBranch(names: readonly string[], isWhole: boolean): string | undefined {
  const only = isWhole && names.length === 1 ? names[0] : undefined;
  return USUAL.find((name) => names.includes(name)) ?? only;
}
