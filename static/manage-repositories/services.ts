import type { EditionId, ProviderKind } from '../../src/contract/views';
import { editions } from '../../src/domain/editions';
import { offerings, placeIn, type Offering } from '../../src/domain/offerings';
import { serviceAt } from '../../src/domain/service';

/** A service as errors and texts around it name it. Proper names, never translated. */
export type NamedService = {
  name: string;
  provider: ProviderKind;
  edition: EditionId;
  serviceName: string;
  host: string;
};

/** The tile of an edition: each has one. */
export function offeringOf(edition: EditionId): Offering {
  const found = offerings.find((offering) => offering.editions.includes(edition));
  if (!found) throw new Error(`No tile leads to ${edition}`);
  return found;
}

/** Whether there is something to type to say where it is. */
export function hasAddress(offering: Offering): boolean {
  return offering.editions.some((edition) => editions[edition].address.kind !== 'fixed');
}

/** A service for the texts, whether its address is good already or not. */
export function namedService(offering: Offering, typed: string, name: string): NamedService {
  const place = placeIn(offering, typed);
  const host = place.ok ? serviceAt(place.value.edition, place.value.address).place : typed || offering.name;
  const edition = place.ok ? place.value.edition : offering.editions[0];
  return { name: name || offering.name, provider: offering.provider, edition, serviceName: offering.name, host };
}

/** The origin the backend calls there. */
export function apiOriginOf(edition: EditionId, address: string): string {
  return new URL(serviceAt(edition, address).apiUrl).origin;
}

/** Whether Jira has to allow it: customers' own hosts. Those of the services themselves are in the app's manifest. */
export function needsApproval(edition: EditionId): boolean {
  const { kind } = editions[edition].address;
  return kind === 'url' || kind === 'subdomain';
}
