import type { OfferingFacts } from '../providers/provider-facts';
import { checkAddress, type AddressProblem } from './address';
import { editions, providers, type EditionId, type ProviderKind } from './editions';
import { fail, ok, type Result } from './result';

/** A tile, and the provider behind it. */
export type Offering = OfferingFacts<EditionId> & { provider: ProviderKind };

/** Every service there is to connect, in the order of the tiles. */
export const offerings = providers.flatMap(({ kind, offerings: tiles }) =>
  tiles.map((tile) => ({ ...tile, provider: kind })),
) as readonly Offering[];

/**
 * Which edition an address belongs to, and the address as it is stored. Of several refusals, the page shows that of the edition whose
 * domain it is, or else the last.
 */
export function placeIn(
  offering: Offering,
  typed: string,
): Result<{ edition: EditionId; address: string }, AddressProblem> {
  let problem: AddressProblem = 'malformed';
  for (const edition of offering.editions) {
    const checked = addressFor(edition, typed);
    if (checked.ok) return ok({ edition, address: checked.value });
    problem = checked.error;
    if (isOfDomain(edition, typed)) break;
  }
  return fail(problem);
}

/** Whether what was typed, right or wrong, is a name in the domain where all customers of an edition are. */
function isOfDomain(edition: EditionId, typed: string): boolean {
  const rule = editions[edition].address;
  const [host = ''] = typed
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .split(/[/:?#]/);
  return rule.kind === 'subdomain' && `.${host}`.endsWith(`.${rule.of}`);
}

/** The address for an edition, checked by its rule. */
export function addressFor(edition: EditionId, typed: string): Result<string, AddressProblem> {
  return checkAddress(editions[edition].address, typed);
}
