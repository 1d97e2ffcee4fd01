/** The item of a list of one: with a single integration it is clear who would act before a repository is chosen. */
export function onlyOne<Item>(items: readonly Item[]): Item | undefined {
  return items.length === 1 ? items[0] : undefined;
}
