import type { ActivityView } from '../../src/contract/views';
import type { Translate } from '../shared/translate';
import { changeLines } from './activity-changes';

const columns = [
  'at',
  'person',
  'accountId',
  'action',
  'outcome',
  'error',
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
] as const;

/** Entries as a table for a spreadsheet: one line of names, then one an entry. */
export function activityRows(entries: readonly ActivityView[], t: Translate): string[][] {
  return [
    columns.map((column) => t(`activity.csv.${column}`)),
    ...entries.map((entry) => [
      entry.at,
      entry.person ? (entry.person.name ?? '') : t('activity.closed'),
      entry.person?.accountId ?? '',
      t(`activity.${entry.action}`),
      t(`activity.${entry.outcome}`),
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
    ]),
  ];
}

/**
 * A table as comma-separated values (RFC 4180), with the mark spreadsheets know UTF-8 by. Text that a spreadsheet would take for a
 * formula gets an apostrophe in front (OWASP, "CSV Injection"): a branch may be called `=cmd|…`.
 */
export function csvOf(rows: readonly (readonly string[])[]): string {
  return `\ufeff${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

function cell(text: string): string {
  const harmless = /^\s*[=+\-@|%\t\r\n＝＋－＠]/u.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}
