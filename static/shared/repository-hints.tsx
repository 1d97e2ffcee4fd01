import type { IntegrationView, RepositoryView } from '../../src/contract/views';
import { AskedInVain } from './asked-in-vain';
import { openExternal } from './links';
import { useText } from './text';
import type { Source } from './use-pages';

type Props = {
  integrations: readonly IntegrationView[];
  sources: Readonly<Record<string, Source<RepositoryView>>>;
  retry: (integrationId: string) => void;
};

/** Why a list of repositories may be shorter than expected: an integration that failed, repositories that are withheld. */
export function repositoryHints({ integrations, ...rest }: Props) {
  // One that is closed to the project is not missed there.
  const isMissed = ({ error, approveUrl, withheld }: Source<RepositoryView>) =>
    error ? error.code !== 'NOT_OPEN_TO_PROJECT' : (approveUrl ?? withheld);
  const hints = integrations.filter(({ id }) => rest.sources[id] && isMissed(rest.sources[id]));
  return (
    hints.length > 0 && hints.map((integration) => <Hint key={integration.id} integration={integration} {...rest} />)
  );
}

function Hint({ integration, sources, retry }: Omit<Props, 'integrations'> & { integration: IntegrationView }) {
  const { t } = useText();
  const { error, approveUrl, withheld } = sources[integration.id] ?? {};
  const more = { integration, onTryAgain: () => retry(integration.id) };
  if (error) return <AskedInVain sentence="field.repository.failed" error={error} {...more} />;
  return (
    <>
      {approveUrl && (
        <div className="row">
          <span>{t('field.repository.withheld')}</span>
          <button type="button" className="link-button" onClick={() => void openExternal(approveUrl)}>
            {t('field.repository.approve', { service: integration.serviceName })}
          </button>
        </div>
      )}
      {withheld && <AskedInVain sentence="field.repository.partly" error={withheld} {...more} />}
    </>
  );
}
