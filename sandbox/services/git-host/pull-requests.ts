import { branchName, branchesOf } from './branches.ts';
import type { Host, Repository } from './branches.ts';
import type { PullRequest } from './store.ts';

/**
 * Brings a repository's open pull requests up to date with git, and returns all of them, newest first. When the target
 * holds all of the source, one is merged; without a branch it is closed, where that is the service's way; else it follows its branches.
 */
export async function settlePullRequests(host: Host, repository: Repository): Promise<PullRequest[]> {
  const pulls = host.store.pullRequests(repository.fullName);
  if (!pulls.some(({ state }) => state === 'open')) return pulls;
  const shas = new Map((await branchesOf(repository)).map(({ name, sha }) => [branchName(name), sha]));
  const settled: PullRequest[] = [];
  for (const pull of pulls) {
    const next = pull.state === 'open' ? await settle(host, repository, pull, shas) : pull;
    if (next !== pull) host.store.savePullRequest(next);
    settled.push(next);
  }
  return settled;
}

async function settle(
  host: Host,
  repository: Repository,
  pull: PullRequest,
  shas: ReadonlyMap<string, string>,
): Promise<PullRequest> {
  const now = host.now().toISOString();
  const [source, target] = [shas.get(pull.source), shas.get(pull.target)];
  const sourceSha = source ?? pull.sourceSha;
  const targetSha = target ?? pull.targetSha;
  if (targetSha !== pull.targetSha && (await repository.git.isAncestor(sourceSha, targetSha)))
    return { ...pull, sourceSha, state: 'merged', closedAt: now, updatedAt: now };
  if ((source === undefined || target === undefined) && host.pulls.endWithBranch)
    return { ...pull, state: 'closed', closedAt: now, updatedAt: now };
  if (sourceSha === pull.sourceSha && targetSha === pull.targetSha) return pull;
  if (sourceSha !== pull.sourceSha) await keepReachable(host, repository, { ...pull, sourceSha });
  return { ...pull, sourceSha, targetSha, updatedAt: now };
}

/** The open pull request between two branches, if any. Read without waiting: so the second of two requests at once sees the first. */
export const openBetween = (
  host: Host,
  { fullName }: Repository,
  source: string,
  target: string,
): PullRequest | undefined =>
  host.store
    .pullRequests(fullName)
    .find((pull) => pull.state === 'open' && pull.source === source && pull.target === target);

/** The values of a new pull request that nobody chooses. */
export function newPullRequest(host: Pick<Host, 'now'>, { fullName }: Repository, author: { login: string }) {
  const now = host.now().toISOString();
  return {
    repository: fullName,
    author: author.login,
    state: 'open',
    createdAt: now,
    updatedAt: now,
    closedAt: undefined,
  } as const;
}

/** Points the service's own ref at the commits of a pull request, if the service has such refs. */
export async function keepReachable(host: Host, { git }: Repository, pull: PullRequest): Promise<void> {
  const { refs } = host.pulls;
  if (refs !== undefined) await git.setRef(`${refs}/${pull.number}/head`, pull.sourceSha);
}
