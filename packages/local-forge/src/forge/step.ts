/** One step of an invocation over the border of the app: a request to the platform, Jira or a service. */
export type Step = {
  /** `storage` and `queue` are Forge's, `privacy` is its report of accounts. */
  to: 'storage' | 'queue' | 'privacy' | 'jira' | 'service';
  /** Whether it changes something there. */
  writes: boolean;
  /** Path, and the key or the host: never a value. For AWS the operation and the host, because each request is a POST to `/`. */
  what: string;
  /** Keys of the store; for a query their prefix and `*`. */
  keys: readonly string[];
};

/**
 * The outcome of a step. `kill-before` and `kill-after` end the invocation as if its process had been killed: nothing of it
 * continues. An `answer` replaces the real one.
 */
export type Twist =
  | { kind: 'kill-before' }
  | { kind: 'kill-after' }
  | { kind: 'slow'; ms: number }
  | { kind: 'wait'; until: Promise<void> }
  | { kind: 'reset' }
  | { kind: 'answer'; status: number; body?: string }
  | { kind: 'header'; name: string; value: string };

/** Sees each step of one invocation, counted from 0, and can change it. */
export type Tap = (step: Step, index: number) => Twist | undefined;

/** The keys that a request to the store touches, all those of a batch or a transaction. */
function keysIn(body: string): string[] {
  const [, prefix] = /"condition":"BEGINS_WITH","values":\["([^"]*)"/.exec(body) ?? [];
  return [...body.matchAll(/"key":"([^"]*)"/g)]
    .map(([, key = '']) => key)
    .concat(prefix === undefined ? [] : `${prefix}*`);
}

/** A request through `__forge_fetch__`, as a step. */
export function platformStep(
  args: { type: string; remote?: string },
  path: string,
  method: string,
  body: string,
): Step {
  if (args.type === 'kvs') {
    const keys = keysIn(body);
    return { to: 'storage', writes: !/\/(get|query)$/.test(path), what: [path, ...keys].join(' '), keys };
  }
  if (args.remote === 'jira')
    return { to: 'jira', writes: method !== 'GET', what: path.split('?')[0] ?? path, keys: [] };
  return path.startsWith('/webhook/queue/')
    ? { to: 'queue', writes: true, what: path.split('/').slice(0, 4).join('/'), keys: [] }
    : { to: 'privacy', writes: false, what: path, keys: [] };
}

/**
 * A request to another host, as a step. GitHub's GraphQL and every operation of AWS use POST: an operation with the name of
 * a change is one. A service can answer 200 to a change that it refused: the change was requested, and counts.
 */
export function serviceStep({ method, url: address, headers }: Request, body: Uint8Array): Step {
  const url = new URL(address);
  const text = Buffer.from(body).toString('utf8');
  const operation =
    headers.get('x-amz-target')?.split('.')[1] ??
    (/^sts\./.test(url.hostname) ? new URLSearchParams(text).get('Action') : undefined);
  const step = { to: 'service' as const, what: `${operation ?? method} ${url.host}${url.pathname}`, keys: [] };
  if (operation !== undefined && operation !== null)
    return { ...step, writes: !/^(Get|List|BatchGet|Describe)/.test(operation) };
  if (method === 'GET' || method === 'HEAD') return { ...step, writes: false };
  return { ...step, writes: !/\/graphql$/.test(url.pathname) || /^\s*mutation/.test(queryIn(text)) };
}

function queryIn(text: string): string {
  try {
    const { query } = JSON.parse(text) as { query?: unknown };
    return typeof query === 'string' ? query : '';
  } catch {
    return '';
  }
}
