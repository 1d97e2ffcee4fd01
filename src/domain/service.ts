import { azureDevOpsAddress, azureDevOpsPlace } from './azure-devops-address';
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
  const webUrl = webUrlOf(edition, address);
  const place = edition.provider === 'azure-devops' ? azureDevOpsPlace(webUrl) : placeOf(webUrl);
  return { edition, webUrl, apiUrl: apiUrlOf(edition, webUrl), place, ...(version === undefined ? {} : { version }) };
}

function webUrlOf(edition: Edition, address: string): string {
  if (edition.address.kind === 'fixed') return edition.address.url;
  return edition.provider === 'azure-devops' ? azureDevOpsAddress(address) : address;
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
