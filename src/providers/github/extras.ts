import { z } from 'zod';
import type { Provider } from '../provider';
import { undoneOf } from '../extras';
import { answered, client, ownerAndRepo } from './client';

const assigned = z.object({ assignees: z.array(z.object({ login: z.string() })) });
const labelled = z.array(z.object({ name: z.string() }));

/**
 * A request for the assignee and one for the labels, sent together: both add to what automation may have set already. People who cannot be
 * assigned are left out without a word (docs "Add assignees to an issue"). A label that was deleted meanwhile is made anew.
 */
export const addToPullRequest: Required<Provider>['addToPullRequest'] = async (connection, request) => {
  const { repository, number, assignee, labels } = request;
  const at = { ...ownerAndRepo(repository), issue_number: number };
  const { issues } = client(connection, 'write');
  const [one, other] = await Promise.all([
    assignee &&
      answered(connection, async () => {
        const { data } = await issues.addAssignees({ ...at, assignees: [assignee.login] });
        return assigned.parse(data).assignees.some(({ login }) => login === assignee.login);
      }),
    labels.length > 0
      ? answered(connection, async () => {
          const { data } = await issues.addLabels({ ...at, labels: [...labels] });
          return labelled.parse(data).map(({ name }) => name);
        })
      : undefined,
  ]);
  const failed = [one, other].flatMap((answer) => (answer === undefined || answer.ok ? [] : [answer.error]));
  return undoneOf(request, {
    isAssigned: one?.ok === true && one.value,
    labels: other?.ok ? other.value : [],
    error: failed[0],
  });
};
