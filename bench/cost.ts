import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Figure } from './figures.ts';
import type { Trace } from './rounds.ts';
import { isStorage, isWrite, sum } from './storage.ts';

type Price = { price: number; freeAMonth: number };
type Prices = Record<'functionGbSeconds' | 'kvsReadGb' | 'kvsWrittenGb' | 'logsGb', Price>;
export type Limits = Record<'aMinute' | 'anHour', Record<string, { limit: number; of: string }>>;
export type Workday = {
  actions: Record<string, number>;
  days: number;
  shareOfBusiestMinute: number;
  shareOfBusiestHour: number;
};

/** The platform's resources that one use takes. */
export type Use = {
  gbSeconds: number;
  readBytes: number;
  writtenBytes: number;
  readUnits: number;
  writeUnits: number;
  kvsRequests: number;
  outbound: number;
  /** Events pushed to queues. */
  events: number;
  logLines: number;
  logBytes: number;
  /** Points of Jira's hour. */
  jiraPoints: number;
};

const GB = 1e9;
const UNIT_BYTES = 10 * 1024;
const SITES = [1_000, 10_000, 100_000];

export function readData<Data>(root: string, file: string): Data {
  return JSON.parse(readFileSync(join(root, 'bench', file), 'utf8')) as Data;
}

/** For storage the bodies of request and answer count, which is a little more than the values. */
function useOf({ calls, ms, logged }: Trace, memoryGb: number): Use {
  const storage = calls.filter(isStorage);
  const writes = storage.filter(isWrite);
  const reads = storage.filter((call) => !isWrite(call));
  return {
    gbSeconds: (ms / 1000) * memoryGb,
    readBytes: sum(reads, ({ receivedBytes }) => receivedBytes),
    writtenBytes: sum(writes, ({ sentBytes }) => sentBytes),
    // A request is rounded up to the next 10 KB, also one of many entries (docs pages "KVS and Custom Entity Store limits" and
    // "Executing KVS transactions"). Assumption: for a read, its answer counts.
    readUnits: sum(reads, ({ receivedBytes }) => Math.max(1, Math.ceil(receivedBytes / UNIT_BYTES))),
    writeUnits: sum(writes, ({ sentBytes }) => Math.max(1, Math.ceil(sentBytes / UNIT_BYTES))),
    kvsRequests: storage.length,
    outbound: calls.filter(({ to }) => to === 'service').length,
    events: calls.filter(({ what }) => what.startsWith('queue ')).length,
    logLines: logged.length,
    logBytes: sum(logged, (line) => Buffer.byteLength(line)),
    jiraPoints: sum(calls, ({ points }) => points),
  };
}

/** The same action on every service: their average. */
function average(uses: readonly Use[]): Use {
  const mean = (key: keyof Use) => sum(uses, (use) => use[key]) / uses.length;
  return Object.fromEntries((Object.keys(uses[0] ?? {}) as (keyof Use)[]).map((key) => [key, mean(key)])) as Use;
}

/** List prices; `months` of use at once have that many allowances deducted. */
function priceOf(use: Use, prices: Prices, months: number): number {
  const due = ({ price, freeAMonth }: Price, amount: number) => Math.max(0, amount - freeAMonth * months) * price;
  return (
    due(prices.functionGbSeconds, use.gbSeconds) +
    due(prices.kvsReadGb, use.readBytes / GB) +
    due(prices.kvsWrittenGb, use.writtenBytes / GB) +
    due(prices.logsGb, use.logBytes / GB)
  );
}

function times(use: Use, count: number): Use {
  return Object.fromEntries(Object.entries(use).map(([key, value]) => [key, value * count])) as Use;
}

