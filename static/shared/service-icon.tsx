import type { ProviderKind } from '../../src/contract/views';
import { factsOf } from '../../src/domain/editions';

/** The mark of a kind of service. The name is beside it, so it says nothing itself. */
export function ServiceIcon({ provider }: { provider: ProviderKind }) {
  return (
    <svg className="service-icon" viewBox="0 0 12 12" width="10" height="10" aria-hidden="true">
      <path d={factsOf(provider).icon} fill="currentColor" />
    </svg>
  );
}
