import type { PageError } from '../contract/errors';
import type { IssueView } from '../contract/views';
import { branchNameFor, needsDisplayName, needsSourceBranch } from '../domain/branch-template';
import { isOpenTo } from '../domain/integration';
import { linkTo } from '../domain/request-text';
import { ok, type Result } from '../domain/result';
import { ownName } from '../jira/people';
import { readDefaults } from '../store/defaults';
import { listIntegrations } from '../store/integrations';
import { readSettings } from '../store/settings';
import { listWork } from '../store/work';
import { openAll, openIssue, type Person } from './open';
import { integrationView } from './views';

/** All a page of the issue needs for its first paint. From Jira and storage alone: no service is asked. */
export async function loadIssue(
  person: Person,
  { issueKey }: { issueKey: string },
): Promise<Result<IssueView, PageError>> {
  const [opened, settings, integrations] = await Promise.all([openIssue(issueKey), readSettings(), listIntegrations()]);
  if (!opened.ok) return opened;
  const { issue, isAdmin } = opened.value;
  const open = integrations.filter(
    (integration) => !integration.disconnecting && !integration.disabled && isOpenTo(integration, issue.projectKey),
  );
  const [cards, mine, defaults, displayName] = await Promise.all([
    listWork(issue.id),
    openAll(person, settings, open),
    readDefaults(person.accountId, issue.projectKey),
    needsDisplayName(settings.branchName) ? ownName() : undefined,
  ]);
  const known = new Set(open.map((integration) => integration.id));
  const bytes = Math.min(...mine.map(({ service }) => service.edition.capabilities.branchNameBytes), 244);
  return ok({
    key: issue.key,
    summary: issue.summary,
    projectKey: issue.projectKey,
    integrations: mine.map(integrationView),
    cards: cards.filter((card) => known.has(card.integrationId)),
    actions: { branches: settings.branchActions, pullRequests: settings.pullRequestActions },
    defaults: {
      // What was chosen of an integration that is gone, or closed to the project, is no place to start.
      ...(defaults.repository && known.has(defaults.repository.integrationId) && { repository: defaults.repository }),
      branches: defaults.branches.filter(({ integrationId }) => known.has(integrationId)),
    },
    branchName: branchNameFor({ ...issue, displayName }, { bytes }, settings.branchName),
    ...(needsSourceBranch(settings.branchName) && {
      naming: { rule: settings.branchName, bytes, type: issue.type, ...(displayName !== undefined && { displayName }) },
    }),
    link: linkTo(issue.key, person.siteOrigin),
    isAdmin,
  });
}
