import { z } from 'zod';
import type { Credential, PastedCredential } from '../domain/credential';

/** A credential as it is stored; `sealed` makes it one again. */
export const credentialRecord = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('token'), token: z.string() }),
  z.object({ kind: z.literal('access-key'), id: z.string(), secret: z.string() }),
  z.object({ kind: z.literal('password'), user: z.string(), password: z.string() }),
]);

/** The one place, besides the adapters, where the parts of a credential are revealed: for the secret store, and to compare. */
export function recordOf(credential: Credential): PastedCredential {
  switch (credential.kind) {
    case 'token':
      return { kind: 'token', token: credential.token.reveal() };
    case 'access-key':
      return { kind: 'access-key', id: credential.id.reveal(), secret: credential.secret.reveal() };
    case 'password':
      return { kind: 'password', user: credential.user.reveal(), password: credential.password.reveal() };
  }
}

/** Whether both open the same, whatever is stored around them. */
export function isSameCredential(one: Credential, other: Credential): boolean {
  const parts = (credential: Credential) =>
    JSON.stringify(Object.values(recordOf(credential)).map((part) => part.trim()));
  return parts(one) === parts(other);
}
