import DropdownMenu, { DropdownItem, DropdownItemGroup } from '@atlaskit/dropdown-menu';
import { useText } from '../shared/text';

type Props = { name: string; onEdit: () => void; onDisconnect: () => void };

export function IntegrationMenu({ name, onEdit, onDisconnect }: Props) {
  const { t } = useText();
  return (
    <DropdownMenu
      trigger={t('admin.actions')}
      label={t('admin.actions.for', { integration: name })}
      shouldRenderToParent
    >
      <DropdownItemGroup>
        <DropdownItem onClick={onEdit}>{t('admin.actions.edit')}</DropdownItem>
        <DropdownItem onClick={onDisconnect}>{t('admin.actions.disconnect')}</DropdownItem>
      </DropdownItemGroup>
    </DropdownMenu>
  );
}
