import Button from '@atlaskit/button/new';
import Textfield from '@atlaskit/textfield';
import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import type { Card, IssueView } from '../../src/contract/views';
import { AskedInVainProvider, problemOf } from '../shared/asked-in-vain';
import { BranchPicker } from '../shared/branch-picker';
import { call } from '../shared/call';
import { at } from '../shared/defaults';
import { ErrorMessage } from '../shared/error-message';
import { Field } from '../shared/field';
import { tellChange } from '../shared/issue-events';
import { type ChosenRepository, RepositoryPicker } from '../shared/repository-picker';
import { useText } from '../shared/text';
import { inertWhile, useWrite } from '../shared/use-write';
import { closeDialog } from './close';
import { WriteDialog, type WriteTools } from './write-dialog';

/** Attaches a branch or pull request that is there already: by its address, or a branch that is searched for. */
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
  const [address, setAddress] = useState('');
  const [chosen, setChosen] = useState<ChosenRepository>();
  const [branch, setBranch] = useState('');
  const [isIncomplete, setIncomplete] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const id = useId();
  useEffect(() => form.current?.querySelector('input')?.focus(), []);
  const submit = useWrite<{ card: Card }>(({ card }) => {
    tellChange({ issueKey, change: 'made', card });
    closeDialog<'attach'>({ card });
  });
  const { error } = submit;
  const named = error && 'integration' in error.params ? error.params.integration : undefined;
  const integration = issue.integrations.find(({ id: one, name }) => one === chosen?.integrationId || name === named);
  const around = {
    onToken: tools.openToken,
    mayManage: issue.isAdmin,
    tells: (problem: string) => problem === (error && problemOf(error, integration?.id)),
  };

  function attach() {
    const pasted = address.trim();
    if (pasted !== '') return void submit.run(() => call('issue', 'attach-address', { issueKey, address: pasted }));
    if (!chosen || branch === '') {
      setIncomplete(true);
      return form.current?.querySelector('input')?.focus();
    }
    return void submit.run(() => call('issue', 'attach-branch', { issueKey, ...at(chosen), branch }));
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
          label={t('attach.address')}
          hint={t('attach.address.hint')}
          problem={isIncomplete ? t('attach.missing') : undefined}
        >
          {({ id: field, describedBy, invalid }) => (
            <Textfield
              id={field}
              type="url"
              aria-describedby={describedBy}
              isInvalid={invalid}
              value={address}
              maxLength={4000}
              autoComplete="off"
              onChange={(event) => {
                setIncomplete(false);
                setAddress(event.currentTarget.value);
              }}
            />
          )}
        </Field>
        {address.trim() === '' && (
          <AskedInVainProvider value={around}>
            <p className="subtle">{t('attach.or')}</p>
            <RepositoryPicker
              place={{ issueKey }}
              integrations={issue.integrations}
              value={chosen}
              onChange={(next) => {
                setChosen(next);
                setBranch('');
              }}
            />
            <BranchPicker
              key={chosen?.repository.name ?? ''}
              label={t('attach.branch')}
              place={{ issueKey }}
              integrations={issue.integrations}
              chosen={chosen}
              value={branch}
              onChange={(next) => {
                setIncomplete(false);
                setBranch(next);
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
