import { z } from 'zod';
import type { DevelopmentState } from '../development.ts';
import type { JiraState } from '../state.ts';
import { answer } from './answer.ts';
import type { RestCaller } from './caller.ts';

/*
 * "Development Information", Jira Software Cloud REST 0.10. Lengths and limits are those of its description. Jira processes an accepted request
 * later; here the result exists at once. One bad id or a branch without `lastCommit` refuses the whole request, as apps in
 * production have met it. The wording of the refusals is an assumption.
 */

const id = z
  .string()
  .max(1024)
  .regex(/^[\w.~-]+$/, 'only alphanumeric characters and ~.-_ are allowed');
const url = z
  .string()
  .max(2000)
  .regex(/^https?:\/\//);
const sequence = z.number().int();
const instant = z.iso.datetime({ offset: true });
const author = z.object({ name: z.string().min(1).max(255) });
const associations = z
  .array(
    z.object({ associationType: z.enum(['issueIdOrKeys', 'issueKeys']), values: z.array(z.string()).min(1).max(500) }),
  )
  .min(1);
const keys = z.array(z.string()).min(1).max(500);
const linked = { issueKeys: keys.optional(), associations: associations.optional() };
const linkedOnce = ({ issueKeys, associations: by }: { issueKeys?: unknown; associations?: unknown }) =>
  (issueKeys === undefined) !== (by === undefined);

const commit = z.object({
  id,
  displayId: z.string().min(1).max(255),
  message: z.string().min(1),
  author,
  authorTimestamp: instant,
  fileCount: z.number().int().min(0),
  url,
  updateSequenceId: sequence,
  issueKeys: keys,
});
const branch = z
  .object({
    id,
    name: z.string().min(1).max(512),
    url,
    updateSequenceId: sequence,
    lastCommit: commit,
    createPullRequestUrl: url.optional(),
    ...linked,
  })
  .refine(linkedOnce, 'issueKeys and associations are mutually exclusive, and one of them is required');
const pullRequest = z
  .object({
    id,
    displayId: z.string().min(1).max(255),
    title: z.string().min(1).max(1024),
    url,
    status: z.enum(['OPEN', 'MERGED', 'DECLINED', 'UNKNOWN']),
    author,
    commentCount: z.number().int(),
    sourceBranch: z.string().min(1).max(255),
    sourceBranchUrl: url.optional(),
    destinationBranch: z.string().max(255).optional(),
    lastUpdate: instant,
    updateSequenceId: sequence,
    ...linked,
  })
  .refine(linkedOnce, 'issueKeys and associations are mutually exclusive, and one of them is required');

const each = <Item extends { id: string }>(item: z.ZodType<Item>) =>
  z
    .array(item)
    .max(400)
    .refine((items) => new Set(items.map((one) => one.id)).size === items.length, 'duplicate entity IDs')
    .default([]);
const repository = z.object({
  id,
  name: z.string().min(1).max(255),
  url,
  updateSequenceId: sequence,
  branches: each(branch),
  pullRequests: each(pullRequest),
});
const short = z.string().max(255);
const submission = z.object({
  repositories: z
    .array(repository)
    .min(1)
    .max(100)
    .refine((all) => new Set(all.map((one) => one.id)).size === all.length, 'duplicate repositories'),
  preventTransitions: z.boolean().default(false),
  operationType: z.enum(['NORMAL', 'BACKFILL']).default('NORMAL'),
  properties: z
    .record(short.regex(/^[^_:][^:]*$/), short)
    .refine((all) => Object.keys(all).length <= 5, 'more than 5 properties')
    .default({}),
  providerMetadata: z.object({ product: z.string().optional() }).optional(),
});

export type BranchData = z.output<typeof branch>;
export type PullRequestData = z.output<typeof pullRequest>;
export type RepositoryData = Omit<z.output<typeof repository>, 'branches' | 'pullRequests'>;

const ENTITIES = 1000;

function refused(status: number, message: string): Response {
  return answer(status, { errorMessages: [{ message }] });
}

/** `POST /rest/devinfo/0.10/bulk`. */
export function storeDevelopment(state: JiraState & DevelopmentState, caller: RestCaller, body: unknown): Response {
  const parsed = submission.safeParse(body);
  if (!parsed.success) return refused(400, z.prettifyError(parsed.error));
  const { repositories, properties, preventTransitions } = parsed.data;
  const count = repositories.reduce((sum, one) => sum + one.branches.length + one.pullRequests.length, 0);
  if (count > ENTITIES) return refused(413, `Data is too large: ${count} entities.`);
  const unknown = new Set<string>();
  const issuesOf = (values: readonly string[]) =>
    values.flatMap((value) => {
      const issue = state.issue(caller.siteId, value);
      if (issue === undefined) unknown.add(value);
      return issue === undefined ? [] : [issue.id];
    });
  const linkedTo = ({ issueKeys = [], associations: by = [] }: Pick<BranchData, 'issueKeys' | 'associations'>) =>
    issuesOf([...issueKeys, ...by.flatMap(({ values }) => values)]);
  const accepted: Record<string, { branches: string[]; commits: string[]; pullRequests: string[] }> = {};
  for (const { branches, pullRequests, ...data } of repositories) {
    const where = { siteId: caller.siteId, repository: data, properties, preventTransitions };
    state.putDevelopment(where, [
      ...branches.map((one) => ({ kind: 'branch' as const, data: one, issueIds: linkedTo(one) })),
      ...pullRequests.map((one) => ({ kind: 'pull_request' as const, data: one, issueIds: linkedTo(one) })),
    ]);
    const ids = (items: readonly { id: string }[]) => items.map((one) => one.id);
    accepted[data.id] = { branches: ids(branches), commits: [], pullRequests: ids(pullRequests) };
  }
  return answer(202, {
    acceptedDevinfoEntities: accepted,
    failedDevinfoEntities: {},
    unknownIssueKeys: [...unknown],
    unknownAssociations: unknown.size === 0 ? [] : [{ associationType: 'issueIdOrKeys', values: [...unknown] }],
  });
}

/** `DELETE /rest/devinfo/0.10/repository/{id}/{type}/{id}`: 202 whether it exists or not. */
export function deleteEntity(state: DevelopmentState, { siteId }: RestCaller, url: URL): Response {
  const [repositoryId = '', kind = '', entityId = ''] = url.pathname.split('/').slice(-3).map(decodeURIComponent);
  if (kind !== 'branch' && kind !== 'pull_request' && kind !== 'commit') return refused(400, 'Wrong entity type.');
  const until = untilOf(url);
  if (Number.isNaN(until)) return refused(400, '_updateSequenceId is not a number.');
  state.dropDevelopment(
    siteId,
    (entity) => entity.repository.id === repositoryId && entity.kind === kind && entity.data.id === entityId,
    until,
  );
  return new Response(null, { status: 202 });
}

/** `DELETE /rest/devinfo/0.10/bulkByProperties?key=value`: entries with all of these properties. */
export function deleteByProperties(state: DevelopmentState, { siteId }: RestCaller, url: URL): Response {
  const wanted = [...url.searchParams].filter(([name]) => name !== '_updateSequenceId');
  const until = untilOf(url);
  if (wanted.length === 0 || Number.isNaN(until)) return refused(400, 'No properties are specified.');
  if (new Set(wanted.map(([name]) => name)).size < wanted.length) return refused(400, 'A property is named twice.');
  state.dropDevelopment(siteId, ({ properties }) => wanted.every(([name, value]) => properties[name] === value), until);
  return new Response(null, { status: 202 });
}

function untilOf(url: URL): number {
  const text = url.searchParams.get('_updateSequenceId');
  return text === null ? Infinity : Number(text);
}
