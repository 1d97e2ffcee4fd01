import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openGitHub } from '../../../sandbox/services/github/open-github';
import type { Service } from '../../../sandbox/services/service';
import { secret } from '../../../src/domain/secret';
import { serviceAt } from '../../../src/domain/service';
import type { Connection } from '../../../src/providers/provider';
import { openEgressDoor, type EgressDoor } from '../../support/egress-door';
import { gitHubDefinition } from '../../../rig/github-world';
import { serveService, type ServedService } from '../../support/serve-service';

export type Place = {
  edition: 'github.com' | 'ghe.com' | 'ghes';
  webUrl: string;
  webHost: string;
  apiHost: string;
  path?: string;
  version?: string;
};

/** The same holds wherever GitHub runs. */
export const places: readonly Place[] = [
  { edition: 'github.com', webUrl: 'https://github.com', webHost: 'github.com', apiHost: 'api.github.com' },
  { edition: 'ghe.com', webUrl: 'https://acme.ghe.com', webHost: 'acme.ghe.com', apiHost: 'api.acme.ghe.com' },
  {
    edition: 'ghes',
    webUrl: 'https://git.acme.example/ghe',
    webHost: 'git.acme.example',
    apiHost: 'git.acme.example',
    path: '/ghe',
    version: '3.19.2',
  },
];

export type Installation = {
  door: EgressDoor;
  as(token: string, ms?: number): Connection;
  /** Makes the simulated service misbehave; see `sandbox/services/github/faults.ts`. */
  fault(fault: Record<string, unknown>): Promise<void>;
};

/** Opens one for all tests of a `describe`. Every test gets a fresh world and a door of its own. */
export function useInstallation(place: Place): Installation {
  const { edition, webUrl, apiHost } = place;
  let directory: string;
  let service: Service;
  let served: ServedService;
  /** Something was written, or a fault was armed. Resetting the repositories takes longest. */
  let touched = false;

  const installation: Installation = {
    door: undefined as unknown as EgressDoor,
    as: (token, ms = 10_000) => ({
      service: serviceAt(edition, webUrl),
      credential: { kind: 'token', token: secret(token) },
      deadline: Date.now() + ms,
    }),
    fault: async (fault) => {
      touched = true;
      const body = JSON.stringify(fault);
      const armed = await service.handle(new Request(`${webUrl}/sandbox/faults`, { method: 'POST', body }));
      expect(armed.status).toBe(201);
    },
  };
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'undersigned-github-'));
    service = await openGitHub({ ...gitHubDefinition, ...place }, { directory });
    served = await serveService(service);
  });
  beforeEach(async () => {
    if (touched) await service.reset();
    touched = false;
    installation.door = openEgressDoor({ [apiHost]: served.url(apiHost, '') });
  });
  afterEach(() => {
    touched ||= installation.door.requests.some(({ method, url }) => method !== 'GET' && !url.endsWith('/graphql'));
    installation.door.close();
  });
  afterAll(async () => {
    await served.close();
    await service.close();
    await rm(directory, { recursive: true });
  });
  return installation;
}
