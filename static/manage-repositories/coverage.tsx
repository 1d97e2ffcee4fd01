import Button from '@atlaskit/button/new';
import { useEffect, useState } from 'react';
import type { PageError } from '../../src/contract/errors';
import type { ManagedIntegrationView, PersonTokenView } from '../../src/contract/views';
import { call } from '../shared/call';
import { ErrorMessage } from '../shared/error-message';
import { useText } from '../shared/text';
import { csvOf } from './activity-csv';
import { download } from './download';
import { peopleRows } from './people-csv';

type Props = { integrations: readonly Pick<ManagedIntegrationView, 'id' | 'name'>[] };

/** Names that are shown; the CSV has all of them. */
const NAMED = 10;

/** Who acted without a token in the last 90 days, who of them has one by now, and who would be blocked. Counted piece by piece. */
export function Coverage({ integrations }: Props) {
  const text = useText();
  const { t, plural } = text;
  const only = integrations.length === 1 ? integrations[0]?.id : undefined;
  const { found, isComplete, error, retry } = useAffected(only);
  const names = new Map(integrations.map(({ id, name }) => [id, name]));
  const affected = found.filter(({ integrationId }) => names.has(integrationId));
  const blocked = [...new Set(affected.flatMap((row) => (row.blocked ? [nameOf(row)] : [])))];
  if (error) return <ErrorMessage error={error} onTryAgain={retry} />;
  if (!isComplete)
    return (
      <p className="small subtle" role="status">
        {plural('coverage.counting', found.length)}
      </p>
    );
  return (
    <>
      {integrations.map(({ id, name: integration }) => {
        const here = affected.filter(({ integrationId }) => integrationId === id);
        const without = here.filter(({ actedWithoutAt }) => actedWithoutAt !== undefined);
        const ready = without.filter((row) => !row.blocked).length;
        return (
          <p key={id}>
            {without.length === 0
              ? t('coverage.none', { integration })
              : plural('coverage', without.length, { integration, ready })}
          </p>
        );
      })}
      {blocked.length > 0 && (
        <p>
          {plural('coverage.blocked', blocked.length)} {blocked.slice(0, NAMED).join(', ')}
          {blocked.length > NAMED && ` ${plural('coverage.more', blocked.length - NAMED)}`}
        </p>
      )}
      {affected.length > 0 && (
        <div className="row">
          <Button
            spacing="compact"
            onClick={() => {
              const rows = peopleRows(affected, { integrations }, text);
              const day = new Date().toISOString().slice(0, 10);
              download(`undersigned-coverage-${day}.csv`, 'text/csv', csvOf(rows));
            }}
          >
            {t('coverage.csv')}
          </Button>
        </div>
      )}
    </>
  );
}

function nameOf({ person }: PersonTokenView): string {
  return person.name ?? person.accountId;
}

/** Everybody whom requiring tokens affects, at one integration or all, in as many calls as it takes. */
function useAffected(integrationId: string | undefined) {
  const [found, setFound] = useState<readonly PersonTokenView[]>([]);
  const [isComplete, setComplete] = useState(false);
  const [error, setError] = useState<PageError>();
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let isOver = false;
    async function count() {
      let cursor: string | undefined;
      do {
        const answer = await call('manage-repositories', 'list-tokens', {
          ...{ state: 'affected', forExport: true },
          ...(integrationId && { integrationId }),
          ...(cursor && { cursor }),
        });
        if (isOver) return;
        if (!answer.ok) return setError(answer.error);
        const { items, next } = answer.value;
        setFound((before) => [...before, ...items]);
        cursor = next;
      } while (cursor !== undefined);
      setComplete(true);
    }
    setFound([]);
    setComplete(false);
    setError(undefined);
    void count();
    return () => void (isOver = true);
  }, [integrationId, attempt]);
  return { found, isComplete, error, retry: () => setAttempt(attempt + 1) };
}
