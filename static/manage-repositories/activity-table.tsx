import type { ActivityView, ManagedIntegrationView } from '../../src/contract/views';
import { Lozenge } from '../shared/lozenge';
import { useText } from '../shared/text';
import { changeLines } from './activity-changes';
import { doerOf, reasonOf } from './activity-words';
import { NarrowLabel } from './narrow-label';

const columns = ['at', 'person', 'action', 'actor', 'place', 'outcome'] as const;
const colours = { done: 'success', refused: 'warning', failed: 'danger' } as const;

type Props = { entries: readonly ActivityView[]; integrations: readonly ManagedIntegrationView[] };

export function ActivityTable({ entries, integrations }: Props) {
  const text = useText();
  const { t, locale, timeZone } = text;
  const moment = new Intl.DateTimeFormat(locale, {
    year: 'numeric', month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit', timeZoneName: 'short', timeZone,
  }); // prettier-ignore
  return (
    <table className="table" role="table" aria-label={t('activity.table')}>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <th key={column} role="columnheader">
              {t(`activity.column.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {entries.map((entry) => (
          <tr key={entry.id} role="row">
            <td role="cell">
              <time dateTime={entry.at}>{moment.format(new Date(entry.at))}</time>
            </td>
            <td role="cell">
              <Doer {...doerOf(entry, text, integrations)} />
            </td>
            <td role="cell">
              {t(`activity.${entry.action}`)}
              <div className="small subtle">{what(entry)}</div>
              {entry.reason !== undefined && (
                <div className="small subtle">{t('activity.because', { reason: entry.reason })}</div>
              )}
              {changeLines(entry, t).map((line) => (
                <div key={line} className="small subtle">
                  {line}
                </div>
              ))}
            </td>
            <td role="cell">
              {entry.login !== undefined && entry.actor !== undefined && (
                <>
                  <NarrowLabel>{t('activity.column.actor')}</NarrowLabel>{' '}
                  {entry.actor === 'integration' ? t('activity.as.integration', { login: entry.login }) : entry.login}
                </>
              )}
            </td>
            <td role="cell">
              {entry.repository ?? entry.integration?.name}
              {entry.repository !== undefined && <div className="small subtle">{entry.integration?.name}</div>}
            </td>
            <td role="cell">
              <Lozenge colour={colours[entry.outcome]}>{t(`activity.${entry.outcome}`)}</Lozenge>
              {entry.error !== undefined && <div className="small subtle">{reasonOf(entry, text, integrations)}</div>}
              {entry.said !== undefined && (
                <div className="small subtle" dir="auto">
                  {t('word.quoted', { text: entry.said })}
                </div>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Doer({ who, tokenOf }: ReturnType<typeof doerOf>) {
  const { t } = useText();
  return (
    <>
      {who}
      {tokenOf !== undefined && <div className="small subtle">{t('activity.tokenOf', { person: tokenOf })}</div>}
    </>
  );
}

/** The issue and the branches of an entry, as far as it has any. */
function what({ issueKey, branch, target }: ActivityView): string {
  const branches = target === undefined ? branch : `${branch} → ${target}`;
  return [branches, issueKey].filter((part) => part !== undefined).join(' · ');
}
