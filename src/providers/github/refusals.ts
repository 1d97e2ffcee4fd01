// cspell:ignore octo nori cyberark mislav approv migrat gitbutler gitbutlerapp owenthereal
import type { ProviderError } from '../../domain/errors';
import { retryAtOf, type Found, type Refusal } from '../refusals';
import { missingPermissions } from './permissions';

/**
 * What GitHub refuses, and what it means. The first row that fits decides, so a row stands above the vaguer ones of its status. A text
 * is `message`, then for each of `errors` its `message` and its field with its code. An error of GraphQL has the status and the
 * type that it stands for. A source `owner/name#number` is a public issue that quotes the text.
 */
export const refusals: readonly Refusal[] = [
  // How often.
  {
    status: 429,
    means: (_, { headers }) => rateLimit(headers),
    text: 'Too many requests',
    source: 'docs "Rate limits for the REST API"',
  },
  {
    status: 403,
    header: { name: 'x-ratelimit-remaining', is: /^0$/, example: '0' },
    means: (_, { headers }) => rateLimit(headers),
    text: 'API rate limit exceeded for user ID 1.',
    source: 'docs "Rate limits for the REST API"',
  },
  {
    status: 403,
    says: /rate limit|abuse detection|login attempts? exceeded/i,
    means: (_, { headers }) => rateLimit(headers),
    text: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
    source: 'docs "Rate limits for the REST API"; of logins: PyGithub/PyGithub, ReplayData of its tests',
  },
  {
    status: [403, 422],
    says: /submitted too quickly/i,
    // Many pull requests or branches in a short time.
    means: (_, { headers }) => rateLimit(headers),
    text: 'Validation Failed\nwas submitted too quickly',
    source: 'Azure/azure-sdk-tools#7226; cli/cli#4801',
  },
  // Who asks.
  {
    status: [403, 404],
    header: {
      name: 'x-github-sso',
      is: /^required/,
      example: 'required; url=https://github.com/orgs/acme/sso?authorization_request=A1',
    },
    means: (_, { headers }) => singleSignOn(headers.get('x-github-sso') ?? ''),
    text: 'Resource protected by organization SAML enforcement. You must grant your Personal Access token access to this organization.',
    source: 'docs "Authenticating to the REST API"',
  },
  {
    status: 403,
    says: /account (?:was|is|has been) (?:suspended|locked|flagged)|verify your e-?mail|verified e-?mail|e-?mail[^\n]{0,30} verified|two-factor|\b2FA\b/i,
    // Each of these is solved by signing in with a browser, or by GitHub's support.
    means: (_, { said }) => ({ code: 'ACCOUNT_BLOCKED', ...said }),
    text: 'At least one email address must be verified to do that.',
    source:
      'utterance/utterances#534; of a suspended account, assumption: git says "Your account is suspended." (github/site-policy#1258)',
  },
  {
    status: 401,
    means: { code: 'AUTH_INVALID' },
    text: 'Bad credentials',
    source: 'docs "Troubleshooting the REST API"',
  },
  {
    status: 403,
    at: 'account',
    says: /not accessible by integration/i,
    // A token of an app stands for no person, so it may not ask who it is.
    means: { code: 'BOT_TOKEN' },
    text: 'Resource not accessible by integration',
    source: 'actions/create-github-app-token#258',
  },
  // A policy of an organization or an enterprise.
  {
    status: 403,
    says: /lifetime is (?:greater|longer) than (?:(\d{1,5}) days?)?/i,
    means: ([, days], found) => ({
      code: 'TOKEN_LIFETIME_TOO_LONG',
      ...(days === undefined ? {} : { days: Number(days) }),
      ...organizationIn(found),
      ...found.link,
    }),
    text: "The 'acme' organization forbids access via a fine-grained personal access tokens if the token's lifetime is greater than 366 days. Please adjust your token's lifetime at the following URL: https://github.com/settings/personal-access-tokens/4711",
    source: 'NixOS/org#247',
  },
  {
    status: 403,
    says: /forbids access via a personal access tokens? \(classic\)|tokens? \(classic\)[^\n]{0,40} not (?:allowed|permitted)/i,
    means: (_, found) => kindRefused('classic', found),
    text: '`acme` forbids access via a personal access token (classic). Please use a GitHub App, OAuth App, or a personal access token with fine-grained permissions.',
    source: 'git-town/git-town#4609',
  },
  {
    status: 403,
    says: /forbids access via a (?:personal access tokens? with fine-grained|fine-grained)|fine-grained[^\n]{0,60} not (?:allowed|permitted)/i,
    means: (_, found) => kindRefused('fine-grained', found),
    text: '`acme` forbids access via a personal access token with fine-grained permissions. Please use a GitHub App, OAuth App, or a personal access token (classic).',
    source: 'mislav/hub#3363',
  },
  {
    status: 403,
    says: /forbids access via (?:a )?personal access tokens?/i,
    means: (_, found) => ({ code: 'TOKEN_KIND_REFUSED', refused: 'all', ...organizationIn(found), ...found.link }),
    text: "The 'acme' enterprise forbids access via personal access tokens.",
    source: 'assumption: worded as the two above',
  },
  {
    status: 403,
    says: /OAuth App access restrictions/i,
    // A token of an OAuth App, such as the GitHub CLI's own, is no personal access token.
    means: (_, found) => ({ code: 'TOKEN_KIND_REFUSED', ...organizationIn(found), ...found.said }),
    text: 'Although you appear to have the correct authorization credentials, the `acme` organization has enabled OAuth App access restrictions, meaning that data access to third-parties is limited.',
    source: 'gitbutlerapp/gitbutler#2780',
  },
  {
    status: 403,
    says: /(?:waiting|pending|awaiting|requires?|needs?)[^\n]{0,60} approv|not (?:yet )?(?:been )?approved/i,
    means: (_, found) => ({ code: 'TOKEN_WAITS_FOR_APPROVAL', ...organizationIn(found), ...found.link }),
    text: "The 'acme' organization requires approval of fine-grained personal access tokens.",
    source: 'assumption: docs "Managing requests for personal access tokens" say that it waits, not what is answered',
  },
  {
    status: 403,
    says: /IP allow list|IP address is not permitted/i,
    means: (_, found) => ({ code: 'IP_BLOCKED', ...organizationIn(found) }),
    text: 'Although you appear to have the correct authorization credentials, the `acme` organization has an IP allow list enabled, and your IP address is not permitted to access this resource.',
    source: 'docs "Managing allowed IP addresses for your organization" (assumption: the wording)',
  },
  {
    status: [403, 404],
    says: /SAML|single sign-on/i,
    means: (_, found) => ({ code: 'SSO_REQUIRED', ...organizationIn(found), ...found.link }),
    text: 'Resource protected by organization SAML enforcement. You must grant your Personal Access token access to this organization.',
    source: 'docs "Authenticating to the REST API"',
  },
  // What the repository is at the moment.
  {
    status: 403,
    says: /archived/i,
    means: { code: 'REPOSITORY_ARCHIVED' },
    text: 'Repository was archived so is read-only.',
    source: 'r-universe-org/help#247',
  },
  {
    status: [403, 409, 422, 423],
    says: /locked (?:for|due to|because of|during) (?:an? )?(?:migrat|import|transfer)|being (?:migrated|imported|transferred)|repository (?:has been|is) locked/i,
    means: { code: 'REPOSITORY_LOCKED' },
    text: 'Repository has been locked for migration.',
    source: 'github/gh-gei#597',
  },
  {
    status: [403, 451],
    says: /repository (?:is|has been|was) (?:currently )?disabled|access blocked|unavailable due to/i,
    means: (_, { said }) => ({ code: 'REPOSITORY_DISABLED', ...said }),
    text: 'Repository access blocked',
    source: 'github/gh-gei#597',
  },
  {
    status: 451,
    means: (_, { said }) => ({ code: 'REPOSITORY_DISABLED', ...said }),
    text: 'Unavailable For Legal Reasons',
    source: 'github/gh-gei#597; RFC 7725',
  },
  {
    status: [403, 409, 503],
    says: /read-only mode|temporarily read-only|is read-only/i,
    means: (_, { headers }) => ({ code: 'SERVICE_READ_ONLY', ...retryAtOf(headers) }),
    text: 'This repository is temporarily read-only.',
    source: 'assumption: no recorded answer was found',
  },
  // What the token lacks.
  {
    status: [403, 404, 422],
    says: /create or update workflow[^\n]{0,300}without [`"']?workflows?\b/i,
    means: { code: 'SCOPE_MISSING', missing: ['workflow'] },
    text: 'refusing to allow a Personal Access Token to create or update workflow `.github/workflows/ci.yml` without `workflow` scope',
    source: 'vercel/next.js#94596',
  },
  {
    status: 403,
    says: /not accessible by (?:personal access token|integration)/i,
    means: (_, { headers }) => ({ code: 'SCOPE_MISSING', missing: missingPermissions(headers) }),
    text: 'Resource not accessible by personal access token',
    source: 'docs "Troubleshooting the REST API"',
  },
  {
    type: 'INSUFFICIENT_SCOPES',
    means: { code: 'SCOPE_MISSING', missing: ['repo'] },
    text: "Your token has not been granted the required scopes to execute this query. The 'name' field requires one of the following scopes: ['repo'].",
    source: 'github/docs#19712',
  },
  {
    status: [403, 404],
    // A classic token lists its scopes; without the one that reaches all repositories, that is the reason.
    header: { name: 'x-oauth-scopes', is: /^(?!(?:[^,]{0,60},){0,40}\s?repo(?:,|$))/, example: 'public_repo, gist' },
    means: { code: 'SCOPE_MISSING', missing: ['repo'] },
    text: 'Not Found',
    source: 'docs "Scopes for OAuth apps"',
  },
  // What the person may do.
  {
    status: [403, 422],
    says: /(?:must|need to) (?:have|be)[^\n]{0,40} (?:admin|push|write|maintain|collaborator|owner|member)|write access (?:to[^\n]{0,100})?(?:not granted|required)|permission to [^\n]{1,200} denied|not have (?:the correct )?permissions?|limited the ability to|(?:restricted|limited) to collaborators/i,
    means: { code: 'PERMISSION_DENIED' },
    text: 'Must have admin rights to Repository.',
    source: 'docs "Troubleshooting the REST API"; "must be a collaborator": docs "Pull requests"',
  },
  // Rules of the repository.
  {
    status: [403, 409, 422],
    says: /name must (not )?(match|start with|end with|contain)(?: a given| a matching)?(?: regex)?(?: pattern)?:?\s{1,3}([^\n]{1,300})/i,
    means: ([, not, how = '', pattern = ''], { said }) =>
      nameRule(not !== undefined, how.toLowerCase(), pattern.trim(), said),
    text: 'Repository rule violations found\n\nBranch name must match a given regex pattern: ^(feature|bugfix)/.*',
    source: 'github/github-mcp-server#3081',
  },
  {
    status: [403, 409, 422],
    says: /verified signatures?|must be signed/i,
    means: { code: 'SIGNATURE_RULE' },
    text: 'Repository rule violations found\n\nCommits must have verified signatures.\n\n',
    source: 'github/github-mcp-server#3081',
  },
  // Pull requests.
  {
    status: [403, 422],
    says: /draft pull requests are not supported/i,
    means: { code: 'DRAFTS_UNAVAILABLE' },
    text: 'Draft pull requests are not supported in this repository.',
    source: 'SWE-agent/SWE-agent#179',
  },
  {
    status: [409, 422],
    says: /no history in common/i,
    means: { code: 'NO_COMMON_HISTORY' },
    text: 'Validation Failed\nThe DEMO-1 branch has no history in common with main',
    source: 'mislav/hub#2322',
  },
  {
    status: [409, 422],
    says: /\b(title|body) is too long(?: \(maximum is ([\d,]{1,12}))?/i,
    means: ([, field = '', limit]) => ({
      code: 'PULL_REQUEST_TEXT_TOO_LONG',
      field: /body/i.test(field) ? 'description' : 'title',
      ...(limit === undefined ? {} : { limit: Number(limit.replaceAll(',', '')) }),
    }),
    text: 'Validation Failed\nbody is too long (maximum is 65536 characters)',
    source: 'renovatebot/renovate#2032; of the title: googleapis/repo-automation-bots#1895',
  },
  {
    status: [409, 422],
    says: /pull request already exists/i,
    means: { code: 'PULL_REQUEST_EXISTS' },
    text: 'Validation Failed\nA pull request already exists for acme:DEMO-1.',
    source: 'assumption: Financial-Times/nori#65 tells of it, not the words',
  },
  // A branch that is not there has no commits either: GitHub says both, and the branch is the reason.
  {
    status: [409, 422],
    says: /^head(?: \w{1,20})?$|head ref must be a branch|head_sha missing_field/im,
    means: { code: 'SOURCE_BRANCH_MISSING' },
    text: "Validation Failed\nHead sha can't be blank\nBase sha can't be blank\nNo commits between main and DEMO-1\nHead ref must be a branch",
    source: 'cli/cli#2691; "head invalid": peter-evans/create-pull-request#1763; head_sha: owenthereal/gh#101',
  },
  {
    status: [409, 422],
    says: /^base(?: \w{1,20})?$|base ref must be a branch/im,
    means: { code: 'TARGET_BRANCH_MISSING' },
    text: 'Validation Failed\nbase invalid',
    source: 'iterative/cml#619; "Base ref must be a branch": cli/cli#2691',
  },
  {
    status: [409, 422],
    says: /head sha can't be blank/i,
    means: { code: 'SOURCE_BRANCH_MISSING' },
    text: "Validation Failed\nHead sha can't be blank",
    source: 'cli/cli#2691',
  },
  {
    status: [409, 422],
    says: /no commits between/i,
    means: { code: 'PULL_REQUEST_WITHOUT_COMMITS' },
    text: 'Validation Failed\nNo commits between main and DEMO-1',
    source: 'cyberark/dev-flow#42',
  },
  // Branches.
  {
    status: [409, 422],
    says: /reference already exists/i,
    means: { code: 'BRANCH_EXISTS' },
    text: 'Reference already exists',
    source: 'renovatebot/renovate#20281',
  },
  {
    status: [409, 422],
    says: /reference does not exist/i,
    means: { code: 'BRANCH_MISSING' },
    text: 'Reference does not exist',
    source: 'assumption: worded as the one above',
  },
  {
    status: [409, 422],
    says: /object does not exist|no commit found for SHA/i,
    means: { code: 'SOURCE_BRANCH_MISSING' },
    text: 'Object does not exist',
    source: 'octokit/octokit.js#562',
  },
  {
    status: [409, 422],
    says: /not a valid ref name|not a valid reference|valid reference/i,
    means: { code: 'BRANCH_NAME_REFUSED' },
    text: 'refs/heads/a..b is not a valid ref name.',
    source: 'assumption: no recorded answer was found',
  },
  {
    status: [404, 409, 422],
    says: /repository is empty/i,
    means: { code: 'REPOSITORY_EMPTY' },
    text: 'Git Repository is empty.',
    source: 'docs "Git database"',
  },
  {
    status: [403, 409, 422],
    // One vague message of GitHub's for rules and for conflicts of names: the adapter tells them apart. A rule has words of its own.
    says: /(?:reference update failed)|rule violations|protected (?:branch|ref)|default branch|being restricted|cannot delete this|through a pull request/i,
    means: (_, { said, text }) => ({
      code: 'BRANCH_PROTECTED',
      ...(/rule violations found\s{1,4}\S/i.test(text) ? said : {}),
    }),
    text: 'Repository rule violations found\n\nCannot create ref due to creations being restricted.\n\n',
    source: 'googleapis/release-please-action#1194; "Reference update failed": github/rest-api-description#4887',
  },
  // What is not there, or not for this person: GitHub says 404 to both.
  {
    status: 404,
    at: 'owners',
    means: { code: 'NOT_THIS_SERVICE' },
    text: 'Not Found',
    source: 'docs "GraphQL API": every GitHub has one, so where it is missing is none',
  },
  {
    status: 404,
    means: { code: 'REPOSITORY_NOT_FOUND' },
    text: 'Not Found',
    source: 'docs "Troubleshooting the REST API"',
  },
];

/** Docs "Rate limits": `retry-after` first, else the reset where nothing remains, else at least one minute. */
function rateLimit(headers: Headers): ProviderError {
  const counts = headers.get('retry-after') !== null || headers.get('x-ratelimit-remaining') === '0';
  const { retryAt } = counts ? retryAtOf(headers) : {};
  return { code: 'RATE_LIMITED', retryAt: retryAt ?? new Date(Date.now() + 60_000).toISOString() };
}

/** `required; url=https://github.com/orgs/ORG/sso?authorization_request=…` (docs "Authenticating to the REST API"). */
function singleSignOn(header: string): ProviderError {
  const url = /url=(https:\/\/[^\s;]{1,1000})/.exec(header)?.[1];
  const organization = /\/orgs\/([^/\s]{1,100})\//.exec(url ?? '')?.[1];
  return {
    code: 'SSO_REQUIRED',
    ...(url === undefined ? {} : { url }),
    ...(organization === undefined ? {} : { organization }),
  };
}

/** Where GitHub names no other kind of token to use instead, none is left. */
function kindRefused(kind: 'classic' | 'fine-grained', found: Found): ProviderError {
  const instead = /please use ([^\n]{1,300})/i.exec(found.text)?.[1];
  const refused = instead !== undefined && !/token/i.test(instead) ? 'all' : kind;
  return { code: 'TOKEN_KIND_REFUSED', refused, ...organizationIn(found), ...found.link };
}

/** `The 'acme' organization forbids …`, `` `acme` forbids … ``, `the "acme" enterprise …`. */
function organizationIn({ text }: Found): { organization?: string } {
  const organization = /[`'"]([\w.-]{1,100})[`'"] (?:organization|enterprise|forbids|requires)/i.exec(text)?.[1];
  return organization === undefined ? {} : { organization };
}

/** GitHub's own patterns for the beginning, the end and the middle of a name are parts of it; `*` says so as its rules do. */
function nameRule(not: boolean, how: string, words: string, said: { said?: string }): ProviderError {
  if (not) return { code: 'BRANCH_NAME_RULE', ...said };
  const pattern =
    how === 'start with' ? `${words}*` : how === 'end with' ? `*${words}` : how === 'contain' ? `*${words}*` : words;
  return { code: 'BRANCH_NAME_RULE', pattern };
}
