// cspell:ignore migrat
import type { Refusal } from '../refusals';
import { retryAtOf } from '../refusals';
import { missingPermissions } from './permissions';

/** What the repository is at the moment, and what token and person may do there. See `refusals.ts`, which puts them in order. */
export const refusalsOfRepositories: readonly Refusal[] = [
  // What the repository is at the moment.
  {
    status: [403, 422],
    says: /archived/i,
    means: { code: 'REPOSITORY_ARCHIVED' },
    text: 'Repository was archived so is read-only.',
    source: 'r-universe-org/help#247',
  },
  {
    status: [403, 409, 422, 423],
    says: /locked (?:for|due to|because of|during) (?:an? )?(?:migrat|import|transfer)|being (?:migrated|imported|transferred)|repository (?:has been|is)(?: currently)? locked/i,
    means: { code: 'REPOSITORY_LOCKED' },
    text: 'Repository has been locked for migration.',
    source: 'github/gh-gei#597',
  },
  {
    status: [403, 451],
    says: /(?:repository|organization) (?:(?:is|has been|was) (?:currently )?)?(?:disabled|flagged|suspended)|access blocked|unavailable due to/i,
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
    says: /read[- ]only mode|(?:temporarily|is) read[- ]only/i,
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
    status: 422,
    says: /not all refs are readable/i,
    // A fine-grained token that may write pull requests and may not see what they are made of.
    means: { code: 'SCOPE_MISSING', missing: ['contents: read'] },
    text: 'Validation Failed\nnot all refs are readable',
    source: 'quoted in public handbooks of agents that open pull requests (assumption: no other cause)',
  },
  {
    status: 403,
    says: /not accessible by (?:(?:fine-grained )?personal access token|integration)/i,
    means: (_, { headers }) => ({ code: 'SCOPE_MISSING', missing: missingPermissions(headers) }),
    text: 'Resource not accessible by personal access token',
    source: 'docs "Troubleshooting the REST API"',
  },
  {
    type: 'INSUFFICIENT_SCOPES',
    means: (_, { text }) => ({ code: 'SCOPE_MISSING', missing: scopesIn(text) }),
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
    status: 422,
    says: /cannot be searched either because the resources do not exist or you do not have permission/i,
    means: { code: 'REPOSITORY_NOT_FOUND' },
    text: 'Validation Failed\nThe listed users and repositories cannot be searched either because the resources do not exist or you do not have permission to view them.\nq invalid',
    source: 'PyGithub and others quote it',
  },
  {
    status: [403, 422],
    says: /(?:must|need(?: to)?) (?:have|be|admin|push|write)[^\n]{0,40} (?:admin|push|write|maintain|collaborator|owner|member)|write access (?:to[^\n]{0,100})?(?:not granted|required)|permission to [^\n]{1,200} denied|n(?:o|')t have (?:the correct )?permissions?|limited the ability to|(?:restricted|limited) to collaborators/i,
    means: { code: 'PERMISSION_DENIED' },
    text: 'Must have admin rights to Repository.',
    source: 'docs "Troubleshooting the REST API"; "must be a collaborator": docs "Pull requests"',
  },
  {
    status: [403, 422],
    says: /Enterprise Managed User|has blocked you|\buser is blocked\b|you(?: are| have been|'ve been) blocked/i,
    // An enterprise keeps its people to its own repositories, and anybody may block somebody.
    means: (_, { said }) => ({ code: 'PERMISSION_DENIED', ...said }),
    text: 'Unauthorized: As an Enterprise Managed User, you cannot access this content',
    source: 'Azure/AzOps#784; of a block: assumption',
  },
];

/** GitHub names every scope of which one would do; without a list it is the one that reaches everything. */
function scopesIn(text: string): string[] {
  const [, listed = ''] = /one of the following scopes: \[([^\]\n]{1,300})\]/i.exec(text) ?? [];
  const [first = 'repo'] = [...listed.matchAll(/'([\w:]{1,50})'/g)].map(([, scope = '']) => scope);
  return [first];
}
