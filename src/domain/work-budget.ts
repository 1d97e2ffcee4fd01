/** Outbound requests one look at an issue may cost, over all of its integrations. */
const REQUESTS_OF_A_VIEW = 20;

/** The share of one of `integrations` in the view's requests. */
export function shareOf(integrations: number): number {
  return Math.max(1, Math.floor(REQUESTS_OF_A_VIEW / Math.max(1, integrations)));
}
