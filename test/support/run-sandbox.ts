import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

/** The answer of a resolver; tests read the parts they need. */
export type Answer = {
  ok: boolean;
  value?: any;
  error?: { code: string; params?: Record<string, string>; url?: string; mayContinueAsIntegration?: boolean };
};

export type OutboundRequest = {
  as?: string;
  call?: string;
  method: string;
  host: string;
  path: string;
  status?: number;
  account?: string;
};

export type RunningSandbox = {
  url: string;
  /** The key with `--online`: without it the site shows and does nothing. */
  key: string | undefined;
  /** The address of the simulated services for people and git: `${services}/github.com/…`. */
  services: string;
  /** Every answer of the sandbox to `invoke` and `get`, for searches. */
  recorded: string[];
  /** Everything it printed. */
  printed(): string;
  invoke(as: string, module: string, call: string, payload?: Record<string, unknown>, site?: string): Promise<Answer>;
  get<T>(path: string): Promise<T>;
  requests(): Promise<OutboundRequest[]>;
  /** Makes a token on the service's own page, as a person would. */
  newToken(account: string, fields?: Record<string, string>): Promise<string>;
  /** Makes the simulated GitHub misbehave; see `sandbox/services/faults.ts`. */
  arm(fault: Record<string, unknown>): Promise<void>;
  /** As if nobody had called in this minute: the tests of a file make more calls than one person may. */
  forgetPace(): Promise<void>;
  /** The folder of its data: repositories, storage. */
  data: string;
  /** All bytes on disk as one text, for searches of secrets. `but`: paths below the data folder to leave out. */
  onDisk(but?: RegExp): Promise<string>;
  /** Rejects when the log or an address has a text that looks like a credential. */
  stop(): Promise<void>;
};

/** A line of the log, or a request. `redacted`: something in it looked like a credential. */
type Written = { redacted: boolean };

/** Runs the product the way `npm start` does, on free ports and a data folder of its own. */
export async function runSandbox(options: readonly string[] = []): Promise<RunningSandbox> {
  const data = await mkdtemp(join(tmpdir(), 'undersigned-'));
  const child = spawn(process.execPath, ['sandbox/start.ts', '--port', '0', '--json', '--data', data, ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // Dozens of sandboxes start in a run: Node compiles their modules, and the app's, once.
    env: { ...process.env, NODE_COMPILE_CACHE: join(process.cwd(), '.forge/cache/compiled') },
  });
  // Also when a test gave up before it was ready, so that nothing continues to run.
  process.once('exit', () => child.kill('SIGKILL'));
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const { url, key } = await whenReady(child, () => printed);
  const shown: Record<string, string> = key === undefined ? {} : { 'x-sandbox-key': key };
  const recorded: string[] = [];
  const get = async <T>(path: string): Promise<T> => {
    const text = await (await fetch(`${url}${path}`, { headers: shown })).text();
    recorded.push(text);
    return JSON.parse(text) as T;
  };
  const { services } = await get<{ services: string }>('/sandbox/addresses');
  const post = async (address: string, body: unknown): Promise<string> => {
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...shown },
      body: JSON.stringify(body),
    });
    return response.text();
  };
  return {
    url,
    key,
    services,
    recorded,
    printed: () => printed,
    get,
    invoke: async (as, module, call, payload = {}, site) => {
      const issueKey = typeof payload['issueKey'] === 'string' ? payload['issueKey'] : undefined;
      const text = await post(`${url}/sandbox/invoke`, { as, module, call, payload, issueKey, site });
      recorded.push(text);
      return JSON.parse(text) as Answer;
    },
    requests: () => get<OutboundRequest[]>('/sandbox/requests'),
    newToken: async (account, fields = { scopes: 'repo' }) => {
      const response = await fetch(`${services}/github.com/settings/tokens/new`, {
        method: 'POST',
        headers: { accept: 'application/json' },
        body: new URLSearchParams({ account, ...fields }),
      });
      return ((await response.json()) as { token: string }).token;
    },
    arm: async (fault) => {
      await post(`${services}/github.com/sandbox/faults`, fault);
    },
    forgetPace: async () => {
      await post(`${url}/sandbox/forget`, { prefix: 'pace:' });
    },
    data,
    onDisk: (but) => readTree(data, but),
    stop: async () => {
      const written = await Promise.all([get<Written[]>('/sandbox/logs'), get<Written[]>('/sandbox/requests')]);
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      await rm(data, { recursive: true, force: true });
      const suspicious = written.flat().find(({ redacted }) => redacted);
      if (suspicious)
        throw new Error(`The app has written what looks like a credential: ${JSON.stringify(suspicious)}`);
    },
  };
}

async function whenReady(
  child: ChildProcess,
  printed: () => string,
): Promise<{ url: string; key: string | undefined }> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The sandbox ended with ${code}:\n${printed()}`)));
    child.stdout?.on('data', () => {
      const [, url, key] = /"ready":true,"url":"([^"]+)"(?:,"key":"([^"]+)")?\}/.exec(printed()) ?? [];
      if (url !== undefined) resolve({ url, key });
    });
  });
}

async function readTree(folder: string, but?: RegExp): Promise<string> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const texts = files
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name))
    .filter((path) => !but?.test(relative(folder, path)))
    .map((path) => readFile(path, 'latin1'));
  return (await Promise.all(texts)).join('\n');
}
