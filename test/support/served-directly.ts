import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Service, ServiceOptions } from '../../sandbox/services/service';
import { sealed } from '../../src/domain/credential';
import type { EditionId } from '../../src/domain/editions';
import { serviceAt } from '../../src/domain/service';
import type { Connection } from '../../src/providers/provider';

type Served = { service: Service; requests: Request[]; connection: (token: string) => Connection };

/** A service with its own world for the tests of a group. The adapter's requests go straight to it. */
export function servedDirectly(
  edition: EditionId,
  address: string,
  open: (options: ServiceOptions) => Promise<Service>,
): () => Served {
  let directory: string;
  let service: Service;
  const through = globalThis.fetch;
  const requests: Request[] = [];
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'undersigned-served-'));
    service = await open({ directory });
  });
  afterAll(async () => {
    await service.close();
    await rm(directory, { recursive: true, force: true });
  });
  beforeEach(() => {
    requests.length = 0;
    globalThis.fetch = (input, init) => {
      const request = new Request(input, init);
      requests.push(request.clone());
      return service.handle(request);
    };
  });
  afterEach(() => void (globalThis.fetch = through));
  return () => ({
    service,
    requests,
    connection: (token) => ({
      service: serviceAt(edition, address),
      credential: sealed({ kind: 'token', token }),
      deadline: Date.now() + 10_000,
    }),
  });
}
