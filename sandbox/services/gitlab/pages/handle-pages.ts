import { isForeign } from '../../pages/form.ts';
import { decodePath } from '../api/shapes.ts';
import type { GitLab } from '../context.ts';
import { notFoundPage, seeOther, tokensAddress } from './page.ts';
import type { Visit } from './page.ts';
import { activityPage, branchPage, homePage, mergeRequestPage, projectPage } from './project-pages.ts';
import { revokeToken, tokensPage } from './token-pages.ts';

const projectPages = (visit: Visit, address: string): Response | Promise<Response> => {
  const [before = '', after] = address.split(/\/-\/(.*)/);
  const path = decodePath(before) ?? '';
  const activity = after === undefined && path.endsWith('/activity');
  const project = visit.gitlab.catalogue.project(activity ? path.slice(0, -'/activity'.length) : path);
  if (project === undefined) return notFoundPage(visit);
  if (activity) return activityPage(visit, project);
  if (after === undefined) return projectPage(visit, project);
  const [, area, rest = ''] = /^([a-z_]+)\/(.+)$/.exec(after) ?? [];
  const left = decodePath(rest);
  if (area === 'tree' && left !== undefined) return branchPage(visit, project, left);
  if (area === 'merge_requests' && /^\d+$/.test(rest)) return mergeRequestPage(visit, project, Number(rest));
  return notFoundPage(visit);
};

/** The pages; `address` is the path below the installation, without a slash at its beginning. */
export const handlePages = async (gitlab: GitLab, request: Request, address: string): Promise<Response> => {
  const url = new URL(request.url);
  const visit: Visit = { gitlab, request, url, path: url.pathname };
  const posted = request.method === 'POST';
  if (!posted && request.method !== 'GET') return new Response(null, { status: 405, headers: { allow: 'GET, POST' } });
  if (posted && isForeign(request)) return new Response('Sent from another site\n', { status: 403 });
  const tokens = tokensAddress(gitlab);
  if (address === tokens) return tokensPage(visit);
  const [, token] = new RegExp(`^${tokens}/(\\d+)/revoke$`).exec(address) ?? [];
  if (posted) return token === undefined ? notFoundPage(visit) : revokeToken(visit, token);
  // The old address leads to the new one; the other way round there is nothing.
  if (gitlab.version === 'current' && address === '-/profile/personal_access_tokens') {
    return seeOther(visit, `${tokens}${url.search}`, 302);
  }
  return address === '' ? homePage(visit) : projectPages(visit, address.replace(/\/$/, ''));
};
