import type { Credential } from '../domain/credential';
import type { EditionId } from '../domain/editions';
import type { ProviderError } from '../domain/errors';
import type { PullRequest } from '../domain/pull-request';
import type { Result } from '../domain/result';
import type { Service } from '../domain/service';
import type { TokenExpiry } from '../domain/token';

export type { PullRequest } from '../domain/pull-request';

/** What one call to a service needs to know: where, as whom, until when. An adapter stores none of it. */
export type Connection = {
  service: Service;
  credential: Credential;
  /** ms since the epoch; no request goes out after it, and a running one is given up. */
  deadline: number;
};

/** Whose token it is and what it may do, as far as the service tells. */
export type Identity = {
  login: string;
  /** The service's own id of the account, for it outlives a change of login. */
  accountId: string;
  expiresAt: TokenExpiry;
  /** Which of the service's two kinds of token it is; absent where the service has one, or does not tell. */
  kind?: 'classic' | 'fine-grained';
  /** Scopes of the token; absent where the service does not list them. */
  scopes?: readonly string[];
  /** Scopes it lacks for creating and deleting branches and opening pull requests everywhere. Empty: none known. */
  missingScopes: readonly string[];
  /** The service says it belongs to a machine (a project, an app): people who use it appear as that. */
  bot: boolean;
  /** It may be good for one owner only and may wait there for approval: the page where its person sees that. */
  ownerPage?: string;
};

/** `defaultBranch` is absent for a repository without commits, and where a service lists names only. */
export type Repository = { name: string; url: string; defaultBranch?: string };
/** `commit` is absent where a service lists names only. */
export type Branch = { name: string; commit?: string };
/** The commit a branch points at, as its author made it. `message` is its first line, `at` an ISO instant. */
export type HeadCommit = { id: string; message: string; author: string; at: string };
/** `id` is what `requestReviewers` takes. */
export type Reviewer = { id: string; login: string; name?: string };
/** A text that a description can begin with. `isDefault`: the service's own form begins with it. */
export type RequestTemplate = { name: string; text: string; isDefault?: true };
/**
 * Whom the service asks for a review itself, or whose approval it wants. `people` as it writes them; `more`: how many it does not name;
 * `count`: of approvals.
 */
export type ReviewRule = {
  kind: 'code-owners' | 'reviewers' | 'approvals';
  people: readonly string[];
  more?: number;
  count?: number;
};
/**
 * What the service's own form for a pull request offers, the default template first; the repository's labels by name; and what the service
 * will do itself, as far as it tells.
 */
export type RequestForm = {
  templates: readonly RequestTemplate[];
  labels?: readonly string[];
  rules?: readonly ReviewRule[];
};
/** What a pull request gets besides: its assignee as the service knows them, and labels by name. */
export type Extras = { assignee?: { id: string; login: string } | undefined; labels: readonly string[] };
/** What of them it did not get, and why. */
export type Undone = { assignee?: true; labels?: readonly string[]; error: ProviderError };
/** The people without a requested review, by id, and why. */
export type Unasked = { reviewers: readonly string[]; error: ProviderError };

/**
 * One page of a list; `next` is opaque, and absent on the last page. `approveUrl`: some of it is withheld until the token is
 * approved for single sign-on, which happens there.
 */
export type Page<Item> = { items: Item[]; next?: string; approveUrl?: string };

type Answer<Value> = Promise<Result<Value, ProviderError>>;

/** Where an issue's work is looked for; what comes first is worth most. */
export type WorkScope = { owners: readonly string[]; repositories: readonly string[] };

/** Where a new branch starts. */
export type Start = { source: string; commit?: string | undefined } | { source?: undefined; commit: string };

/** The work of an issue; see `findWork`. */
export type Work = {
  branches: (Branch & { repository: string })[];
  pullRequests: PullRequest[];
  withheld?: ProviderError;
  unseen?: readonly string[];
};

/** Of `findWork`, where there are any. */
export function unseenOf(repositories: readonly string[]): { unseen?: readonly string[] } {
  return repositories.length === 0 ? {} : { unseen: repositories };
}

/**
 * A git service behind the one port every service has. Functions of their arguments: no state, no storage, no Jira.
 * None of them throws for what a service can do; a write is sent at most once.
 */
