import type { Card } from '../contract/views';
import {
  digestOf,
  type DevelopmentLook,
  type DevelopmentReport,
  type ReportedBranch,
  type ReportedPullRequest,
} from '../domain/development';
import { outcomeOf } from '../domain/activity';
import { isOpenTo, ownersOf, serviceOf, type Integration } from '../domain/integration';
import { isOutOfReach, type ProviderError } from '../domain/errors';
import type { Result } from '../domain/result';
import { removeDevelopment, storeDevelopment, withdrawDevelopment } from '../jira/development';
import type { SendingProblem } from '../jira/send';
import {
  branchEntity,
  entityIdOf,
  pullRequestEntity,
  repositoryEntity,
  repositoryIdOf,
  type RepositoryEntity,
} from '../jira/development-entities';
import { linksOf } from '../providers/links';
import type { HeadCommit } from '../providers/provider';
import { readDecisions } from '../store/decisions';
import { forgetReportedOf, GONE, storeNews, storeReported, readReported, type Reported } from '../store/development';
import { takeNotes } from '../store/notes';
import { eachOf } from '../store/query';
import type { Jobs } from '../store/queues';
import { changeWork, listWork, readWork } from '../store/work';
import { connectAsItself, type Connected } from './connect';
import { findWork } from './find-work';
import { NotNow } from './later';
import { reportNews } from './report-development';

/**
 * One delivery of the queue `development`. It may run twice, because a report that Jira has already changes nothing. The notes of an act come last, even if
 * its report failed: by then the act itself has usually stored them.
 */
export async function takeDevelopment({ notes = [], ...work }: Jobs['development']): Promise<void> {
  try {
    if ('withdraw' in work) await withdrawIfOff(work.withdraw);
    else await ('look' in work ? look(work.look) : sendReport(work.report));
  } finally {
    await takeNotes({ notes });
  }
}

/** Looks at an issue as the integration account, because a person has found something there. Work that it does not find is not shown to everybody. */
async function look({ integrationId, issue, repositories, news }: DevelopmentLook): Promise<void> {
  const [{ integration, settings }, made, known] = await Promise.all([
    readDecisions(integrationId),
    listWork(issue.id),
    readReported(integrationId, issue.id),
  ]);
  const connected = await open(integration, issue.projectKey);
  if (integration === undefined || connected === undefined) return;
  const scope = { owners: ownersOf(integration), repositories };
  const found = await findWork(connected, { integration, issue, scope, among: 1, made });
  if (!found.ok && outcomeOf(found.error.code) === 'failed') throw new NotNow('the service gave no answer');
  if (found.ok) {
    const { cards, repositories: searched } = found.value;
    await reportNews({ integration, settings, issue }, { known, made, found: cards, searched });
  }
  await storeNews(integrationId, issue.id, news);
}

/** The service as the integration account, where the integration is in use and open to the project. */
async function open(integration: Integration | undefined, projectKey: string): Promise<Connected | undefined> {
  if (integration === undefined || integration.disconnecting || integration.disabled) return undefined;
  if (!isOpenTo(integration, projectKey)) return undefined;
  const connected = await connectAsItself({ integration, service: serviceOf(integration) });
  return connected.ok ? connected.value : undefined;
}

/** The site reports nothing to Jira any more, unless an admin has changed their mind meanwhile. */
async function withdrawIfOff(integrationId: string): Promise<void> {
  const { settings } = await readDecisions(integrationId);
  if (!settings.developmentInfo) await withdraw(integrationId);
}

/** Has Jira forget all of an integration. `NotNow` where Jira gave no answer. */
export async function withdraw(integrationId: string): Promise<void> {
  const reported = await withdrawDevelopment(integrationId);
  if (!reported.ok) giveUpOrWait(reported.error);
  await forgetReportedOf(integrationId);
}

/** Jira's "wait" and its silence put the work off. A final refusal is logged, and no reason to try again. */
function giveUpOrWait(problem: SendingProblem): void {
  if (problem.code === 'JIRA_LIMITED')
    throw new NotNow('Jira asks to wait', Math.ceil((Date.parse(problem.retryAt) - Date.now()) / 1000));
  if (problem.code === 'JIRA_UNAVAILABLE') throw new NotNow('Jira gave no answer');
  console.error(`Jira took no development information: ${problem.code}`);
}

/**
 * Looks at each reported branch as the integration account, and reports its present state to Jira: its commit, or that it is gone. Work that
 * the account may not see is not shown to everybody on the issue.
 */
