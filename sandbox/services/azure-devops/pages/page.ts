import { html, type Html } from 'local-forge/html';
import { lookOf } from '../../pages/look.ts';
import type { AzureDevOps } from '../context.ts';

const look = lookOf({
  light: { ink: '#1b1a19', paper: '#fff', link: '#005a9e', go: '#0078d4' },
  dark: { ink: '#f3f2f1', paper: '#1b1a19', link: '#6cb8f6', go: '#0078d4' },
  edge: '3px solid #0078d4',
});

/** Leads from the page a request is for to another below the organization or collection, wherever the service is shown. */
export type Links = (to: string) => string;

export const linksFrom = (service: AzureDevOps, request: Request): Links => {
  const { pathname, hostname } = new URL(request.url);
  const base = `https://${hostname}` === new URL(service.baseUrl).origin ? service.basePath : '';
  const ups = pathname.split('/').length - 2;
  return (to) => `${ups === 0 ? './' : '../'.repeat(ups)}${`${base}/${to}`.slice(1)}`;
};

/** A whole page; says in its header that this is a simulation. */
export const pageResponse = (service: AzureDevOps, to: Links, title: string, content: Html, status = 200): Response =>
  look.page({
    name: service.edition.hosted ? 'Azure DevOps' : `Azure DevOps (${service.edition.id})`,
    note: service.collection,
    links: html`<a href="${to('')}">Repositories</a>
      ${service.edition.tokens && html`<a href="${to(service.edition.tokenPage)}">Personal access tokens</a>`}`,
    title,
    content,
    status,
  });

export const dataResponse = look.data;
