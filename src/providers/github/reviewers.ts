import { z } from 'zod';
import { ok } from '../../domain/result';
import type { Provider } from '../provider';
import { answered, client, ownerAndRepo } from './client';
import { ask, present } from './graphql';

const REVIEWERS = `query reviewers($owner: String!, $repo: String!, $text: String) {
  repository(owner: $owner, name: $repo) { assignableUsers(query: $text, first: 20) { nodes { login name } } }
}`;

const reviewersAnswer = z.object({
  repository: z.object({
    assignableUsers: z.object({ nodes: present(z.object({ login: z.string(), name: z.string().nullable() })) }),
  }),
});

/** GitHub has no list of possible reviewers; those who can be assigned are collaborators too (assumption: nobody is missing). */
export const findReviewers: Required<Provider>['findReviewers'] = async (connection, { repository, search }) => {
  const variables = { ...ownerAndRepo(repository), text: search === '' ? null : search };
  const asked = await answered(
    connection,
    async () => (await ask(connection, reviewersAnswer, REVIEWERS, variables)).value,
  );
  if (!asked.ok) return asked;
  return ok(
    asked.value.repository.assignableUsers.nodes.map(({ login, name }) => ({
      id: login,
      login,
      ...(name === null || name === '' ? {} : { name }),
    })),
  );
};

/** GitHub refuses all of them when one cannot be asked. */
export const requestReviewers: Required<Provider>['requestReviewers'] = async (connection, request) => {
  const { repository, number, reviewers } = request;
  const asked = await answered(connection, () =>
    client(connection, 'write').pulls.requestReviewers({
      ...ownerAndRepo(repository),
      pull_number: number,
      reviewers: [...reviewers],
    }),
  );
  if (asked.ok) return undefined;
  const { error } = asked;
  const isRefusal = error.code === 'REQUEST_REFUSED' && error.status === 422;
  return { reviewers, error: isRefusal ? { code: 'REVIEWERS_REFUSED' } : error };
};
