import Button from '@atlaskit/button/new';
import { type FormEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import type { PageError } from '../../src/contract/errors';
import type { IntegrationView } from '../../src/contract/views';
import { AskedInVainProvider, problemOf } from '../shared/asked-in-vain';
import { AttributionLine } from '../shared/attribution-line';
import { ErrorMessage } from '../shared/error-message';
import { type Around, errorText } from '../shared/error-text';
import { openModule } from '../shared/links';
import { Message } from '../shared/message';
import { NewTab } from '../shared/new-tab';
import type { FormField } from '../../src/domain/errors';
import { useText } from '../shared/text';
import { isTokenDead } from '../shared/token-dead';
import type { Params } from '../shared/translate';
import { inertWhile } from '../shared/use-write';
import { Blocked } from './blocked';
import { closeDialog } from './close';
import { FieldErrorProvider, fieldOf } from './field-error';
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
  /** The repository's page at the service. */
  look?: string | undefined;
  /** The person chose the integration account for this one write. */
  asIntegration: boolean;
  /** Counts presses of the button with something missing: the first field that is not right gets the focus. */
  invalidAttempt: number;
  onSubmit: () => void;
  onContinueAsIntegration: () => void;
  /** Those of its fields that show the errors about them themselves. */
  fields: readonly FormField[];
  /** Buttons beside the primary one. */
  secondary?: ReactNode;
  children: ReactNode;
};

/** A form that ends in one write: messages on top, fields, who will be the author, buttons. Enter submits. */
export function WriteForm(props: Props) {
  const { heading, submitLabel, workingLabel, tools, integration, submit, asIntegration, invalidAttempt } = props;
  const { t } = useText();
  const form = useRef<HTMLFormElement>(null);
  const id = useId();
  useEffect(() => form.current?.querySelector<HTMLElement>('input, textarea')?.focus(), []);
  useEffect(() => {
    if (invalidAttempt > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [invalidAttempt]);

  const state = integration?.attribution.state;
  const isBlocked = state === 'setup-required' || state === 'unsupported';
  const isDead = integration !== undefined && isTokenDead(integration) && !asIntegration;
  const openToken = () => integration && tools.openToken(integration);
  function write(act: () => void) {
    tools.forgetNotice();
    act();
  }
  function onSubmit(event: FormEvent) {
    event.preventDefault();
    if (!isBlocked && !submit.working) write(props.onSubmit);
  }
  const around = {
    onToken: tools.openToken,
    mayManage: tools.issue.isAdmin,
    tells: (problem: string, action: string) =>
      problem === (submit.error && problemOf(submit.error, integration?.id)) ||
      (integration !== undefined &&
        problem.endsWith(` ${integration.id}`) &&
        ((isDead && action === 'replace-token') || (isBlocked && action === 'set-up-token'))),
    onDeadToken: tools.refresh,
  };

  const { error, attempt } = submit;
  const field = fieldOf(error?.code, props.fields);
  const message = error && (
    <ErrorMessage
      key={attempt}
      error={error}
      around={aroundError(props)}
      takesFocus
      look={props.look}
      mayManage={tools.issue.isAdmin}
      onTryAgain={() => write(props.onSubmit)}
      onToken={openToken}
      onContinueAsIntegration={() => write(props.onContinueAsIntegration)}
    />
  );

  return (
    <form ref={form} className="stack" onSubmit={onSubmit} noValidate aria-labelledby={`${id}-heading`}>
      <h1 id={`${id}-heading`}>{heading}</h1>
      <div className="stack" {...inertWhile(submit.working)}>
        <Messages {...props} isDead={isDead} openToken={openToken}>
          {!field && message}
        </Messages>
        <AskedInVainProvider value={around}>
          <FieldErrorProvider value={{ field, message, attempt }}>
            <div>{props.children}</div>
          </FieldErrorProvider>
        </AskedInVainProvider>
      </div>
      <div className="write-foot">
        <div {...inertWhile(submit.working)}>
          <AttributionLine integration={integration} chosenIntegration={asIntegration} onToken={openToken} />
        </div>
        <div className="row dialog-footer">
          <span>
            <button
              type="button"
              className="link-button"
              hidden={submit.working}
              onClick={() => void openModule('user-settings')}
            >
              {t('dialog.userSettings')}
              <span className="link-icon">
                <NewTab />
              </span>
            </button>
            <span className="subtle small" role="status">
              {submit.working && workingLabel}
            </span>
          </span>
          <div className="row push">
            <Button appearance="subtle" isDisabled={submit.working} onClick={() => closeDialog()}>
              {t('action.cancel')}
            </Button>
            {props.secondary}
            <Button
              type="submit"
              appearance={isDead ? 'default' : 'primary'}
              isDisabled={isBlocked}
              isLoading={submit.working}
            >
              {submitLabel}
            </Button>
          </div>
        </div>
      </div>
    </form>
  );
}

type MessagesProps = Props & { isDead: boolean; openToken: () => void };

/** Names for the sentences of an error of this form. */
function aroundError({ integration, names, asIntegration }: Omit<Props, 'children'>): Around {
  const isIntegration = integration?.attribution.state === 'integration' || asIntegration;
  return { integration, params: names, situation: isIntegration ? 'integration-account' : 'own-token' };
}

/** One message for each problem: what the service just said about the token goes before what was known of it. */
function Messages({ isDead, openToken, children, ...props }: MessagesProps) {
  const { tools, integration, submit } = props;
  const text = useText();
  const state = integration?.attribution.state;
  const { error } = submit;
  // The banner or message above says it.
  const isBlocking =
    (error?.code === 'TOKEN_REQUIRED' && state === 'setup-required') ||
    (error?.code === 'TOKENS_UNSUPPORTED' && state === 'unsupported');
  const isAboutToken = error && /token$/.test(errorText(error, text, aroundError(props)).action);
  return (
    <>
      {tools.notice && tools.notice.integrationId === integration?.id && (
        <Message appearance={tools.notice.warns ? 'warning' : 'success'} title={tools.notice.title} takesFocus>
          <p>{tools.notice.text}</p>
        </Message>
      )}
      {integration && (state === 'setup-required' || (isDead && !isAboutToken)) && (
        <Blocked integration={integration} onToken={openToken} />
      )}
      {integration && state === 'unsupported' && (
        <ErrorMessage error={{ code: 'TOKENS_UNSUPPORTED', params: {} }} around={{ integration }} />
      )}
      {!isBlocking && children}
    </>
  );
}
