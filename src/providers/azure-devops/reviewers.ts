import { PullRequestStatus } from 'azure-devops-node-api/interfaces/GitInterfaces';
import { z } from 'zod';
import type { ProviderError } from '../../domain/errors';
import { fail, ok, type Result } from '../../domain/result';
import type { Connection, Provider, Reviewer, Unasked } from '../provider';
import { answered, client, projectAndRepository } from './client';

const MOST = 20;
/** Pull requests, and pushes, whose people are known: the newest. */
const LOOKED_AT = 100;

const person = z.object({
  id: z.string(),
  displayName: z.string(),
  uniqueName: z.string().catch(''),
  isContainer: z.boolean().catch(false),
});
type Person = z.output<typeof person>;

const pullRequests = z.array(
  z.object({ createdBy: person.optional().catch(undefined), reviewers: z.array(person).catch([]) }),
);
const pushes = z.array(z.object({ pushedBy: person.optional().catch(undefined) }));

/**
 * The people of the repository's newest pull requests and pushes. People who did neither are not found: the searches for people
 * want the scopes Graph, Identity, or Project and Team, and lie partly on another host; these two lists want Code (read)
 * (specs, `securityDefinitions`; azure-cli#27549). Two requests, sent together.
 */
export const findReviewers: Required<Provider>['findReviewers'] = async (connection, { repository, search }) => {
  const known = await knownPeople(connection, repository);
  return known.ok ? ok(peopleOf(known.value, search)) : known;
};

/** The same as the service knows them, teams as well; nobody where they cannot be read. */
export async function findPeople(connection: Connection, repository: string): Promise<Person[]> {
  const known = await knownPeople(connection, repository);
  return known.ok ? known.value.filter((one) => one !== undefined) : [];
}

async function knownPeople(
  connection: Connection,
  repository: string,
): Promise<Result<(Person | undefined)[], ProviderError>> {
  const [opened, pushed] = await Promise.all([
    answered(async () => {
      const { project, repositoryId } = projectAndRepository(repository);
      const criteria = { status: PullRequestStatus.All };
      const { git } = client(connection);
      const found = await git.getPullRequests(repositoryId, criteria, project, undefined, 0, LOOKED_AT);
      return pullRequests.parse(found).flatMap(({ createdBy, reviewers }) => [createdBy, ...reviewers]);
    }),
    answered(async () => {
      const { project, repositoryId } = projectAndRepository(repository);
      const found = await client(connection).git.getPushes(repositoryId, project, 0, LOOKED_AT);
      return pushes.parse(found).map(({ pushedBy }) => pushedBy);
    }),
  ]);
  if (!opened.ok) return opened;
  if (!pushed.ok) return pushed;
  return ok([...opened.value, ...pushed.value]);
}

/** Each person once, teams and the service's own accounts not; in the order of their names. */
function peopleOf(found: readonly (Person | undefined)[], search: string): Reviewer[] {
  const wanted = search.trim().toLowerCase();
  const known = found.filter((one) => one !== undefined).filter(({ isContainer }) => !isContainer);
  const people = [...new Map(known.map((one) => [one.id, one])).values()]
    .filter(({ displayName, uniqueName }) => `${displayName} ${uniqueName}`.toLowerCase().includes(wanted))
    .sort((one, other) => one.displayName.localeCompare(other.displayName, 'en'));
  return people.slice(0, MOST).map(({ id, displayName, uniqueName }) => ({
    id,
    ...(uniqueName === '' ? { login: displayName } : { login: uniqueName, name: displayName }),
  }));
}

/** One request a person, sent together: so each has an answer, and every server since TFS 2017 knows it (docs of the previous APIs). */
export const requestReviewers: Required<Provider>['requestReviewers'] = async (connection, request) => {
  const { repository, number, reviewers } = request;
  const asked = await Promise.all(
    reviewers.map(async (id) => {
      const added = await answered(async () => {
        const { project, repositoryId } = projectAndRepository(repository);
        const { git } = client(connection);
        return person.parse(await git.createPullRequestReviewer({ vote: 0 }, repositoryId, number, id, project));
      });
      return added.ok ? ok(id) : fail({ id, error: refusal(added.error) });
    }),
  );
  const refused = asked.flatMap((answer) => (answer.ok ? [] : [answer.error]));
  const [first] = refused;
  return first && ({ reviewers: refused.map(({ id }) => id), error: first.error } satisfies Unasked);
};

/** An identity nobody knows, or one who does not see the repository: a 400 (create-pr-task#113) or 404 (assumption). */
function refusal(error: ProviderError): ProviderError {
  const isTheirs = error.code === 'REPOSITORY_NOT_FOUND' || (error.code === 'REQUEST_REFUSED' && error.status === 400);
  return isTheirs ? { code: 'REVIEWERS_REFUSED' } : error;
}
