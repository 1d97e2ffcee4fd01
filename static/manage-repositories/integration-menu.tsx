import DropdownMenu, { DropdownItem, DropdownItemGroup } from '@atlaskit/dropdown-menu';
import type { ManagedIntegrationView } from '../../src/contract/views';
import { useText } from '../shared/text';
import type { RowActions } from './integration-table';

type Props = RowActions & { integration: ManagedIntegrationView };

export function IntegrationMenu({ integration, onEdit, onSwitch, onDisconnect }: Props) {
  const { t } = useText();
  const disabled = integration.status === 'disabled';
  return (
    <DropdownMenu
      trigger={t('admin.actions')}
      label={t('admin.actions.for', { integration: integration.name })}
      shouldRenderToParent
    >
      <DropdownItemGroup>
        <DropdownItem onClick={() => onEdit(integration)}>{t('admin.actions.edit')}</DropdownItem>
        <DropdownItem onClick={() => onSwitch(integration, disabled)}>
          {t(disabled ? 'admin.actions.enable' : 'admin.actions.disable')}
        </DropdownItem>
        <DropdownItem onClick={() => onDisconnect(integration)}>{t('admin.actions.disconnect')}</DropdownItem>
      </DropdownItemGroup>
    </DropdownMenu>
  );
}
