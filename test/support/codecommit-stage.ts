import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCodeCommit } from '../../sandbox/services/codecommit/open-codecommit';
import type { Service } from '../../sandbox/services/service';
import type { CodeCommitService } from '../../sandbox/world/codecommit';
import { secret } from '../../src/domain/secret';
import { serviceAt } from '../../src/domain/service';
import type { Connection } from '../../src/providers/provider';
import { smithyJudge } from '../oracles/smithy-judge';
import { openEgressDoor, type EgressDoor } from './egress-door';
import { serveService } from './serve-service';

/** One call as it went over the wire. */
export type Call = { operation: string; headers: Headers; body: string; status: number; answer: string };

export type CodeCommitStage = {
  service: Service;
  door: EgressDoor;
  /** Calls in order; the status of a call without an answer is 0. By operation: `GetBranch`, `GetCallerIdentity`. */
  calls: Call[];
  operations(): string[];
  connection(key: { id: string; secret: string }, ms?: number): Connection;
  /** Makes the simulated service misbehave; see `sandbox/services/github/faults.ts`. */
  arm(operation: string, fault: Record<string, unknown>): Promise<void>;
  /** Complaints of the vendor's model about accepted requests, and about answers without a fault. */
  complaints(): string[];
  /** The path of a repository, for git. */
  pathOf(repository: string): string;
  /** Loses the answer of one operation after the service has executed it. */
  loseAnswersOf(operation: string): void;
  again(): Promise<void>;
  rest(): void;
  close(): Promise<void>;
};

/** A simulated CodeCommit on this machine under its real names, with a record of all calls. */
export async function openCodeCommitStage(
  definition: CodeCommitService,
  options: { now?: () => Date } = {},
): Promise<CodeCommitStage> {
  const directory = await mkdtemp(join(tmpdir(), 'undersigned-codecommit-'));
  const service = await openCodeCommit(definition, { directory, ...options });
  const served = await serveService(service);
  const judge = smithyJudge('codecommit/codecommit-2015-04-13.json');
  const hosts = service.hosts.filter((host) => /^(codecommit|sts)\./.test(host));
  const consoleHost = service.hosts.find((host) => host.startsWith('console.')) ?? '';
  const armed = new Set<string>();
  const lost = new Set<string>();
  const calls: Call[] = [];
  let door: EgressDoor | undefined;
  /** Something was written since the world was new. */
  let written = false;

  const listen = (): EgressDoor => {
    const opened = openEgressDoor(Object.fromEntries(hosts.map((host) => [host, served.url(host, '')])));
    const behind = globalThis.fetch;
    globalThis.fetch = async (input, init) => {
      const request = new Request(input, init);
      const body = await request.clone().text();
      const operation =
        request.headers.get('x-amz-target')?.split('.')[1] ?? new URLSearchParams(body).get('Action') ?? '';
      const call: Call = { operation, headers: request.headers, body, status: 0, answer: '' };
      calls.push(call);
      const response = await behind(input, init);
      call.status = response.status;
      call.answer = await response.clone().text();
      if (response.ok && /^(Create|Delete)/.test(operation)) written = true;
      if (!lost.has(operation)) return response;
      throw new TypeError('fetch failed');
    };
    return opened;
  };

  const complaintsOf = ({ operation, body, status, answer }: Call): string[] => {
    if (operation === 'GetCallerIdentity') return [];
    const asked = judge.request(operation, JSON.parse(body));
    if (armed.has(operation)) return asked;
    if (status === 200) return [...asked, ...judge.answer(operation, answer === '' ? undefined : JSON.parse(answer))];
    if (status === 0) return asked;
    const { __type } = JSON.parse(answer) as { __type: string };
    const common = /^(AccessDenied|Throttling|UnrecognizedClient|InvalidSignature)Exception$/.test(__type);
    return common || judge.mayRefuse(operation, __type) ? [] : [`${operation} never answers ${__type}`];
  };

  return {
    service,
    get door() {
      if (door === undefined) throw new Error('Nobody listens: call again() first');
      return door;
    },
    calls,
    operations: () => calls.map(({ operation }) => operation),
    connection: ({ id, secret: value }, ms = 10_000) => ({
      service: serviceAt('codecommit', definition.region),
      credential: { kind: 'access-key', id: secret(id), secret: secret(value) },
      deadline: Date.now() + ms,
    }),
    async arm(operation, fault) {
      armed.add(operation);
      const response = await service.handle(
        new Request(`https://${consoleHost}/sandbox/faults`, {
          method: 'POST',
          body: JSON.stringify({ path: `/${operation}`, ...fault }),
        }),
      );
      if (response.status !== 201) throw new Error(await response.text());
    },
    complaints: () => calls.flatMap(complaintsOf),
    pathOf: (repository) => join(directory, 'repositories', `${repository}.git`),
    loseAnswersOf: (operation) => void lost.add(operation),
    async again() {
      // Resetting the repositories takes longest, so only after a change.
      if (written) await service.reset();
      else await service.handle(new Request(`https://${consoleHost}/sandbox/faults`, { method: 'DELETE' }));
      written = false;
      calls.length = 0;
      armed.clear();
      lost.clear();
      door = listen();
    },
    rest() {
      door?.close();
      door = undefined;
    },
    async close() {
      await served.close();
      await service.close();
      await rm(directory, { recursive: true });
    },
  };
}
