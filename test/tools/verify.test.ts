import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { git } from '../../sandbox/services/git/run-git';
import type { Service } from '../../sandbox/services/service';
import { serviceAt } from '../../src/domain/service';
import type { Connection } from '../../src/providers/provider';
import { readSentences } from '../../tools/verify/findings';
import { readCredential, readOptions } from '../../tools/verify/options';
import { verify, type Around } from '../../tools/verify/run';
import { azureDevOpsSubjects } from '../providers/contract/subjects/azure-devops';
import { codecommitSubjects } from '../providers/contract/subjects/codecommit';
import { githubSubjects } from '../providers/contract/subjects/github';
import { gitlabSubjects } from '../providers/contract/subjects/gitlab';
import type { Subject } from '../providers/contract/place';
import { openEgressDoor } from '../support/egress-door';
import { byDay, whole } from '../support/whole';
import { serveService, type ServedService } from '../support/serve-service';

const root = join(__dirname, '../..');
const sentences = readSentences(root);
/** Of these editions people have tokens. */
const subjects = [githubSubjects, gitlabSubjects, azureDevOpsSubjects, codecommitSubjects].flatMap((some) =>
  byDay(
    some.filter(({ writer }) => writer.credential.kind !== 'password'),
    1,
  ),
);
const [onGitHub] = githubSubjects;
if (onGitHub === undefined) throw new Error('There is no GitHub');

/** A simulated service, its folder, and the file with the writer's credential. */
type Place = { subject: Subject; directory: string; service: Service; served: ServedService; tokenFile: string };

async function at<Value>(subject: Subject, work: (place: Place) => Promise<Value>): Promise<Value> {
  const directory = await mkdtemp(join(tmpdir(), 'undersigned-verify-'));
  const service = await subject.open(directory);
  const served = await serveService(service);
  const tokenFile = join(directory, 'token');
  await writeFile(tokenFile, `${secretsOf(subject).join('\n')}\n`, { mode: 0o600 });
  try {
    return await work({ subject, directory, service, served, tokenFile });
  } finally {
    await served.close();
    await service.close();
    await rm(directory, { recursive: true, force: true });
  }
}

function secretsOf({ writer: { credential } }: Subject): string[] {
  if (credential.kind === 'access-key') return [credential.id.reveal(), credential.secret.reveal()];
  return credential.kind === 'token' ? [credential.token.reveal()] : [];
}

/** The command line for a place; `url` is where its hosts are served. */
function argsFor({ subject, tokenFile, served }: Pick<Place, 'subject' | 'tokenFile' | 'served'>, more: string[] = []) {
  const [service = ''] = ['azure-devops', 'codecommit', 'gitlab', 'github'].filter((name) =>
    [
      subject.edition.startsWith(name),
      name === 'github',
      /^(azure|tfs)/.test(subject.edition) && name === 'azure-devops',
    ].some(Boolean),
  );
  const fixed = ['github.com', 'gitlab.com'].includes(subject.edition);
  return [
    ...['--service', service, '--token-file', tokenFile, '--repository', subject.repository, '--yes'],
    ...(fixed ? [] : ['--address', subject.address]),
    ...['--sandbox', served.url('', '').replace(/\/$/, ''), ...more],
  ];
}

type Run = { code: number; report: string; said: string };

async function run(
  place: Pick<Place, 'subject' | 'tokenFile' | 'served'>,
  more: string[] = [],
  around: Partial<Around> = {},
): Promise<Run> {
  const options = readOptions(argsFor(place, more));
  if (options === 'help') throw new Error('No help was asked for');
  const said: string[] = [];
  const { code, report = '' } = await verify(options, readCredential(options).credential, {
    sentences,
    stop: new AbortController().signal,
    say: (line) => void said.push(line),
    confirm: async () => true,
    ...around,
  });
  return { code, report, said: said.join('\n') };
}

/** Numbers of the sentences with an outcome. */
function numbers(report: string, outcome: 'held' | '**broken**' | 'not tried'): number[] {
  return [...report.matchAll(/^\| (\d+)\. .* \| (\*\*broken\*\*|held|not tried) \| [^|]*(?:\\\|[^|]*)*\|$/gm)]
    .filter(([, , found]) => found === outcome)
    .map(([, number]) => Number(number));
}

function requests(report: string): number {
  return Number(/ (\d+) of at most 60 requests/.exec(report)?.[1]);
}

function refs({ directory, subject }: Place, repository = subject.repository): Promise<string> {
  return git(['for-each-ref', 'refs/heads'], { cwd: join(directory, subject.folderOf(repository)) });
}

function spoil({ service, subject }: Place, fault: object): Promise<Response> {
  const body = JSON.stringify({ times: 'always', ...fault });
  return service.handle(new Request(`https://${subject.faultsAt}/sandbox/faults`, { method: 'POST', body }));
}

