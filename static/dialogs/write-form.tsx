import Button from '@atlaskit/button/new';
import { type FormEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import type { PageError } from '../../src/contract/errors';
import type { IntegrationView } from '../../src/contract/views';
import { AttributionLine } from '../shared/attribution-line';
import { ErrorMessage } from '../shared/error-message';
import { openModule } from '../shared/links';
import { Message } from '../shared/message';
import { useText } from '../shared/text';
import type { Params } from '../shared/translate';
import { inertWhile } from '../shared/use-write';
import { closeDialog } from './close';
import type { WriteTools } from './write-dialog';

type Props = {
  heading: string;
  submitLabel: string;
  workingLabel: string;
  tools: WriteTools;
  /** Of the chosen repository. */
  integration: IntegrationView | undefined;
  submit: { working: boolean; error: PageError | undefined; attempt: number };
  /** Names for the sentence of an error. */
  names: Params;
  /** The person chose the integration account for this one write. */
  asIntegration: boolean;
  /** Counts presses of the button with something missing: the first field that is not right gets the focus. */
  invalidAttempt: number;
  onSubmit: () => void;
  onContinueAsIntegration: () => void;
  /** Buttons beside the primary one. */
  secondary?: ReactNode;
  children: ReactNode;
};

/** A form that ends in one write: messages on top, fields, who will be the author, buttons. Enter submits. */
export function WriteForm(props: Props) {
  const { heading, submitLabel, workingLabel, tools, integration, submit, asIntegration, invalidAttempt } = props;
  const { t, words } = useText();
  const form = useRef<HTMLFormElement>(null);
  const id = useId();
  useEffect(() => {
    if (invalidAttempt > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [invalidAttempt]);

  const state = integration?.attribution.state;
  const hint =
    state === 'setup-required'
      ? t('dialog.blockedHint', words(integration?.provider ?? 'github'))
      : state === 'unsupported'
        ? t('dialog.unsupportedHint')
        : undefined;
  const openToken = () => integration && tools.openToken(integration);
  function onSubmit(event: FormEvent) {
    event.preventDefault();
    if (!hint && !submit.working) props.onSubmit();
  }

  return (
    <form ref={form} className="stack" onSubmit={onSubmit} noValidate aria-labelledby={`${id}-heading`}>
      <h1 id={`${id}-heading`}>{heading}</h1>
      <div className="stack" {...inertWhile(submit.working)}>
        <Messages {...props} openToken={openToken} />
        <div>{props.children}</div>
      </div>
      <div className="write-foot">
        <div {...inertWhile(submit.working)}>
          <AttributionLine integration={integration} chosenIntegration={asIntegration} onToken={openToken} />
        </div>
        <div className="row dialog-footer">
          <button type="button" className="link-button small" onClick={() => void openModule('user-settings')}>
            {t('dialog.userSettings')}
          </button>
          <div className="row push">
            <Button appearance="subtle" isDisabled={submit.working} onClick={() => closeDialog()}>
              {t('action.cancel')}
            </Button>
            {props.secondary}
            <Button
              type="submit"
              appearance="primary"
              isDisabled={hint !== undefined}
              isLoading={submit.working}
              aria-describedby={`${id}-hint`}
            >
              {submitLabel}
            </Button>
          </div>
        </div>
        <p id={`${id}-hint`} className="subtle small write-hint" role="status">
          {submit.working ? workingLabel : hint}
        </p>
      </div>
    </form>
  );
}

function Messages(props: Props & { openToken: () => void }) {
  const { tools, integration, submit, names, openToken } = props;
  const { t, words } = useText();
  const state = integration?.attribution.state;
  const named = words(integration?.provider ?? 'github');
  return (
    <>
      {tools.notice && (
        <Message appearance={tools.notice.warns ? 'warning' : 'success'} title={tools.notice.title} takesFocus>
          <p>{tools.notice.text}</p>
        </Message>
      )}
      {integration && state === 'setup-required' && (
        <Message
          appearance="warning"
          title={t('blocked.title', named)}
          actions={
            <button type="button" className="link-button" onClick={openToken}>
              {t(integration.provider === 'codecommit' ? 'blocked.link.access-key' : 'blocked.link')}
            </button>
          }
        >
          <p>{t('blocked.text', { integration: integration.name, ...named })}</p>
        </Message>
      )}
      {integration && state === 'unsupported' && (
        <ErrorMessage error={{ code: 'TOKENS_UNSUPPORTED', params: {} }} around={{ integration }} />
      )}
      {submit.error && !(submit.error.code === 'TOKEN_REQUIRED' && state === 'setup-required') && (
        <ErrorMessage
          key={submit.attempt}
          error={submit.error}
          around={{
            integration,
            params: names,
            situation: state === 'integration' || props.asIntegration ? 'integration-account' : 'own-token',
          }}
          takesFocus
          onTryAgain={props.onSubmit}
          onToken={openToken}
          onContinueAsIntegration={props.onContinueAsIntegration}
        />
      )}
    </>
  );
}
