/**
 * One address for each organization or collection: encoded once, without a slash at the end. An organization of Azure
 * DevOps has two, `https://ORG.visualstudio.com` (also with `/DefaultCollection`) being the older one; both serve the same
 * API to the same tokens (learn.microsoft.com, "Allowed IP addresses and domain URLs"), so the newer one stands for both.
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
