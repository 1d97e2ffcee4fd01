import type { ActivityView, ManagedSiteView } from '../../src/contract/views';
import { call } from '../shared/call';
import { useText } from '../shared/text';
import { activityRows } from './activity-csv';
import type { FilterPayload } from './activity-filter';
import { CsvExport } from './csv-export';

/** Everything the filter finds, as a file. */
export function ActivityExport({ site, payload }: { site: ManagedSiteView; payload: FilterPayload }) {
  const text = useText();
  return (
    <CsvExport<ActivityView>
      name="undersigned-activity"
      ask={async (cursor) => {
        const part = { ...payload, forExport: true, ...(cursor && { cursor }) };
        const answer = await call('manage-repositories', 'list-activity', part);
        if (!answer.ok) return answer;
        const { entries: items, ...rest } = answer.value;
        return { ok: true, value: { items, ...rest } };
      }}
      rows={(entries) => activityRows(entries, text, site.integrations)}
    />
  );
}
