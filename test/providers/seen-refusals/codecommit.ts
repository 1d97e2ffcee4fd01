import { refused, said, type Seen } from './seen';

const type = 'AccessDeniedException';
const denied = (why: string) =>
  `User: arn:aws:iam::111122223333:user/alice is not authorized to perform: codecommit:CreateBranch on resource: arn:aws:codecommit:us-east-1:111122223333:web ${why}`;

export const seenAtCodeCommit: readonly Seen[] = [
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
    denied('with an explicit deny in an identity-based policy: arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3'),
    { code: 'ACCOUNT_POLICY_DENIED', policy: 'quarantine', said: expect.stringContaining('Quarantine') },
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
  [
    'assumption',
    400,
    'MultiFactorAuthentication failed with invalid MFA one time pass code.',
    { code: 'ACCOUNT_POLICY_DENIED', policy: 'mfa' },
    { type },
  ],
  [
    'announcement of 2024-07-25',
    400,
    'AWS CodeCommit is no longer available to new customers.',
    refused(400),
    { type },
  ],
  ['API model', 400, 'x', { code: 'SOURCE_BRANCH_MISSING' }, { type: 'InvalidCommitIdException' }],
  ['API model', 400, 'x', { code: 'ENCRYPTION_KEY_UNAVAILABLE' }, { type: 'EncryptionKeyRequiredException' }],
  [
    'reports of GovCloud',
    400,
    denied('because no identity-based policy allows the action').replaceAll('arn:aws:', 'arn:aws-us-gov:'),
    { code: 'SCOPE_MISSING', missing: ['codecommit:CreateBranch'] },
    { type },
  ],
  [
    'reports of China',
    400,
    denied('with an explicit deny in a service control policy').replaceAll('arn:aws:', 'arn:aws-cn:'),
    { code: 'ACCOUNT_POLICY_DENIED', policy: 'service-control' },
    { type },
  ],
];
