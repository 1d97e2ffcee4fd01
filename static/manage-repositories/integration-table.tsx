import Button from '@atlaskit/button/new';
import { lazy } from 'react';
import type { ManagedIntegrationView } from '../../src/contract/views';
import { needsCredential } from './expiring';
import { LazyMenu } from '../shared/lazy-menu';
import { Lozenge, type LozengeColour } from '../shared/lozenge';
import { useText } from '../shared/text';
import { Chevron } from './chevron';
import { NarrowLabel } from './narrow-label';

const IntegrationMenu = lazy(async () => ({ default: (await import('./integration-menu')).IntegrationMenu }));

const colours = {
  connected: 'success',
  disabled: 'neutral',
  'credential-missing': 'danger',
  disconnecting: 'neutral',
} as const satisfies Record<ManagedIntegrationView['status'], LozengeColour>;

/** The actions for one integration. */
export type RowActions = {
  onEdit: (integration: ManagedIntegrationView) => void;
  onSwitch: (integration: ManagedIntegrationView, enabled: boolean) => void;
  onDisconnect: (integration: ManagedIntegrationView) => void;
  /** The one somebody comes back to from its settings: its menu takes the focus. */
  backTo?: string | undefined;
};

type Props = RowActions & { integrations: readonly ManagedIntegrationView[]; siteRequires: boolean };

const columns = ['integration', 'service', 'status', 'repositories', 'people', 'require', 'actions'] as const;

export function IntegrationTable({ integrations, ...rest }: Props) {
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
        {integrations.map((integration) => (
          <Row key={integration.id} integration={integration} {...rest} />
        ))}
      </tbody>
    </table>
  );
}

type RowProps = RowActions & { integration: ManagedIntegrationView; siteRequires: boolean };

function Row({ integration, siteRequires, ...actions }: RowProps) {
  const { t, ends } = useText();
  const { name, serviceName, version, host, status, owners, requireUserPat, projects } = integration;
  const { peopleWithTokens, morePeople } = integration;
  const requirement = siteRequires ? 'site' : requireUserPat ? 'on' : 'off';
  return (
    <tr role="row">
      <td role="cell">
        <strong>{name}</strong>
        <div className="small subtle">
          {projects === 'all' ? t('admin.projects.all') : t('admin.projects.some', { count: projects.length })}
        </div>
      </td>
      <td role="cell">
        {version === undefined ? serviceName : `${serviceName} ${version}`}
        <div className="small subtle">{host}</div>
      </td>
      <td role="cell">
        <Lozenge colour={colours[status]}>{t(`admin.status.${status}`)}</Lozenge>
        {needsCredential(integration) && <div className="small warning">{ends(integration.expiry, serviceName)}</div>}
      </td>
      <td role="cell">
        <NarrowLabel>{t('admin.column.repositories')}</NarrowLabel>{' '}
        {typeof owners === 'string'
          ? t('admin.repositories.all')
          : t('admin.repositories.of', { owners: owners.join(', ') })}
      </td>
      <td role="cell">
        <NarrowLabel>{t('admin.column.people')}</NarrowLabel>{' '}
        {morePeople ? t('admin.people.more', { count: peopleWithTokens }) : peopleWithTokens}
      </td>
      <td role="cell">
        <NarrowLabel>{t('admin.column.require')}</NarrowLabel> {t(`admin.require.${requirement}`)}
      </td>
      <td role="cell">{status !== 'disconnecting' && <Menu integration={integration} {...actions} />}</td>
    </tr>
  );
}

function Menu({ backTo, ...props }: RowActions & { integration: ManagedIntegrationView }) {
  const { t } = useText();
  const { id, name } = props.integration;
  const label = t('admin.actions.for', { integration: name });
  return (
    <LazyMenu
      closed={(open) => (
        <Button
          aria-label={label}
          aria-haspopup="true"
          aria-expanded={false}
          autoFocus={backTo === id}
          iconAfter={Chevron}
          onClick={open}
        >
          {t('admin.actions')}
        </Button>
      )}
    >
      <IntegrationMenu {...props} label={label} />
    </LazyMenu>
  );
}
