import type { EgressDoor } from './egress-door';
import { openSimulatedAzureDevOps, type Edition, type SimulatedAzureDevOps } from './simulated-azure-devops';

export const web = 'Shop/web';
export const branch = { repository: web, name: 'DEMO-1-new', source: 'develop' };
export const refsPath = '/Shop/_apis/git/repositories/web/refs';
export const pullsPath = '/Shop/_apis/git/repositories/web/pullrequests';
export const request = {
  repository: web,
  source: 'feature/DEMO-1-login',
  target: 'main',
  title: 'DEMO-1: Merge it',
  description: 'Why',
  draft: false,
};

/** The service that `serving` opened; another one in each test. */
export let azure: SimulatedAzureDevOps;
export let door: EgressDoor;

/** Opens an edition for the tests of one group; it starts anew before each of them. */
export function serving(edition: Edition, more: { iisBasic?: boolean } = {}): void {
  beforeAll(async () => {
    azure = await openSimulatedAzureDevOps(edition, more);
  });
  afterAll(() => azure.close());
  beforeEach(async () => {
    await azure.service.reset();
    door = azure.openDoor();
  });
  afterEach(() => door.close());
}

export const writes = () => door.requests.filter(({ method }) => method === 'POST');

/** Loses every answer to a write after the service has done it. */
export function loseAnswers(): void {
  const through = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const response = await through(input, init);
    if (init?.method !== 'POST') return response;
    await response.arrayBuffer();
    throw new TypeError('fetch failed');
  };
}
