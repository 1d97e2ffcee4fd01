import type { CheckedPayloadOf } from '../contract/answers';
import type { PageError } from '../contract/errors';
import type { DefaultsView, RepositoryAt } from '../contract/views';
import { isRepositoryOf } from '../domain/integration';
import { ok, type Result } from '../domain/result';
import { clearDefault, readDefaults, saveDefault, type StoredDefaults } from '../store/defaults';
import {
  inTimeFor,
  openForIssue,
  openForProject,
  openIssue,
  openPerson,
  type OpenIntegration,
  type Person,
} from './open';
import { refuse } from './page-error';

type Chosen = RepositoryAt & { branch?: string | undefined };
type Defaults = Promise<Result<{ defaults: DefaultsView }, PageError>>;

/** *Make default*, beside a repository or a branch in a dialog of the issue. */
export async function saveDefaultFromIssue(
  person: Person,
  { issueKey, ...chosen }: CheckedPayloadOf<'issue', 'save-default'>,
): Defaults {
  const [opened, stored] = await Promise.all([
    openForIssue(person, issueKey, chosen.integrationId, 'change'),
    readAhead(person, issueKey),
  ]);
  return opened.ok ? save(await stored.of(opened.value.issue.projectKey), opened.value, chosen) : opened;
}

/** The same from the user settings, with a project in the place of an issue. */
export async function saveDefaultFromSettings(
  person: Person,
  { projectKey, ...chosen }: CheckedPayloadOf<'user-settings', 'save-default'>,
): Defaults {
  const [opened, stored] = await Promise.all([
    openForProject(person, projectKey, chosen.integrationId),
    readStored(person, projectKey),
  ]);
  return opened.ok ? save(stored, opened.value, chosen) : opened;
}

async function readStored({ accountId }: Person, projectKey: string): Promise<StoredDefaults> {
  return { accountId, projectKey, before: await readDefaults(accountId, projectKey) };
}

/** Reads the choices in the project that the issue's key names. An issue that was moved has another project, whose choices are read later. */
async function readAhead(person: Person, issueKey: string) {
  const stored = await readStored(person, issueKey.replace(/-\d+$/, ''));
  return {
    of: async (projectKey: string) => (projectKey === stored.projectKey ? stored : readStored(person, projectKey)),
  };
}

async function save(
  stored: StoredDefaults,
  { integration }: OpenIntegration,
  { integrationId, repository, branch }: Chosen,
): Defaults {
  if (!isRepositoryOf(integration, repository))
    return refuse('REPOSITORY_NOT_OF_INTEGRATION', { repository, integration: integration.name });
  return ok({ defaults: await saveDefault(stored, { integrationId, repository, branch }) });
}

/** *Clear default*. It needs no integration: the chosen repository may be gone, and the choice is the person's own. */
export async function clearDefaultFromIssue(
  person: Person,
  { issueKey, cleared }: CheckedPayloadOf<'issue', 'clear-default'>,
): Defaults {
  const [opened, stored] = await Promise.all([
    openIssue(person, issueKey, inTimeFor(person, 'look'), 'change'),
    readAhead(person, issueKey),
  ]);
  if (!opened.ok) return opened;
  return ok({ defaults: await clearDefault(await stored.of(opened.value.issue.projectKey), cleared) });
}

/** The same from the user settings; of the project nothing but its key is needed. */
export async function clearDefaultFromSettings(
  person: Person,
  { projectKey, cleared }: CheckedPayloadOf<'user-settings', 'clear-default'>,
): Defaults {
  const [inTime, opened, stored] = await Promise.all([
    inTimeFor(person, 'look'),
    openPerson(),
    readStored(person, projectKey),
  ]);
  if (!inTime.ok) return inTime;
  return opened.ok ? ok({ defaults: await clearDefault(stored, cleared) }) : opened;
}