/** The resources of one use of each action. */
export function usesOf(root: string, traces: readonly Trace[]): ReadonlyMap<string, Use> {
  const manifest = parse(readFileSync(join(root, 'manifest.yml'), 'utf8')) as {
    app: { runtime: { memoryMB: number } };
  };
  const memoryGb = manifest.app.runtime.memoryMB / 1024;
  return new Map(
    [...Map.groupBy(traces, ({ action }) => action)].map(([action, some]): [string, Use] => [
      action,
      average(some.map((trace) => useOf(trace, memoryGb))),
    ]),
  );
}

/**
 * The cost of each use case on Forge at list prices, and how near a site of many people comes to the platform's limits in its
 * busiest minute or hour. Counts are those of the traces; prices, limits and a day of work are data beside this file.
 */
export function countCost(root: string, traces: readonly Trace[]): Figure[] {
  const prices = readData<Prices>(root, 'prices.json');
  const uses = usesOf(root, traces);
  const figures = [...uses].flatMap(([action, use]): Figure[] => {
    const figure = (what: string, value: number, unit: string): Figure => ({
      name: `cost/${action}/${what}`,
      value: Number(value.toPrecision(3)),
      unit,
    });
    return [
      figure('per-1000', priceOf(times(use, 1000), prices, 0), 'USD, no allowance'),
      figure('function-time', use.gbSeconds, 'GB-s'),
      figure('kvs-read', use.readBytes, 'bytes'),
      figure('kvs-read-units', use.readUnits, 'units'),
      figure('kvs-written', use.writtenBytes, 'bytes'),
      figure('kvs-write-units', use.writeUnits, 'units'),
      figure('outbound-requests', use.outbound, 'requests'),
      figure('log-lines', use.logLines, 'lines'),
      { name: `jira-points/${action}`, value: Number(use.jiraPoints.toPrecision(3)), unit: 'points' },
    ];
  });
  return [...figures, ...countSites(root, uses, prices)];
}

function countSites(root: string, uses: ReadonlyMap<string, Use>, prices: Prices): Figure[] {
  const { aMinute, anHour } = readData<Limits>(root, 'platform-limits.json');
  const { actions, days, shareOfBusiestMinute, shareOfBusiestHour } = readData<Workday>(root, 'workday.json');
  const parts = Object.entries(actions).map(([action, count]) => {
    const use = uses.get(action);
    if (use === undefined) throw new Error(`${action} was not measured`);
    return times(use, count);
  });
  const day = times(average(parts), parts.length);
  const asked: Readonly<Record<string, number>> = {
    invocations: sum(Object.values(actions), (count) => count),
    'kvs-requests': day.kvsRequests,
    'kvs-read-units': day.readUnits,
    'kvs-write-units': day.writeUnits,
    'queue-events': day.events,
    'outbound-requests': day.outbound,
    'jira-points': day.jiraPoints,
  };
  /** The number of people whose busiest minute, or hour, fits the limit. */
  const room = [
    { limits: aMinute, time: 'minute', share: shareOfBusiestMinute },
    { limits: anHour, time: 'hour', share: shareOfBusiestHour },
  ].flatMap(({ limits, time, share }) =>
    Object.entries(limits).map(([name, { limit, of }]) => ({
      name,
      of: `${time} of ${of}`,
      people: limit / ((asked[name] ?? NaN) * share),
    })),
  );
  const [first] = room.sort((a, b) => a.people - b.people);
  if (first === undefined) throw new Error('No limits');
  return [
    { name: 'jira-points/day-per-person', value: Number(day.jiraPoints.toPrecision(3)), unit: 'points' },
    ...SITES.map((people) => ({
      name: `cost/site-of-${people}/month`,
      value: Math.round(priceOf(times(day, people * days), prices, 1) * 100) / 100,
      unit: 'USD, the only site',
    })),
    ...SITES.flatMap((people) =>
      room.map(({ name, of, people: most }) => ({
        name: `platform-limits/site-of-${people}/${name}`,
        value: Math.round((people / most) * 1000) / 10,
        unit: `% of the busiest ${of}`,
      })),
    ),
    { name: 'platform-limits/first', value: Math.floor(first.people), unit: `people, by ${first.name}` },
  ];
}
