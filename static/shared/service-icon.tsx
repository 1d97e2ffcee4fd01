import type { ProviderKind } from '../../src/contract/views';
import { providers } from './providers';

/** The mark of a kind of service. The name stands beside it, so it says nothing itself. */
export function ServiceIcon({ provider }: { provider: ProviderKind }) {
  return (
    <svg className="service-icon" viewBox="0 0 12 12" width="10" height="10" aria-hidden="true">
      <path d={providers[provider].mark} fill="currentColor" />
    </svg>
  );
}
