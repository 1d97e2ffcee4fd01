import type { ProviderErrorCode } from '../domain/errors';

/** What can go wrong before a git service is asked. */
export type OwnErrorCode =
  | 'NOT_LOGGED_IN'
  | 'NO_JIRA_PERMISSION'
  | 'NOT_ADMIN'
  | 'ISSUE_NOT_FOUND'
  | 'INVALID_INPUT'
  | 'INVALID_ADDRESS'
  | 'EGRESS_DECLINED'
  | 'INTEGRATION_NOT_FOUND'
  | 'INTEGRATION_NAME_TAKEN'
  /** Another admin changed it after the form was opened. */
  | 'INTEGRATION_CHANGED'
  | 'INTEGRATION_WITHOUT_CREDENTIAL'
  | 'INTEGRATION_CREDENTIAL_REJECTED'
  | 'INTEGRATION_DISABLED'
  | 'NO_REPOSITORIES'
  | 'NOT_OPEN_TO_PROJECT'
  | 'REPOSITORY_NOT_OF_INTEGRATION'
  | 'ACTION_SWITCHED_OFF'
  | 'TOKEN_REQUIRED'
  | 'TOKENS_UNSUPPORTED'
  | 'TOKEN_REPLACED'
  | 'BRANCH_NAME_INVALID'
  | 'BRANCH_TEMPLATE_INVALID'
  | 'BRANCH_NOT_OF_ISSUE'
  | 'SAME_BRANCH'
  | 'JIRA_UNAVAILABLE'
  | 'STORAGE_UNAVAILABLE'
  /** The site asks for more than Forge lets it in a minute, or in a second. */
  | 'STORAGE_BUSY'
  | 'INTERNAL';

export type ErrorCode = ProviderErrorCode | OwnErrorCode;

/**
 * An error as a page gets it: a code, and names and figures to put into its sentence. Never a token or a stack trace; of the
 * service's own text one plain line, apart.
 */
export type PageError = {
  code: ErrorCode;
  /**
   * Fills the placeholders of the sentence: `service`, `host`, `integration`, `login`, `repository`, `branch`, `source`,
   * `target`, `organization`, `missing`, `conflict`, `who`, `project`, `issue`, `field`, `reason`, `status`, `days`, `limit`,
   * `pattern`, `newName`, `owners`, `folders`, `refused`, `policy`, `reading`, `typed` (the address has just been typed), `expiredAt` and `retryAt` (ISO instants). Which ones are there depends on the code.
   */
  params: Readonly<Record<string, string>>;
  /** What the service itself says, one line of plain text (`providers/said.ts`): shown as its words. */
  said?: string;
  /** Where the next step happens, when that is outside Jira: the service's single sign-on page, the pull request that exists. */
  url?: string;
  /** The page may offer *Continue as the integration account*: the person's own token failed and none is required. */
  mayContinueAsIntegration?: boolean;
};
