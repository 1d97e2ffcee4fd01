import Button from '@atlaskit/button/new';
import type { ProviderKind } from '../../src/contract/views';
import type { BranchDone as Made, RequestPreset } from '../shared/dialogs';
import { ExternalLink } from '../shared/external-link';
import { ErrorMessage } from '../shared/error-message';
import { startedText } from '../shared/started-text';
import { useText } from '../shared/text';
import { closeDialog } from './close';
import { Done } from './done';
import { WaysList } from './ways-list';

type Props = {
  created: Made;
  service: string;
  provider: ProviderKind | undefined;
  accountId: string;
  onCreateRequest: (preset: RequestPreset) => void;
};

/** A branch was made, and no other page is open to show it. */
export function BranchDone({
  created: { card, request, started },
  service,
  provider,
  accountId,
  onCreateRequest,
}: Props) {
  const text = useText();
  const { t, rich, words } = text;
  const { branch, repository, author, integrationId } = card;
  return (
    <Done
      heading={t('branch.done')}
      buttons={
        <>
          <Button appearance="subtle" onClick={() => closeDialog()}>
            {t('action.close')}
          </Button>
          {!request?.ok && (
            <Button appearance="primary" onClick={() => onCreateRequest({ integrationId, repository, branch })}>
              {t('request.submit', words(provider))}
            </Button>
          )}
        </>
      }
    >
      <p>
        {rich('branch.done.text', { branch: <strong>{branch}</strong>, repository, author: <strong>{author}</strong> })}
      </p>
      <p>
        <ExternalLink href={card.url} withIcon>
          {t('action.open-url', { service })}
        </ExternalLink>
      </p>
      {request?.ok && (
        <p>
          <ExternalLink href={request.value.card.url} withIcon>
            {request.value.card.title}
          </ExternalLink>
        </p>
      )}
      {request && !request.ok && <ErrorMessage error={request.error} around={{ params: { branch, repository } }} />}
      {startedText(started, text).map((line) => (
        <p key={line}>{line}</p>
      ))}
      <WaysList card={card} accountId={accountId} />
    </Done>
  );
}
