// cspell:ignore osunyorg smartcard
import { refused, said, type Seen } from './seen';

export const seenAtGitLab: readonly Seen[] = [
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
  [
    'branch_check.rb',
    403,
    'You are not allowed to push code to protected branches on this project.',
    { code: 'BRANCH_PROTECTED' },
  ],
  [
    'osunyorg/admin#4343',
    403,
    '403 Forbidden - You are not allowed to push into this branch',
    { code: 'PERMISSION_DENIED' },
  ],
  [
    'ee/lib/ee/gitlab/git_access.rb',
    403,
    'Git push is not allowed because this GitLab instance is currently in (read-only) maintenance mode.',
    { code: 'SERVICE_READ_ONLY' },
  ],
  [
    'ee/lib/ee/gitlab/git_access.rb',
    403,
    'OTP verification is required to access the repository.',
    { code: 'ACCOUNT_BLOCKED', said },
  ],
  [
    'ee/lib/ee/gitlab/git_access.rb',
    403,
    'Project requires smartcard login. Please login to GitLab using a smartcard.',
    { code: 'ACCOUNT_BLOCKED', said },
  ],
  [
    'lib/api/api_guard.rb',
    401,
    'invalid_token\nToken is an impersonation token but impersonation was disabled.',
    { code: 'AUTH_INVALID' },
  ],
  [
    'ee license',
    403,
    'Your subscription expired! Pushing code and creation of issues and merge requests have been disabled',
    refused(403),
  ],
];
