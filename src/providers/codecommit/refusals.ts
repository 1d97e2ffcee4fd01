import type { ProviderError } from '../../domain/errors';
import { retryAtOf, type Refusal } from '../refusals';
import { codeCommitActions } from './policy';

const DENIED = ['AccessDeniedException', 'AccessDenied', 'NotAuthorized', 'UnauthorizedOperation'] as const;

/** As the SDK tells them from others. */
const THROTTLED = [
  ...['Throttling', 'ThrottlingException', 'ThrottledException', 'RequestThrottled', 'RequestThrottledException'],
  ...[
    'TooManyRequestsException',
    'RequestLimitExceeded',
    'LimitExceededException',
    'BandwidthLimitExceeded',
    'SlowDown',
    'KMSThrottlingException',
  ],
] as const;

/**
 * What CodeCommit and the Security Token Service refuse, and what it means. The type of the error decides: those of an operation are in
 * CodeCommit's API model, the others in "Common errors" of the two API references; the status is 400 or 403 for nearly all. The first row
 * that fits decides. "IAM" is the IAM user guide, "Troubleshoot access denied error messages".
 */
export const refusals: readonly Refusal[] = [
  // Who asks.
  {
    type: [
      'UnrecognizedClientException',
      'InvalidClientTokenId',
      'InvalidClientTokenIdException',
      'IncompleteSignature',
      'IncompleteSignatureException',
      'MissingAuthenticationToken',
      'MissingAuthenticationTokenException',
      // As other services of AWS call it.
      ...['InvalidAccessKeyId', 'AuthFailure'],
    ],
    means: { code: 'AUTH_INVALID' },
    text: 'The security token included in the request is invalid.',
    source: 'Common errors',
  },
  {
    type: ['ExpiredToken', 'ExpiredTokenException'],
    means: { code: 'AUTH_EXPIRED' },
    text: 'The security token included in the request is expired',
    source: 'Common errors',
  },
  {
    type: ['InvalidSignatureException', 'SignatureDoesNotMatch'],
    // The date of a request signed at midnight differs from that of its arrival.
    says: /Signature (?:expired|not yet current)|Date in Credential scope/i,
    means: { code: 'CLOCK_SKEW' },
    text: 'Signature expired: 20261130T055620Z is now earlier than 20261130T060120Z (20261130T060620Z - 5 min.)',
    source: 'docs "Troubleshoot Signature Version 4 signing"',
  },
  {
    type: ['InvalidSignatureException', 'SignatureDoesNotMatch'],
    says: /scoped to (?:a valid region|(?:the )?correct service)/i,
    // Of a part of AWS with its own regions: nothing is said of the secret.
    means: { code: 'ACCESS_KEY_ELSEWHERE' },
    text: 'Credential should be scoped to a valid region. ',
    source: 'hashicorp/terraform-provider-aws and others quote it of GovCloud',
  },
  {
    type: ['InvalidSignatureException', 'SignatureDoesNotMatch'],
    means: { code: 'ACCESS_KEY_SECRET_WRONG' },
    text: 'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    source: 'docs "Troubleshoot Signature Version 4 signing"',
  },
  {
    type: ['RequestExpired', 'RequestTimeTooSkewed', 'RequestInTheFuture'],
    means: { code: 'CLOCK_SKEW' },
    text: 'Request has expired.',
    source: 'Common errors',
  },
  {
    type: ['OptInRequired', 'RegionDisabledException'],
    means: { code: 'ACCESS_KEY_ELSEWHERE' },
    text: 'STS is not activated in this region for account:111122223333. Your account administrator can activate STS in this region using the IAM Console.',
    source: 'AWS STS API reference, "GetCallerIdentity"; Common errors',
  },
  {
    type: [
      ...['AccountSuspended', 'AccountSuspendedException', 'InactiveAccount', 'AccountProblem', 'Blocked'],
      ...['SubscriptionRequiredException', 'PendingVerification'],
    ],
    means: (_, { said }) => ({ code: 'ACCOUNT_BLOCKED', ...said }),
    text: 'This account is currently blocked and not recognized as a valid account.',
    source: 'EC2 API reference, "Blocked" (assumption: other services say it alike)',
  },
  {
    type: DENIED,
    says: /account (?:is|was|has been) (?:currently )?(?:suspended|blocked|closed)/i,
    means: (_, { said }) => ({ code: 'ACCOUNT_BLOCKED', ...said }),
    text: 'Your account is currently blocked. Contact AWS Support if you have questions.',
    source: 'assumption: as other services of AWS say it',
  },
  // What it may do.
  {
    type: DENIED,
    says: /to perform: kms:|customer master key|\bKMS key\b/i,
    means: { code: 'ENCRYPTION_KEY_UNAVAILABLE' },
    text: 'User: arn:aws:iam::111122223333:user/alice is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:us-east-1:111122223333:key/1 because no identity-based policy allows the kms:Decrypt action',
    source: 'IAM; aws/git-remote-codecommit#55',
  },
  {
    type: DENIED,
    says: /(?:service|resource) control policy|AWS Organizations policy/i,
    means: (_, { said }) => denied('service-control', said),
    text: 'User: arn:aws:iam::111122223333:user/alice is not authorized to perform: codecommit:ListRepositories because no service control policy allows the codecommit:ListRepositories action',
    source: 'IAM',
  },
  {
    type: DENIED,
    says: /permissions boundary/i,
    means: (_, { said }) => denied('boundary', said),
    text: 'User: arn:aws:iam::111122223333:user/alice is not authorized to perform: codecommit:CreateBranch on resource: arn:aws:codecommit:us-east-1:111122223333:web because no permissions boundary allows the codecommit:CreateBranch action',
    source: 'IAM',
  },
  {
    type: DENIED,
    says: /AWSCompromisedKeyQuarantine/i,
    // AWS found the key in public, and has put this policy on its user.
    means: (_, { said }) => denied('quarantine', said),
    text: 'User: arn:aws:iam::111122223333:user/alice is not authorized to perform: codecommit:CreateBranch on resource: arn:aws:codecommit:us-east-1:111122223333:web with an explicit deny in an identity-based policy: arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3',
    source: 'docs "AWSCompromisedKeyQuarantineV3"',
  },
  {
    type: DENIED,
    says: /(?:new|existing) customers|existing repository in this/i,
    // CodeCommit was closed to new customers in 2024, and opened again in 2025: nobody lacks a right.
    means: (_, { status, said }) => ({ code: 'REQUEST_REFUSED', status, ...said }),
    text: 'AWS CodeCommit is not available to new customers. Existing customers can continue to use the service.',
    source: 'assumption: the announcement of 2024-07-25; the API answers OperationNotAllowedException',
  },
  {
    type: DENIED,
    says: /(?:explicit deny[^\n]{0,500}(?:MFA|multi-?factor))|(?:MFA|Multi-?Factor ?Authentication)[^\n]{0,40} (?:failed|required|must)/i,
    means: (_, { said }) => denied('mfa', said),
    text: 'User: arn:aws:iam::111122223333:user/alice is not authorized to perform: codecommit:CreateBranch on resource: arn:aws:codecommit:us-east-1:111122223333:web with an explicit deny in an identity-based policy: arn:aws:iam::111122223333:policy/ForceMFA',
    source: 'repost.aws/knowledge-center/mfa-iam-user-aws-cli',
  },
  {
    type: DENIED,
    says: /explicit deny in an identity-based policy/i,
    means: (_, { said }) => denied('identity', said),
    text: 'User: arn:aws:iam::111122223333:user/alice is not authorized to perform: codecommit:DeleteBranch on resource: arn:aws:codecommit:us-east-1:111122223333:web with an explicit deny in an identity-based policy',
    source: 'IAM; CodeCommit user guide, "Limit pushes and merges to branches"',
  },
  {
    type: DENIED,
    says: /resource-based policy/i,
    means: (_, { said }) => denied('resource', said),
    text: 'User: arn:aws:iam::111122223333:user/alice is not authorized to perform: codecommit:CreateBranch on resource: arn:aws:codecommit:us-east-1:111122223333:web with an explicit deny in a resource-based policy',
    source: 'IAM',
  },
  {
    type: DENIED,
    says: /explicit deny|(?:session|VPC endpoint) policy/i,
    means: (_, { said }) => denied(undefined, said),
    text: 'User: arn:aws:iam::111122223333:user/alice is not authorized to perform: codecommit:CreateBranch on resource: arn:aws:codecommit:us-east-1:111122223333:web with an explicit deny',
    source: 'repost.aws/knowledge-center/iam-explicit-deny-errors',
  },
  {
    type: DENIED,
    // The actions that are asked for here, and no word that somebody put in their place.
    says: new RegExp(`to perform: (codecommit:(?:${codeCommitActions.join('|')}))\\b`),
    means: ([, action = '']) => ({ code: 'SCOPE_MISSING', missing: [action] }),
    text: 'User: arn:aws:iam::111122223333:user/alice is not authorized to perform: codecommit:CreateBranch on resource: arn:aws:codecommit:us-east-1:111122223333:web because no identity-based policy allows the codecommit:CreateBranch action',
    source: 'IAM',
  },
  {
    type: DENIED,
    means: (_, { said }) => ({ code: 'PERMISSION_DENIED', ...said }),
    text: 'You do not have sufficient access to perform this action.',
    source: 'Common errors',
  },
  // How often.
  {
    type: THROTTLED,
    means: (_, { headers }) => ({ code: 'RATE_LIMITED', retryAt: retryAtOf(headers).retryAt ?? soon() }),
    text: 'Rate exceeded',
    source: 'Common errors; the SDK, `@smithy/service-error-classification`',
  },
  {
    type: ['RequestTimeout', 'RequestTimeoutException'],
    means: { code: 'TIMEOUT' },
    text: 'Your socket connection to the server was not read from or written to within the timeout period.',
    source: 'the SDK, `@smithy/service-error-classification`; its text: S3 API reference',
  },
  // What is there, and what is not.
  {
    type: ['PullRequestDoesNotExistException', 'InvalidPullRequestIdException'],
    means: { code: 'REPOSITORY_NOT_FOUND' },
    text: 'Pull request does not exist. Specify a valid pull request ID.',
    source: 'API model; its text: assumption',
  },
  {
    type: ['RepositoryDoesNotExistException', 'InvalidRepositoryNameException'],
    // A name of another shape is the name of no repository.
    means: { code: 'REPOSITORY_NOT_FOUND' },
    text: 'web does not exist',
    source: 'API model',
  },
  {
    type: 'BranchDoesNotExistException',
    means: { code: 'BRANCH_MISSING' },
    text: 'The specified branch does not exist.',
    source: 'API model',
  },
  {
    type: 'BranchNameExistsException',
    means: { code: 'BRANCH_EXISTS' },
    text: 'Cannot create the branch with the specified name because the commit conflicts with an existing branch with the same name. Branch names must be unique.',
    source: 'API model',
  },
  {
    type: ['InvalidBranchNameException', 'BranchNameIsTagNameException'],
    means: { code: 'BRANCH_NAME_REFUSED' },
    text: 'The specified reference name is not valid.',
    source: 'API model',
  },
  {
    type: 'DefaultBranchCannotBeDeletedException',
    means: { code: 'BRANCH_PROTECTED' },
    text: 'The specified branch is the default branch for the repository, and cannot be deleted. To delete this branch, you must first set another branch as the default branch.',
    source: 'API model',
  },
  {
    type: [
      // The branch moved between the two requests, and what it pointed at is gone.
      ...['CommitDoesNotExistException', 'CommitIdDoesNotExistException', 'InvalidCommitIdException'],
      'ReferenceDoesNotExistException',
      'InvalidReferenceNameException',
      // Something that is no branch.
      'ReferenceTypeNotSupportedException',
    ],
    means: { code: 'SOURCE_BRANCH_MISSING' },
    text: 'The specified reference does not exist. You must provide a full commit ID.',
    source: 'API model',
  },
  {
    type: [
      'EncryptionKeyAccessDeniedException',
      'EncryptionKeyDisabledException',
      'EncryptionKeyNotFoundException',
      'EncryptionKeyUnavailableException',
      'EncryptionIntegrityChecksFailedException',
      ...['EncryptionKeyInvalidIdException', 'EncryptionKeyRequiredException'],
      'EncryptionKeyInvalidUsageException',
      // As the Key Management Service calls them, where another service passes them on (AWS KMS API reference).
      ...['KMSDisabledException', 'KMSInvalidStateException', 'KMSNotFoundException', 'KMSAccessDeniedException'],
      ...['KMSOptInRequired', 'KMSInternalException'],
    ],
    means: { code: 'ENCRYPTION_KEY_UNAVAILABLE' },
    text: 'An encryption key could not be accessed.',
    source: 'API model',
  },
  {
    type: 'OperationNotAllowedException',
    // CodeCommit was closed to new customers in 2024; where there is no repository, none can be made.
    means: (_, { status, said }) => ({ code: 'REQUEST_REFUSED', status, ...said }),
    text: 'CreateRepository request is not allowed because there is no existing repository in this AWS account or AWS Organization',
    source: 'aws-containers/ecs-workshop-blue-green-deployments#11',
  },
  // Pull requests.
  {
    type: 'SourceAndDestinationAreSameException',
    means: { code: 'PULL_REQUEST_WITHOUT_COMMITS' },
    text: 'The source branch and destination branch for the pull request are the same. You must specify different branches for the source and destination.',
    source: 'API model',
  },
  {
    type: 'TipsDivergenceExceededException',
    means: { code: 'NO_COMMON_HISTORY' },
    text: 'The divergence between the tips of the provided commit specifiers is too great to determine whether there might be any merge conflicts.',
    source: 'API model (assumption: no operation used here is known to answer it)',
  },
  {
    type: 'MaximumOpenPullRequestsExceededException',
    means: { code: 'PULL_REQUEST_LIMIT' },
    text: 'You cannot create the pull request because the repository has too many open pull requests.',
    source: 'API model',
  },
  {
    type: 'InvalidTitleException',
    means: { code: 'PULL_REQUEST_TEXT_TOO_LONG', field: 'title', limit: 150 },
    text: 'The title of the pull request is not valid. Pull request titles cannot exceed 100 characters in length.',
    source: 'API model; its shape `Title` has 150 characters',
  },
  {
    type: 'InvalidDescriptionException',
    means: { code: 'PULL_REQUEST_TEXT_TOO_LONG', field: 'description', limit: 10_240 },
    text: 'The pull request description is not valid. Descriptions cannot be more than 1,000 characters.',
    source: 'API model; its shape `Description` has 10,240 characters',
  },
];

type Policy = Extract<ProviderError, { code: 'ACCOUNT_POLICY_DENIED' }>['policy'];

/** AWS has no protected branches: what looks like one is a policy of the account too, and only its administrators know it. */
function denied(policy: Policy, said: { said?: string }): ProviderError {
  return { code: 'ACCOUNT_POLICY_DENIED', ...(policy === undefined ? {} : { policy }), ...said };
}

/** AWS does not say for how long; its limits are per second and refill at once (assumption). */
function soon(): string {
  return new Date(Date.now() + 10_000).toISOString();
}
