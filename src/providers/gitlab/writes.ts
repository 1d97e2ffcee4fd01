// cspell:ignore magit
import { Branches, Commits, MergeRequests, Projects, Tags } from '@gitbeaker/rest';
import { z } from 'zod';
import { branchInTheWay } from '../../domain/branch-name';
import type { ProviderError } from '../../domain/errors';
import { sentTitle } from '../../domain/request-text';
import { fail, ok, type Result } from '../../domain/result';
import type { Service } from '../../domain/service';
import { commitToStart, isLostAnswer, isStale, openedAfterAll } from '../after-write';
import { undoneOf } from '../extras';
import type { Branch, Connection, Extras, Provider, PullRequest, Unasked, Undone } from '../provider';
import { answered, resource } from './client';
import { existingNumber } from './errors';
import { mergeRequest as mergeRequestLink } from './links';
import { reviewerIds, unaskedIn } from './reviewers';
import { branchOf, branchSchema, mergeRequestOf, mergeRequestSchema } from './shapes';

async function readBranch(
  connection: Connection,
  repository: string,
  name: string,
): Promise<Result<Branch, ProviderError>> {
  return answered(async () =>
    branchOf(branchSchema.parse(await new Branches(resource(connection, 'read')).show(repository, name))),
  );
}

export const readHead: Provider['readHead'] = async (connection, { repository, name }) => {
  const branch = await readBranch(connection, repository, name);
  if (!branch.ok) return branch;
  return branch.value.commit === undefined ? fail({ code: 'BRANCH_MISSING' }) : ok(branch.value.commit);
};

const headSchema = z.object({
  commit: z.object({
    id: z.string(),
    title: z.string().catch(''),
    author_name: z.string().catch(''),
    authored_date: z.string().pipe(z.coerce.date()),
  }),
});

export const readHeadCommit: NonNullable<Provider['readHeadCommit']> = async (connection, { repository, name }) =>
  answered(async () => {
    const { commit } = headSchema.parse(await new Branches(resource(connection, 'read')).show(repository, name));
    return {
      id: commit.id,
      message: commit.title,
      author: commit.author_name,
      at: commit.authored_date.toISOString(),
    };
  });

const commitAnswer = z.object({ id: z.string() });
const tagAnswer = z.object({ commit: commitAnswer });

/** GitLab takes a branch or a tag of that name for a commit as well. */
export const readCommit: Required<Provider>['readCommit'] = async (connection, { repository, ...at }) => {
  const read = await answered(async () => {
    const resources = resource(connection, 'read');
    if ('tag' in at) return tagAnswer.parse(await new Tags(resources).show(repository, at.tag)).commit.id;
    return commitAnswer.parse(await new Commits(resources).show(repository, at.idBegins)).id;
  });
  if (read.ok) return 'tag' in at || read.value.startsWith(at.idBegins) ? read : fail({ code: 'SOURCE_MISSING' });
  return read.error.code === 'SOURCE_BRANCH_MISSING' ? fail({ code: 'SOURCE_MISSING' }) : read;
};

/** One request: GitLab takes the source by its name, or a commit. */
export const createBranch: Provider['createBranch'] = async (connection, request) => {
  const { repository, name } = request;
  const created = await answered(async () => {
    const from = request.source === undefined ? request.commit : (request.commit ?? request.source);
    const made = await new Branches(resource(connection, 'write')).create(repository, name, from);
    return branchOf(branchSchema.parse(made));
  });
  if (created.ok) return created;
  if (isLostAnswer(created.error)) return readBack(connection, request, created.error);
  // The commit is gone, so nothing was created: ask where the source is now.
  if (isStale(request, created.error)) return createBranch(connection, { repository, name, source: request.source });
  return fail(await refusedBranch(connection, repository, name, created.error));
};

/** It was created when its head is the commit, or the head of its source. */
async function readBack(
  connection: Connection,
  request: Parameters<Provider['createBranch']>[1],
  lost: ProviderError,
): Promise<Result<Branch, ProviderError>> {
  const { repository, name } = request;
  const [made, from] = await Promise.all([
    readBranch(connection, repository, name),
    commitToStart(request, (source) => readHead(connection, { repository, name: source })),
  ]);
  return made.ok && from.ok && made.value.commit === from.value ? made : fail(lost);
}

/** Says precisely what GitLab says vaguely. Costs a request only when something was refused. */
async function refusedBranch(
  connection: Connection,
  repository: string,
  name: string,
  error: ProviderError,
): Promise<ProviderError> {
  if (error.code === 'BRANCH_NAME_CONFLICT' && error.conflict === '') {
    return { ...error, conflict: await conflictingBranch(connection, repository, name) };
  }
  return refusedWrite(connection, repository, error);
}

/** Without an answer, the folder itself is named. */
async function conflictingBranch(connection: Connection, repository: string, name: string): Promise<string> {
  const folder = name.replace(/\/.*/, '');
  const asked = await answered(async () => {
    const found = await new Branches(resource(connection, 'read')).all(repository, {
      search: `^${folder}`,
      perPage: 100,
      page: 1,
    });
    return z.array(branchSchema).parse(found);
  });
  const others = asked.ok ? asked.value.map((branch) => branch.name) : [];
  return branchInTheWay(name, others) ?? folder;
}

