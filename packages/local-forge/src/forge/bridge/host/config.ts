/** What the server tells the site's script about the page it is on; read from `<script type="application/json">`. */
export type HostConfig = {
  site: string;
  /** Short name of the person who looks at the page, or `anonymous`. */
  person: string;
  /** May answer for the site when the app asks for more egress. */
  admin: boolean;
  issueKey: string | null;
  /** Of a page of a project. */
  projectKey: string | null;
  pagesOrigin: string;
  /** Where the simulated services are for browsers: `<servicesUrl>/<host>/<path>`. */
  servicesUrl: string;
  serviceHosts: readonly string[];
  appId: string;
  /** What the site is called in contexts and links of the app; it is not reachable under that name. */
  siteUrl: string;
  /** Shown on this page. */
  modules: readonly HostModule[];
  /** Elsewhere on the site. */
  otherModules: readonly { key: string; type: string }[];
};

export type HostModule = {
  key: string;
  type: string;
  title: string;
  resource: string;
  viewportSize: string | null;
  /** What `view.getContext()` answers, apart from the theme. */
  context: Record<string, unknown> & { extension: Record<string, unknown> };
};

export function readConfig(): HostConfig {
  const text = document.getElementById('host-config')?.textContent;
  if (!text) throw new Error('The page has no host-config.');
  return JSON.parse(text) as HostConfig;
}
