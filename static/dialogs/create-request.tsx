import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { IssueView, ProviderKind, PullRequestCreated } from '../../src/contract/views';
import type { RequestPreset } from '../shared/dialogs';
import { onlyProvider } from '../shared/only-one';
import { lacksFacts } from '../shared/request-title';
import { ExternalLink } from '../shared/external-link';
import { Message } from '../shared/message';
import { useText } from '../shared/text';
import { unaskedText, undoneText } from '../shared/unasked-text';
import { closeDialog } from './close';
import { CreateRequestForm } from './create-request-form';
import { Done } from './done';
import { WriteDialog } from './write-dialog';

type Props = {
  issueKey: string;
  issue?: IssueView;
  accountId: string;
  hasOpener: boolean;
  /** The branch on whose card it was opened. */
  preset?: RequestPreset;
};

/** Creates a pull request, or a merge request where the service calls it that. */
export function CreateRequest({ issueKey, issue, accountId, hasOpener, preset }: Props) {
  const text = useText();
  const { t, words } = text;
  const [done, setDone] = useState<{
    created: PullRequestCreated;
    service: string;
    provider: ProviderKind | undefined;
  }>();
  if (done) {
    const { card, unasked, undone } = done.created;
    return (
      <Done
        heading={t('request.done', words(done.provider))}
        buttons={
          <Button appearance="primary" onClick={() => closeDialog()}>
            {t('action.close')}
          </Button>
        }
      >
        <p>{t('request.done.text', { title: card.title, repository: card.repository, author: card.author ?? '' })}</p>
        {unasked && (
          <Message appearance="warning" title={t('error.REVIEWERS_REFUSED.title')}>
            <p>{unaskedText(unasked, done.service, text)}</p>
          </Message>
        )}
        {undone && (
          <Message appearance="warning" title={t('error.EXTRAS_REFUSED.title')}>
            <p>{undoneText(undone, done.service, text)}</p>
          </Message>
        )}
        <p>
          <ExternalLink href={card.url} withIcon>
            {t('action.open-url', { service: done.service })}
          </ExternalLink>
        </p>
      </Done>
    );
  }
  return (
    <WriteDialog
      heading={t('request.heading', words(onlyProvider(issue)))}
      issueKey={issueKey}
      initial={issue}
      lacks={lacksFacts}
      allowed={({ actions }) => actions.pullRequests}
    >
      {(tools) => (
        <CreateRequestForm
          tools={tools}
          accountId={accountId}
          preset={preset}
          onDone={(created, service, provider) =>
            hasOpener ? closeDialog<'create-pull-request'>(created) : setDone({ created, service, provider })
          }
        />
      )}
    </WriteDialog>
  );
}
