/** Facts about the page that the server gives to the site's script, in `<script type="application/json">`. */
export type HostConfig = {
  site: string;
  /** Short name of the person who sees the page, or `anonymous`. */
  person: string;
  /** Whether this person may approve more egress for the site. */
  admin: boolean;
  issueKey: string | null;
  /** Of a page of a project. */
  projectKey: string | null;
  pagesOrigin: string;
  /** The address of the simulated services for browsers: `<servicesUrl>/<host>/<path>`. */
  servicesUrl: string;
  serviceHosts: readonly string[];
  appId: string;
  /** The site's name in contexts and links of the app. It can't be reached under that name. */
  siteUrl: string;
  /** The modules on this page. */
  modules: readonly HostModule[];
  /** The modules elsewhere on the site. */
  otherModules: readonly { key: string; type: string }[];
};

export type HostModule = {
  key: string;
  type: string;
  title: string;
  resource: string;
  viewportSize: string | null;
  /** The answer of `view.getContext()` without the theme. */
  context: Record<string, unknown> & { extension: Record<string, unknown> };
};

export function readConfig(): HostConfig {
  const text = document.getElementById('host-config')?.textContent;
  if (!text) throw new Error('The page has no host-config.');
  return JSON.parse(text) as HostConfig;
}
