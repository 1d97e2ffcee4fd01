import type { CheckedPayloadOf } from '../contract/answers';
import { createHash } from 'node:crypto';
import type { PageError } from '../contract/errors';
import type { Card } from '../contract/views';
import { digestOf, partsOf, type DevelopmentReport, type ReportedPullRequest } from '../domain/development';
import { mentionsIssue } from '../domain/issue-key';
import { compareText } from '../domain/order';
import { ok, type Result } from '../domain/result';
import { keysOf, type IssuePlace } from '../jira/issues';
import { entityIdOf } from '../jira/development-entities';
import { readNews, type Reported } from '../store/development';
import { push, SETTLED_SECONDS } from '../store/queues';
import { readTicketKey } from '../store/ticket-key';
import { openForIssue, type OpenIntegration, type Person } from './open';
import { digestIn } from './ticket';
import { scopeOf } from './work-scope';

type Where = { integration: OpenIntegration['integration']; settings: OpenIntegration['settings']; issue: IssuePlace };

type What = Pick<DevelopmentReport, 'isBackfill' | 'branches' | 'pullRequests'>;

/** The report of an act to Jira, for `storeNotes`; nothing where the site reports nothing. The next look at the issue makes up for a lost one. */
export function reportOf({ settings, ...where }: Where, done: Partial<What>): DevelopmentReport | undefined {
  const what = { isBackfill: false, branches: [], pullRequests: [], ...done };
  const isEmpty = what.branches.length + what.pullRequests.length === 0;
  return isEmpty || !settings.developmentInfo ? undefined : reportOn(where, what);
}

function reportOn({ integration, issue }: Pick<Where, 'integration' | 'issue'>, what: What): DevelopmentReport {
  const { id, key, projectKey } = issue;
  return { integrationId: integration.id, issue: { id, key, projectKey }, at: Date.now(), ...what };
}

async function pushReport(where: Where, what: What): Promise<void> {
  await Promise.all(partsOf(reportOn(where, what)).map((report) => push('development', { report })));
}

/** Has Jira forget an integration, once nobody can be reporting to it any more. */
export async function pushWithdrawal(integrationId: string): Promise<void> {
  await push('development', { withdraw: integrationId }, { delayInSeconds: SETTLED_SECONDS });
}

/** A card of a pull request as it is reported. */
export function reportedPull(card: Card, by?: string): ReportedPullRequest | undefined {
  const { kind, repository, number, title, url, state, branch: source, target, author, updatedAt } = card;
  if (kind !== 'pull-request' || number === undefined || state === undefined) return undefined;
  return {
    ...{ repository, number, title, url, state, source, target: target ?? '' },
    ...(author !== undefined && { author }),
    ...(updatedAt !== undefined && { updatedAt }),
    ...(by !== undefined && { by }),
  };
}

type Seen = {
  known: ReadonlyMap<string, Reported>;
  /** Made here, and found at the service now. */
  made: readonly Card[];
  found: readonly Card[];
  /** Repositories whose branches were all looked through. */
  searched: readonly string[];
};

/** ms; a branch that somebody cannot see is not requested again at each of their looks. */
const ASKED_AGAIN = 600_000;

/** The findings that Jira and the stored cards do not know: new work, work with another state or commit, and work that has moved. */
function newsIn({ issue, integration, settings }: Where, seen: Seen) {
  const made = seen.made.filter(({ integrationId }) => integrationId === integration.id);
  const all = new Map([...made, ...seen.found].map((card) => [cardId(issue, card), card]));
  const found = new Set(seen.found.map((card) => cardId(issue, card)));
  const fresh: Card[] = [];
  const changed: Card[] = [];
  for (const [id, card] of all) {
    const known = seen.known.get(id);
    const stored = made.find((one) => cardId(issue, one) === id);
    if (settings.developmentInfo && known === undefined) fresh.push(card);
    else if (found.has(id) && differs(card, known, stored)) changed.push(card);
  }
  const keys = keysOf(issue);
  const missing = [...seen.known]
    .filter(([id, told]) => told.kind === 'branch' && !found.has(id) && Date.now() - told.at > ASKED_AGAIN)
    .map(([, { repository, name = '' }]) => ({ repository, name }))
    .filter(
      ({ repository, name }) =>
        made.some((card) => card.attached && card.repository === repository && card.branch === name) ||
        (seen.searched.includes(repository) && keys.some((key) => mentionsIssue(name, key))),
    );
  return { fresh, changed, missing };
}

