import Lozenge from '@atlaskit/lozenge';
import { lazy, Suspense } from 'react';
import type { ManagedIntegrationView, ManagedSiteView } from '../../src/contract/views';
import { useText } from '../shared/text';

const IntegrationMenu = lazy(async () => ({ default: (await import('./integration-menu')).IntegrationMenu }));

const appearance = { connected: 'success', 'credential-missing': 'removed', disconnecting: 'default' } as const;

type Props = {
  site: ManagedSiteView;
  onEdit: (integration: ManagedIntegrationView) => void;
  onDisconnect: (integration: ManagedIntegrationView) => void;
};

const columns = ['integration', 'service', 'status', 'people', 'require', 'actions'] as const;

export function IntegrationTable({ site, onEdit, onDisconnect }: Props) {
  const { t } = useText();
  return (
    <table className="table" role="table" aria-label={t('admin.table')}>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <th key={column} role="columnheader">
              {t(`admin.column.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {site.integrations.map((integration) => (
          <Row
            key={integration.id}
            integration={integration}
            siteRequires={site.settings.requireUserPat}
            onEdit={() => onEdit(integration)}
            onDisconnect={() => onDisconnect(integration)}
          />
        ))}
      </tbody>
    </table>
  );
}

type RowProps = {
  integration: ManagedIntegrationView;
  siteRequires: boolean;
  onEdit: () => void;
  onDisconnect: () => void;
};

function Row({ integration, siteRequires, onEdit, onDisconnect }: RowProps) {
  const { t, plural } = useText();
  const { name, serviceName, host, status, peopleWithTokens, morePeople, requireUserPat, projects } = integration;
  const requirement = siteRequires ? 'site' : requireUserPat ? 'on' : 'off';
  return (
    <tr role="row">
      <td role="cell">
        <strong>{name}</strong>
        <div className="small subtle">
          {projects === 'all' ? t('admin.projects.all') : plural('admin.projects.some', projects.length)}
        </div>
      </td>
      <td role="cell">{t('token.where', { service: serviceName, host })}</td>
      <td role="cell">
        <Lozenge appearance={appearance[status]}>{t(`admin.status.${status}`)}</Lozenge>
      </td>
      <td role="cell">
        <Narrow label={t('admin.column.people')} />{' '}
        {morePeople ? t('admin.people.more', { count: peopleWithTokens }) : peopleWithTokens}
      </td>
      <td role="cell">
        <Narrow label={t('admin.column.require')} /> {t(`admin.require.${requirement}`)}
      </td>
      <td role="cell">
        {status !== 'disconnecting' && (
          <Suspense fallback={<div className="skeleton menu-skeleton" />}>
            <IntegrationMenu name={name} onEdit={onEdit} onDisconnect={onDisconnect} />
          </Suspense>
        )}
      </td>
    </tr>
  );
}

/** The column's name again, for the narrow form of the table where the head is not shown. */
function Narrow({ label }: { label: string }) {
  return (
    <span className="narrow-label small subtle" aria-hidden="true">
      {label}
    </span>
  );
}
