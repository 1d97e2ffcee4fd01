import { defaultBranchNameRule, type BranchNameRule } from './branch-name-rule';
import { editions, factsOf, type EditionId } from './editions';
import { serviceAt, type Service } from './service';
import type { ReminderChannel } from './reminder';
import type { TokenExpiry } from './token';
import type { TokenRulesInForce } from './token-rules';

/** How much of an integration people see without a token of their own: nothing, or as much as the integration account. */
export const seenWithoutTokenChoices = ['nothing', 'account'] as const;
export type SeenWithoutToken = (typeof seenWithoutTokenChoices)[number];

/** One connection to one git service, made by a Jira admin. Its credential is stored apart, as a secret. */
export type Integration = {
  id: string;
  edition: EditionId;
  /** Where it is: the web address of the installation. */
  address: string;
  /** The version that the service says. */
  version?: string;
  /** Its name for people: unique on the site, at most 80 characters. */
  name: string;
  /** Organizations or users whose repositories belong to it, as the service spells them, at least one. `all` where it knows no owners. */
  owners: 'all' | readonly string[];
  /** *Require User PAT* of this integration alone; see `requiresToken`. */
  requireUserPat: boolean;
  /** An admin's choice; see `seenWithoutToken`. */
  seenWithoutToken?: SeenWithoutToken;
  /** Keys of the Jira projects it is open to, or `all`. */
  projects: 'all' | readonly string[];
  /** The account behind the integration's own credential, as the service names it. */
  account: string;
  /** When that credential expires; absent where it was connected before this was stored. */
  expiresAt?: TokenExpiry;
  /** Names the credential this record belongs to: a crash between the two writes shows as a mismatch, never as a wrong account. */
  credentialId: string;
  /** The rules for people's tokens here; absent: those of the site (`rulesFor`). */
  tokenRules?: TokenRulesInForce;
  /** Set when an admin has taken it out of use for a while: nothing can be done through it, and its tokens are not erased. */
  disabled?: boolean;
  /** Set when an admin has disconnected it and its tokens are still being erased. */
  disconnecting?: boolean;
};

/** A Jira admin's decisions for the whole site. */
export type SiteSettings = {
  /** Overrides integrations that are off, never those that are on. */
  requireUserPat: boolean;
  branchActions: boolean;
  pullRequestActions: boolean;
  /** The rules for people's tokens where an integration has none of its own. */
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

/** Settings of the daily work; no act waits to read them. */
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

/** The rules for people's tokens: the integration's own, or else the site's. */
export function rulesFor(
  settings: Pick<SiteSettings, 'tokenRules'>,
  integration: Pick<Integration, 'tokenRules'>,
): TokenRulesInForce | undefined {
  return integration.tokenRules ?? settings.tokenRules;
}

/**
 * How much people without a token see there. Until an admin chooses, nothing where a token is required. Where nobody can have a token and
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

/** The owners to request of a service; none where it has no owners. */
export function ownersOf({ owners }: Pick<Integration, 'owners'>): readonly string[] {
  return owners === 'all' ? [] : owners;
}
