import { ownAddress } from '../domain/own-address';
import type { Service } from '../domain/service';

/** The address that an answer gives, where it is of the service's own origin; else the one we make: an answer leads nobody elsewhere. */
export function ownLink({ webUrl }: Service, given: string | undefined, made: string): string {
  return ownAddress(given, webUrl) ?? made;
}
