/**
 * Every key of the app's storage. Keys may hold letters, digits, `:`, `.`, `_`, `-`, `#` and spaces, 500 at most
 * (Forge, "Key-Value Store: limitations"); account ids (`712020:uuid`) fit.
 *
 * `integration:{id}`                        an integration, without its credential
 * `integration-credential:{id}`             secret: the integration account's credential
 * `token:{accountId}:{integrationId}`       secret: a person's token and what the service said of it
 * `token-trail:{accountId}:{integrationId}` beside it, not secret: that it exists, and how it fared since
 * `token-holder:{integrationId}:{accountId}` finds the tokens of an integration, to count and to erase them
 * `defaults:{accountId}:{projectKey}`       where a person starts in a project: repository, source branches
 * `work:{issueId}:{fingerprint}`            a branch or pull request made through the app
 * `project-repositories:{projectKey}`       where people of a project worked last
 * `settings`                                the site's switches
 */
export const keys = {
  settings: 'settings',
  integrations: 'integration:',
  integration: (id: string) => `integration:${id}`,
  integrationCredential: (id: string) => `integration-credential:${id}`,
  token: (accountId: string, integrationId: string) => `token:${owner(accountId)}:${integrationId}`,
  tokenTrail: (accountId: string, integrationId: string) => `token-trail:${owner(accountId)}:${integrationId}`,
  tokenHolders: (integrationId: string) => `token-holder:${integrationId}:`,
  tokenHolder: (integrationId: string, accountId: string) => `token-holder:${integrationId}:${owner(accountId)}`,
  defaults: (accountId: string) => `defaults:${owner(accountId)}:`,
  projectDefaults: (accountId: string, projectKey: string) => `defaults:${owner(accountId)}:${projectKey}`,
  work: (issueId: string) => `work:${issueId}:`,
  workItem: (issueId: string, fingerprint: string) => `work:${issueId}:${fingerprint}`,
  projectRepositories: (projectKey: string) => `project-repositories:${projectKey}`,
} as const;

/** Forge calls somebody who is not logged in `unidentified`: a token kept under that name would be everybody's. */
function owner(accountId: string): string {
  if (accountId === 'unidentified' || !/^[a-zA-Z0-9:_-]{5,128}$/.test(accountId))
    throw new Error('Nobody to keep a token for');
  return accountId;
}
