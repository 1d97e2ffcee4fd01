import type { AttributionState } from '../domain/attribution';
import type { Activity } from '../domain/activity';
import type { BranchNameRule } from '../domain/branch-name-rule';
import type { IssueToName } from '../domain/branch-template';
import type { Capabilities, EditionId, ProviderKind } from '../domain/editions';
import type { DailySettings, SeenWithoutToken, SiteSettings } from '../domain/integration';
import type { TokenExpiry, TokenHealth, TokenKind } from '../domain/token';
import type { TitlePatterns } from '../domain/request-title';
import type { Standing, TokenRulesInForce } from '../domain/token-rules';
import type { Leaver } from '../domain/leaver';
import type { PageError } from './errors';

export type { AttributionState } from '../domain/attribution';
export type { Capabilities, EditionId, ProviderKind } from '../domain/editions';
export type { TokenExpiry, TokenHealth, TokenKind, TokenState } from '../domain/token';
export type { Result } from '../domain/result';

/** A saved token as its owner sees it: never the token, nor its length. */
export type TokenView = {
  /** The account the service said it belongs to. */
  login: string;
  expiresAt: TokenExpiry;
  health: TokenHealth;
  /** ISO instants. */
  savedAt: string;
  lastUsedAt?: string;
  /** The scopes of a classic token; absent where the service does not say them. */
  scopes?: readonly string[];
  /** It breaks rules of an admin's: which, and until when it is admitted all the same. */
  against?: Standing;
  /** Its service can replace it by a new one with one press. */
  renewable?: true;
  /** A renewal began and nobody knows how it ended: it may be dead. */
  renewalUnfinished?: true;
  /** Scopes that it lacks, as the service names them. Empty: nothing known to be missing. */
  missingScopes: readonly string[];
};

/** The future author, for one integration and the caller. */
export type AttributionView = {
  state: AttributionState;
  /** *Require User PAT*, of the integration or the site. */
  required: boolean;
  /** The integration account's login. */
  integrationAccount: string;
  token?: TokenView;
  /** An admin removed the token there was: when (an ISO instant) and why. */
  removed?: { at: string; reason: string };
};

/** An integration as a person sees it who works on an issue or sets up a token. */
export type IntegrationView = {
  id: string;
  name: string;
  provider: ProviderKind;
  edition: EditionId;
  /** The service's proper name (`GitHub`) and where it is (`github.com`). */
  serviceName: string;
  host: string;
  capabilities: Capabilities;
  attribution: AttributionView;
  /** As the service says it; absent where it does not. */
  version?: string;
  /** The rules for tokens here. */
  tokenRules?: TokenRulesView;
  /** An admin has taken it out of use: it takes no tokens. */
  disabled?: boolean;
  /** The service's page to make a token, prefilled where it allows that. */
  newTokenUrl: string;
  /** The page for its other kind of token, where this version has two. */
  otherTokenUrl?: string;
};

/** An admin's rules for people's tokens, and when they begin. */
export type TokenRulesView = TokenRulesInForce;

/** An integration as a Jira admin sees it. `tokenRules`: its own, where it does not follow the site. */
export type ManagedIntegrationView = Omit<IntegrationView, 'attribution' | 'disabled'> & {
  /** As it was accepted when the integration was connected. */
  address: string;
  requireUserPat: boolean;
  /** An admin's choice of what people without a token see. */
  seenWithoutToken?: SeenWithoutToken;
  projects: 'all' | readonly string[];
  /** `all` where the service knows no owners. */
  owners: readonly string[] | 'all';
  /** The login behind the integration's credential. */
  account: string;
  /** Of that credential, where it is known and a token. */
  expiry?: { expiresAt: TokenExpiry; health: TokenHealth };
  status: 'connected' | 'disabled' | 'credential-missing' | 'disconnecting';
  /** A digest of everything that an edit form shows; another one means that somebody has changed something since. */
  revision: string;
  /** Counted up to 100. */
  peopleWithTokens: number;
  /** There are more than were counted. */
  morePeople: boolean;
};

