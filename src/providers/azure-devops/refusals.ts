// cspell:ignore cjohnstoniv wardyn adofake AADSTS bryanbcook cribeiro azdevops testplan macios shayki mburumaxwell paklo portaldocs
import { GitRefUpdateStatus as Status } from 'azure-devops-node-api/interfaces/GitInterfaces';
import type { ProviderError } from '../../domain/errors';
import { saidLine } from '../said';
import { retryAtOf, type Found, type Refusal } from '../refusals';

/** What a person must tick on the token page. */
export const WRITE_SCOPE = 'Code (Read & write)';

/**
 * What Azure DevOps and TFS refuse, and what it means. The first row that fits decides. Looked at is the key of the error and its message, or
 * what `X-TFS-ServiceError` says; numbers and keys do not change with the language of a server. Sources are repositories and
 * issues on GitHub, or pages of learn.microsoft.com.
 */
export const refusals: readonly Refusal[] = [
  {
    says: /TF400733|RequestBlockedException/i,
    means: (_, { headers }) => ({ code: 'RATE_LIMITED', ...retryAtOf(headers) }),
    text: 'TF400733: The request has been canceled: Request was blocked due to exceeding usage of resource <resource name> in namespace <namespace ID>.',
    source: 'docs "Rate and usage limits"',
  },
  {
    status: 429,
    means: (_, { headers }) => ({ code: 'RATE_LIMITED', ...retryAtOf(headers) }),
    text: '',
    source: 'docs "Rate and usage limits"',
  },
  // Who asks.
  {
    status: [401, 403],
    says: /TF401444/i,
    // The token is good: the account was never used in this organization.
    means: (_, { webUrl }) => ({ code: 'SIGN_IN_FIRST', ...(webUrl === undefined ? {} : { url: webUrl }) }),
    text: 'UnauthorizedRequestException TF401444: Please sign-in at least once as 2cc4f755-24fa-4386-b120-80edcf8d499a\\alice@acme.onmicrosoft.com in a web browser to enable access to the service.',
    source: 'docs "Troubleshoot Azure Resource Manager service connections"',
  },
  {
    status: [203, 401, 403],
    says: /token used has expired/i,
    means: { code: 'AUTH_EXPIRED' },
    text: 'AccessCheckException Access Denied: The Personal Access Token used has expired.',
    source: 'microsoft/azure-pipelines-tasks#18732; in the header alone: microsoft/azure-pipelines-agent#1559',
  },
  {
    status: [401, 403],
    says: /lifespan[^\n]{0,200}?(\d{1,4}) days|PatLifespanPolicyViolation/i,
    means: ([, days], found) => ({
      code: 'TOKEN_LIFETIME_TOO_LONG',
      ...(days === undefined ? {} : { days: Number(days) }),
      ...inOrganization(found),
    }),
    text: "The organization's security policy prohibits Personal Access Tokens with a lifespan of more than 30 days.",
    source: 'assumption: Azure/portaldocs#274 shows the key as it is answered where a token is made',
  },
  {
    status: [401, 403],
    says: /prohibits access by (global|full.scoped) Personal Access Token|(Global|FullScope)PatPolicyViolation/i,
    means: ([, said, key], found) => ({
      code: 'TOKEN_KIND_REFUSED',
      refused: /global/i.test(said ?? key ?? '') ? 'global' : 'full-scope',
      ...inOrganization(found),
      ...found.said,
    }),
    text: "The organization's security policy prohibits access by global Personal Access Token (PAT) unless you are on an allowlist. Contact your organization administrator to be included on the allowlist.",
    source: 'gitkraken/vscode-gitlens#5890, in X-TFS-ServiceError alone',
  },
  {
    status: [401, 403],
    says: /personal access tokens? (?:are|is|have been|has been)[^\n]{0,30} (?:disabled|not allowed|restricted)/i,
    means: (_, found) => ({ code: 'TOKEN_KIND_REFUSED', refused: 'all', ...inOrganization(found), ...found.said }),
    text: 'Personal access tokens have been disabled by the policy of your organization.',
    source: 'assumption: docs "Manage personal access tokens using policies" do not say what is answered',
  },
  {
    status: [401, 403],
    page: true,
    // Conditional access of the organization's directory: where from, and with what device.
    says: /VS403463|AADSTS(?:5300\d|5300\d\d|50005|50097|50131|50002|500021\d?|135011)\b|(?<!checks by )conditional access/i,
    means: (_, found) => ({
      code: 'IP_BLOCKED',
      policy: 'conditional-access',
      ...inOrganization(found),
      ...found.said,
    }),
    text: 'VssServiceException VS403463: The conditional access policy defined by your Azure Active Directory administrator has failed.',
    source: 'dependabot/dependabot-core, azure_spec.rb; docs "Microsoft Entra authentication error codes"',
  },
  {
    status: [401, 403],
    says: /\bIP (?:address|policy|range|allow)/i,
    means: (_, found) => ({ code: 'IP_BLOCKED', ...inOrganization(found) }),
    text: 'Access to this organization is restricted. Your IP address is not allowed.',
    source: 'assumption: docs "Manage conditional access" do not say what is answered',
  },
  {
    status: [401, 403],
    says: /AADSTS50126\b/i,
    means: (_, found) => ({ code: 'AUTH_INVALID', ...inOrganization(found) }),
    text: 'AADSTS50126: Error validating credentials due to invalid username or password.',
    source: 'docs "Microsoft Entra authentication error codes"',
  },
  {
    status: [401, 403],
    page: true,
    // The directory wants the person to sign in with a browser: a second factor, a session that is too old, an account that is off.
    says: /AADSTS\d{5,7}\b|accept[^\n]{0,40} terms of (?:service|use)/i,
    means: (_, { said }) => ({ code: 'ACCOUNT_BLOCKED', ...said }),
    text: 'AADSTS50076: Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access',
    source:
      'Azure/azure-devops-cli-extension#1106; after 90 days without a sign-in: MicrosoftDocs/azure-devops-docs#10143; docs "Microsoft Entra authentication error codes"',
  },
  {
    status: [401, 403],
    says: /Access denied[^\n]{0,200} needs[^\n]{0,60} permissions?\b/i,
    means: (_, { said }) => ({ code: 'PERMISSION_DENIED', ...said }),
    text: 'Access denied. Alice Example needs Read permissions to perform the action.',
    source: 'quoted in public reports (AccessCheckException)',
  },
  {
    status: 401,
    // A service that names the person knows the token: what is missing then is a right of the token. A server in French or German
    // quotes the name as English does, or as it does itself; an apostrophe is no quote.
    says: /(?:TF400813|(?:VS|TF)30063)(?![^\n]{0,200}(?:a{8}-(?:a{4}-){3}|anonym))[^\n]{0,80}(?:(?<!\p{L})'(?!\s)[^'\n]{1,300}'|["“„](?!\s)[^"“”\n]{1,300}["“”]|«[^«»\n]{0,2}[^«»\s][^«»\n]{0,300}»)/iu,
    means: { code: 'SCOPE_MISSING', missing: [WRITE_SCOPE] },
    text: "UnauthorizedRequestException TF400813: The user 'Alice' is not authorized to access this resource.",
    source: 'gitkraken/vscode-gitlens#5890',
  },
  {
    status: 403,
    // In French, German, Spanish and Polish, too.
    says: /TF400813[^\n]{0,100} an[oóô]n[iy]m|anonymous access/i,
    means: (_, found) => ({ code: 'AUTH_INVALID', ...inOrganization(found) }),
    text: 'TF400813: Resource not available for anonymous access. Client authentication required.',
    source: 'quoted in public reports (assumption: its status)',
  },
  {
    status: 403,
    says: /TF400813|(?:VS|TF)30063/i,
    means: { code: 'SCOPE_MISSING', missing: [WRITE_SCOPE] },
    text: 'VS30063: You are not authorized to access https://dev.azure.com.',
    source: 'gitkraken/vscode-gitlens#5890 (assumption: its status)',
  },
  {
    status: 401,
    says: /^\s*$/,
    // The same to a token that is unknown, and to one without the right: the adapter asks which (`refusedOrLimited`).
    means: { code: 'REQUEST_REFUSED', status: 401 },
    text: '',
    source: 'measured by others: cjohnstoniv/wardyn, its adofake',
  },
  {
    status: [203, 401],
    page: true,
    // `203` is the page on which people sign in, where the header that suppresses it is not understood.
    means: (_, found) => ({ code: 'AUTH_INVALID', ...inOrganization(found) }),
    text: "UnauthorizedRequestException TF400813: The user 'aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa' is not authorized to access this resource.",
    source:
      'bryanbcook/azdevops-testplan-extension#8; microsoft/azure-pipelines-agent#1839; 203: Azure/azure-sdk-for-cpp#5786',
  },
  {
    status: [301, 302, 303, 307, 308],
    // The text of a redirect is where it leads.
    says: /\/_signin\b|^https:\/\/login\.microsoftonline\.com\//i,
    means: (_, found) => ({ code: 'AUTH_INVALID', ...inOrganization(found) }),
    text: 'https://login.microsoftonline.com/common/oauth2/authorize',
    source: 'MicrosoftDocs/vsts-rest-api-specs#97 and #574',
  },
  // What the service or the repository is at the moment.
  {
    // The last two are of a server that can't use its database.
    says: /TF10216|services? (?:is|are) currently unavailable|TF24601[78]/i,
    means: (_, { status, headers }) => ({ code: 'SERVICE_UNAVAILABLE', status, ...retryAtOf(headers) }),
    text: 'TF10216: Azure DevOps services are currently unavailable. Try again later.',
    source: 'dotnet/macios#26224; TF246017 and TF246018: docs "Azure DevOps Server error codes"',
  },
  {
    status: [400, 403, 409],
    says: /\bread-?only (?:mode|state)|in maintenance/i,
    means: (_, { headers }) => ({ code: 'SERVICE_READ_ONLY', ...retryAtOf(headers) }),
    text: 'The organization is in read-only mode.',
    source: 'assumption: docs "Change your organization location" say that it can be, not what is answered',
  },
  {
    says: /VersionOutOfRange|InvalidPreviewVersion|VersionNotSpecified|API version[^\n]{0,80}(?:out of range for this server|is under preview)|requested version[^\n]{0,80} is under preview/i,
    means: { code: 'SERVICE_TOO_OLD' },
    text: 'VssVersionOutOfRangeException The requested REST API version of 7.1 is out of range for this server. The latest REST API version this server supports is 5.0.',
    source: 'docs "REST API versioning"',
  },
  {
    says: /RepositoryDisabled|repository[^\n]{0,300} is disabled/i,
    means: { code: 'REPOSITORY_DISABLED' },
    text: 'GitRepositoryDisabledException TF401019: The Git repository with name or identifier web is disabled.',
    source: 'docs "Disable or re-enable a repository" (assumption: its status)',
  },
  // What is not there, or not for this person.
  {
    says: /TF401019|TF200016|VS800075|GitRepositoryNotFound|ProjectDoesNotExist/i,
    means: { code: 'REPOSITORY_NOT_FOUND' },
    text: 'GitRepositoryNotFoundException TF401019: The Git repository with name or identifier web does not exist or you do not have permissions for the operation you are attempting.',
    source: 'shayki5/azure-devops-create-pr-task#193',
  },
  {
    says: /TF401027[^\n]{0,120}\bGenericRead\b/i,
    // Somebody who may not even read it: a right to write is not what is missing first.
    means: { code: 'REPOSITORY_NOT_FOUND' },
    text: "GitNeedsPermissionException TF401027: You need the Git 'GenericRead' permission to perform this action. Details: identity 'Alice Example', scope 'repository'.",
    source: 'cribeiro84/azure-devops-pull-request-hub#232 and #96',
  },
  {
    says: /VS403660|TF401027[^\n]{0,120}\bCreateBranch\b/i,
    means: { code: 'BRANCH_FOLDERS_ONLY' },
    text: 'VS403660: You do not have permission to create ref refs/heads/users/nb. Please ensure the ref naming convention being used is allowed in this repository.',
    source: 'MicrosoftDocs/azure-devops-docs#6387',
  },
  {
    says: /TF401027|TF401289|GitNeedsPermission|GitForcePushDenied/i,
    means: { code: 'PERMISSION_DENIED' },
    text: "GitNeedsPermissionException TF401027: You need the Git 'GenericContribute' permission to perform this action. Details: identity 'Alice Example', scope 'repository'.",
    source:
      'quoted in public reports of pushes and of the REST API; TF401289: as git is told it ("does not have permissions to create or delete references"); the keys: GitPushUtil of Azure DevOps Server 2022',
  },
  {
    status: 403,
    // Whatever the language of the server. (An expired token has this key too, with a 401, or is above.)
    says: /AccessCheckException/,
    means: (_, { said }) => ({ code: 'PERMISSION_DENIED', ...said }),
    // cspell:disable-next-line
    text: 'AccessCheckException Zugriff verweigert: "Alice Example" benötigt die folgenden Berechtigungen zum Ausführen dieser Aktion: Informationen auf Projektebene anzeigen',
    source: 'the key: quoted in public reports of English servers (assumption: its words in German)',
  },
  {
    status: 403,
    says: /VS403403|TF50309|TF14044/i,
    means: { code: 'PERMISSION_DENIED' },
    text: 'TF50309: The following account does not have sufficient permissions to complete the operation: Alice Example. The following permissions are needed to perform this operation: View project-level information.',
    source: 'quoted in public reports of build badges',
  },
  {
    status: 403,
    says: /TF400409|License(?:\w{1,30})?Exception|stakeholder|not licensed|Basic access level/i,
    // Of the person's access level: repositories are not part of what stakeholders may use.
    means: (_, { said }) => ({ code: 'PERMISSION_DENIED', ...said }),
    text: 'MissingLicenseException TF400409: You do not have licensing rights to access this feature: Code',
    source: 'quoted in public tests of other features; docs "About access levels"',
  },
  // Branches.
  {
    says: /GitRefNameAlreadyExists/i,
    means: { code: 'BRANCH_EXISTS' },
    text: 'GitRefNameAlreadyExistsException The ref refs/heads/DEMO-1 already exists.',
    source: 'the key: GitApiController of Azure DevOps Server 2022, with a 409 (assumption: its words)',
  },
  {
    says: /TF402455|TF402462|branch[^\n]{0,300} is locked|GitRefLocked|GitRefUpdateRejectedBy/i,
    means: { code: 'BRANCH_PROTECTED' },
    text: 'TF402455: Pushes to this branch are not permitted; you must use a pull request to update this branch.',
    source: 'docs "Branch policies and settings"; the keys: GitPushUtil of Azure DevOps Server 2022',
  },
  {
    says: /GitReferenceStale|TF401028[^\n]{0,400}already been updated/i,
    means: { code: 'BRANCH_MOVED' },
    text: "GitReferenceStaleException TF401028: The reference 'refs/heads/main' has already been updated by another client, so you cannot update it. Please try again.",
    source: 'recorded in public clients of its pushes API',
  },
  {
    // The keys: `GitApiController` of Azure DevOps Server 2022, which answers them with a 404.
    says: /TF401020|TF401028|TF401035|TF401175|GitUnresolvableToCommit|Git(?:Ref|Reference)NotFound|Git(?:Object|Commit)DoesNotExist/i,
    means: { code: 'SOURCE_BRANCH_MISSING' },
    text: "TF401035: The object '1446245ab51f138dc3ea82635856c9f417c12345' does not exist.",
    source: 'public reports of fetches',
  },
  {
    status: [400, 403, 409],
    says: /differs? (?:only )?(?:by|in) (?:letter )?case\b|case[- ](?:conflict|mismatch|insensitive)/i,
    // A repository may keep names apart that differ in nothing but upper and lower case.
    means: (_, { said }) => ({ code: 'BRANCH_NAME_REFUSED', ...said }),
    text: "The branch 'Feature/x' differs only by case from a branch that exists.",
    source: 'assumption: docs "Repository settings and policies", case enforcement, do not say what is answered',
  },
  {
    says: /InvalidGitRefName|InvalidRefName|GitRefNameConflict|(?:ref|reference|branch) name[^\n]{0,300} (?:is (?:not valid|invalid|too long)|exceeds)|not a valid (?:name for a )?(?:Git )?(?:ref|branch)/i,
    means: { code: 'BRANCH_NAME_REFUSED' },
    text: "InvalidGitRefNameException The ref name 'refs/heads/a..b' is not valid.",
    source: 'assumption: the update of a ref answers it as a status, see below',
  },
  // Pull requests.
  {
    says: /TF401179|GitPullRequestExists/i,
    means: { code: 'PULL_REQUEST_EXISTS' },
    text: 'GitPullRequestExistsException TF401179: An active pull request for the source and target branch already exists.',
    source: 'quoted in public reports of pull requests made by scripts',
  },
  {
    says: /TF401398|GitPullRequestCannotBeActivated/i,
    // Which of the two is missing, the caller finds out.
    means: { code: 'SOURCE_BRANCH_MISSING' },
    text: 'GitPullRequestCannotBeActivated TF401398: The pull request cannot be activated because the source and/or the target branch no longer exists, or the requested refs are not branches',
    source: 'mburumaxwell/paklo#1365, renovatebot/renovate#6846',
  },
  {
    status: [400, 409],
    says: /no (?:common ancestor|merge base)|unrelated (?:history|histories)/i,
    means: { code: 'NO_COMMON_HISTORY' },
    text: 'The source and target branches have unrelated histories.',
    source: 'assumption',
  },
  {
    status: 400,
    says: /\b(description|title)\b[^\n]{0,200}(?:too long|exceed|longer|maximum|less than)(?:[^\n\d]{0,40}([\d,]{3,9}))?/i,
    means: ([, field = '', limit]) => ({
      code: 'PULL_REQUEST_TEXT_TOO_LONG',
      field: /title/i.test(field) ? 'title' : 'description',
      ...(limit === undefined ? {} : { limit: Number(limit.replaceAll(',', '')) }),
    }),
    text: 'InvalidArgumentValueException Invalid argument value.\r\nParameter name: A description for a pull request must not be longer than 4000 characters.',
    source: 'scala-steward-org/scala-steward#3543; of the title: assumption',
  },
  {
    status: 400,
    // Whatever the language of the server: no other argument has this limit. (Ids have such parts, between hyphens.)
    says: /InvalidArgumentValue[^\n]{0,60}\n[^\n]{0,200}(?<![\w-])4[.,\s\u00a0\u202f]?000(?![\w-])/,
    means: { code: 'PULL_REQUEST_TEXT_TOO_LONG', field: 'description', limit: 4000 },
    // cspell:disable-next-line
    text: 'InvalidArgumentValueException Ungültiger Argumentwert.\r\nParametername: Die Beschreibung für einen Pull Request darf nicht länger als 4000 Zeichen sein.',
    source: 'scala-steward-org/scala-steward#3543 in English (assumption: its words in German)',
  },
  {
    says: /TF400898/i,
    // The server fell over: whether before or after it did something, it does not say.
    means: (_, { status, reading }) => ({ code: 'UNEXPECTED_ANSWER', status, ...(reading ? { reading } : {}) }),
    text: 'TF400898: An Internal Error Occurred. Activity Id: 2f1a1b1c-0000-0000-0000-000000000000.',
    source: 'quoted in public reports (assumption: its statuses)',
  },
  {
    status: 404,
    means: { code: 'REPOSITORY_NOT_FOUND' },
    text: '',
    source: 'docs "Get started with the REST APIs"',
  },
];

