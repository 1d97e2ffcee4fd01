import { GetCommitCommand } from '@aws-sdk/client-codecommit';
import { z } from 'zod';
import type { Provider } from '../provider';
import { headOf } from './branches';
import { answered, codeCommit } from './client';

const commitAnswer = z.object({
  commit: z.object({
    commitId: z.string(),
    message: z.string().catch(''),
    /** As git writes it: seconds since 1970, and the offset (CodeCommit API, "UserInfo"). */
    author: z.object({ name: z.string().catch(''), date: z.string().regex(/^\d{1,11} [+-]\d{4}$/) }),
  }),
});

/** Two requests: `GetBranch` and `GetCommit`. */
export const readHeadCommit: NonNullable<Provider['readHeadCommit']> = async (connection, { repository, name }) => {
  const client = codeCommit(connection);
  const head = await headOf(client, repository, name);
  if (!head.ok) return head;
  return answered(async () => {
    const command = new GetCommitCommand({ repositoryName: repository, commitId: head.value });
    const { commitId, message, author } = commitAnswer.parse(await client.send(command)).commit;
    const at = new Date(Number(author.date.split(' ')[0]) * 1000).toISOString();
    return { id: commitId, message: message.split('\n')[0] ?? '', author: author.name, at };
  });
};
