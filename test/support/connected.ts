import type { Stage } from './browser-stage';

type Connection = { edition: string; name: string; token: string };

/** Connects a service without looking, for journeys that begin later; gives the integration's id. */
async function connect(
  { sandbox, secrets }: Stage,
  { edition, name, token }: Connection,
  { requireUserPat = false, ...seen }: { requireUserPat?: boolean; seenWithoutToken?: 'account' } = {},
): Promise<string> {
  secrets.push(token);
  const credential = { kind: 'token', token };
  const options = { name, owners: ['acme'], requireUserPat, ...seen, projects: 'all' };
  const added = await sandbox.invoke('ada', 'manage-repositories', 'add-integration', {
    edition,
    credential,
    ...options,
  });
  expect(added).toMatchObject({ ok: true });
  return added.value.integration.id as string;
}

/** `acme-github` at github.com, as acme-bot. */
export async function connectGitHub(
  stage: Stage,
  options?: { requireUserPat?: boolean; seenWithoutToken?: 'account' },
): Promise<string> {
  const token = await stage.sandbox.newToken('acme-bot');
  return connect(stage, { edition: 'github.com', name: 'acme-github', token }, options);
}

/** `acme-gitlab` at gitlab.com, as acme-bot. */
export async function connectGitLab(
  stage: Stage,
  options?: { requireUserPat?: boolean; seenWithoutToken?: 'account' },
): Promise<string> {
  const token = await newGitLabToken(stage, 'acme-bot');
  return connect(stage, { edition: 'gitlab.com', name: 'acme-gitlab', token }, options);
}

/** Saves a person's own token for an integration. */
export async function saveToken({ sandbox, secrets }: Stage, as: string, integrationId: string, token: string) {
  secrets.push(token);
  const payload = { integrationId, credential: { kind: 'token', token } };
  expect(await sandbox.invoke(as, 'user-settings', 'save-token', payload)).toMatchObject({ ok: true });
}

export async function newGitLabToken({ sandbox }: Stage, account: string): Promise<string> {
  const response = await fetch(`${sandbox.services}/gitlab.com/-/user_settings/personal_access_tokens`, {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams({ account, name: 'test', scopes: 'api' }),
  });
  return ((await response.json()) as { token: string }).token;
}
