/** What an access key has to be allowed, each action that the adapter requests. */
export const codeCommitActions = [
  'CreateBranch',
  'CreatePullRequest',
  'DeleteBranch',
  'GetApprovalRuleTemplate',
  'GetBranch',
  'GetCommit',
  'GetPullRequest',
  'ListAssociatedApprovalRuleTemplatesForRepository',
  'ListBranches',
  'ListPullRequests',
  'ListRepositories',
] as const;

/** Actions that IAM knows for all repositories only (Service Authorization Reference, "Actions defined by AWS CodeCommit": they have no resource type). */
const ofNoRepository: readonly string[] = ['GetApprovalRuleTemplate', 'ListRepositories'];

/** An IAM policy that allows them, to copy. The reader puts region and account in place of the capitals. */
export function codeCommitPolicy(): string {
  const named = codeCommitActions.filter((action) => !ofNoRepository.includes(action));
  const allow = (actions: readonly string[], resource: string) => ({
    Effect: 'Allow',
    Action: actions.map((action) => `codecommit:${action}`),
    Resource: resource,
  });
  const statements = [allow(ofNoRepository, '*'), allow(named, 'arn:aws:codecommit:REGION:ACCOUNT:*')];
  return JSON.stringify({ Version: '2012-10-17', Statement: statements }, null, 2);
}
