import { z } from 'zod';
import type { ProviderError } from '../../domain/errors';
import { fail, ok, type Result } from '../../domain/result';
import type { Branch, Connection, Provider } from '../provider';
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

const TAGS = 'refs/tags/';
const commitId = z.string().regex(/^[0-9a-f]{40}$/);
/** An annotated tag is an object of its own, which names its commit where that is asked for ("Refs - List", `peelTags`). */
const tags = z.array(
  z.object({ name: z.string().startsWith(TAGS), objectId: commitId, peeledObjectId: commitId.nullish() }),
);

/** Whole ids need no reading, and parts of them are not taken. */
export const readCommit: Required<Provider>['readCommit'] = async (connection, { repository, ...at }) => {
  if (!('tag' in at)) return fail({ code: 'SOURCE_MISSING' });
  const found = await answered(async () => {
    const { project, repositoryId } = projectAndRepository(repository);
    const no = undefined;
    const { git } = client(connection);
    return tags.parse(await git.getRefs(repositoryId, project, `tags/${at.tag}`, no, no, no, no, true));
  });
  if (!found.ok) return found;
  // The service filters by the beginning.
  const tag = found.value.find(({ name }) => name === `${TAGS}${at.tag}`);
  return tag === undefined ? fail({ code: 'SOURCE_MISSING' }) : ok(tag.peeledObjectId ?? tag.objectId);
};

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
