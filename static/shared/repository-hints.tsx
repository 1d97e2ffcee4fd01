import type { IntegrationView, RepositoryView } from '../../src/contract/views';
import { errorText } from './error-text';
import { openExternal } from './links';
import { useText } from './text';
import type { Source } from './use-pages';

type Props = {
  integrations: readonly IntegrationView[];
  sources: Readonly<Record<string, Source<RepositoryView>>>;
  retry: (integrationId: string) => void;
};

/** Why a list of repositories may be shorter than expected: an integration that failed, repositories behind single sign-on. */
export function repositoryHints({ integrations, sources, retry }: Props) {
  // One that is closed to the project is not missed there.
  const isMissed = ({ error, approveUrl }: Source<RepositoryView>) =>
    error ? error.code !== 'NOT_OPEN_TO_PROJECT' : approveUrl;
  const hints = integrations.filter(({ id }) => sources[id] && isMissed(sources[id]));
  return (
    hints.length > 0 && hints.map((integration) => <Hint key={integration.id} {...{ integration, sources, retry }} />)
  );
}

function Hint({ integration, sources, retry }: Omit<Props, 'integrations'> & { integration: IntegrationView }) {
  const text = useText();
  const { error, approveUrl } = sources[integration.id] ?? {};
  return (
    <div className="row">
      <span>
        {error
          ? text.t('field.repository.failed', {
              integration: integration.name,
              title: errorText(error, text, { integration }).title,
            })
          : text.t('field.repository.withheld')}
      </span>
      <button
        type="button"
        className="link-button"
        onClick={() => (error ? retry(integration.id) : approveUrl && void openExternal(approveUrl))}
      >
        {error ? text.t('action.try-again') : text.t('field.repository.approve', { service: integration.serviceName })}
      </button>
    </div>
  );
}
