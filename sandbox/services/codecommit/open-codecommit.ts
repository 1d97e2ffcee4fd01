import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { CodeCommitService } from '../../world/codecommit.ts';
import { openBareRepository } from '../git/bare-repository.ts';
import { createMissingRepositories, resetRepositories } from '../git/create-repository.ts';
import type { FirstRepositories } from '../git/create-repository.ts';
import { createFaults } from '../faults.ts';
import type { Service, ServiceOptions } from '../service.ts';
import { Refusal, jsonRefusal, notModelled } from './answers.ts';
import { handleApi, operationOf } from './api.ts';
import { callerOf, hostsOf, type CodeCommit } from './context.ts';
import { handlePages } from './pages/handle-pages.ts';
import { keyIdOf } from './signature.ts';
import { openStore, type Store } from './store.ts';
import { handleSts, xmlRefusal } from './sts.ts';

const pathOf = (directory: string, name: string): string => join(directory, 'repositories', `${name}.git`);

const firstRepositories = (definition: CodeCommitService, directory: string): FirstRepositories => {
  const author = { name: 'CodeCommit', email: 'codecommit@aws.example' };
  return new Map(
    definition.repositories.map((repository) => [
      pathOf(directory, repository.name),
      { ...repository, title: repository.name, author },
    ]),
  );
};

/** Refuses a world that names somebody it does not have, before anything is made of it. */
const checkWorld = ({ users, accessKeys }: CodeCommitService): void => {
  const people = new Set(['root', ...users.map(({ name }) => name)]);
  for (const { user } of accessKeys) {
    if (!people.has(user)) throw new Error(`The world has an access key of ${user}, but no such user`);
  }
};

/** Keeps the world's own keys; those already known stay as they are, one switched off stays so. */
const addWorldKeys = (definition: CodeCommitService, store: Store, now: Date): void => {
  for (const key of definition.accessKeys) store.addAccessKey({ ...key, createdAt: now.toISOString() });
};

/**
 * Opens a simulated AWS CodeCommit of one account in one region: its API and that of the token service, and a few plain
 * pages of the console, over real bare repositories and one database file in `options.directory`. What is not modelled is
 * refused with status 501, git over HTTPS among it. `handle` rejects when the connection is to be dropped.
 *
 * Trouble on demand works as for the simulated GitHub (see its faults.ts), armed at the console's host; the `path` of a
 * fault is the operation: `/CreateBranch`, `/GetCallerIdentity`.
 */
export const openCodeCommit = async (definition: CodeCommitService, options: ServiceOptions): Promise<Service> => {
  const directory = resolve(options.directory);
  const now = options.now ?? (() => new Date());
  checkWorld(definition);
  await mkdir(directory, { recursive: true });
  const first = firstRepositories(definition, directory);
  await createMissingRepositories(first);
  const store = openStore(join(directory, 'codecommit.sqlite'));
  addWorldKeys(definition, store, now());
  const { partition, hosts } = hostsOf(definition.region);
  const repositories = definition.repositories.map((repository) => ({
    definition: repository,
    arn: `arn:${partition}:codecommit:${definition.region}:${definition.accountId}:${repository.name}`,
    id: uuidOf(`${definition.accountId}/${definition.region}/${repository.name}`),
    git: openBareRepository(pathOf(directory, repository.name)),
  }));
  const aws: CodeCommit = {
    definition,
    partition,
    hosts,
    repositories,
    repository: (name) => repositories.find((repository) => repository.definition.name === name),
    caller: (name) => callerOf(definition, partition, name),
    store,
    now,
  };
  const faults = createFaults();

  const strike = async (host: string, operation: string, request: Request): Promise<Response | undefined> => {
    const fault = await faults.strike(
      new Request(`https://${host}/${operation}`, { method: 'POST', signal: request.signal }),
    );
    if (fault.kind === 'answer') return fault.response;
    if (fault.kind === 'none') return undefined;
    return host === hosts.sts
      ? xmlRefusal(now(), 'Throttling', 'Rate exceeded', 400)
      : jsonRefusal(now(), new Refusal('ThrottlingException', 'Rate exceeded'));
  };

  return {
    hosts: Object.values(hosts),
    async handle(request) {
      const { hostname, pathname } = new URL(request.url);
      if (hostname === hosts.sts) {
        return (await strike(hostname, 'GetCallerIdentity', request)) ?? handleSts(aws, request);
      }
      if (hostname === hosts.api) {
        return (await strike(hostname, operationOf(request) ?? '', request)) ?? handleApi(aws, request);
      }
      if (hostname === hosts.git) return notModelled('git over HTTPS');
      return pathname === '/sandbox/faults' ? faults.endpoint(request) : handlePages(aws, request);
    },
    async accountOf(request) {
      return store.accessKey(keyIdOf(request) ?? '')?.user;
    },
    async reset() {
      faults.clear();
      store.clear();
      await resetRepositories(join(directory, 'repositories'), first);
      addWorldKeys(definition, store, now());
    },
    async close() {
      faults.clear();
      store.close();
    },
  };
};

/** The same UUID for the same name: ids of repositories survive a reset. */
const uuidOf = (name: string): string =>
  createHash('sha256')
    .update(name)
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
