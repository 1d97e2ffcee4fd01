import Button from '@atlaskit/button/new';
import { type FormEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import type { PageError } from '../../src/contract/errors';
import { type Around, errorText } from '../shared/error-text';
import { ErrorMessage } from '../shared/error-message';
import { useText } from '../shared/text';
import { inertWhile } from '../shared/use-write';

type Props = {
  heading: string;
  children: ReactNode;
  /** The actor; in sight however long the rest is. */
  actor?: ReactNode;
  submitLabel: string;
  workingLabel: string;
  submit: { working: boolean; error: PageError | undefined; attempt: number };
  around?: Around;
  /** Where somebody can see what became of it. */
  look?: string;
  isDisabled?: boolean;
  onConfirm: () => void;
  onCancel: () => void;
  onToken?: () => void;
  onContinueAsIntegration?: () => void;
};

/**
 * Asks before something is lost. The question is heard first; nothing dangerous has the focus. After an answer that trying again can't
 * change there is no question left.
 */
export function Confirm(props: Props) {
  const {
    heading,
    children,
    submitLabel,
    workingLabel,
    submit,
    around,
    isDisabled = false,
    onConfirm,
    onCancel,
  } = props;
  const text = useText();
  const { t } = text;
  const { error } = submit;
  const isOver = error !== undefined && !['try-again', 'open-url'].includes(errorText(error, text, around).action);
  const title = useRef<HTMLHeadingElement>(null);
  const id = useId();
  useEffect(() => title.current?.focus(), []);
  function onSubmit(event: FormEvent) {
    event.preventDefault();
    if (!submit.working && !isDisabled) onConfirm();
  }
  return (
    <form className="stack" onSubmit={onSubmit} aria-labelledby={id}>
      <h1 ref={title} id={id} tabIndex={-1}>
        {heading}
      </h1>
      {error && (
        <ErrorMessage
          key={submit.attempt}
          error={error}
          around={around ?? {}}
          takesFocus
          look={props.look}
          onTryAgain={onConfirm}
          onToken={props.onToken}
          onContinueAsIntegration={props.onContinueAsIntegration}
        />
      )}
      {!isOver && children}
      <div className="dialog-end">
        {!isOver && <div {...inertWhile(submit.working)}>{props.actor}</div>}
        <div className="row dialog-footer">
          <span className="subtle" role="status">
            {submit.working && workingLabel}
          </span>
          <div className="row push">
            <Button appearance="subtle" isDisabled={submit.working} onClick={onCancel}>
              {t(isOver ? 'action.close' : 'action.cancel')}
            </Button>
            {!isOver && (
              <Button type="submit" appearance="danger" isLoading={submit.working} isDisabled={isDisabled}>
                {submitLabel}
              </Button>
            )}
          </div>
        </div>
      </div>
    </form>
  );
}
