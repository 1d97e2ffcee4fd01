import type { PageError } from '../contract/errors';
import type { Card, PullRequestCreated } from '../contract/views';
import type { ActorChoice } from '../domain/attribution';
import { ok, type Result } from '../domain/result';
import { addWork, rememberRepository } from '../store/work';
import type { PullRequest } from '../providers/provider';
import { act } from './act';
import { explain, type Connected } from './connect';
import type { OpenIntegration, Person } from './open';
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
  reviewers: readonly string[];
  actAs?: ActorChoice | undefined;
};

/** Opens a pull request whose description leads back to the issue, and remembers it for the issue. */
export async function createPullRequest(
  person: Person,
  request: CreatePullRequest,
): Promise<Result<PullRequestCreated, PageError>> {
  const { integrationId, repository, sourceBranch: source, targetBranch: target, title, draft } = request;
  const names = { branch: source, source, target };
  const { reviewers } = request;
  const acted = await act(person, {
    ...request,
    switchedBy: 'pullRequestActions',
    names,
    check: async () => (source === target ? refuse('SAME_BRANCH', names).error : undefined),
    run: ({ provider, connection }) => {
      const description = withLink(request.description, request.issueKey, person.siteOrigin);
      return provider.createPullRequest(connection, { repository, source, target, title, description, draft });
    },
  });
  if (!acted.ok) return acted;
  const { done, opened, connected } = acted.value;
  const { source: branch, ...pull } = done;
  const card: Card = {
    ...pull,
    kind: 'pull-request',
    integrationId,
    branch,
    author: connected.login,
    actor: connected.actor,
  };
  const [unasked] = await Promise.all([
    askReviewers(person, acted.value, reviewers),
    addWork(opened.issue.id, card),
    rememberRepository(opened.issue.projectKey, integrationId, repository),
  ]);
  return ok({ card, ...(unasked && { unasked }) });
}

/** As the one who made the request. It is made already, so what goes wrong here is told beside it and takes nothing back. */
async function askReviewers(
  person: Person,
  { done, opened, connected }: { done: PullRequest; opened: OpenIntegration; connected: Connected },
  reviewers: readonly string[],
): Promise<PullRequestCreated['unasked']> {
  const { provider, connection } = connected;
  if (reviewers.length === 0 || provider.requestReviewers === undefined) return undefined;
  const { repository, number } = done;
  const asked = await provider.requestReviewers(connection, { repository, number, reviewers });
  if (asked.ok) return undefined;
  return { reviewers, error: await explain(asked.error, opened, connected, person, { repository }) };
}

/** A key and an origin hold nothing that Markdown would read (`contract/calls.ts`, `resolvers/surface.ts`). */
function withLink(description: string, issueKey: string, siteOrigin: string | undefined): string {
  const issue = siteOrigin === undefined ? issueKey : `[${issueKey}](${siteOrigin}/browse/${issueKey})`;
  const line = `${issue} · created with Undersigned for Jira`;
  return description.trim() === '' ? line : `${description.trim()}\n\n---\n${line}`;
}
