import type { ManagedIntegrationView, PersonTokenView } from '../../src/contract/views';
import { hasBegun } from '../../src/domain/token-rules';
import type { Text } from '../shared/text';

const columns = [
  'person',
  'accountId',
  'integration',
  'login',
  'kind',
  'state',
  'expires',
  'lacks',
  'against',
  'saved',
  'lastUsed',
  'actedWithout',
  'blocked',
  'left',
] as const;

/** Rows as a table for a spreadsheet: one line of names, then one a person and integration. Times are ISO instants. */
export function peopleRows(
  rows: readonly PersonTokenView[],
  { integrations }: { integrations: readonly Pick<ManagedIntegrationView, 'id' | 'name'>[] },
  { t }: Pick<Text, 't'>,
): string[][] {
  const names = new Map(integrations.map(({ id, name }) => [id, name]));
  return [
    columns.map((column) => t(`people.csv.${column}`)),
    ...rows.map(({ person, integrationId, token, actedWithoutAt, blocked, left }) => [
      person.name ?? '',
      person.accountId,
      names.get(integrationId) ?? integrationId,
      token?.login ?? '',
      token?.kind ? t(`people.kind.${token.kind}`) : '',
      token ? t(`people.state.${token.health}`) : t('people.noToken'),
      token?.expiresAt ?? '',
      token?.missingScopes.join(', ') ?? '',
      hasBegun(token?.against, Date.now())
        ? (token?.against?.breaks.map((one) => t(`rules.break.${one}`)).join(', ') ?? '')
        : '',
      token?.savedAt ?? '',
      token?.lastUsedAt ?? '',
      actedWithoutAt ?? '',
      t(blocked ? 'people.csv.yes' : 'people.csv.no'),
      left?.since ?? '',
    ]),
  ];
}
