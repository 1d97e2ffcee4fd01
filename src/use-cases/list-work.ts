import type { CheckedPayloadOf } from '../contract/answers';
import type { ErrorNames, PageError } from '../contract/errors';
import type { BranchView, ListView, RepositoryView, WorkView } from '../contract/views';
import type { ProviderError } from '../domain/errors';
import { ownersOf, isRepositoryOf } from '../domain/integration';
import { fail, ok, type Result } from '../domain/result';
import type { Service } from '../domain/service';
import { readNews } from '../store/development';
import { readTicketKey } from '../store/ticket-key';
import { connectForRead, explain, type Connected } from './connect';
import { findWork } from './find-work';
import { openForIssue, openForProject, type OpenIntegration, type Person } from './open';
import { namesOf, refuse, serviceError } from './page-error';
import { newsOf } from './report-development';
import { sealNews } from './ticket';
import { cardView } from './views';
import { scopeOf } from './work-scope';

type InRepository = { repository: string };
type Search = { search: string; cursor?: string | undefined };

/** Repositories of an integration that the person can write to. */
export async function listRepositories(
  person: Person,
  { issueKey, integrationId, ...query }: CheckedPayloadOf<'issue', 'list-repositories'>,
): Promise<Result<ListView<RepositoryView>, PageError>> {
  const opened = await openForIssue(person, issueKey, integrationId);
  return opened.ok ? repositoriesOf(person, opened.value, query) : opened;
}

/** The same outside of an issue, to choose a default for a project. */
export async function listRepositoriesOfProject(
  person: Person,
  { projectKey, integrationId, ...query }: CheckedPayloadOf<'user-settings', 'list-repositories'>,
): Promise<Result<ListView<RepositoryView>, PageError>> {
  const opened = await openForProject(person, projectKey, integrationId);
  return opened.ok ? repositoriesOf(person, opened.value, query) : opened;
}

async function repositoriesOf(
  person: Person,
  opened: OpenIntegration,
  query: Search,
): Promise<Result<ListView<RepositoryView>, PageError>> {
  const { integration } = opened;
  const connected = await connectForRead(opened);
  if (!connected.ok) return connected;
  const { provider, connection } = connected.value;
  const found = await provider.listRepositories(connection, { owners: ownersOf(integration), ...query });
  if (!found.ok) return fail(await explainPage(found.error, opened, connected.value, person, query));
  const { approveUrl, withheld, ...list } = found.value;
  const names = { ...namesOf(integration, opened.service), login: connected.value.login };
  return ok({
    ...list,
    // The integration account's token is not the person's to approve.
    ...(approveUrl === undefined || connected.value.actor === 'integration' ? {} : { approveUrl }),
    ...(withheld && { withheld: serviceError(withheld, opened.service, names) }),
    items: found.value.items.filter((repository) => isRepositoryOf(integration, repository.name)),
  });
}

/** One page of a repository's branches whose name contains `search`, seen as the person where they have a token. */
export async function listBranches(
  person: Person,
  { issueKey, integrationId, ...query }: CheckedPayloadOf<'issue', 'list-branches'>,
): Promise<Result<ListView<BranchView>, PageError>> {
  const opened = await openForIssue(person, issueKey, integrationId);
  return opened.ok ? branchesOf(person, opened.value, query) : opened;
}

/** The same outside of an issue, to choose a default for a project. */
export async function listBranchesOfProject(
  person: Person,
  { projectKey, integrationId, ...query }: CheckedPayloadOf<'user-settings', 'list-branches'>,
): Promise<Result<ListView<BranchView>, PageError>> {
  const opened = await openForProject(person, projectKey, integrationId);
  return opened.ok ? branchesOf(person, opened.value, query) : opened;
}

async function branchesOf(
  person: Person,
  opened: OpenIntegration,
  query: InRepository & Search,
): Promise<Result<ListView<BranchView>, PageError>> {
  const { repository } = query;
  if (!isRepositoryOf(opened.integration, repository))
    return refuse('REPOSITORY_NOT_OF_INTEGRATION', { repository, integration: opened.integration.name });
  const connected = await connectForRead(opened);
  if (!connected.ok) return connected;
  const { provider, connection } = connected.value;
  const found = await provider.listBranches(connection, query);
  return found.ok ? found : fail(await explainPage(found.error, opened, connected.value, person, query));
}

/** A request that goes on where a list never was is refused by most services without a reason: the place is what the page sent. */
async function explainPage(
  error: ProviderError,
  opened: OpenIntegration,
  connected: Connected,
  person: Person,
  { cursor, repository }: Partial<InRepository> & Search,
): Promise<PageError> {
  if (cursor !== undefined && error.code === 'REQUEST_REFUSED' && error.status === 400)
    return refuse('INVALID_INPUT', { field: 'cursor' }).error;
  return explain(error, opened, connected, person, { repository });
}

/**
 * The work of the issue at one service: pull requests that name it, and branches in the repositories where it or its
 * project was worked on, or that the person starts with there. As much of it as its share of the view's requests allows.
 */
export async function listCards(
  person: Person,
  { issueKey, integrationId, among }: CheckedPayloadOf<'issue', 'list-cards'>,
): Promise<Result<WorkView, PageError>> {
  const opened = await openForIssue(person, issueKey, integrationId);
  if (!opened.ok) return opened;
  const { integration, service, issue, newsThere, ticketKey } = opened.value;
  const [connected, scope, news, key] = await Promise.all([
    connectForRead(opened.value),
    scopeOf(opened.value),
    newsThere?.issueId === issue.id ? newsThere.news : readNews(integrationId, issue.id),
    ticketKey ?? readTicketKey(),
  ]);
  if (!connected.ok) return connected;
  const work = await findWork(connected.value, { integration, issue, scope, among, made: scope.made });
  if (!work.ok) return fail(await explain(work.error, opened.value, connected.value, person));
  const { cards, owners, repositories, withheld, unseen } = work.value;
  const names = { ...namesOf(integration, service), login: connected.value.login };
  const unknown = newsOf(opened.value, { news, made: scope.made, found: cards, searched: repositories });
  return ok({
    // A commit says where a branch made here began, nothing else.
    cards: cards.map(({ commit: _, ...card }) => cardView(service, card)),
    searched: repositories.filter((repository) => !unseen.includes(repository)),
    // Where others of the project worked may be hidden from this person: it is named once the service has shown it to them.
    leftOut: [
      ...scope.owners.slice(owners.length),
      ...scope.repositories.slice(repositories.length).filter((repository) => scope.theirs.includes(repository)),
    ],
    ...(unknown !== undefined &&
      key && {
        news: await sealNews(unknown, { ...person, integrationId, issueId: issue.id }, key),
      }),
    ...(withheld && { withheld: withheldBy(withheld, service, names, connected.value.actor) }),
  });
}

/** The page on which a token is approved is of use only to the token's owner: nobody can approve the integration account's there. */
export function withheldBy(
  error: ProviderError,
  service: Service,
  names: ErrorNames,
  actor: Connected['actor'],
): PageError {
  const { url, ...rest } = { url: undefined, ...serviceError(error, service, names) };
  return { ...rest, ...(actor === 'person' && url !== undefined ? { url } : {}) };
}
