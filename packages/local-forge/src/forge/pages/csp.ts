import { createRequire } from 'node:module';
import { CSPInjectionService, CSPProcessingService } from '@forge/csp';

export type CspOptions = {
  /** The manifest's `permissions`, as written. */
  permissions: unknown;
  /** The site around the page: for the product it is `https://<name>.atlassian.net`, here a loopback address. */
  siteOrigin: string;
  /** The address for browsers' reports of violations. */
  reportUri: string;
};

/**
 * The `Content-Security-Policy` the product would send with a page, computed by Forge's own package from the page and the
 * manifest. Two things differ, because everything here is on one machine: the site's host in
 * `frame-ancestors`, `frame-src`, `img-src`, `media-src`, `connect-src` and `style-src` is the loopback one, and
 * `report-uri` is ours. The directives themselves do not change.
 */
export function contentSecurityPolicy({ permissions, siteOrigin, reportUri }: CspOptions): (html: string) => string {
  // cheerio is a peer of @forge/csp and comes with Forge's own tools.
  const load = createRequire(import.meta.url);
  const cheerio = load('cheerio') as { load: ConstructorParameters<typeof CSPProcessingService>[1] };
  const processing = new CSPProcessingService({ info: () => undefined }, cheerio.load);
  const injection = new CSPInjectionService();
  return (html) =>
    injection
      .getInjectableCSP({
        existingCSPDetails: processing.getCspDetails(
          html,
          (permissions ?? {}) as Parameters<typeof processing.getCspDetails>[1],
        ),
        microsEnv: 'prod',
        hostname: siteOrigin,
      })
      .map((directive) => (directive.startsWith('report-uri ') ? `report-uri ${reportUri}` : directive))
      .join('; ');
}
