/** Work nobody waits for, by the queues of manifest.yml. */
type Work = {
  'erase-tokens': { integrationId: string; accountId?: string; attempt?: number };
  'ready-credentials': Record<string, never>;
};

/** Hands work to a queue. The package behind it is loaded for this: few invocations need it. */
export async function push<Name extends keyof Work>(
  name: Name,
  body: Work[Name],
  { delayInSeconds = 0 }: { delayInSeconds?: number } = {},
): Promise<void> {
  const { Queue } = await import('@forge/events');
  await new Queue({ key: name }).push({ body, delayInSeconds });
}