/** A token is of one organization, or of all: another's is worth nothing here. */
function inOrganization({ organization }: Found): { organization?: string } {
  return organization === undefined ? {} : { organization };
}

/** Why a change of a ref was refused although the answer is a 200 (`GitRefUpdateStatus` of the specs). */
const refUpdates: Readonly<Partial<Record<number, ProviderError>>> = {
  [Status.ForcePushRequired]: { code: 'PERMISSION_DENIED' },
  [Status.InvalidRefName]: { code: 'BRANCH_NAME_REFUSED' },
  [Status.UnresolvableToCommit]: { code: 'SOURCE_BRANCH_MISSING' },
  [Status.WritePermissionRequired]: { code: 'PERMISSION_DENIED' },
  [Status.ManageNotePermissionRequired]: { code: 'PERMISSION_DENIED' },
  // Somebody who may write, but not make a branch of this name: branches are allowed in certain folders only, or not at all.
  [Status.CreateBranchPermissionRequired]: { code: 'BRANCH_FOLDERS_ONLY' },
  [Status.CreateTagPermissionRequired]: { code: 'PERMISSION_DENIED' },
  [Status.RejectedByPlugin]: { code: 'BRANCH_PROTECTED' },
  [Status.Locked]: { code: 'BRANCH_PROTECTED' },
  [Status.RefNameConflict]: { code: 'BRANCH_NAME_REFUSED' },
  [Status.RejectedByPolicy]: { code: 'BRANCH_PROTECTED' },
};

/** The meaning of the status of one change, with what the service adds to it in words; nothing for a status nobody knows. */
export function refUpdateMeaning(status: number | undefined, message: string): ProviderError | undefined {
  const meaning = refUpdates[status ?? -1];
  const said = saidLine(message);
  return meaning === undefined || said === undefined ? meaning : { ...meaning, said };
}