/** Speaks to the service as the writer does, beside the tool. */
async function asked<Value>(
  { subject, served }: Place,
  work: (connection: Connection) => Promise<Value>,
): Promise<Value> {
  const door = openEgressDoor(Object.fromEntries(subject.hosts.map((host) => [host, served.url(host, '')])));
  try {
    const service = serviceAt(subject.edition, subject.address, subject.version);
    return await work({ service, credential: subject.writer.credential, deadline: Date.now() + 60_000 });
  } finally {
    door.close();
  }
}

/** The number of open pull requests of a run, by the service itself. */
function openPulls(place: Place): Promise<number> {
  const { provider, owners, repository } = place.subject;
  return asked(place, async (connection) => {
    const found = await provider.findWork(connection, { issueKey: 'VERIFY-1', owners, repositories: [repository] });
    if (!found.ok) throw new Error(found.error.code);
    return found.value.pullRequests.filter(({ state }) => state === 'open' || state === 'draft').length;
  });
}

/** Checks that a run's output has no secret, no name and no id. */
function tellsNobody(subject: Subject, report: string, said: string): void {
  for (const secret of secretsOf(subject)) expect(report + said).not.toContain(secret);
  const people = [
    'alice',
    'Alice Example',
    'acme-bot',
    'maya',
    'eve',
    '@acme.example',
    'DEMO-1',
    subject.repository,
    'developers',
  ];
  const shown = people.filter((name) => name !== 'web' && new RegExp(`(?<![\\w-])${name}(?![\\w-])`, 'i').test(report));
  expect(shown).toEqual([]);
  expect(report).not.toMatch(/\b(?!0{8}-)[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}\b/);
  expect(report).not.toMatch(/\b(?!111122223333)\d{12}\b/);
  for (const line of /```json\n([^]*)\n```/.exec(report)?.[1]?.split('\n') ?? []) JSON.parse(line);
}

describe.each(subjects.map((subject) => [subject.name, subject] as const))('Verifying %s', (_, subject) => {
  it('finds no break of the sentences that one credential can try, leaves nothing behind, and names nobody', async () => {
    await at(subject, async (place) => {
      const before = await refs(place);
      const { code, report, said } = await run(place);
      expect(numbers(report, '**broken**')).toEqual([]);
      expect(code).toBe(0);
      expect(requests(report)).toBeLessThanOrEqual(60);
      // One sentence for each part: reads, creating, lost answers, pull requests, deleting.
      expect(numbers(report, 'held')).toEqual(
        expect.arrayContaining([11, 16, 18, 19, 23, 25, 31, 33, 35, 36, 37, 38, 40, 42, 43, 44, 45, 46, 48, 49]),
      );
      expect(numbers(report, 'held')).toEqual(expect.arrayContaining([50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61]));
      expect(numbers(report, 'held').length + numbers(report, 'not tried').length).toBe(sentences.size);
      expect(said).toContain('Everything is removed.');
      expect(await refs(place)).toBe(before);
      expect(await openPulls(place)).toBe(0);
      tellsNobody(place.subject, report, said);
    });
  });

  it('names what a spoilt service breaks', async () => {
    await at(subject, async (place) => {
      const before = await refs(place);
      await spoil(place, { ...subject.faultOf.createPullRequest, status: 500, body: { message: 'It fell over.' } });
      const { code, report } = await run(place);
      expect(code).toBe(1);
      expect(numbers(report, '**broken**')).toEqual(expect.arrayContaining([50, 58]));
      expect(numbers(report, 'held')).toEqual(expect.arrayContaining([31, 45]));
      expect(report).toContain('It fell over.');
      expect(await refs(place)).toBe(before);
    });
  });

  it('removes the remains of an earlier run', async () => {
    await at(subject, async (place) => {
      const before = await refs(place);
      await asked(place, async (connection) => {
        const { repository, provider } = subject;
        for (const name of ['undersigned-verify-1-old-target', 'undersigned-verify-1-old-odd/100%'])
          await provider.createBranch(connection, { repository, name, source: 'develop' });
      });
      const { said } = await run(place);
      expect(said).toContain('Removed of an earlier run: 2 branches');
      expect(await refs(place)).toBe(before);
    });
  });

  it('removes everything after it was stopped at any point', async () => {
    await at(subject, async (place) => {
      const before = await refs(place);
      for (const last of whole ? [8, 12, 16, 20, 25, 30, 35, 40, 45] : [20, 36]) {
        const stop = new AbortController();
        const handle = place.service.handle.bind(place.service);
        let answered = 0;
        place.service.handle = (request) => {
          if (++answered === last) stop.abort();
          return handle(request);
        };
        const { code, report } = await run(place, [], { stop: stop.signal });
        place.service.handle = handle;
        expect(code).toBe(130);
        expect(report).toContain('the run was stopped');
        expect(await refs(place)).toBe(before);
        expect(await openPulls(place)).toBe(0);
      }
    });
  });
});

