import type { CheckedPayloadOf } from '../contract/answers';
import type { PageError } from '../contract/errors';
import type { ConnectionView, ManagedIntegrationView, ManagedSiteView } from '../contract/views';
import { changesBetween } from '../domain/activity';
import { sealed, type Credential } from '../domain/credential';
import { addressFor } from '../domain/offerings';
import { requiresToken, serviceOf, type Integration } from '../domain/integration';
import { fail, ok, type Result } from '../domain/result';
import { serviceAt, type Service } from '../domain/service';
import { listProjects } from '../jira/issues';
import { linksOf } from '../providers/links';
import type { Connection, Provider } from '../providers/provider';
import {
  listIntegrations,
  readIntegration,
  readIntegrationCredential,
  removeDraft,
  removeReadyCredential,
  writeConnection,
  writeDraft,
  writeFlag,
  writeOptions,
} from '../store/integrations';
import { readCredentialRefused } from '../store/reminders';
import { readAllSettings, readSettings } from '../store/settings';
import { countTokens } from '../store/tokens';
import { connectWith } from './connect';
import { record } from './record';
import { openAdmin, readForAdmin, type Person } from './open';
import { refuse, refuseOf, serviceError } from './page-error';
import { actionOf, changesOf, decisionsOf, optionsOf, refuseOvertaken, revisionOf } from './overtaken';
import { pushReadyCredentials } from './ready-credentials';
import { switches } from './site-settings';
import { managedIntegrationView, TOKEN_NOTE } from './views';

/** Everything *Manage Git repositories* shows, for a Jira admin. No request goes to a service. */
export async function loadSite(person: Person): Promise<Result<ManagedSiteView, PageError>> {
  const read = await readForAdmin(person, false, () =>
    Promise.all([listIntegrations(), readAllSettings(), listProjects({ search: '' })]),
  );
  if (!read.ok) return read;
  const [integrations, [settings, daily], projects] = read.value;
  if (!projects.ok) return refuseOf(projects.error);
  return ok({
    integrations: await Promise.all(
      integrations.map(async (integration) => view(integration, await stateOf(integration))),
    ),
    settings: switches(settings, daily),
    branchName: settings.branchName,
    ...(settings.tokenRules && { tokenRules: settings.tokenRules }),
    projects: projects.value.items,
    moreProjects: projects.value.next !== undefined,
  });
}

type State = {
  credential: Credential | undefined;
  tokens: { people: number; more: boolean };
  refusedAt?: string | undefined;
};

async function stateOf(integration: Integration): Promise<State> {
  const [credential, tokens, refusedAt] = await Promise.all([
    readIntegrationCredential(integration),
    countTokens(integration.id),
    readCredentialRefused(integration),
  ]);
  return { credential, tokens, refusedAt };
}

function view(integration: Integration, { credential, tokens, refusedAt }: State): ManagedIntegrationView {
  return managedIntegrationView(integration, {
    hasCredential: credential !== undefined,
    isRefused: refusedAt !== undefined,
    peopleWithTokens: tokens.people,
    morePeople: tokens.more,
  });
}

/** Tries a credential without storing anything. */
export async function testConnection(
  person: Person,
  request: CheckedPayloadOf<'manage-repositories', 'test-connection'>,
): Promise<Result<ConnectionView, PageError>> {
  const allowed = await openAdmin(person);
  if (!allowed.ok) return allowed;
  const address = addressFor(request.edition, request.address);
  if (!address.ok) return refuse('INVALID_ADDRESS', { reason: address.error });
  const found = await detect(serviceAt(request.edition, address.value), sealed(request.credential));
  if (!found.ok) return found;
  const { service, provider, connection } = found.value;
  const [checked, owners, approval] = await Promise.all([
    provider.checkToken(connection),
    provider.findOwners(connection),
    provider.approvalPage?.(connection),
  ]);
  if (!checked.ok) return fail(serviceError(checked.error, service));
  if (!owners.ok) return fail(serviceError(owners.error, service, { login: checked.value.login }));
  const { login, expiresAt, missingScopes } = checked.value;
  return ok({
    edition: service.edition.id,
    serviceName: service.edition.name,
    capabilities: service.edition.capabilities,
    ...(service.version === undefined ? {} : { version: service.version }),
    account: login,
    owners: owners.value,
    // That something is withheld is a hint: not to know is no reason to refuse.
    ...(approval?.ok === true && approval.value !== undefined && { approveUrl: approval.value }),
    expiresAt,
    missingScopes,
    ...(owners.value.length === 0
      ? { warning: refuse('NO_REPOSITORIES', { login, service: service.edition.name }).error }
      : {}),
  });
}

