import { isForeign } from '../../pages/form.ts';
import type { CodeCommit } from '../context.ts';
import { accessKeysPage } from './access-keys-page.ts';
import { notFoundPage } from './page.ts';
import { branchPage, homePage, pullRequestPage, repositoryPage } from './repository-pages.ts';

const decoded = (path: string): string | undefined => {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
};

/** The pages of the console. Forms sent from another site's page are refused. */
export const handlePages = async (aws: CodeCommit, request: Request): Promise<Response> => {
  const path = new URL(request.url).pathname;
  const posted = request.method === 'POST';
  if (!posted && request.method !== 'GET') return new Response(null, { status: 405, headers: { allow: 'GET, POST' } });
  if (posted && isForeign(request)) return new Response('Sent from another site\n', { status: 403 });
  if (path === '/iam/home') return accessKeysPage(aws, request);
  if (path === '/' || path === '/codesuite/codecommit/repositories') return homePage(aws);
  const [, name = '', rest = ''] = /^\/codesuite\/codecommit\/repositories\/([^/]+)\/(.+)$/.exec(path) ?? [];
  const repository = aws.repository(name);
  if (repository === undefined) return notFoundPage(path);
  if (rest === 'browse') return repositoryPage(aws, repository);
  const branch = decoded(/^browse\/refs\/heads\/(.+)$/.exec(rest)?.[1] ?? '');
  if (branch) return branchPage(path, repository, branch);
  const [, id] = /^pull-requests\/(\d+)\/details$/.exec(rest) ?? [];
  const pull = aws.store.pullRequests().find((one) => one.repository === name && String(one.id) === id);
  return pull === undefined ? notFoundPage(path) : pullRequestPage(aws, request, repository, pull);
};
