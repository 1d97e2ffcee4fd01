import DropdownMenu, { DropdownItem, DropdownItemGroup } from '@atlaskit/dropdown-menu';
import MoreIcon from '@atlaskit/icon/core/show-more-horizontal';
import { useState } from 'react';
import type { Card, IntegrationView, IssueView } from '../../src/contract/views';
import { MenuInSight } from '../shared/menu-in-sight';
import { NewTab } from '../shared/new-tab';
import { useText } from '../shared/text';
import type { Actions } from './use-actions';

type Props = {
  card: Card;
  integration: IntegrationView | undefined;
  issue: IssueView;
  actions: Actions;
  label: string;
};

/** The actions for a branch or pull request. It appears open, because it was pressed before it was loaded. */
export function CardMenu({ card, integration, issue, actions, label }: Props) {
  const { t, words } = useText();
  const [isOpen, setOpen] = useState(true);
  const { integrationId, repository, branch } = card;
  const isBranch = card.kind === 'branch';
  return (
    <DropdownMenu<HTMLButtonElement>
      isOpen={isOpen}
      autoFocus
      onOpenChange={(change) => setOpen(change.isOpen)}
      placement="bottom-end"
      shouldRenderToParent
      // Fixed, it could not be scrolled to: the frame is as high as what is in it.
      strategy="absolute"
      label={label}
      trigger={({ triggerRef, isSelected: _selected, testId: _testId, ...trigger }) => (
        <button type="button" {...trigger} ref={triggerRef} className="icon-button" aria-label={label}>
          <MoreIcon label="" />
        </button>
      )}
    >
      <MenuInSight />
      <DropdownItemGroup>
        <DropdownItem onClick={() => void actions.copyName(card)}>{t('card.menu.copyName')}</DropdownItem>
        {actions.usualWay(card).map(({ text, onClick }) => (
          <DropdownItem key={text} onClick={onClick}>
            {text}
          </DropdownItem>
        ))}
        <DropdownItem onClick={() => void actions.openIn(card)}>{t('openIn.more')}</DropdownItem>
        <DropdownItem elemAfter={<NewTab />} onClick={() => void actions.open(card)}>
          {t('card.menu.open', { service: integration?.serviceName ?? t('fallback.service') })}
        </DropdownItem>
        {isBranch && issue.actions.pullRequests && (
          <DropdownItem onClick={() => void actions.createRequest({ integrationId, repository, branch })}>
            {t('card.menu.createRequest', words(integration?.provider))}
          </DropdownItem>
        )}
      </DropdownItemGroup>
      {card.attached && (
        <DropdownItemGroup hasSeparator>
          <DropdownItem onClick={() => void actions.detach(card)}>
            {t('card.menu.detach', { issue: issue.key })}
          </DropdownItem>
        </DropdownItemGroup>
      )}
      {isBranch && issue.actions.branches && (
        <DropdownItemGroup hasSeparator>
          <DropdownItem onClick={() => void actions.deleteBranch(card)}>{t('card.menu.deleteBranch')}</DropdownItem>
        </DropdownItemGroup>
      )}
    </DropdownMenu>
  );
}