type Detected = { service: Service; provider: Provider; connection: Connection };

/** Asks a service what it is: everything after that speaks to the edition and version found there. */
async function detect(asked: Service, credential: Credential): Promise<Result<Detected, PageError>> {
  const { provider, connection } = await connectWith(asked, credential);
  const found = await provider.detect(connection);
  if (!found.ok) return fail(serviceError(found.error, asked));
  const service = serviceAt(found.value.edition, asked.webUrl, found.value.version);
  return ok({ service, provider, connection: { ...connection, service } });
}

/** Connects a service: finds out its edition and the account of the credential, then stores both. For a Jira admin. */
export async function addIntegration(
  person: Person,
  request: CheckedPayloadOf<'manage-repositories', 'add-integration'>,
): Promise<Result<{ integration: ManagedIntegrationView }, PageError>> {
  const { edition, address, credential: pasted, ...options } = request;
  const [allowed, taken] = await Promise.all([openAdmin(person), isNameTaken(options.name)]);
  if (!allowed.ok) return allowed;
  if (taken) return refuse('INTEGRATION_NAME_TAKEN', { integration: options.name });
  const credential = sealed(pasted);
  const at = addressFor(edition, address);
  if (!at.ok) return refuse('INVALID_ADDRESS', { reason: at.error });
  const asked = serviceAt(edition, at.value);
  const ids = { id: crypto.randomUUID(), credentialId: crypto.randomUUID() };
  const draft = { ...options, ...ids, edition, address: asked.webUrl };
  const [found] = await Promise.all([identify(asked, credential), writeDraft(draft)]);
  if (!found.ok) {
    await removeDraft(draft.id);
    return found;
  }
  const integration: Integration = { ...draft, ...found.value };
  await Promise.all([
    writeConnection(integration, credential),
    pushReadyCredentials(),
    record(person, 'add-integration', integration, { changes: decisionsOf(integration) }),
  ]);
  return ok({ integration: view(integration, { credential, tokens: { people: 0, more: false } }) });
}

/** The edition of a service and the account of a credential there, as they are stored. */
async function identify(
  asked: Service,
  credential: Credential,
): Promise<Result<Pick<Integration, 'edition' | 'address' | 'version' | 'account' | 'expiresAt'>, PageError>> {
  const found = await detect(asked, credential);
  if (!found.ok) return found;
  const { service, provider, connection } = found.value;
  // A read-only account is fine: where people use their own tokens it needs no more.
  const checked = await provider.checkToken(connection);
  if (!checked.ok) return fail(serviceError(checked.error, service));
  return ok({
    edition: service.edition.id,
    address: service.webUrl,
    ...(service.version === undefined ? {} : { version: service.version }),
    account: checked.value.login,
    // A password has no end that anybody says.
    ...(credential.kind === 'password' ? {} : { expiresAt: checked.value.expiresAt }),
  });
}

/**
 * Changes options, and the credential when a new one comes with them: then the edition is detected again, as it was
 * when it was connected. People's tokens are not touched, whatever changes. A part that does not change is not written: while this runs another admin
 * may be changing it.
 */
