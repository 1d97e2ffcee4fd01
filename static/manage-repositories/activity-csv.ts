import type { ActivityView, ManagedIntegrationView } from '../../src/contract/views';
import type { Text } from '../shared/text';
import { changeLines } from './activity-changes';
import { doerOf, reasonOf } from './activity-words';

const columns = [
  'at',
  'localTime',
  'person',
  'tokenOf',
  'accountId',
  'action',
  'outcome',
  'reason',
  'code',
  'said',
  'integration',
  'actor',
  'login',
  'issue',
  'repository',
  'branch',
  'target',
  'source',
  'commit',
  'changes',
  'because',
] as const;

/** Entries as a table for a spreadsheet: one line of names, then one an entry. */
export function activityRows(
  entries: readonly ActivityView[],
  text: Text,
  integrations: readonly ManagedIntegrationView[],
): string[][] {
  const { t, timeZone } = text;
  // As a spreadsheet sorts it: 2027-01-31 09:05:00.
  const local = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium', timeZone });
  return [
    columns.map((column) => t(`activity.csv.${column}`, { zone: timeZone })),
    ...entries.map((entry) => [
      entry.at,
      local.format(new Date(entry.at)),
      doerOf(entry, text, integrations).who,
      doerOf(entry, text, integrations).tokenOf ?? '',
      entry.person?.accountId ?? '',
      t(`activity.${entry.action}`),
      t(`activity.${entry.outcome}`),
      reasonOf(entry, text, integrations) ?? '',
      entry.error ?? '',
      entry.said ?? '',
      entry.integration?.name ?? '',
      entry.actor ? t(`activity.csv.actor.${entry.actor}`) : '',
      entry.login ?? '',
      entry.issueKey ?? '',
      entry.repository ?? '',
      entry.branch ?? '',
      entry.target ?? '',
      entry.source ?? '',
      entry.commit ?? '',
      changeLines(entry, t).join('; '),
      entry.reason ?? '',
    ]),
  ];
}

/**
 * A table as comma-separated values (RFC 4180), with the mark spreadsheets know UTF-8 by. A text that a spreadsheet would take for a
 * formula gets an apostrophe in front (OWASP, "CSV Injection"): a branch may be called `=cmd|…`, or `x;=cmd|…`, which German Excel
 * cuts at the semicolon. No cell holds a tab or a line break.
 */
export function csvOf(rows: readonly (readonly string[])[]): string {
  return `\ufeff${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

function cell(text: string): string {
  const harmless = text.replace(/[\t\r\n]+/g, ' ').replace(/(^|[,;])(?=[\s"']*[=+\-@|%＝＋－＠])/gu, "$1'");
  return `"${harmless.replaceAll('"', '""')}"`;
}
