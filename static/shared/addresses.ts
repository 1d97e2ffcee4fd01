import type { ProviderKind } from '../../src/contract/views';
import { factsOf } from '../../src/domain/editions';

/** Whether an address is one a browser opens as a page: everything else (`javascript:` …) is never linked. */
export function isWebAddress(url: string): boolean {
  return /^https?:\/\//i.test(url);
}

/** Where a service shows what a pull request would bring; undefined where it has no such page. */
export function compareUrl(
  provider: ProviderKind,
  repositoryUrl: string,
  source: string,
  target: string,
): string | undefined {
  const page = factsOf(provider).comparePath?.(source, target);
  return page === undefined ? undefined : `${repositoryUrl}${page}`;
}
