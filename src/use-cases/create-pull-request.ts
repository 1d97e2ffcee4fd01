import type { PageError } from '../contract/errors';
import type { Card, PullRequestCreated } from '../contract/views';
import type { ActorChoice } from '../domain/attribution';
import type { ProviderError } from '../domain/errors';
import { ok, type Result } from '../domain/result';
import { addWork, rememberRepository } from '../store/work';
import { act } from './act';
import type { Person } from './open';
import { refuse } from './page-error';

export type CreatePullRequest = {
  issueKey: string;
  integrationId: string;
  repository: string;
  sourceBranch: string;
  targetBranch: string;
  title: string;
  description: string;
  draft: boolean;
  actAs?: ActorChoice | undefined;
};

/** Opens a pull request whose description leads back to the issue, and remembers it for the issue. */
export async function createPullRequest(
  person: Person,
  request: CreatePullRequest,
): Promise<Result<PullRequestCreated, PageError>> {
  const { integrationId, repository, sourceBranch: source, targetBranch: target, title, draft } = request;
  const names = { branch: source, source, target };
  const acted = await act(person, {
    ...request,
    action: 'create-pull-request',
    switchedBy: 'pullRequestActions',
    names,
    check: async () => (source === target ? refuse('SAME_BRANCH', names).error : undefined),
    run: async ({ provider, connection, login, actor }): Promise<Result<Card, ProviderError>> => {
      const description = withLink(request.description, request.issueKey, person.siteOrigin);
      const opened = await provider.createPullRequest(connection, {
        repository,
        source,
        target,
        title,
        description,
        draft,
      });
      if (!opened.ok) return opened;
      const { source: branch, ...pull } = opened.value;
      return ok({ ...pull, kind: 'pull-request', integrationId, branch, author: login, actor });
    },
    remember: ({ done: card, opened: { issue }, recent }) => [
      addWork(issue.id, card),
      rememberRepository(issue.projectKey, recent, { integrationId, repository }),
    ],
  });
  return acted.ok ? ok({ card: acted.value.done }) : acted;
}

/** A key and an origin hold nothing that Markdown would read (`contract/calls.ts`, `resolvers/surface.ts`). */
function withLink(description: string, issueKey: string, siteOrigin: string | undefined): string {
  const issue = siteOrigin === undefined ? issueKey : `[${issueKey}](${siteOrigin}/browse/${issueKey})`;
  const line = `${issue} · created with Undersigned for Jira`;
  return description.trim() === '' ? line : `${description.trim()}\n\n---\n${line}`;
}
