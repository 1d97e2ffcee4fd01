import type { PageError } from '../contract/errors';
import type { BranchView, Card, Page, RepositoryView } from '../contract/views';
import { ownersOf, ownsRepository } from '../domain/integration';
import { fail, ok, type Result } from '../domain/result';
import { linksOf } from '../providers/links';
import { listWork, readProjectRepositories } from '../store/work';
import { connectForRead, explain } from './connect';
import { openForIssue, type Person } from './open';
import { refuse } from './page-error';

type Where = { issueKey: string; integrationId: string };
type Search = { search: string; cursor?: string | undefined };

/** Repositories of an integration that the person can write to. */
export async function listRepositories(
  person: Person,
  { issueKey, integrationId, search, cursor }: Where & Search,
): Promise<Result<Page<RepositoryView>, PageError>> {
  const opened = await openForIssue(person, issueKey, integrationId);
  if (!opened.ok) return opened;
  const connected = await connectForRead(opened.value);
  if (!connected.ok) return connected;
  const { provider, connection } = connected.value;
  const found = await provider.listRepositories(connection, {
    owners: ownersOf(opened.value.integration),
    search,
    cursor,
  });
  if (!found.ok) return fail(await explain(found.error, opened.value, connected.value, person));
  const { approveUrl, ...list } = found.value;
  return ok({
    ...list,
    // The integration account's token is not the person's to approve.
    ...(approveUrl === undefined || connected.value.actor === 'integration' ? {} : { approveUrl }),
    items: found.value.items.filter((repository) => ownsRepository(opened.value.integration, repository.name)),
  });
}

/** One page of a repository's branches whose name contains `search`, seen as the person where they have a token. */
export async function listBranches(
  person: Person,
  { issueKey, integrationId, repository, search, cursor }: Where & Search & { repository: string },
): Promise<Result<Page<BranchView>, PageError>> {
  const opened = await openForIssue(person, issueKey, integrationId);
  if (!opened.ok) return opened;
  if (!ownsRepository(opened.value.integration, repository))
    return refuse('REPOSITORY_NOT_OF_INTEGRATION', { repository, integration: opened.value.integration.name });
  const connected = await connectForRead(opened.value);
  if (!connected.ok) return connected;
  const { provider, connection } = connected.value;
  const found = await provider.listBranches(connection, { repository, search, cursor });
  return found.ok ? found : fail(await explain(found.error, opened.value, connected.value, person, { repository }));
}

/**
 * What one service knows of the issue: pull requests that name it, and branches in the repositories where it or its
 * project was worked on. One request to the service.
 */
export async function listCards(
  person: Person,
  { issueKey, integrationId }: Where,
): Promise<Result<{ cards: readonly Card[] }, PageError>> {
  const opened = await openForIssue(person, issueKey, integrationId);
  if (!opened.ok) return opened;
  const { integration, service, issue } = opened.value;
  const [connected, made, recent] = await Promise.all([
    connectForRead(opened.value),
    listWork(issue.id),
    readProjectRepositories(issue.projectKey),
  ]);
  if (!connected.ok) return connected;
  const used = [...made, ...recent].filter(
    (item) => item.integrationId === integrationId && ownsRepository(integration, item.repository),
  );
  const repositories = [...new Set(used.map((item) => item.repository))];
  const { provider, connection } = connected.value;
  const found = await provider.findWork(connection, {
    issueKey: issue.key,
    owners: ownersOf(integration),
    repositories,
  });
  if (!found.ok) return fail(await explain(found.error, opened.value, connected.value, person));
  const branches = found.value.branches.map(({ repository, name }): Card => ({
    kind: 'branch',
    integrationId,
    repository,
    url: linksOf(service).branch(service, repository, name),
    title: name,
    branch: name,
  }));
  const pullRequests = found.value.pullRequests.map(({ source, ...pull }): Card => ({
    ...pull,
    kind: 'pull-request',
    integrationId,
    branch: source,
  }));
  return ok({ cards: [...branches, ...pullRequests].filter((card) => ownsRepository(integration, card.repository)) });
}
