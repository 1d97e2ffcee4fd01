import type { Service } from '../../domain/service';
import { named, numberOf, segmentsOf, type Named } from '../../domain/work-address';

/** A path with its `/` unchanged and everything else encoded, as GitHub's own pages link. */
export function path(text: string): string {
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

/** An account's fine-grained tokens, with the owner of each and whether it waits for approval. */
export function fineGrainedTokens(service: Service): string {
  return `${service.webUrl}/settings/personal-access-tokens`;
}

/**
 * Fine-grained tokens. Their form takes no prefilled values on a server, and on github.com only some of the time (docs
 * issue 61353), so none are given. Servers have them since 3.10.
 */
export function otherToken({ edition, webUrl, version }: Service): string | undefined {
  const [major = 0, minor = 0] = (version ?? '').split('.').map(Number);
  const has = edition.id !== 'ghes' || major > 3 || (major === 3 && minor >= 10);
  return has ? `${webUrl}/settings/personal-access-tokens/new` : undefined;
}

/** The page of a repository. */
export function repository(service: Service, name: string): string {
  return `${service.webUrl}/${path(name)}`;
}

/** The page of a pull request, by its number in the repository. */
export function pullRequest(service: Service, name: string, number: number): string {
  return `${repository(service, name)}/pull/${number}`;
}

/** The page of a branch's files; names with any character in them are encoded. */
export function branch(service: Service, repository: string, name: string): string {
  return `${service.webUrl}/${path(repository)}/tree/${path(name)}`;
}

/** The page of a commit. */
export function commit(service: Service, name: string, id: string): string {
  return `${repository(service, name)}/commit/${id}`;
}

/** "The github.dev web-based editor", GitHub docs: the host in place of `github.com`. Servers and `ghe.com` have none. */
export function webEditor(service: Service, repository: string, name: string) {
  if (service.edition.id !== 'github.com') return undefined;
  return {
    url: branch(service, repository, name).replace('https://github.com/', 'https://github.dev/'),
    name: 'github.dev',
  };
}

/** What `git clone` takes over https. */
export function clone(service: Service, repository: string): string {
  return `${service.webUrl}/${path(repository)}.git`;
}

/** `/owner/name/tree/branch`, `/owner/name/commits/branch`, `/owner/name/pull/7` and what is below that. */
export function read(service: Service, page: URL): Named | undefined {
  const [owner, name, kind, ...rest] = segmentsOf(service, page) ?? [];
  const at = `${owner}/${name}`;
  if (kind === 'pull') return named(at, { number: numberOf(rest[0]) });
  return kind === 'tree' || kind === 'commits' ? named(at, { branch: rest.join('/') }) : undefined;
}
