import { route } from '@forge/api';
import { z } from 'zod';
import { ok, type Result } from '../domain/result';
import type { RepositoryEntity } from './development-entities';
import { send, type SendingProblem } from './send';

/*
 * Jira's development information, sent by the app itself: queues have no caller, and Jira shows it to those who may see development
 * details. Jira takes it and works on it later (202). Source: "Development Information", Jira Software Cloud REST 0.10.
 */

const stored = z.object({
  failedDevinfoEntities: z
    .record(
      z.string(),
      z.object({
        branches: z.array(z.object({ id: z.string() })).catch([]),
        pullRequests: z.array(z.object({ id: z.string() })).catch([]),
      }),
    )
    .catch({}),
});

/** Stores entities and answers with the ids of those that Jira did not take. They are marked with their integration, to be withdrawn with it. */
export async function storeDevelopment(
  integrationId: string,
  repositories: readonly RepositoryEntity[],
  { product, mayTransition }: { product: string; mayTransition: boolean },
): Promise<Result<ReadonlySet<string>, SendingProblem>> {
  const answer = await send('POST', route`/rest/devinfo/0.10/bulk`, {
    repositories,
    properties: { integrationId },
    providerMetadata: { product },
    operationType: mayTransition ? 'NORMAL' : 'BACKFILL',
    preventTransitions: !mayTransition,
  });
  if (!answer.ok) return answer;
  const { failedDevinfoEntities } = stored.parse(answer.value ?? {});
  const failed = Object.values(failedDevinfoEntities).flatMap((one) => [...one.branches, ...one.pullRequests]);
  return ok(new Set(failed.map(({ id }) => id)));
}

/** Removes what was stored up to `until` (ms since the epoch); what is not there is removed already. */
export async function removeDevelopment(
  kind: 'branch' | 'pull-request',
  { repositoryId, id, until }: { repositoryId: string; id: string; until: number },
): Promise<Result<unknown, SendingProblem>> {
  const type = kind === 'branch' ? 'branch' : 'pull_request';
  const path = route`/rest/devinfo/0.10/repository/${repositoryId}/${type}/${id}?_updateSequenceId=${until}`;
  return missingIsGone(await send('DELETE', path));
}

/** Removes everything of an integration. */
export async function withdrawDevelopment(integrationId: string): Promise<Result<unknown, SendingProblem>> {
  return missingIsGone(await send('DELETE', route`/rest/devinfo/0.10/bulkByProperties?integrationId=${integrationId}`));
}

function missingIsGone(answer: Result<unknown, SendingProblem>): Result<unknown, SendingProblem> {
  return !answer.ok && answer.error.code === 'ISSUE_NOT_FOUND' ? ok(undefined) : answer;
}