export type Provider = {
  /** Which edition answers at the address, and its version where it says it: requested once, when an integration is connected. */
  detect(connection: Connection): Answer<{ edition: EditionId; version?: string }>;
  /** Asks the service whose token it is. `AUTH_INVALID` and `AUTH_EXPIRED` are a definite "no". */
  checkToken(connection: Connection): Answer<Identity>;
  /**
   * Has the service make a new token in the place of this one, which it revokes at once: as long a life as this one's, and `maxDays` days
   * at most. Sent once and never again, for a service may take a second one for theft and revoke the new token. After an answer that was
   * lost (`isLostAnswer`) nobody knows the new token. Absent where a service has no such thing; when it may be asked is `renewsTokens` of `links.ts`.
   */
  rotateToken?(
    connection: Connection,
    limit: { maxDays?: number | undefined },
  ): Answer<{ credential: Credential; expiresAt: TokenExpiry }>;
  /** Organizations and users whose repositories the token can write to, most recently used first; at most 100. `all`: the service knows no owners. */
  findOwners(connection: Connection): Answer<string[] | 'all'>;
  /** Where the token has to be approved before it reaches all that its person does; nothing where nothing is withheld. */
  approvalPage?(connection: Connection): Answer<string | undefined>;
  /** Repositories of the owners that the token's person may write to, most recent first; `search` matches the name. One request where the service can search. `withheld`: why the service withholds some of them, but for single sign-on. */
  listRepositories(
    connection: Connection,
    query: { owners: readonly string[]; search: string; cursor?: string | undefined },
  ): Answer<Page<Repository> & { withheld?: ProviderError }>;
  /** Branches whose name contains `search`. One request where the service can search. */
  listBranches(
    connection: Connection,
    query: { repository: string; search: string; cursor?: string | undefined },
  ): Answer<Page<Branch>>;
  /** The commit a branch points at. A name that is no branch, but perhaps a tag or a commit, is `BRANCH_MISSING`. */
  readHead(connection: Connection, branch: { repository: string; name: string }): Answer<string>;
  /**
   * The same with what the commit says. `BRANCH_MISSING` where `readHead` says so. One request, two where the service tells a branch's
   * commit by its id alone. Absent where a service says nothing about commits.
   */
  readHeadCommit?(connection: Connection, branch: { repository: string; name: string }): Answer<HeadCommit>;
  /**
   * One pull request, whatever its state. One that does not exist is `REPOSITORY_NOT_FOUND`, as one that is hidden. `repository` of
   * the answer is where it is: a service may take the number alone. One request. Absent where a service shows no single one.
   */
  readPullRequest?(connection: Connection, request: { repository: string; number: number }): Answer<PullRequest>;
  /**
   * The commit of a tag, or the commit whose id begins so: `SOURCE_MISSING` for anything else, also a branch of that name. One
   * request. Absent where the capabilities' `startsAt` does not need it.
   */
  readCommit?(
    connection: Connection,
    at: { repository: string } & ({ tag: string } | { idBegins: string }),
  ): Answer<string>;
  /**
   * Creates a branch at the head of `source`. A lost answer is read back before it counts as failed. `commit`: the head as it
   * was read a moment ago, which saves asking for it where a service wants a commit. Without `source` it starts at the commit or not at all.
   */
  createBranch(connection: Connection, branch: { repository: string; name: string } & Start): Answer<Branch>;
  deleteBranch(connection: Connection, branch: { repository: string; name: string }): Answer<void>;
  /**
   * Opens a pull request. `reviewers`, by id, are sent with it where the service takes them so and refuses no request
   * for them; a provider with `requestReviewers` leaves them to it. So it is with `extras` and `addToPullRequest`.
   */
  createPullRequest(
    connection: Connection,
    request: {
      repository: string;
      source: string;
      target: string;
      title: string;
      description: string;
      draft: boolean;
      reviewers?: readonly string[];
      extras?: Extras | undefined;
    },
  ): Answer<PullRequest & { unasked?: Unasked; undone?: Undone }>;
  /** Assigns and labels a pull request that is there, where opening it takes neither. Nothing: it has them all. */
  addToPullRequest?(
    connection: Connection,
    request: { repository: string; number: number } & Extras,
  ): Promise<Undone | undefined>;
  /**
   * What the service's own form for a pull request to the branch would offer. Templates are read where the service itself reads them, which
   * is the default branch everywhere; what of the rest cannot be read is left out. Absent where a service has none of it.
   */
  readRequestForm?(connection: Connection, request: { repository: string; target: string }): Answer<RequestForm>;
  /**
   * Branches (in `repositories`) and pull requests (of `owners`) that name the issue. As few requests as the service
   * allows: GitHub one, GitLab one an owner and one a repository (two where its owner is a person), Azure DevOps one and one a
   * repository, both one more for a branch without a pull request as far as `requests` go, CodeCommit two a repository and the
   * rest of `requests` for its pull requests. A repository that is gone or hidden is left out, and named in `unseen`.
   * `withheld`: why the service withholds some of it, where it says so.
   */
  findWork(connection: Connection, query: WorkScope & { issueKey: string; requests?: number }): Answer<Work>;
  /**
   * Branches (in `repositories`) and pull requests (of `owners`, or without any in `repositories`) with all the words of `search`, in any
   * case, in the title or in the branch: what changed last, whatever its state. Without words it is all that changed last. What the
   * service cannot search is looked through as far as one page of it goes. It costs what `findWork` costs, and leaves out what that leaves out.
   */
  searchWork?(connection: Connection, query: WorkScope & { search: string; requests?: number }): Answer<Work>;
  /** As much of a scope as so many requests of `findWork` buy. Asks nobody. Absent: all of it costs one. */
  affordable?(requests: number, scope: WorkScope): WorkScope;
  /**
   * Possible reviewers; at most 20, `search` matches login and name. Two requests at most. Absent where the
   * service has no reviewers.
   */
  findReviewers?(connection: Connection, query: { repository: string; search: string }): Answer<Reviewer[]>;
  /**
   * Asks people to review a pull request that is there, where opening it with them could fail for one of them. Nothing: all
   * were asked.
   */
  requestReviewers?(
    connection: Connection,
    request: { repository: string; number: number; reviewers: readonly string[] },
  ): Promise<Unasked | undefined>;
};
