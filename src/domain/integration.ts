import { defaultBranchNameRule, type BranchNameRule } from './branch-template';
import { editions, factsOf, type EditionId } from './editions';
import { serviceAt, type Service } from './service';
import type { ReminderChannel } from './reminder';
import type { TokenExpiry } from './token';
import type { TokenRulesInForce } from './token-rules';

/** What people without a token of their own see of an integration: nothing, or what the integration account sees. */
export const seenWithoutTokenChoices = ['nothing', 'account'] as const;
export type SeenWithoutToken = (typeof seenWithoutTokenChoices)[number];

/** One connection to one git service, made by a Jira admin. Its credential is kept apart, as a secret. */
export type Integration = {
  id: string;
  edition: EditionId;
  /** Where it is: the web address of the installation. */
  address: string;
  /** What the service said of its version. */
  version?: string;
  /** What people read: unique on the site, at most 80 characters. */
  name: string;
  /** Organizations or users whose repositories belong to it, as the service spells them, at least one. `all` where it knows no owners. */
  owners: 'all' | readonly string[];
  /** *Require User PAT* of this integration alone; see `requiresToken`. */
  requireUserPat: boolean;
  /** What an admin chose; see `seenWithoutToken`. */
  seenWithoutToken?: SeenWithoutToken;
  /** Keys of the Jira projects it is open to, or `all`. */
  projects: 'all' | readonly string[];
  /** The account behind the integration's own credential, as the service names it. */
  account: string;
  /** When that credential expires; absent where it was connected before this was stored. */
  expiresAt?: TokenExpiry;
  /** Names the credential this record belongs to: a crash between the two writes shows as a mismatch, never as a wrong account. */
  credentialId: string;
  /** What people's tokens have to keep to here; absent: what the site says (`rulesFor`). */
  tokenRules?: TokenRulesInForce;
  /** Set when an admin has taken it out of use for a while: nothing can be done through it, tokens stay. */
  disabled?: boolean;
  /** Set when an admin has disconnected it and its tokens are still being erased. */
  disconnecting?: boolean;
};

/** What a Jira admin decides for the whole site. */
export type SiteSettings = {
  /** Overrides integrations that are off, never those that are on. */
  requireUserPat: boolean;
  branchActions: boolean;
  pullRequestActions: boolean;
  /** What people's tokens have to keep to where an integration has no rules of its own. */
  tokenRules?: TokenRulesInForce;
  /** Jira's own Development panel, boards and searches learn of branches and pull requests. */
  developmentInfo: boolean;
  /** Jira's automation and workflow triggers may act on them. */
  developmentTransitions: boolean;
  /** How the names of new branches are suggested. */
  branchName: BranchNameRule;
};

export const defaultSiteSettings: Readonly<SiteSettings> = {
  requireUserPat: false,
  branchActions: true,
  pullRequestActions: true,
  developmentInfo: true,
  developmentTransitions: false,
  branchName: defaultBranchNameRule,
};

/** What the daily work goes by; no act waits to read it. */
export type DailySettings = {
  /** Days after which the tokens of somebody who left are erased; 0: never. */
  leaverDays: number;
  reminders: ReminderChannel;
};

export const defaultDailySettings: Readonly<DailySettings> = { leaverDays: 7, reminders: 'issue' };

/** The service behind an integration, as it was found when it was connected. */
export function serviceOf(integration: Pick<Integration, 'edition' | 'address' | 'version'>): Service {
  return serviceAt(integration.edition, integration.address, integration.version);
}

/** Whether people must use their own token: the site's switch or the integration's. */
export function requiresToken(
  settings: Pick<SiteSettings, 'requireUserPat'>,
  integration: Pick<Integration, 'requireUserPat'>,
): boolean {
  return settings.requireUserPat || integration.requireUserPat;
}

/** What people's tokens have to keep to: the integration's own rules, or else the site's. */
export function rulesFor(
  settings: Pick<SiteSettings, 'tokenRules'>,
  integration: Pick<Integration, 'tokenRules'>,
): TokenRulesInForce | undefined {
  return integration.tokenRules ?? settings.tokenRules;
}

/**
 * What people without a token see there. Until an admin chooses, nothing where a token is required. Where nobody can have a token and
 * none is required, a choice would leave the integration to nobody, so there is none.
 */
export function seenWithoutToken(
  settings: Pick<SiteSettings, 'requireUserPat'>,
  integration: Pick<Integration, 'requireUserPat' | 'seenWithoutToken' | 'edition'>,
): SeenWithoutToken {
  const required = requiresToken(settings, integration);
  if (!required && !editions[integration.edition].capabilities.userTokens) return 'account';
  return integration.seenWithoutToken ?? (required ? 'nothing' : 'account');
}

/** Whether a Jira project may use the integration. `projectKey` as Jira spells it. */
export function isOpenTo(integration: Pick<Integration, 'projects'>, projectKey: string): boolean {
  return integration.projects === 'all' || integration.projects.includes(projectKey);
}

/**
 * Whether a repository belongs to the integration: it is below one of the integration's owners. A group of GitLab's owns
 * what its subgroups have: `grp` and `grp/sub` own `grp/sub/web`. Names ignore case.
 * Where a service has no owners, every repository belongs.
 */
export function ownsRepository(integration: Pick<Integration, 'owners'>, repository: string): boolean {
  if (integration.owners === 'all') return true;
  const path = repository.toLowerCase();
  return integration.owners.some((owner) => path.startsWith(`${owner.toLowerCase()}/`));
}

/**
 * Whether a name that somebody sent, or a service answered, is one of the integration's repositories. A name that a provider could
 * understand as another repository's is none: GitHub would take `acme/web/docs` for `acme/web`.
 */
export function isRepositoryOf(integration: Pick<Integration, 'owners' | 'edition'>, repository: string): boolean {
  const { repositoryName } = factsOf(editions[integration.edition].provider);
  return (repositoryName?.test(repository) ?? true) && ownsRepository(integration, repository);
}

/** The owners to ask a service for; none where it has no owners. */
export function ownersOf({ owners }: Pick<Integration, 'owners'>): readonly string[] {
  return owners === 'all' ? [] : owners;
}
