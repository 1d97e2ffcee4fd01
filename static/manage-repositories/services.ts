import type { EditionId, ProviderKind } from '../../src/contract/views';
import { editions } from '../../src/domain/editions';
import { offerings, placeIn, type Offering } from '../../src/domain/offerings';
import { serviceAt } from '../../src/domain/service';

/** A service as errors and texts around it name it. Proper names, never translated. */
export type NamedService = { name: string; provider: ProviderKind; serviceName: string; host: string };

/** The first tile. */
export function firstOffering(): Offering {
  const [first] = offerings;
  if (!first) throw new Error('Nothing can be connected');
  return first;
}

export function offeringOf(edition: EditionId): Offering {
  return offerings.find(({ places }) => places.some((place) => place.edition === edition)) ?? firstOffering();
}

/** Whether there is something to type to say where it is. */
export function hasAddress({ places }: Offering): boolean {
  return places.some(({ rule }) => rule.kind !== 'fixed');
}

/** A service for the texts, whether its address is good already or not. */
export function namedService(offering: Offering, typed: string, name: string): NamedService {
  const place = placeIn(offering, typed);
  const known = offering.places.map(({ edition }) => edition).find((id): id is EditionId => id in editions);
  const edition = editions[place.ok ? place.value.edition : (known ?? 'github.com')];
  const host = place.ok ? serviceAt(place.value.edition, place.value.address).place : typed || offering.name;
  return { name: name || offering.name, provider: edition.provider, serviceName: offering.name, host };
}

/** The origin the backend calls there. */
export function apiOriginOf(edition: EditionId, address: string): string {
  return new URL(serviceAt(edition, address).apiUrl).origin;
}

/** Whether Jira has to allow it: customers' own hosts. Those of the services themselves are in the app's manifest. */
export function needsApproval(offering: Offering, edition: EditionId): boolean {
  const rule = offering.places.find((place) => place.edition === edition)?.rule;
  return rule?.kind === 'url' || rule?.kind === 'subdomain';
}
