import type { CheckedPayloadOf } from '../contract/answers';
import type { PageError } from '../contract/errors';
import type { BranchCreated, Card } from '../contract/views';
import { chooseActor } from '../domain/attribution';
import { branchNameProblem } from '../domain/branch-name';
import type { ProviderError } from '../domain/errors';
import { fail, ok, type Result } from '../domain/result';
import { linksOf } from '../providers/links';
import type { Start } from '../providers/provider';
import { rememberRepository } from '../store/work';
import { act } from './act';
import type { Connected } from './connect';
import { questionOf, type OpenIntegration, type Person } from './open';
import { followingRename } from './renamed';
import { namesOf, refuse } from './page-error';
import { reportOf } from './report-development';
import { cardView } from './views';

export type CreateBranch = CheckedPayloadOf<'issue', 'create-branch'>;

/** The greatest age of a commit on the page that still counts as the head of its branch: a new request would hardly find another. */
const FRESH_MS = 30_000;

/** Creates a branch at the head of another, or for the person's own token at a tag or a commit, and remembers it for the issue. */
export function createBranch(person: Person, request: CreateBranch): Promise<Result<BranchCreated, PageError>> {
  return followingRename(person, request, createBranchOnce);
}

async function createBranchOnce(person: Person, request: CreateBranch): Promise<Result<BranchCreated, PageError>> {
  const { repository, sourceBranch, integrationId } = request;
  const source = sourceBranch ?? request.sourceTag ?? request.sourceId ?? '';
  const name = request.name.trim();
  const seen = request.sourceCommit;
  const commit = seen !== undefined && seen.ageMs <= FRESH_MS ? seen.commit : undefined;
  const acted = await act(person, {
    ...request,
    action: 'create-branch',
    switchedBy: 'branchActions',
    names: { branch: name, source },
    from: source,
    check: async (opened) => {
      const { service } = opened;
      const problem = sourceBranch === undefined ? startProblem(request, opened) : undefined;
      if (problem !== undefined) return problem;
      const reason = branchNameProblem(name, { bytes: service.edition.capabilities.branchNameBytes });
      return reason === undefined ? undefined : refuse('BRANCH_NAME_INVALID', { branch: name, reason }).error;
    },
    run: async (connected, head): Promise<Result<Card, ProviderError>> => {
      const { provider, connection, login, actor } = connected;
      const from: Result<Start, ProviderError> =
        sourceBranch === undefined
          ? await startOf(request, connected)
          : ok({ source: sourceBranch, commit: head ?? commit });
      if (!from.ok) return from;
      const created = await provider.createBranch(connection, { repository, name, ...from.value });
      if (!created.ok) return from.value.source === undefined ? fail(withoutBranch(created.error)) : created;
      const url = linksOf(connection.service).branch(connection.service, repository, name);
      const updatedAt = new Date().toISOString();
      const card: Card = {
        ...{ kind: 'branch', integrationId, repository, url, title: name, branch: name },
        ...{ author: login, actor, updatedAt },
        ...(created.value.commit === undefined ? {} : { commit: created.value.commit }),
      };
      return ok(card);
    },
    commitOf: ({ commit: at }) => at,
    leaves: ({ done: card, opened, connected: { actor } }) => ({
      card: { kind: 'work', issueId: opened.issue.id, card },
      report: reportOf(opened, {
        branches: [{ repository, name, isNew: true, ...(actor === 'person' && { by: person.accountId }) }],
      }),
    }),
    besides: ({ opened: { issue }, recent }) => [
      rememberRepository(issue.projectKey, recent, { integrationId, repository }),
    ],
  });
  if (!acted.ok) return acted;
  const { done: card, opened } = acted.value;
  return ok({ card: cardView(opened.service, card) });
}

/**
 * Why it cannot start where no branch is. The integration account starts at heads of branches alone: a tag or a commit may hold what the
 * person may not see.
 */
function startProblem({ sourceTag, repository, actAs }: CreateBranch, opened: OpenIntegration): PageError | undefined {
  const { startsAt } = opened.service.edition.capabilities;
  if (startsAt === undefined || (sourceTag !== undefined && !startsAt.tag))
    return refuse('INVALID_INPUT', { field: sourceTag === undefined ? 'sourceId' : 'sourceTag' }).error;
  const names = { ...namesOf(opened.integration, opened.service), repository };
  return chooseActor(questionOf(opened), actAs) === 'integration' ? refuse('OWN_TOKEN_NEEDED', names).error : undefined;
}

/** What a whole id of git's has; a service is asked what a shorter one begins. */
const WHOLE = /^([0-9a-f]{40}|[0-9a-f]{64})$/;

/** The commit of a tag or of an id. A whole id is sent unchanged, and the service refuses an unknown one. */
async function startOf(
  { repository, sourceTag, sourceId = '' }: CreateBranch,
  { provider, connection }: Connected,
): Promise<Result<Start, ProviderError>> {
  if (sourceTag === undefined && WHOLE.test(sourceId)) return ok({ commit: sourceId });
  const at = sourceTag === undefined ? { idBegins: sourceId } : { tag: sourceTag };
  const read = await provider.readCommit?.(connection, { repository, ...at });
  if (read === undefined) return fail({ code: 'SOURCE_MISSING' });
  return read.ok ? ok({ commit: read.value }) : read;
}

/** What a service says of a missing source, where it was no branch. */
function withoutBranch(error: ProviderError): ProviderError {
  const { code, ...more } = error;
  return code === 'SOURCE_BRANCH_MISSING' ? { code: 'SOURCE_MISSING', ...more } : error;
}
