import type { Service } from '../../domain/service';
import { named, numberOf, segmentsOf, type Named } from '../../domain/work-address';

/** A path with its `/` unchanged and everything else encoded, as GitLab's own pages link. */
export function path(text: string): string {
  return text.split('/').map(encodeURIComponent).join('/');
}

/** Whether a version as GitLab writes it (`16.8.1-ee`) is at least `major.minor`; nothing when it is not known. */
export function isAtLeast(version: string | undefined, major: number, minor: number): boolean | undefined {
  const parts = /^(\d+)\.(\d+)/.exec(version ?? '');
  if (parts === null) return undefined;
  const [given, below] = [Number(parts[1]), Number(parts[2])];
  return given > major || (given === major && below >= minor);
}

/** `name` and `scopes` prefill the form (docs "Personal access tokens"). The page moved with GitLab 16.8 (assumption). */
export function newToken(service: Service, note: string): string {
  const place = isAtLeast(service.version, 16, 8) === false ? 'profile' : 'user_settings';
  const query = new URLSearchParams({ name: note, scopes: 'api' });
  return `${service.webUrl}/-/${place}/personal_access_tokens?${query.toString()}`;
}

/**
 * Rotation of oneself (docs "Personal access tokens API"): since 16.10, with the scope `api` or `self_rotate`. A fine-grained token, of which
 * no scopes are known, needs a permission of its own and is left alone.
 */
export function renewsTokens(service: Service, scopes: readonly string[] | undefined): boolean {
  const may = scopes?.some((scope) => scope === 'api' || scope === 'self_rotate') === true;
  return may && isAtLeast(service.version, 16, 10) !== false;
}

/** The page of a project. */
export function repository(service: Service, name: string): string {
  return `${service.webUrl}/${path(name)}`;
}

/** The page of a branch's files; names with any character in them are encoded. */
export function branch(service: Service, repository: string, name: string): string {
  return `${service.webUrl}/${path(repository)}/-/tree/${path(name)}`;
}

/** The page of a commit. */
export function commit(service: Service, name: string, id: string): string {
  return `${repository(service, name)}/-/commit/${id}`;
}

/** GitLab's Web IDE: `ide_edit_path` in its own code; `HEAD` there is a branch here. */
export function webEditor(service: Service, repository: string, name: string) {
  return { url: `${service.webUrl}/-/ide/project/${path(repository)}/edit/${path(name)}/-/`, name: 'Web IDE' };
}

/** What `git clone` takes over https. */
export function clone(service: Service, repository: string): string {
  return `${service.webUrl}/${path(repository)}.git`;
}

/** The page of a merge request, by its number in the project. */
export function mergeRequest(service: Service, repository: string, number: number): string {
  return `${service.webUrl}/${path(repository)}/-/merge_requests/${number}`;
}

/** `/group/project/-/tree/branch`, `…/-/commits/branch`, `…/-/merge_requests/7` and what is below that. */
export function read(service: Service, page: URL): Named | undefined {
  const segments = segmentsOf(service, page) ?? [];
  const end = segments.indexOf('-');
  const [kind, ...rest] = segments.slice(end + 1);
  const at = segments.slice(0, Math.max(0, end)).join('/');
  if (kind === 'merge_requests') return named(at, { number: numberOf(rest[0]) });
  return kind === 'tree' || kind === 'commits' ? named(at, { branch: rest.join('/') }) : undefined;
}
