import type { CheckedPayloadOf } from '../contract/answers';
import type { PageError } from '../contract/errors';
import type { IssueView } from '../contract/views';
import { branchNameFor, needsDisplayName, needsForm, type IssueToName } from '../domain/branch-template';
import { isOpenTo, isRepositoryOf, serviceOf, type Integration, type SiteSettings } from '../domain/integration';
import { linkTo } from '../domain/request-text';
import type { TitlePatterns } from '../domain/request-title';
import { ok, type Result } from '../domain/result';
import { ownName } from '../jira/people';
import { isJiraAdmin } from '../jira/permissions';
import { readDefaults } from '../store/defaults';
import { listIntegrations } from '../store/integrations';
import { readSettingsIn } from '../store/opening';
import { readTicketKey } from '../store/ticket-key';
import { listWork } from '../store/work';
import { keepPace, openAll, openIssue, projectIn, type OpenIssue, type Person } from './open';
import { sealTicket } from './ticket';
import { cardView, integrationView } from './views';

/** Everything that a page of the issue needs for its first paint. From Jira and storage alone, without a request to a service. */
export async function loadIssue(
  person: Person,
  { issueKey, named }: CheckedPayloadOf<'issue', 'load-issue'>,
): Promise<Result<IssueView, PageError>> {
  const { accountId, issueId } = person;
  const hinted = projectIn(issueKey);
  const [[settings, counters, chosen], integrations] = await Promise.all([
    readSettingsIn(accountId, hinted),
    listIntegrations(),
  ]);
  const inTime = keepPace(person, counters, 'look');
  if (!inTime.ok) return inTime;
  const openIn = (projectKey: string) =>
    integrations.filter((one) => !one.disconnecting && !one.disabled && isOpenTo(one, projectKey));
  const likely = openIn(hinted);
  // Read beside Jira's answer, and right nearly always: the issue is in the project that its key names, and is the one that the page says.
  const [opened, theirs, work, key, admin] = await Promise.all([
    openIssue(person, issueKey, inTime, named ? 'name' : 'look'),
    openAll(person, settings, likely),
    issueId === undefined ? [] : listWork(issueId),
    readTicketKey(),
    // The people who can help when there is nothing to work with.
    likely.length === 0 ? isJiraAdmin() : undefined,
  ]);
  if (!opened.ok) return opened;
  const { issue, ticket } = opened.value;
  const isThere = issue.projectKey === hinted;
  const open = isThere ? likely : openIn(issue.projectKey);
  const [cards, mine, defaults, naming, isAdmin, sealed] = await Promise.all([
    issue.id === issueId ? work : listWork(issue.id),
    isThere ? theirs : openAll(person, settings, open),
    isThere ? chosen : readDefaults(accountId, issue.projectKey),
    suggest(issue, settings, open),
    open.length === 0 ? (admin ?? isJiraAdmin()) : undefined,
    ticket && key && sealTicket(ticket, key),
  ]);
  const known = new Set(open.map((integration) => integration.id));
  const shown = mine.filter(({ token, seen }) => token !== undefined || seen === 'account');
  return ok({
    key: issue.key,
    projectKey: issue.projectKey,
    integrations: mine.map(integrationView),
    cards: cards.flatMap((card) => {
      const at = shown.find(({ integration }) => integration.id === card.integrationId);
      return at && isRepositoryOf(at.integration, card.repository) ? cardView(at.service, card) : [];
    }),
    actions: { branches: settings.branchActions, pullRequests: settings.pullRequestActions },
    defaults: {
      // A default counts for nothing when its integration is gone, or closed to the project.
      ...(defaults.repository && known.has(defaults.repository.integrationId) && { repository: defaults.repository }),
      branches: defaults.branches.filter(({ integrationId }) => known.has(integrationId)),
    },
    ...naming,
    link: linkTo(issue.key, person.siteOrigin),
    isAdmin: isAdmin?.ok === true && isAdmin.value,
    ...(sealed !== undefined && { ticket: sealed }),
  });
}

/** The name of a new branch, where Jira gave the values of its variables, and the pattern for titles. */
async function suggest(
  { key, summary, type, component, fixVersion, parentKey }: OpenIssue['issue'],
  { branchName: rule }: SiteSettings,
  open: readonly Integration[],
): Promise<Pick<IssueView, 'branchName' | 'naming' | 'requestTitle'>> {
  const patterns = patternsOf(rule, open);
  if (summary === undefined || type === undefined) return patterns ? { requestTitle: patterns } : {};
  const displayName = needsDisplayName(rule) ? await ownName() : undefined;
  const issue: IssueToName = { key, summary, type, displayName, component, fixVersion, parentKey };
  const limits = open.map((integration) => serviceOf(integration).edition.capabilities.branchNameBytes);
  const bytes = Math.min(...limits, 244);
  return {
    branchName: branchNameFor(issue, { bytes }, rule),
    ...(needsForm(rule) && { naming: { rule, bytes, issue } }),
    ...(patterns && { requestTitle: { ...patterns, issue } }),
  };
}

/** The site's pattern for titles and those of the integrations here; nothing where there is none. */
function patternsOf(
  { requestTitle: pattern, requestTitles = {} }: SiteSettings['branchName'],
  open: readonly Integration[],
): TitlePatterns | undefined {
  const own = Object.entries(requestTitles).filter(([id]) => open.some((integration) => integration.id === id));
  if (pattern === undefined && own.length === 0) return undefined;
  return { pattern, ...(own.length > 0 && { own: Object.fromEntries(own) }) };
}
