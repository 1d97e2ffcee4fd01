import type { Service } from '../domain/service';

/** The address that an answer gives, where it is of the service's own origin; else the one we make: an answer leads nobody elsewhere. */
export function ownLink({ webUrl }: Service, given: string | undefined, made: string): string {
  const isOwn = given !== undefined && URL.canParse(given) && new URL(given).origin === new URL(webUrl).origin;
  return isOwn ? given : made;
}
