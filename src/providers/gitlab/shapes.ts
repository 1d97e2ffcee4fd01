import { z } from 'zod';
import type { Service } from '../../domain/service';
import { ownLink } from '../own-link';
import type { Branch, PullRequest } from '../provider';
import { mergeRequest } from './links';

export type MergeRequest = PullRequest & { updatedAt: string };

/** The user behind a project's or a group's access token, by what GitLab calls it (docs "Bot users for projects"). */
export function isBotName(username: string): boolean {
  return /^(project|group)_\d+_bot/.test(username);
}

export const branchSchema = z.object({
  name: z.string(),
  commit: z.object({ id: z.string() }),
  /** `https://gitlab.com/group/project/-/tree/name`. */
  web_url: z.string().optional().catch(undefined),
});

/** A branch of GitLab's in the words of the port. */
export function branchOf(branch: z.output<typeof branchSchema>): Branch {
  return { name: branch.name, commit: branch.commit.id };
}

/**
 * The project a branch is in now, where GitLab tells: what was asked for under an old name is answered from the new place. Its host
 * may be another name of the same installation.
 */
export function projectOf({ web_url = '' }: z.output<typeof branchSchema>, webUrl: string): string | undefined {
  if (!URL.canParse(web_url)) return undefined;
  const { pathname } = new URL(web_url);
  const below = new URL(webUrl).pathname.replace(/\/?$/, '/');
  const end = pathname.indexOf('/-/tree/');
  return end === -1 || !pathname.startsWith(below) ? undefined : pathname.slice(below.length, end);
}

/** The parts of a merge request we use, of every version since 12.8. */
export const mergeRequestSchema = z.object({
  iid: z.number(),
  title: z.string(),
  web_url: z.string().optional(),
  state: z.enum(['opened', 'closed', 'merged', 'locked']),
  draft: z.boolean().catch(false),
  updated_at: z.string().pipe(z.coerce.date()),
  source_branch: z.string(),
  target_branch: z.string(),
  author: z.object({ username: z.string() }).nullish(),
  /** Since 13.8. */
  reviewers: z.array(z.object({ id: z.number() })).catch([]),
  assignees: z.array(z.object({ id: z.number() })).catch([]),
  labels: z.array(z.string()).catch([]),
  /** `full` is `group/project!7`. */
  references: z.object({ full: z.string() }),
});

/** A merge request of GitLab's in the words of the port. */
export function mergeRequestOf(service: Service, request: z.output<typeof mergeRequestSchema>): MergeRequest {
  const repository = request.references.full.replace(/!\d+$/, '');
  return {
    repository,
    number: request.iid,
    title: request.title,
    url: ownLink(service, request.web_url, mergeRequest(service, repository, request.iid)),
    state: stateOf(request),
    source: request.source_branch,
    target: request.target_branch,
    updatedAt: request.updated_at.toISOString(),
    ...(request.author == null ? {} : { author: request.author.username }),
  };
}

/** `locked` is one that is being merged at this moment. */
function stateOf({ state, draft }: z.output<typeof mergeRequestSchema>): PullRequest['state'] {
  if (state === 'merged' || state === 'closed') return state;
  return draft ? 'draft' : 'open';
}
