/** Why an origin can't be called: its consent was declined, the person may not give it, there is no room for one more, or Jira is busy. */
export type EgressRefusal = 'declined' | 'not-admin' | 'no-room' | 'busy';

/**
 * By the status and the words, which docs page "Customer-managed egress and remotes API" lists: 400 also where there are too many hosts,
 * 403 also where there were too many requests. Our address is none that 400 and 422 are for otherwise. *Assumption*: that the bridge hands
 * either on; what has neither was declined, for which the page has no status.
 */
export function refusalOf(error: unknown): EgressRefusal {
  const { status, message = '' } = Object(error) as { status?: unknown; message?: string };
  const code = typeof status === 'number' ? status : Number(/\b[45]\d\d\b/.exec(message)?.[0]);
  if (code === 429 || code >= 500 || /too many requests|rate.?limit/i.test(message)) return 'busy';
  if (code === 400 || /\bat most\b|\b(max|maximum)\b|exceed/i.test(message)) return 'no-room';
  if (code === 403 || /administrator|permission|forbidden|not (allowed|authorized)/i.test(message)) return 'not-admin';
  return 'declined';
}
