import type { Card } from '../contract/views';
import { cutTo, LONGEST_TITLE } from '../domain/cut-text';
import type { ProviderError } from '../domain/errors';
import { isRepositoryOf, type Integration } from '../domain/integration';
import { ok, type Result } from '../domain/result';
import { shareOf } from '../domain/work-budget';
import { keysOf, type IssuePlace } from '../jira/issues';
import { linksOf } from '../providers/links';
import type { Connected } from './connect';

type Found = {
  cards: Card[];
  /** Where it was looked for. */
  owners: readonly string[];
  repositories: readonly string[];
  withheld: ProviderError | undefined;
  /** Repositories that the service does not show to this credential. */
  unseen: readonly string[];
};

/** What a service shows of an issue by any of its keys, as cards. As much of it as its share of a view's requests allows. A branch's card has its commit. */
export async function findWork(
  { provider, connection }: Connected,
  {
    integration,
    issue,
    scope,
    among,
  }: {
    integration: Integration;
    issue: IssuePlace;
    scope: { owners: readonly string[]; repositories: readonly string[] };
    among: number;
  },
): Promise<Result<Found, ProviderError>> {
  const { service } = connection;
  const integrationId = integration.id;
  const keys = keysOf(issue);
  const requests = shareOf(among * keys.length);
  const { owners, repositories } = provider.affordable?.(requests, scope) ?? scope;
  const found = allOf(
    await Promise.all(
      keys.map((issueKey) => provider.findWork(connection, { issueKey, owners, repositories, requests })),
    ),
  );
  if (!found.ok) return found;
  const withheld = found.value.find((one) => one.withheld !== undefined)?.withheld;
  const branches = found.value
    .flatMap((one) => one.branches)
    .map(({ repository, name, commit }): Card => ({
      kind: 'branch',
      integrationId,
      repository,
      url: linksOf(service).branch(service, repository, name),
      title: name,
      branch: name,
      ...(commit === undefined ? {} : { commit }),
    }));
  const pullRequests = found.value
    .flatMap((one) => one.pullRequests)
    .map(({ source, ...pull }): Card => ({
      ...pull,
      title: cutTo(pull.title, LONGEST_TITLE),
      kind: 'pull-request',
      integrationId,
      branch: source,
    }));
  const cards = once([...branches, ...pullRequests]).filter((card) => isRepositoryOf(integration, card.repository));
  const unseen = found.value.flatMap((one) => one.unseen ?? []);
  return ok({ cards, owners, repositories, withheld, unseen });
}

function allOf<Value, Problem>(answers: readonly Result<Value, Problem>[]): Result<Value[], Problem> {
  const values: Value[] = [];
  for (const answer of answers) {
    if (!answer.ok) return answer;
    values.push(answer.value);
  }
  return ok(values);
}

/** What names two keys of the issue is found by both. */
function once(cards: readonly Card[]): Card[] {
  return [...new Map(cards.map((card) => [card.url, card])).values()];
}
