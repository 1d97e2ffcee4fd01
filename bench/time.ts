import { CodeCommitClient, CreateBranchCommand, GetBranchCommand } from '@aws-sdk/client-codecommit';
import { Gitlab } from '@gitbeaker/rest';
import { Octokit } from '@octokit/rest';
import { getPersonalAccessTokenHandler, WebApi } from 'azure-devops-node-api';
import { spawn } from 'node:child_process';
import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { sealed, type PastedCredential } from '../src/domain/credential.ts';
import { serviceAt } from '../src/domain/service.ts';
import { azureDevOps } from '../src/providers/azure-devops/index.ts';
import { codecommit } from '../src/providers/codecommit/index.ts';
import { github } from '../src/providers/github/index.ts';
import { gitlab } from '../src/providers/gitlab/index.ts';
import type { Provider } from '../src/providers/provider.ts';
import type { Figure } from './figures.ts';
import { places, type Place } from './places.ts';
import { median } from './stage.ts';

/** One way to make a branch at the head of `main`; a client of its own each time, as in an invocation. */
type Way = (branch: string) => Promise<unknown>;
type Contest = { name: string; ours: Way; floor: Way; sdk: { name: string; run: Way } };

const providers: Readonly<Record<string, Provider>> = { github, gitlab, 'azure-devops': azureDevOps, codecommit };
const NONE = '0'.repeat(40);

