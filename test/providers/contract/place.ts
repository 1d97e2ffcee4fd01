import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { git } from '../../../sandbox/services/git/run-git';
import type { Service } from '../../../sandbox/services/service';
import type { Credential } from '../../../src/domain/credential';
import type { EditionId } from '../../../src/domain/editions';
import type { ProviderError, ProviderErrorCode } from '../../../src/domain/errors';
import type { Result } from '../../../src/domain/result';
import { serviceAt } from '../../../src/domain/service';
import type { TokenExpiry } from '../../../src/domain/token';
import type { Connection, Provider, ReviewRule } from '../../../src/providers/provider';
import { openEgressDoor, type EgressDoor } from '../../support/egress-door';
import { serveService, type ServedService } from '../../support/serve-service';

export type Write = 'createBranch' | 'deleteBranch' | 'createPullRequest';
export type Operation = Write | 'checkToken' | 'listRepositories' | 'listBranches';
export const writes: readonly Write[] = ['createBranch', 'deleteBranch', 'createPullRequest'];
export const operations: readonly Operation[] = [...writes, 'checkToken', 'listRepositories', 'listBranches'];

export type Person = { login: string; credential: Credential };

/**
 * What a provider brings to the contract: an edition to open, people, and what its world calls things. The world's main
 * repository has the branches `main` (the default), `develop`, `feature/DEMO-1-login`, `demo-1-lower-case`, `DEMO-12-other`,
 * `release/1.0` and `odd/100%-#1+ü`.
 */
export type Subject = {
  name: string;
  provider: Provider;
  edition: EditionId;
  address: string;
  version?: string;
  open(directory: string): Promise<Service>;
  /** Hosts of the API: a request to any other fails the test. */
  hosts: readonly string[];
  /** Host of the endpoint that makes the service misbehave (`sandbox/services/faults.ts`). */
  faultsAt: string;
  /** The requests of an operation that may go wrong; where it sends several, the one that decides. */
  faultOf: Record<Operation, { method?: string; path: string }>;
  isWrite(request: Request): boolean;
  /** The path of a repository below the service's folder. */
  folderOf(repository: string): string;
  /** May write; may delete and write wherever no rule forbids it. */
  writer: Person;
  maintainer: Person;
  /** Credentials the service does not accept. */
  refused: readonly (readonly [what: string, credential: Credential, code: ProviderErrorCode])[];
  /** Credentials that are good and do not reach far enough, and the reason for each write. */
  narrow: readonly (readonly [what: string, credential: Credential, reason: Record<Write, ProviderError>])[];
  /** When the writer's token expires. */
  expiresAt: TokenExpiry;
  toldVersion?: string;
  owners: readonly string[];
  foundOwners: readonly string[] | 'all';
  repository: string;
  /** Text that finds the main repository alone, in several spellings. */
  searches: readonly string[];
  /** A repository of the same person and another owner. */
  elsewhere?: { owner: string; repository: string };
  /** With letters in its name, or a depth, that an address does not take as it is; its branch is a source. */
  odd: { repository: string; branch: string };
  empty: string;
  /** The service makes the first commit of an empty repository itself. */
  emptyTakesBranch?: true;
  closed: { repository: string; error: ProviderError };
  missing: readonly string[];
  /** A name that a rule protects, and a branch. */
  reservedName: string;
  /** The kind of that rule at a service without protected branches. */
  reservedBy?: ProviderErrorCode;
  protectedBranches: readonly string[];
  /** The meaning of a page with status 203. */
  signIn: ProviderErrorCode;
  /** A repository with templates by their names, in the order of the service's form; each holds what the contract's sentence says. */
  templates?: { repository: string; names: readonly string[] };
  /** Labels of the main repository, and what one says of a target branch; of editions that have them. */
  labels?: readonly string[];
  rules?: { repository: string; target: string; say: readonly ReviewRule[] };
  /** The service lists branches with their commits. */
  listsCommits: boolean;
};

/** An open subject for all tests of a `describe`. Each test begins with the world as it was opened. */
export type Place = {
  connection(credential?: Credential, ms?: number): Connection;
  /** Calls one operation in a way that would succeed, once in a test. */
  act(operation: Operation, connection?: Connection): Promise<Result<unknown, ProviderError>>;
  /** Requests since the test began. */
  requests(): readonly { write: boolean; url: string }[];
  written(): number;
  forget(): void;
  fail(operation: Operation, fault: Record<string, unknown>): Promise<void>;
  /** Any request of the API, wherever it goes. */
  failAll(fault: Record<string, unknown>): Promise<void>;
  /** Loses the answers to writes, after the service has done them. */
  loseAnswers(): void;
  /** A name no other test has; none is part of another. */
  fresh(): string;
  /** Makes a branch with a name of its own. */
  branch(source?: string): Promise<string>;
  /** The commit of a branch in git; empty without the branch. */
  head(branch: string, repository?: string): Promise<string>;
  git(repository: string, args: string[], input?: string): Promise<string>;
};

