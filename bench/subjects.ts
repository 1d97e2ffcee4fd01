import { secret } from '../src/domain/secret.ts';
import { serviceAt } from '../src/domain/service.ts';
import type { Result } from '../src/domain/result.ts';
import type { ProviderError } from '../src/domain/errors.ts';
import { azureDevOps } from '../src/providers/azure-devops/index.ts';
import { codecommit } from '../src/providers/codecommit/index.ts';
import { github } from '../src/providers/github/index.ts';
import { gitlab } from '../src/providers/gitlab/index.ts';
import type { Connection, Provider } from '../src/providers/provider.ts';

/** An adapter to be tried against a service that behaves badly. */
export type Subject = {
  name: string;
  /** Hosts that may get the credential. */
  hosts: readonly string[];
  secrets: readonly string[];
  connection(): Connection;
  isWrite(request: Request, body: string): boolean;
  /** A good answer to a read. `written`: the write was sent and happened, but its answer was lost. */
  read(request: Request, body: string, written: boolean): Response;
  acts: readonly {
    name: string;
    /** After a lost answer the act reads back whether its write happened. */
    readBack: boolean;
    run(connection: Connection): Promise<Result<unknown, ProviderError>>;
  }[];
  /** An answer with status 200 that is a refusal. */
  refusedInside200?: () => Response;
};

const SHA = '1234567890abcdef1234567890abcdef12345678';
const WHEN = '2026-01-01T00:00:00Z';
const TITLE = 'DEMO-1: Merge it';

/** The acts every adapter is tried with. */
function actsOf(provider: Provider, repository: string): Subject['acts'] {
  const branch = { repository, name: 'DEMO-1-x', source: 'main' };
  const request = { repository, source: 'DEMO-1-x', target: 'main', title: TITLE, description: '', draft: false };
  return [
    { name: 'create-branch', readBack: true, run: (connection) => provider.createBranch(connection, branch) },
    {
      name: 'create-pull-request',
      readBack: true,
      run: (connection) => provider.createPullRequest(connection, request),
    },
    { name: 'delete-branch', readBack: false, run: (connection) => provider.deleteBranch(connection, branch) },
    { name: 'check-token', readBack: false, run: (connection) => provider.checkToken(connection) },
    {
      name: 'list-branches',
      readBack: false,
      run: (connection) => provider.listBranches(connection, { repository, search: '' }),
    },
    {
      name: 'list-repositories',
      readBack: false,
      run: (connection) => provider.listRepositories(connection, { owners: ['acme'], search: '' }),
    },
  ];
}

function withToken(edition: 'github.com' | 'gitlab.com' | 'azure-devops', address: string, token: string): Connection {
  return {
    service: serviceAt(edition, address),
    credential: { kind: 'token', token: secret(token) },
    deadline: Date.now() + 3000,
  };
}

const missing = () => Response.json({ message: '404 Not Found' }, { status: 404 });

const GITHUB_TOKEN = 'ghp_canaryCANARYcanaryCANARYcanaryCANARY';
const GITLAB_TOKEN = 'glpat-canaryCANARYcanary';
const AZURE_TOKEN = 'canarycanarycanarycanarycanarycanarycanarycanarycana';
const AWS_SECRET = 'canaryCANARYcanaryCANARYcanaryCANARYcana';

