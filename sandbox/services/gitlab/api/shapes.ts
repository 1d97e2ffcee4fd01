import { accessLevel } from '../context.ts';
import type { Account, GitLab, Project } from '../context.ts';
import { branchName, peopleOf } from '../../git-host/branches.ts';
import { encodePath } from '../../git-host/router.ts';
import type { Activity, PullRequest } from '../../git-host/store.ts';
import { canPush, isProtected } from '../branches.ts';
import type { GitRef } from '../../git/bare-repository.ts';
import { git } from '../../git/run-git.ts';
import { ACTIONS } from '../store.ts';

const FOUNDED = '2026-01-05T09:00:00.000Z';

const userBasic = (gitlab: GitLab, account: Account) => ({
  id: account.id,
  username: account.login,
  name: account.name,
  state: account.state === 'active' ? 'active' : 'blocked',
  locked: false,
  avatar_url: null,
  web_url: `${gitlab.webUrl}/${account.login}`,
});

/** `GET /user`, with the members of older schemas. */
export const userSelf = (gitlab: GitLab, account: Account) => ({
  ...userBasic(gitlab, account),
  avatar_url: `${gitlab.webUrl}/uploads/-/system/user/avatar/${account.id}/avatar.png`,
  created_at: FOUNDED,
  bio: '',
  location: null,
  public_email: null,
  skype: '',
  linkedin: '',
  twitter: '',
  website_url: '',
  organization: '',
  bot: account.bot,
  last_sign_in_at: FOUNDED,
  confirmed_at: FOUNDED,
  email: account.email,
  color_scheme_id: 1,
  projects_limit: 100_000,
  current_sign_in_at: FOUNDED,
  identities: [],
  can_create_group: true,
  can_create_project: true,
  two_factor_enabled: true,
  external: false,
  commit_email: account.email,
});

const lastPart = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

export const projectName = (project: Project): string => project.definition.name ?? lastPart(project.fullName);

export const nameWithNamespace = (project: Project): string =>
  [...project.namespace.path.split('/'), projectName(project)].join(' / ');

/** When something last happened in a project. */
export const lastActivity = (gitlab: GitLab, project: Project): string =>
  gitlab.store.activity(project.fullName)[0]?.at ?? FOUNDED;

export async function projectSimple(gitlab: GitLab, project: Project) {
  const url = `${gitlab.webUrl}/${project.fullName}`;
  const empty = await project.git.isEmpty();
  return {
    id: project.id,
    description: project.definition.description,
    name: projectName(project),
    name_with_namespace: nameWithNamespace(project),
    path: lastPart(project.fullName),
    path_with_namespace: project.fullName,
    created_at: FOUNDED,
    default_branch: empty ? null : project.definition.defaultBranch,
    tag_list: [],
    topics: [],
    ssh_url_to_repo: `git@${new URL(gitlab.webUrl).host}:${project.fullName}.git`,
    http_url_to_repo: `${url}.git`,
    web_url: url,
    readme_url: empty ? null : `${url}/-/blob/${project.definition.defaultBranch}/README.md`,
    forks_count: 0,
    avatar_url: null,
    star_count: 0,
    last_activity_at: lastActivity(gitlab, project),
    namespace: {
      id: project.namespace.id,
      name: lastPart(project.namespace.path),
      path: lastPart(project.namespace.path),
      kind: project.namespace.kind,
      full_path: project.namespace.path,
      parent_id: null,
    },
  };
}

export async function projectFull(gitlab: GitLab, project: Project, account: Account | undefined) {
  const level = accessLevel(gitlab, project, account);
  return {
    ...(await projectSimple(gitlab, project)),
    visibility: project.definition.private ? 'private' : 'public',
    archived: project.definition.archived,
    empty_repo: await project.git.isEmpty(),
    ...(gitlab.premium && { merge_requests_template: project.definition.mergeRequestsTemplate ?? null }),
    permissions: {
      project_access: level === 0 ? null : { access_level: level, notification_level: 3 },
      group_access: null,
    },
  };
}

/** Somebody with a role in a project, as `members/all` lists them. */
export const memberShape = (gitlab: GitLab, project: Project, account: Account) => ({
  ...userBasic(gitlab, account),
  access_level: accessLevel(gitlab, project, account),
  created_at: FOUNDED,
  expires_at: null,
  membership_state: 'active',
});

type Commit = Record<string, unknown>;

