import { z } from 'zod';
import type { Provider } from '../provider';
import { answered, client, projectAndRepository } from './client';
import { readHead } from './refs';

/** The SDK has made a date of it already. */
const commitAnswer = z.object({
  commitId: z.string(),
  comment: z.string().catch(''),
  author: z.object({ name: z.string().catch(''), date: z.coerce.date() }),
});

/** Two requests: a branch's commit, and what it says ("Commits - Get"; every version since TFS 2015 has it). */
export const readHeadCommit: NonNullable<Provider['readHeadCommit']> = async (connection, { repository, name }) => {
  const head = await readHead(connection, repository, name);
  if (!head.ok) return head;
  return answered(async () => {
    const { project, repositoryId } = projectAndRepository(repository);
    const found = await client(connection).git.getCommit(head.value, repositoryId, project);
    const { commitId, comment, author } = commitAnswer.parse(found);
    return { id: commitId, message: comment.split('\n')[0] ?? '', author: author.name, at: author.date.toISOString() };
  });
};
