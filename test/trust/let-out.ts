import en from '../../locales/en-US.json';
import { activityRows, csvOf } from '../../static/manage-repositories/activity-csv';
import { peopleRows } from '../../static/manage-repositories/people-csv';
import { createText } from '../../static/shared/text';
import { leaks } from '../../rig/canary';
import type { Stage } from '../../rig/stage';

const text = createText(en, { locale: 'en-US', timeZone: 'UTC' });

/**
 * The places where the app let a secret out: in its answers, in the log before redaction, in plain storage, in its requests,
 * in messages of Jira, or in tables for admins.
 */
export async function letOut({ app, sites }: Stage, answers: readonly unknown[], secrets: readonly string[]) {
  const places: Record<string, unknown> = { ...app.written() };
  places['answers'] = answers;
  places['storage'] = sites.map(({ id }) => [app.entries.secretKeys(id), app.entries.list(id, '', undefined, 100_000)]);
  places['messages'] = sites.map(({ id }) => app.jira.notifications(id));
  const tables: string[] = [];
  for (const { id } of sites) {
    const asked = { site: id, as: 'ada', module: 'manage-repositories', call: 'list-activity' };
    const { value } = await app.invoke({ ...asked, payload: { forExport: true } });
    const people = await app.invoke({ ...asked, call: 'list-tokens', payload: { forExport: true } });
    tables.push(csvOf(activityRows(value.entries, text, [])));
    tables.push(csvOf(peopleRows(people.value.items, { integrations: [] }, text)));
  }
  places['tables'] = tables;
  return Object.entries(places)
    .filter(([, what]) => leaks(JSON.stringify(what), secrets).length > 0)
    .map(([place]) => place)
    .sort();
}
