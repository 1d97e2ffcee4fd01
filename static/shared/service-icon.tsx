import type { ProviderKind } from '../../src/contract/views';

const shapes: Readonly<Record<ProviderKind, string>> = {
  github: 'M6 1a5 5 0 1 0 0 10A5 5 0 0 0 6 1Z',
  gitlab: 'M6 0.5 11.5 6 6 11.5 0.5 6Z',
  'azure-devops': 'M3.5 1h5L11.5 6l-3 5h-5L0.5 6Z',
  codecommit: 'M2 1h8a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1H2a1 1 0 0 1-1-1V2a1 1 0 0 1 1-1Z',
};

/** A mark of our own for each kind of service, to tell cards apart at a glance. The name stands beside it, so it says nothing itself. */
export function ServiceIcon({ provider }: { provider: ProviderKind }) {
  return (
    <svg className="service-icon" viewBox="0 0 12 12" width="10" height="10" aria-hidden="true">
      <path d={shapes[provider]} fill="currentColor" />
    </svg>
  );
}
