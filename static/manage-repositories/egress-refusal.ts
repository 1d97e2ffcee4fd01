/** Why an origin can't be called: its consent was declined, the person may not give it, there is no room for one more, or Jira is busy. */
export type EgressRefusal = 'declined' | 'not-admin' | 'no-room' | 'busy';

/**
 * By the status, which the docs page names (403, 422, 429), else by the words. *Assumption*: that the bridge hands either on; what
 * has neither was declined, for which the docs page has no status.
 */
export function refusalOf(error: unknown): EgressRefusal {
  const { status, message = '' } = Object(error) as { status?: unknown; message?: string };
  if (status === 429 || /too many|rate limit|\b429\b/i.test(message)) return 'busy';
  if (status === 422 || /\bat most\b|maximum|exceed|\b422\b/i.test(message)) return 'no-room';
  if (status === 403 || /administrator|not (allowed|authorized)|\b403\b/i.test(message)) return 'not-admin';
  return 'declined';
}