async function sendReport(reported: DevelopmentReport): Promise<void> {
  const [{ integration, settings }, report] = await Promise.all([
    readDecisions(reported.integrationId),
    withoutAttachedAgain(reported),
    keepStates(reported),
  ]);
  const { branches, pullRequests } = report;
  const connected = settings.developmentInfo ? await open(integration, report.issue.projectKey) : undefined;
  if (integration === undefined || connected === undefined) return;
  const { service } = connected.connection;
  const seen = await lookAt(connected, report);
  const context = { service, pages: linksOf(service), report, now: Date.now() };
  const items = [
    ...branches.flatMap((branch) => branchItem(context, branch, seen) ?? []),
    ...pullRequests.flatMap((pull) => pullItem(context, pull, seen) ?? []),
  ];
  const send = (some: readonly Item[]) =>
    storeDevelopment(integration.id, grouped(context, some), {
      product: service.edition.name,
      mayTransition: settings.developmentTransitions && !report.isBackfill,
    });
  await store(
    report,
    items.filter(({ reported }) => reported.digest !== GONE),
    send,
  );
  await eachOf(
    items.filter(({ reported }) => reported.digest === GONE),
    async ({ reported }) => {
      const at = placeOf(report, reported);
      const repositoryId = repositoryIdOf(report.integrationId, reported.repository);
      const removed = await removeDevelopment(reported.kind, { repositoryId, id: at.entityId, until: context.now });
      if (!removed.ok) giveUpOrWait(removed.error);
      await storeReported(at, reported);
    },
  );
  if (seen.isUnsure) throw new NotNow('the service gave no answer');
}

/** The report of one branch or pull request in Jira's format; nothing where it is gone. `by`: the person whose name it carries. */
type Item = { reported: Reported; by?: string } & Partial<Pick<RepositoryEntity, 'branches' | 'pullRequests'>>;

function branchItem(context: Context, { by, ...branch }: ReportedBranch, { heads }: Look): Item | undefined {
  const { repository, name } = branch;
  const head = branch.isDetached ? 'gone' : heads.get(keyOf(branch));
  if (head === undefined || head === 'later') return undefined;
  const reported = { kind: 'branch', repository, name, at: context.now } as const;
  if (head === 'gone') return { reported: { ...reported, digest: GONE } };
  const branches = [branchEntity(context, repository, name, head)];
  return { reported: { ...reported, digest: head.id }, branches, ...(by !== undefined && { by }) };
}

function pullItem(context: Context, pull: ReportedPullRequest, { repositories }: Look): Item | undefined {
  const { repository, number, by } = pull;
  const isSeen = pull.isDetached ? false : repositories.get(repository);
  if (isSeen === undefined || isSeen === 'later') return undefined;
  const reported = { kind: 'pull-request', repository, number, at: context.now } as const;
  if (!isSeen) return { reported: { ...reported, digest: GONE } };
  const pullRequests = [pullRequestEntity(context, pull)];
  return { reported: { ...reported, digest: digestOf(pull) }, pullRequests, ...(by !== undefined && { by }) };
}

type Context = Parameters<typeof repositoryEntity>[0];

function keyOf({ repository, name }: ReportedBranch): string {
  return `${repository}\n${name}`;
}

function placeOf({ integrationId, issue }: DevelopmentReport, { repository, name, number }: Reported) {
  return { integrationId, issueId: issue.id, entityId: entityIdOf(issue.id, repository, name ?? number ?? 0) };
}

function grouped(context: Context, items: readonly Item[]): RepositoryEntity[] {
  return [...Map.groupBy(items, ({ reported }) => reported.repository)].map(([repository, some]) =>
    repositoryEntity(context, repository, {
      branches: some.flatMap((item) => item.branches ?? []),
      pullRequests: some.flatMap((item) => item.pullRequests ?? []),
    }),
  );
}

/**
 * Jira refuses a whole request for one entity in it. Then each is sent alone, and an entity that is refused alone is stored like the others: it
 * is sent again when it has changed, not at every look.
 */
async function store(
  report: DevelopmentReport,
  items: readonly Item[],
  send: (some: readonly Item[]) => ReturnType<typeof storeDevelopment>,
): Promise<void> {
  if (items.length === 0) return;
  const stored = await send(items);
  if (!stored.ok && stored.error.code === 'refused' && items.length > 1)
    return eachOf(items, (item) => store(report, [item], send));
  if (!stored.ok) giveUpOrWait(stored.error);
  if (!stored.ok && stored.error.code === 'not-allowed') return;
  const failed = stored.ok ? stored.value : new Set<string>();
  if (failed.size > 0) console.error(`Jira did not take ${failed.size} of ${items.length} branches and pull requests`);
  await eachOf(items, ({ reported, by }) => storeReported(placeOf(report, reported), reported, by));
}

