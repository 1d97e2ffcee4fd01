import type { PageError } from '../contract/errors';
import type { ConnectionView, EditionId, ManagedIntegrationView, ManagedSiteView } from '../contract/views';
import { sealed, type Credential, type PastedCredential } from '../domain/credential';
import { addressFor } from '../domain/offerings';
import { requiresToken, serviceOf, type Integration } from '../domain/integration';
import { fail, ok, type Result } from '../domain/result';
import { serviceAt, type Service } from '../domain/service';
import { listProjects } from '../jira/issues';
import { linksOf } from '../providers/links';
import type { Connection, Identity, Provider } from '../providers/provider';
import {
  listIntegrations,
  readIntegration,
  readIntegrationCredential,
  removeDraft,
  removeReadyCredential,
  writeDraft,
  writeIntegration,
  writeIntegrationWithCredential,
  writeReadyCredential,
} from '../store/integrations';
import { readSettings } from '../store/settings';
import { countTokens } from '../store/tokens';
import { connectWith } from './connect';
import { note } from './note';
import { openAdmin, type Person } from './open';
import { refuse, serviceError } from './page-error';
import { switches } from './site-settings';
import { managedIntegrationView, TOKEN_NOTE } from './views';

/** Everything *Manage Git repositories* shows, for a Jira admin. No service is asked. */
export async function loadSite(): Promise<Result<ManagedSiteView, PageError>> {
  const [allowed, integrations, settings, projects] = await Promise.all([
    openAdmin(),
    listIntegrations(),
    readSettings(),
    listProjects(),
  ]);
  if (!allowed.ok) return allowed;
  if (!projects.ok) return refuse(projects.error);
  return ok({
    integrations: await Promise.all(
      integrations.map(async (integration) => view(integration, await stateOf(integration))),
    ),
    settings: switches(settings),
    branchName: settings.branchName,
    projects: projects.value,
  });
}

type State = { credential: Credential | undefined; tokens: { people: number; more: boolean } };

async function stateOf(integration: Integration): Promise<State> {
  const [credential, tokens] = await Promise.all([readIntegrationCredential(integration), countTokens(integration.id)]);
  return { credential, tokens };
}

function view(integration: Integration, { credential, tokens }: State): ManagedIntegrationView {
  return managedIntegrationView(integration, {
    hasCredential: credential !== undefined,
    peopleWithTokens: tokens.people,
    morePeople: tokens.more,
  });
}

type Place = { edition: EditionId; address: string };

/** Tries a credential without keeping anything. */
export async function testConnection(
  request: Place & { credential: PastedCredential },
): Promise<Result<ConnectionView, PageError>> {
  const allowed = await openAdmin();
  if (!allowed.ok) return allowed;
  const found = await detectAt(request, sealed(request.credential));
  if (!found.ok) return found;
  const { service, provider, connection } = found.value;
  const [checked, owners] = await Promise.all([provider.checkToken(connection), provider.findOwners(connection)]);
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
    expiresAt,
    missingScopes,
    ...(owners.value.length === 0
      ? { warning: refuse('NO_REPOSITORIES', { login, service: service.edition.name }).error }
      : {}),
  });
}

type Detected = { service: Service; provider: Provider; connection: Connection };

/** The address checked, then asked what it is: everything after that speaks to the edition and version found there. */
async function detectAt(place: Place, credential: Credential): Promise<Result<Detected, PageError>> {
  const address = addressFor(place.edition, place.address);
  if (!address.ok) return refuse('INVALID_ADDRESS', { reason: address.error });
  const asked = serviceAt(place.edition, address.value);
  const { provider, connection } = await connectWith(asked, credential);
  const found = await provider.detect(connection);
  if (!found.ok) return fail(serviceError(found.error, asked));
  const service = serviceAt(found.value.edition, address.value, found.value.version);
  return ok({ service, provider, connection: { ...connection, service } });
}

export type IntegrationOptions = {
  name: string;
  owners: 'all' | string[];
  requireUserPat: boolean;
  projects: 'all' | string[];
};

/** Connects a service: asks again what it is and whose credential this is, then keeps both. For a Jira admin. */
export async function addIntegration(
  person: Person,
  request: IntegrationOptions & Place & { credential: PastedCredential },
): Promise<Result<{ integration: ManagedIntegrationView }, PageError>> {
  const { edition, address, credential: pasted, ...options } = request;
  const [allowed, taken, settings] = await Promise.all([openAdmin(), isNameTaken(options.name), readSettings()]);
  if (!allowed.ok) return allowed;
  if (taken) return refuse('INTEGRATION_NAME_TAKEN', { integration: options.name });
  const credential = sealed(pasted);
  const at = addressFor(edition, address);
  if (!at.ok) return refuse('INVALID_ADDRESS', { reason: at.error });
  const { webUrl } = serviceAt(edition, at.value);
  const draft = { ...options, id: crypto.randomUUID(), edition, address: webUrl, credentialId: crypto.randomUUID() };
  const [found] = await Promise.all([identifyAt({ edition, address }, credential), writeDraft(draft)]);
  if (!found.ok) {
    await removeDraft(draft.id);
    return found;
  }
  const { service, account } = found.value;
  const integration: Integration = {
    ...draft,
    edition: service.edition.id,
    address: service.webUrl,
    ...(service.version === undefined ? {} : { version: service.version }),
    account,
  };
  await Promise.all([
    writeIntegrationWithCredential(integration, credential, { ready: !requiresToken(settings, integration) }),
    note(person, 'add-integration', integration),
  ]);
  return ok({ integration: view(integration, { credential, tokens: { people: 0, more: false } }) });
}

