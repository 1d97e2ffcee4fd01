import type { Edition } from '../domain/editions';
import * as github from './github/links';

/** Addresses of a service that people open; nothing is requested, no SDK is loaded. */
export type Links = {
  /** The page that makes a token, prefilled where the service allows it. */
  newToken(edition: Edition, note: string): string;
  branch(edition: Edition, repository: string, branch: string): string;
  clone(edition: Edition, repository: string): string;
};

const links: Readonly<Record<Edition['provider'], Links>> = { github };

export function linksOf(edition: Edition): Links {
  return links[edition.provider];
}
