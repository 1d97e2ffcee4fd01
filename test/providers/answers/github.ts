import { sealed } from '../../../src/domain/credential';
import { serviceAt } from '../../../src/domain/service';
import type { Connection } from '../../../src/providers/provider';

export const repository = 'acme/web';

/** alice at github.com. */
export function connection(edition: 'github.com' | 'ghes' = 'github.com', token = 'ghp_alice'): Connection {
  const service = serviceAt(edition, 'https://git.acme.example');
  return { service, credential: sealed({ kind: 'token', token }), deadline: Date.now() + 10_000 };
}

export const hosts = ['api.github.com', 'git.acme.example'];
export const failure = (code: string, more: object = {}) => ({ ok: false, error: { code, ...more } });
