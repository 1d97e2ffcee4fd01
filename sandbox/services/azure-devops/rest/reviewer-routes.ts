import { rightOf } from '../branches.ts';
import type { Repository } from '../context.ts';
import { settlePullRequests } from '../../git-host/pull-requests.ts';
import type { PullRequest } from '../../git-host/store.ts';
import { list, refuse } from './answer.ts';
import type { Answer } from '../../git-host/api.ts';
import { needsPermission, repositoryOf, requireScope, wholeNumber } from './call.ts';
import type { RestCall } from './call.ts';
import { identity, pushShapes, reviewerShape } from './shapes.ts';

/** The pull request of a request, in its present state in git. */
export async function pullRequestOf(call: RestCall, repository: Repository): Promise<PullRequest> {
  const pulls = await settlePullRequests(call.service, repository);
  const pull = pulls.find(({ id }) => String(id) === call.params.id);
  if (pull === undefined) {
    throw refuse(404, 'GitPullRequestNotFoundException', `TF401180: The requested pull request was not found.`);
  }
  return pull;
}

/**
 * `PUT …/reviewers/{id}`: requests a review. Wording of the refusal: a public report (create-pr-task 113). Assumption: a person who can't
 * read the repository gets the same refusal.
 */
export async function addReviewer(call: RestCall): Promise<Answer> {
  requireScope(call, 'vso.code_write');
  const { service, caller, params } = call;
  const repository = repositoryOf(call);
  const pull = await pullRequestOf(call, repository);
  if (rightOf(repository, caller.account) === 'read') throw needsPermission('PullRequestContribute');
  const { vote } = ((await call.body()) ?? {}) as { vote?: unknown };
  if (vote !== 0) throw refuse(400, 'InvalidArgumentValueException', 'Only asking is modelled: a vote of 0.');
  const account = service.catalogue.accounts.find(({ id }) => id === params.reviewer);
  if (account === undefined || rightOf(repository, account) === 'none') {
    throw refuse(
      400,
      'InvalidArgumentValueException',
      `Invalid argument value.\r\nParameter name: The identity ${params.reviewer ?? ''} is not recognized.`,
    );
  }
  service.store.changePullRequest(pull, ({ reviewers }) => ({
    reviewers: [...new Set([...reviewers, account.login])],
  }));
  return { status: 200, body: reviewerShape(service, account) };
}

/** Pushes of a repository, newest first. The first account made the first push, and with it the branches. */
export function listPushes(call: RestCall): Answer {
  requireScope(call, 'vso.code');
  const { service, query } = call;
  const repository = repositoryOf(call);
  const skip = wholeNumber(query, '$skip', 0, Number.MAX_SAFE_INTEGER);
  const top = wholeNumber(query, '$top', 100, 1000);
  const people = service.store.activity(repository.fullName).map(({ actor, at }) => ({
    by: service.catalogue.account(actor),
    at,
  }));
  const first = repository.definition.empty ? [] : [{ by: service.catalogue.accounts[0], at: '2026-01-05T09:00:00Z' }];
  const all = [...people, ...first].flatMap(({ by, at }) =>
    by === undefined ? [] : [{ by: identity(service, by), at }],
  );
  return list(pushShapes(service, repository, all).slice(skip, skip + top));
}

/** `GET git/policy/configurations`: those of one branch, as "Policy Configurations - Get" shows them, people by id. */
export function listPolicies(call: RestCall): Answer {
  requireScope(call, 'vso.code');
  const { service, query } = call;
  const repository = repositoryOf({ ...call, params: { ...call.params, repository: query.get('repositoryId') ?? '' } });
  const branch = (query.get('refName') ?? '').replace(/^refs\/heads\//, '');
  const { required = [], approvals = 0 } = repository.definition.reviewPolicies[branch] ?? {};
  const scope = [{ repositoryId: repository.id, refName: `refs/heads/${branch}`, matchKind: 'Exact' }];
  const of = (id: string, displayName: string, settings: object) => ({
    ...{ id: displayName.length, isEnabled: true, isBlocking: true, isDeleted: false, revision: 1 },
    ...{ type: { id, displayName }, settings: { ...settings, scope } },
  });
  const ids = required.map((login) => service.catalogue.account(login)?.id);
  return list([
    ...(ids.length > 0
      ? [of('fd2167ab-b0be-447a-8ec8-39368250530e', 'Required reviewers', { requiredReviewerIds: ids })]
      : []),
    ...(approvals > 0
      ? [of('fa4e907d-c16b-4a4c-9dfa-4906e5d171dd', 'Minimum number of reviewers', { minimumApproverCount: approvals })]
      : []),
    of('cbdc66da-9728-4af8-aada-9a5a32e4a226', 'Status', { statusName: 'build' }),
  ]);
}
