/** The part of GitHub's published GraphQL schema that is modelled: a strict subset, names, types and arguments alike. */
export const SCHEMA_SDL = /* GraphQL */ `
  scalar DateTime
  scalar GitObjectID
  scalar URI

  type Query {
    rateLimit(dryRun: Boolean = false): RateLimit
    repository(followRenames: Boolean = true, name: String!, owner: String!): Repository
    search(after: String, first: Int, query: String!, type: SearchType!): SearchResultItemConnection!
    viewer: User!
  }

  type RateLimit {
    cost: Int!
    limit: Int!
    remaining: Int!
    resetAt: DateTime!
    used: Int!
  }

  interface Actor {
    avatarUrl(size: Int): URI!
    login: String!
    url: URI!
  }

  interface RepositoryOwner {
    avatarUrl(size: Int): URI!
    id: ID!
    login: String!
    url: URI!
  }

  interface GitObject {
    abbreviatedOid: String!
    commitUrl: URI!
    id: ID!
    oid: GitObjectID!
  }

  type Commit implements GitObject {
    abbreviatedOid: String!
    commitUrl: URI!
    id: ID!
    oid: GitObjectID!
    author: GitActor
    authoredDate: DateTime!
    committedDate: DateTime!
    messageHeadline: String!
  }

  type GitActor {
    name: String
  }

  type User implements Actor & RepositoryOwner {
    avatarUrl(size: Int): URI!
    databaseId: Int
    id: ID!
    login: String!
    name: String
    organizations(after: String, first: Int): OrganizationConnection!
    url: URI!
  }

  type Organization implements Actor & RepositoryOwner {
    avatarUrl(size: Int): URI!
    databaseId: Int
    id: ID!
    login: String!
    url: URI!
  }

  type OrganizationConnection {
    nodes: [Organization]
    pageInfo: PageInfo!
    totalCount: Int!
  }

  type PageInfo {
    endCursor: String
    hasNextPage: Boolean!
    hasPreviousPage: Boolean!
    startCursor: String
  }

  enum RepositoryPermission {
    ADMIN
    MAINTAIN
    READ
    TRIAGE
    WRITE
  }

  type UserConnection {
    nodes: [User]
    pageInfo: PageInfo!
    totalCount: Int!
  }

  type Repository {
    assignableUsers(after: String, first: Int, query: String): UserConnection!
    databaseId: Int
    defaultBranchRef: Ref
    description: String
    id: ID!
    isArchived: Boolean!
    isDisabled: Boolean!
    isEmpty: Boolean!
    isFork: Boolean!
    isPrivate: Boolean!
    name: String!
    nameWithOwner: String!
    owner: RepositoryOwner!
    pullRequest(number: Int!): PullRequest
    pullRequests(
      after: String
      baseRefName: String
      first: Int
      headRefName: String
      orderBy: IssueOrder
      states: [PullRequestState!]
    ): PullRequestConnection!
    pullRequestTemplates: [PullRequestTemplate!]
    pushedAt: DateTime
    ref(qualifiedName: String!): Ref
    refs(after: String, first: Int, orderBy: RefOrder, query: String, refPrefix: String!): RefConnection
    updatedAt: DateTime!
    url: URI!
    viewerPermission: RepositoryPermission
  }

  type PullRequestTemplate {
    body: String
    filename: String
  }

  enum OrderDirection {
    ASC
    DESC
  }

  enum RefOrderField {
    ALPHABETICAL
    TAG_COMMIT_DATE
  }

  input RefOrder {
    direction: OrderDirection!
    field: RefOrderField!
  }

  enum IssueOrderField {
    COMMENTS
    CREATED_AT
    UPDATED_AT
  }

  input IssueOrder {
    direction: OrderDirection!
    field: IssueOrderField!
  }

  type Ref {
    associatedPullRequests(after: String, first: Int, states: [PullRequestState!]): PullRequestConnection!
    id: ID!
    name: String!
    prefix: String!
    target: GitObject
  }

  type RefConnection {
    nodes: [Ref]
    pageInfo: PageInfo!
    totalCount: Int!
  }

  enum PullRequestState {
    CLOSED
    MERGED
    OPEN
  }

  type PullRequest {
    author: Actor
    baseRefName: String!
    body: String!
    closedAt: DateTime
    createdAt: DateTime!
    databaseId: Int
    headRefName: String!
    headRefOid: GitObjectID!
    id: ID!
    isCrossRepository: Boolean!
    isDraft: Boolean!
    mergedAt: DateTime
    number: Int!
    repository: Repository!
    state: PullRequestState!
    title: String!
    updatedAt: DateTime!
    url: URI!
  }

  type PullRequestConnection {
    nodes: [PullRequest]
    pageInfo: PageInfo!
    totalCount: Int!
  }

  enum SearchType {
    ISSUE
    REPOSITORY
  }

  union SearchResultItem = PullRequest | Repository

  type SearchResultItemConnection {
    issueCount: Int!
    nodes: [SearchResultItem]
    pageInfo: PageInfo!
    repositoryCount: Int!
  }
`;
