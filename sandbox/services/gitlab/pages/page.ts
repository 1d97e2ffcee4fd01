import { html, type Html } from 'local-forge/html';
import { lookOf, nothingAt, relative } from '../../pages/look.ts';
import type { GitLab } from '../context.ts';

/** One request for a page: `path` is the whole path asked for, as links are relative to it. */
export type Visit = { gitlab: GitLab; request: Request; url: URL; path: string };

/** An address of this installation, relative to the page that shows it. */
export const to = ({ gitlab, path }: Visit, address: string): string =>
  relative(path, `${gitlab.basePath}/${address}`.slice(1));

const look = lookOf({
  light: { ink: '#28272d', paper: '#fff', link: '#1068bf', go: '#1f75cb' },
  dark: { ink: '#ececef', paper: '#18171d', link: '#63a6e9', go: '#1068bf' },
  edge: '3px solid #fc6d26',
});

/** Where tokens are made and listed: the address moved with GitLab 16.8. */
export const tokensAddress = ({ version }: GitLab): string =>
  version === 'current' ? '-/user_settings/personal_access_tokens' : '-/profile/personal_access_tokens';

/** A whole page; says in its header that this is a simulated GitLab. */
export const pageResponse = (visit: Visit, title: string, content: Html, status = 200): Response =>
  look.page({
    name: 'GitLab',
    note: `version ${visit.gitlab.version}`,
    links: html`<a href="${to(visit, '')}">Projects</a>
      <a href="${to(visit, tokensAddress(visit.gitlab))}">Access tokens</a>`,
    title,
    content,
    status,
  });

export const jsonResponse = look.data;

/** Shows another page of the installation. */
export const seeOther = (visit: Visit, address: string, status: 302 | 303 = 303): Response =>
  look.leadTo(to(visit, address), status);

export const notFoundPage = (visit: Visit): Response =>
  pageResponse(visit, 'Page not found', nothingAt(visit.path), 404);
