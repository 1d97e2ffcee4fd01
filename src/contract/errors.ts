import type { ErrorCode, ErrorParams } from '../domain/errors';

/** Where an error happened and as whom: names for its sentence, whatever the code. */
export type ErrorNames = {
  readonly [
    Name in
      'integration' | 'service' | 'host' | 'login' | 'repository' | 'branch' | 'source' | 'target' | 'project' | 'issue'
  ]?: string | undefined;
};

/** An error of one code as a page gets it. Never a token or a stack trace; of the service's own text one plain line, apart. */
export type PageErrorOf<Code extends ErrorCode> = {
  code: Code;
  /** Fills the sentence: the names, and what this error knows. Instants are ISO. */
  params: ErrorNames & Readonly<Omit<ErrorParams<Code>, 'url'>>;
  /** The service's own words, one line of plain text (`providers/said.ts`). */
  said?: string;
  /** Where the next step happens, when that is outside Jira: the service's single sign-on page, the pull request that exists. */
  url?: string;
  /** The page may offer *Continue as the integration account*: the person's own token failed and none is required. */
  mayContinueAsIntegration?: boolean;
  /** The person is a Jira admin: the page may lead them to *Manage Git repositories*, where the error ends. */
  mayManage?: boolean;
};

/** An error as a page gets it; the code says which parameters there are. */
export type PageError = { [Code in ErrorCode]: PageErrorOf<Code> }[ErrorCode];
