import type { IntegrationView } from '../../src/contract/views';

/** The person has a token, but it has expired or the service no longer accepts it: nothing works before it is replaced. */
export function isTokenDead({ attribution: { state, token } }: Pick<IntegrationView, 'attribution'>): boolean {
  return state === 'person' && (token?.health === 'ended' || token?.health === 'rejected');
}
