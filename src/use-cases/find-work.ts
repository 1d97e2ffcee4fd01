import type { Card } from '../contract/views';
import type { ProviderError } from '../domain/errors';
import { isRepositoryOf, type Integration } from '../domain/integration';
import { byLastChange } from '../domain/order';
import { ok, type Result } from '../domain/result';
import { shareOf } from '../domain/work-budget';
import { keysOf, type IssuePlace } from '../jira/issues';
import type { Connected } from './connect';
import { branchCard, pullCard, seeWork } from './see-work';

type Found = {
  cards: Card[];
  /** Where it was looked for. */
  owners: readonly string[];
  repositories: readonly string[];
  withheld: ProviderError | undefined;
  /** Repositories that the service does not show to this credential. */
  unseen: readonly string[];
};

/** The work of an issue at a service, by any of its keys, as cards. As much of it as its share of a view's requests allows. A branch's card has its commit. */
export async function findWork(
  connected: Connected,
  {
    integration,
    issue,
    scope,
    among,
    made,
  }: {
    integration: Integration;
    issue: IssuePlace;
    scope: { owners: readonly string[]; repositories: readonly string[] };
    among: number;
    /** Cards that are stored; those that were attached are requested one by one. */
    made: readonly Card[];
  },
): Promise<Result<Found, ProviderError>> {
  const { provider, connection } = connected;
  const attached = made.filter((card) => card.attached && card.integrationId === integration.id);
  const { service } = connection;
  const { id: integrationId } = integration;
  const keys = keysOf(issue);
  const requests = shareOf(among * keys.length);
  const { owners, repositories } = provider.affordable?.(requests, scope) ?? scope;
  const [answers, seen] = await Promise.all([
    Promise.all(keys.map((issueKey) => provider.findWork(connection, { issueKey, owners, repositories, requests }))),
    seeAttached(connected, integration, attached),
  ]);
  const found = allOf(answers);
  if (!found.ok) return found;
  const withheld = found.value.find((one) => one.withheld !== undefined)?.withheld;
  const branches = found.value
    .flatMap((one) => one.branches)
    .map(({ name: branch, ...at }) => branchCard(service, integrationId, { ...at, branch }));
  const pullRequests = found.value.flatMap((one) => one.pullRequests).map((pull) => pullCard(integrationId, pull));
  const cards = once([...branches, ...pullRequests, ...seen]).filter((card) =>
    isRepositoryOf(integration, card.repository),
  );
  const unseen = found.value.flatMap((one) => one.unseen ?? []);
  return ok({ cards, owners, repositories, withheld, unseen });
}

/** Requests for attached work at one look. */
const ATTACHED_AT_ONCE = 10;

/** Attached work need not name the issue, so no search finds it. A card that the service does not show now is not changed. */
async function seeAttached(connected: Connected, integration: Integration, attached: readonly Card[]): Promise<Card[]> {
  const newest = [...attached].sort(byLastChange).slice(0, ATTACHED_AT_ONCE);
  const seen = await Promise.all(
    newest.map(({ repository, branch, number }) =>
      seeWork(connected, integration, number === undefined ? { repository, branch } : { repository, number }),
    ),
  );
  return seen.flatMap((one) => (one.ok ? [one.value] : []));
}

function allOf<Value, Problem>(answers: readonly Result<Value, Problem>[]): Result<Value[], Problem> {
  const values: Value[] = [];
  for (const answer of answers) {
    if (!answer.ok) return answer;
    values.push(answer.value);
  }
  return ok(values);
}

/** Work that names two keys of the issue is found by both. */
function once(cards: readonly Card[]): Card[] {
  return [...new Map(cards.map((card) => [card.url, card])).values()];
}
