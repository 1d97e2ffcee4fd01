import { branchOf } from '../git-host/branches.ts';
import { keepReachable, newPullRequest, openBetween, settlePullRequests } from '../git-host/pull-requests.ts';
import type { PullRequest } from '../git-host/store.ts';
import { roleOf } from './access.ts';
import type { Account, GitHub, Repository } from './context.ts';

/** One entry of the `errors` list of a 422 answer. */
export type FieldError = { resource: string; code: string; field?: string; message?: string };

export type NewPullRequest = { title: string; head: string; base: string; body: string | undefined; draft: boolean };
export type PullRequestAnswer = { ok: true; pull: PullRequest } | { ok: false; errors: FieldError[] };

const custom = (message: string): FieldError => ({ resource: 'PullRequest', code: 'custom', message });
const invalid = (field: string): FieldError => ({ resource: 'PullRequest', field, code: 'invalid' });

/**
 * Opens a pull request as `POST pulls` does. `head` may be `owner:branch`; forks are not modelled, so another owner's
 * branch is an invalid head. Its commits stay reachable as `refs/pull/N/head`, as on GitHub.
 * Assumption: without the right to push, the answer is the message GitHub's pages show, "must be a collaborator".
 */
export async function openPullRequest(
  github: GitHub,
  repository: Repository,
  author: Account,
  { head: wantedHead, base: target, title, body, draft }: NewPullRequest,
): Promise<PullRequestAnswer> {
  const no = (...errors: FieldError[]): PullRequestAnswer => ({ ok: false, errors });
  const { login } = repository.owner;
  const [, owner = login, source = ''] = /^(?:([^:]*):)?(.*)$/s.exec(wantedHead) ?? [];
  const isOurs = owner.toLowerCase() === login.toLowerCase();
  const head = isOurs ? await branchOf(repository, source) : undefined;
  const base = await branchOf(repository, target);
  if (base === undefined || head === undefined) {
    return no(...(head === undefined ? [invalid('head')] : []), ...(base === undefined ? [invalid('base')] : []));
  }
  const role = roleOf(repository, author);
  if (role !== 'write' && role !== 'admin') return no(custom('must be a collaborator'));
  await settlePullRequests(github, repository);
  const exists = custom(`A pull request already exists for ${login}:${source}.`);
  if (openBetween(github, repository, source, target)) return no(exists);
  if ((await repository.git.countCommits(base.sha, head.sha)) === 0) {
    return no(custom(`No commits between ${target} and ${wantedHead}`));
  }
  if (openBetween(github, repository, source, target)) return no(exists);
  const pull = github.store.addPullRequest({
    ...newPullRequest(github, repository, author),
    ...{ title, body, draft, source, target, reviewers: [] },
    ...{ sourceSha: head.sha, targetSha: base.sha },
  });
  await keepReachable(github, repository, pull);
  return { ok: true, pull };
}
