import type { Account, AzureDevOps, Repository } from './context.ts';
import type { PullRequestRecord } from './store.ts';

/** Brings a repository's active pull requests up to what git says now, and answers all of them, newest first. */
export const settlePullRequests = async (
  service: AzureDevOps,
  repository: Repository,
): Promise<PullRequestRecord[]> => {
  const pulls = service.store.pullRequests(repository.fullName);
  if (!pulls.some(({ status }) => status === 'active')) return pulls;
  const shas = new Map((await repository.git.refs('refs/heads/')).map(({ name, sha }) => [name, sha]));
  const settled: PullRequestRecord[] = [];
  for (const pull of pulls) {
    const next = pull.status === 'active' ? await settle(service, repository, pull, shas) : pull;
    if (next !== pull) service.store.savePullRequest(next);
    settled.push(next);
  }
  return settled;
};

const settle = async (
  service: AzureDevOps,
  repository: Repository,
  pull: PullRequestRecord,
  shas: ReadonlyMap<string, string>,
): Promise<PullRequestRecord> => {
  const source = shas.get(`refs/heads/${pull.source}`);
  const target = shas.get(`refs/heads/${pull.target}`);
  const closedAt = service.now().toISOString();
  if (target !== undefined && target !== pull.targetCommit) {
    const merged = await repository.git.isAncestor(source ?? pull.sourceCommit, target);
    if (merged) return { ...pull, status: 'completed', closedAt };
  }
  if (source === undefined || target === undefined) return { ...pull, status: 'abandoned', closedAt };
  if (source === pull.sourceCommit && target === pull.targetCommit) return pull;
  return { ...pull, sourceCommit: source, targetCommit: target };
};

export type NewPullRequest = { source: string; target: string; title: string; description: string; draft: boolean };

/** Opens a pull request as `POST pullrequests` does; one without commits is taken too. */
export const openPullRequest = async (
  service: AzureDevOps,
  repository: Repository,
  author: Account,
  wanted: NewPullRequest,
): Promise<PullRequestRecord | 'ref-missing' | 'exists'> => {
  const source = await repository.git.ref(`refs/heads/${wanted.source}`);
  const target = await repository.git.ref(`refs/heads/${wanted.target}`);
  if (source === undefined || target === undefined) return 'ref-missing';
  await settlePullRequests(service, repository);
  return (
    service.store.addPullRequest({
      ...wanted,
      repository: repository.fullName,
      author: author.login,
      sourceCommit: source.sha,
      targetCommit: target.sha,
      status: 'active',
      createdAt: service.now().toISOString(),
      closedAt: undefined,
    }) ?? 'exists'
  );
};
