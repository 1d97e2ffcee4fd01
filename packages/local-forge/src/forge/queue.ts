import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { inTransaction } from './database.ts';
import { PlatformError, type Invoker } from './invoke.ts';
import type { LiveInvocation } from './live-invocation.ts';
import type { Logs } from './logs.ts';
import type { Manifest } from './manifest.ts';

export type Queues = {
  /** Answers requests of `Queue` of `@forge/events`: `/webhook/queue/publish|stats|cancel/…`. */
  handle(path: string, body: unknown, invocation: LiveInvocation): Response;
  /** Starts delivering; events of an earlier run come first. */
  start(): void;
  /** Delivers delayed events at once. */
  hurry(): void;
  /** The number of unfinished events, delayed ones included. */
  pending(): number;
  clear(site?: string): void;
  /** Stops delivering at once. */
  close(): void;
};

type Row = {
  event_id: string;
  site: string;
  queue: string;
  job_id: string;
  body: string;
  concurrency_key: string | null;
  concurrency_limit: number | null;
  retries: number;
  /** Seconds between its deliveries so far. */
  waited: number;
  retry_reason: string | null;
  retry_data: string | null;
};
type Retry = { after: number; reason: string; data: unknown };

// Docs page "Async events API": 50 events and 200 KB per push, a delay of at most 15 minutes.
const maxEvents = 50;
const maxBytes = 200 * 1024;
const maxDelaySeconds = 900;
// An event is delivered again for 24 hours (Forge changelog, CHANGE-2642), at most 15 minutes after the last delivery. Assumption: pauses
// double, and an app that requests a shorter one waits as long.
const retriedForSeconds = 24 * 60 * 60;
// Assumption: a bound of the sandbox's own; on Forge deliveries run side by side as well.
const maxRunning = 10;

const json = (status: number, body?: unknown): Response =>
  new Response(body === undefined ? null : JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json' },
  });

const schema = `
  CREATE TABLE IF NOT EXISTS events (
    event_id TEXT PRIMARY KEY, site TEXT NOT NULL, queue TEXT NOT NULL, job_id TEXT NOT NULL, body TEXT NOT NULL,
    due_at INTEGER NOT NULL, running INTEGER NOT NULL DEFAULT 0, concurrency_key TEXT, concurrency_limit INTEGER,
    retries INTEGER NOT NULL DEFAULT 0, retry_reason TEXT, retry_data TEXT, waited INTEGER NOT NULL DEFAULT 0) STRICT;
  CREATE TABLE IF NOT EXISTS jobs (
    job_id TEXT NOT NULL, site TEXT NOT NULL, queue TEXT NOT NULL, success INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (job_id, site)) STRICT;`;

/** The next delivery of an event after the consumer's answer or end; undefined when the event is finished. */
function retryOf(result: unknown): Retry | undefined {
  const { _retry, retryOptions } = (typeof result === 'object' && result !== null ? result : {}) as {
    _retry?: unknown;
    retryOptions?: { retryAfter?: number; retryReason?: string; retryData?: unknown };
  };
  if (_retry !== true) return undefined;
  const after = Math.min(Math.max(retryOptions?.retryAfter ?? 1, 1), maxDelaySeconds);
  return { after, reason: retryOptions?.retryReason ?? 'FUNCTION_RETRY_REQUEST', data: retryOptions?.retryData };
}

/** The reason of a new delivery after a run without an answer. Assumption: an error that the app threw has the reason of a crash. */
const reasonOf = (error: unknown): string =>
  error instanceof PlatformError && error.code === 'PLATFORM_TIMEOUT'
    ? 'FUNCTION_TIME_OUT'
    : 'FUNCTION_PLATFORM_UNKNOWN_ERROR';

