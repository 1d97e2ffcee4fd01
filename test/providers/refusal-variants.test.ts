// cspell:ignore takedown gibt bereits einen aktiven zielbranch
import { refusals as azureDevOps } from '../../src/providers/azure-devops/refusals';
import { refusals as codeCommit } from '../../src/providers/codecommit/refusals';
import { refusals as gitHub } from '../../src/providers/github/refusals';
import { refusals as gitLab } from '../../src/providers/gitlab/refusals';
import { meaningOf, unquoted } from '../../src/providers/refusals';

const ruled = 'Repository rule violations found\n\n';
const banner = (text: string) =>
  `remote: \nremote: ${'='.repeat(72)}\nremote: \n${text}\nremote: \nremote: ${'='.repeat(72)}`;
const denied = (why: string) =>
  `User: arn:aws:iam::111122223333:user/alice is not authorized to perform: codecommit:CreateBranch on resource: arn:aws:codecommit:us-east-1:111122223333:web ${why}`;

/** Variants of seen texts: in other casing, quotes, banners, with names or without. */
describe('A refusal in other words of its kind', () => {
  const means = (
    table: typeof gitHub,
    status: number,
    text: string,
    { type, webUrl = 'https://github.com' }: { type?: string; webUrl?: string } = {},
  ) => meaningOf(table, { status, text, headers: new Headers(), reading: false, webUrl, ...(type && { type }) });

  it.each<[number, string, object]>([
    [422, `${ruled}Branch name must match a given regex pattern: '^feature/'`, { pattern: '^feature/' }],
    [422, `${ruled}BRANCH NAME MUST MATCH A GIVEN REGEX PATTERN: \`^feature/.+$\`.`, { pattern: '^feature/.+$' }],
    [422, `${ruled}Branch name must start with a matching pattern: feature/`, { pattern: 'feature/*' }],
    [
      422,
      `remote: error: GH013: Repository rule violations found.\nremote: - Branch name must match a given regex pattern: ^x`,
      { pattern: '^x' },
    ],
    [422, `${ruled}Tag name must match a given regex pattern: ^v`, { code: 'BRANCH_PROTECTED' }],
    [422, `${ruled}Commit author email must match a given regex pattern: @acme`, { code: 'REQUEST_REFUSED' }],
    [422, `remote: - Push cannot contain secrets`, { code: 'REQUEST_REFUSED', said: '- Push cannot contain secrets' }],
    [422, `${ruled}Changes must be made through the merge queue`, { code: 'BRANCH_PROTECTED' }],
    [403, 'Your account is disabled. Please see https://github.com/account/billing', { code: 'ACCOUNT_BLOCKED' }],
    [403, 'acme has blocked you from this repository', { code: 'PERMISSION_DENIED', said: expect.any(String) }],
    [
      403,
      'the acme organization has an IP allow list enabled, and 10.0.0.1 is not permitted',
      { code: 'IP_BLOCKED', organization: 'acme' },
    ],
    [
      403,
      "The 'acme' enterprise forbids access via a personal access token (classic) if the token's lifetime is greater than 90 days.",
      { days: 90, organization: 'acme' },
    ],
    [403, '`acme` forbids access via a personal access token that never expires', { code: 'TOKEN_LIFETIME_TOO_LONG' }],
    [
      403,
      "if the token's lifetime is longer than 30 days, [adjust it](https://github.com/settings/tokens/12).",
      { days: 30, url: 'https://github.com/settings/tokens/12' },
    ],
    [422, 'Validation Failed\nRepository has been archived', { code: 'REPOSITORY_ARCHIVED' }],
    [451, 'Repository access blocked by DMCA takedown', { code: 'REPOSITORY_DISABLED' }],
  ])('GitHub %i %s', (status, text, meaning) => {
    expect(means(gitHub, status, text)).toMatchObject(meaning);
  });

  it('GitHub’s GraphQL names the scopes of which one would do', () => {
    const text =
      "The 'login' field requires one of the following scopes: ['read:org', 'read:discussion'], but yours has ['repo'].";
    const type = 'INSUFFICIENT_SCOPES';
    expect(means(gitHub, 200, text, { type })).toEqual({ code: 'SCOPE_MISSING', missing: ['read:org'] });
    expect(means(gitHub, 200, 'No', { type })).toEqual({ code: 'SCOPE_MISSING', missing: ['repo'] });
  });

  it.each<[number, string, object]>([
    [400, 'GitLab: branch name does not follow the pattern `^feature/`', { pattern: '^feature/' }],
    [
      400,
      banner("remote: GitLab: Branch name 'x' does not follow the pattern '^(feature|fix)/.*'"),
      { pattern: '^(feature|fix)/.*' },
    ],
    [
      400,
      banner('remote: Freeze until Monday, ask ops'),
      { code: 'REQUEST_REFUSED', said: 'Freeze until Monday, ask ops' },
    ],
    [400, 'GitLab: Your commits must be signed', { code: 'SIGNATURE_RULE' }],
    [
      400,
      'GitLab: Commit must contain a DCO signature',
      { code: 'REQUEST_REFUSED', said: expect.stringContaining('DCO') },
    ],
    [400, "GitLab: Author's email 'a@b.example' does not follow the pattern '@acme'", { code: 'REQUEST_REFUSED' }],
    [400, 'pre-receive hook declined: ask the release team', { code: 'REQUEST_REFUSED' }],
    [
      403,
      '403 Forbidden - You (@alice) must accept the Terms of Service in order to perform this action.',
      { code: 'ACCOUNT_BLOCKED' },
    ],
    [403, '403 Forbidden - Your account has been deactivated by your administrator.', { code: 'ACCOUNT_BLOCKED' }],
    [
      401,
      'invalid_token\nPersonal access tokens are not allowed for this account',
      { code: 'TOKEN_KIND_REFUSED', refused: 'all' },
    ],
    [403, 'Personal access tokens are disabled for enterprise users', { code: 'TOKEN_KIND_REFUSED' }],
    [403, "You can't push code to a read-only GitLab instance.", { code: 'SERVICE_READ_ONLY' }],
    [403, '403 Forbidden - Project marked for deletion', { code: 'REPOSITORY_DISABLED' }],
    [403, '403 Forbidden - Access denied by group IP address restriction', { code: 'IP_BLOCKED' }],
  ])('GitLab %i %s', (status, text, meaning) => {
    expect(means(gitLab, status, text)).toMatchObject(meaning);
  });

  it.each<[number, string, object]>([
    [
      409,
      'tf401179: Es gibt bereits einen aktiven Pull Request für Quell- und Zielbranch.',
      { code: 'PULL_REQUEST_EXISTS' },
    ],
    [
      403,
      'TF400409: You do not have licensing rights to access this feature: Code',
      { code: 'PERMISSION_DENIED', said: expect.any(String) },
    ],
    [403, 'The user is a Stakeholder and cannot access Git repositories', { code: 'PERMISSION_DENIED' }],
    [
      403,
      'VS403463: The conditional access policy defined by your Microsoft Entra administrator has failed.',
      { code: 'IP_BLOCKED' },
    ],
    [
      400,
      'VS403729: The repository is disabled. Please contact your project administrator.',
      { code: 'REPOSITORY_DISABLED' },
    ],
    [403, 'VS403654: The push was rejected because it contains one or more secrets.', { code: 'REQUEST_REFUSED' }],
  ])('Azure DevOps %i %s', (status, text, meaning) => {
    expect(means(azureDevOps, status, text)).toMatchObject(meaning);
  });

  it.each<[string, string, object]>([
    [
      'AccessDeniedException',
      denied('with an explicit deny in a service control policy: arn:aws:organizations::1:policy/o/p'),
      { policy: 'service-control' },
    ],
    [
      'AccessDeniedException',
      denied('with an explicit deny in a resource control policy'),
      { policy: 'service-control' },
    ],
    [
      'AccessDeniedException',
      denied('because no permissions boundary allows the codecommit:CreateBranch action'),
      { policy: 'boundary' },
    ],
    [
      'AccessDeniedException',
      denied('with an explicit deny in an identity-based policy: arn:aws:iam::1:policy/DenyWithoutMultiFactor'),
      { policy: 'mfa' },
    ],
    ['AccessDeniedException', denied('with an explicit deny in a session policy'), { code: 'ACCOUNT_POLICY_DENIED' }],
    [
      'UnauthorizedOperation',
      denied('because no identity-based policy allows the action'),
      { missing: ['codecommit:CreateBranch'] },
    ],
    ['KMSDisabledException', 'arn:aws:kms:us-east-1:1:key/1 is disabled.', { code: 'ENCRYPTION_KEY_UNAVAILABLE' }],
    [
      'AccessDeniedException',
      'The ciphertext refers to a customer master key that does not exist',
      { code: 'ENCRYPTION_KEY_UNAVAILABLE' },
    ],
    ['SlowDown', 'Please reduce your request rate.', { code: 'RATE_LIMITED' }],
    [
      'SubscriptionRequiredException',
      'The AWS Access Key Id needs a subscription for the service',
      { code: 'ACCOUNT_BLOCKED' },
    ],
    ['AccessDeniedException', 'Your account is currently suspended', { code: 'ACCOUNT_BLOCKED' }],
  ])('CodeCommit %s %s', (type, text, meaning) => {
    expect(means(codeCommit, 400, text, { type })).toMatchObject(meaning);
  });
});

describe('A pattern', () => {
  it.each([
    ["'^a'", '^a'],
    ['`^a`.', '^a'],
    ['^(issue-\\d+)|(master)$', '^(issue-\\d+)|(master)$'],
    ["'a' or 'b'", "'a' or 'b'"],
    [' ^a.', '^a.'],
  ])('%s is %s without the quotes of a sentence', (written, pattern) => {
    expect(unquoted(written)).toBe(pattern);
  });
});
