import Button from '@atlaskit/button/new';
import DropdownMenu, { DropdownItem, DropdownItemGroup } from '@atlaskit/dropdown-menu';
import ChevronDownIcon from '@atlaskit/icon/core/chevron-down';
import { type ComponentProps, useEffect, useRef } from 'react';
import type { ManagedIntegrationView } from '../../src/contract/views';
import { useText } from '../shared/text';
import type { RowActions } from './integration-table';

type Props = RowActions & { integration: ManagedIntegrationView };

export function IntegrationMenu({ integration, onEdit, onSwitch, onDisconnect, backTo }: Props) {
  const { t } = useText();
  const place = useRef<HTMLDivElement>(null);
  const label = t('admin.actions.for', { integration: integration.name });
  const disabled = integration.status === 'disabled';
  useEffect(() => {
    if (backTo === integration.id) place.current?.querySelector('button')?.focus();
  }, [backTo, integration.id]);
  return (
    <div ref={place}>
      <DropdownMenu<HTMLButtonElement>
        // Not drawn as selected: pointed at, such a button of Atlaskit's has too little contrast.
        trigger={({ triggerRef, isSelected: _selected, testId: _testId, ...trigger }) => (
          <Button {...trigger} ref={triggerRef} aria-label={label} iconAfter={Chevron}>
            {t('admin.actions')}
          </Button>
        )}
        label={label}
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

function Chevron(props: ComponentProps<typeof ChevronDownIcon>) {
  return <ChevronDownIcon {...props} size="small" />;
}