/**
 * A digest of the findings of a person's look; nothing where it was looked at already. Jira's knowledge is not read here: somebody
 * waits for the look.
 */
export function newsOf(
  { issue, integration, settings }: Where,
  { news, found, searched, ...seen }: Omit<Seen, 'known'> & { news: readonly string[] },
): string | undefined {
  const made = seen.made.filter(({ integrationId }) => integrationId === integration.id);
  const ids = new Set(found.map((card) => cardId(issue, card)));
  const stored = (card: Card) => made.find((one) => cardId(issue, one) === cardId(issue, card));
  const missing = made.filter(
    (card) => card.kind === 'branch' && searched.includes(card.repository) && !ids.has(cardId(issue, card)),
  );
  const told = settings.developmentInfo
    ? [...found.map(said), ...missing.map(({ repository, branch }) => `${repository} ${branch} is gone`)]
    : found.filter((card) => differs(card, undefined, stored(card))).map(said);
  if (told.length === 0 && news.length === 0) return undefined;
  const one = createHash('sha256').update(told.sort(compareText).join('\n')).digest('hex').slice(0, 40);
  return news.includes(one) ? undefined : one;
}

function said({ kind, repository, branch, number, commit, state, title, target }: Card): string {
  return JSON.stringify([kind, repository, branch, number, commit, state, title, target]);
}

/** Reports what the integration account's own look has brought to light. */
export async function reportNews(where: Where, seen: Seen): Promise<void> {
  const { fresh, changed, missing } = newsIn(where, seen);
  await Promise.all([
    pushReport(where, { isBackfill: true, ...split(fresh) }),
    pushReport(where, { isBackfill: false, branches: missing, pullRequests: [] }),
    pushReport(where, { isBackfill: false, ...split(changed) }),
  ]);
}

/**
 * Has the queue look at an issue where a person has looked: once for each finding, and for findings of ours alone. What somebody made up would spend
 * the integration account's allowance, and counted as looked at before it is so. Writes nothing else, and requests no service: nobody waits for it.
 */
export async function tellJira(
  person: Person,
  { issueKey, integrationId, news }: CheckedPayloadOf<'issue', 'tell-jira'>,
): Promise<Result<Record<string, never>, PageError>> {
  const opened = await openForIssue(person, issueKey, integrationId);
  if (!opened.ok) return opened;
  const { newsThere, ticketKey, issue } = opened.value;
  const { id, key, projectKey, formerKeys } = issue;
  const [signingKey, known, { repositories }] = await Promise.all([
    ticketKey ?? readTicketKey(),
    newsThere?.issueId === id ? newsThere.news : readNews(integrationId, id),
    scopeOf(opened.value),
  ]);
  const digest = await digestIn(news, { ...person, integrationId, issueId: id }, signingKey);
  if (digest === undefined || known.includes(digest)) return ok({});
  const look = { integrationId, issue: { id, key, projectKey, formerKeys }, repositories, news: digest };
  await push('development', { look });
  return ok({});
}

function cardId(issue: IssuePlace, { kind, repository, branch, number }: Card): string {
  return entityIdOf(issue.id, repository, kind === 'branch' ? branch : (number ?? 0));
}

/** Whether a card that was found says something else than Jira knows, or than is stored. */
function differs(card: Card, known: Reported | undefined, stored: Card | undefined): boolean {
  if (card.kind === 'branch') return known !== undefined && card.commit !== undefined && card.commit !== known.digest;
  const now = reportedPull(card);
  const before = stored && reportedPull(stored);
  if (now === undefined) return false;
  return (
    (known !== undefined && known.digest !== digestOf(now)) ||
    (before !== undefined && digestOf(before) !== digestOf(now))
  );
}

function split(cards: readonly Card[]): Pick<DevelopmentReport, 'branches' | 'pullRequests'> {
  return {
    branches: cards
      .filter(({ kind }) => kind === 'branch')
      .map(({ repository, branch: name }) => ({ repository, name })),
    pullRequests: cards.flatMap((card) => reportedPull(card) ?? []),
  };
}
