import type { Stage } from '../support/stage';

/**
 * What contradicts what in the storage of a site: a secret that nothing leads to, a token whose owner or integration is not
 * known. An entry without its secret is no contradiction: it counts as none and is erased like any other.
 */
export function contradictions({ app }: Stage, site: string): string[] {
  const keys = new Set(app.entries.list(site, '', undefined, 1_000_000).map(({ key }) => key));
  return app.entries.secretKeys(site).flatMap((secret) => {
    const credential = /^integration-credential:(.+)$/.exec(secret);
    if (credential) return keys.has(`integration:${credential[1]}`) ? [] : [`${secret} has no integration`];
    const token = /^token:(.+):([^:]+)$/.exec(secret);
    if (!token) return [`${secret} is a secret of an unknown kind`];
    const [, accountId, integrationId] = token;
    return [
      `token-trail:${accountId}:${integrationId}`,
      `token-holder:${integrationId}:${accountId}`,
      `account:${accountId}`,
      `integration:${integrationId}`,
    ].flatMap((entry) => (keys.has(entry) ? [] : [`${secret} without ${entry}`]));
  });
}

/** Every key in the storage of a site that names something, secrets too. */
export function tracesOf({ app }: Stage, site: string, what: string): string[] {
  const values = app.entries.list(site, '', undefined, 1_000_000);
  return [
    ...values.filter(({ key, json }) => `${key}${json}`.includes(what)).map(({ key }) => key),
    ...app.entries.secretKeys(site).filter((key) => key.includes(what)),
  ];
}
