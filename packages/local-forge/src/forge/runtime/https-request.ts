import { STATUS_CODES, validateHeaderName, validateHeaderValue } from 'node:http';
import { isIPv6 } from 'node:net';
import { Readable, Writable } from 'node:stream';
import { codedError, type Link, type LinkAnswer } from './link.ts';

// Docs page "Node.js runtime": the options Forge's own `https.request` honours. `signal` and `timeout` never leave the
// process; an `agent` is dropped there, and so it is here.
const honoured = new Set([
  'auth',
  'headers',
  'host',
  'hostname',
  'method',
  'path',
  'port',
  'protocol',
  'signal',
  'timeout',
  'agent',
]);
// The members that `urlToHttpOptions` copies from a URL; `path` already holds them.
const derived = new Set(['hash', 'search', 'pathname', 'href', 'defaultPort', '__proto__']);

type Options = Record<string, unknown>;
type HeaderValue = string | number | readonly string[];
/** A text or a number as text; undefined for any other value. */
const textOf = (value: unknown): string | undefined =>
  typeof value === 'number' || (typeof value === 'string' && value !== '') ? String(value) : undefined;

type OnResponse = (response: DoorResponse) => void;

const fromUrl = (url: URL): Options => ({
  protocol: url.protocol,
  hostname: url.hostname.replace(/^\[|\]$/g, ''),
  port: url.port === '' ? undefined : url.port,
  path: `${url.pathname}${url.search}`,
  auth:
    url.username === '' && url.password === ''
      ? undefined
      : `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`,
});

/** The answer of `https.request`: the part of an `IncomingMessage` that SDKs read. */
class DoorResponse extends Readable {
  readonly statusCode: number;
  readonly statusMessage: string;
  readonly httpVersion = '1.1';
  readonly headers: Record<string, string | string[]> = {};
  readonly rawHeaders: string[];
  complete = false;

  constructor(answer: LinkAnswer) {
    super();
    this.statusCode = answer.status;
    this.statusMessage = answer.statusText || (STATUS_CODES[answer.status] ?? '');
    this.rawHeaders = answer.headers.flat();
    for (const [name, value] of answer.headers) {
      const before = this.headers[name];
      if (name === 'set-cookie') this.headers[name] = [...(Array.isArray(before) ? before : []), value];
      else this.headers[name] = typeof before === 'string' ? `${before}, ${value}` : value;
    }
    answer.body.on('data', (chunk) => this.push(chunk) || answer.body.pause());
    answer.body.on('end', () => {
      this.complete = true;
      this.push(null);
    });
    answer.body.on('error', (error) => this.destroy(error));
    answer.body.pause();
    this.on('close', () => answer.body.destroy());
    this.source = answer.body;
  }

  private readonly source: Readable;

  override _read(): void {
    this.source.resume();
  }
}

/** A request in progress: the part of a `ClientRequest` that SDKs use. Nothing leaves before `end()`. */
class DoorRequest extends Writable {
  readonly method: string;
  readonly path: string;
  readonly host: string;
  readonly protocol = 'https:';
  aborted = false;
  private answered = false;
  private readonly chunks: Buffer[] = [];
  private readonly names = new Map<string, [string, HeaderValue]>();
  private readonly stop = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private readonly origin: string;
  private readonly send: (request: DoorRequest, url: string, signal: AbortSignal) => Promise<LinkAnswer>;

  constructor(options: Options, send: DoorRequest['send']) {
    super({ autoDestroy: false });
    this.send = send;
    this.method = typeof options['method'] === 'string' ? options['method'].toUpperCase() : 'GET';
    this.path = typeof options['path'] === 'string' && options['path'] !== '' ? options['path'] : '/';
    this.host = textOf(options['hostname']) ?? textOf(options['host']) ?? 'localhost';
    const given = textOf(options['port']);
    const port = given === undefined ? '' : `:${given}`;
    this.origin = `https://${isIPv6(this.host) ? `[${this.host}]` : this.host}${port}`;
    const headers = options['headers'];
    if (Array.isArray(headers))
      for (let i = 0; i + 1 < headers.length; i += 2) this.setHeader(String(headers[i]), String(headers[i + 1]));
    else
      for (const [name, value] of Object.entries((headers ?? {}) as Record<string, HeaderValue | undefined>))
        if (value !== undefined) this.setHeader(name, value);
    if (typeof options['auth'] === 'string' && !this.hasHeader('authorization'))
      this.setHeader('Authorization', `Basic ${Buffer.from(options['auth']).toString('base64')}`);
    if (options['signal'] instanceof AbortSignal) {
      const signal = options['signal'];
      const abort = () =>
        this.destroy(Object.assign(new Error('The operation was aborted'), { name: 'AbortError', code: 'ABORT_ERR' }));
      if (signal.aborted) queueMicrotask(abort);
      else signal.addEventListener('abort', abort, { once: true });
    }
    if (typeof options['timeout'] === 'number') this.setTimeout(options['timeout']);
  }

