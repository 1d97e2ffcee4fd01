/** Whether an address is one a browser opens as a page: everything else (`javascript:` …) is never linked. */
export function isWebAddress(url: string): boolean {
  return /^https?:\/\//i.test(url);
}

/** Where a service shows what a pull request would bring: GitHub's compare page (docs page "Comparing commits"). */
export function compareUrl(repositoryUrl: string, source: string, target: string): string {
  const path = (branch: string) => branch.split('/').map(encodeURIComponent).join('/');
  return `${repositoryUrl}/compare/${path(target)}...${path(source)}`;
}
