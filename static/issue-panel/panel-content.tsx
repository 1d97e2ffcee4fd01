import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { IssueView } from '../../src/contract/views';
import { errorText } from '../shared/error-text';
import { onlyProvider } from '../shared/only-one';
import { useText } from '../shared/text';
import { CardRow } from './card-row';
import { useActions } from './use-actions';
import { useCards } from './use-cards';

const FIRST = 5;

/** Buttons and cards of an issue that has at least one integration. */
export function PanelContent({ issue }: { issue: IssueView }) {
  const text = useText();
  const { t, plural, words } = text;
  const cards = useCards(issue);
  const actions = useActions(issue, cards);
  const [shown, setShown] = useState(FIRST);
  const named = words(onlyProvider(issue));
  const loading = issue.integrations.filter(({ id }) => !cards.tellings[id]?.heard);
  const failed = issue.integrations.filter(({ id }) => cards.tellings[id]?.error);
  const { branches, pullRequests } = issue.actions;

  return (
    <div className="stack">
      <div className="row">
        {branches && <Button onClick={() => void actions.createBranch()}>{t('panel.createBranch')}</Button>}
        {pullRequests && (
          <Button onClick={() => void actions.createRequest()}>{t('panel.createRequest', named)}</Button>
        )}
        {!branches && !pullRequests && <p className="subtle">{t('panel.switchedOff')}</p>}
      </div>
      {cards.cards.length > 0 && (
        <ul className="cards" aria-label={t('panel.list')}>
          {cards.cards.slice(0, shown).map((card) => (
            <CardRow
              key={`${card.integrationId} ${card.repository} ${card.kind} ${card.number ?? card.branch}`}
              card={card}
              integration={issue.integrations.find(({ id }) => id === card.integrationId)}
              issue={issue}
              actions={actions}
            />
          ))}
        </ul>
      )}
      {cards.cards.length > shown && (
        <button type="button" className="link-button" onClick={() => setShown(cards.cards.length)}>
          {plural('panel.seeMore', cards.cards.length - shown)}
        </button>
      )}
      <div aria-live="polite" className="stack-tight">
        {cards.cards.length === 0 && loading.length === 0 && failed.length === 0 && (
          <p className="subtle">{t('panel.empty', { issue: issue.key, ...named })}</p>
        )}
        {loading.map(({ id, name }) => (
          <div
            key={id}
            className="skeleton card-skeleton"
            role="status"
            aria-label={t('panel.loading', { integration: name })}
          />
        ))}
        {failed.map((integration) => {
          const error = cards.tellings[integration.id]?.error;
          return error ? (
            <p key={integration.id} className="row small">
              <span className="subtle">
                {t('panel.failed', {
                  integration: integration.name,
                  title: errorText(error, text, { integration }).title,
                })}
              </span>
              <button type="button" className="link-button" onClick={() => cards.retry(integration.id)}>
                {t('action.try-again')}
              </button>
            </p>
          ) : null;
        })}
      </div>
    </div>
  );
}
