import { isRegion, partitionOf } from './aws-regions';
import { editions, type Edition, type EditionId } from './editions';

/** One installation of an edition: what it is and where. */
export type Service = {
  edition: Edition;
  /** Where people go with a browser, without a slash at the end. */
  webUrl: string;
  /** The base of its API, without a slash at the end. The credential never goes to another origin. */
  apiUrl: string;
  /** What people call the place: `github.com`. */
  place: string;
  /** As the service told it when it was connected; absent where it does not tell. */
  version?: string;
};

/** The service behind an integration. `address` is one that was accepted when the integration was connected. */
export function serviceAt(id: EditionId, address: string, version?: string): Service {
  const edition = editions[id];
  if (id === 'codecommit') return inRegion(edition, address, version);
  const webUrl = edition.address.kind === 'fixed' ? edition.address.url : address;
  const place = new URL(webUrl).host;
  return { edition, webUrl, apiUrl: apiUrlOf(id, webUrl), place, ...(version === undefined ? {} : { version }) };
}

function apiUrlOf(id: Exclude<EditionId, 'codecommit'>, webUrl: string): string {
  switch (id) {
    case 'github.com':
      return webUrl.replace('https://', 'https://api.');
  }
}

/** `address` is the region, or the address of its console, which begins with it. */
function inRegion(edition: Edition, address: string, version: string | undefined): Service {
  const region = address.replace(/^https:\/\//, '').split('.')[0] ?? '';
  if (!isRegion(region)) throw new Error('An address that is no region was never accepted');
  const partition = partitionOf(region);
  return {
    edition,
    webUrl: `https://${region}.${partition.console}`,
    apiUrl: `https://codecommit.${region}.${partition.suffix}`,
    place: `AWS ${region}`,
    ...(version === undefined ? {} : { version }),
  };
}
