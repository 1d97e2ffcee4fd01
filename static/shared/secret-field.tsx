import EyeIcon from '@atlaskit/icon/core/eye-open';
import EyeClosedIcon from '@atlaskit/icon/core/eye-open-strikethrough';
import Textfield from '@atlaskit/textfield';
import { type ReactNode, type RefObject, useState } from 'react';
import { Field } from './field';
import { useText } from './text';

type Props = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  hint?: ReactNode;
  problem?: ReactNode;
  isDisabled?: boolean;
  inputRef?: RefObject<HTMLInputElement>;
  /** The effect of Enter instead of submitting the form. */
  onEnter?: (() => void) | undefined;
  /** Never hidden: a name or an id, which is no secret by itself. */
  isPlain?: boolean;
};

/** A field for a credential: hidden until somebody shows it, never offered to a password manager, stored nowhere but in the field. */
export function SecretField({
  label,
  value,
  onChange,
  hint,
  problem,
  isDisabled = false,
  inputRef,
  onEnter,
  isPlain = false,
}: Props) {
  const { t } = useText();
  const [visible, setVisible] = useState(false);
  return (
    <Field label={label} hint={hint} problem={problem}>
      {({ id, describedBy, invalid }) => (
        <Textfield
          id={id}
          {...(inputRef && { ref: inputRef })}
          type={visible || isPlain ? 'text' : 'password'}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !onEnter) return;
            event.preventDefault();
            onEnter();
          }}
          aria-describedby={describedBy}
          isInvalid={invalid}
          isReadOnly={isDisabled}
          isMonospaced
          autoComplete="off"
          autoCapitalize="off"
          autoCorrect="off"
          spellCheck={false}
          data-1p-ignore=""
          data-lpignore="true"
          elemAfterInput={
            !isPlain && (
              <button
                type="button"
                className="icon-button"
                aria-label={t(visible ? 'token.hide' : 'token.show')}
                onClick={() => setVisible(!visible)}
              >
                {visible ? <EyeClosedIcon label="" /> : <EyeIcon label="" />}
              </button>
            )
          }
        />
      )}
    </Field>
  );
}
