import Button from '@atlaskit/button/new';
import DropdownMenu, { DropdownItem, DropdownItemGroup } from '@atlaskit/dropdown-menu';
import { useState } from 'react';
import type { ManagedIntegrationView } from '../../src/contract/views';
import { MenuInSight } from '../shared/menu-in-sight';
import { useText } from '../shared/text';
import { Chevron } from './chevron';
import type { RowActions } from './integration-table';

type Props = Omit<RowActions, 'backTo'> & { integration: ManagedIntegrationView; label: string };

/** The actions for an integration. It appears open, because it was pressed before it was loaded. */
export function IntegrationMenu({ integration, label, onEdit, onSwitch, onDisconnect }: Props) {
  const { t } = useText();
  const [isOpen, setOpen] = useState(true);
  const disabled = integration.status === 'disabled';
  return (
    <DropdownMenu<HTMLButtonElement>
      isOpen={isOpen}
      autoFocus
      onOpenChange={(change) => setOpen(change.isOpen)}
      // Not drawn as selected: pointed at, such a button of Atlaskit's has too little contrast.
      trigger={({ triggerRef, isSelected: _selected, testId: _testId, ...trigger }) => (
        <Button {...trigger} ref={triggerRef} aria-label={label} iconAfter={Chevron}>
          {t('admin.actions')}
        </Button>
      )}
      label={label}
      placement="bottom-end"
      shouldRenderToParent
      // Fixed, it could not be scrolled to: the frame is as high as what is in it.
      strategy="absolute"
    >
      <MenuInSight />
      <DropdownItemGroup>
        <DropdownItem onClick={() => onEdit(integration)}>{t('admin.actions.edit')}</DropdownItem>
        <DropdownItem onClick={() => onSwitch(integration, disabled)}>
          {t(disabled ? 'admin.actions.enable' : 'admin.actions.disable')}
        </DropdownItem>
      </DropdownItemGroup>
      <DropdownItemGroup hasSeparator>
        <DropdownItem onClick={() => onDisconnect(integration)}>{t('admin.actions.disconnect')}</DropdownItem>
      </DropdownItemGroup>
    </DropdownMenu>
  );
}
