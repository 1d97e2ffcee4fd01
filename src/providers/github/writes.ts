import { z } from 'zod';
import { branchInTheWay } from '../../domain/branch-name';
import type { ProviderError } from '../../domain/errors';
import { fail, ok, type Result } from '../../domain/result';
import type { Service } from '../../domain/service';
import { commitToStart, createdAfterAll, isLostAnswer, isStale, settlePullRequest } from '../after-write';
import type { Connection, Provider, PullRequest } from '../provider';
import { ownLink } from '../own-link';
import { ProviderFailure } from '../transport';
import { answered, client, instant, ownerAndRepo } from './client';
import { pullRequest as pullRequestPage } from './links';
import { scopesOf } from './permissions';

const reference = z.object({ ref: z.string(), object: z.object({ sha: z.string() }) });

async function headOf(
  connection: Connection,
  repository: string,
  branch: string,
): Promise<Result<string, ProviderError>> {
  return answered(connection, async () => {
    const { data } = await client(connection, 'read').git.getRef({
      ...ownerAndRepo(repository),
      ref: `heads/${branch}`,
    });
    return reference.parse(data).object.sha;
  });
}

export const readHead: Provider['readHead'] = async (connection, { repository, name }) => {
  const head = await headOf(connection, repository, name);
  return head.ok ? head : fail(await notFound(connection, repository, head.error, { code: 'BRANCH_MISSING' }));
};

/** "Get a commit" takes `tags/NAME` and the beginning of an id. Its files come in pages. */
export const readCommit: Required<Provider>['readCommit'] = async (connection, { repository, ...at }) => {
  const ref = 'tag' in at ? `tags/${at.tag}` : at.idBegins;
  const read = await answered(connection, async () => {
    const { data } = await client(connection, 'read').repos.getCommit({
      ...ownerAndRepo(repository),
      ref,
      per_page: 1,
    });
    return commit.parse(data).sha;
  });
  if (read.ok) return 'tag' in at || read.value.startsWith(at.idBegins) ? read : fail({ code: 'SOURCE_MISSING' });
  const missing = { code: 'SOURCE_MISSING' } as const;
  return fail(
    read.error.code === 'SOURCE_BRANCH_MISSING' ? missing : await notFound(connection, repository, read.error, missing),
  );
};

const commit = z.object({ sha: z.string().regex(/^[0-9a-f]{40}$/) });

export const createBranch: Provider['createBranch'] = async (connection, request) => {
  const { repository, name } = request;
  const head = await commitToStart(request, (source) => headOf(connection, repository, source));
  if (!head.ok) return fail(await notFound(connection, repository, head.error, { code: 'SOURCE_BRANCH_MISSING' }));
  const branch = { name, commit: head.value };
  const created = await answered(connection, async () => {
    const { data } = await client(connection, 'write').git.createRef({
      ...ownerAndRepo(repository),
      ref: `refs/heads/${name}`,
      sha: branch.commit,
    });
    // What is no answer of GitHub's is no success either: it is read back.
    return reference.parse(data);
  });
  if (created.ok) return ok(branch);
  if (isLostAnswer(created.error)) {
    return createdAfterAll(branch, created.error, () => headOf(connection, repository, name));
  }
  // The commit is gone, so nothing was created: ask where the source is now.
  if (isStale(request, created.error)) return createBranch(connection, { repository, name, source: request.source });
  return fail(await refusedBranch(connection, repository, name, created.error));
};

/**
 * A 404 about a repository one can see is about something in it: `within`. Of one that was renamed or transferred, its new name.
 * `creating` a branch needs a scope more where workflow files differ.
 */
async function notFound(
  connection: Connection,
  repository: string,
  error: ProviderError,
  within: ProviderError,
  creating = false,
): Promise<ProviderError> {
  if (error.code !== 'REPOSITORY_NOT_FOUND' && error.code !== 'REPOSITORY_MOVED') return error;
  const seen = await answered(connection, async () => {
    const { data, headers } = await client(connection, 'read').repos.get(ownerAndRepo(repository));
    return { ...seenRepository.parse(data), scopes: scopesOf(headers['x-oauth-scopes']) };
  });
  if (error.code === 'REPOSITORY_MOVED') {
    const newName = seen.ok ? seen.value.full_name : undefined;
    return newName === undefined || newName === repository ? error : { ...error, newName };
  }
  if (!seen.ok) return seen.error;
  // Who may push and still meets a 404 wants to start at a commit with other workflow files (vercel/next.js#94596).
  const lacksWorkflow = seen.value.permissions?.push === true && seen.value.scopes?.includes('workflow') === false;
  return creating && lacksWorkflow ? { code: 'SCOPE_MISSING', missing: ['workflow'] } : within;
}

const seenRepository = z.object({
  full_name: z.string().optional().catch(undefined),
  permissions: z.object({ push: z.boolean() }).optional().catch(undefined),
});