/** What a project says of itself; of a moved one GitLab's redirect leads to the project where it is now. */
const projectState = z.object({
  path_with_namespace: z.string().catch(''),
  archived: z.boolean().catch(false),
  repository_access_level: z.string().catch(''),
  merge_requests_access_level: z.string().catch(''),
});

/**
 * GitLab answers 403 for an archived project as for a missing right, and for merge requests that are turned off (magit/forge#235). It tells
 * a write nothing of where a moved project went.
 */
async function refusedWrite(
  connection: Connection,
  repository: string,
  error: ProviderError,
  opening = false,
): Promise<ProviderError> {
  if (error.code !== 'PERMISSION_DENIED' && error.code !== 'REPOSITORY_MOVED') return error;
  const asked = await answered(async () =>
    projectState.parse(await new Projects(resource(connection, 'read')).show(repository)),
  );
  if (!asked.ok) return error;
  const { path_with_namespace: newName, archived, repository_access_level, merge_requests_access_level } = asked.value;
  if (error.code === 'REPOSITORY_MOVED') return ['', repository].includes(newName) ? error : { ...error, newName };
  if (archived) return { code: 'REPOSITORY_ARCHIVED' };
  if (repository_access_level === 'disabled') return { code: 'REPOSITORY_DISABLED' };
  return opening && merge_requests_access_level === 'disabled' ? { code: 'PULL_REQUESTS_DISABLED' } : error;
}

const deletedAnswer = z.object({ status: z.literal(204) });

/** GitLab answers 204 (docs "Branches API"). Any other success may be nobody's, so the branch is looked for. */
export const deleteBranch: Provider['deleteBranch'] = async (connection, { repository, name }) => {
  const deleted = await answered(async () =>
    deletedAnswer.parse(
      await new Branches(resource(connection, 'write')).remove(repository, name, { showExpanded: true }),
    ),
  );
  if (deleted.ok) return ok(undefined);
  if (!isLostAnswer(deleted.error)) return fail(await refusedWrite(connection, repository, deleted.error));
  const there = await readBranch(connection, repository, name);
  return !there.ok && there.error.code === 'BRANCH_MISSING' ? ok(undefined) : fail(deleted.error);
};

type MergeRequestOptions = Parameters<Provider['createPullRequest']>[1];
type OpenedMergeRequest = PullRequest & { unasked?: Unasked; undone?: Undone };

/** Opened as asked for, but perhaps not with everybody who is to review it, and not with all it was to get. */
function openedOf(
  service: Service,
  { reviewers = [], extras }: MergeRequestOptions,
  data: unknown,
): OpenedMergeRequest {
  const made = mergeRequestSchema.parse(data);
  const isAssigned = made.assignees.some(({ id }) => String(id) === extras?.assignee?.id);
  const undone = extras && undoneOf(extras, { isAssigned, labels: made.labels });
  return { ...mergeRequestOf(service, made), ...unaskedIn(reviewers, made.reviewers), ...(undone && { undone }) };
}

/** As GitLab takes them: no plan refuses one assignee, and what is no label is left out (docs "Merge requests API"). */
function sentExtras({ assignee, labels }: Extras) {
  const [assigneeId] = reviewerIds(assignee === undefined ? [] : [assignee.id]);
  const known = labels.filter((label) => !label.includes(','));
  return { ...(assigneeId !== undefined && { assigneeId }), ...(known.length > 0 && { labels: known.join(',') }) };
}

/** One request. GitLab takes a merge request without commits, too. */
export const createPullRequest: Provider['createPullRequest'] = async (connection, request) => {
  const { repository, source, target, description, reviewers = [] } = request;
  const title = sentTitle(request, connection.service.edition.capabilities);
  const created = await answered(async () => {
    try {
      const made = await new MergeRequests(resource(connection, 'write')).create(repository, source, target, title, {
        description,
        ...(reviewers.length === 0 ? {} : { reviewerIds: reviewerIds(reviewers) }),
        ...(request.extras && sentExtras(request.extras)),
      });
      return ok(openedOf(connection.service, request, made));
    } catch (thrown) {
      const number = existingNumber(thrown);
      if (number === undefined) throw thrown;
      const url = mergeRequestLink(connection.service, repository, number);
      return fail({ code: 'PULL_REQUEST_EXISTS' as const, url });
    }
  });
  if (created.ok) return created.value;
  if (!isLostAnswer(created.error)) return fail(await refusedWrite(connection, repository, created.error, true));
  return openedAfterAll(title, created.error, () => openMergeRequest(connection, request));
};

/** The open merge request between the two branches; GitLab allows one. */
async function openMergeRequest(
  connection: Connection,
  request: MergeRequestOptions,
): Promise<OpenedMergeRequest | undefined> {
  const asked = await answered(async () => {
    const found = await new MergeRequests(resource(connection, 'read')).all({
      projectId: request.repository,
      state: 'opened',
      sourceBranch: request.source,
      targetBranch: request.target,
      perPage: 20,
      page: 1,
    });
    return z
      .array(z.unknown())
      .parse(found)
      .map((data) => openedOf(connection.service, request, data));
  });
  return asked.ok ? asked.value[0] : undefined;
}
