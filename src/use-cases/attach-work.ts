import type { CheckedPayloadOf } from '../contract/answers';
import { addressNames } from '../contract/fields';
import type { PageError } from '../contract/errors';
import type { Card } from '../contract/views';
import { errors, type ProviderError } from '../domain/errors';
import { isOpenTo, isRepositoryOf } from '../domain/integration';
import { mentionsIssue } from '../domain/issue-key';
import { fail, ok, type Result } from '../domain/result';
import { keysOf } from '../jira/issues';
import type { Named } from '../domain/work-address';
import { linksOf } from '../providers/links';
import { listIntegrations } from '../store/integrations';
import { storeNotes } from '../store/notes';
import { readSettingsFor } from '../store/opening';
import { readWork } from '../store/work';
import { connectForRead, explain, type Connected } from './connect';
import { noteOn } from './record';
import { keepPace, openAll, openForIssue, openIssue, type OpenIntegration, type OpenIssue, type Person } from './open';
import { refuse } from './page-error';
import { seeWork } from './see-work';
import { reportedPull, reportOf } from './report-development';
import { cardView } from './views';

type Attached = Result<{ card: Card }, PageError>;

/** Attaches a branch that was chosen. */
export async function attachBranch(
  person: Person,
  { issueKey, integrationId, repository, branch }: CheckedPayloadOf<'issue', 'attach-branch'>,
): Promise<Attached> {
  const opened = await openForIssue(person, issueKey, integrationId, 'change');
  if (!opened.ok) return opened;
  return notOf(opened.value, repository) ?? attach(person, opened.value, { repository, branch });
}

/** Which owners an integration has is no secret; which of their repositories there are is. */
function notOf({ integration }: OpenIntegration, repository: string) {
  if (isRepositoryOf(integration, repository)) return undefined;
  return refuse('REPOSITORY_NOT_OF_INTEGRATION', { repository, integration: integration.name });
}

/** Attaches what an address leads to, of whichever integration it is. */
export async function attachAddress(
  person: Person,
  { issueKey, address }: CheckedPayloadOf<'issue', 'attach-address'>,
): Promise<Attached> {
  const reading = readSettingsFor(person.accountId);
  const [issue, [settings], all] = await Promise.all([
    openIssue(
      person,
      issueKey,
      reading.then(([, counters]) => keepPace(person, counters, 'act')),
      'change',
    ),
    reading,
    listIntegrations(),
  ]);
  if (!issue.ok) return issue;
  const open = all.filter((one) => !one.disconnecting && !one.disabled && isOpenTo(one, issue.value.issue.projectKey));
  const page = URL.canParse(address) ? new URL(address) : undefined;
  const places = (await openAll(person, settings, open)).flatMap((opened) => {
    const named = page && namedBy(page, opened);
    return named ? [{ opened, named }] : [];
  });
  const tried = await Promise.all(
    places.map(({ opened, named }) => attach(person, { ...issue.value, ...opened }, named)),
  );
  // Of several integrations with the same repository, one that the person can use is enough.
  const said =
    tried.find(({ ok: done }) => done) ?? tried.find((one) => !one.ok && one.error.code !== 'WORK_NOT_FOUND');
  return said ?? refuse('WORK_NOT_FOUND');
}

function namedBy(page: URL, { service, integration }: OpenIntegration): Named | undefined {
  const named = linksOf(service).read?.(service, page);
  if (named === undefined || !addressNames().safeParse(named).success) return undefined;
  return isRepositoryOf(integration, named.repository) ? named : undefined;
}

/**
 * The issue has it from then on, if the service shows it to the person: to their own token, or to the integration account where people
 * without one see what it sees. Work that was made here, or is attached already, does not change.
 */
async function attach(person: Person, opened: OpenIssue & OpenIntegration, named: Named): Promise<Attached> {
  const { integration, issue, service } = opened;
  const connected = await connectForRead(opened);
  if (!connected.ok) return connected;
  const seen = await seeWork(connected.value, integration, named);
  if (!seen.ok) return fail(await refusal(seen.error, opened, connected.value, person));
  // Without its commit: that is where a branch made here began.
  const { commit: _, ...card } = seen.value;
  const stored = await readWork(issue.id, card);
  if (stored !== undefined) return ok({ card: cardView(service, stored) });
  const attached: Card = { ...card, attached: true, updatedAt: card.updatedAt ?? new Date().toISOString() };
  const { repository, branch } = attached;
  const pull = reportedPull(attached);
  const done = pull ? { pullRequests: [pull] } : { branches: [{ repository, name: branch }] };
  await storeNotes(
    [
      { kind: 'work', issueId: issue.id, card: attached },
      noteOn(person, 'attach-work', integration, { issueKey: issue.key, repository, branch }),
    ],
    // It was there before, so it moves no issue.
    { report: reportOf(opened, { isBackfill: true, ...done }) },
  );
  return ok({ card: cardView(service, attached) });
}

/** Every refusal of a service is the same error here. Otherwise people could learn by trying which repositories exist. */
async function refusal(
  error: ProviderError,
  opened: OpenIntegration,
  connected: Connected,
  person: Person,
): Promise<PageError> {
  const { outcome = 'refused', rejectsCredential } = errors[error.code] as {
    outcome?: string;
    rejectsCredential?: true;
  };
  const isHidden = outcome === 'refused' && !rejectsCredential && error.code !== 'SSO_REQUIRED';
  return isHidden ? refuse('WORK_NOT_FOUND').error : explain(error, opened, connected, person);
}

/** Undoes it. A search still finds work that names the issue. Work that was made here cannot be detached. */
export async function detachWork(
  person: Person,
  { issueKey, integrationId, repository, branch, number }: CheckedPayloadOf<'issue', 'detach-work'>,
): Promise<Result<Record<string, never>, PageError>> {
  const opened = await openForIssue(person, issueKey, integrationId, 'change');
  if (!opened.ok) return opened;
  const refused = notOf(opened.value, repository);
  if (refused) return refused;
  const { integration, issue, token, seen } = opened.value;
  const named = { integrationId, repository, branch, title: '', url: '' };
  const card = await readWork(
    issue.id,
    number === undefined ? { kind: 'branch', ...named } : { kind: 'pull-request', number, ...named },
  );
  // Somebody who sees no cards detaches none.
  if (!card?.attached || (token === undefined && seen === 'nothing')) return refuse('WORK_NOT_FOUND');
  const pull = reportedPull(card);
  const isFound = keysOf(issue).some((key) => mentionsIssue(`${card.title} ${card.branch}`, key));
  const gone = pull
    ? { pullRequests: [{ ...pull, isDetached: true as const }] }
    : { branches: [{ repository, name: branch, isDetached: true as const }] };
  await storeNotes(
    [
      { kind: 'no-work', issueId: issue.id, card },
      noteOn(person, 'detach-work', integration, { issueKey: issue.key, repository, branch: card.branch }),
    ],
    { report: isFound ? undefined : reportOf(opened.value, gone) },
  );
  return ok({});
}
