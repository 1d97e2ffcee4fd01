import type { EditionId } from '../../../src/domain/editions';
import { secret } from '../../../src/domain/secret';
import { serviceAt } from '../../../src/domain/service';
import type { Connection } from '../../../src/providers/provider';
import type { GitLabService } from '../../../sandbox/world/world';
import { openEgressDoor, type EgressDoor } from '../../support/egress-door';
import { openSimulatedGitLab, type SimulatedGitLab } from '../../support/simulated-gitlab';

export type Installation = {
  gitlab: SimulatedGitLab;
  door: EgressDoor;
  as(token: string, ms?: number): Connection;
};

type Kind = {
  edition: EditionId;
  webHost: string;
  path: string;
  version: GitLabService['version'];
  said: string;
  premium?: boolean;
};

/** The installations of every promise: today's GitLab.com, and two older ones of customers. */
export const kinds: readonly (readonly [string, Kind])[] = [
  ['GitLab.com', { edition: 'gitlab.com', webHost: 'gitlab.com', path: '', version: 'current', said: '19.6.1-ee' }],
  [
    'GitLab 16.5 of one’s own',
    { edition: 'gitlab-self-managed', webHost: 'git.acme.example', path: '', version: '16.5', said: '16.5.8-ee' },
  ],
  [
    'GitLab 15.4 below a path',
    {
      edition: 'gitlab-self-managed',
      webHost: 'acme.example',
      path: '/dev/gitlab',
      version: '15.4',
      said: '15.4.6-ee',
    },
  ],
];

/** Opens one for all tests of a `describe`; every test gets a door of its own. Tests never leave the same names behind. */
export function useInstallation({ edition, webHost, path, version, said, premium = false }: Kind): Installation {
  const installation = {} as Installation;
  installation.as = (token, ms = 10_000) => ({
    service: serviceAt(edition, installation.gitlab.webUrl, said),
    credential: { kind: 'token', token: secret(token) },
    deadline: Date.now() + ms,
  });
  beforeAll(async () => {
    installation.gitlab = await openSimulatedGitLab({ webHost, path, version, premium });
  });
  afterAll(() => installation.gitlab.close());
  beforeEach(() => {
    installation.door = openEgressDoor({ [webHost]: installation.gitlab.served.url(webHost, '').replace(/\/$/, '') });
  });
  afterEach(async () => {
    installation.door.close();
    await installation.gitlab.clearFaults();
  });
  return installation;
}
