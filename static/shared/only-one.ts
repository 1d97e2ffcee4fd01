import type { IssueView, ProviderKind } from '../../src/contract/views';

/** The item of a list of one: with a single integration it is clear who would act before a repository is chosen. */
export function onlyOne<Item>(items: readonly Item[]): Item | undefined {
  return items.length === 1 ? items[0] : undefined;
}

/** The kind of service whose words fit all of an issue's integrations; none where they differ. */
export function onlyProvider(issue: Pick<IssueView, 'integrations'> | undefined): ProviderKind | undefined {
  const kinds = [...new Set(issue?.integrations.map(({ provider }) => provider))];
  return onlyOne(kinds);
}
