import type { GitRef } from '../../git/bare-repository.ts';
import { roleOf } from '../access.ts';
import type { Account, GitHub, Owner, Repository } from '../context.ts';
import { encodePath } from '../../git-host/router.ts';
import type { Activity } from '../../git-host/store.ts';

/** When everything in a world was created: before its commits. */
const BEGINNING = '2026-01-05T09:00:00Z';

/** GitHub's times have seconds, no more. */
export const timestamp = (iso: string): string => `${iso.slice(0, 19)}Z`;

export const nodeId = (kind: string, id: number | string): string =>
  `${kind}_${Buffer.from(`${kind}:${id}`).toString('base64url')}`;

/** GitHub's `simple-user`: an account or an organization, as it appears inside other answers. */
export function simpleUser(github: GitHub, owner: Owner) {
  const url = `${github.apiUrl}/users/${owner.login}`;
  return {
    login: owner.login,
    id: owner.id,
    node_id: nodeId(owner.type === 'User' ? 'U' : 'O', owner.id),
    avatar_url: `https://avatars.githubusercontent.com/u/${owner.id}?v=4`,
    gravatar_id: '',
    url,
    html_url: `${github.webUrl}/${owner.login}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: owner.type,
    site_admin: false,
  };
}

/** The answer of `GET /user`; `isPrivate` when the token may read the private part. */
export function currentUser(github: GitHub, account: Account, isPrivate: boolean) {
  const repositories = github.catalogue.repositories.filter(({ owner }) => owner.login === account.login);
  const secret = repositories.filter(({ definition }) => definition.private).length;
  return {
    ...simpleUser(github, account),
    user_view_type: isPrivate ? 'private' : 'public',
    name: account.name,
    company: null,
    blog: '',
    location: null,
    email: account.email,
    hireable: null,
    bio: null,
    twitter_username: null,
    notification_email: account.email,
    public_repos: repositories.length - secret,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: BEGINNING,
    updated_at: BEGINNING,
    ...(isPrivate
      ? {
          private_gists: 0,
          total_private_repos: secret,
          owned_private_repos: secret,
          disk_usage: 0,
          collaborators: 0,
          two_factor_authentication: true,
        }
      : {}),
  };
}

const API_LINKS = {
  archive_url: '/{archive_format}{/ref}',
  assignees_url: '/assignees{/user}',
  blobs_url: '/git/blobs{/sha}',
  branches_url: '/branches{/branch}',
  collaborators_url: '/collaborators{/collaborator}',
  comments_url: '/comments{/number}',
  commits_url: '/commits{/sha}',
  compare_url: '/compare/{base}...{head}',
  contents_url: '/contents/{+path}',
  contributors_url: '/contributors',
  deployments_url: '/deployments',
  downloads_url: '/downloads',
  events_url: '/events',
  forks_url: '/forks',
  git_commits_url: '/git/commits{/sha}',
  git_refs_url: '/git/refs{/sha}',
  git_tags_url: '/git/tags{/sha}',
  hooks_url: '/hooks',
  issue_comment_url: '/issues/comments{/number}',
  issue_events_url: '/issues/events{/number}',
  issues_url: '/issues{/number}',
  keys_url: '/keys{/key_id}',
  labels_url: '/labels{/name}',
  languages_url: '/languages',
  merges_url: '/merges',
  milestones_url: '/milestones{/number}',
  notifications_url: '/notifications{?since,all,participating}',
  pulls_url: '/pulls{/number}',
  releases_url: '/releases{/id}',
  stargazers_url: '/stargazers',
  statuses_url: '/statuses/{sha}',
  subscribers_url: '/subscribers',
  subscription_url: '/subscription',
  tags_url: '/tags',
  teams_url: '/teams',
  trees_url: '/git/trees{/sha}',
};

export const repositoryUrl = (github: GitHub, repository: Repository): string =>
  `${github.apiUrl}/repos/${repository.fullName}`;

/** When something last happened in a repository. */
export const pushedAt = (github: GitHub, repository: Repository): string =>
  timestamp(github.store.activity(repository.fullName)[0]?.at ?? BEGINNING);

function permissionsOf(repository: Repository, account: Account | undefined) {
  const role = roleOf(repository, account);
  const push = role === 'write' || role === 'admin';
  return {
    admin: role === 'admin',
    maintain: role === 'admin',
    push,
    triage: push,
    pull: role !== 'none' || !repository.definition.private,
  };
}

/** GitHub's `repository`. `permissions` are the account's rights, not the token's. */
export function repositoryShape(github: GitHub, repository: Repository, account: Account | undefined) {
  const url = repositoryUrl(github, repository);
  const { definition, fullName } = repository;
  const host = github.webUrl.slice('https://'.length);
  const openPulls = github.store.pullRequests(fullName).filter(({ state }) => state === 'open').length;
  return {
    id: repository.id,
    node_id: nodeId('R', repository.id),
    name: definition.name,
    full_name: fullName,
    private: definition.private,
    owner: simpleUser(github, repository.owner),
    html_url: `${github.webUrl}/${fullName}`,
    description: definition.description === '' ? null : definition.description,
    fork: false,
    url,
    ...Object.fromEntries(Object.entries(API_LINKS).map(([name, path]) => [name, `${url}${path}`])),
    created_at: BEGINNING,
    updated_at: pushedAt(github, repository),
    pushed_at: pushedAt(github, repository),
    git_url: `git://${host}/${fullName}.git`,
    ssh_url: `git@${host}:${fullName}.git`,
    clone_url: `${github.webUrl}/${fullName}.git`,
    svn_url: `${github.webUrl}/${fullName}`,
    homepage: null,
    size: definition.empty ? 0 : 1,
    stargazers_count: 0,
    watchers_count: 0,
    language: null,
    has_issues: true,
    has_projects: true,
    has_downloads: true,
    has_wiki: true,
    has_pages: false,
    has_discussions: false,
    forks_count: 0,
    mirror_url: null,
    archived: definition.archived,
    disabled: false,
    open_issues_count: openPulls,
    license: null,
    allow_forking: true,
    is_template: false,
    web_commit_signoff_required: false,
    topics: [],
    visibility: definition.private ? 'private' : 'public',
    forks: 0,
    open_issues: openPulls,
    watchers: 0,
    default_branch: definition.defaultBranch,
    ...(account ? { permissions: permissionsOf(repository, account) } : {}),
  };
}

/** `git-ref`, the answer of the git database calls. */
export function refShape(github: GitHub, repository: Repository, ref: GitRef) {
  const url = repositoryUrl(github, repository);
  return {
    ref: ref.name,
    node_id: nodeId('REF', `${repository.id}:${ref.name}`),
    url: `${url}/git/${encodePath(ref.name)}`,
    object: { sha: ref.sha, type: ref.type, url: `${url}/git/${ref.type}s/${ref.sha}` },
  };
}

/** `activity`, an entry of "List repository activities". */
export function activityShape(github: GitHub, activity: Activity) {
  const actor = github.catalogue.account(activity.actor);
  return {
    id: activity.id,
    node_id: nodeId('PSH', activity.id),
    before: activity.before,
    after: activity.after,
    ref: activity.ref,
    timestamp: timestamp(activity.at),
    activity_type: activity.type,
    actor: actor ? simpleUser(github, actor) : null,
  };
}
