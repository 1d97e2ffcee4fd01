// cspell:ignore dlvhdr
import { randomBytes } from 'node:crypto';
import type { Account, GitHub, Organization, Repository } from './context.ts';
import type { Caller } from './credentials.ts';
import type { Permission, TokenRecord } from './store.ts';

export type Role = 'none' | 'read' | 'write' | 'admin';

/** Kinds of access to a repository, by the names of fine-grained permissions. */
export type Need = { area: 'metadata' | 'contents' | 'pull_requests'; right: Permission };

/** Rules of an organization that refuse a token which is otherwise sufficient. */
export type OrganizationRule = 'sso' | 'no-classic-tokens' | 'ip-allow-list' | 'lifetime';

export type Access =
  | { kind: 'allowed' }
  /** As if the repository did not exist. */
  | { kind: 'hidden' }
  | { kind: 'organization'; rule: OrganizationRule; organization: Organization }
  /** The token lacks the permission, or the account lacks the right; `byToken` says which. */
  | { kind: 'not-allowed'; byToken: boolean }
  | { kind: 'archived' }
  | { kind: 'locked' };

export function roleOf(repository: Repository, account: Account | undefined): Role {
  if (account === undefined) return 'none';
  if (repository.owner.login === account.login) return 'admin';
  return repository.definition.collaborators[account.login] ?? 'none';
}

const isPrivate = (repository: Repository): boolean => repository.definition.private;

/** The rule of the repository's organization this token breaks, if any. Fine-grained tokens are authorized at creation. */
function brokenRule(repository: Repository, token: TokenRecord): OrganizationRule | undefined {
  const { owner } = repository;
  if (owner.type !== 'Organization') return undefined;
  if (token.kind === 'classic' && !owner.classicTokens) return 'no-classic-tokens';
  if (token.kind === 'classic' && owner.sso && !token.authorizedOrganizations.includes(owner.login)) return 'sso';
  if (livesTooLong(owner, token)) return 'lifetime';
  return owner.ipAllowList ? 'ip-allow-list' : undefined;
}

const DAY_MS = 86_400_000;

const livesTooLong = ({ longestTokenDays }: Organization, { createdAt, expiresAt }: TokenRecord): boolean =>
  longestTokenDays !== undefined &&
  (expiresAt === undefined || Date.parse(expiresAt) - Date.parse(createdAt) > longestTokenDays * DAY_MS);

/** Source: docs "Managing requests for personal access tokens in your organization": until then it reads public resources only. */
export const waitsForApproval = ({ owner }: Pick<Repository, 'owner'>, token: TokenRecord): boolean =>
  owner.type === 'Organization' &&
  owner.tokenApproval &&
  token.kind === 'fine-grained' &&
  !token.authorizedOrganizations.includes(owner.login);

function tokenAllows(repository: Repository, token: TokenRecord, need: Need): boolean {
  const open = !isPrivate(repository);
  if (open && need.right === 'read') return true;
  if (token.kind === 'classic') {
    return token.scopes.includes('repo') || (open && token.scopes.includes('public_repo'));
  }
  if (token.resourceOwner !== repository.owner.login || waitsForApproval(repository, token)) return false;
  if (need.area === 'metadata') return true;
  const has = token.permissions[need.area];
  return has === 'write' || (has === 'read' && need.right === 'read');
}

/**
 * Whether a caller may do something with a repository, and if not, how GitHub answers: private repositories out of
 * reach do not exist; an organization's rule and a missing permission are named.
 */
export function accessTo(repository: Repository, caller: Caller | undefined, need: Need): Access {
  const role = roleOf(repository, caller?.account);
  const reads = need.right === 'read';
  if (caller === undefined) return isPrivate(repository) || !reads ? { kind: 'hidden' } : { kind: 'allowed' };
  const { token } = caller;
  if (isPrivate(repository)) {
    if (role === 'none') return { kind: 'hidden' };
    if (!tokenAllows(repository, token, { area: 'metadata', right: 'read' })) return { kind: 'hidden' };
  }
  const rule = isPrivate(repository) || !reads ? brokenRule(repository, token) : undefined;
  if (rule !== undefined && repository.owner.type === 'Organization') {
    return { kind: 'organization', rule, organization: repository.owner };
  }
  if (!tokenAllows(repository, token, need)) return { kind: 'not-allowed', byToken: true };
  if (!reads && role !== 'write' && role !== 'admin') return { kind: 'not-allowed', byToken: false };
  if (!reads && repository.definition.archived) return { kind: 'archived' };
  if (!reads && repository.definition.locked) return { kind: 'locked' };
  return { kind: 'allowed' };
}

