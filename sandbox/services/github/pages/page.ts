import { html, type Html } from 'local-forge/html';
import { lookOf, nothingAt, relative } from '../../pages/look.ts';
import type { GitHub } from '../context.ts';

const look = lookOf({
  light: { ink: '#1f2328', paper: '#fff', link: '#0969da', go: '#1f883d' },
  dark: { ink: '#f0f6fc', paper: '#0d1117', link: '#4493f8', go: '#238636' },
});

/** A whole page; says in its header that this is a simulated GitHub. */
export const pageResponse = (path: string, title: string, content: Html, status = 200): Response =>
  look.page({
    name: 'GitHub',
    note: 'not github.com',
    links: html`<a href="${relative(path, '')}">Repositories</a>
      <a href="${relative(path, 'settings/tokens')}">Personal access tokens</a>`,
    title,
    content,
    status,
  });

export const jsonResponse = look.data;

/** After a form was taken: shows another page of the service. */
export const seeOther = (path: string, to: string): Response => look.leadTo(relative(path, to));

export const notFoundPage = (path: string): Response => pageResponse(path, 'Page not found', nothingAt(path), 404);

/** Whom the person acts as: nobody signs in to a simulation. */
export const accountPicker = (github: GitHub, chosen: string | null): Html =>
  html` <label for="account">Signed in as</label>
    <select id="account" name="account">
      ${github.catalogue.accounts.map(
        ({ login, name }) =>
          html`<option value="${login}" ${login === chosen && { markup: 'selected' }}>${login} (${name})</option>`,
      )}
    </select>`;
