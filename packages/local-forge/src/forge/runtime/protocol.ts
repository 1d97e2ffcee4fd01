/** The messages between the platform and the process that runs the app. */

/** Sent once, before anything else. */
export type Boot = {
  type: 'boot';
  /** Folder with one `<module>.cjs` per handler module. */
  bundle: string;
  /** The platform's door: a port on 127.0.0.1 and the key of this process. */
  port: number;
  key: string;
};

export type AppContext = {
  appId: string;
  appVersion: string;
  environmentId: string;
  environmentType: string;
  invocationId: string;
  installationId: string;
  functionKey: string;
  moduleType: string;
  moduleKey: string;
  installation: { ari: { installationId: string }; contexts: { cloudId: string }[] };
  permissions: { scopes: readonly string[]; external: { fetch: { backend: readonly string[] } } };
};

export type Invoke = {
  type: 'invoke';
  id: string;
  /** `file.export`, as the manifest names it. */
  handler: string;
  /** The handler's two arguments. */
  payload: unknown;
  context: unknown;
  appContext: AppContext;
  contextAri: string;
  accountId?: string;
  /** The deadline of the platform; milliseconds since 1970. */
  deadline: number;
};

export type ToProcess = Boot | Invoke;

export type Thrown = { name: string; message: string; stack: string };

export type FromProcess =
  | { type: 'ready' }
  /** The handler returned; `body` is its result as JSON, absent for `undefined`. */
  | { type: 'returned'; id: string; body?: string }
  | { type: 'threw'; id: string; error: Thrown }
  | { type: 'log'; id?: string; level: 'debug' | 'info' | 'warn' | 'error'; text: string };

/** One request through the platform's door; the body travels beside it. */
export type Call =
  | { to: 'egress'; method: string; url: string; headers: [string, string][] }
  | {
      to: 'platform';
      /** First argument of `__forge_fetch__`. */
      args: { type: string; provider?: string; remote?: string; accountId?: string; contextAri?: string };
      method: string;
      path: string;
      headers: [string, string][];
    };

export type Answer =
  | { status: number; statusText: string; headers: [string, string][] }
  /** The rejection of `fetch` without an answer. `code` is Node's or undici's. */
  | { error: { code: string; message: string } };

export const callHeader = 'x-sandbox-call';
export const invocationHeader = 'x-sandbox-invocation';
export const answerHeader = 'x-sandbox-answer';

export const encode = (value: Call | Answer): string => Buffer.from(JSON.stringify(value)).toString('base64');
export const decode = <T extends Call | Answer>(text: string): T =>
  JSON.parse(Buffer.from(text, 'base64').toString('utf8')) as T;
