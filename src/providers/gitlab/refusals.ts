// cspell:ignore doesn Virtus Weblate gitaly gitlabform smartcard smartcards sameersbn updateref
import { retryAtOf, unquoted, type Refusal } from '../refusals';

/**
 * What GitLab refuses, and what it means. The first row that fits decides, so a row is above the vaguer ones of its status.
 * `text` is what GitLab says in `message`, `error` and `error_description`; files without a repository are of gitlab-org/gitlab.
 */
export const refusals: readonly Refusal[] = [
  {
    status: [401, 403, 404, 405],
    says: /^\s*$/,
    // GitLab's API always says why. Without a word it was something before it: a proxy, or not GitLab at all.
    means: (_, { status }) => ({ code: 'NOT_AN_API_ANSWER', status }),
    text: '',
    source: 'lib/api/helpers.rb: every refusal has a message',
  },
  // Who asks.
  {
    status: [401, 403],
    says: /dpop_error|\bDPoP\b/,
    // A group may ask for proof of possession, which a token that is only pasted cannot give.
    means: { code: 'TOKEN_KIND_REFUSED' },
    text: 'dpop_error\nDPoP validation error: DPoP header is missing',
    source: 'lib/api/api_guard.rb',
  },
  {
    status: 401,
    says: /\btoken (?:is |has )?expired/i,
    means: { code: 'AUTH_EXPIRED' },
    text: 'invalid_token\nToken is expired. You can either do re-authorization or token refresh.',
    source: 'lib/api/api_guard.rb',
  },
  {
    status: [401, 403],
    says: /access tokens? (?:are|have been|has been|is|feature is) (?:disabled|turned off|not (?:allowed|permitted))/i,
    means: { code: 'TOKEN_KIND_REFUSED', refused: 'all' },
    text: 'Personal access tokens are disabled for this instance.',
    source:
      'assumption: the docs page "Personal access tokens" says that they can be turned off, not what is answered then',
  },
  {
    status: 403,
    says: /doesn(?:'|’)t support fine-grained personal access tokens|fine-grained personal access tokens are not (?:yet )?supported/i,
    means: { code: 'TOKEN_KIND_REFUSED', refused: 'fine-grained' },
    text: "insufficient_granular_scope\nAccess denied: This operation doesn't support fine-grained personal access tokens.",
    source: 'spec/requests/api of fine-grained tokens: one of the three sentences of GranularPermissionsError',
  },
  {
    status: 403,
    says: /insufficient_granular_scope(?:[^[]{0,500}\[([^\]]{0,500})\])?/,
    means: ([, listed = '']) => ({ code: 'SCOPE_MISSING', missing: namesIn(listed) }),
    text: 'insufficient_granular_scope\nAccess denied: Your fine-grained personal access token lacks the required permissions: [Branch: Create, Code: Read].',
    source: 'quoted in public reports (assumption: its status)',
  },
  {
    status: 403,
    says: /insufficient_scope/,
    // GitLab names every scope of which one would do; writing takes this one.
    means: { code: 'SCOPE_MISSING', missing: ['api'] },
    text: 'insufficient_scope\nThe request requires higher privileges than provided by the access token.',
    source: 'lib/api/api_guard.rb',
  },
  {
    status: 401,
    says: /HTTP Basic: Access denied/i,
    // It speaks of a second factor only because a password may have been meant.
    means: { code: 'AUTH_INVALID' },
    text: 'HTTP Basic: Access denied. The provided password or token is incorrect or your account has 2FA enabled and you must use a personal access token instead of a password.',
    source: 'lib/gitlab/auth.rb of its git door; quoted in many public reports',
  },
  {
    status: 403,
    says: /cannot be performed by internal users/i,
    means: { code: 'BOT_TOKEN' },
    text: '403 Forbidden - This action cannot be performed by internal users',
    source: 'lib/gitlab/auth/user_access_denied_reason.rb',
  },
  {
    status: [401, 403],
    // Each of these is solved by signing in with a browser.
    says: /account (?:has been|is|was) (?:blocked|locked|rejected|banned)|been deactivated|not confirmed|pending approval|Terms of Service|password (?:has )?expired|two-factor|\b2FA\b|\b(?:OTP|MFA)\b|smartcard|permission to (?:log|sign) ?in\b/i,
    means: (_, { said }) => ({ code: 'ACCOUNT_BLOCKED', ...said }),
    text: '403 Forbidden - You must accept the Terms of Service in order to perform this action. To accept these terms, please access GitLab from a web browser.',
    source:
      'lib/gitlab/auth/user_access_denied_reason.rb; of one-time passwords and smartcards: ee/lib/ee/gitlab/git_access.rb (assumption: the API says it as git does)',
  },
  {
    status: [401, 403],
    says: /(?:SAML|SSO) (?:session|sign.?on|authentication|SSO|enforce|(?:is )?required)/i,
    means: (_, { link }) => ({ code: 'SSO_REQUIRED', ...link }),
    text: "Cannot find valid SSO session. Please login via your group's SSO at https://gitlab.com/groups/acme/-/saml/sso?token=wUc4rBvG",
    source: 'ee/lib/ee/gitlab/git_access.rb (assumption: the API says it as git does)',
  },
  {
    status: [401, 403],
    says: /\bIP\b[^\n]{0,60}(?:address|restrict|range|allow|permit|blocked)/i,
    means: { code: 'IP_BLOCKED' },
    text: '403 Forbidden - Your IP address is not allowed to access this group.',
    source: 'assumption: the docs page "Restrict group access by IP address" does not say what is answered',
  },
  {
    status: 401,
    means: { code: 'AUTH_INVALID' },
    text: 'invalid_token\nToken was revoked. You have to re-authorize from the user.',
    source: 'lib/api/api_guard.rb',
  },
  // What the instance or the project is at the moment.
  {
    status: [400, 403, 503],
    says: /read-only (?:GitLab|instance|mode)|(?:temporarily|repository is) read-only|maintenance mode|secondary GitLab Geo|Geo secondary/i,
    means: (_, { headers }) => ({ code: 'SERVICE_READ_ONLY', ...retryAtOf(headers) }),
    text: 'You cannot perform write operations on a read-only instance',
    source: 'docs "GitLab maintenance mode", "REST API"; gitlab!46045',
  },
  {
    status: [400, 409, 422],
    // What GitLab's own store of repositories says, passed on as a refusal: too slow (4), too busy (8), out of reach (14).
    says: /(?:^|: )(?:4|8|14):(?!\d)|connections to all backends|connect to all addresses|Deadline Exceeded|request due to load|Gitaly, is not available/im,
    means: (_, { status, said }) => ({ code: 'SERVICE_UNAVAILABLE', status, ...said }),
    text: "Failed to create branch 'DEMO-1': 14:connections to all backends failing",
    source:
      'app/services/branches/create_service.rb passes the words of gRPC on; those of a store that is down: sameersbn/docker-gitlab#1685 and others; of one that is busy: gitaly, workhorse and gitlab-shell',
  },
  {
    status: [301, 405],
    says: /\bmoved\b/i,
    means: { code: 'REPOSITORY_MOVED' },
    text: 'Non GET methods are not allowed for moved projects',
    source: 'lib/api/helpers.rb; VirtusLab/git-machete#1212',
  },
  {
    status: [400, 403],
    says: /archived/i,
    means: { code: 'REPOSITORY_ARCHIVED' },
    text: "You can't push code to an archived project.",
    source: 'lib/gitlab/git_access_project.rb (assumption: its status)',
  },
  {
    status: [400, 403, 404],
    says: /default branch[^\n]{0,40} does not yet exist|repository for this project does not exist/i,
    means: { code: 'REPOSITORY_EMPTY' },
    text: 'A default branch (e.g. main) does not yet exist for acme/web\nAsk a project Owner or Maintainer to create a default branch:',
    source: 'lib/gitlab/checks/branch_check.rb; lib/gitlab/git_access.rb',
  },
  {
    status: [400, 403],
    says: /(?:pending|marked for|scheduled for) (?:deletion|(?:permanent )?removal)|being deleted/i,
    means: (_, { said }) => ({ code: 'REPOSITORY_DISABLED', ...said }),
    text: 'Project is pending deletion',
    source: 'assumption: docs "Delete a project" say that it is read-only until then, not what is answered',
  },
  {
    status: [400, 403, 406],
    says: /exceeded its (?:namespace |repository )?(?:storage|size) limit|storage limit/i,
    means: (_, { status, said }) => ({ code: 'REQUEST_REFUSED', status, ...said }),
    text: 'Your push has been rejected, because this repository has exceeded its size limit of 100 MB by 160 MB. Please contact your GitLab administrator for more information.',
    source: 'ee/lib/gitlab/repository_size_error_message.rb',
  },
  {
    status: 408,
    means: { code: 'TIMEOUT' },
    text: '408 Request Timeout',
    source: 'request specs: a database query that was cancelled',
  },
  {
    status: 429,
    // Some limits of GitLab.com come without headers, and without JSON (gitlab#365728).
    means: (_, { headers }) => ({ code: 'RATE_LIMITED', retryAt: retryAtOf(headers).retryAt ?? inAMinute() }),
    text: '429 Too Many Requests',
    source: 'docs "Rate limits"',
  },
  // What is not there, or not for this person.
  {
    status: 404,
    says: /branch not found|no such branch/i,
    means: { code: 'BRANCH_MISSING' },
    text: '404 Branch Not Found',
    source: 'lib/api/branches.rb',
  },
  {
    status: 404,
    says: /\b(?:commit|reference|revision|tag) not found/i,
    means: { code: 'SOURCE_BRANCH_MISSING' },
    text: '404 Commit Not Found',
    source: 'lib/api/commits.rb',
  },
  {
    status: [400, 403],
    says: /project you were looking for could not be found/i,
    means: { code: 'REPOSITORY_NOT_FOUND' },
    text: "The project you were looking for could not be found or you don't have permission to view it.",
    source: 'lib/gitlab/git_access.rb (assumption: the API says it as git does)',
  },
  {
    status: 404,
    says: /not (?:be )?found/i,
    means: { code: 'REPOSITORY_NOT_FOUND' },
    text: '404 Project Not Found',
    source: 'lib/api/helpers.rb',
  },
  {
    status: 403,
    says: /External authorization denied access/,
    means: (_, { said }) => ({ code: 'PERMISSION_DENIED', ...said }),
    text: 'External authorization denied access to this project',
    source: 'app/controllers/concerns/external_authorization.rb (assumption: the API says it as the pages do)',
  },
  {
    status: [400, 403, 405, 422],
    says: /protected branch|default branch of a project|HEAD branch/i,
    means: { code: 'BRANCH_PROTECTED' },
    text: 'You are not allowed to create protected branches on this project.',
    source: 'lib/gitlab/checks/branch_check.rb',
  },
  {
    status: [400, 403],
    says: /^(?:403 )?Forbidden$|^insufficient_permissions$|not allowed to (?:push|delete|(?:up|down)load|create (?:branches|merge requests)|access)|n(?:o|')t have permission/i,
    means: { code: 'PERMISSION_DENIED' },
    text: '403 Forbidden',
    source: 'lib/api/helpers.rb',
  },
  {
    status: [403, 405],
    says: /n(?:o|')?t have push access/i,
    means: { code: 'PERMISSION_DENIED' },
    text: 'You dont have push access to repo',
    source: 'lib/api/branches.rb of GitLab 10 and older',
  },
  // Rules about branches. Some versions answer them with 403, as they answer a push.
  {
    status: [400, 403, 422],
    says: /Branch name(?: '[^'\n]{0,300}')? does not follow the pattern (['"`][^\n]{1,500}['"`])/i,
    means: ([, pattern = '']) => ({ code: 'BRANCH_NAME_RULE', pattern: unquoted(pattern) }),
    text: "Branch name does not follow the pattern '^(issue-\\d+)|(master)$'",
    source: 'dependabot/dependabot-script#262',
  },
  {
    status: [400, 403, 422],
    says: /must be signed\b|commit signature|unsigned commits?\b/i,
    means: { code: 'SIGNATURE_RULE' },
    text: 'Commit must be signed with a GPG key',
    source: 'ee/lib/ee/gitlab/checks/push_rules/commit_check.rb',
  },
  {
    status: [400, 403, 422],
    says: /^(?:remote:\s)?(?:GitLab: )?(?:Commit message |Commit must contain a DCO |PUSH BLOCKED: |File name |(?:Author|Committer|Commit author)'s email |You cannot push commits for |(?:Author|Committer) '[^'\n]{0,300}' is not a member of team)/im,
    // A rule about commits that are there already: only its own words tell which.
    means: (_, { status, said }) => ({ code: 'REQUEST_REFUSED', status, ...said }),
    text: "Author's email 'alice@home.example' does not follow the pattern '@acme\\.example$'",
    source: 'ee/lib/ee/gitlab/checks/push_rules/commit_check.rb',
  },
  {
    status: [400, 409, 422],
    says: /(?:Branch|reference) already exists/i,
    means: { code: 'BRANCH_EXISTS' },
    text: 'Branch already exists',
    source: 'app/services/branches/validate_new_service.rb; as gitaly says it to one of two at once: assumption',
  },
  {
    status: [400, 409, 422],
    says: /Could not delete refs\/heads\//i,
    means: { code: 'BRANCH_MOVED' },
    text: 'Could not delete refs/heads/DEMO-1. Please refresh and try again.',
    source: 'gitaly, internal/gitaly/hook/updateref/update_with_hooks.go (assumption: its status)',
  },
  {
    status: [400, 409, 422],
    // Old versions pass on git's own words, which name the other branch.
    says: /'refs\/heads\/([^'\n]{1,300})' exists/,
    means: ([, conflict = '']) => ({ code: 'BRANCH_NAME_CONFLICT', conflict }),
    text: "13:cannot lock ref 'refs/heads/fix/a': 'refs/heads/fix' exists; cannot create 'refs/heads/fix/a'",
    source: 'gitaly, internal/gitaly/service/operations/branches.go of GitLab 15',
  },
  {
    status: [400, 409, 422],
    // Without the other's name: the adapter looks.
    says: /existing branch hierarchy|cannot lock ref|reference conflict|file directory conflict/i,
    means: { code: 'BRANCH_NAME_CONFLICT', conflict: '' },
    text: "Failed to create branch 'fix/a': Branch name conflicts with existing branch hierarchy.",
    source: 'app/services/branches/create_service.rb',
  },
  {
    status: [400, 403, 409, 422],
    says: /branch name (?:is )?invalid|refname is invalid|branch with an invalid name|(?:hexadecimal|SHA-1[^\n]{0,20}) branch name/i,
    means: { code: 'BRANCH_NAME_REFUSED' },
    text: 'The branch refname is invalid',
    source:
      'gitlabform/gitlabform#103; gitlab4j/gitlab4j-api#12; of figures in hex: lib/gitlab/checks/branch_check.rb, where git is told it with a 403',
  },
  {
    status: [400, 409, 422],
    says: /invalid reference name|Ref is missing/i,
    means: { code: 'SOURCE_BRANCH_MISSING' },
    text: "Failed to create branch 'x': invalid reference name 'y'",
    source: 'app/services/branches/create_service.rb',
  },
  // Merge requests.
  {
    status: [400, 409, 422],
    says: /already exists for this source branch|merge request already exists/i,
    means: { code: 'PULL_REQUEST_EXISTS' },
    text: 'Another open merge request already exists for this source branch: !7',
    source: 'app/models/merge_request.rb',
  },
  {
    status: 409,
    // In the language of the person (WeblateOrg/weblate#14620): no other conflict names a merge request.
    says: /(?<![\w/])!\d{1,9}(?!\w)/,
    means: { code: 'PULL_REQUEST_EXISTS' },
    // cspell:disable-next-line
    text: 'Ein anderer offener Merge-Request besteht bereits für diesen Quell-Branch: !7',
    source: 'app/models/merge_request.rb marks the sentence for translation (assumption: its words in German)',
  },
  {
    status: [400, 409, 422],
    says: /source.?branch[^\n]{0,300}does not exist/i,
    means: { code: 'SOURCE_BRANCH_MISSING' },
    text: 'Source branch "x" does not exist',
    source: 'app/models/merge_request.rb',
  },
  {
    status: [400, 409, 422],
    says: /target.?branch[^\n]{0,300}does not exist/i,
    means: { code: 'TARGET_BRANCH_MISSING' },
    text: 'Target branch "main" does not exist',
    source: 'app/models/merge_request.rb',
  },
  {
    status: [400, 409, 422],
    says: /same project\/branch for source and target/i,
    means: { code: 'PULL_REQUEST_WITHOUT_COMMITS' },
    text: "You can't use same project/branch for source and target",
    source: 'app/models/merge_request.rb',
  },
  {
    status: [400, 409, 422],
    says: /no common (?:ancestor|history)|unrelated (?:history|histories)/i,
    means: { code: 'NO_COMMON_HISTORY' },
    text: 'Source and target branches have no common history',
    source: 'assumption: GitLab is not known to refuse it',
  },
  {
    status: [400, 409, 422],
    says: /\b(title|description)\b[^\n]{0,20} is too long(?: \(maximum is ([\d,]{1,12}))?/i,
    means: ([, field = '', limit = '']) => ({
      code: 'PULL_REQUEST_TEXT_TOO_LONG',
      field: /title/i.test(field) ? 'title' : 'description',
      ...(limit === '' ? {} : { limit: Number(limit.replaceAll(',', '')) }),
    }),
    text: 'Title is too long (maximum is 255 characters)',
    source: 'app/models/concerns/issuable.rb',
  },
];

function namesIn(list: string): string[] {
  return list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** Where GitLab does not say when to come back. */
function inAMinute(): string {
  return new Date(Date.now() + 60_000).toISOString();
}
