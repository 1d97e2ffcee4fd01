import Button from '@atlaskit/button/new';
import { useEffect, useRef, useState } from 'react';
import type { PageError } from '../../src/contract/errors';
import type { ListView, Result } from '../../src/contract/views';
import { ErrorMessage } from '../shared/error-message';
import { useText } from '../shared/text';
import { csvOf } from './activity-csv';
import { download } from './download';
import { askEveryPart } from './every-part';

type Props<Item> = {
  /** The name of the file, before the day. */
  name: string;
  ask: (cursor: string | undefined) => Promise<Result<ListView<Item>, PageError>>;
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
    const isOver = () => mine !== run.current;
    const take = (part: readonly Item[]) => {
      items.push(...part);
      setCount(items.length);
    };
    const failed = await askEveryPart(ask, take, isOver);
    if (isOver()) return;
    setCount(undefined);
    if (failed) return setError(failed);
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
