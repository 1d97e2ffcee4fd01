import BranchIcon from '@atlaskit/icon/core/branch';
import PullRequestIcon from '@atlaskit/icon/core/pull-request';
import MoreIcon from '@atlaskit/icon/core/show-more-horizontal';
import { lazy, type ReactNode } from 'react';
import type { Card, IntegrationView, IssueView } from '../../src/contract/views';
import { ExternalLink } from '../shared/external-link';
import { LazyMenu } from '../shared/lazy-menu';
import { ServiceIcon } from '../shared/service-icon';
import { StateLozenge } from '../shared/state-lozenge';
import { type Text, useText } from '../shared/text';
import type { Actions } from './use-actions';

const CardMenu = lazy(async () => ({ default: (await import('./card-menu')).CardMenu }));

type MenuProps = { card: Card; integration: IntegrationView | undefined; issue: IssueView; actions: Actions };
/** `index`: among all cards of the panel. `isPlaced`: a heading above says in which repository it is. */
type Props = MenuProps & { index: number; isPlaced: boolean };

/** One branch or pull request: its state, its name, its repository, its author. Two lines, however narrow: a cut text is in a tooltip. */
export function CardRow({ card, index, isPlaced, integration, issue, actions }: Props) {
  const text = useText();
  const { t } = text;
  const isBranch = card.kind === 'branch';
  const who = byWhom(card, text);
  const title = card.number ? `${text.words(integration?.provider).sign}${card.number} ${card.title}` : card.title;
  const service = integration?.serviceName ?? t('fallback.service');
  const into = card.target && t('card.into', { target: card.target });
  return (
    <li className="card" data-card={index}>
      <span className="card-icon subtle">
        {isBranch ? (
          <BranchIcon label={t('card.branch')} />
        ) : (
          <PullRequestIcon label={t('card.request', text.words(integration?.provider))} />
        )}
      </span>
      <div className="card-body">
        <div className="card-title">
          <StateLozenge state={card.state} />
          <span className="cut" title={title}>
            <ExternalLink href={card.url}>{title}</ExternalLink>
          </span>
        </div>
        <div className="card-line small subtle">
          {isPlaced ? (
            into && (
              <span className="cut card-into" title={into}>
                {into}
              </span>
            )
          ) : (
            <>
              {integration && <ServiceIcon provider={integration.provider} />}
              <span className="cut" title={[card.repository, service, into].filter(Boolean).join(' · ')}>
                {card.repository}
                <span className="card-aside"> · {service}</span>
                {into && <span className="card-aside"> · {into}</span>}
              </span>
            </>
          )}
          {who && <span className="cut card-who">{who}</span>}
          {card.updatedAt && <time dateTime={card.updatedAt}>{text.ago(card.updatedAt)}</time>}
        </div>
      </div>
      <Menu card={card} integration={integration} issue={issue} actions={actions} />
    </li>
  );
}

function byWhom({ actor, author, attached }: Card, { t, rich }: Text): ReactNode {
  const name = author && { author: <strong>{author}</strong> };
  if (actor === 'integration') return name ? rich('card.asIntegration', name) : t('card.asIntegrationAccount');
  if (!name) return attached && t('card.attached');
  return rich(actor === 'person' ? 'card.as' : 'card.by', name);
}

/** The ⋯ of a card. */
function Menu(props: MenuProps) {
  const { t } = useText();
  const label = t('card.menu', { title: props.card.title });
  return (
    <LazyMenu
      closed={(open) => (
        <button
          type="button"
          className="icon-button"
          aria-label={label}
          aria-haspopup="true"
          aria-expanded={false}
          onClick={open}
        >
          <MoreIcon label="" />
        </button>
      )}
    >
      <CardMenu {...props} label={label} />
    </LazyMenu>
  );
}
