import { factsOf } from '../domain/editions';
import type { Service } from '../domain/service';
import type { Named } from '../domain/work-address';

/** Addresses of a service that people open; nothing is requested, no SDK is loaded. */
export type Links = {
  /** The page that makes a token, prefilled where the service allows it. */
  newToken(service: Service, note: string): string;
  /** The page for a token of the other kind, where the service has two; absent where this version has one. */
  otherToken?(service: Service): string | undefined;
  /** Whether the service itself can replace a token with these scopes by a new one; absent where it never can. */
  renewsTokens?(service: Service, scopes: readonly string[] | undefined): boolean;
  /** The page of a repository. */
  repository(service: Service, repository: string): string;
  /** The page of a commit. */
  commit(service: Service, repository: string, id: string): string;
  /** The page of a branch's files. */
  branch(service: Service, repository: string, branch: string): string;
  /** The branch or pull request that a page of the service's is about; nothing for any other page, and for any other place. Absent: no address can be attached. */
  read?(service: Service, page: URL): Named | undefined;
  /** The address for `git clone`: https, without a credential in it. */
  clone(service: Service, repository: string): string;
  /** The address for `git clone` with a helper of the service's installed, which signs in by itself. */
  cloneWithHelper?(service: Service, repository: string): { address: string; helper: string };
  /** The service's own editor in the browser, on a branch; nothing where this edition has none. */
  webEditor?(service: Service, repository: string, branch: string): { url: string; name: string } | undefined;
};

/** The addresses of a service, by its provider. */
export function linksOf(service: Service): Links {
  return factsOf(service.edition.provider).links;
}
