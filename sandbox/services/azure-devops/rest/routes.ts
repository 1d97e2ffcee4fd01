import { branchName, HEADS } from '../../git-host/branches.ts';
import { settlePullRequests } from '../../git-host/pull-requests.ts';
import type { PullRequest } from '../../git-host/store.ts';
import { rightOf, updateRef } from '../branches.ts';
import type { Repository } from '../context.ts';
import { openPullRequest } from '../pull-requests.ts';
import { list, notModelled, refuse } from './answer.ts';
import type { Answer } from '../../git-host/api.ts';
import { isAtLeast } from './api-version.ts';
import { needsPermission, permissionNeeded, projectOf, repositoryOf, requireScope, wholeNumber } from './call.ts';
import type { RestCall } from './call.ts';
import { pullRequestOf } from './reviewer-routes.ts';
import { pullRequestShape, refShape, repositoryShape, STATUS } from './shapes.ts';

function visible(call: RestCall): Repository[] {
  const project = projectOf(call);
  return call.service.catalogue.repositories.filter(
    (one) => (project === undefined || one.project === project) && rightOf(one, call.caller.account) !== 'none',
  );
}

export function listRepositories(call: RestCall): Answer {
  requireScope(call, 'vso.code');
  return list(visible(call).map((repository) => repositoryShape(call.service, repository, call.version)));
}

export function getRepository(call: RestCall): Answer {
  requireScope(call, 'vso.code');
  return { status: 200, body: repositoryShape(call.service, repositoryOf(call), call.version) };
}

/** Refs by the beginning of their names; from API 5.0 on also by a part of them (case does not count: assumption), in pages. */
export async function listRefs(call: RestCall): Promise<Answer> {
  requireScope(call, 'vso.code');
  const { service, query, version } = call;
  const repository = repositoryOf(call);
  const isNew = isAtLeast(version, '5.0');
  const contains = (isNew ? (query.get('filterContains') ?? '') : '').toLowerCase();
  const found = (await repository.git.refs(`refs/${query.get('filter') ?? ''}`)).filter(({ name }) =>
    (name.startsWith(HEADS) ? branchName(name) : name).toLowerCase().includes(contains),
  );
  const isPeeled = isNew && query.get('peelTags') === 'true';
  const shapes = await Promise.all(
    found.map(async (ref) => {
      const peeled = isPeeled && ref.type === 'tag' && { peeledObjectId: await repository.git.commit(ref.name) };
      return { ...refShape(service, repository, ref), ...peeled };
    }),
  );
  const from = query.get('continuationToken');
  // Without `$top` everything comes, with a token alone 100 (described so in the spec).
  const top = wholeNumber(query, '$top', from === null ? found.length : 100, 1000);
  if (!isNew || (from === null && !query.has('$top'))) return list(shapes);
  const start = from === null ? 0 : found.findIndex(({ name }) => name === Buffer.from(from, 'base64').toString());
  if (start === -1) throw refuse(400, 'InvalidArgumentValueException', 'The continuation token is not valid.');
  const next = found[start + top];
  const page = shapes.slice(start, start + top);
  return list(page, next === undefined ? {} : { 'x-ms-continuationtoken': Buffer.from(next.name).toString('base64') });
}

/** `GET commits/{id}`, as "Commits - Get" shows one: the members that the schema of a commit has, but for its changes. */
export async function getCommit(call: RestCall): Promise<Answer> {
  requireScope(call, 'vso.code');
  const { service, params } = call;
  const repository = repositoryOf(call);
  const id = params.id ?? '';
  const isThere = (await repository.git.objectType(id)) === 'commit';
  const commit = isThere ? (await repository.git.commits(id, undefined, 1))[0] : undefined;
  if (commit === undefined) {
    const said = `TF401175:The version descriptor <Commit: ${id} > could not be resolved to a version in the repository ${repository.definition.name}`;
    throw refuse(404, 'GitUnresolvableToCommitException', said);
  }
  const { author: name, email, date } = commit;
  const person = { name, email, date: new Date(date).toISOString() };
  const url = `${service.baseUrl}/${repository.project.id}/_apis/git/repositories/${repository.id}/commits/${id}`;
  return { status: 200, body: { commitId: id, author: person, committer: person, comment: commit.subject, url } };
}

const isCommitId = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f]{40}$/.test(value);

/**
 * `POST refs`: always status 200, with a result for each update. An update needs its commit before and after;
 * other changes than creating and deleting are not modelled.
 */
export async function updateRefs(call: RestCall): Promise<Answer> {
  requireScope(call, 'vso.code_write');
  const { service, caller } = call;
  const repository = repositoryOf(call);
  const updates = await call.body();
  if (!Array.isArray(updates)) {
    throw refuse(400, 'InvalidArgumentValueException', 'A list of ref updates is required.');
  }
  const results: unknown[] = [];
  for (const update of updates as Record<string, unknown>[]) {
    const { name, oldObjectId: before, newObjectId: after } = update;
    if (typeof name !== 'string' || !isCommitId(before) || !isCommitId(after)) {
      throw refuse(400, 'InvalidArgumentValueException', 'name, oldObjectId and newObjectId are required.');
    }
    const zeros = /^0+$/;
    if (zeros.test(before) === zeros.test(after)) throw notModelled('moving a branch by this call');
    const updateStatus = await updateRef(service, repository, caller.account, { ref: name, before, after });
    results.push({
      repositoryId: repository.id,
      name,
      oldObjectId: before,
      newObjectId: after,
      isLocked: false,
      updateStatus,
      success: updateStatus.startsWith('succeeded'),
      ...(updateStatus === 'createBranchPermissionRequired' ? { customMessage: permissionNeeded('CreateBranch') } : {}),
      ...(updateStatus === 'rejectedByPolicy' ? { rejectedBy: 'Microsoft.TeamFoundation.Policy' } : {}),
    });
  }
  return list(results);
}