/** Commits as GitLab's `commit/basic` shows them, by id; one run of git for any number. */
export async function commitsOf(
  gitlab: GitLab,
  project: Project,
  shas: readonly string[],
): Promise<Map<string, Commit>> {
  const commits = new Map<string, Commit>();
  if (shas.length === 0) return commits;
  const format = '--format=%H%x1f%P%x1f%an%x1f%ae%x1f%aI%x1f%cn%x1f%ce%x1f%cI%x1f%s%x1f%B%x1e';
  const out = await git(['log', '--no-walk', format, ...new Set(shas), '--'], { cwd: project.git.path });
  for (const entry of out.split('\x1e')) {
    const [id = '', parents = '', name, email, authored, committer, committerEmail, committed, title, message] = entry
      .replace(/^\n/, '')
      .split('\x1f');
    if (id === '') continue;
    commits.set(id, {
      id,
      short_id: id.slice(0, 8),
      created_at: committed,
      parent_ids: parents === '' ? [] : parents.split(' '),
      title,
      message,
      author_name: name,
      author_email: email,
      authored_date: authored,
      committer_name: committer,
      committer_email: committerEmail,
      committed_date: committed,
      web_url: `${gitlab.webUrl}/${project.fullName}/-/commit/${id}`,
    });
  }
  return commits;
}

export async function branchShapes(
  gitlab: GitLab,
  project: Project,
  refs: readonly GitRef[],
  account: Account | undefined,
) {
  const commits = await commitsOf(
    gitlab,
    project,
    refs.map(({ sha }) => sha),
  );
  return refs.map((ref) => {
    const name = branchName(ref.name);
    const itIs = isProtected(project, name);
    return {
      name,
      commit: commits.get(ref.sha),
      merged: false,
      protected: itIs,
      developers_can_push: false,
      developers_can_merge: false,
      can_push: canPush(gitlab, project, account, name),
      default: name === project.definition.defaultBranch,
      web_url: `${gitlab.webUrl}/${project.fullName}/-/tree/${encodePath(name)}`,
    };
  });
}

export function mergeRequestShape(gitlab: GitLab, project: Project, request: PullRequest) {
  const author = gitlab.catalogue.account(request.author);
  const { draft } = request;
  const users = (logins?: readonly string[]) => peopleOf(gitlab, logins).map((account) => userBasic(gitlab, account));
  const assignees = users(request.assignees);
  return {
    id: 70_000 + request.id,
    iid: request.number,
    project_id: project.id,
    title: request.title,
    description: request.body ?? null,
    state: request.state === 'open' ? 'opened' : request.state,
    created_at: request.createdAt,
    updated_at: request.updatedAt,
    merged_by: null,
    merge_user: null,
    merged_at: (request.state === 'merged' && request.closedAt) || null,
    closed_by: null,
    closed_at: null,
    target_branch: request.target,
    source_branch: request.source,
    user_notes_count: 0,
    upvotes: 0,
    downvotes: 0,
    author: author ? userBasic(gitlab, author) : null,
    assignees,
    assignee: assignees[0] ?? null,
    reviewers: users(request.reviewers),
    source_project_id: project.id,
    target_project_id: project.id,
    labels: request.labels ?? [],
    draft,
    work_in_progress: draft,
    milestone: null,
    merge_when_pipeline_succeeds: false,
    merge_status: 'checking',
    sha: request.sourceSha,
    merge_commit_sha: null,
    discussion_locked: null,
    should_remove_source_branch: null,
    force_remove_source_branch: request.removeSource,
    reference: `!${request.number}`,
    // Since 12.8.
    ...(gitlab.version !== '12.7' && {
      references: {
        short: `!${request.number}`,
        relative: `!${request.number}`,
        full: `${project.fullName}!${request.number}`,
      },
    }),
    web_url: `${gitlab.webUrl}/${project.fullName}/-/merge_requests/${request.number}`,
    time_stats: { time_estimate: 0, total_time_spent: 0, human_time_estimate: null, human_total_time_spent: null },
    squash: false,
  };
}

export const eventShape = (project: Project, event: Activity) => ({
  id: event.id,
  project_id: project.id,
  action_name: ACTIONS[event.type],
  author_username: event.actor,
  created_at: event.at,
  ...(event.type === 'opened'
    ? { target_type: 'MergeRequest', target_title: event.ref }
    : { push_data: { ref_type: 'branch', ref: branchName(event.ref) } }),
});
