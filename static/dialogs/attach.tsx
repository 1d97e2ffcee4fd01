import Button from '@atlaskit/button/new';
import Textfield from '@atlaskit/textfield';
import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import type { Card, IssueView } from '../../src/contract/views';
import { AskedInVainProvider, problemOf } from '../shared/asked-in-vain';
import { call } from '../shared/call';
import { ErrorMessage } from '../shared/error-message';
import { Field } from '../shared/field';
import { tellChange } from '../shared/issue-events';
import { useText } from '../shared/text';
import { inertWhile, useWrite } from '../shared/use-write';
import { closeDialog } from './close';
import { FoundWork } from './found-work';
import { WriteDialog, type WriteTools } from './write-dialog';

/** Attaches a branch or pull request that is there already: by its address, or one that is searched for. */
export function Attach({ issueKey, issue }: { issueKey: string; issue: IssueView }) {
  const { t } = useText();
  return (
    <WriteDialog heading={t('attach.heading')} issueKey={issueKey} initial={issue} allowed={() => true}>
      {(tools) => <AttachForm tools={tools} />}
    </WriteDialog>
  );
}

function AttachForm({ tools }: { tools: WriteTools }) {
  const { t } = useText();
  const { issue } = tools;
  const issueKey = issue.key;
  const [typed, setTyped] = useState('');
  const [card, setCard] = useState<Card>();
  const [isIncomplete, setIncomplete] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const id = useId();
  useEffect(() => form.current?.querySelector('input')?.focus(), []);
  const submit = useWrite<{ card: Card }>(({ card: attached }) => {
    tellChange({ issueKey, change: 'made', card: attached });
    closeDialog<'attach'>({ card: attached });
  });
  const { error } = submit;
  const named = error && 'integration' in error.params ? error.params.integration : undefined;
  const integration = issue.integrations.find(({ id: one, name }) => one === card?.integrationId || name === named);
  const around = {
    onToken: tools.openToken,
    mayManage: issue.isAdmin,
    tells: (problem: string) => problem === (error && problemOf(error, integration?.id)),
  };

  const pasted = typed.trim();
  const isAddress = pasted.includes('://');

  function attach() {
    if (isAddress) return void submit.run(() => call('issue', 'attach-address', { issueKey, address: pasted }));
    if (!card) {
      setIncomplete(true);
      return form.current?.querySelector('input')?.focus();
    }
    const { integrationId, repository, branch, url } = card;
    return void submit.run(() =>
      card.kind === 'branch'
        ? call('issue', 'attach-branch', { issueKey, integrationId, repository, branch })
        : call('issue', 'attach-address', { issueKey, address: url }),
    );
  }
  function onSubmit(event: FormEvent) {
    event.preventDefault();
    if (!submit.working) attach();
  }

  return (
    <form ref={form} className="stack" onSubmit={onSubmit} noValidate aria-labelledby={id}>
      <h1 id={id}>{t('attach.heading')}</h1>
      {error && (
        <ErrorMessage
          key={submit.attempt}
          error={error}
          around={{ integration }}
          takesFocus
          mayManage={issue.isAdmin}
          onTryAgain={attach}
          onToken={integration && (() => tools.openToken(integration))}
        />
      )}
      <div {...inertWhile(submit.working)}>
        <Field
          label={t('attach.search')}
          hint={t('attach.search.hint')}
          problem={isIncomplete ? t('attach.missing') : undefined}
        >
          {({ id: field, describedBy, invalid }) => (
            <Textfield
              id={field}
              aria-describedby={describedBy}
              isInvalid={invalid}
              value={typed}
              maxLength={4000}
              autoComplete="off"
              onChange={(event) => {
                setIncomplete(false);
                submit.clearError();
                setTyped(event.currentTarget.value);
              }}
            />
          )}
        </Field>
        {!isAddress && (
          <AskedInVainProvider value={around}>
            <FoundWork
              issueKey={issueKey}
              integrations={issue.integrations}
              search={pasted}
              value={card}
              onChange={(next) => {
                if (next) setIncomplete(false);
                setCard(next);
              }}
            />
          </AskedInVainProvider>
        )}
      </div>
      <div className="row dialog-footer dialog-end">
        <span className="subtle" role="status">
          {submit.working && t('attach.working')}
        </span>
        <div className="row push">
          <Button appearance="subtle" isDisabled={submit.working} onClick={() => closeDialog()}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" appearance="primary" isLoading={submit.working}>
            {t('attach.submit')}
          </Button>
        </div>
      </div>
    </form>
  );
}
