import type { PageError } from '../contract/errors';
import type { BranchCreated, Card } from '../contract/views';
import type { ActorChoice } from '../domain/attribution';
import { branchNameProblem } from '../domain/branch-name';
import type { ProviderError } from '../domain/errors';
import { ok, type Result } from '../domain/result';
import { linksOf } from '../providers/links';
import { keepNote } from '../store/notes';
import { rememberRepository } from '../store/work';
import { act } from './act';
import type { Person } from './open';
import { followingRename } from './renamed';
import { refuse } from './page-error';
import { reportDone } from './tell-development';
import { cardView } from './views';

export type CreateBranch = {
  issueKey: string;
  integrationId: string;
  repository: string;
  sourceBranch: string;
  sourceCommit?: { commit: string; ageMs: number } | undefined;
  name: string;
  actAs?: ActorChoice | undefined;
};

/** How old the commit a page shows may be to stand for the head of its branch: a service asked again would hardly say otherwise. */
const FRESH_MS = 30_000;

/** Creates a branch at the head of another, and remembers it for the issue. */
export function createBranch(person: Person, request: CreateBranch): Promise<Result<BranchCreated, PageError>> {
  return followingRename(person, request, createBranchOnce);
}

async function createBranchOnce(person: Person, request: CreateBranch): Promise<Result<BranchCreated, PageError>> {
  const { repository, sourceBranch, integrationId } = request;
  const name = request.name.trim();
  const seen = request.sourceCommit;
  const commit = seen !== undefined && seen.ageMs <= FRESH_MS ? seen.commit : undefined;
  const acted = await act(person, {
    ...request,
    action: 'create-branch',
    switchedBy: 'branchActions',
    names: { branch: name, source: sourceBranch },
    from: sourceBranch,
    check: async ({ service }) => {
      const reason = branchNameProblem(name, { bytes: service.edition.capabilities.branchNameBytes });
      return reason === undefined ? undefined : refuse('BRANCH_NAME_INVALID', { branch: name, reason }).error;
    },
    run: async ({ provider, connection, login, actor }, head): Promise<Result<Card, ProviderError>> => {
      const from = { source: sourceBranch, commit: head ?? commit };
      const created = await provider.createBranch(connection, { repository, name, ...from });
      if (!created.ok) return created;
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
    remember: ({ done: card, opened, opened: { issue }, connected: { actor }, recent }) => [
      reportDone(opened, {
        branches: [{ repository, name, isNew: true, ...(actor === 'person' && { by: person.accountId }) }],
      }),
      keepNote({ kind: 'work', issueId: issue.id, card }),
      rememberRepository(issue.projectKey, recent, { integrationId, repository }),
    ],
  });
  if (!acted.ok) return acted;
  const { done: card, opened } = acted.value;
  return ok({ card: cardView(opened.service, card) });
}
