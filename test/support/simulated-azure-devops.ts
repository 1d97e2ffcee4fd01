import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAzureDevOps } from '../../sandbox/services/azure-devops/open-azure-devops';
import type { Service } from '../../sandbox/services/service';
import type { AzureDevOpsService } from '../../sandbox/world/world';
import { editions } from '../../src/domain/editions';
import { secret } from '../../src/domain/secret';
import { serviceAt } from '../../src/domain/service';
import type { Connection } from '../../src/providers/provider';
import { azureDevOpsWorld, PASSWORD, places, tokens } from './azure-devops-world';
import { openEgressDoor, type EgressDoor } from './egress-door';
import { serveService, type ServedService } from './serve-service';

export type Edition = AzureDevOpsService['edition'];

export const EDITIONS = Object.keys(places) as readonly Edition[];

export type SimulatedAzureDevOps = {
  edition: Edition;
  service: Service;
  served: ServedService;
  clock: { now: Date };
  /** Leads the service's host here. */
  openDoor(): EgressDoor;
  /** A connection with a token; an edition without tokens gets the password of the token's account. */
  as(who: keyof typeof tokens, ms?: number): Connection;
  withToken(value: string): Connection;
  withPassword(user: string, password: string): Connection;
  /** Arms a fault; see `sandbox/services/faults.ts`. `path` is the part after the collection. */
  arm(fault: { path: string } & Record<string, unknown>): Promise<void>;
  /** Sends a request to the service itself, past the adapter, as alice; `path` is the part after the collection. */
  ask(method: string, path: string, options?: { body?: unknown; headers?: Record<string, string> }): Promise<Response>;
  close(): Promise<void>;
};

/** Opens an edition with everything that can go wrong, in its own folder, over HTTP on this machine. */
export async function openSimulatedAzureDevOps(
  edition: Edition,
  more: { iisBasic?: boolean } = {},
): Promise<SimulatedAzureDevOps> {
  const directory = await mkdtemp(join(tmpdir(), 'undersigned-azure-devops-'));
  const clock = { now: new Date('2026-01-20T12:00:00Z') };
  const service = await openAzureDevOps(azureDevOpsWorld(edition, more), { directory, now: () => clock.now });
  const served = await serveService(service);
  const { host, address } = places[edition];
  const at = serviceAt(edition, address);
  const base = new URL(address).pathname;
  const withToken = (value: string, ms = 10_000): Connection => ({
    service: at,
    credential: { kind: 'token', token: secret(value) },
    deadline: Date.now() + ms,
  });
  const withPassword = (user: string, password: string, ms = 10_000): Connection => ({
    service: at,
    credential: { kind: 'password', user: secret(user), password: secret(password) },
    deadline: Date.now() + ms,
  });
  const as = (who: keyof typeof tokens, ms = 10_000): Connection => {
    if (editions[edition].capabilities.userTokens) return withToken(tokens[who], ms);
    const login = /^[a-z]+/.exec(who)?.[0] ?? '';
    return withPassword(login, `${PASSWORD} of ${login}`, ms);
  };
  return {
    edition,
    service,
    served,
    clock,
    as,
    withToken,
    withPassword,
    openDoor: () => openEgressDoor({ [host]: served.url(host, '').replace(/\/$/, '') }),
    async arm({ path, ...fault }) {
      const response = await service.handle(
        new Request(`https://${host}/sandbox/faults`, {
          method: 'POST',
          body: JSON.stringify({ path: `${base}${path}`, ...fault }),
        }),
      );
      if (response.status !== 201) throw new Error(await response.text());
    },
    ask: (method, path, { body, headers } = {}) => {
      const { credential } = as('alice');
      const basic =
        credential.kind === 'password'
          ? `${credential.user.reveal()}:${credential.password.reveal()}`
          : `:${tokens.alice}`;
      return service.handle(
        new Request(`${address}${path}`, {
          method,
          headers: { authorization: `Basic ${Buffer.from(basic).toString('base64')}`, ...headers },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        }),
      );
    },
    async close() {
      await served.close();
      await service.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
