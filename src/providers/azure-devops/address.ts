import type { Checked } from '../../domain/address';
import { fail, ok } from '../../domain/result';

/**
 * One address for each organization or collection: encoded once, without a slash at the end. An organization of Azure
 * DevOps has two, `https://ORG.visualstudio.com` (also with `/DefaultCollection`) being the older one; both serve the same
 * API to the same tokens (learn.microsoft.com, "Allowed IP addresses and domain URLs"), so the newer one is used for both.
 */
export function azureDevOpsAddress(address: string): string {
  const url = new URL(address);
  const organization = /^([^.]+)\.visualstudio\.com$/.exec(url.hostname)?.[1];
  if (organization !== undefined) return `https://dev.azure.com/${organization}`;
  const segments = url.pathname.split('/').filter((segment) => segment !== '');
  // An organization is the first part of the path; what people copied behind it is a project or a page.
  const kept = url.hostname === 'dev.azure.com' ? segments.slice(0, 1) : segments;
  return [url.origin, ...kept].join('/');
}

/** What people call it: `dev.azure.com/acme`, `tfs.acme.example/tfs/Default Collection`. */
export function azureDevOpsPlace(webUrl: string): string {
  const { host, pathname } = new URL(webUrl);
  return `${host}${decoded(pathname)}`.replace(/\/$/, '');
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** `https://dev.azure.com/Acme` and `https://acme.visualstudio.com/DefaultCollection` are one organization; what follows is a project or a page. */
export function checkOrganization(typed: string, readUrl: (typed: string) => Checked<URL>): Checked<string> {
  const checked = readUrl(typed);
  if (!checked.ok) return checked;
  const url = checked.value;
  const legacy = /^([^.]+)\.visualstudio\.com$/.exec(url.hostname)?.[1];
  const name = legacy ?? url.pathname.split('/')[1] ?? '';
  const known = url.port === '' && (legacy !== undefined || url.hostname === 'dev.azure.com');
  const isName = /^[a-z0-9]([a-z0-9-]{0,48}[a-z0-9])?$/i.test(name);
  return known && isName ? ok(`https://dev.azure.com/${name.toLowerCase()}`) : fail('organization');
}

/** `/tfs/DefaultCollection/Shop/_git/web`: a part that begins with `_` is a page, and a part between the collection and it is a project. */
export function cutCollection(segments: readonly string[]): readonly string[] {
  const page = segments.findIndex((segment) => segment.startsWith('_'));
  if (page === -1) return segments;
  const [first = ''] = segments;
  return segments.slice(0, Math.min(page, first.toLowerCase() === 'tfs' ? 2 : 1));
}
