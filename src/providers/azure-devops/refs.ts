import { z } from 'zod';
import type { ProviderError } from '../../domain/errors';
import { fail, ok, type Result } from '../../domain/result';
import type { Branch, Connection } from '../provider';
import { answered, client, projectAndRepository, type CallOptions } from './client';

export const HEADS = 'refs/heads/';

const refs = z.array(z.object({ name: z.string().startsWith(HEADS), objectId: z.string().regex(/^[0-9a-f]{40}$/) }));

export type RefQuery = { startsWith: string; contains?: string; page?: CallOptions['query'] };

/** Branches by the beginning of their names, and what continues the list. One request. */
export async function readBranches(
  connection: Connection,
  repository: string,
  { startsWith, contains, page }: RefQuery,
): Promise<Result<{ branches: Branch[]; next: string | undefined }, ProviderError>> {
  return answered(async () => {
    const { project, repositoryId } = projectAndRepository(repository);
    const asked = client(connection, page === undefined ? {} : { query: page });
    const no = undefined;
    // The flags between the two filters would only make the answer larger.
    const found = await asked.git.getRefs(repositoryId, project, `heads/${startsWith}`, no, no, no, no, no, contains);
    const branches = refs.parse(found).map(({ name, objectId }) => ({
      name: name.slice(HEADS.length),
      commit: objectId,
    }));
    return { branches, next: asked.header('x-ms-continuationtoken') };
  });
}

/** Where a branch is now; `BRANCH_MISSING` when the repository has none of that name. One request. */
export async function readHead(
  connection: Connection,
  repository: string,
  name: string,
): Promise<Result<string, ProviderError>> {
  // The service filters by the beginning, so `feature` brings `feature/x` along.
  const found = await readBranches(connection, repository, { startsWith: name });
  if (!found.ok) return found;
  const branch = found.value.branches.find((one) => one.name === name);
  return branch?.commit === undefined ? fail({ code: 'BRANCH_MISSING' }) : ok(branch.commit);
}
