/** A service of the demo world, as a bench goes there. */
export type Place = {
  name: string;
  connect: { edition: string; address?: string; owners: 'all' | string[] };
  integrationAccount: string;
  repository: string;
  source: string;
  /** Makes a credential on the service's own page. */
  credential(services: string, account: string): Promise<Record<string, string>>;
};

export const places: readonly Place[] = [
  {
    name: 'github',
    connect: { edition: 'github.com', owners: ['acme'] },
    integrationAccount: 'acme-bot',
    repository: 'acme/web',
    source: 'main',
    credential: async (services, account) => {
      const body = new URLSearchParams({ account, scopes: 'repo' });
      const response = await fetch(`${services}/github.com/settings/tokens/new`, {
        method: 'POST',
        headers: { accept: 'application/json' },
        body,
      });
      return { kind: 'token', token: ((await response.json()) as { token: string }).token };
    },
  },
];