async function json<Answer>(url: string, headers: Record<string, string>, body?: unknown): Promise<Answer> {
  const response = await fetch(url, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as Answer;
}

function ours(place: Place, credential: PastedCredential): Way {
  const { repository, source } = place;
  const service = serviceAt(place.connect.edition as 'github.com', place.connect.address ?? '');
  return async (name) => {
    const connection = { service, credential: sealed(credential), deadline: Date.now() + 20_000 };
    const created = await providers[place.name]?.createBranch(connection, { repository, name, source });
    if (created?.ok !== true) throw new Error(`${place.name}: ${JSON.stringify(created)}`);
  };
}

/** The fewest requests that make the branch: those of the service's documentation over bare `fetch`, without checks. */
const floors: Readonly<Record<string, (credential: { token: string; id: string; secret: string }) => Way>> = {
  github: ({ token }) => {
    const at = 'https://api.github.com/repos/acme/web/git';
    const headers = { authorization: `Bearer ${token}`, 'x-github-api-version': '2022-11-28' };
    return async (name) => {
      const { object } = await json<{ object: { sha: string } }>(`${at}/ref/heads/main`, headers);
      await json(`${at}/refs`, headers, { ref: `refs/heads/${name}`, sha: object.sha });
    };
  },
  gitlab: ({ token }) => {
    const at = 'https://gitlab.com/api/v4/projects/acme%2Fmobile/repository/branches';
    return (name) => json(at, { authorization: `Bearer ${token}` }, { branch: name, ref: 'main' });
  },
  'azure-devops': ({ token }) => {
    const at = 'https://dev.azure.com/acme/Back%20Office/_apis/git/repositories/Invoices/refs';
    const headers = { authorization: `Basic ${Buffer.from(`:${token}`).toString('base64')}` };
    return async (name) => {
      type Refs = { value: { objectId: string }[] };
      const { value } = await json<Refs>(`${at}?filter=heads/main&api-version=7.1`, headers);
      const change = { name: `refs/heads/${name}`, oldObjectId: NONE, newObjectId: value[0]?.objectId };
      await json(`${at}?api-version=7.1`, headers, [change]);
    };
  },
  codecommit: ({ id, secret }) => {
    const ask = <Answer>(operation: string, body: unknown) =>
      json<Answer>(`https://${AWS_HOST}/`, signed(operation, JSON.stringify(body), id, secret), body);
    return async (branchName) => {
      type Found = { branch: { commitId: string } };
      const repositoryName = 'warehouse';
      const { branch } = await ask<Found>('GetBranch', { repositoryName, branchName: 'main' });
      await ask('CreateBranch', { repositoryName, branchName, commitId: branch.commitId });
    };
  },
};

const AWS_HOST = 'codecommit.eu-central-1.amazonaws.com';

/** Signature Version 4 (IAM user guide, "Create a signed AWS API request"). */
function signed(operation: string, body: string, id: string, secret: string): Record<string, string> {
  const hmac = (key: string | Uint8Array, text: string) => createHmac('sha256', key).update(text).digest();
  const hash = (text: string) => createHash('sha256').update(text).digest('hex');
  const date = new Date().toISOString().replace(/[-:]|\.\d{3}/g, '');
  const target = `CodeCommit_20150413.${operation}`;
  const scope = `${date.slice(0, 8)}/eu-central-1/codecommit/aws4_request`;
  const names = 'host;x-amz-date;x-amz-target';
  const request = `POST\n/\n\nhost:${AWS_HOST}\nx-amz-date:${date}\nx-amz-target:${target}\n\n${names}\n${hash(body)}`;
  const key = scope.split('/').reduce<string | Uint8Array>(hmac, `AWS4${secret}`) as Uint8Array;
  const signature = hmac(key, `AWS4-HMAC-SHA256\n${date}\n${scope}\n${hash(request)}`).toString('hex');
  return {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-date': date,
    'x-amz-target': target,
    authorization: `AWS4-HMAC-SHA256 Credential=${id}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
  };
}

/** Each SDK the way its README shows it. */
function sdks(
  services: string,
  { token, id, secret }: { token: string; id: string; secret: string },
): Record<string, Contest['sdk']> {
  return {
    github: {
      name: 'octokit',
      run: async (name) => {
        const { rest } = new Octokit({ auth: token, baseUrl: `${services}/api.github.com` });
        const where = { owner: 'acme', repo: 'web' };
        const { data } = await rest.git.getRef({ ...where, ref: 'heads/main' });
        await rest.git.createRef({ ...where, ref: `refs/heads/${name}`, sha: data.object.sha });
      },
    },
    gitlab: {
      name: 'gitbeaker',
      run: async (name) => {
        await new Gitlab({ token, host: `${services}/gitlab.com` }).Branches.create('acme/mobile', name, 'main');
      },
    },
    'azure-devops': {
      name: 'azure-devops-node-api',
      run: async (name) => {
        const api = new WebApi(`${services}/dev.azure.com/acme`, getPersonalAccessTokenHandler(token));
        const git = await api.getGitApi();
        const [main] = await git.getRefs('Invoices', 'Back Office', 'heads/main');
        if (main?.objectId === undefined) throw new Error('No main');
        const change = { name: `refs/heads/${name}`, oldObjectId: NONE, newObjectId: main.objectId };
        const [done] = await git.updateRefs([change], 'Invoices', 'Back Office');
        if (done?.success !== true) throw new Error(`Azure: ${JSON.stringify(done)}`);
      },
    },
    codecommit: {
      name: '@aws-sdk/client-codecommit',
      run: async (branchName) => {
        const credentials = { accessKeyId: id, secretAccessKey: secret };
        const client = new CodeCommitClient({
          region: 'eu-central-1',
          credentials,
          requestHandler: redirected(services),
        });
        const repositoryName = 'warehouse';
        const { branch } = await client.send(new GetBranchCommand({ repositoryName, branchName: 'main' }));
        await client.send(new CreateBranchCommand({ repositoryName, branchName, commitId: branch?.commitId }));
        client.destroy();
      },
    },
  };
}

/** The SDK's own handler; only the address is the bench's, after the request was signed for the real one. */
function redirected(services: string): NodeHttpHandler {
  const handler = new NodeHttpHandler();
  const handle = handler.handle.bind(handler);
  const { host, hostname, port } = new URL(services);
  handler.handle = (request, options) => {
    Object.assign(request, { protocol: 'http:', hostname, port: Number(port), path: `/${AWS_HOST}/` });
    request.headers['host'] = host;
    return handle(request, options);
  };
  return handler;
}

async function contestAt(place: Place, services: string): Promise<Contest> {
  const credential = (await place.credential(services, 'alice')) as PastedCredential;
  const parts = { token: '', id: '', secret: '', ...credential };
  const floor = floors[place.name]?.(parts);
  const sdk = sdks(services, parts)[place.name];
  if (floor === undefined || sdk === undefined) throw new Error(`Nothing to compare with at ${place.name}`);
  return { name: place.name, ours: ours(place, credential), floor, sdk };
}

/**
 * Creating a branch: our adapter, bare `fetch` with the fewest calls, and the service's SDK as people use it, by turns, over
 * the same services with 25 ms of latency a request. Medians.
 */
export async function timeBranches(root: string, rounds: number): Promise<Figure[]> {
  const child = spawn(process.execPath, [...process.execArgv, join(root, 'bench/services.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const through = globalThis.fetch;
  try {
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const services = line.toString().trim();
    // All three reach the simulated services under the real names.
    globalThis.fetch = (input, init) =>
      through(input instanceof Request ? input : String(input).replace(/^https:\//, services), init);
    const figures: Figure[] = [];
    for (const place of places) figures.push(...(await compare(await contestAt(place, services), rounds)));
    return figures;
  } finally {
    globalThis.fetch = through;
    const ended = once(child, 'exit');
    child.stdin.end();
    await ended;
  }
}

/** All orders in turn, so that no way always follows the same other one. */
const ORDERS = [
  ['ours', 'floor', 'sdk'],
  ['ours', 'sdk', 'floor'],
  ['floor', 'sdk', 'ours'],
  ['floor', 'ours', 'sdk'],
  ['sdk', 'ours', 'floor'],
  ['sdk', 'floor', 'ours'],
];
const PAUSE_MS = 15;

async function compare({ name, ours: us, floor, sdk }: Contest, rounds: number): Promise<Figure[]> {
  const ways: Readonly<Record<string, Way>> = { ours: us, floor, sdk: sdk.run };
  const times: Record<string, number[]> = { ours: [], floor: [], sdk: [] };
  for (let round = -2; round < rounds; round++) {
    for (const way of ORDERS[(round + 2) % ORDERS.length] ?? []) {
      // Work that the service still does for the run before must not count for this one.
      await delay(PAUSE_MS);
      const start = performance.now();
      await ways[way]?.(`DEMO-1-${way}-${round + 2}`);
      if (round >= 0) times[way]?.push(performance.now() - start);
    }
  }
  const ms = (way: string) => median(times[way] ?? []);
  const figure = (what: string, value: number, unit: string): Figure => ({
    name: `create-branch/${name}/${what}`,
    value: Math.round(value * 100) / 100,
    unit,
  });
  return [
    figure('time', ms('ours'), 'ms'),
    figure('time-floor', ms('floor'), 'ms'),
    figure('time-sdk', ms('sdk'), `ms, ${sdk.name}`),
    figure('time-over-floor', ms('ours') / ms('floor'), 'times'),
    figure('time-over-sdk', ms('ours') / ms('sdk'), 'times'),
  ];
}
