import type { DoorCall } from 'local-forge';
import { deliveriesOf, mostInAMinute, wholeMinutes } from './deliveries.ts';
import type { Figure } from './figures.ts';
import { places } from './places.ts';
import { openStage, type Stage } from './stage.ts';
import { fill, isWrite, SITE, sum } from './storage.ts';

/** People with a token for the integration that is disconnected. */
const PEOPLE = 10_000;

/**
 * Disconnects an integration for which many people have a token. The queue is hurried (`deliveries.ts`).
 */
export async function measureErasure(root: string, people = PEOPLE): Promise<Figure[]> {
  const [, gitlab] = places;
  if (gitlab === undefined) throw new Error('No place');
  // Half an hour's deliveries come within a minute, so their writes are added up by the minute instead (`writes-per-minute`).
  const stage = await openStage(root);
  try {
    const id = await stage.connect(gitlab);
    const holders = Array.from({ length: people }, (_, index) => `712020:grown-${index}`);
    fill(
      stage,
      holders.flatMap((accountId) => [
        [`token-holder:${id}:${accountId}`, {}] as const,
        [`token-trail:${accountId}:${id}`, { id: accountId }] as const,
      ]),
    );
    fill(
      stage,
      holders.map((accountId) => [`token:${accountId}:${id}`, {}] as const),
      'secret',
    );
    const start = performance.now();
    const calls = await stage.during(async () => {
      await stage.invoke('ada', 'manage-repositories', 'disconnect-integration', { id });
      await stage.idle();
    });
    const deliveries = deliveriesOf(calls, 'erase-tokens');
    const writesOf = (asked: readonly DoorCall[]) => sum(asked.filter(isWrite), ({ entries }) => entries);
    const writes = deliveries.map(({ calls: asked }) => writesOf(asked));
    return [
      { name: 'growth/erase/left', value: left(stage, id), unit: `entries of ${people} tokens` },
      { name: 'growth/erase/deliveries', value: deliveries.length, unit: 'deliveries' },
      { name: 'growth/erase/writes-per-token', value: round(sum(writes, (count) => count) / people), unit: 'writes' },
      { name: 'growth/erase/writes-per-delivery', value: Math.max(...writes), unit: 'writes' },
      { name: 'growth/erase/writes-per-minute', value: mostInAMinute(deliveries, writesOf), unit: 'writes' },
      { name: 'growth/erase/whole', value: Math.round(wholeMinutes(deliveries)), unit: 'min, as delayed' },
      { name: 'growth/erase/hurried', value: Math.round((performance.now() - start) / 1000), unit: 's, hurried' },
    ];
  } finally {
    await stage.close();
  }
}

function left(stage: Stage, id: string): number {
  const { entries } = stage.sandbox.platform;
  const listed = ['token-holder:', 'token-trail:', 'integration:'].flatMap((prefix) =>
    entries.list(SITE, prefix, undefined, 100_000),
  );
  const keys = [...listed.map(({ key }) => key), ...entries.secretKeys(SITE)];
  return keys.filter((key) => key.includes(id)).length;
}

const round = (value: number): number => Math.round(value * 100) / 100;
