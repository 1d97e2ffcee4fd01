/**
 * Whether a text names one person of Jira. Forge calls somebody who is not logged in `unidentified`: what is stored under that
 * name would be everybody's.
 */
export function isAccountId(text: string): boolean {
  return text !== 'unidentified' && /^[a-zA-Z0-9:_-]{5,128}$/.test(text);
}
