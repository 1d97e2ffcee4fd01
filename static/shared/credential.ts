import type { EditionId, ProviderKind } from '../../src/contract/views';
import type { PastedCredential } from '../../src/domain/credential';
import { editions, factsOf } from '../../src/domain/editions';
import type { Situation } from './error-sentences';

export type CredentialKind = PastedCredential['kind'];

/** The input so far. `first` is the token, the id of a key, or the user name; `second` its other half. */
export type CredentialDraft = { kind: CredentialKind; first: string; second: string };

/** The kind of credential that a person signs in with at a service. */
export function personalKind(provider: ProviderKind): CredentialKind {
  return factsOf(provider).credential;
}

/** A credential of which nothing has been typed yet. */
export function emptyDraft(kind: CredentialKind): CredentialDraft {
  return { kind, first: '', second: '' };
}

/** The subject of an error about a credential that was just typed. */
export function typedSituation({ edition }: { edition: EditionId }, kind: CredentialKind): Situation {
  return kind === 'password' ? kind : (editions[edition].refusesTokens ?? 'new-token');
}

/** The credential, once all of it is there. */
export function credentialOf({ kind, first, second }: CredentialDraft): PastedCredential | undefined {
  const [one, two] = [first.trim(), second.trim()];
  if (kind === 'token') return one === '' ? undefined : { kind, token: one };
  if (one === '' || two === '') return undefined;
  return kind === 'access-key' ? { kind, id: one, secret: two } : { kind, user: one, password: two };
}