const branchIn = (value: unknown): string =>
  typeof value === 'string' && value.startsWith(HEADS) ? branchName(value) : '';

/** For a description the wording is from a real answer (scala-steward#3543); for a title it is an assumption. */
function refuseLong(field: string, text: unknown, max: number): void {
  if (typeof text !== 'string' || text.length <= max) return;
  throw refuse(
    400,
    'InvalidArgumentValueException',
    `Invalid argument value.\r\nParameter name: A ${field} for a pull request must not be longer than ${max} characters.`,
  );
}

export async function createPullRequest(call: RestCall): Promise<Answer> {
  requireScope(call, 'vso.code_write');
  const { service, caller, version } = call;
  const repository = repositoryOf(call);
  const body = ((await call.body()) ?? {}) as Record<string, unknown>;
  if (rightOf(repository, caller.account) === 'read') throw needsPermission('PullRequestContribute');
  if (typeof body['title'] !== 'string' || body['title'] === '') {
    throw refuse(400, 'InvalidArgumentValueException', 'A title is required.');
  }
  refuseLong('title', body['title'], 400);
  refuseLong('description', body['description'], 4_000);
  const made = await openPullRequest(service, repository, caller.account, {
    source: branchIn(body['sourceRefName']),
    target: branchIn(body['targetRefName']),
    title: body['title'],
    body: typeof body['description'] === 'string' ? body['description'] : '',
    draft: isAtLeast(version, '5.0') && body['isDraft'] === true,
  });
  if (made === 'ref-missing') {
    throw refuse(
      400,
      'GitPullRequestCannotBeActivated',
      'TF401398: The pull request cannot be activated because the source and/or the target branch no longer exists, or the requested refs are not branches.',
    );
  }
  if (made === 'exists') {
    throw refuse(
      409,
      'GitPullRequestExistsException',
      'TF401179: An active pull request for the source and target branch already exists.',
    );
  }
  return { status: 201, body: pullRequestShape(service, repository, made, version) };
}

/** `PullRequestStatus` of the specs, by number; clients send either. */
const STATUSES = ['notSet', 'active', 'abandoned', 'completed', 'all'];

const criterion = ({ service, query }: RestCall, name: string): string | null =>
  query.get(service.edition.criteriaPrefix ? `searchCriteria.${name}` : name);

/** Pull requests of one repository, one project or all, newest first; only active ones by default. */
export async function listPullRequests(call: RestCall): Promise<Answer> {
  requireScope(call, 'vso.code');
  const { service, query, version } = call;
  const repositories =
    call.params.repository === undefined
      ? visible(call).filter(({ definition }) => !definition.disabled)
      : [repositoryOf(call)];
  const asked = (criterion(call, 'status') ?? 'active').toLowerCase();
  const status = STATUSES[Number(asked)] ?? asked;
  const title = isAtLeast(version, '7.2') ? (criterion(call, 'title') ?? '').toLowerCase() : '';
  const [source, target] = [criterion(call, 'sourceRefName'), criterion(call, 'targetRefName')];
  const found: { repository: Repository; pull: PullRequest }[] = [];
  for (const repository of repositories) {
    for (const pull of await settlePullRequests(service, repository)) found.push({ repository, pull });
  }
  const skip = wholeNumber(query, '$skip', 0, Number.MAX_SAFE_INTEGER);
  const top = wholeNumber(query, '$top', 101, 1000);
  return list(
    found
      .filter(({ pull }) => status === 'all' || STATUS[pull.state] === status)
      .filter(({ pull }) => source === null || `${HEADS}${pull.source}` === source)
      .filter(({ pull }) => target === null || `${HEADS}${pull.target}` === target)
      .filter(({ pull }) => pull.title.toLowerCase().includes(title))
      .sort((one, other) => other.pull.id - one.pull.id)
      .slice(skip, skip + top)
      .map(({ repository, pull }) => pullRequestShape(service, repository, pull, version)),
  );
}

export async function getPullRequest(call: RestCall): Promise<Answer> {
  requireScope(call, 'vso.code');
  const repository = repositoryOf(call);
  const pull = await pullRequestOf(call, repository);
  return { status: 200, body: pullRequestShape(call.service, repository, pull, call.version) };
}

/** `PATCH pullrequests/{id}`: only abandoning an active one is modelled. */
export async function abandonPullRequest(call: RestCall): Promise<Answer> {
  requireScope(call, 'vso.code_write');
  const { service, caller, version } = call;
  const repository = repositoryOf(call);
  if (rightOf(repository, caller.account) === 'read') throw needsPermission('PullRequestContribute');
  const pull = await pullRequestOf(call, repository);
  const body = (await call.body()) as { status?: unknown } | undefined;
  if (body?.status !== 'abandoned' || pull.state !== 'open') throw notModelled('this change of a pull request');
  const abandoned = { ...pull, state: 'closed' as const, closedAt: service.now().toISOString() };
  service.store.savePullRequest(abandoned);
  return { status: 200, body: pullRequestShape(service, repository, abandoned, version) };
}
