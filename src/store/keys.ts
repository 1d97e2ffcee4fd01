import { isAccountId } from '../domain/account-id';

/**
 * Every key of the app's storage. Keys may hold letters, digits, `:`, `.`, `_`, `-`, `#` and spaces, 500 at most
 * (Forge, "Key-Value Store: limitations"); account ids (`712020:uuid`) fit.
 *
 * `integration:{id}`                        an integration's connection, without its credential
 * `integration:{id}:name|owners|projects`   what an admin edits, each field under a key of its own
 * `integration:{id}:rules`                  the rules for people's tokens there, where they differ from the site's
 * `integration:{id}:seenWithoutToken`       what people without a token see, where an admin has chosen
 * `integration:{id}:required`               exists while people must use their own token
 * `integration:{id}:disabled`               exists while it is out of use
 * `integration:{id}:disconnecting`          exists from the moment it is disconnected; wins over whatever is written later
 * `integration-credential:{id}`             secret: the integration account's credential
 * `ready-credential:{id}`                   secret: a copy of it for writes, there only while no token is required
 * `token:{accountId}:{integrationId}`       secret: a person's token and what the service said of it
 * `token-trail:{accountId}:{integrationId}` beside it, not secret: that it exists, and how it fared since
 * `token-holder:{integrationId}:{accountId}` finds the tokens of an integration, to count and to erase them; says while one is being saved
 * `token-renewal:{accountId}:{integrationId}` the renewal of a token began, and nobody has said how it ended
 * `token-reminder:{accountId}:{integrationId}` the last message to its owner about a token, outside of our pages
 * `reminded:{accountId}:{day}`              that somebody got a message on their day; for 3 days
 * `credential-reminder:{id}`                the last message to admins about the integration account's credential
 * `credential-refused:{id}`                 the service refused that credential: which, and when
 * `token-notice:{accountId}:{integrationId}` that an admin removed the person's token, when and why; until there is another one
 * `acted-without:{integrationId}:{accountId}` when the integration account last did something for a person, for 90 days
 * `leaver:{accountId}`                      somebody with tokens who has left: since when, and why we think so
 * `account:{accountId}`                     somebody about whom something is stored, and when Atlassian last answered about the account
 * `defaults:{accountId}:{projectKey}`       where a person starts in a project: repository, source branches
 * `work:{issueId}:{fingerprint}`            a branch or pull request made through the app or attached
 * `work-removal:{issueId}:{fingerprint}`    when the same was removed, for 7 days
 * `project-repositories:{projectKey}`       where people of a project worked last
 * `setting:{name}`                          one of the site's settings; none until somebody changes it
 * `pace:{hash of an account id}:{number}`   how many calls somebody has made in this minute; expires by itself
 * `ticket-key`                              secret: signs the tickets that pages show (`domain/ticket.ts`)
 * `development:{integrationId}:{issueId}:{entity}` the last report to Jira about a branch or pull request, for a year
 * `development-news:{integrationId}:{issueId}` findings of looks at the issue, to be reported once
 * `development-by:{accountId}:{the same}`   the same under the person whose name it carries
 * `activity:{newest first}:{random}`        a record of the activity
 * `activity-of:{accountId}:{the same}`      the same under its person
 * `activity-person:{accountId}`             that the account id is stored in the activity, and since when
 *
 * Beside the keys there is the custom entity `saved-token`: rows `{accountId}:{integrationId}` (`token-rows.ts`).
 */
export const keys = {
  ticketKey: 'ticket-key',
  pace: (person: string, counter: number) => `pace:${person}:${counter}`,
  setting: (name: string) => `setting:${name}`,
  allActivity: 'activity:',
  activity: (id: string) => `activity:${id}`,
  allActivityOf: (accountId: string) => `activity-of:${owner(accountId)}:`,
  activityOf: (accountId: string, id: string) => `activity-of:${owner(accountId)}:${id}`,
  activityPeople: 'activity-person:',
  activityPerson: (accountId: string) => `activity-person:${owner(accountId)}`,
  integrations: 'integration:',
  integration: (id: string) => `integration:${id}`,
  integrationPart: (id: string, part: string) => `integration:${id}:${part}`,
  integrationCredential: (id: string) => `integration-credential:${id}`,
  readyCredential: (id: string) => `ready-credential:${id}`,
  token: (accountId: string, integrationId: string) => `token:${owner(accountId)}:${integrationId}`,
  tokenTrails: 'token-trail:',
  tokenTrailsOf: (accountId: string) => `token-trail:${owner(accountId)}:`,
  tokenTrail: (accountId: string, integrationId: string) => `token-trail:${owner(accountId)}:${integrationId}`,
  tokenHolders: (integrationId: string) => `token-holder:${integrationId}:`,
  tokenHolder: (integrationId: string, accountId: string) => `token-holder:${integrationId}:${owner(accountId)}`,
  tokenNotice: (accountId: string, integrationId: string) => `token-notice:${owner(accountId)}:${integrationId}`,
  tokenRenewal: (accountId: string, integrationId: string) => `token-renewal:${owner(accountId)}:${integrationId}`,
  tokenReminder: (accountId: string, integrationId: string) => `token-reminder:${owner(accountId)}:${integrationId}`,
  remindedOf: (accountId: string) => `reminded:${owner(accountId)}:`,
  reminded: (accountId: string, day: string) => `reminded:${owner(accountId)}:${day}`,
  credentialReminder: (id: string) => `credential-reminder:${id}`,
  credentialRefused: (id: string) => `credential-refused:${id}`,
  allActedWithout: 'acted-without:',
  allActedWithoutAt: (integrationId: string) => `acted-without:${integrationId}:`,
  actedWithout: (integrationId: string, accountId: string) => `acted-without:${integrationId}:${owner(accountId)}`,
  leaver: (accountId: string) => `leaver:${owner(accountId)}`,
  accounts: 'account:',
  account: (accountId: string) => `account:${owner(accountId)}`,
  defaults: (accountId: string) => `defaults:${owner(accountId)}:`,
  projectDefaults: (accountId: string, projectKey: string) => `defaults:${owner(accountId)}:${projectKey}`,
  work: (issueId: string) => `work:${issueId}:`,
  workItem: (issueId: string, fingerprint: string) => `work:${issueId}:${fingerprint}`,
  workRemoval: (issueId: string, fingerprint: string) => `work-removal:${issueId}:${fingerprint}`,
  developmentOf: (integrationId: string) => `development:${integrationId}:`,
  developmentOfIssue: (integrationId: string, issueId: string) => `development:${integrationId}:${issueId}:`,
  development: (integrationId: string, issueId: string, entityId: string) =>
    `development:${integrationId}:${issueId}:${entityId}`,
  developmentNewsOf: (integrationId: string) => `development-news:${integrationId}:`,
  developmentNews: (integrationId: string, issueId: string) => `development-news:${integrationId}:${issueId}`,
  allDevelopmentBy: (accountId: string) => `development-by:${owner(accountId)}:`,
  developmentBy: (accountId: string, integrationId: string, issueId: string, entityId: string) =>
    `development-by:${owner(accountId)}:${integrationId}:${issueId}:${entityId}`,
  projectRepositories: (projectKey: string) => `project-repositories:${projectKey}`,
} as const;

function owner(accountId: string): string {
  if (!isAccountId(accountId)) throw new Error('Nobody to keep anything for');
  return accountId;
}
