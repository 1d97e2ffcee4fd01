import type { Account, GitHub, Repository } from './context.ts';
import { roleOf } from './access.ts';
import type { PullRequestRecord } from './store.ts';

/** One entry of the `errors` list of a 422 answer. */
export type FieldError = { resource: string; code: string; field?: string; message?: string };

export type NewPullRequest = { title: string; head: string; base: string; body?: string | undefined; draft?: boolean };
export type PullRequestAnswer = { ok: true; pull: PullRequestRecord } | { ok: false; errors: FieldError[] };

/**
 * Brings a repository's open pull requests up to what git says now, and answers all of them, newest first: without its
 * head or base branch one is closed; when the base holds all of the head, it is merged; else it follows its branches.
 */
export const settlePullRequests = async (github: GitHub, repository: Repository): Promise<PullRequestRecord[]> => {
  const pulls = github.store.pullRequests(repository.fullName);
  if (!pulls.some(({ state }) => state === 'open')) return pulls;
  const shas = new Map((await repository.git.refs('refs/heads/')).map(({ name, sha }) => [name, sha]));
  const settled: PullRequestRecord[] = [];
  for (const pull of pulls) {
    const next = pull.state === 'open' ? await settle(github, repository, pull, shas) : pull;
    if (next !== pull) github.store.savePullRequest(next);
    settled.push(next);
  }
  return settled;
};

const settle = async (
  github: GitHub,
  repository: Repository,
  pull: PullRequestRecord,
  shas: ReadonlyMap<string, string>,
): Promise<PullRequestRecord> => {
  const now = github.now().toISOString();
  const headSha = shas.get(`refs/heads/${pull.head}`);
  const baseSha = shas.get(`refs/heads/${pull.base}`);
  if (baseSha !== undefined && baseSha !== pull.baseSha) {
    const head = headSha ?? pull.headSha;
    if (await repository.git.isAncestor(head, baseSha)) {
      return { ...pull, headSha: head, state: 'merged', closedAt: now, updatedAt: now };
    }
  }
  if (headSha === undefined || baseSha === undefined)
    return { ...pull, state: 'closed', closedAt: now, updatedAt: now };
  if (headSha === pull.headSha && baseSha === pull.baseSha) return pull;
  if (headSha !== pull.headSha) await repository.git.setRef(`refs/pull/${pull.number}/head`, headSha);
  return { ...pull, headSha, baseSha, updatedAt: now };
};

const custom = (message: string): FieldError => ({ resource: 'PullRequest', code: 'custom', message });
const invalid = (field: string): FieldError => ({ resource: 'PullRequest', field, code: 'invalid' });

/**
 * Opens a pull request as `POST pulls` does. `head` may be `owner:branch`; forks are not modelled, so another owner's
 * branch is an invalid head. Its commits stay reachable as `refs/pull/N/head`, as on GitHub.
 * Assumption: without the right to push, the answer is the message GitHub's pages show, "must be a collaborator".
 */
export const openPullRequest = async (
  github: GitHub,
  repository: Repository,
  author: Account,
  wanted: NewPullRequest,
): Promise<PullRequestAnswer> => {
  const no = (...errors: FieldError[]): PullRequestAnswer => ({ ok: false, errors });
  const colon = wanted.head.indexOf(':');
  const [owner, branch] =
    colon === -1 ? [repository.owner.login, wanted.head] : [wanted.head.slice(0, colon), wanted.head.slice(colon + 1)];
  const isOurs = owner.toLowerCase() === repository.owner.login.toLowerCase();
  const head = isOurs ? await repository.git.ref(`refs/heads/${branch}`) : undefined;
  const base = await repository.git.ref(`refs/heads/${wanted.base}`);
  if (base === undefined || head === undefined) {
    return no(...(head === undefined ? [invalid('head')] : []), ...(base === undefined ? [invalid('base')] : []));
  }
  const role = roleOf(repository, author);
  if (role !== 'write' && role !== 'admin') return no(custom('must be a collaborator'));
  await settlePullRequests(github, repository);
  const exists = custom(`A pull request already exists for ${repository.owner.login}:${branch}.`);
  const twin = github.store
    .pullRequests(repository.fullName)
    .find((pull) => pull.state === 'open' && pull.head === branch && pull.base === wanted.base);
  if (twin) return no(exists);
  if ((await repository.git.countCommits(base.sha, head.sha)) === 0) {
    return no(custom(`No commits between ${wanted.base} and ${wanted.head}`));
  }
  const now = github.now().toISOString();
  const pull = github.store.addPullRequest({
    repository: repository.fullName,
    title: wanted.title,
    body: wanted.body,
    author: author.login,
    head: branch,
    base: wanted.base,
    headSha: head.sha,
    baseSha: base.sha,
    draft: wanted.draft ?? false,
    state: 'open',
    reviewers: [],
    createdAt: now,
    updatedAt: now,
    closedAt: undefined,
  });
  if (pull === undefined) return no(exists);
  await repository.git.setRef(`refs/pull/${pull.number}/head`, head.sha);
  return { ok: true, pull };
};
