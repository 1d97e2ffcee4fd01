import type { GitHub } from '../context.ts';
import { isForeign } from '../../pages/form.ts';
import { notFoundPage } from './page.ts';
import { newTokenPage } from './new-token-page.ts';
import { activityPage, branchPage, comparePage, homePage, pullPage, repositoryPage } from './repository-pages.ts';
import { revokeToken, ssoPage, tokenRequestsPage, tokensPage } from './token-pages.ts';

const decoded = (path: string): string | undefined => {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
};

const repositoryPages = (github: GitHub, path: string): Response | Promise<Response> => {
  const [, owner = '', name = '', area, ...rest] = path.split('/');
  const repository = github.catalogue.repository(owner, name);
  if (repository === undefined) return notFoundPage(path);
  const left = decoded(rest.join('/'));
  if (area === undefined) return repositoryPage(github, path, repository);
  if (area === 'activity' && left === '') return activityPage(github, path, repository);
  if (area === 'tree' && left) return branchPage(path, repository, left);
  if (area === 'pull' && left && /^\d+$/.test(left)) return pullPage(github, path, repository, Number(left));
  const [base, head] = area === 'compare' && left ? left.split('...') : [];
  if (base && head) return comparePage(path, repository, base, head);
  return notFoundPage(path);
};

/** The pages of the web host. Forms sent from another site's page are refused. */
export const handlePages = async (github: GitHub, request: Request): Promise<Response> => {
  const url = new URL(request.url);
  const path = url.pathname;
  const posted = request.method === 'POST';
  if (!posted && request.method !== 'GET') return new Response(null, { status: 405, headers: { allow: 'GET, POST' } });
  if (posted && isForeign(request)) return new Response('Sent from another site\n', { status: 403 });
  if (path === '/settings/tokens/new') return newTokenPage(github, request, 'classic');
  if (path === '/settings/personal-access-tokens/new' && github.hasFineGrainedTokens)
    return newTokenPage(github, request, 'fine-grained');
  const [, organization] = /^\/orgs\/([^/]+)\/sso$/.exec(path) ?? [];
  if (organization !== undefined) return ssoPage(github, request, organization);
  const [, asked] = /^\/orgs\/([^/]+)\/settings\/personal-access-token-requests$/.exec(path) ?? [];
  if (asked !== undefined) return tokenRequestsPage(github, request, asked);
  const [, token] = /^\/settings\/tokens\/(\d+)\/revoke$/.exec(path) ?? [];
  if (posted) return token === undefined ? notFoundPage(path) : revokeToken(github, path, token);
  if (path === '/') return homePage(github, path);
  if (path === '/settings/tokens' || path === '/settings/personal-access-tokens') return tokensPage(github, url);
  return repositoryPages(github, path);
};