export type RepositoryView = {
  /** `owner/name`, as the service spells it; also its identity in calls. */
  name: string;
  url: string;
  /** Absent for a repository without commits, and where the service lists names only. */
  defaultBranch?: string;
};

/** One repository, of one integration. */
export type RepositoryAt = { integrationId: string; repository: string };

/** Where a person starts in one project: with a repository, and in some repositories with another branch than the service's default. */
export type DefaultsView = {
  repository?: RepositoryAt;
  branches: readonly (RepositoryAt & { branch: string })[];
};

/** Whether a new branch can have a name: git stores no branch beside one that has its name as a folder. */
export type BranchNameView = {
  /** The branch that is in the way: of the same name, a part of the name, or below it. */
  conflict?: string;
};

/** A possible reviewer: `id` goes into the call, `login` is what people know. */
export type ReviewerView = { id: string; login: string; name?: string };

/**
 * What the service's own form for a pull request offers, the default template first. `isDefault`: it begins with that one. `rules`: whom
 * the service asks itself, or whose approval it wants; `more`: how many of them it does not name.
 */
export type RequestFormView = {
  templates: readonly { name: string; text: string; isDefault?: true }[];
  labels?: readonly string[];
  rules?: readonly ReviewRuleView[];
};
export type ReviewRuleView = {
  kind: 'code-owners' | 'reviewers' | 'approvals';
  people: readonly string[];
  more?: number;
  count?: number;
};

export type BranchView = {
  name: string;
  /** The commit it points at; absent where the service lists names only. */
  commit?: string;
};

/**
 * One page of a list. `next`: give it back as `cursor` to go on; absent at the end. `approveUrl`: the service withholds some
 * of it until the token is approved for single sign-on, which happens there. `withheld`: it withholds some for another reason.
 */
export type ListView<Item> = { items: readonly Item[]; next?: string; approveUrl?: string; withheld?: PageError };

/** A branch or pull request of the issue. */
export type Card = {
  kind: 'branch' | 'pull-request';
  integrationId: string;
  repository: string;
  url: string;
  /** Branch name, or the pull request's title. */
  title: string;
  /** The branch itself, or the pull request's source. */
  branch: string;
  /** Of a pull request. */
  number?: number;
  target?: string;
  state?: 'open' | 'draft' | 'merged' | 'closed';
  /** Login of the author at the service, where known. */
  author?: string;
  /** The action was done through the app: as whose account. */
  actor?: 'person' | 'integration';
  /** ISO instant. */
  updatedAt?: string;
  /** Of a branch made through the app: the commit it was made at. */
  commit?: string;
  /** Somebody attached it to the issue: it was not made here, and nothing in it need name the issue. */
  attached?: true;
  /** Where else its branch can be opened; made for each answer, never stored. */
  places?: Places;
};

/** Addresses for git and for editors, none with a credential in it. */
export type Places = {
  clone: string;
  /** For a helper of the service's, by its name. */
  withHelper?: { address: string; helper: string };
  /** The service's own editor in the browser. */
  webEditor?: { url: string; name: string };
};

/** What one integration knows of an issue, and where it was looked for. */
export type WorkView = {
  cards: readonly Card[];
  /** Repositories whose branches were searched, as far as the service shows them to the person. */
  searched: readonly string[];
  /** Repositories of the issue or the person that were not searched, and owners whose pull requests were not: it would have taken too many requests. */
  leftOut: readonly string[];
  /** Why the service withholds some of it. */
  withheld?: PageError;
  /** Jira, or what is stored, does not know all of it: give it to `tell-jira`, for which nobody waits. */
  news?: string;
};

