import type { z } from 'zod';
import type { BranchNameRule } from '../domain/branch-name-rule';
import type { Result } from '../domain/result';
import type { issueCalls, manageRepositoriesCalls, userSettingsCalls } from './calls';
import type { PageError } from './errors';
import type {
  ActivityPage,
  BranchCreated,
  BranchNameView,
  BranchView,
  Card,
  ConnectionView,
  DefaultsView,
  IntegrationView,
  IssueView,
  ManagedIntegrationView,
  ManagedSiteView,
  ListView,
  PersonTokensPage,
  PersonView,
  ProjectView,
  PullRequestCreated,
  RepositoryView,
  RequestFormView,
  ReviewerView,
  SiteSettingsView,
  TokenRulesView,
  TokenSaved,
  UserSettingsView,
  WorkView,
} from './views';

/** The answer of each call that succeeds. */
export type Answers = {
  'load-issue': IssueView;
  'list-cards': WorkView;
  'tell-jira': Record<string, never>;
  'list-repositories': ListView<RepositoryView>;
  'list-branches': ListView<BranchView>;
  'create-branch': BranchCreated;
  'create-pull-request': PullRequestCreated;
  'delete-branch': { branch: string };
  'search-work': ListView<Card>;
  'attach-branch': { card: Card };
  'attach-address': { card: Card };
  'detach-work': Record<string, never>;
  'check-branch-name': BranchNameView;
  'list-reviewers': { reviewers: readonly ReviewerView[] };
  'read-request-form': RequestFormView;
  'save-default': { defaults: DefaultsView };
  'clear-default': { defaults: DefaultsView };
  'load-user-settings': UserSettingsView;
  'save-token': TokenSaved;
  'renew-token': TokenSaved;
  'remove-token': { integration: IntegrationView };
  'load-site': ManagedSiteView;
  'test-connection': ConnectionView;
  'add-integration': { integration: ManagedIntegrationView };
  'update-integration': { integration: ManagedIntegrationView };
  'switch-integration': { integration: ManagedIntegrationView };
  'disconnect-integration': { id: string };
  'save-site-settings': { settings: SiteSettingsView };
  'save-branch-name-rule': { branchName: BranchNameRule };
  'save-token-rules': { rules: TokenRulesView | null };
  'new-token-page': { url: string; otherUrl?: string };
  'list-activity': ActivityPage;
  'list-tokens': PersonTokensPage;
  'remove-tokens': { removed: number };
  'find-people': { people: readonly PersonView[] };
  'list-projects': ListView<ProjectView>;
};

type Surfaces = {
  issue: typeof issueCalls;
  'user-settings': typeof userSettingsCalls;
  'manage-repositories': typeof manageRepositoriesCalls;
};

/** A resolver function of the manifest that pages call. */
export type Surface = keyof Surfaces;
export type CallOf<S extends Surface> = keyof Surfaces[S] & keyof Answers;

/** What a page sends with a call, and what the backend has after validation. */
export type PayloadOf<S extends Surface, C extends CallOf<S>> = Surfaces[S][C] extends z.ZodType
  ? z.input<Surfaces[S][C]>
  : never;
export type CheckedPayloadOf<S extends Surface, C extends CallOf<S>> = Surfaces[S][C] extends z.ZodType
  ? z.output<Surfaces[S][C]>
  : never;

export type AnswerOf<C extends keyof Answers> = Result<Answers[C], PageError>;
