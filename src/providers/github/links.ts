import type { Edition } from '../../domain/editions';

/** A path with its `/` kept and everything else encoded, as GitHub's own pages link. */
function path(text: string): string {
  return text.split('/').map(encodeURIComponent).join('/');
}

/** Classic tokens: `description` and `scopes` prefill the form (works, though GitHub does not document it). */
export function newToken(edition: Edition, note: string): string {
  return `${edition.webOrigin}/settings/tokens/new?${new URLSearchParams({ description: note, scopes: 'repo' }).toString()}`;
}

export function branch(edition: Edition, repository: string, name: string): string {
  return `${edition.webOrigin}/${path(repository)}/tree/${path(name)}`;
}

export function clone(edition: Edition, repository: string): string {
  return `${edition.webOrigin}/${path(repository)}.git`;
}
