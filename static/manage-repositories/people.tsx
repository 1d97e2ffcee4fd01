import Button from '@atlaskit/button/new';
import { lazy, Suspense, useRef, useState } from 'react';
import type { ManagedSiteView, PersonTokenView } from '../../src/contract/views';
import { call } from '../shared/call';
import { ErrorMessage } from '../shared/error-message';
import { useText } from '../shared/text';
import { useDebounced } from '../shared/use-debounced';
import { usePages } from '../shared/use-pages';
import { CsvExport } from './csv-export';
import { Empty } from './empty';
import { peopleRows } from './people-csv';
import { keyOf, noPeopleFilter, payloadOf, type PeopleFilter } from './people-filter';
import { PeopleTable } from './people-table';
import { RemoveTokens } from './remove-tokens';

const PeopleFilters = lazy(async () => ({ default: (await import('./people-filters')).PeopleFilters }));

/** The people with tokens, the health of each token, and the people who acted without one. */
export function People({ site }: { site: ManagedSiteView }) {
  const { t } = useText();
  const [filter, setFilter] = useState<PeopleFilter>(noPeopleFilter);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const [removing, setRemoving] = useState<readonly PersonTokenView[]>();
  const place = useRef<HTMLDivElement>(null);
  // The request is sent once typing has paused.
  const search = useDebounced(filter.search, 300);
  const payload = payloadOf({ ...filter, search });
  const asked = JSON.stringify(payload);
  const ask = (cursor: string | undefined, forExport = false) =>
    call('manage-repositories', 'list-tokens', { ...payload, forExport, ...(cursor && { cursor }) });
  const { sources, loadMore, retry } = usePages<PersonTokenView>(['people'], asked, (_, cursor) => ask(cursor));
  const { items: found = [], next, loading = true, error } = sources['people'] ?? {};
  const items = found.flatMap((row) => (gone.has(keyOf(row)) ? withoutToken(row) : [row]));
  const selected = items.filter((row) => row.token && chosen.has(keyOf(row)));
  const all = items.filter(({ token }) => token);
  const isFiltered = asked !== JSON.stringify(payloadOf(noPeopleFilter));

  return (
    <div className="stack" ref={place} tabIndex={-1} role="group" aria-label={t('people.table')}>
      <div className="row-between">
        <p className="subtle grow">{t('people.text')}</p>
        <CsvExport<PersonTokenView>
          name="undersigned-people-and-tokens"
          ask={(cursor) => ask(cursor, true)}
          rows={(rows) => peopleRows(rows, site, { t })}
        />
      </div>
      <Suspense fallback={<div className="skeleton filters-skeleton" />}>
        <PeopleFilters site={site} value={filter} onChange={setFilter} />
      </Suspense>
      {error && <ErrorMessage error={error} onTryAgain={() => retry('people')} />}
      {removing ? (
        <RemoveTokens
          rows={removing}
          onRemoved={(rows) => setGone((before) => new Set([...before, ...rows.map(keyOf)]))}
          onDone={() => {
            setRemoving(undefined);
            setChosen(new Set());
            // The buttons are gone, so the focus stays where they were.
            place.current?.focus({ preventScroll: true });
          }}
        />
      ) : (
        all.length > 0 && (
          <div className="row">
            <Button
              onClick={() => setChosen(new Set(selected.length === all.length ? [] : all.map(keyOf)))}
              appearance="subtle"
            >
              {t(selected.length === all.length ? 'people.choose.none' : 'people.choose.all')}
            </Button>
            <Button isDisabled={selected.length === 0} onClick={() => setRemoving(byIntegration(selected))}>
              {t('people.remove', { count: selected.length })}
            </Button>
          </div>
        )
      )}
      {items.length > 0 && (
        <PeopleTable
          rows={items}
          site={site}
          chosen={chosen}
          isBusy={removing !== undefined}
          onChoose={(key, on) =>
            setChosen((before) => new Set(on ? [...before, key] : [...before].filter((other) => other !== key)))
          }
        />
      )}
      {items.length === 0 && loading && (
        <div className="skeleton table-skeleton" role="status" aria-label={t('people.loading')} />
      )}
      {items.length === 0 && !loading && !error && next === undefined && <Nothing filtered={isFiltered} />}
      <div className="row">
        {next !== undefined && (
          <Button isLoading={loading} onClick={loadMore}>
            {t('activity.more')}
          </Button>
        )}
        <span className="small subtle" role="status">
          {items.length > 0 && (loading ? t('people.loading') : next === undefined && t('activity.end'))}
        </span>
      </div>
    </div>
  );
}

/** One call removes tokens of one integration. */
function byIntegration(rows: readonly PersonTokenView[]): PersonTokenView[] {
  return [...Map.groupBy(rows, ({ integrationId }) => integrationId).values()].flat();
}

/** The rest of a row once its token was removed: that somebody acted without one, if they did. */
function withoutToken({ token: _, ...row }: PersonTokenView): PersonTokenView[] {
  return row.actedWithoutAt === undefined ? [] : [{ ...row, blocked: true }];
}

function Nothing({ filtered }: { filtered: boolean }) {
  const { t } = useText();
  if (filtered) return <p role="status">{t('people.noMatch')}</p>;
  return <Empty title={t('people.none')}>{t('people.none.text')}</Empty>;
}