export async function updateIntegration(
  person: Person,
  request: CheckedPayloadOf<'manage-repositories', 'update-integration'>,
): Promise<Result<{ integration: ManagedIntegrationView }, PageError>> {
  const { id, credential: pasted, revision, ...options } = request;
  const [allowed, stored, taken, settings, tokens] = await Promise.all([
    openAdmin(person),
    readIntegration(id),
    isNameTaken(options.name, id),
    readSettings(),
    countTokens(id),
  ]);
  if (!allowed.ok) return allowed;
  if (stored === undefined || stored.disconnecting) return refuse('INTEGRATION_NOT_FOUND');
  if (revision !== undefined && revision !== revisionOf(stored)) return refuseOvertaken(stored);
  if (taken) return refuse('INTEGRATION_NAME_TAKEN', { integration: options.name });
  const credential = pasted && sealed(pasted);
  const found = credential && (await identify(serviceOf(stored), credential));
  if (found && !found.ok) return found;
  const { version: _, expiresAt: __, ...rest } = stored;
  const updated: Integration = found
    ? { ...rest, ...options, ...found.value, credentialId: crypto.randomUUID() }
    : { ...stored, ...options };
  // An old credential is read only now: Jira has confirmed that the caller is an admin.
  const [current, refusedAt] = await Promise.all([
    credential ?? readIntegrationCredential(updated),
    readCredentialRefused(updated),
    ...writesOf(stored, updated),
    ...(credential ? [writeConnection(updated, credential)] : []),
    pushReadyCredentials(),
    ...(requiresToken(settings, updated) ? [removeReadyCredential(id)] : []),
    record(person, actionOf(stored, updated), updated, { changes: changesOf(stored, updated) }),
  ]);
  return ok({ integration: view(updated, { credential: current, tokens, refusedAt }) });
}

/** Each part of what an admin edits, where it changes. */
function writesOf(stored: Integration, updated: Integration): Promise<void>[] {
  const { id, requireUserPat } = updated;
  const names = changesBetween(optionsOf(stored), optionsOf(updated)).map(({ field }) => field);
  const changed = Object.fromEntries(Object.entries(optionsOf(updated)).filter(([name]) => names.includes(name)));
  return [
    ...(names.length === 0 ? [] : [writeOptions(id, changed)]),
    ...(requireUserPat === stored.requireUserPat ? [] : [writeFlag(id, 'required', requireUserPat)]),
  ];
}

/** Takes an integration out of use for a while, or back into it. Tokens and settings do not change. */
export async function switchIntegration(
  person: Person,
  { id, enabled }: CheckedPayloadOf<'manage-repositories', 'switch-integration'>,
): Promise<Result<{ integration: ManagedIntegrationView }, PageError>> {
  const [allowed, stored] = await Promise.all([openAdmin(person), readIntegration(id)]);
  if (!allowed.ok) return allowed;
  if (stored === undefined || stored.disconnecting) return refuse('INTEGRATION_NOT_FOUND');
  const { disabled: _, ...rest } = stored;
  const switched = enabled ? rest : { ...rest, disabled: true };
  const [state] = await Promise.all([
    stateOf(switched),
    writeFlag(id, 'disabled', !enabled),
    record(person, enabled ? 'enable-integration' : 'disable-integration', switched),
  ]);
  return ok({ integration: view(switched, state) });
}

async function isNameTaken(name: string, exceptId?: string): Promise<boolean> {
  const others = (await listIntegrations()).filter((integration) => integration.id !== exceptId);
  return others.some((integration) => integration.name.toLowerCase() === name.toLowerCase());
}

/** The page where the integration account's token is made. No request goes to a service. */
export async function newTokenPage(
  person: Person,
  { edition, address: typed }: CheckedPayloadOf<'manage-repositories', 'new-token-page'>,
): Promise<Result<{ url: string; otherUrl?: string }, PageError>> {
  const allowed = await openAdmin(person);
  if (!allowed.ok) return allowed;
  const address = addressFor(edition, typed);
  if (!address.ok) return refuse('INVALID_ADDRESS', { reason: address.error });
  const service = serviceAt(edition, address.value);
  const links = linksOf(service);
  const otherUrl = links.otherToken?.(service);
  return ok({ url: links.newToken(service, TOKEN_NOTE), ...(otherUrl === undefined ? {} : { otherUrl }) });
}