/** The git commands that change nothing. */
const readingCommands = ['for-each-ref', 'log'];

export function usePlace(subject: Subject): Place {
  const { provider, repository, hosts, faultsAt } = subject;
  let directory: string;
  let service: Service;
  let served: ServedService;
  let door: EgressDoor;
  let requests: { write: boolean; url: string }[] = [];
  let losing = false;
  /** Something was written, with or without a success. */
  let touched = false;
  let made = 0;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'undersigned-contract-'));
    service = await subject.open(directory);
    served = await serveService(service);
  });
  afterAll(async () => {
    await served.close();
    await service.close();
    await rm(directory, { recursive: true, force: true });
  });
  beforeEach(async () => {
    if (touched) await service.reset();
    touched = false;
    requests = [];
    losing = false;
    door = openEgressDoor(Object.fromEntries(hosts.map((host) => [host, served.url(host, '')])));
    const through = globalThis.fetch;
    globalThis.fetch = async (input, init) => {
      const write = subject.isWrite(new Request(input, init));
      touched ||= write;
      requests.push({ write, url: new Request(input).url });
      const response = await through(input, init);
      if (!losing || !write) return response;
      await response.arrayBuffer();
      throw new TypeError('fetch failed');
    };
  });
  afterEach(async () => {
    door.close();
    await faults('DELETE');
  });

  async function faults(method: string, fault?: object): Promise<void> {
    const body = fault === undefined ? null : JSON.stringify(fault);
    const answer = await service.handle(new Request(`https://${faultsAt}/sandbox/faults`, { method, body }));
    if (answer.status >= 300) throw new Error(await answer.text());
  }

  const place: Place = {
    connection: (credential = subject.writer.credential, ms = 10_000) => ({
      service: serviceAt(subject.edition, subject.address, subject.version),
      credential,
      deadline: Date.now() + ms,
    }),
    async act(operation, connection = place.connection()) {
      switch (operation) {
        case 'checkToken':
          return provider.checkToken(connection);
        case 'listRepositories':
          return provider.listRepositories(connection, { owners: subject.owners, search: '' });
        case 'listBranches':
          return provider.listBranches(connection, { repository, search: '' });
        case 'createBranch':
          return provider.createBranch(connection, { repository, name: place.fresh(), source: 'develop' });
        case 'deleteBranch':
          return provider.deleteBranch(connection, { repository, name: 'demo-1-lower-case' });
        case 'createPullRequest':
          return provider.createPullRequest(connection, requestOf(repository, 'DEMO-12-other'));
      }
    },
    requests: () => requests,
    written: () => requests.filter(({ write }) => write).length,
    forget: () => void (requests = []),
    fail: (operation, fault) => faults('POST', { ...subject.faultOf[operation], times: 'always', ...fault }),
    failAll: (fault) => faults('POST', { path: '/*', times: 'always', ...fault }),
    loseAnswers: () => void (losing = true),
    fresh: () => `made-${++made}-end`,
    async branch(source = 'develop') {
      const name = place.fresh();
      const created = await provider.createBranch(place.connection(), { repository, name, source });
      if (!created.ok) throw new Error(created.error.code);
      place.forget();
      return name;
    },
    head: (branch, where = repository) =>
      place.git(where, ['for-each-ref', '--format=%(objectname)', `refs/heads/${branch}`]),
    git: async (where, args, input = '') => {
      touched ||= !readingCommands.includes(args[0] ?? '');
      return (await git(args, { cwd: join(directory, subject.folderOf(where)), input })).trim();
    },
  };
  return place;
}

/** A pull request to `main`. */
export function requestOf(repository: string, source: string) {
  return { repository, source, target: 'main', title: `${source}: Merge it`, description: 'Why', draft: false };
}

/** The value of an answer that must be successful. */
export function valueOf<Value>(answer: Result<Value, ProviderError>): Value {
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  return answer.value;
}

export function failure(code: ProviderErrorCode, more: object = {}) {
  return { ok: false, error: { code, ...more } };
}
