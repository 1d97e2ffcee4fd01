import Button from '@atlaskit/button/new';
import { useEffect, useRef, useState } from 'react';
import type { PageError } from '../../src/contract/errors';
import type { Page, Result } from '../../src/contract/views';
import { ErrorMessage } from '../shared/error-message';
import { useText } from '../shared/text';
import { csvOf } from './activity-csv';
import { download } from './download';

type Props<Item> = {
  /** The name of the file, before the day. */
  name: string;
  ask: (cursor: string | undefined) => Promise<Result<Page<Item>, PageError>>;
  rows: (items: readonly Item[]) => string[][];
};

/** Everything there is, as a file. Fetched piece by piece, and it can be stopped. */
export function CsvExport<Item>({ name, ask, rows }: Props<Item>) {
  const { t } = useText();
  const [count, setCount] = useState<number>();
  const [error, setError] = useState<PageError>();
  const run = useRef(0);
  useEffect(() => () => void run.current++, []);

  async function start() {
    const mine = ++run.current;
    const items: Item[] = [];
    setError(undefined);
    setCount(0);
    let cursor: string | undefined;
    do {
      const answer = await ask(cursor);
      if (mine !== run.current) return;
      if (!answer.ok) {
        setCount(undefined);
        return setError(answer.error);
      }
      items.push(...answer.value.items);
      setCount(items.length);
      cursor = answer.value.next;
    } while (cursor !== undefined);
    setCount(undefined);
    download(`${name}-${new Date().toISOString().slice(0, 10)}.csv`, 'text/csv', csvOf(rows(items)));
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
        {count !== undefined && t('activity.csv.working', { count })}
      </span>
      {error && <ErrorMessage error={error} onTryAgain={() => void start()} />}
    </div>
  );
}
