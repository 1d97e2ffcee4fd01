import type { CheckedPayloadOf } from '../contract/answers';
import type { PageError } from '../contract/errors';
import type { Card, PullRequestCreated } from '../contract/views';
import { cutTo, LONGEST_TITLE } from '../domain/cut-text';
import { factsOf } from '../domain/editions';
import type { ProviderError } from '../domain/errors';
import { isRepositoryOf } from '../domain/integration';
import { linkTo, tooLong, withLink, withoutCommands } from '../domain/request-text';
import { ok, type Result } from '../domain/result';
import type { Extras, PullRequest, Unasked, Undone } from '../providers/provider';
import { rememberRepository } from '../store/work';
import { act, type Acted } from './act';
import { explain, type Connected } from './connect';
import type { OpenIntegration, Person } from './open';
import { followingRename } from './renamed';
import { namesOf, refuse, serviceError } from './page-error';
import { reportedPull, reportOf } from './report-development';
import { cardView } from './views';

export type CreatePullRequest = CheckedPayloadOf<'issue', 'create-pull-request'>;

/** Opens a pull request whose description leads back to the issue, and remembers it for the issue. */
export function createPullRequest(
  person: Person,
  request: CreatePullRequest,
): Promise<Result<PullRequestCreated, PageError>> {
  return followingRename(person, request, createPullRequestOnce);
}

async function createPullRequestOnce(
  person: Person,
  request: CreatePullRequest,
): Promise<Result<PullRequestCreated, PageError>> {
  const { integrationId, repository, sourceBranch: source, targetBranch: target, title, draft, reviewers } = request;
  const names = { branch: source, source, target };
  const description = withLink(request.description, linkTo(request.issueKey, person.siteOrigin));
  let unasked: PullRequestCreated['unasked'];
  let undone: PullRequestCreated['undone'];
  const acted = await act(person, {
    ...request,
    action: 'create-pull-request',
    switchedBy: 'pullRequestActions',
    names,
    from: source,
    check: async ({ service }) => {
      if (source === target) return refuse('SAME_BRANCH', names).error;
      const long = tooLong({ title, description, draft }, service.edition.capabilities);
      if (long !== undefined) return serviceError({ code: 'PULL_REQUEST_TEXT_TOO_LONG', ...long }, service);
      const { reviewerId } = factsOf(service.edition.provider);
      const areKnown = reviewers.every((one) => reviewerId?.test(one) ?? true);
      return areKnown ? undefined : refuse('INVALID_INPUT', { field: 'reviewers' }).error;
    },
    run: async (connected, _, opened): Promise<Result<Made, ProviderError>> => {
      const { provider, connection } = connected;
      const extras = extrasOf(request, opened, connected);
      const answer = await provider.createPullRequest(connection, {
        repository,
        source,
        target,
        title,
        description: sentBy(connected, description),
        draft,
        reviewers,
        extras,
      });
      if (!answer.ok) return answer;
      return ok({ ...madeOf(answer.value, request, opened, connected), extras });
    },
    leaves: (done) => ({
      card: { kind: 'work', issueId: done.opened.issue.id, card: done.done.card },
      report: reportOf(done.opened, { pullRequests: reported(person, done) }),
    }),
    besides: (done) => [
      rememberRepository(done.opened.issue.projectKey, done.recent, { integrationId, repository }),
      // Beside the notes: the person waits for the slower of the two.
      askReviewers(person, done, reviewers).then((answer) => (unasked = answer)),
      addExtras(person, done, request).then((answer) => (undone = answer)),
    ],
  });
  if (!acted.ok) return acted;
  const { done, opened } = acted.value;
  return ok({ card: cardView(opened.service, done.card), ...(unasked && { unasked }), ...(undone && { undone }) });
}

/** Its author is the person where they acted in their own name: then it is erased with them. */
function reported({ accountId }: Person, { done: { card }, connected: { actor } }: Acted<Made>) {
  const pull = reportedPull(card, actor === 'person' ? accountId : undefined);
  return pull === undefined ? [] : [pull];
}

/** `left`: people without a requested review; `missing`: what it did not get of `extras`. */
type Made = { card: Card; number: number; left?: Unasked; missing?: Undone; extras: Extras | undefined };

/** The integration account carries out no line that somebody wrote: it has rights that the person may not have. */
function sentBy({ actor, connection }: Connected, description: string): string {
  const { commands } = factsOf(connection.service.edition.provider);
  return actor === 'integration' ? withoutCommands(description, commands) : description;
}

/** What was made, and what it lacks. */
function madeOf(
  { source: branch, unasked: left, undone: missing, ...pull }: Opened,
  { integrationId, repository }: CreatePullRequest,
  { integration }: OpenIntegration,
  { login, actor }: Connected,
): Omit<Made, 'extras'> {
  return {
    card: {
      ...{ ...pull, kind: 'pull-request', integrationId, branch, author: login, actor },
      title: cutTo(pull.title, LONGEST_TITLE),
      // A repository of another owner is none that anybody chose.
      repository: isRepositoryOf(integration, pull.repository) ? pull.repository : repository,
    },
    number: pull.number,
    ...(left && { left }),
    ...(missing && { missing }),
  };
}

type Opened = PullRequest & { unasked?: Unasked; undone?: Undone };

/** What it gets besides, in the person's own name alone: the integration account sets nothing that they may not set. */
function extrasOf(
  { assignMe, labels }: CreatePullRequest,
  { service, token }: OpenIntegration,
  { actor }: Connected,
): Extras | undefined {
  const isOffered = service.edition.capabilities.requestExtras && actor === 'person' && token !== undefined;
  if (!isOffered || (!assignMe && labels.length === 0)) return undefined;
  return { labels, ...(assignMe && { assignee: { id: token.serviceAccountId, login: token.login } }) };
}

/** As with reviewers: a failure is shown beside the request, and nothing is taken back. */
async function addExtras(
  person: Person,
  { done, opened, connected }: Acted<Made>,
  { assignMe, labels }: CreatePullRequest,
): Promise<PullRequestCreated['undone']> {
  if (!assignMe && labels.length === 0) return undefined;
  const { provider, connection } = connected;
  const { number, extras, missing } = done;
  const { repository } = done.card;
  if (extras === undefined) {
    const all = { ...(assignMe && { assignee: true as const }), ...(labels.length > 0 && { labels }) };
    return { ...all, error: refuse('OWN_TOKEN_NEEDED', namesOf(opened.integration, opened.service)).error };
  }
  const undone = missing ?? (await provider.addToPullRequest?.(connection, { repository, number, ...extras }));
  return undone && { ...undone, error: await explain(undone.error, opened, connected, person, { repository }) };
}

/** As the one who made the request. It exists already, so a failure here is shown beside it and takes nothing back. */
async function askReviewers(
  person: Person,
  { done, opened, connected }: Acted<Made>,
  reviewers: readonly string[],
): Promise<PullRequestCreated['unasked']> {
  const { provider, connection } = connected;
  if (reviewers.length === 0 || !connection.service.edition.capabilities.reviewers) return undefined;
  const { repository } = done.card;
  const unasked =
    done.left ?? (await provider.requestReviewers?.(connection, { repository, number: done.number, reviewers }));
  if (unasked === undefined) return undefined;
  return { ...unasked, error: await explain(unasked.error, opened, connected, person, { repository }) };
}
