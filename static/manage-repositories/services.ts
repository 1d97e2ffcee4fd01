import type { EditionId, ProviderKind } from '../../src/contract/views';

/** A service that can be connected, as the form to add one shows it. Proper names, never translated. */
export type Service = { edition: EditionId; provider: ProviderKind; serviceName: string; host: string };

export const gitHub: Service = { edition: 'github.com', provider: 'github', serviceName: 'GitHub', host: 'github.com' };