/** Says precisely what GitHub says vaguely: people who may only read get a 404, and one message is used for rules and for conflicts. */
async function refusedBranch(
  connection: Connection,
  repository: string,
  name: string,
  error: ProviderError,
): Promise<ProviderError> {
  if (error.code !== 'BRANCH_PROTECTED') {
    return notFound(connection, repository, error, { code: 'PERMISSION_DENIED' }, true);
  }
  const conflict = await conflictingBranch(connection, repository, name);
  return conflict === undefined ? error : { code: 'BRANCH_NAME_CONFLICT', conflict };
}

async function conflictingBranch(
  connection: Connection,
  repository: string,
  name: string,
): Promise<string | undefined> {
  const asked = await answered(connection, async () => {
    const { data } = await client(connection, 'read').git.listMatchingRefs({
      ...ownerAndRepo(repository),
      ref: `heads/${name.split('/')[0] ?? name}`,
    });
    return z
      .array(reference)
      .parse(data)
      .map((item) => item.ref.replace('refs/heads/', ''));
  });
  return asked.ok ? branchInTheWay(name, asked.value) : undefined;
}

export const deleteBranch: Provider['deleteBranch'] = async (connection, { repository, name }) => {
  const deleted = await answered(connection, async () => {
    const { status } = await client(connection, 'write').git.deleteRef({
      ...ownerAndRepo(repository),
      ref: `heads/${name}`,
    });
    if (Number(status) !== 204) throw new ProviderFailure({ code: 'NOT_AN_API_ANSWER' });
  });
  if (deleted.ok) return ok(undefined);
  if (!isLostAnswer(deleted.error)) {
    return fail(await notFound(connection, repository, deleted.error, { code: 'PERMISSION_DENIED' }));
  }
  const there = await headOf(connection, repository, name);
  return !there.ok && there.error.code === 'REPOSITORY_NOT_FOUND' ? ok(undefined) : fail(deleted.error);
};

const pullRequest = z.object({
  number: z.number(),
  title: z.string(),
  html_url: z.string().optional(),
  state: z.string(),
  draft: z.boolean().catch(false),
  updated_at: instant,
  head: z.object({ ref: z.string() }),
  base: z.object({ ref: z.string() }),
  user: z.object({ login: z.string() }).nullable(),
});

function pullRequestOf(service: Service, repository: string, data: unknown): PullRequest {
  const pull = pullRequest.parse(data);
  return {
    repository,
    number: pull.number,
    title: pull.title,
    url: ownLink(service, pull.html_url, pullRequestPage(service, repository, pull.number)),
    state: pull.draft ? 'draft' : 'open',
    source: pull.head.ref,
    target: pull.base.ref,
    ...(pull.updated_at !== undefined && { updatedAt: pull.updated_at }),
    ...(pull.user === null ? {} : { author: pull.user.login }),
  };
}

/** How GitHub could refuse a pull request where they are turned off (assumption: docs "Configuring pull request access" do not say what is answered). */
const UNCLEAR: readonly string[] = ['REPOSITORY_NOT_FOUND', 'PERMISSION_DENIED', 'REQUEST_REFUSED'];

/** Whether pull requests are turned off in the repository (integrations/terraform-provider-github#3198). */
async function hasNone(connection: Connection, repository: string): Promise<boolean> {
  const seen = await answered(connection, async () => {
    const { data } = await client(connection, 'read').repos.get(ownerAndRepo(repository));
    return turnedOff.safeParse(data).success;
  });
  return seen.ok && seen.value;
}

const turnedOff = z.object({ has_pull_requests: z.literal(false) });

export const createPullRequest: Provider['createPullRequest'] = async (connection, request) => {
  const { repository, source, target, title, description, draft } = request;
  const created = await answered(connection, async () => {
    const { data } = await client(connection, 'write').pulls.create({
      ...ownerAndRepo(repository),
      head: source,
      base: target,
      title,
      body: description,
      draft,
    });
    return pullRequestOf(connection.service, repository, data);
  });
  if (created.ok) return created;
  if (created.error.code === 'REPOSITORY_MOVED')
    return fail(await notFound(connection, repository, created.error, created.error));
  if (UNCLEAR.includes(created.error.code) && (await hasNone(connection, repository)))
    return fail({ code: 'PULL_REQUESTS_DISABLED' });
  return settlePullRequest(title, created.error, () => openPullRequest(connection, request));
};

async function openPullRequest(
  connection: Connection,
  request: { repository: string; source: string; target: string },
): Promise<PullRequest | undefined> {
  const { owner, repo } = ownerAndRepo(request.repository);
  const asked = await answered(connection, async () => {
    const query = { owner, repo, head: `${owner}:${request.source}`, base: request.target, state: 'open' as const };
    const { data } = await client(connection, 'read').pulls.list(query);
    return z
      .array(z.unknown())
      .parse(data)
      .map((item) => pullRequestOf(connection.service, request.repository, item));
  });
  return asked.ok ? asked.value[0] : undefined;
}
