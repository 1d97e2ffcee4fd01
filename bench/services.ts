/**
 * Child process of `time.ts`: the demo world's services on one port, `/<host>/<path>` for `https://<host>/<path>`, each
 * request delayed by 25 ms. Prints its address and ends with its parent.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createServicesDoor, serveLoopback, type Handler } from 'local-forge';
import { openAzureDevOps } from '../sandbox/services/azure-devops/open-azure-devops.ts';
import { openCodeCommit } from '../sandbox/services/codecommit/open-codecommit.ts';
import { openGitHub } from '../sandbox/services/github/open-github.ts';
import { openGitLab } from '../sandbox/services/gitlab/open-gitlab.ts';
import type { Service } from '../sandbox/services/service.ts';
import { demoWorld } from '../sandbox/world/demo.ts';
import type { World } from '../sandbox/world/world.ts';

const LATENCY_MS = 25;

function open(definition: World['services'][number], directory: string): Promise<Service> {
  switch (definition.kind) {
    case 'github':
      return openGitHub(definition, { directory });
    case 'gitlab':
      return openGitLab(definition, { directory });
    case 'azure-devops':
      return openAzureDevOps(definition, { directory });
    case 'codecommit':
      return openCodeCommit(definition, { directory });
  }
}

/**
 * The answer of Azure DevOps to a client that requests addresses (documented as "resource areas"). The simulated service
 * leaves it out, because the app never requests them.
 */
const negotiation: Readonly<Record<string, unknown>> = {
  'OPTIONS /dev.azure.com/acme/_apis/Location': [
    {
      id: 'e81700f7-3be2-46de-8624-2eb35882fcaa',
      area: 'Location',
      resourceName: 'ResourceAreas',
      routeTemplate: '_apis/{resource}/{areaId}',
      resourceVersion: 1,
      minVersion: '3.2',
      maxVersion: '7.2',
      releasedVersion: '0.0',
    },
  ],
  'GET /dev.azure.com/acme/_apis/ResourceAreas': [],
  'OPTIONS /dev.azure.com/acme/_apis/git': [
    {
      id: '2d874a60-a811-4f62-9c9f-963a6ea0a55b',
      area: 'git',
      resourceName: 'refs',
      routeTemplate: '{project}/_apis/{area}/repositories/{repositoryId}/{resource}/{*filter}',
      resourceVersion: 1,
      minVersion: '1.0',
      maxVersion: '7.2',
      releasedVersion: '7.1',
    },
  ],
};

const directory = await mkdtemp(join(tmpdir(), 'undersigned-services-'));
const services: Service[] = [];
for (const [index, definition] of demoWorld.services.entries())
  services.push(await open(definition, join(directory, String(index))));
const door = createServicesDoor(services);
const handler: Handler = async (request) => {
  await delay(LATENCY_MS);
  const located = negotiation[`${request.method} ${new URL(request.url).pathname}`];
  return located === undefined
    ? door(request)
    : Response.json({ count: (located as unknown[]).length, value: located });
};
const server = await serveLoopback({ port: 0, handler, onError: (error) => console.error(error) });
process.stdout.write(`${server.origin}\n`);

process.stdin.resume().on('end', () => {
  void (async () => {
    await server.close();
    for (const service of services) await service.close();
    await rm(directory, { recursive: true, force: true });
    process.exit();
  })();
});
