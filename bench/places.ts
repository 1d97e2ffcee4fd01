/** A service of the demo world for benches. */
export type Place = {
  name: string;
  connect: { edition: string; address?: string; owners: 'all' | string[] };
  integrationAccount: string;
  repository: string;
  source: string;
  /** A branch with commits that `source` lacks. */
  changed: string;
  /** Makes a credential on the service's own page. */
  credential(services: string, account: string): Promise<Record<string, string>>;
};

/** The answer of a service's page after it made something. */
async function make<Made>(page: string, fields: Record<string, string>): Promise<Made> {
  const headers = { accept: 'application/json' };
  const response = await fetch(page, { method: 'POST', headers, body: new URLSearchParams(fields) });
  return (await response.json()) as Made;
}

function tokenAt(page: string, fields: { scopes: string; expiration?: string }): Place['credential'] {
  return async (services, account) => ({
    kind: 'token',
    token: (await make<{ token: string }>(`${services}/${page}`, { account, name: 'bench', ...fields })).token,
  });
}

export const places: readonly Place[] = [
  {
    name: 'github',
    connect: { edition: 'github.com', owners: ['acme'] },
    integrationAccount: 'acme-bot',
    repository: 'acme/web',
    source: 'main',
    changed: 'develop',
    // It expires late enough for no warning.
    credential: tokenAt('github.com/settings/tokens/new', { scopes: 'repo', expiration: '90' }),
  },
  {
    name: 'gitlab',
    connect: { edition: 'gitlab.com', owners: ['acme'] },
    integrationAccount: 'acme-bot',
    repository: 'acme/mobile',
    source: 'main',
    changed: 'develop',
    credential: tokenAt('gitlab.com/-/user_settings/personal_access_tokens', { scopes: 'api' }),
  },
  {
    name: 'azure-devops',
    connect: { edition: 'azure-devops', address: 'https://dev.azure.com/acme', owners: ['Back Office'] },
    integrationAccount: 'acme-bot',
    repository: 'Back Office/Invoices',
    source: 'main',
    changed: 'develop',
    credential: tokenAt('dev.azure.com/acme/_usersSettings/tokens', { scopes: 'vso.code_write' }),
  },
  {
    name: 'codecommit',
    connect: { edition: 'codecommit', address: 'eu-central-1', owners: 'all' },
    integrationAccount: 'undersigned',
    repository: 'warehouse',
    source: 'main',
    changed: 'develop',
    credential: async (services, user) => {
      const page = `${services}/console.aws.amazon.com/iam/home`;
      const { id, secret } = await make<{ id: string; secret: string }>(page, { user });
      return { kind: 'access-key', id, secret };
    },
  },
];
