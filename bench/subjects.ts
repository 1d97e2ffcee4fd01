import { secret } from '../src/domain/secret.ts';
import { serviceAt } from '../src/domain/service.ts';
import type { Result } from '../src/domain/result.ts';
import type { ProviderError } from '../src/domain/errors.ts';
import { github } from '../src/providers/github/index.ts';
import type { Connection } from '../src/providers/provider.ts';

/** An adapter to be tried against a service that behaves badly. */
export type Subject = {
  name: string;
  /** Hosts the credential may go to. */
  hosts: readonly string[];
  secrets: readonly string[];
  connection(): Connection;
  isWrite(request: Request, body: string): boolean;
  /** A good answer to a read. `written`: the write was sent, and happened, though nobody heard so. */
  read(request: Request, body: string, written: boolean): Response;
  acts: readonly {
    name: string;
    /** A lost answer of its write is read back. */
    readBack: boolean;
    run(connection: Connection): Promise<Result<unknown, ProviderError>>;
  }[];
  /** An answer with status 200 that says no. */
  refusedInside200?: () => Response;
};

const SHA = '1234567890abcdef1234567890abcdef12345678';
const TOKEN = 'ghp_canaryCANARYcanaryCANARYcanaryCANARY';

const branch = { repository: 'acme/web', name: 'DEMO-1-x', source: 'main' };
const request = {
  repository: 'acme/web',
  source: 'DEMO-1-x',
  target: 'main',
  title: 'DEMO-1',
  description: '',
  draft: false,
};

export const subjects: readonly Subject[] = [
  {
    name: 'github',
    hosts: ['api.github.com'],
    secrets: [TOKEN],
    connection: () => ({
      service: serviceAt('github.com', ''),
      credential: { kind: 'token', token: secret(TOKEN) },
      deadline: Date.now() + 3000,
    }),
    isWrite: ({ method, url }) => method !== 'GET' && !url.endsWith('/graphql'),
    read: ({ url }, _body, written) => {
      if (url.includes('/git/ref/')) {
        const isNew = decodeURIComponent(url).endsWith(branch.name);
        return isNew && !written
          ? Response.json({ message: 'Not Found' }, { status: 404 })
          : Response.json({ ref: 'refs/heads/x', object: { sha: SHA } });
      }
      if (url.includes('/pulls')) {
        const pull = {
          number: 1,
          title: request.title,
          html_url: 'https://github.com/acme/web/pull/1',
          state: 'open',
          draft: false,
          updated_at: '2026-01-01T00:00:00Z',
          head: { ref: request.source },
          base: { ref: request.target },
          user: { login: 'alice' },
        };
        return Response.json(written ? [pull] : []);
      }
      return Response.json({ login: 'alice', id: 1, type: 'User' });
    },
    acts: [
      { name: 'create-branch', readBack: true, run: (connection) => github.createBranch(connection, branch) },
      {
        name: 'create-pull-request',
        readBack: true,
        run: (connection) => github.createPullRequest(connection, request),
      },
      { name: 'delete-branch', readBack: false, run: (connection) => github.deleteBranch(connection, branch) },
      { name: 'check-token', readBack: false, run: (connection) => github.checkToken(connection) },
      {
        name: 'list-branches',
        readBack: false,
        run: (connection) => github.listBranches(connection, { repository: branch.repository, search: '' }),
      },
      {
        name: 'list-repositories',
        readBack: false,
        run: (connection) => github.listRepositories(connection, { owners: ['acme'], search: '' }),
      },
    ],
  },
];
