import Button from '@atlaskit/button/new';
import type { ManagedIntegrationView } from '../../src/contract/views';
import { ErrorMessage } from '../shared/error-message';
import { useText } from '../shared/text';
import { csvOf } from './activity-csv';
import { download } from './download';
import { Names } from './names';
import { peopleRows } from './people-csv';
import { useEveryPage } from './use-every-page';

type Props = { integrations: readonly Pick<ManagedIntegrationView, 'id' | 'name'>[] };

/** The people who acted without a token in the last 90 days, those of them who have one by now, and those who would be blocked. Counted piece by piece. */
export function Coverage({ integrations }: Props) {
  const text = useText();
  const { t } = text;
  const only = integrations.length === 1 ? integrations[0]?.id : undefined;
  const { found, isComplete, error, retry } = useEveryPage({
    state: 'affected',
    ...(only && { integrationId: only }),
  });
  const names = new Map(integrations.map(({ id, name }) => [id, name]));
  const affected = found.filter(({ integrationId }) => names.has(integrationId));
  const blocked = affected.filter((row) => row.blocked);
  if (error) return <ErrorMessage error={error} onTryAgain={retry} />;
  if (!isComplete)
    return (
      <p className="small subtle" role="status">
        {t('coverage.counting', { count: found.length })}
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
              : t('coverage', { count: without.length, integration, ready })}
          </p>
        );
      })}
      <Names rows={blocked} title={(count) => t('coverage.blocked', { count })} />
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
