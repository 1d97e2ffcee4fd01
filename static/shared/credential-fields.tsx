import type { ReactNode, RefObject } from 'react';
import type { CredentialDraft } from './credential';
import { SecretField } from './secret-field';
import { useText } from './text';

const labels = {
  token: ['token.field'],
  'access-key': ['token.field.id', 'token.field.secret'],
  password: ['token.field.user', 'token.field.password'],
} as const;

const empties = {
  token: 'token.empty',
  'access-key': 'token.empty.access-key',
  password: 'token.empty.password',
} as const;

type Props = {
  draft: CredentialDraft;
  onChange: (draft: CredentialDraft) => void;
  /** Says which field is empty. */
  showsMissing: boolean;
  /** Something else that is wrong, below the last field. */
  problem?: string | undefined;
  hint?: ReactNode;
  isDisabled?: boolean;
  inputRef?: RefObject<HTMLInputElement>;
  onEnter?: () => void;
};

/** An ID is made of 20 capitals and digits; anything else may be the secret, which nobody is to read over a shoulder. */
function isSecretLike(typed: string): boolean {
  return !/^[A-Z0-9]{0,24}$/.test(typed.trim());
}

/** Whether the longer part, the secret, is where the ID belongs. */
function swapped({ kind, first }: CredentialDraft): boolean {
  return kind === 'access-key' && first.trim().length >= 30 && isSecretLike(first);
}

/** The fields of one kind of credential. */
export function CredentialFields({ draft, onChange, showsMissing, problem, hint, inputRef, ...rest }: Props) {
  const { t } = useText();
  const [first, second] = labels[draft.kind];
  const missing = (typed: string) => (showsMissing && typed.trim() === '' ? t(empties[draft.kind]) : undefined);
  return (
    <>
      <SecretField
        {...rest}
        {...(inputRef && { inputRef })}
        key={draft.kind}
        label={t(first)}
        value={draft.first}
        isPlain={draft.kind === 'password' || (draft.kind === 'access-key' && !isSecretLike(draft.first))}
        onChange={(next) => onChange({ ...draft, first: next })}
        problem={missing(draft.first) ?? (second ? swapped(draft) && t('token.swapped') : problem)}
        {...(!second && { hint })}
      />
      {second && (
        <SecretField
          {...rest}
          label={t(second)}
          value={draft.second}
          onChange={(next) => onChange({ ...draft, second: next })}
          problem={missing(draft.second) ?? problem}
          hint={hint}
        />
      )}
    </>
  );
}
