import type { CheckedPayloadOf } from '../contract/answers';
import type { PageError } from '../contract/errors';
import type { IntegrationView, UserSettingsView } from '../contract/views';
import { ok, type Result } from '../domain/result';
import { listProjects, seesOneOf } from '../jira/issues';
import { listDefaults } from '../store/defaults';
import { listIntegrations } from '../store/integrations';
import { push } from '../store/queues';
import { readSettingsFor } from '../store/opening';
import { removeSecretOfToken } from '../store/tokens';
import { record } from './record';
import {
  keepPace,
  openAll,
  openForIssue,
  openIntegration,
  openPerson,
  type OpenIntegration,
  type Person,
} from './open';
import { integrationView } from './views';

/** Every integration they can use or have a token for, with that token, and where they chose to start in their projects. */
export async function loadUserSettings(person: Person): Promise<Result<UserSettingsView, PageError>> {
  const [[settings, counters], integrations, defaults] = await Promise.all([
    readSettingsFor(person.accountId),
    listIntegrations(),
    listDefaults(person.accountId),
  ]);
  const inTime = keepPace(person, counters, 'look');
  if (!inTime.ok) return inTime;
  const connected = integrations.filter((integration) => !integration.disconnecting);
  const [allowed, projects, all] = await Promise.all([
    openPerson(),
    listProjects({ search: '' }),
    openAll(person, settings, connected),
  ]);
  if (!allowed.ok) return allowed;
  const opened = await Promise.all(all.map(async (one) => ((await isTheirs(one, projects)) ? [one] : [])));
  const theirs = opened.flat();
  const known = new Set(theirs.map(({ integration }) => integration.id));
  return ok({
    integrations: theirs.map(integrationView),
    // Without projects the tokens are still there; only new defaults cannot be added.
    projects: projects.ok ? projects.value.items : [],
    moreProjects: projects.ok && projects.value.next !== undefined,
    defaults: defaults.map(({ projectKey, repository, branches }) => ({
      projectKey,
      ...(repository && known.has(repository.integrationId) && { repository }),
      branches: branches.filter(({ integrationId }) => known.has(integrationId)),
    })),
  });
}

/** Whether it is open to a project the person can see, or has a token of theirs. */
async function isTheirs(
  { integration, token }: OpenIntegration,
  seen: Awaited<ReturnType<typeof listProjects>>,
): Promise<boolean> {
  const { projects } = integration;
  if (projects === 'all' || token !== undefined) return true;
  if (!seen.ok) return false;
  if (seen.value.items.some(({ key }) => projects.includes(key))) return true;
  if (seen.value.next === undefined) return false;
  const asked = await seesOneOf(projects);
  return asked.ok && asked.value;
}

/** Erases the person's token, from a dialog of the issue; a queue clears away what found it. */
export async function removeTokenFromIssue(
  person: Person,
  { issueKey, integrationId }: CheckedPayloadOf<'issue', 'remove-token'>,
): Promise<Result<{ integration: IntegrationView }, PageError>> {
  const opened = await openForIssue(person, issueKey, integrationId, 'change');
  return opened.ok ? erase(person, opened.value) : opened;
}

/** Erases the person's token. A queue erases the entries that lead to it. It is no error if there is none. */
export async function removeOwnToken(
  person: Person,
  { integrationId }: CheckedPayloadOf<'user-settings', 'remove-token'>,
): Promise<Result<{ integration: IntegrationView }, PageError>> {
  const opened = await openIntegration(person, integrationId, 'act');
  return opened.ok ? erase(person, opened.value) : opened;
}

async function erase(
  person: Person,
  opened: OpenIntegration,
): Promise<Result<{ integration: IntegrationView }, PageError>> {
  const { accountId } = person;
  const { integration, token } = opened;
  await Promise.all([
    removeSecretOfToken(accountId, integration.id),
    push('erase-tokens', { integrationId: integration.id, accountId, tokenId: token?.id ?? '' }),
    token && record(person, 'remove-token', integration, { login: token.login }),
  ]);
  return ok({ integration: integrationView({ ...opened, token: undefined }) });
}
