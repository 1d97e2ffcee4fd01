import { secret, type Secret } from './secret';

/** A credential for a service, of a person or of the integration account. */
export type Credential =
  | { kind: 'token'; token: Secret }
  /** AWS: an IAM user's access key. */
  | { kind: 'access-key'; id: Secret; secret: Secret }
  /** Servers older than personal access tokens: integration accounts only. */
  | { kind: 'password'; user: Secret; password: Secret };

/** A credential as it comes from a page or from storage, before its parts can hide themselves. */
export type PastedCredential =
  | { kind: 'token'; token: string }
  | { kind: 'access-key'; id: string; secret: string }
  | { kind: 'password'; user: string; password: string };

/** Takes a pasted credential out of sight: from here on its parts are secrets. */
export function sealed(pasted: PastedCredential): Credential {
  switch (pasted.kind) {
    case 'token':
      return { kind: 'token', token: secret(pasted.token) };
    case 'access-key':
      return { kind: 'access-key', id: secret(pasted.id), secret: secret(pasted.secret) };
    case 'password':
      return { kind: 'password', user: secret(pasted.user), password: secret(pasted.password) };
  }
}
