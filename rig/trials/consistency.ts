import type { Step } from 'local-forge';
import type { Stage } from '../stage';

/** A key without a known person: that person is never reported, also when their account is closed. */
const leadsTo: readonly [of: RegExp, ...entries: string[]][] = [
  [/^integration-credential:(?<integration>.+)$/, 'integration:{integration}'],
  [/^ready-credential:(?<integration>.+)$/, 'integration:{integration}'],
  [
    /^token:(?<account>.+):(?<integration>[^:]+)$/,
    'token-trail:{account}:{integration}',
    'token-holder:{integration}:{account}',
    'account:{account}',
    'integration:{integration}',
  ],
  // The site's own, erased with the app.
  [/^ticket-key$/],
  [/^~saved-token\/(?<account>.+):(?<integration>[^:]+)$/, 'token-trail:{account}:{integration}', 'account:{account}'],
  [/^token-reminder:(?<account>.+):[^:]+$/, 'account:{account}'],
  [/^defaults:(?<account>.+):[^:]+$/, 'account:{account}'],
  [/^activity-of:(?<account>.+):(?<id>[^:]+:[^:]+)$/, 'activity:{id}', 'activity-person:{account}'],
];

/**
 * Contradictions in the storage of a site: a secret that nothing leads to, a token whose owner or integration is not
 * known, data of a person whom no report to Atlassian would name. An entry without its secret is no contradiction: it counts
 * as none and is erased like any other.
 */
export function contradictions({ app }: Pick<Stage, 'app'>, site: string): string[] {
  const entries = app.entries.list(site, '', undefined, 1_000_000);
  const keys = new Set(entries.map(({ key }) => key));
  const secrets = new Set(app.entries.secretKeys(site));
  const leading = [...secrets, ...keys].flatMap((key) => {
    const rule = leadsTo.find(([of]) => of.test(key));
    if (rule === undefined) return secrets.has(key) ? [`${key} is a secret of an unknown kind`] : [];
    const [of, ...found] = rule;
    const groups = of.exec(key)?.groups ?? {};
    return found
      .map((entry) => entry.replace(/{(\w+)}/g, (_, name: string) => groups[name] ?? ''))
      .flatMap((entry) => (keys.has(entry) ? [] : [`${key} without ${entry}`]));
  });
  // People in the activity are found under their own key, too. Otherwise their names could not be erased.
  const unnamed = entries.flatMap(({ key, json }) => {
    if (!key.startsWith('activity:')) return [];
    const { accountId, whose } = JSON.parse(json) as { accountId?: string; whose?: string };
    return [accountId, whose].flatMap((person) => {
      const own = `activity-of:${person}:${key.slice('activity:'.length)}`;
      return person === undefined || keys.has(own) ? [] : [`${key} without ${own}`];
    });
  });
  return [...leading, ...unnamed];
}

/**
 * Copies of credentials that exist although a token is required. A crash can leave one until the queue or the daily trigger
 * has run, and a write does not read it. So this check is for runs without faults.
 */
export function readyWhileRequired({ app }: Pick<Stage, 'app'>, site: string): string[] {
  const everywhere = app.entries.get(site, 'value', 'setting:requireUserPat')?.json === 'true';
  const isRequired = (key: string): boolean => app.entries.get(site, 'value', `${key}:required`) !== undefined;
  return app.entries
    .secretKeys(site)
    .filter((key) => key.startsWith('ready-credential:'))
    .filter((key) => everywhere || isRequired(key.replace('ready-credential:', 'integration:')))
    .map((key) => `${key} although a token is required`);
}

/** Every key in the storage of a site that names something, secrets too. */
export function tracesOf({ app }: Stage, site: string, what: string): string[] {
  const values = app.entries.list(site, '', undefined, 1_000_000);
  return [
    ...values.filter(({ key, json }) => `${key}${json}`.includes(what)).map(({ key }) => key),
    ...app.entries.secretKeys(site).filter((key) => key.includes(what)),
  ];
}

export const isOfActivity = (key: string): boolean => /^activity(-of|-person)?:/.test(key);

/** The same without the activity, which is stored for a year in any case. */
export function tracesBesideActivity(stage: Stage, site: string, what: string): string[] {
  return tracesOf(stage, site, what).filter((key) => !isOfActivity(key));
}

/** Whether a step only counts the calls of a person. Every call may do that. */
export function isCount({ to, keys }: Step): boolean {
  return to === 'storage' && keys.length > 0 && keys.every((key) => key.startsWith('pace:'));
}

/** Resets the counts of calls, as in the next minute. */
export function nextMinute({ app, sites }: Pick<Stage, 'app' | 'sites'>): void {
  for (const { id } of sites)
    for (const { key } of app.entries.list(id, 'pace:', undefined, 10_000)) app.entries.delete(id, 'value', key);
}

/** As if everybody who has called in this minute had made all the calls they may. */
export function busyMinute({ app, sites }: Pick<Stage, 'app' | 'sites'>): void {
  const counter = JSON.stringify({ minute: Math.floor(Date.now() / 60_000), act: 1e6, look: 1e6 });
  for (const { id } of sites)
    for (const { key } of app.entries.list(id, 'pace:', undefined, 10_000))
      app.entries.set(id, 'value', key, counter, 120_000);
}

/** Refusals and failures are recorded once the issue and the integration are open. */
export const notedActs: readonly string[] = ['create-branch', 'create-pull-request', 'delete-branch'];

/** Whether a step only writes activity records of one person. */
export function isNote({ to, writes, keys }: Step, accountId: string): boolean {
  return (
    to === 'storage' &&
    writes &&
    keys.length > 0 &&
    keys.every(isOfActivity) &&
    keys.every((key) => key.startsWith('activity:') || key.includes(accountId))
  );
}
