import { createHash } from 'node:crypto';
import type { CodeCommitService } from '../../world/codecommit.ts';
import { openHost } from '../git-host/open-host.ts';
import type { Service, ServiceOptions } from '../service.ts';
import { Refusal, jsonRefusal, notModelled } from './answers.ts';
import { handleApi, operationOf } from './api.ts';
import { callerOf, hostsOf, type CodeCommit } from './context.ts';
import { handlePages } from './pages/handle-pages.ts';
import { keyIdOf } from './signature.ts';
import type { AccessKey, EventRecord } from './store.ts';
import { handleSts, xmlRefusal } from './sts.ts';

/**
 * Opens a simulated AWS CodeCommit of one account in one region: its API and that of the token service, and a few plain
 * pages of the console. Everything else is refused with status 501, git over HTTPS too. `handle` rejects when the connection is to be dropped.
 *
 * Faults are armed at the console's host (see faults.ts). The `path` of a
 * fault is the operation: `/CreateBranch`, `/GetCallerIdentity`.
 */
export async function openCodeCommit(definition: CodeCommitService, options: ServiceOptions): Promise<Service> {
  const host = await openHost<AccessKey, EventRecord>(
    {
      accounts: ['root', ...definition.users.map(({ name }) => name)],
      repositories: definition.repositories.map((repository) => [
        repository.name,
        { ...repository, title: repository.name, author: { name: 'CodeCommit', email: 'codecommit@aws.example' } },
      ]),
      tokens: definition.accessKeys.map(({ id, secret, user, active }) => ({
        ...{ value: id, name: id, secret, account: user, revoked: !active },
        ...{ scopes: [], expiresAt: undefined },
      })),
    },
    options,
  );
  const { now, faults, store } = host;
  const { partition, hosts } = hostsOf(definition.region);
  const repositories = definition.repositories.map((repository) => ({
    fullName: repository.name,
    definition: repository,
    arn: `arn:${partition}:codecommit:${definition.region}:${definition.accountId}:${repository.name}`,
    id: uuidOf(`${definition.accountId}/${definition.region}/${repository.name}`),
    git: host.open(repository.name),
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

  const strike = async (host: string, operation: string, request: Request): Promise<Response | undefined> => {
    const fault = await faults.strike(
      new Request(`https://${host}/${operation}`, {
        method: 'POST',
        body: await request.clone().text(),
        signal: request.signal,
      }),
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
      return store.tokenByValue(keyIdOf(request) ?? '')?.account;
    },
    ...host.ends,
  };
}

/** The same UUID for the same name: ids of repositories survive a reset. */
const uuidOf = (name: string): string =>
  createHash('sha256')
    .update(name)
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
