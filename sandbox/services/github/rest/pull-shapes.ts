import { roleOf } from '../access.ts';
import type { Account, GitHub, Repository } from '../context.ts';
import { peopleOf } from '../../git-host/branches.ts';
import type { PullRequest } from '../../git-host/store.ts';
import { nodeId, repositoryShape, repositoryUrl, simpleUser, timestamp } from './shapes.ts';

/** `label`; its colour is not modelled. */
export const labelShape = (github: GitHub, repository: Repository, name: string) => ({
  id: 9_000_000 + Math.max(0, repository.definition.labels.indexOf(name)),
  node_id: nodeId('LA', `${repository.id}:${name}`),
  url: `${repositoryUrl(github, repository)}/labels/${encodeURIComponent(name)}`,
  name,
  description: null,
  color: '0366d6',
  default: false,
});

/** `pull-request-simple`, as lists carry it. */
export function pullShape(github: GitHub, repository: Repository, pull: PullRequest, viewer?: Account) {
  const url = `${repositoryUrl(github, repository)}/pulls/${pull.number}`;
  const issue = `${repositoryUrl(github, repository)}/issues/${pull.number}`;
  const page = `${github.webUrl}/${repository.fullName}/pull/${pull.number}`;
  const repo = repositoryShape(github, repository, viewer);
  const side = (ref: string, sha: string) => ({
    label: `${repository.owner.login}:${ref}`,
    ref,
    sha,
    user: simpleUser(github, repository.owner),
    repo,
  });
  const author = github.catalogue.account(pull.author);
  const links = {
    self: url,
    html: page,
    issue,
    comments: `${issue}/comments`,
    review_comments: `${url}/comments`,
    review_comment: `${repositoryUrl(github, repository)}/pulls/comments{/number}`,
    commits: `${url}/commits`,
    statuses: `${repositoryUrl(github, repository)}/statuses/${pull.sourceSha}`,
  };
  const users = (logins?: readonly string[]) => peopleOf(github, logins).map((account) => simpleUser(github, account));
  const assignees = users(pull.assignees);
  const closedAt = pull.closedAt === undefined ? null : timestamp(pull.closedAt);
  return {
    url,
    id: 2_000_000 + pull.id,
    node_id: nodeId('PR', pull.id),
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    issue_url: issue,
    number: pull.number,
    state: pull.state === 'open' ? 'open' : 'closed',
    locked: false,
    title: pull.title,
    user: author ? simpleUser(github, author) : null,
    body: pull.body ?? null,
    created_at: timestamp(pull.createdAt),
    updated_at: timestamp(pull.updatedAt),
    closed_at: closedAt,
    merged_at: pull.state === 'merged' ? closedAt : null,
    merge_commit_sha: pull.state === 'merged' ? pull.sourceSha : null,
    assignee: assignees[0] ?? null,
    assignees,
    requested_reviewers: users(pull.reviewers),
    requested_teams: [],
    labels: (pull.labels ?? []).map((name) => labelShape(github, repository, name)),
    milestone: null,
    draft: pull.draft,
    commits_url: links.commits,
    review_comments_url: links.review_comments,
    review_comment_url: links.review_comment,
    comments_url: links.comments,
    statuses_url: links.statuses,
    head: side(pull.source, pull.sourceSha),
    base: side(pull.target, pull.targetSha),
    _links: Object.fromEntries(Object.entries(links).map(([name, href]) => [name, { href }])),
    author_association: authorAssociation(repository, author),
    auto_merge: null,
    active_lock_reason: null,
  };
}

function authorAssociation(repository: Repository, author: Account | undefined): string {
  if (author === undefined) return 'NONE';
  if (repository.owner.login === author.login) return 'OWNER';
  if (repository.owner.type === 'Organization' && repository.owner.members.includes(author.login)) return 'MEMBER';
  return roleOf(repository, author) === 'none' ? 'NONE' : 'COLLABORATOR';
}

/** `pull-request`, the whole of one. */
export async function fullPullShape(github: GitHub, repository: Repository, pull: PullRequest, viewer?: Account) {
  const changes = await repository.git.changes(pull.targetSha, pull.sourceSha);
  return {
    ...pullShape(github, repository, pull, viewer),
    merged: pull.state === 'merged',
    mergeable: null,
    rebaseable: null,
    mergeable_state: 'unknown',
    merged_by: null,
    comments: 0,
    review_comments: 0,
    maintainer_can_modify: false,
    commits: await repository.git.countCommits(pull.targetSha, pull.sourceSha),
    additions: changes.additions,
    deletions: changes.deletions,
    changed_files: changes.files,
  };
}
