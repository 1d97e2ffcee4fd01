import { providers, type AddressRule } from './editions';
import { fail, ok } from './result';
import { checkUrl, pathOf, type Checked } from './web-address';

export type { AddressProblem } from './web-address';

/**
 * Checks what an admin typed by the rule of an edition, and gives the one way in which it is kept: no slash at the end, the
 * host in lower case and ASCII, spaces of a path encoded once. Nothing is looked up.
 */
export function checkAddress(rule: AddressRule, typed: string): Checked<string> {
  const text = typed.trim();
  if (rule.kind === 'fixed') return ok(rule.url);
  if (text === '') return fail('empty');
  if (rule.kind === 'own') return rule.check(text);
  const url = checkUrl(text);
  if (!url.ok) return url;
  if (rule.kind === 'subdomain') return checkSubdomain(url.value, rule.of);
  if (isPublicService(url.value.hostname)) return fail('other-service');
  const segments = pathOf(url.value)
    .split('/')
    .filter((segment) => segment !== '');
  const path = rule.cut?.(segments) ?? segments;
  if (rule.needsPath && path.length === 0) return fail('collection');
  return ok([url.value.origin, ...path].join('/'));
}

/** Services with an address of their own: an installation somebody runs is never there. */
function isPublicService(host: string): boolean {
  const domains = ['bitbucket.org', ...providers.flatMap((one) => one.domains ?? [])];
  return domains.some((domain) => `.${host}`.endsWith(`.${domain}`));
}

function checkSubdomain(url: URL, domain: string): Checked<string> {
  const name = url.hostname.endsWith(`.${domain}`) ? url.hostname.slice(0, -domain.length - 1) : '';
  if (name === '' || name.includes('.') || name === 'api' || url.port !== '') return fail('subdomain');
  return ok(url.origin);
}
