import RefreshIcon from '@atlaskit/icon/core/refresh';
import type { ReactNode } from 'react';
import { call } from '../shared/call';
import { ErrorMessage } from '../shared/error-message';
import { NoIntegration } from '../shared/no-integration';
import { useText } from '../shared/text';
import { useLoad } from '../shared/use-load';
import { PanelContent } from './panel-content';

/** *Branches and pull requests* on an issue. The frame is there at once; stored cards come next, services after that. */
export function Panel({ issueKey, accountId }: { issueKey: string; accountId: string }) {
  const { loaded, reload } = useLoad(() => call('issue', 'load-issue', { issueKey }));
  const issue = loaded.value;
  if (loaded.state === 'failed' && (!issue || loaded.error.code === 'NO_JIRA_PERMISSION')) {
    return (
      <Frame>
        <ErrorMessage error={loaded.error} around={{ params: { issue: issueKey } }} onTryAgain={() => void reload()} />
      </Frame>
    );
  }
  if (!issue) {
    return (
      <Frame>
        <Skeleton />
      </Frame>
    );
  }
  if (issue.integrations.length === 0) {
    return (
      <Frame>
        <NoIntegration isAdmin={issue.isAdmin} />
      </Frame>
    );
  }
  return (
    <Frame onRefresh={() => void reload()}>
      {loaded.state === 'failed' && <ErrorMessage error={loaded.error} onTryAgain={() => void reload()} />}
      <PanelContent
        issue={issue}
        accountId={accountId}
        error={loaded.state === 'failed' ? loaded.error : undefined}
        onReload={() => void reload()}
      />
    </Frame>
  );
}

function Frame({ onRefresh, children }: { onRefresh?: () => void; children: ReactNode }) {
  const { t } = useText();
  return (
    <section className="panel" aria-labelledby="panel-heading">
      {/* Jira writes it above the panel already. */}
      <h2 id="panel-heading" className="visually-hidden">
        {t('panel.heading')}
      </h2>
      {onRefresh && (
        <button
          type="button"
          className="icon-button panel-refresh"
          aria-label={t('panel.refresh')}
          title={t('panel.refresh')}
          onClick={onRefresh}
        >
          <RefreshIcon label="" />
        </button>
      )}
      {children}
    </section>
  );
}

function Skeleton() {
  const { t } = useText();
  return (
    <div className="stack" role="status" aria-label={t('list.loading')}>
      <div className="row panel-buttons">
        <div className="skeleton panel-button-skeleton" />
        <div className="skeleton panel-button-skeleton" />
      </div>
      <div className="skeleton card-skeleton" />
    </div>
  );
}
