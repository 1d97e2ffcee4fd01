import Button from '@atlaskit/button/new';
import { useEffect, useRef, useState } from 'react';
import type { PageError } from '../../src/contract/errors';
import type { ActivityView, ManagedSiteView } from '../../src/contract/views';
import { call } from '../shared/call';
import { ErrorMessage } from '../shared/error-message';
import { useText } from '../shared/text';
import { activityRows, csvOf } from './activity-csv';
import type { FilterPayload } from './activity-filter';
import { download } from './download';

/** Everything the filter finds, as a file. Fetched piece by piece, and it can be stopped. */
export function ActivityExport({ site, payload }: { site: ManagedSiteView; payload: FilterPayload }) {
  const text = useText();
  const { t, plural } = text;
  const [count, setCount] = useState<number>();
  const [error, setError] = useState<PageError>();
  const run = useRef(0);
  useEffect(() => () => void run.current++, []);

  async function start() {
    const mine = ++run.current;
    const entries: ActivityView[] = [];
    setError(undefined);
    setCount(0);
    let cursor: string | undefined;
    do {
      const part = { ...payload, forExport: true, ...(cursor && { cursor }) };
      const answer = await call('manage-repositories', 'list-activity', part);
      if (mine !== run.current) return;
      if (!answer.ok) {
        setCount(undefined);
        return setError(answer.error);
      }
      entries.push(...answer.value.entries);
      setCount(entries.length);
      cursor = answer.value.next;
    } while (cursor !== undefined);
    setCount(undefined);
    download(
      `undersigned-activity-${new Date().toISOString().slice(0, 10)}.csv`,
      'text/csv',
      csvOf(activityRows(entries, text, site.integrations)),
    );
  }
  function stop() {
    run.current++;
    setCount(undefined);
  }
  return (
    <div className="row">
      {count === undefined ? (
        <Button onClick={() => void start()}>{t('activity.csv')}</Button>
      ) : (
        <Button onClick={stop}>{t('activity.csv.stop')}</Button>
      )}
      <span className="small subtle" role="status">
        {count !== undefined && plural('activity.csv.working', count)}
      </span>
      {error && <ErrorMessage error={error} onTryAgain={() => void start()} />}
    </div>
  );
}