/** The app's queues: stored in the database, delivered at least once, in no promised order. */
export function openQueues(options: {
  database: DatabaseSync;
  manifest: Manifest;
  run: Invoker['run'];
  backgroundMs: number;
  /** Events of a site in a minute. Assumption: a minute of the clock. */
  eventsPerMinute: number;
  logs: Logs;
  now: () => Date;
}): Queues {
  const { database, manifest, logs, now, eventsPerMinute } = options;
  database.exec(schema);
  const columns = database.prepare('PRAGMA table_info(events)').all() as { name: string }[];
  if (!columns.some(({ name }) => name === 'waited'))
    database.exec('ALTER TABLE events ADD COLUMN waited INTEGER NOT NULL DEFAULT 0');
  const pushed = new Map<string, { minute: number; events: number }>();
  let timer: NodeJS.Timeout | undefined;
  let started = false;
  let closed = false;

  const bump = (row: Row, column: 'success' | 'failed'): void =>
    void database
      .prepare(`UPDATE jobs SET ${column} = ${column} + 1 WHERE job_id = ? AND site = ?`)
      .run(row.job_id, row.site);

  const finish = (row: Row, column: 'success' | 'failed'): void =>
    inTransaction(database, () => {
      const { changes } = database.prepare('DELETE FROM events WHERE event_id = ?').run(row.event_id);
      if (changes > 0) bump(row, column);
    });

  const again = (row: Row, retry: Retry): void => {
    const pause = Math.max(retry.after, Math.min(2 ** row.retries, maxDelaySeconds));
    if (row.waited + pause > retriedForSeconds) {
      logs.platform('error', `An event of the queue ${row.queue} was given up after 24 hours (${retry.reason}).`);
      finish(row, 'failed');
      return;
    }
    database
      .prepare(
        'UPDATE events SET running = 0, due_at = ?, waited = waited + ?, retries = retries + 1, retry_reason = ?, retry_data = ? WHERE event_id = ?',
      )
      .run(
        now().getTime() + pause * 1000,
        pause,
        retry.reason,
        retry.data === undefined ? null : JSON.stringify(retry.data),
        row.event_id,
      );
  };

  const deliver = async (row: Row): Promise<void> => {
    const consumer = manifest.consumers.find(({ queue }) => queue === row.queue);
    if (consumer === undefined) {
      logs.platform('error', `The queue ${row.queue} has no consumer any more.`);
      return finish(row, 'failed');
    }
    const event = {
      queueName: row.queue,
      jobId: row.job_id,
      eventId: row.event_id,
      body: JSON.parse(row.body) as unknown,
      ...(row.retries === 0
        ? {}
        : {
            retryContext: {
              retryCount: row.retries,
              retryReason: row.retry_reason,
              retryData: row.retry_data === null ? undefined : (JSON.parse(row.retry_data) as unknown),
            },
          }),
    };
    try {
      const result = await options.run({
        site: row.site,
        functionKey: consumer.function,
        moduleKey: consumer.key,
        moduleType: 'consumer',
        payload:
          'method' in consumer
            ? { call: { functionKey: consumer.method, payload: event.body, jobId: event.jobId }, context: {} }
            : event,
        defaultMs: options.backgroundMs,
      });
      if (closed) return;
      const retry = retryOf(result);
      if (retry === undefined) finish(row, 'success');
      else again(row, retry);
    } catch (error) {
      if (closed) return;
      again(row, { after: 1, reason: reasonOf(error), data: undefined });
    }
  };

  const claim = (): Row[] =>
    inTransaction(database, () => {
      const running = database
        .prepare('SELECT site, queue, concurrency_key FROM events WHERE running = 1')
        .all() as Pick<Row, 'site' | 'queue' | 'concurrency_key'>[];
      const due = database
        .prepare('SELECT * FROM events WHERE running = 0 AND due_at <= ? ORDER BY due_at LIMIT 200')
        .all(now().getTime()) as Row[];
      const taken: Row[] = [];
      for (const row of due) {
        const peers = [...running, ...taken];
        if (peers.length >= maxRunning) break;
        const alike = peers.filter(
          (peer) => peer.site === row.site && peer.queue === row.queue && peer.concurrency_key === row.concurrency_key,
        );
        if (row.concurrency_key !== null && alike.length >= (row.concurrency_limit ?? 1)) continue;
        database.prepare('UPDATE events SET running = 1 WHERE event_id = ?').run(row.event_id);
        taken.push(row);
      }
      return taken;
    });

  const pump = (): void => {
    clearTimeout(timer);
    if (closed || !started) return;
    for (const row of claim())
      void deliver(row)
        .catch((error: unknown) => logs.platform('error', `A delivery failed: ${String(error)}`))
        .finally(pump);
    const next = (
      database.prepare('SELECT min(due_at) AS due FROM events WHERE running = 0').get() as { due: number | null }
    ).due;
    // Looks at least every second, because the clock can be a test's.
    if (next !== null) timer = setTimeout(pump, Math.min(Math.max(next - now().getTime(), 20), 1_000)).unref();
  };

  const publish = (body: Record<string, unknown>, site: string): Response => {
    const { queueName, jobId, payload } = body as {
      queueName?: string;
      jobId?: string;
      payload?: { body: unknown; delayInSeconds?: number; concurrency?: { key: string; limit: number } }[];
    };
    if (typeof jobId !== 'string' || !Array.isArray(payload) || payload.length === 0 || payload.length > maxEvents)
      return json(400, { message: `A push has a job id and 1 to ${maxEvents} events.` });
    if (Buffer.byteLength(JSON.stringify(payload)) > maxBytes)
      return json(413, { errorMessage: 'The events have more than 200 KB.' });
    if (!manifest.consumers.some(({ queue }) => queue === queueName))
      return json(400, { message: `The manifest has no consumer of the queue ${String(queueName)}.` });
    if (payload.some(({ delayInSeconds = 0 }) => !(delayInSeconds >= 0 && delayInSeconds <= maxDelaySeconds)))
      return json(400, { message: `A delay is 0 to ${maxDelaySeconds} seconds.` });
    const minute = Math.floor(now().getTime() / 60_000);
    const before = pushed.get(site);
    const events = (before?.minute === minute ? before.events : 0) + payload.length;
    if (events > eventsPerMinute) {
      logs.platform('warn', `The site ${site} pushed more than ${eventsPerMinute} events in a minute: 429.`);
      return json(429, { message: `More than ${eventsPerMinute} events were pushed in a minute.` });
    }
    pushed.set(site, { minute, events });
    inTransaction(database, () => {
      database.prepare('INSERT INTO jobs (job_id, site, queue) VALUES (?, ?, ?)').run(jobId, site, String(queueName));
      const insert = database.prepare(
        'INSERT INTO events (event_id, site, queue, job_id, body, due_at, concurrency_key, concurrency_limit) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      );
      for (const { body: content, delayInSeconds = 0, concurrency } of payload)
        insert.run(
          randomUUID(),
          site,
          String(queueName),
          jobId,
          JSON.stringify(content),
          now().getTime() + delayInSeconds * 1000,
          concurrency?.key ?? null,
          concurrency?.limit ?? null,
        );
    });
    setImmediate(pump);
    return json(201);
  };

  const handle: Queues['handle'] = (path, body, { site }) => {
    const verb = /^\/webhook\/queue\/(publish|stats|cancel)\//.exec(path)?.[1];
    const request = (body ?? {}) as Record<string, unknown>;
    if (verb === 'publish') return publish(request, site);
    const jobId = String(request['jobId']);
    const job = database
      .prepare('SELECT success, failed FROM jobs WHERE job_id = ? AND site = ? AND queue = ?')
      .get(jobId, site, String(request['queueName'])) as { success: number; failed: number } | undefined;
    if (job === undefined) return json(404, { message: 'There is no such job.' });
    if (verb === 'cancel') {
      database.prepare('DELETE FROM events WHERE job_id = ? AND site = ? AND running = 0').run(jobId, site);
      return json(204);
    }
    const { n } = database
      .prepare('SELECT count(*) AS n FROM events WHERE job_id = ? AND site = ?')
      .get(jobId, site) as { n: number };
    return json(200, { success: job.success, inProgress: n, failed: job.failed });
  };

  return {
    handle,
    start: () => {
      // Events that were running when the sandbox ended are delivered again: at least once, not at most once.
      database.exec('UPDATE events SET running = 0');
      started = true;
      pump();
    },
    hurry: () => {
      database.prepare('UPDATE events SET due_at = ? WHERE running = 0').run(now().getTime());
      pump();
    },
    pending: () => (database.prepare('SELECT count(*) AS n FROM events').get() as { n: number }).n,
    clear: (site) => {
      for (const table of ['events', 'jobs'])
        if (site === undefined) database.prepare(`DELETE FROM ${table}`).run();
        else database.prepare(`DELETE FROM ${table} WHERE site = ?`).run(site);
    },
    close: () => {
      closed = true;
      clearTimeout(timer);
    },
  };
}
