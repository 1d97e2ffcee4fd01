import type { CheckedPayloadOf } from '../contract/answers';
import type { PageError } from '../contract/errors';
import type { Card, ListView } from '../contract/views';
import { isRepositoryOf } from '../domain/integration';
import { fail, ok, type Result } from '../domain/result';
import { shareOf } from '../domain/work-budget';
import { connectForRead, explain } from './connect';
import { withheldBy } from './list-work';
import { openForIssue, type Person } from './open';
import { namesOf, refuse } from './page-error';
import { branchCard, pullCard } from './see-work';
import { scopeOf } from './work-scope';

/** Results on a page; the service is asked again for the next one. */
const SHOWN = 20;

/**
 * Work to attach, by words: pull requests of the integration and branches where the project works, or all of one repository. Open
 * pull requests come first. Everything as the service shows it to the person, by the same rule as every list.
 */
export async function searchWork(
  person: Person,
  { issueKey, integrationId, repository, search, among, cursor }: CheckedPayloadOf<'issue', 'search-work'>,
): Promise<Result<ListView<Card>, PageError>> {
  const opened = await openForIssue(person, issueKey, integrationId);
  if (!opened.ok) return opened;
  const { integration, service } = opened.value;
  if (repository !== undefined && !isRepositoryOf(integration, repository))
    return refuse('REPOSITORY_NOT_OF_INTEGRATION', { repository, integration: integration.name });
  const [connected, known] = await Promise.all([
    connectForRead(opened.value),
    repository === undefined ? scopeOf(opened.value) : { owners: [], repositories: [repository] },
  ]);
  if (!connected.ok) return connected;
  const { provider, connection, login, actor } = connected.value;
  const requests = shareOf(among);
  const scope = { owners: known.owners, repositories: known.repositories };
  const { owners, repositories } = provider.affordable?.(requests, scope) ?? scope;
  const found = await provider.searchWork?.(connection, { search, owners, repositories, requests });
  if (found === undefined) return ok({ items: [] });
  if (!found.ok) return fail(await explain(found.error, opened.value, connected.value, person, { repository }));
  const { branches, pullRequests, withheld } = found.value;
  const isOver = ({ state }: Card) => state === 'merged' || state === 'closed';
  const pulls = pullRequests.map((pull) => pullCard(integrationId, pull));
  const cards = [
    ...pulls.filter((card) => !isOver(card)),
    ...branches.map(({ name, repository: where }) =>
      branchCard(service, integrationId, { repository: where, branch: name }),
    ),
    ...pulls.filter(isOver),
  ].filter((card) => isRepositoryOf(integration, card.repository));
  const start = Number(cursor ?? 0);
  const end = start + SHOWN;
  return ok({
    items: cards.slice(start, end),
    ...(end < cards.length && { next: String(end) }),
    ...(withheld && { withheld: withheldBy(withheld, service, { ...namesOf(integration, service), login }, actor) }),
  });
}
