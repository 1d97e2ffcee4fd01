import type { PageError } from '../contract/errors';
import type { ActorChoice } from '../domain/attribution';
import type { ErrorCode, ProviderError } from '../domain/errors';
import type { DevelopmentReport } from '../domain/development';
import type { SiteSettings } from '../domain/integration';
import { outcomeOf, type ActivityAction } from '../domain/activity';
import { fail, ok, type Result } from '../domain/result';
import { isJiraAdmin } from '../jira/permissions';
import { readReadyCredential, type StoredCredential } from '../store/integrations';
import { storeNotes, storeRefusal, noteOf, type Note } from '../store/notes';
import { storeFate } from '../store/tokens';
import type { RecentRepositories } from '../store/work';
import { afterwards } from './afterwards';
import { connectForWrite, explain, type Connected } from './connect';
import { isOurs, lookAgain, mayBeDone } from './look-again';
import { takeNewName } from './renamed';
import { openForIssue, type OpenIntegration, type OpenIssue, type Person } from './open';

export type Act<Done> = {
  action: Extract<ActivityAction, 'create-branch' | 'delete-branch' | 'create-pull-request'>;
  issueKey: string;
  integrationId: string;
  repository: string;
  actAs?: ActorChoice | undefined;
  /** The site's switch that allows it. */
  switchedBy: keyof Pick<SiteSettings, 'branchActions' | 'pullRequestActions'>;
  /** Names for the sentence of an error, and for its record. */
  names: Readonly<{ branch: string; source?: string; target?: string }>;
  /** The branch it begins with: the source of a new one, or the one to be deleted. */
  from: string;
  /** Reads the data of `check`, together with everything else. */
  readAhead?(): Promise<void>;
  /** Rules of this act, checked before any credential is used. */
  check(opened: OpenIssue & OpenIntegration): Promise<PageError | undefined>;
  /** More rules for the integration account, whose rights belong to no person. `head`: the commit of `from` at the service. */
  checkHead?(opened: OpenIssue & OpenIntegration, head: string): PageError | undefined;
  /** The one write at the service. Where the integration account acts, `head` is known, and the act begins at this commit. */
  run(connected: Connected, head: string | undefined, opened: OpenIntegration): Promise<Result<Done, ProviderError>>;
  /** The commit of the act, for its record. */
  commitOf?(done: Done): string | undefined;
  /** The card that is added or removed, and the report to Jira. Both are one with the record of the act (`storeNotes`). */
  leaves(acted: Acted<Done>): { card: Note; report: DevelopmentReport | undefined };
  /** More work in the same phase, which leaves no record. */
  besides?(acted: Acted<Done>): readonly Promise<unknown>[];
};

export type Acted<Done> = {
  done: Done;
  opened: OpenIssue & OpenIntegration;
  connected: Connected;
  /** Where people of the issue's project worked last. */
  recent: RecentRepositories;
};

/**
 * The way of every write. Is the person allowed, is the act allowed, who acts? Then the act, and one round of writes: its card, the use of the
 * token, and the activity. Refusals and failures are recorded too, once the issue and the integration are open. The
 * platform is waited for twice: one phase of reads before the request to the service, one of writes after it.
 */
export async function act<Done>(person: Person, request: Act<Done>): Promise<Result<Acted<Done>, PageError>> {
  const [opened, ready] = await Promise.all([
    openForIssue(person, request.issueKey, request.integrationId, 'change'),
    readReadyCredential(request.integrationId),
    request.readAhead?.(),
  ]);
  if (!opened.ok) return opened;
  const { integration, issue, token } = opened.value;
  const { action, repository, names } = request;
  const at = new Date().toISOString();
  const what = (error?: { code: ErrorCode; said?: string }, as?: Connected, commit?: string) => ({
    at,
    action,
    outcome: outcomeOf(error?.code),
    accountId: person.accountId,
    integration: { id: integration.id, name: integration.name },
    actor: as?.actor,
    login: as?.login,
    issueKey: issue.key,
    repository,
    branch: names.branch,
    source: action === 'create-branch' ? names.source : undefined,
    target: names.target,
    commit,
    error: error?.code,
    said: error?.said,
  });
  const connected = await admit(request, opened.value, ready);
  if (!connected.ok) {
    await afterwards(storeRefusal(what(connected.error)));
    return fail(await withManager(connected.error));
  }
  const params = { repository, ...names };
  const { deadline } = connected.value.connection;
  const looked = await lookAgain(person, request, opened.value, connected.value);
  const done = looked.ok ? await request.run(connected.value, looked.value, opened.value) : looked;
  if (!done.ok) {
    const record = what(done.error, connected.value);
    const [error] = await Promise.all([
      withManager(isOurs(done.error) ? done.error : explain(done.error, opened.value, connected.value, person, params)),
      afterwards(isOurs(done.error) ? storeRefusal(record) : storeNotes([noteOf(record)], { deadline })),
      isOurs(done.error) ? undefined : afterwards(takeNewName(done.error, person, opened.value, repository)),
    ]);
    return fail(error);
  }
  const head = looked.ok ? looked.value : undefined;
  const used = connected.value.actor === 'person' && token !== undefined;
  const { recent } = opened.value.place;
  const acted = { done: done.value, opened: opened.value, connected: connected.value, recent };
  const { card, report } = request.leaves(acted);
  const record = noteOf(what(undefined, connected.value, head ?? request.commitOf?.(done.value)));
  await afterwards(
    storeNotes([record, card], { report, deadline }),
    ...(used ? [storeFate(person.accountId, integration.id, token, { lastUsedAt: at })] : []),
    ...(request.besides?.(acted) ?? []),
  );
  return ok(acted);
}

/** Tells a Jira admin that only they can mend it. Jira is called only now: it is seldom needed, and Jira counts each request. */
async function withManager(problem: PageError | Promise<PageError>): Promise<PageError> {
  const error = await problem;
  if (error.code !== 'INTEGRATION_WITHOUT_CREDENTIAL' && error.code !== 'INTEGRATION_CREDENTIAL_REJECTED') return error;
  const admin = await isJiraAdmin();
  return admin.ok && admin.value ? { ...error, mayManage: true } : error;
}

/** The credential to act with, when nothing speaks against it. */
async function admit<Done>(
  request: Act<Done>,
  opened: OpenIssue & OpenIntegration,
  ready: StoredCredential,
): Promise<Result<Connected, PageError>> {
  const problem = mayBeDone(request, opened) ?? (await request.check(opened));
  return problem === undefined ? connectForWrite(opened, request.actAs, ready) : fail(problem);
}
