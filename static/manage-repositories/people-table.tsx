import Checkbox from '@atlaskit/checkbox';
import type { ManagedSiteView, PersonTokenView, TokenHealth } from '../../src/contract/views';
import { againstRule, isAgainstRule } from '../shared/against-rule';
import { Lozenge, type LozengeColour } from '../shared/lozenge';
import { useText } from '../shared/text';
import { NarrowLabel } from './narrow-label';
import { keyOf } from './people-filter';

const columns = ['choose', 'person', 'login', 'state', 'used'] as const;
const colours = {
  good: 'success',
  'ending-soon': 'warning',
  ended: 'danger',
  rejected: 'danger',
} as const satisfies Record<TokenHealth, LozengeColour>;

type Props = {
  rows: readonly PersonTokenView[];
  site: ManagedSiteView;
  chosen: ReadonlySet<string>;
  isBusy: boolean;
  onChoose: (key: string, on: boolean) => void;
};

export function PeopleTable({ rows, ...rest }: Props) {
  const { t } = useText();
  return (
    <table className="table" role="table" aria-label={t('people.table')}>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <th key={column} role="columnheader">
              {column === 'choose' ? (
                <span className="visually-hidden">{t('people.column.choose')}</span>
              ) : (
                t(`people.column.${column}`)
              )}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <Row key={keyOf(row)} row={row} {...rest} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ row, site, chosen, isBusy, onChoose }: Omit<Props, 'rows'> & { row: PersonTokenView }) {
  const text = useText();
  const { t, ends, ago, longDate } = text;
  const { person, token, actedWithoutAt, blocked, left } = row;
  const integration = site.integrations.find(({ id }) => id === row.integrationId);
  const name = person.name ?? person.accountId;
  const where = integration?.name ?? row.integrationId;
  const key = keyOf(row);
  return (
    <tr role="row">
      <td role="cell">
        {token && (
          <Checkbox
            aria-label={t('people.choose', { person: name, integration: where })}
            isChecked={chosen.has(key)}
            isDisabled={isBusy}
            onChange={(event) => onChoose(key, event.currentTarget.checked)}
          />
        )}
      </td>
      <td role="cell">
        {name}
        <div className="small subtle">{where}</div>
        {left && (
          <div className="small warning">
            {t(`people.left.${left.why}`, { date: longDate(left.since) })}{' '}
            {left.eraseAt && t('people.left.erase', { date: longDate(left.eraseAt) })}
          </div>
        )}
      </td>
      <td role="cell">
        {token && (
          <>
            <NarrowLabel>{t('people.column.login')}</NarrowLabel> {token.login}
            {token.kind && <div className="small subtle">{t(`people.kind.${token.kind}`)}</div>}
          </>
        )}
      </td>
      <td role="cell">
        {token ? (
          <>
            <Lozenge colour={colours[token.health]}>{t(`people.state.${token.health}`)}</Lozenge>
            <div className="small subtle">
              {ends(token, integration?.serviceName ?? where)}
              {token.missingScopes.length > 0 &&
                ` · ${t('settings.lacks', { missing: token.missingScopes.join(', ') })}`}
            </div>
            {token.against && (
              <div className={isAgainstRule(token) ? 'small warning' : 'small subtle'}>{againstRule(token, text)}</div>
            )}
          </>
        ) : (
          <Lozenge colour="neutral">{t('people.noToken')}</Lozenge>
        )}
        {blocked && <div className="small subtle">{t('people.blocked')}</div>}
      </td>
      <td role="cell">
        {token && (token.lastUsedAt ? t('settings.lastUsed', { ago: ago(token.lastUsedAt) }) : t('settings.neverUsed'))}
        {actedWithoutAt && <div className="small subtle">{t('people.actedWithout', { ago: ago(actedWithoutAt) })}</div>}
      </td>
    </tr>
  );
}
