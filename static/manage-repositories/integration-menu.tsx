import DropdownMenu, { DropdownItem, DropdownItemGroup } from '@atlaskit/dropdown-menu';
import { useEffect, useRef } from 'react';
import type { ManagedIntegrationView } from '../../src/contract/views';
import { useText } from '../shared/text';
import type { RowActions } from './integration-table';

type Props = RowActions & { integration: ManagedIntegrationView };

export function IntegrationMenu({ integration, onEdit, onSwitch, onDisconnect, backTo }: Props) {
  const { t } = useText();
  const place = useRef<HTMLDivElement>(null);
  const disabled = integration.status === 'disabled';
  useEffect(() => {
    if (backTo === integration.id) place.current?.querySelector('button')?.focus();
  }, [backTo, integration.id]);
  return (
    <div ref={place}>
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
    </div>
  );
}
