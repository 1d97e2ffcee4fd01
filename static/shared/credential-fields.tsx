import type { ReactNode, RefObject } from 'react';
import type { ProviderKind } from '../../src/contract/views';
import type { PastedCredential } from '../../src/domain/credential';
import type { KnownProvider } from '../../src/domain/offerings';
import { SecretField } from './secret-field';
import { useText } from './text';

export type CredentialKind = PastedCredential['kind'];

/** What is typed so far. `first` is the token, the id of a key, or the user name; `second` what goes with it. */
export type CredentialDraft = { kind: CredentialKind; first: string; second: string };

const personal: Readonly<Record<KnownProvider, CredentialKind>> = {
  github: 'token',
  gitlab: 'token',
  'azure-devops': 'token',
  codecommit: 'access-key',
};

/** What a person signs in with at a kind of service. */
export function personalKind(provider: ProviderKind): CredentialKind {
  return personal[provider];
}

export function emptyDraft(kind: CredentialKind): CredentialDraft {
  return { kind, first: '', second: '' };
}

/** The credential, once all of it is there. */
export function credentialOf({ kind, first, second }: CredentialDraft): PastedCredential | undefined {
  const [one, two] = [first.trim(), second.trim()];
  if (kind === 'token') return one === '' ? undefined : { kind, token: one };
  if (one === '' || two === '') return undefined;
  return kind === 'access-key' ? { kind, id: one, secret: two } : { kind, user: one, password: two };
}

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
        isPlain={draft.kind !== 'token'}
        onChange={(next) => onChange({ ...draft, first: next })}
        problem={missing(draft.first) ?? (second ? undefined : problem)}
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