/** A server that speaks HTTP and is no git service; counts the writes. */
async function beside(
  answer: RequestListener,
  work: (place: Pick<Place, 'subject' | 'tokenFile' | 'served'>) => Promise<void>,
) {
  const written: string[] = [];
  const server = createServer((request, response) => {
    if (request.method !== 'GET' && !request.url?.endsWith('/graphql'))
      written.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const directory = await mkdtemp(join(tmpdir(), 'undersigned-verify-'));
  const tokenFile = join(directory, 'token');
  await writeFile(tokenFile, `${secretsOf(onGitHub as Subject)[0]}\n`, { mode: 0o600 });
  const served = { url: () => `http://127.0.0.1:${port}`, close: async () => undefined };
  try {
    await work({ subject: onGitHub as Subject, tokenFile, served });
    expect(written).toEqual([]);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await rm(directory, { recursive: true, force: true });
  }
}

describe('Verifying a server that is no such service', () => {
  const json = { 'content-type': 'application/json' };
  const servers: [string, RequestListener][] = [
    [
      'a page for everything',
      (_, response) => response.setHeader('content-type', 'text/html').end('<h1>It works!</h1>'),
    ],
    ['nothing found', (_, response) => response.writeHead(404).end('no such page')],
    ['an empty object for everything', (_, response) => response.writeHead(200, json).end('{}')],
    [
      'another software’s answers',
      (_, response) => response.writeHead(200, json).end('{"user":{"name":"root"},"version":"10"}'),
    ],
    ['a redirect to elsewhere', (_, response) => response.writeHead(302, { location: 'https://evil.example/' }).end()],
    ['a broken connection', (request) => request.socket.destroy()],
  ];
  it.each(servers)('%s: says so, and sends no write', async (_, answer) => {
    await beside(answer, async (place) => {
      for (const address of [[], ['--address', 'https://git.acme.example']]) {
        const { code, said, report } = await run(place, address);
        expect(code).toBe(2);
        expect(said).toMatch(/did not (answer as|say whose credential)/);
        expect(said).toContain('Nothing was made.');
        expect(report).toBe('');
      }
    });
  });
});

describe('Verifying', () => {
  it('does nothing without an agreement to its plan', async () => {
    await at(onGitHub, async (place) => {
      const { code, said, report } = await run(place, [], { confirm: async () => false });
      expect([code, report]).toEqual([2, '']);
      expect(said).toContain('undersigned-verify-');
      expect(said).toContain('At most 60 requests');
    });
  });

  it('creates nothing in a repository that does not exist under this very name', async () => {
    await at(onGitHub, async (place) => {
      for (const repository of ['acme/gone', 'ACME/Web', 'acme/we']) {
        const { code, said } = await run(place, ['--repository', repository]);
        expect(code).toBe(2);
        expect(said).toContain('Nothing was made.');
      }
    });
  });

  it('says that a repository looks used, and ends there if the person refuses', async () => {
    await at(onGitHub, async (place) => {
      const before = await refs(place);
      const asked = await run(place, ['--refuse-used']);
      expect(asked.code).toBe(2);
      expect(asked.said).toContain('looks used');
      expect(await refs(place)).toBe(before);
    });
  });
});

/** The command itself, as a process; `during` gets its output as it comes. */
function start(place: Place, during: (child: ReturnType<typeof spawn>, said: string) => void = () => undefined) {
  const args = ['--import', './bench/extensions.mjs', 'tools/verify.ts', ...argsFor(place)];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, said] = ['', ''];
  child.stdout.on('data', (data: Buffer) => (out += data.toString()));
  child.stderr.on('data', (data: Buffer) => during(child, (said += data.toString())));
  return new Promise<{ code: number | null; out: string; said: string }>((resolve) =>
    child.on('close', (code) => resolve({ code, out, said })),
  );
}

describe('npm run verify', () => {
  it('prints the plan beside the report, and never the token', async () => {
    await at(onGitHub, async (place) => {
      const { code, out, said } = await start(place);
      expect([code, out.slice(0, 8)]).toEqual([0, '# GitHub']);
      expect(said).toContain('What this does');
      expect(out + said).not.toContain(secretsOf(onGitHub)[0]);
    });
  });

  it('cleans up after Ctrl-C, and after a crash with the next run', async () => {
    await at(onGitHub, async (place) => {
      const before = await refs(place);
      let signal: NodeJS.Signals | undefined = 'SIGINT';
      const once = (child: ReturnType<typeof spawn>, said: string) => {
        if (signal === undefined || !said.includes('Pull requests')) return;
        child.kill(signal);
        signal = undefined;
      };
      const stopped = await start(place, once);
      expect(stopped.code).toBe(130);
      expect(stopped.said).toContain('Everything is removed.');
      expect(await refs(place)).toBe(before);
      signal = 'SIGKILL';
      await start(place, once);
      expect(await refs(place)).not.toBe(before);
      const next = await start(place);
      expect(next.said).toContain('Removed of an earlier run');
      expect(next.code).toBe(0);
      expect(await refs(place)).toBe(before);
    });
  });
});
