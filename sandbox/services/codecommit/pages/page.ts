import type { Html } from 'local-forge/html';
import { lookOf, nothingAt } from '../../pages/look.ts';

const look = lookOf({
  light: { ink: '#16191f', paper: '#fff', link: '#0073bb', go: '#c2410c' },
  dark: { ink: '#f2f3f3', paper: '#0f1b2a', link: '#539fe5', go: '#c2410c' },
  edge: '3px solid #ff9900',
});

/** A whole page; says that this is a simulated AWS. */
export const pageResponse = (title: string, content: Html, status = 200): Response =>
  look.page({ name: 'AWS', note: 'not aws.amazon.com', title, content, status });

export const dataResponse = look.data;

export const notFoundPage = (path: string): Response => pageResponse('Page not found', nothingAt(path), 404);
