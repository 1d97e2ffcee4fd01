import { editions, type Edition, type EditionId } from './editions';

/** One installation of an edition: what it is and where. */
export type Service = {
  edition: Edition;
  /** Where people go with a browser, without a slash at the end. */
  webUrl: string;
  /** The base of its API, without a slash at the end. The credential never goes to another origin. */
  apiUrl: string;
  /** What people call the place: `github.com`, `git.acme.example/ghe`. */
  place: string;
  /** As the service told it when it was connected; absent where it does not tell. */
  version?: string;
};

/** The service behind an integration. `address` is one that was accepted when the integration was connected. */
export function serviceAt(id: EditionId, address: string, version?: string): Service {
  const edition = editions[id];
  const webUrl = edition.address.kind === 'fixed' ? edition.address.url : address;
  const { host, pathname } = new URL(webUrl);
  const place = `${host}${pathname.replace(/\/$/, '')}`;
  return { edition, webUrl, apiUrl: apiUrlOf(id, webUrl), place, ...(version === undefined ? {} : { version }) };
}

function apiUrlOf(id: EditionId, webUrl: string): string {
  switch (id) {
    case 'github.com':
    case 'ghe.com':
      return webUrl.replace('https://', 'https://api.');
    case 'ghes':
      return `${webUrl}/api/v3`;
  }
}