export type IssueView = {
  key: string;
  projectKey: string;
  /** Integrations open to the issue's project. Empty: none is connected or open to it. */
  integrations: readonly IntegrationView[];
  /** Made through the app, from our own storage, without a request to a service. */
  cards: readonly Card[];
  /** The site's switches. */
  actions: { branches: boolean; pullRequests: boolean };
  defaults: DefaultsView;
  /** The branch name the template gives for this issue. Absent where the issue was not read again: `named` requests it. */
  branchName?: string;
  /** Where the template uses a choice of the form: the data that a page needs to make the name then. */
  naming?: { rule: BranchNameRule; bytes: number; issue: IssueToName };
  /** Patterns for titles of pull requests. `issue`: the issue's part of them, where the issue was read (`named`). */
  requestTitle?: TitlePatterns & { issue?: IssueToName };
  /** The line at the end of every description that leads back to the issue. */
  link: string;
  /** May see *Manage Git repositories*. Asked only where no integration is open to the project. */
  isAdmin: boolean;
  /** To be shown with the next calls for this issue; none until the site has a key to sign it with. */
  ticket?: string;
};

/** What happened, for the success message. */
export type BranchCreated = { card: Card };
export type PullRequestCreated = {
  card: Card;
  /** The pull request exists, but the review was not requested of these people. By id; a page puts their logins. */
  unasked?: { reviewers: readonly string[]; error: PageError };
  /** Nor did it get this assignee or these labels. */
  undone?: { assignee?: true; labels?: readonly string[]; error: PageError };
};
export type TokenSaved = { token: TokenView; attribution: AttributionView; renewed?: true };

/** Everything of a person's own. */
export type UserSettingsView = {
  integrations: readonly IntegrationView[];
  /** The first of those that the person can see; where there are more, `list-projects` has all. */
  projects: readonly ProjectView[];
  moreProjects: boolean;
  defaults: readonly (DefaultsView & { projectKey: string })[];
};

export type ProjectView = { key: string; name: string };

/** The switches of the site; what each means: `domain/integration.ts`. */
export type SiteSettingsView = Omit<SiteSettings, 'branchName' | 'tokenRules'> & DailySettings;

export type ManagedSiteView = {
  integrations: readonly ManagedIntegrationView[];
  settings: SiteSettingsView;
  branchName: BranchNameRule;
  /** The rules for tokens where an integration has none of its own. */
  tokenRules?: TokenRulesView;
  /** The first of them; where there are more, `list-projects` has all. */
  projects: readonly ProjectView[];
  moreProjects: boolean;
};

/** The result of *Test connection*. */
export type ConnectionView = {
  /** The service that answered. */
  edition: EditionId;
  serviceName: string;
  version?: string;
  capabilities: Capabilities;
  account: string;
  owners: readonly string[] | 'all';
  /** Some organizations are withheld until the token is authorized for single sign-on, which happens there. */
  approveUrl?: string;
  /** Of the integration's own token. */
  expiresAt: TokenExpiry;
  missingScopes: readonly string[];
  warning?: PageError;
};

/** Somebody by the name Jira shows; without one for an account Jira no longer knows. */
export type PersonView = { accountId: string; name?: string };

/** One thing that was done or tried. Without `person` once their account was closed. `owner`: whose token it was about. */
export type ActivityView = Omit<Activity, 'accountId' | 'whose'> & {
  id: string;
  person?: PersonView;
  owner?: PersonView;
};

/** One person and one integration as an admin sees them: never a token. */
export type PersonTokenView = {
  person: PersonView;
  integrationId: string;
  /** None for somebody who acted without. `lastUsedAt`, `savedAt`: ISO instants. */
  token?: Pick<TokenView, 'login' | 'expiresAt' | 'health' | 'savedAt' | 'lastUsedAt' | 'missingScopes' | 'against'> & {
    kind?: TokenKind;
  };
  /** When the integration account last did something for them, in the last 90 days. */
  actedWithoutAt?: string;
  /** They seem to have left: since when and why, and when their tokens are erased. */
  left?: Leaver & { eraseAt?: string };
  /** Cannot act with a token of their own tomorrow. */
  blocked: boolean;
};

/** `next`: give it back as `cursor` to go on; absent at the end. A page may be empty and yet have a next one. */
export type PersonTokensPage = { items: readonly PersonTokenView[]; next?: string };

/** Newest first. `next`: give it back as `cursor` to go on; absent at the end. A page may be empty and yet have a next one. */
export type ActivityPage = { entries: readonly ActivityView[]; next?: string };
