import { providers, type AddressRule } from './editions';
import { fail, ok, type Result } from './result';

/** The fault of an address that somebody typed. */
export type AddressProblem =
  | 'empty'
  | 'malformed'
  | 'not-https'
  | 'user-info'
  | 'encoding'
  | 'ip-address'
  | 'single-label'
  | 'private-name'
  | 'port'
  | 'path'
  | 'other-service'
  | 'subdomain'
  | 'collection'
  | 'organization'
  | 'region';

export type Checked<Value> = Result<Value, AddressProblem>;

const LONGEST = 500;

/** Ports Forge lets an app reach with https (docs page "Runtime egress permissions"); 80 is for http alone. */
const PORTS: readonly string[] = ['', '8060', '8080', '8085', '8089', '8090', '8443', '8444', '7990'];

/** Names that resolve, if at all, inside of somebody's network, and public ones that mean an address inside. */
const PRIVATE =
  /(^|\.)(localhost|local|internal|intranet|lan|corp|home|private|onion|home\.arpa|nip\.io|sslip\.io|xip\.io|localtest\.me|lvh\.me|vcap\.me)$/;

/**
 * Checks what an admin typed by the rule of an edition, and gives the one way in which it is stored: no slash at the end, the
 * host in lower case and ASCII, spaces of a path encoded once. Nothing is looked up.
 */
export function checkAddress(rule: AddressRule, typed: string): Checked<string> {
  const text = typed.trim();
  if (rule.kind === 'fixed') return ok(rule.url);
  if (text === '') return fail('empty');
  if (rule.kind === 'own') return rule.check(text, checkUrl);
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

/** An https address of a public host, as somebody typed it. Nothing is looked up. */
function checkUrl(text: string): Checked<URL> {
  if (text.length > LONGEST || /[\\\p{Cc}<>"`{}|^]/u.test(text)) return fail('malformed');
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1];
  if (scheme !== undefined && scheme.toLowerCase() !== 'https') return fail('not-https');
  const whole = scheme === undefined ? text : text.slice(scheme.length + 3);
  const authority = /^[^/]*/.exec(whole)?.[0] ?? '';
  // A browser puts a slash between a host and what follows a ? or #: where there is none, somebody hides another host.
  if (/[?#]/.test(authority)) return fail('malformed');
  // The part behind a ? or # is a place on a page.
  const rest = whole.replace(/[?#].*$/s, '');
  // `https:///host`: a URL skips slashes, and would find a host that nothing here has looked at.
  if (rest.startsWith('/')) return fail('malformed');
  if (authority.includes('@')) return fail('user-info');
  const host = authority.replace(/:\d*$/, '');
  if (host.includes('[')) return fail('ip-address');
  if (hasOddHost(host) || hasOddPath(rest)) return fail('encoding');
  if (!URL.canParse(`https://${rest}`)) return fail('malformed');
  const url = new URL(`https://${rest}`);
  return checkHost(url) ?? checkPath(url);
}

/** Letters of any script are a name (they become punycode); what only looks like another character is not. */
function hasOddHost(host: string): boolean {
  return !/^[\p{L}\p{M}\p{N}.-]*$/u.test(host) || host.normalize('NFKC') !== host.normalize('NFC');
}

function hasOddPath(path: string): boolean {
  try {
    return /%(00|2e|2f|5c)/i.test(path) || /\p{Cc}/u.test(decodeURIComponent(path));
  } catch {
    return true;
  }
}

function checkHost({ hostname, port }: URL): { ok: false; error: AddressProblem } | undefined {
  if (/^[\d.]+$/.test(hostname)) return fail('ip-address');
  const labels = hostname.split('.');
  if (hostname.length > 253 || !labels.every((label) => /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/.test(label)))
    return fail('malformed');
  if (PRIVATE.test(hostname)) return fail('private-name');
  if (labels.length === 1) return fail('single-label');
  return PORTS.includes(port) ? undefined : fail('port');
}

function checkPath(url: URL): Checked<URL> {
  return pathOf(url).includes('//') ? fail('path') : ok(url);
}

/** Without slashes and white space at its end. */
function pathOf(url: URL): string {
  return url.pathname.replace(/(?<![/\s])[/\s]+$/, '');
}

function checkSubdomain(url: URL, domain: string): Checked<string> {
  const name = url.hostname.endsWith(`.${domain}`) ? url.hostname.slice(0, -domain.length - 1) : '';
  if (name === '' || name.includes('.') || name === 'api' || url.port !== '') return fail('subdomain');
  return ok(url.origin);
}