/** What answers at an address, and whose credential it is there. */
async function identifyAt(
  place: Place,
  credential: Credential,
): Promise<Result<{ service: Service; account: string }, PageError>> {
  const found = await detectAt(place, credential);
  if (!found.ok) return found;
  const { service, provider, connection } = found.value;
  const checked = await provider.checkToken(connection);
  return checked.ok ? ok({ service, account: checked.value.login }) : fail(serviceError(checked.error, service));
}

/** Changes options, and the credential when a new one comes with them. People's tokens stay, whatever changes. */
export async function updateIntegration(
  person: Person,
  request: IntegrationOptions & { id: string; credential?: PastedCredential | undefined },
): Promise<Result<{ integration: ManagedIntegrationView }, PageError>> {
  const { id, credential: pasted, ...options } = request;
  const [allowed, stored, taken, settings, tokens] = await Promise.all([
    openAdmin(),
    readIntegration(id),
    isNameTaken(options.name, id),
    readSettings(),
    countTokens(id),
  ]);
  if (!allowed.ok) return allowed;
  if (stored === undefined || stored.disconnecting) return refuse('INTEGRATION_NOT_FOUND');
  if (taken) return refuse('INTEGRATION_NAME_TAKEN', { integration: options.name });
  const isRequired = requiresToken(settings, options);
  const action =
    options.requireUserPat === stored.requireUserPat
      ? 'update-integration'
      : options.requireUserPat
        ? 'require-tokens'
        : 'stop-requiring-tokens';
  if (pasted === undefined) {
    const updated = { ...stored, ...options };
    const credential = await readIntegrationCredential(updated);
    await Promise.all([
      writeIntegration(updated),
      credential === undefined || isRequired ? removeReadyCredential(id) : writeReadyCredential(updated, credential),
      note(person, action, updated),
    ]);
    return ok({ integration: view(updated, { credential, tokens }) });
  }
  const credential = sealed(pasted);
  const checked = await checkCredential(serviceOf(stored), credential);
  if (!checked.ok) return checked;
  const updated = { ...stored, ...options, account: checked.value.login, credentialId: crypto.randomUUID() };
  await Promise.all([
    writeIntegrationWithCredential(updated, credential, { ready: !isRequired }),
    note(person, action, updated),
  ]);
  return ok({ integration: view(updated, { credential, tokens }) });
}

/** Takes an integration out of use for a while, or back into it. Tokens and settings stay as they are. */
export async function switchIntegration(
  person: Person,
  { id, enabled }: { id: string; enabled: boolean },
): Promise<Result<{ integration: ManagedIntegrationView }, PageError>> {
  const [allowed, stored] = await Promise.all([openAdmin(), readIntegration(id)]);
  if (!allowed.ok) return allowed;
  if (stored === undefined || stored.disconnecting) return refuse('INTEGRATION_NOT_FOUND');
  const { disabled: _, ...rest } = stored;
  const switched = enabled ? rest : { ...rest, disabled: true };
  const [state] = await Promise.all([
    stateOf(switched),
    writeIntegration(switched),
    note(person, enabled ? 'enable-integration' : 'disable-integration', switched),
  ]);
  return ok({ integration: view(switched, state) });
}

async function isNameTaken(name: string, exceptId?: string): Promise<boolean> {
  const others = (await listIntegrations()).filter((integration) => integration.id !== exceptId);
  return others.some((integration) => integration.name.toLowerCase() === name.toLowerCase());
}

/** A read-only integration account is fine: where people use their own tokens it needs no more. */
async function checkCredential(service: Service, credential: Credential): Promise<Result<Identity, PageError>> {
  const { provider, connection } = await connectWith(service, credential);
  const checked = await provider.checkToken(connection);
  return checked.ok ? checked : fail(serviceError(checked.error, service));
}

/** Where the integration account's token is made. No service is asked. */
export async function newTokenPage({
  edition,
  address: typed,
}: Place): Promise<Result<{ url: string; otherUrl?: string }, PageError>> {
  const allowed = await openAdmin();
  if (!allowed.ok) return allowed;
  const address = addressFor(edition, typed);
  if (!address.ok) return refuse('INVALID_ADDRESS', { reason: address.error });
  const service = serviceAt(edition, address.value);
  const links = linksOf(service);
  const otherUrl = links.otherToken?.(service);
  return ok({ url: links.newToken(service, TOKEN_NOTE), ...(otherUrl === undefined ? {} : { otherUrl }) });
}
