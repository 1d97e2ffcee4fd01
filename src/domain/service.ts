import { editions, factsOf, type Edition, type EditionId } from './editions';

/** One installation of an edition: what it is and where. */
export type Service = {
  edition: Edition;
  /** Where people go with a browser, without a slash at the end. */
  webUrl: string;
  /** The base of its API, without a slash at the end. The credential never goes to another origin. */
  apiUrl: string;
  /** Its name for people: `github.com`. */
  place: string;
  /** As the service said it when it was connected; absent where it does not. */
  version?: string;
};

/** The service behind an integration. `address` is one that was accepted when the integration was connected. */
export function serviceAt(id: EditionId, address: string, version?: string): Service {
  const edition = editions[id];
  const located = factsOf(edition.provider).locate?.(address) ?? byAddress(edition, address);
  return { edition, ...located, ...(version === undefined ? {} : { version }) };
}

function byAddress(edition: Edition, address: string): Pick<Service, 'webUrl' | 'apiUrl' | 'place'> {
  const webUrl = edition.address.kind === 'fixed' ? edition.address.url : address;
  return { webUrl, apiUrl: apiUrlOf(edition, webUrl), place: placeOf(webUrl) };
}

function apiUrlOf({ api }: Edition, webUrl: string): string {
  if (api === undefined) return webUrl;
  return 'path' in api ? `${webUrl}${api.path}` : webUrl.replace('https://', `https://${api.subdomain}.`);
}

/** `git.acme.example/gitlab`: the host, and the path of an installation that has one. */
function placeOf(webUrl: string): string {
  const { host, pathname } = new URL(webUrl);
  return `${host}${pathname.replace(/\/$/, '')}`;
}