export const METADATA: Need = { area: 'metadata', right: 'read' };

/** A repository that a rule hides: null among the nodes, with an error that names the rule (dlvhdr/gh-dash#140). */
export type HiddenByRule = { repository: Repository; rule: OrganizationRule; organization: Organization };

/** The repositories a caller may see, and the organizations that are left out because they require single sign-on. */
export function visibleRepositories(
  github: GitHub,
  caller: Caller | undefined,
): { repositories: Repository[]; withheld: Organization[]; hiddenByRule: HiddenByRule[] } {
  const hiddenByRule: HiddenByRule[] = [];
  const repositories: Repository[] = [];
  const withheld = new Set<Organization>();
  for (const repository of github.catalogue.repositories) {
    const access = accessTo(repository, caller, METADATA);
    if (access.kind === 'allowed') repositories.push(repository);
    if (access.kind !== 'organization') continue;
    if (access.rule === 'sso') withheld.add(access.organization);
    else hiddenByRule.push({ repository, rule: access.rule, organization: access.organization });
  }
  return { repositories, withheld: [...withheld], hiddenByRule };
}

/** Source: docs "Authenticating to the REST API", SAML single sign-on: lists leave such organizations out, and name their ids. */
export const partialResults = (withheld: readonly Organization[]): Record<string, string> =>
  withheld.length === 0
    ? {}
    : { 'x-github-sso': `partial-results; organizations=${withheld.map(({ id }) => id).join(',')}` };

/** GitHub's messages when an organization's rule refuses a token. All three are status 403. */
export function organizationRefusal(
  github: GitHub,
  caller: Caller | undefined,
  organization: Organization,
  rule: OrganizationRule,
): { message: string; documentationUrl?: string; headers: Record<string, string> } {
  const { login } = organization;
  if (rule === 'no-classic-tokens') {
    return {
      message: `\`${login}\` forbids access via a personal access token (classic). Please use a GitHub App, OAuth App, or a personal access token with fine-grained permissions.`,
      headers: {},
    };
  }
  if (rule === 'ip-allow-list') {
    return {
      message: `Although you appear to have the correct authorization credentials, the \`${login}\` organization has an IP allow list enabled, and your IP address is not permitted to access this resource.`,
      headers: {},
    };
  }
  if (rule === 'lifetime') {
    const days = organization.longestTokenDays ?? 0;
    const { id = 0, kind = 'classic' } = caller?.token ?? {};
    const [named, page] =
      kind === 'classic'
        ? ['personal access token (classic)', 'tokens']
        : ['fine-grained personal access tokens', 'personal-access-tokens'];
    return {
      // The wording: NixOS/org#247.
      message: `The '${login}' organization forbids access via a ${named} if the token's lifetime is greater than ${days} days. Please adjust your token's lifetime at the following URL: ${github.webUrl}/settings/${page}/${id}`,
      headers: {},
    };
  }
  const key = randomBytes(24).toString('base64url');
  // Source: docs "Authenticating to the REST API": the address works for an hour.
  if (caller) github.store.addSsoRequest(key, caller.token.id, login, github.now().getTime() + 3_600_000);
  return {
    message:
      'Resource protected by organization SAML enforcement. You must grant your Personal Access token access to this organization.',
    documentationUrl:
      'https://docs.github.com/articles/authenticating-to-a-github-organization-with-saml-single-sign-on/',
    headers: { 'x-github-sso': `required; url=${github.webUrl}/orgs/${login}/sso?authorization_request=${key}` },
  };
}