type Look = {
  /** By `keyOf`. */
  heads: ReadonlyMap<string, HeadCommit | 'gone' | 'later' | undefined>;
  /** Whether the integration account may see a repository. */
  repositories: ReadonlyMap<string, boolean | 'later' | undefined>;
  /** The service gave no answer about some of it. */
  isUnsure: boolean;
};

/** ms; a service may know a new branch a little later everywhere. */
const NEW_FOR = 60_000;

async function lookAt({ provider, connection }: Connected, report: DevelopmentReport): Promise<Look> {
  const heads = new Map<string, HeadCommit | 'gone' | 'later' | undefined>();
  const repositories = new Map<string, boolean | 'later' | undefined>();
  await eachOf(report.branches, async (branch) => {
    if (branch.isDetached) return;
    const head = await provider.readHeadCommit?.(connection, branch);
    if (head === undefined) return;
    const isTooNew = branch.isNew && Date.now() - report.at < NEW_FOR;
    heads.set(keyOf(branch), head.ok ? head.value : meaningOf(head.error, isTooNew ? 'later' : 'gone'));
    if (head.ok || head.error.code === 'BRANCH_MISSING') repositories.set(branch.repository, true);
  });
  const others = report.pullRequests.filter(
    ({ repository, isDetached }) => !isDetached && repositories.get(repository) !== true,
  );
  await eachOf([...new Map(others.map((pull) => [pull.repository, pull])).values()], async (pull) => {
    repositories.set(pull.repository, isOpen(await provider.readHead(connection, endOf(pull))));
  });
  return { heads, repositories, isUnsure: [...heads.values(), ...repositories.values()].includes('later') };
}

function endOf({ repository, target, source }: ReportedPullRequest): { repository: string; name: string } {
  return { repository, name: target || source };
}

/** A branch that is missing is missing in a repository one may see. */
function isOpen(head: Result<string, ProviderError>): boolean | 'later' | undefined {
  if (head.ok || head.error.code === 'BRANCH_MISSING' || head.error.code === 'REPOSITORY_EMPTY') return true;
  const meaning = meaningOf(head.error, 'gone');
  return meaning === 'gone' ? false : meaning;
}

/** Undefined where the service refuses the account itself. Then nobody knows the state, and Jira's data do not change. */
function meaningOf(error: ProviderError, whenMissing: 'gone' | 'later'): 'gone' | 'later' | undefined {
  if (error.code === 'BRANCH_MISSING') return whenMissing;
  if (isOutOfReach(error) || error.code === 'REPOSITORY_EMPTY') return 'gone';
  return outcomeOf(error.code) === 'failed' ? 'later' : undefined;
}

/** Work that was detached, and attached again before the report was delivered, belongs to the issue. */
async function withoutAttachedAgain(report: DevelopmentReport): Promise<DevelopmentReport> {
  const { integrationId, issue } = report;
  const at = { integrationId, title: '', url: '' };
  const others = async <One extends { isDetached?: true }>(all: readonly One[], cardOf: (one: One) => Card) => {
    const stored = await Promise.all(
      all.map(async (one) => (one.isDetached ? readWork(issue.id, cardOf(one)) : undefined)),
    );
    return all.filter((_, index) => stored[index] === undefined);
  };
  const [branches, pullRequests] = await Promise.all([
    others(report.branches, ({ repository, name: branch }) => ({ ...at, kind: 'branch', repository, branch })),
    others(report.pullRequests, ({ repository, source: branch, number }) => ({
      ...{ ...at, kind: 'pull-request', repository, branch, number },
    })),
  ]);
  return { ...report, branches, pullRequests };
}

/** Gives cards of pull requests that were made here the present state and title. A report that arrives behind a newer one changes nothing. */
async function keepStates({ integrationId, issue, at, pullRequests }: DevelopmentReport): Promise<void> {
  await eachOf(pullRequests, async ({ repository, number, title, url, state, source: branch, target, updatedAt }) => {
    const card = { kind: 'pull-request', integrationId, repository, number, title, url, branch } as const;
    const now = { title, state, branch, target, ...(updatedAt !== undefined && { updatedAt }) };
    await changeWork(
      issue.id,
      card,
      (stored) => (stored.state === state && stored.title === title ? stored : { ...stored, ...now }),
      at,
    );
  });
}
