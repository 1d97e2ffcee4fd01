import type { CheckedPayloadOf } from '../contract/answers';
import type { PageError } from '../contract/errors';
import type { Card, PullRequestCreated } from '../contract/views';
import { cutTo, LONGEST_TITLE } from '../domain/cut-text';
import { factsOf } from '../domain/editions';
import type { ProviderError } from '../domain/errors';
import { isRepositoryOf } from '../domain/integration';
import { linkTo, tooLong, withLink, withoutCommands } from '../domain/request-text';
import { ok, type Result } from '../domain/result';
import type { Unasked } from '../providers/provider';
import { keepNote } from '../store/notes';
import { rememberRepository } from '../store/work';
import { act, type Acted } from './act';
import { explain } from './connect';
import type { Person } from './open';
import { followingRename } from './renamed';
import { refuse, serviceError } from './page-error';
import { reportDone, reportedPull } from './tell-development';
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
    run: async ({ provider, connection, login, actor }, _, { integration }): Promise<Result<Made, ProviderError>> => {
      const opened = await provider.createPullRequest(connection, {
        repository,
        source,
        target,
        title,
        // The integration account carries out no line that somebody wrote: it has rights that the person may not have.
        description:
          actor === 'integration'
            ? withoutCommands(description, factsOf(connection.service.edition.provider).commands)
            : description,
        draft,
        reviewers,
      });
      if (!opened.ok) return opened;
      const { source: branch, unasked: left, ...pull } = opened.value;
      return ok({
        card: {
          ...{ ...pull, kind: 'pull-request', integrationId, branch, author: login, actor },
          title: cutTo(pull.title, LONGEST_TITLE),
          // A repository of another owner is none that anybody chose.
          repository: isRepositoryOf(integration, pull.repository) ? pull.repository : repository,
        },
        number: pull.number,
        ...(left && { left }),
      });
    },
    remember: (done) => [
      keepNote({ kind: 'work', issueId: done.opened.issue.id, card: done.done.card }),
      reportDone(done.opened, { pullRequests: reported(person, done) }),
      rememberRepository(done.opened.issue.projectKey, done.recent, { integrationId, repository }),
      // Beside the notes: the person waits for the slower of the two.
      askReviewers(person, done, reviewers).then((answer) => (unasked = answer)),
    ],
  });
  if (!acted.ok) return acted;
  const { done, opened } = acted.value;
  return ok({ card: cardView(opened.service, done.card), ...(unasked && { unasked }) });
}

/** Its author is the person where they acted in their own name: then it is erased with them. */
function reported({ accountId }: Person, { done: { card }, connected: { actor } }: Acted<Made>) {
  const pull = reportedPull(card, actor === 'person' ? accountId : undefined);
  return pull === undefined ? [] : [pull];
}

/** `left`: people without a requested review. */
type Made = { card: Card; number: number; left?: Unasked };

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
