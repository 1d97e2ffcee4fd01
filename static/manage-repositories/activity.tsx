import Button from '@atlaskit/button/new';
import { lazy, Suspense, useState } from 'react';
import type { ActivityView, ManagedSiteView } from '../../src/contract/views';
import { call } from '../shared/call';
import { ErrorMessage } from '../shared/error-message';
import { useText } from '../shared/text';
import { usePages } from '../shared/use-pages';
import { ActivityExport } from './activity-export';
import { noFilter, payloadOf, type Filter } from './activity-filter';
import { Empty } from './empty';
import { ActivityTable } from './activity-table';

const ActivityFilters = lazy(async () => ({ default: (await import('./activity-filters')).ActivityFilters }));

/** The activity: person, act, actor, place and outcome; newest first. */
export function Activity({ site }: { site: ManagedSiteView }) {
  const { t, timeZone } = useText();
  const [filter, setFilter] = useState<Filter>(noFilter);
  const payload = payloadOf(filter, timeZone);
  const { sources, loadMore, retry } = usePages<ActivityView>(
    ['activity'],
    JSON.stringify(payload),
    async (_, cursor) => {
      const answer = await call('manage-repositories', 'list-activity', { ...payload, ...(cursor && { cursor }) });
      if (!answer.ok) return answer;
      const { entries: items, next } = answer.value;
      return { ok: true, value: { items, ...(next !== undefined && { next }) } };
    },
  );
  const { items = [], next, loading = true, error } = sources['activity'] ?? {};
  const filtered = Object.keys(payload).length > 0;
  return (
    <div className="stack">
      <div className="row-between">
        <p className="subtle grow">{t('activity.text')}</p>
        <ActivityExport site={site} payload={payload} />
      </div>
      <Suspense fallback={<div className="skeleton filters-skeleton" />}>
        <ActivityFilters site={site} value={filter} onChange={setFilter} />
      </Suspense>
      {error && <ErrorMessage error={error} onTryAgain={() => retry('activity')} />}
      {items.length > 0 && <ActivityTable entries={items} integrations={site.integrations} />}
      {items.length === 0 && loading && (
        <div className="skeleton table-skeleton" role="status" aria-label={t('activity.loading')} />
      )}
      {items.length === 0 && !loading && !error && <Nothing filtered={filtered} hasMore={next !== undefined} />}
      <div className="row">
        {next !== undefined && (
          <Button isLoading={loading} onClick={loadMore}>
            {t('activity.more')}
          </Button>
        )}
        <span className="small subtle" role="status">
          {items.length > 0 && (loading ? t('activity.loading') : next === undefined && t('activity.end'))}
        </span>
      </div>
    </div>
  );
}

function Nothing({ filtered, hasMore }: { filtered: boolean; hasMore: boolean }) {
  const { t } = useText();
  if (filtered) return <p role="status">{t(hasMore ? 'activity.noMatchYet' : 'activity.noMatch')}</p>;
  return <Empty title={t('activity.none')}>{t('activity.none.text')}</Empty>;
}
