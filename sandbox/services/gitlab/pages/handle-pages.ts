import { lookOf } from '../../git-host/pages/look.ts';
import { createPages, leadTo, visitOf } from '../../git-host/pages/site.ts';
import type { GitLab } from '../context.ts';
import { projectRoutes } from './project-pages.ts';
import { revokeToken, tokensAddress, tokensPage } from './token-pages.ts';

const LOOK = lookOf({
  light: { ink: '#28272d', paper: '#fff', link: '#1068bf', go: '#1f75cb' },
  dark: { ink: '#ececef', paper: '#18171d', link: '#63a6e9', go: '#1068bf' },
  edge: '3px solid #fc6d26',
});

const pages = createPages<GitLab>([
  {
    path: '/-/:area/personal_access_tokens',
    show(gitlab, visit, { area }) {
      const tokens = tokensAddress(gitlab);
      if (tokens === `-/${area}/personal_access_tokens`) return tokensPage(gitlab, visit);
      // The old address redirects to the new one. On an old version the new address does not exist.
      return area === 'profile' && visit.request.method === 'GET'
        ? leadTo(visit, `${tokens}${visit.url.search}`, 302)
        : undefined;
    },
  },
  {
    method: 'POST',
    path: '/-/:area/personal_access_tokens/:id(\\d+)/revoke',
    show: (gitlab, visit, { id = '' }) => revokeToken(gitlab, visit, id),
  },
  ...projectRoutes,
]);

/** The pages; `address` is the path below the installation, without a slash at its beginning. */
export async function handlePages(gitlab: GitLab, request: Request, address: string): Promise<Response> {
  const site = {
    look: LOOK,
    name: 'GitLab',
    note: `version ${gitlab.version}`,
    base: gitlab.basePath,
    links: [
      ['', 'Projects'],
      [tokensAddress(gitlab), 'Access tokens'],
    ],
  } as const;
  return pages(gitlab, visitOf(site, request), `/${address}`);
}
