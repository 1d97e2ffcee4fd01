// cspell:ignore AADSTS shayki
import { refusals as azureDevOps } from '../../src/providers/azure-devops/refusals';
import { refusals as codeCommit } from '../../src/providers/codecommit/refusals';
import { refusals as gitHub } from '../../src/providers/github/refusals';
import { refusals as gitLab } from '../../src/providers/gitlab/refusals';
import { meaningOf, type Refused } from '../../src/providers/refusals';

type Seen = [source: string, status: number, text: string, meaning: object, more?: Partial<Refused>];

const said = expect.any(String);
const refused = (status: number) => ({ code: 'REQUEST_REFUSED', status, said });
const ruled = 'Repository rule violations found\n\n';
const denied = (why: string) =>
  `User: arn:aws:iam::111122223333:user/alice is not authorized to perform: codecommit:CreateBranch on resource: arn:aws:codecommit:us-east-1:111122223333:web ${why}`;
const type = 'AccessDeniedException';

/** What the services were seen to say, beside the text of each row: with the public place that quotes it, or its name in the service's own code. */
const seen: Record<string, readonly Seen[]> = {
  GitHub: [
    ['quoted in public crawlers', 403, 'Sorry. Your account was suspended.', { code: 'ACCOUNT_BLOCKED', said }],
    [
      'cli/cli#4801',
      403,
      'You have exceeded a secondary rate limit and have been temporarily blocked from content creation. Please retry your request again later.',
      { code: 'RATE_LIMITED' },
    ],
    [
      'docs "Rate limits", older',
      403,
      'You have triggered an abuse detection mechanism. Please wait a few minutes before you try again.',
      { code: 'RATE_LIMITED' },
    ],
    [
      'docs "User agent required"',
      403,
      'Request forbidden by administrative rules. Please make sure your request has a User-Agent header',
      refused(403),
    ],
    [
      'public handbooks of agents',
      422,
      'Validation Failed\nnot all refs are readable',
      { code: 'SCOPE_MISSING', missing: ['contents: read'] },
    ],
    [
      'PyGithub, ReplayData',
      422,
      'Reference name must contain at least three slash-separated components.',
      { code: 'BRANCH_NAME_REFUSED' },
    ],
    [
      'GH002, as git is told it',
      422,
      'GH002: Sorry, branch or tag names consisting of 40 hex characters are not allowed.',
      { code: 'BRANCH_NAME_REFUSED' },
    ],
    [
      'PyGithub/PyGithub',
      422,
      'Validation Failed\nThe listed users and repositories cannot be searched either because the resources do not exist or you do not have permission to view them.\nq invalid',
      { code: 'REPOSITORY_NOT_FOUND' },
      { at: 'owners' },
    ],
    [
      'many reports of branch protection',
      403,
      'Upgrade to GitHub Pro or make this repository public to enable this feature.',
      refused(403),
    ],
    [
      'scala-steward-org/scala-steward-action#173',
      403,
      'Resource protected by organization SAML enforcement. You must grant your Personal Access token access to this organization.',
      { code: 'SSO_REQUIRED' },
    ],
    [
      'remotion-dev/github-unwrapped#189',
      403,
      'Resource protected by organization SAML enforcement. You must grant your OAuth token access to an organization within this business.',
      { code: 'SSO_REQUIRED' },
    ],
    [
      'ministryofjustice/operations-engineering#4904',
      403,
      "The 'moj-analytical-services' organization has enabled or enforced SAML SSO.",
      { code: 'SSO_REQUIRED', organization: 'moj-analytical-services' },
    ],
    [
      'satisfactory-factories/application#67',
      422,
      'Repository rule violations found Changes must be made through a pull request.',
      { code: 'BRANCH_PROTECTED' },
    ],
    [
      'docs "Available rules for rulesets"',
      422,
      `${ruled}Required status check "build" is expected.`,
      { code: 'BRANCH_PROTECTED', said },
    ],
    [
      'docs "Available rules for rulesets"',
      422,
      `${ruled}Cannot delete this protected ref.\n\n`,
      { code: 'BRANCH_PROTECTED', said },
    ],
    ['release-plz/action#518', 422, 'Reference update failed', { code: 'BRANCH_PROTECTED' }],
    ['docs "Blocking a user"', 403, 'User is blocked', { code: 'PERMISSION_DENIED', said }],
    ['assumption', 403, 'Your organization was flagged.', { code: 'REPOSITORY_DISABLED', said }],
    ['assumption', 403, 'You have to accept the Terms of Service first.', { code: 'ACCOUNT_BLOCKED', said }],
    [
      'assumption',
      403,
      'The acme enterprise requires that personal access tokens have a maximum lifetime of 90 days',
      { code: 'TOKEN_LIFETIME_TOO_LONG', days: 90, organization: 'acme' },
    ],
    ['assumption', 401, 'Your personal access token has expired', { code: 'AUTH_EXPIRED' }],
  ],
  GitLab: [
    [
      'spec of its sign-in',
      403,
      '403 Forbidden - Your account does not have the required permission to login. Please contact your GitLab administrator to request access.',
      { code: 'ACCOUNT_BLOCKED', said },
    ],
    [
      'user_access_denied_reason.rb',
      403,
      '403 Forbidden - Your primary email address is not confirmed. Please check your inbox',
      { code: 'ACCOUNT_BLOCKED', said },
    ],
    [
      'user_access_denied_reason.rb',
      403,
      '403 Forbidden - Your account is pending approval from your administrator and hence blocked.',
      { code: 'ACCOUNT_BLOCKED', said },
    ],
    [
      'user_access_denied_reason.rb',
      403,
      '403 Forbidden - Your password expired. Please access GitLab from a web browser to update your password.',
      { code: 'ACCOUNT_BLOCKED', said },
    ],
    [
      'repository_size_error_message.rb',
      400,
      'Your push to this repository cannot be completed as it would exceed the allocated storage for your project. Contact your GitLab administrator for more information.',
      refused(400),
    ],
    [
      'docs "Read-only namespaces"',
      403,
      'Your top-level group acme is over the 5 user limit and has been placed in a read-only state.',
      refused(403),
    ],
    [
      'docs "Storage"',
      403,
      'Your push to this repository has been rejected because the namespace storage limit of 10 GB has been reached.',
      refused(403),
    ],
    [
      'renovatebot/renovate#7254',
      400,
      "GitLab: Branch name does not follow the pattern '((feature|release|hotfix|bugfix)\\/.*)|master|development|azure-master'",
      { code: 'BRANCH_NAME_RULE', pattern: '((feature|release|hotfix|bugfix)\\/.*)|master|development|azure-master' },
    ],
    ['lib/api/commits.rb', 404, '404 Commit Not Found', { code: 'SOURCE_BRANCH_MISSING' }],
    [
      'lib/gitlab/git_access.rb',
      403,
      "The project you were looking for could not be found or you don't have permission to view it.",
      { code: 'REPOSITORY_NOT_FOUND' },
    ],
    ['docs "Maintenance mode"', 403, 'GitLab is in read-only mode', { code: 'SERVICE_READ_ONLY' }],
    [
      'docs "Delete a group"',
      403,
      'This group has been scheduled for permanent removal on 2026-12-01',
      { code: 'REPOSITORY_DISABLED', said },
    ],
    [
      'lib/api/merge_requests.rb',
      409,
      '409 Conflict: Another open merge request already exists for this source branch: !5',
      { code: 'PULL_REQUEST_EXISTS' },
    ],
    ['assumption', 403, '403 Forbidden - Your IP 10.0.0.1 is not in the allowed range', { code: 'IP_BLOCKED' }],
    [
      'assumption',
      403,
      'The use of personal access tokens has been disabled for enterprise users',
      { code: 'TOKEN_KIND_REFUSED', refused: 'all' },
    ],
    ['assumption', 401, '401 Unauthorized - Personal access token expired', { code: 'AUTH_EXPIRED' }],
    ['assumption', 403, 'Unauthenticated: DPoP required', { code: 'TOKEN_KIND_REFUSED' }],
  ],
  'Azure DevOps': [
    [
      'public clients of its files API',
      404,
      'TF401175:The version descriptor <Branch: x > could not be resolved to a version in the repository web',
      { code: 'SOURCE_BRANCH_MISSING' },
      { key: 'GitUnresolvableToCommitException' },
    ],
    [
      'learn.microsoft.com, TF30063',
      401,
      "TF30063: 'Alice' is not authorized to access https://tfs.acme.example.",
      { code: 'SCOPE_MISSING' },
    ],
    [
      'learn.microsoft.com, TF30063',
      401,
      'TF30063: You are not authorized to access https://tfs.acme.example.',
      { code: 'AUTH_INVALID' },
    ],
    [
      'microsoft/azure-devops-auth-samples#52',
      401,
      "TF400813: The user '' is not authorized to access this resource.",
      { code: 'AUTH_INVALID' },
    ],
    [
      'Azure/azure-devops-cli-extension#1106',
      401,
      'AADSTS50076: Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication',
      { code: 'ACCOUNT_BLOCKED', said },
    ],
    [
      'microsoft/azure-pipelines-tasks#7714',
      401,
      'AADSTS50079: The user is required to use multi-factor authentication.',
      { code: 'ACCOUNT_BLOCKED', said },
    ],
    [
      'MicrosoftDocs/azure-devops-docs#10143',
      401,
      'AADSTS700082: The refresh token has expired due to inactivity. The token was issued on 2024-07-31 and was inactive for 90.00:00:00.',
      { code: 'ACCOUNT_BLOCKED', said },
    ],
    [
      'docs "Microsoft Entra authentication error codes"',
      403,
      'AADSTS53000: DeviceNotCompliant',
      { code: 'IP_BLOCKED' },
    ],
    [
      'Git-Credential-Manager-for-Windows#855',
      401,
      'VS403463: The conditional access policy defined by your Azure Active Directory administrator has failed.',
      { code: 'IP_BLOCKED' },
    ],
    [
      'Azure/azure-devops-cli-extension, its recordings',
      503,
      'TF24668: The following team project collection is stopped: acme. Start the collection and then try again. Administrator Reason: This Azure DevOps organization has been deactivated due to inactivity.',
      { code: 'SERVICE_UNAVAILABLE', said: expect.stringMatching(/^TF24668/) },
      { key: 'VssServiceException' },
    ],
    [
      'shayki5/azure-devops-create-pr-task#35',
      403,
      "TF401027: You need the Git 'PullRequestContribute' permission to perform this action.",
      { code: 'PERMISSION_DENIED' },
    ],
    [
      'docs "About access levels"',
      403,
      'The user Alice is not licensed to use Repos',
      { code: 'PERMISSION_DENIED', said },
    ],
    [
      'quoted in public reports',
      403,
      'TF14044: Access Denied: User Alice needs the GenericRead permission',
      { code: 'PERMISSION_DENIED' },
    ],
    [
      'quoted in public reports',
      403,
      'TF400813: Resource not available for anonymous access. Client authentication required.',
      { code: 'AUTH_INVALID' },
    ],
    [
      'assumption',
      401,
      'Personal access tokens have been disabled by the organization policy',
      { code: 'TOKEN_KIND_REFUSED', refused: 'all' },
    ],
    [
      'assumption',
      403,
      'You must accept the Terms of Use before accessing this organization',
      { code: 'ACCOUNT_BLOCKED', said },
    ],
  ],
  CodeCommit: [
    [
      'reports of GovCloud',
      403,
      'Credential should be scoped to a valid region. ',
      { code: 'ACCESS_KEY_ELSEWHERE' },
      { type: 'InvalidSignatureException' },
    ],
    [
      'reports of the Security Token Service',
      403,
      "Credential should be scoped to correct service: 'sts'. ",
      { code: 'ACCESS_KEY_ELSEWHERE' },
      { type: 'SignatureDoesNotMatch' },
    ],
    [
      'docs "AWSCompromisedKeyQuarantineV3"',
      400,
      denied(
        'with an explicit deny in an identity-based policy: arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3',
      ),
      { code: 'ACCOUNT_POLICY_DENIED', said: expect.stringContaining('Quarantine') },
      { type },
    ],
    ['aws/aws-cli#5592', 400, denied('with an explicit deny'), { code: 'ACCOUNT_POLICY_DENIED', said }, { type }],
    [
      'IAM',
      400,
      denied('because no VPC endpoint policy allows the codecommit:CreateBranch action'),
      { code: 'ACCOUNT_POLICY_DENIED', said },
      { type },
    ],
    [
      'IAM',
      400,
      denied('because no session policy allows the codecommit:CreateBranch action'),
      { code: 'ACCOUNT_POLICY_DENIED', said },
      { type },
    ],
    [
      'IAM',
      400,
      denied('with an explicit deny in a permissions boundary: arn:aws:iam::1:policy/b'),
      { policy: 'boundary' },
      { type },
    ],
    [
      'IAM',
      400,
      denied('because no identity-based policy allows the action').replace('CreateBranch', 'GetCommit'),
      { code: 'SCOPE_MISSING', missing: ['codecommit:GetCommit'] },
      { type },
    ],
    [
      'S3 API reference',
      403,
      'The AWS Access Key Id you provided does not exist in our records.',
      { code: 'AUTH_INVALID' },
      { type: 'InvalidAccessKeyId' },
    ],
    [
      'EC2 API reference',
      401,
      'AWS was not able to validate the provided access credentials',
      { code: 'AUTH_INVALID' },
      { type: 'AuthFailure' },
    ],
    ['Common errors', 429, '', { code: 'RATE_LIMITED' }, { type: '' }],
  ],
};

const tables = { GitHub: gitHub, GitLab: gitLab, 'Azure DevOps': azureDevOps, CodeCommit: codeCommit };

describe.each(Object.entries(tables))('%s, as it was heard', (name, table) => {
  it.each(seen[name] ?? [])('(%s) %i “%s”', (_, status, text, meaning, more = {}) => {
    const heard = { status, text, headers: new Headers(), reading: false, webUrl: 'https://git.acme.example', ...more };
    expect(meaningOf(table, heard)).toMatchObject(meaning);
  });
});
