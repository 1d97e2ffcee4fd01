import type { Service } from '../../domain/service';
import { named, numberOf, segmentsOf, type Named } from '../../domain/work-address';

const NEWER: readonly string[] = [
  'azure-devops',
  'azure-devops-server-2022',
  'azure-devops-server-2020',
  'azure-devops-server-2019',
];

/** The page that makes a token; none of them can be prefilled. Servers without tokens have the person's profile. */
export function newToken(service: Service, _note: string): string {
  const { id, capabilities } = service.edition;
  if (!capabilities.userTokens) return service.webUrl;
  return `${service.webUrl}/${NEWER.includes(id) ? '_usersSettings/tokens' : '_details/security/tokens'}`;
}

/** `Project/Repository` as the service's pages link it. */
export function repository(service: Service, name: string): string {
  const [project = '', ...rest] = name.split('/');
  return `${service.webUrl}/${encodeURIComponent(project)}/_git/${encodeURIComponent(rest.join('/'))}`;
}

/** The page of a branch's files; names with any character in them are encoded. */
export function branch(service: Service, repositoryName: string, name: string): string {
  return `${repository(service, repositoryName)}?version=GB${encodeURIComponent(name)}`;
}

/** The page of a commit. */
export function commit(service: Service, repositoryName: string, id: string): string {
  return `${repository(service, repositoryName)}/commit/${id}`;
}

/** What `git clone` takes over https. */
export function clone(service: Service, repositoryName: string): string {
  return repository(service, repositoryName);
}

/** As the service's own pages have it; its API gives no address (`_git/…/pullrequest/7`). */
export function pullRequest(service: Service, repositoryName: string, number: number): string {
  return `${repository(service, repositoryName)}/pullrequest/${number}`;
}

/**
 * `/Project/_git/name?version=GBbranch`, `/Project/_git/name/pullrequest/7`. Without a project, the repository is the one called after it. An
 * organization has an older address too (`azureDevOpsAddress`).
 */
export function read(service: Service, page: URL): Named | undefined {
  const segments = segmentsOf(service, newer(page)) ?? [];
  const git = segments.indexOf('_git');
  const [name = '', kind, number] = segments.slice(git + 1);
  if (git < 0 || git > 1) return undefined;
  const at = `${git === 0 ? name : segments[0]}/${name}`;
  if (kind === 'pullrequest') return named(at, { number: numberOf(number) });
  const version = page.searchParams.get('version') ?? '';
  return version.startsWith('GB') ? named(at, { branch: version.slice(2) }) : undefined;
}

function newer(page: URL): URL {
  const organization = /^([^.]+)\.visualstudio\.com$/.exec(page.hostname)?.[1];
  if (organization === undefined) return page;
  return new URL(`https://dev.azure.com/${organization}${page.pathname.replace(/^\/DefaultCollection(?=\/)/i, '')}`);
}
