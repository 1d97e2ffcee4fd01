import { execFileSync } from 'node:child_process';
import { createHash, createHmac } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCodeCommit } from '../../sandbox/services/codecommit/open-codecommit';
import type { Service } from '../../sandbox/services/service';
import { codeCommitService } from '../../sandbox/world/codecommit';
import { smithyJudge } from '../oracles/smithy-judge';
import { codeCommitDefinition, keys } from './codecommit-world';

export type Answer = { status: number; body: Record<string, unknown>; headers: Headers; text: string };

/** 20 January 2026, noon: the service's clock does not move. */
export const NOON = new Date('2026-01-20T12:00:00Z');
const judge = smithyJudge('codecommit/codecommit-2015-04-13.json');
const definition = codeCommitService.parse({ ...codeCommitDefinition, openPullRequests: 3, pageSize: 3 });

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export type Signing = {
  key?: { id: string; secret: string };
  at?: Date;
  region?: string;
  name?: string;
  host?: string;
  headers?: Record<string, string>;
};

/** Signature Version 4 written a second time, from its description, so that the service's own is not its judge. */
export function signed(body: string, headers: Record<string, string>, signing: Signing = {}): Request {
  const { key = keys.alice, at = NOON, region = 'us-east-1', name = 'codecommit' } = signing;
  const host = signing.host ?? `${name}.us-east-1.amazonaws.com`;
  const time = at.toISOString().replace(/[-:]/g, '').replace(/\.\d+/, '');
  const all: Record<string, string> = { ...headers, host, 'x-amz-date': time, ...signing.headers };
  const names = Object.keys(all).sort();
  const canonical = `POST\n/\n\n${names.map((one) => `${one}:${all[one]}\n`).join('')}\n${names.join(';')}\n${sha256(body)}`;
  const scope = `${time.slice(0, 8)}/${region}/${name}/aws4_request`;
  const dateKey = hmac(`AWS4${key.secret}`, time.slice(0, 8));
  const signingKey = hmac(hmac(hmac(dateKey, region), name), 'aws4_request');
  const signature = hmac(signingKey, `AWS4-HMAC-SHA256\n${time}\n${scope}\n${sha256(canonical)}`).toString('hex');
  const { host: _host, ...sent } = all;
  const authorization = `AWS4-HMAC-SHA256 Credential=${key.id}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  return new Request(`https://${host}/`, { method: 'POST', body, headers: { ...sent, authorization } });
}

export async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const body = text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {};
  return { status: response.status, body, headers: response.headers, text };
}

export type SimulatedCodeCommit = {
  /** Its clock; noon again for every test. */
  now: Date;
  handle: (request: Request) => Promise<Response>;
  accountOf: Service['accountOf'];
  /** One call of the API; each answer is judged by the vendor's model. */
  call: (operation: string, input: object, signing?: Signing) => Promise<Answer>;
  whoAmI: (signing?: Signing) => Promise<Answer>;
  git: (repository: string, ...args: string[]) => string;
};

/** Opens one for all tests of a file; after a test with a write the world is reset. */
export function useCodeCommit(): SimulatedCodeCommit {
  let directory: string;
  let service: Service;
  /** Something was written since the last reset. Resetting the repositories takes longest. */
  let written = false;

  const simulated: SimulatedCodeCommit = {
    now: NOON,
    handle: (request) => service.handle(request),
    accountOf: (request) => service.accountOf(request),
    call: async (operation, input, signing = {}) => {
      const headers = {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `CodeCommit_20150413.${operation}`,
      };
      const answer = await answerOf(await service.handle(signed(JSON.stringify(input), headers, signing)));
      if (answer.status === 200) {
        written ||= /^(Create|Delete)/.test(operation);
        expect(judge.answer(operation, answer.text === '' ? undefined : answer.body)).toEqual([]);
      } else {
        const type = String(answer.body['__type']);
        const isCommon = /^(AccessDenied|Throttling|UnrecognizedClient|InvalidSignature)Exception$/.test(type);
        expect([type, isCommon || judge.mayRefuse(operation, type)]).toEqual([type, true]);
      }
      return answer;
    },
    whoAmI: async (signing = {}) => {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const asked = signed('Action=GetCallerIdentity&Version=2011-06-15', headers, { name: 'sts', ...signing });
      return answerOf(await service.handle(asked));
    },
    git: (repository, ...args) =>
      execFileSync('git', args, { cwd: join(directory, 'repositories', `${repository}.git`), encoding: 'utf8' }).trim(),
  };
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'undersigned-codecommit-service-'));
    service = await openCodeCommit(definition, { directory, now: () => simulated.now });
  });
  beforeEach(async () => {
    simulated.now = NOON;
    if (written) await service.reset();
    written = false;
  });
  afterAll(async () => {
    await service.close();
    await rm(directory, { recursive: true });
  });
  return simulated;
}
