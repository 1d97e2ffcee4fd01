import Button from '@atlaskit/button/new';
import HelpIcon from '@atlaskit/icon/core/question-circle';
import WarningIcon from '@atlaskit/icon/core/status-warning';
import { lazy, Suspense, useState } from 'react';
import type { IntegrationView } from '../../src/contract/views';
import { againstRule, isAgainstRule } from '../shared/against-rule';
import { ExternalLink } from '../shared/external-link';
import { useText } from '../shared/text';

const TokenHelp = lazy(async () => ({ default: (await import('../shared/token-help')).TokenHelp }));

type Props = { integrations: readonly IntegrationView[]; onEdit: (integration: IntegrationView) => void };

export function TokenTable({ integrations, onEdit }: Props) {
  const { t } = useText();
  return (
    <table className="table" role="table" aria-label={t('settings.table')}>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader">{t('settings.column.integration')}</th>
          <th role="columnheader">{t('settings.column.token')}</th>
          <th role="columnheader">{t('settings.column.actions')}</th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {integrations.map((integration) => (
          <Row key={integration.id} integration={integration} onEdit={onEdit} />
        ))}
      </tbody>
    </table>
  );
}

function Row({
  integration,
  onEdit,
}: {
  integration: IntegrationView;
  onEdit: (integration: IntegrationView) => void;
}) {
  const { t, words } = useText();
  const [helpOpen, setHelpOpen] = useState(false);
  const { name, serviceName: service, host, capabilities, attribution, disabled, newTokenUrl, provider } = integration;
  const named = words(provider);
  const help = t('settings.help', { integration: name, ...named });
  const edit = attribution.token ? 'settings.edit' : 'settings.setUp';
  return (
    <>
      <tr role="row">
        <td role="cell">
          <strong>{name}</strong>
          <div className="small subtle">{t('token.where', { service, host })}</div>
        </td>
        <td role="cell">
          {disabled && (
            <div className="icon-text warning">
              <WarningIcon label="" />
              <span>{t('settings.disabled')}</span>
            </div>
          )}
          {(!disabled || attribution.token) && <TokenState integration={integration} />}
        </td>
        <td role="cell" className="actions-cell">
          {capabilities.userTokens && (!disabled || attribution.token) ? (
            <div className="row">
              <Button
                spacing="compact"
                aria-label={t(`${edit}.for`, { integration: name, ...named })}
                onClick={() => onEdit(integration)}
              >
                {t(edit, named)}
              </Button>
              <span className="together">
                <ExternalLink
                  href={newTokenUrl}
                  label={t('settings.new.for', { integration: name, service, ...named })}
                  withIcon
                >
                  {t('settings.new', named)}
                </ExternalLink>
                <button
                  type="button"
                  className="icon-button"
                  aria-label={help}
                  title={help}
                  aria-expanded={helpOpen}
                  onClick={() => setHelpOpen(!helpOpen)}
                >
                  <HelpIcon label="" />
                </button>
              </span>
            </div>
          ) : (
            '—'
          )}
        </td>
      </tr>
      {helpOpen && (
        <tr role="row">
          <td role="cell" colSpan={3}>
            <Suspense fallback={<div className="skeleton table-skeleton" />}>
              <TokenHelp integration={integration} />
            </Suspense>
          </td>
        </tr>
      )}
    </>
  );
}

/** Ten stars whatever the token is: neither it nor its length is known here. */
function TokenState({ integration: { capabilities, attribution, serviceName } }: { integration: IntegrationView }) {
  const text = useText();
  const { t, ends, ago, longDate } = text;
  const { token, required, removed } = attribution;
  if (!capabilities.userTokens) return <span className="subtle">{t('settings.unsupported')}</span>;
  if (!token && removed) {
    return (
      <span className="icon-text warning">
        <WarningIcon label="" />
        <span>{t('token.removedByAdmin', { date: longDate(removed.at), reason: removed.reason })}</span>
      </span>
    );
  }
  if (!token) {
    return required ? (
      <span className="icon-text warning">
        <WarningIcon label="" />
        <span>{t('settings.required')}</span>
      </span>
    ) : (
      <span className="subtle">{t('settings.optional')}</span>
    );
  }
  const warns =
    token.health !== 'good' || token.missingScopes.length > 0 || isAgainstRule(token) || token.renewalUnfinished;
  return (
    <>
      <span className="visually-hidden">{t('settings.stars')}</span>
      <span aria-hidden="true">**********</span> <strong>{token.login}</strong>
      <div>
        <span className={warns ? 'icon-text small warning' : 'small subtle'}>
          {warns && <WarningIcon label="" size="small" />}
          <span>
            {ends(token, serviceName)} ·{' '}
            {token.lastUsedAt ? t('settings.lastUsed', { ago: ago(token.lastUsedAt) }) : t('settings.neverUsed')}
            {token.missingScopes.length > 0 && ` · ${t('settings.lacks', { missing: token.missingScopes.join(', ') })}`}
            {token.against && ` · ${againstRule(token, text)}`}
            {token.renewalUnfinished && ` · ${t('token.renewalUnfinished')}`}
          </span>
        </span>
      </div>
    </>
  );
}
