import type { Service } from '../../domain/service';

/** A path with its `/` kept and everything else encoded, as GitHub's own pages link. */
function path(text: string): string {
  return text.split('/').map(encodeURIComponent).join('/');
}

/** Classic tokens: `description` and `scopes` prefill the form (works, though GitHub does not document it). */
export function newToken(service: Service, note: string): string {
  return `${service.webUrl}/settings/tokens/new?${new URLSearchParams({ description: note, scopes: 'repo' }).toString()}`;
}

/** An account's tokens, where each can be approved for single sign-on. */
export function tokens(service: Service): string {
  return `${service.webUrl}/settings/tokens`;
}

export function branch(service: Service, repository: string, name: string): string {
  return `${service.webUrl}/${path(repository)}/tree/${path(name)}`;
}

export function clone(service: Service, repository: string): string {
  return `${service.webUrl}/${path(repository)}.git`;
}
