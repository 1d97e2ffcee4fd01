import type { ProviderKind } from '../../src/contract/views';

/** Whether an address is one a browser opens as a page: everything else (`javascript:` …) is never linked. */
export function isWebAddress(url: string): boolean {
  return /^https?:\/\//i.test(url);
}

/**
 * Where a service shows what a pull request would bring; undefined where it has no such page. Sources: GitHub's docs page
 * "Comparing commits", GitLab's "Compare revisions"; Azure DevOps: the address its own *Compare branches* page has.
 */
export function compareUrl(
  provider: ProviderKind,
  repositoryUrl: string,
  source: string,
  target: string,
): string | undefined {
  const path = (branch: string) => branch.split('/').map(encodeURIComponent).join('/');
  const pages: Readonly<Record<ProviderKind, string | undefined>> = {
    github: `/compare/${path(target)}...${path(source)}`,
    gitlab: `/-/compare/${path(target)}...${path(source)}`,
    'azure-devops': `/branchCompare?baseVersion=GB${encodeURIComponent(target)}&targetVersion=GB${encodeURIComponent(source)}`,
    codecommit: undefined,
  };
  const page = pages[provider];
  return page === undefined ? undefined : `${repositoryUrl}${page}`;
}
