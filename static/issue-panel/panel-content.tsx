import Button from '@atlaskit/button/new';
import { useEffect, useRef, useState } from 'react';
import type { PageError } from '../../src/contract/errors';
import type { IntegrationView, IssueView } from '../../src/contract/views';
import { AskedInVain, AskedInVainProvider, problemOf } from '../shared/asked-in-vain';
import { onlyProvider } from '../shared/only-one';
import { useText, type ProviderWords } from '../shared/text';
import { firstOf } from '../shared/card-list';
import { CardGroups, useGrouping } from './card-groups';
import { CardRow } from './card-row';
import { focusPanel } from './focus-panel';
import { useActions } from './use-actions';
import { type Telling, useCards } from './use-cards';
import { useTold } from './use-told';

const FIRST = 5;

type Props = {
  issue: IssueView;
  accountId: string;
  /** Shown above already. */
  error: PageError | undefined;
  onReload: () => void;
};

/** Buttons and cards of an issue that has at least one integration. */
export function PanelContent({ issue, accountId, error: known, onReload }: Props) {
  const { t, words } = useText();
  const cards = useCards(issue);
  const actions = useActions(issue, cards, accountId);
  useTold(issue, cards, onReload);
  /** Where the first card is that *See more* brought. */
  const [opened, setOpened] = useState<number>();
  const shown = opened === undefined ? firstOf(cards.cards, FIRST) : cards.cards;
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The button that was pressed is gone: on to what it brought.
    if (opened !== undefined) list.current?.querySelector<HTMLElement>(`[data-card="${opened}"] a`)?.focus();
  }, [opened]);
  const named = words(onlyProvider(issue));
  const loading = issue.integrations.filter(({ id }) => !cards.tellings[id]?.heard);
  const isGrouped = useGrouping(list, cards.cards, loading.length === 0);
  const failed = issue.integrations.flatMap((integration) => {
    const error = cards.tellings[integration.id]?.error;
    return error ? [{ integration, error }] : [];
  });
  const partly = issue.integrations.flatMap((integration) => {
    const { error, told } = cards.tellings[integration.id] ?? {};
    return !error && told?.withheld ? [{ integration, error: told.withheld }] : [];
  });
  const { branches, pullRequests } = issue.actions;
  const around = {
    onToken: (one: IntegrationView) => void actions.token(one),
    mayManage: issue.isAdmin,
    tells: (problem: string) => problem === (known && problemOf(known, undefined)),
  };

  return (
    <div className="stack">
      <div className="row panel-buttons">
        {branches && <Button onClick={() => void actions.createBranch()}>{t('panel.createBranch')}</Button>}
        {pullRequests && (
          <Button onClick={() => void actions.createRequest()}>{t('panel.createRequest', named)}</Button>
        )}
        <button type="button" className="link-button" onClick={() => void actions.attach()}>
          {t('panel.attach')}
        </button>
        <SwitchedOff {...issue.actions} named={named} />
      </div>
      {cards.cards.length > 0 && (
        <div ref={list} className="stack">
          <CardGroups cards={shown} issue={issue} isGrouped={isGrouped}>
            {(card, isPlaced) => (
              <CardRow
                card={card}
                index={cards.cards.indexOf(card)}
                isPlaced={isPlaced}
                integration={issue.integrations.find(({ id }) => id === card.integrationId)}
                issue={issue}
                actions={actions}
              />
            )}
          </CardGroups>
        </div>
      )}
      <div aria-live="polite" className="stack-tight">
        {cards.cards.length === 0 && loading.length === 0 && failed.length === 0 && (
          <p className="subtle panel-note">{t('panel.empty', { issue: issue.key, ...named })}</p>
        )}
        {loading.map(({ id, name }) => (
          <div
            // Below more cards, or in the place of another, it is a new one: nothing that is seen moves.
            key={`${id} ${cards.cards.length} ${loading.length}`}
            className="skeleton card-skeleton"
            role="status"
            aria-label={t('panel.loading', { integration: name })}
          />
        ))}
        <AskedInVainProvider value={around}>
          {[...failed, ...partly].map(({ integration, error }) => (
            <AskedInVain
              key={integration.id}
              sentence={cards.tellings[integration.id]?.error ? 'panel.failed' : 'panel.partly'}
              integration={integration}
              error={error}
              onTryAgain={() => {
                cards.retry(integration.id);
                focusPanel();
              }}
            />
          ))}
        </AskedInVainProvider>
      </div>
      {cards.cards.length > shown.length && (
        <button
          type="button"
          className="link-button"
          onClick={() => setOpened(cards.cards.findIndex((card) => !shown.includes(card)))}
        >
          {t('panel.seeMore', { count: cards.cards.length - shown.length })}
        </button>
      )}
      {loading.length === 0 && <Searched issue={issue} tellings={cards.tellings} />}
    </div>
  );
}

type SwitchedOffProps = IssueView['actions'] & { named: ProviderWords };

/** Why a button is not there. */
function SwitchedOff({ branches, pullRequests, named }: SwitchedOffProps) {
  const { t } = useText();
  if (branches && pullRequests) return undefined;
  const both = !branches && !pullRequests;
  const key = both ? 'panel.switchedOff' : branches ? 'panel.switchedOff.requests' : 'panel.switchedOff.branches';
  return <p className="subtle small">{t(key, named)}</p>;
}

/** Where branches were looked for: what is not here need not be missing. */
function Searched({ issue, tellings }: { issue: IssueView; tellings: Readonly<Record<string, Telling>> }) {
  const { t, words } = useText();
  const heard = issue.integrations.flatMap((integration) => {
    const told = tellings[integration.id]?.told;
    return told ? [{ integration, told }] : [];
  });
  if (heard.length === 0) return undefined;
  return (
    <details className="small subtle">
      <summary>{t('panel.searched')}</summary>
      <ul>
        {heard.map(({ integration: { id, name, provider }, told: { searched, leftOut } }) => (
          <li key={id}>
            {searched.length > 0
              ? t('panel.searched.in', { integration: name, repositories: searched.join(', '), ...words(provider) })
              : t('panel.searched.nowhere', { integration: name, ...words(provider) })}{' '}
            {leftOut.length > 0 && t('panel.searched.leftOut', { names: leftOut.join(', ') })}
          </li>
        ))}
      </ul>
    </details>
  );
}