export const subjects: readonly Subject[] = [
  {
    name: 'github',
    hosts: ['api.github.com'],
    secrets: [GITHUB_TOKEN],
    connection: () => withToken('github.com', '', GITHUB_TOKEN),
    isWrite: ({ method, url }) => method !== 'GET' && !url.endsWith('/graphql'),
    read: ({ url }, _body, written) => {
      if (url.includes('/git/ref/')) {
        const isNew = decodeURIComponent(url).endsWith('DEMO-1-x');
        return isNew && !written ? missing() : Response.json({ ref: 'refs/heads/x', object: { sha: SHA } });
      }
      const pull = {
        number: 1,
        title: TITLE,
        html_url: 'https://github.com/acme/web/pull/1',
        state: 'open',
        draft: false,
        updated_at: WHEN,
        head: { ref: 'DEMO-1-x' },
        base: { ref: 'main' },
        user: { login: 'alice' },
      };
      if (url.includes('/pulls')) return Response.json(written ? [pull] : []);
      return Response.json({ login: 'alice', id: 1, type: 'User' });
    },
    acts: actsOf(github, 'acme/web'),
  },
  {
    name: 'gitlab',
    hosts: ['gitlab.com'],
    secrets: [GITLAB_TOKEN],
    connection: () => withToken('gitlab.com', '', GITLAB_TOKEN),
    isWrite: ({ method }) => method !== 'GET',
    read: ({ url }, _body, written) => {
      const branch = (name: string) => ({
        name,
        commit: { id: SHA },
        protected: false,
        default: name === 'main',
        web_url: `https://gitlab.com/acme/web/-/tree/${name}`,
      });
      if (/\/branches\/main/.test(url)) return Response.json(branch('main'));
      if (/\/branches\/DEMO-1-x/.test(url)) return written ? Response.json(branch('DEMO-1-x')) : missing();
      if (url.includes('/branches')) return Response.json([branch('main')]);
      const request = {
        iid: 1,
        title: TITLE,
        web_url: 'https://gitlab.com/acme/web/-/merge_requests/1',
        state: 'opened',
        draft: false,
        updated_at: WHEN,
        created_at: WHEN,
        source_branch: 'DEMO-1-x',
        target_branch: 'main',
        author: { username: 'alice' },
        references: { full: 'acme/web!1' },
      };
      if (url.includes('/merge_requests')) return Response.json(written ? [request] : []);
      return Response.json({
        username: 'alice',
        id: 1,
        user_id: 1,
        scopes: ['api'],
        expires_at: null,
        active: true,
        revoked: false,
      });
    },
    acts: actsOf(gitlab, 'acme/web'),
  },
  {
    name: 'azure-devops',
    hosts: ['dev.azure.com'],
    secrets: [AZURE_TOKEN],
    connection: () => withToken('azure-devops', 'https://dev.azure.com/acme', AZURE_TOKEN),
    isWrite: ({ method }, body) => method === 'POST' && body !== '[]',
    read: ({ url }, _body, written) => {
      const heads = [
        { name: 'refs/heads/main', objectId: SHA },
        ...(written ? [{ name: 'refs/heads/DEMO-1-x', objectId: SHA }] : []),
      ];
      if (url.includes('/refs')) return Response.json({ count: heads.length, value: heads });
      const repository = { id: 'r', name: 'web', project: { id: 'p', name: 'acme' }, defaultBranch: 'refs/heads/main' };
      const pull = {
        pullRequestId: 1,
        title: TITLE,
        status: 'active',
        isDraft: false,
        creationDate: WHEN,
        sourceRefName: 'refs/heads/DEMO-1-x',
        targetRefName: 'refs/heads/main',
        createdBy: { id: 'u', displayName: 'Alice', uniqueName: 'alice@acme.example' },
        repository,
      };
      if (/pullrequests/i.test(url))
        return Response.json(written ? { count: 1, value: [pull] } : { count: 0, value: [] });
      if (/connectionData/i.test(url))
        return Response.json({ authenticatedUser: { id: 'u', providerDisplayName: 'Alice' }, instanceId: 'i' });
      return Response.json({ count: 1, value: [repository] });
    },
    acts: actsOf(azureDevOps, 'acme/web'),
    refusedInside200: () =>
      Response.json({
        count: 1,
        value: [
          {
            name: 'refs/heads/DEMO-1-x',
            oldObjectId: '0'.repeat(40),
            newObjectId: SHA,
            success: false,
            updateStatus: 'rejectedByPolicy',
            repositoryId: 'r',
          },
        ],
      }),
  },
  {
    name: 'codecommit',
    hosts: ['codecommit.eu-central-1.amazonaws.com', 'sts.eu-central-1.amazonaws.com'],
    secrets: [AWS_SECRET],
    connection: () => ({
      service: serviceAt('codecommit', 'eu-central-1'),
      credential: { kind: 'access-key', id: secret('AKIACANARYCANARYCANA'), secret: secret(AWS_SECRET) },
      deadline: Date.now() + 3000,
    }),
    isWrite: ({ headers }) =>
      /\.(CreateBranch|DeleteBranch|CreatePullRequest)$/.test(headers.get('x-amz-target') ?? ''),
    read: ({ headers }, body, written) => {
      const operation = (headers.get('x-amz-target') ?? '').split('.').at(-1) ?? '';
      const aws = (value: unknown, status = 200) =>
        new Response(JSON.stringify(value), { status, headers: { 'content-type': 'application/x-amz-json-1.1' } });
      const pull = {
        pullRequestId: '1',
        title: TITLE,
        pullRequestStatus: 'OPEN',
        lastActivityDate: 1_767_225_600,
        authorArn: 'arn:aws:iam::123456789012:user/alice',
        pullRequestTargets: [
          { repositoryName: 'web', sourceReference: 'refs/heads/DEMO-1-x', destinationReference: 'refs/heads/main' },
        ],
      };
      switch (operation) {
        case 'GetBranch':
          return body.includes('DEMO-1-x') && !written
            ? aws({ __type: 'BranchDoesNotExistException', message: 'no' }, 400)
            : aws({ branch: { branchName: 'x', commitId: SHA } });
        case 'ListPullRequests':
          return aws({ pullRequestIds: written ? ['1'] : [] });
        case 'GetPullRequest':
          return aws({ pullRequest: pull });
        case 'ListBranches':
          return aws({ branches: ['main'] });
        default:
          return aws({ repositories: [] });
      }
    },
    acts: actsOf(codecommit, 'web'),
  },
];