  setHeader(name: string, value: HeaderValue): this {
    validateHeaderName(name);
    for (const one of Array.isArray(value) ? (value as readonly string[]) : [String(value)])
      validateHeaderValue(name, one);
    this.names.set(name.toLowerCase(), [name, value]);
    return this;
  }
  getHeader(name: string): HeaderValue | undefined {
    return this.names.get(name.toLowerCase())?.[1];
  }
  hasHeader(name: string): boolean {
    return this.names.has(name.toLowerCase());
  }
  removeHeader(name: string): void {
    this.names.delete(name.toLowerCase());
  }
  getHeaderNames(): string[] {
    return [...this.names.keys()];
  }
  getHeaders(): Record<string, HeaderValue> {
    return Object.fromEntries([...this.names].map(([name, [, value]]) => [name, value]));
  }
  headerPairs(): [string, string][] {
    return [...this.names].flatMap(([name, [, value]]) =>
      (Array.isArray(value) ? (value as readonly string[]) : [String(value)]).map((one): [string, string] => [
        name,
        one,
      ]),
    );
  }
  content(): Buffer {
    return Buffer.concat(this.chunks);
  }

  setTimeout(ms: number, listener?: () => void): this {
    if (listener !== undefined) this.once('timeout', listener);
    clearTimeout(this.timer);
    if (ms > 0) this.timer = setTimeout(() => this.emit('timeout'), ms);
    return this;
  }
  setNoDelay(): void {}
  setSocketKeepAlive(): void {}
  flushHeaders(): void {}
  abort(): void {
    this.aborted = true;
    this.destroy();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.chunks.push(Buffer.from(chunk));
    done();
  }
  override _final(done: () => void): void {
    done();
    this.send(this, `${this.origin}${this.path}`, this.stop.signal).then(
      (answer) => {
        clearTimeout(this.timer);
        this.answered = true;
        const response = new DoorResponse(answer);
        response.on('close', () => this.destroy());
        if (!this.emit('response', response)) response.resume();
      },
      (error: unknown) => this.destroy(error as Error),
    );
  }
  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    clearTimeout(this.timer);
    const reason = error ?? (this.answered ? null : codedError('ECONNRESET', 'socket hang up'));
    this.stop.abort(reason ?? undefined);
    done(reason);
  }
}

function optionsOf(input: unknown, extra: unknown): Options {
  const first =
    typeof input === 'string'
      ? fromUrl(new URL(input))
      : input instanceof URL
        ? fromUrl(input)
        : { ...(input as Options) };
  return { ...first, ...(typeof extra === 'function' ? {} : (extra as Options | undefined)) };
}

/**
 * `https.request` over the same door as `fetch`. Options that Forge's proxy cannot honour (certificates, an own
 * connection, `rejectUnauthorized`, …) are refused, not ignored.
 */
export const createHttpsRequest =
  (link: Link, invocation: () => string | undefined) =>
  (input: unknown, second?: unknown, third?: unknown): DoorRequest => {
    const options = optionsOf(input, second);
    const listener = (typeof second === 'function' ? second : third) as OnResponse | undefined;
    const unknown = Object.keys(options).filter(
      (name) => options[name] !== undefined && !honoured.has(name) && !derived.has(name),
    );
    if (unknown.length > 0)
      throw codedError('SANDBOX_NOT_MODELLED', `https.request: Forge's proxy does not honour ${unknown.join(', ')}.`);
    if ((options['protocol'] ?? 'https:') !== 'https:')
      throw codedError(
        'ERR_INVALID_PROTOCOL',
        `Protocol "${String(options['protocol'])}" not supported. Expected "https:"`,
      );
    const request = new DoorRequest(options, async (made, url, signal) =>
      link(
        invocation(),
        { to: 'egress', method: made.method, url, headers: made.headerPairs() },
        made.content(),
        signal,
      ),
    );
    if (listener !== undefined) request.once('response', listener);
    return request;
  };
